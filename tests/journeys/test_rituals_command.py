"""`leeward rituals`: what is due is listed, ticked and read back; what does not fit is refused in one line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.services import vaults
from tests.fixtures.session import shipped_content
from tests.journeys.test_command_line import PASSPHRASE, opened

EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS_AGO = 40


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A daily ritual kept for thirty days and left open since, and one that is due tomorrow."""
    path = tmp_path / "vault"
    desk = vaults.create_vault(path, "Noa", PASSPHRASE, content=shipped_content(), kdf=FLOOR)
    try:
        today = desk.rituals.day()
        first = dt.date.fromordinal(today - DAYS_AGO)
        daily = {"title": "Ten minutes", "rhythm": "days", "days": EVERY, "around_words": "after dinner"}
        record = desk.journal.add("ritual", {**daily, "starts": {"day": first.isoformat()}})
        for number in range(30):
            desk.rituals.mark(record, first.toordinal() + number, "done")
        other = {"title": "The walk", "days": [EVERY[dt.date.fromordinal(today + 1).weekday()]]}
        desk.journal.add("ritual", {**daily, **other, "starts": {"day": first.isoformat()}})
    finally:
        desk.close()
    return path


def _only(vault: Path, *options: str) -> dict[str, object]:
    said = opened(vault, "rituals", *options, "--json")
    assert said.status == 0, said
    (found,) = json.loads(said.out)
    assert isinstance(found, dict)
    return found


def test_what_is_due_is_listed_ticked_and_read_back(vault: Path) -> None:
    listed = opened(vault, "rituals")
    assert listed.status == 0 and listed.out.count("\n") == 1
    assert "Ten minutes" in listed.out and "after dinner" in listed.out
    before = _only(vault)
    assert (before["today"], before["kept"], before["of_the_last"]) == (None, 4, 14)
    start = str(before["id"])[:31]

    ticked = opened(vault, "rituals", "tick", start)
    assert ticked.status == 0 and "done" in ticked.out, ticked
    after = _only(vault)
    assert after["today"] == "done"
    assert int(str(after["strength"])) > int(str(before["strength"]))

    history = json.loads(opened(vault, "rituals", "history", start, "--json").out)
    assert history["kept_in_all"] == 31
    assert len(history["days"]) == 31 and len(history["strength"]) == DAYS_AGO + 1
    assert history["days"][-1]["by"] == ["Noa"]
    assert history["strength"][29]["strength"] == pytest.approx(0.798, abs=6e-4), "Loop's own figure after 30 days"


def test_a_day_is_corrected_without_a_second_entry(vault: Path) -> None:
    start = str(_only(vault)["id"])[:31]
    day = (dt.date.today() - dt.timedelta(days=3)).isoformat()  # noqa: DTZ011  # the day a person would type
    for outcome in ("small", "rested"):
        assert opened(vault, "rituals", "tick", start, "--as", outcome, "--day", day).status == 0
    history = json.loads(opened(vault, "rituals", "history", start, "--json").out)
    (mark,) = [one for one in history["days"] if one["day"] == day]
    assert (mark["outcome"], mark["by"]) == ("rested", []), "nobody is named with a rest"
    assert "rested" in opened(vault, "rituals", "history", start).out


def test_all_of_them_are_listed_when_asked_for(vault: Path) -> None:
    assert "The walk" in opened(vault, "rituals", "--all").out


@pytest.mark.parametrize(
    "wrong",
    [
        ("tick",),
        ("tick", "ffffffff"),
        ("history",),
        ("tick", "RITUAL", "--day", "yesterday"),
        ("tick", "RITUAL", "--day", "2999-01-01"),
        ("history", "NOTE"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_saved(vault: Path, wrong: tuple[str, ...]) -> None:
    note = opened(vault, "add", "note", more='{"body": "No ritual"}').out.strip()
    names = {"RITUAL": str(_only(vault)["id"]), "NOTE": note}
    said = opened(vault, "rituals", *(names.get(word, word) for word in wrong))
    assert (said.status, said.out) == (1, ""), said
    assert said.err.count("\n") == 1
    assert _only(vault)["today"] is None
