"""`leeward streams`: what may be seen is looked at, let out, listed and taken back; a slip is refused in one line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.domain.released import Stream
from app.insights.series import monday_of
from app.services import vaults
from tests.fixtures.session import shipped_content
from tests.fixtures.weeks import write
from tests.journeys.test_command_line import PASSPHRASE, opened


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    desk = vaults.create_vault(path, "Noa", PASSPHRASE, "Jules", content=shipped_content(), kdf=FLOOR)
    for week in range(1, 4):
        for number in range(3):
            write(desk.session, "checkin", this_monday() - 7 * week + number, felt_safety=6, trust=6)
    desk.close()
    return path


def this_monday() -> int:
    return monday_of(dt.date.today().toordinal())  # noqa: DTZ011  # the program, too, goes by the computer's own day


def day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _listed(vault: Path) -> dict[str, bool]:
    said = opened(vault, "streams", "--json")
    assert said.status == 0, said
    return {one["stream"]: one["released"] for one in json.loads(said.out)}


def test_everything_is_closed_at_first(vault: Path) -> None:
    assert _listed(vault) == {stream.value: False for stream in Stream}


def test_looking_lets_nothing_out_and_shows_weeks_alone(vault: Path) -> None:
    said = opened(vault, "streams", "preview", "trust", "--json")
    assert said.status == 0, said
    found = json.loads(said.out)
    assert set(found) == {"stream", "rows"}
    (row,) = found["rows"]
    assert [week["value"] for week in row["weeks"]] == [6.0, 6.0, 6.0]
    assert row["weeks"][-1]["from"] == day(this_monday() - 7)
    assert not any(_listed(vault).values())


def test_let_out_then_taken_back(vault: Path) -> None:
    first, last = day(this_monday() - 14), day(this_monday() - 1)
    said = opened(vault, "streams", "release", "felt_safety", "--from", first, "--to", last)
    assert said.status == 0 and len(said.out.splitlines()) == 2, said
    assert _listed(vault)["felt_safety"]
    assert f"{first}..{last}" in opened(vault, "streams").out
    assert opened(vault, "streams", "withdraw", "felt_safety").status == 0
    assert not any(_listed(vault).values())


@pytest.mark.parametrize(
    "options",
    [
        ("release",),
        ("release", "trust", "--from", "yesterday"),
        ("release", "trust", "--from", "2026-05-02", "--to", "2026-05-01"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(vault: Path, options: tuple[str, ...]) -> None:
    said = opened(vault, "streams", *options)
    assert said.status == 1 and len(said.err.strip().splitlines()) == 1
    assert not any(_listed(vault).values())
