"""`leeward review`: the letter in its own words, codes beside it, the kept ones listed; nothing is kept by looking."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.services import vaults
from tests.fixtures.session import shipped_content
from tests.journeys.test_command_line import PASSPHRASE, opened


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    desk = vaults.create_vault(path, "Noa", PASSPHRASE, content=shipped_content(), kdf=FLOOR)
    try:
        today = dt.datetime.now(dt.UTC).date()
        for back in range(60):
            day = today - dt.timedelta(days=back)
            desk.journal.add("checkin", {"felt_for_date": day, "felt_safety": 5})
    finally:
        desk.close()
    return path


def test_it_reads_the_letter_and_keeps_nothing(vault: Path) -> None:
    said = opened(vault, "review")
    assert said.status == 0, said
    assert "of these 28 days" in said.out and "The next look" not in said.err
    told = json.loads(opened(vault, "review", "--json").out)
    assert told["kept"] == [] and told["look"]["id"] is None
    assert told["look"]["letter"] == said.out.splitlines()
    assert dt.date.fromisoformat(told["next"]) - dt.date.fromisoformat(told["look"]["to"]) == dt.timedelta(days=28)
    assert set(told["look"]["verdicts"]) >= {"felt_safety", "trust", "lately"}


def test_an_unknown_look_is_refused_in_one_line(vault: Path) -> None:
    said = opened(vault, "review", "ffffffff")
    assert said.status == 1 and len(said.err.strip().splitlines()) == 1
