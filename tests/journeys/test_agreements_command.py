"""`leeward agreements`: lists what stands and what is retired, and nothing that is for one person alone."""

from __future__ import annotations

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
        kept = desk.agreements.begin({"wording": "I ring when I am late."})
        desk.agreements.mark(kept, desk.agreements.detail(kept).hash, freely="not_sure")
        gone = desk.agreements.begin({"wording": "No phones at night."})
        desk.agreements.let_go(gone)
    finally:
        desk.close()
    return path


def test_what_stands_is_listed_and_what_is_retired_on_request(vault: Path) -> None:
    said = opened(vault, "agreements")
    assert said.status == 0, said
    assert "agreed" in said.out
    assert "I ring when I am late." in said.out
    assert "No phones" not in said.out
    assert "No phones at night." in opened(vault, "agreements", "--all").out


def test_as_json_it_tells_marks_and_weeks_and_nothing_private(vault: Path) -> None:
    said = opened(vault, "agreements", "--json")
    (row,) = json.loads(said.out)
    assert (row["standing"], row["owners"]) == ("agreed", [{"name": "Noa", "mine": True, "marked": True}])
    assert len(row["weeks"]) == 12
    assert "not_sure" not in said.out
