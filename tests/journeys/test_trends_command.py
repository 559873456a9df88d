"""`leeward trends --json` on the sample vault and on four hand-made ones: each says as much as its course allows.

The four: too little to say anything; nothing changes; it rises; it falls while hard days are left blank more and more,
so that less is claimed than the numbers alone would give.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.crypto.kdf import FLOOR
from app.services import demo, vaults
from app.services.session import Session
from tests.fixtures import diaries
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.journeys.test_command_line import PASSPHRASE, opened

SIX_MONTHS = {
    "few": ("not_enough", "none", set()),
    "flat": ("steady", "none", set()),
    "rising": ("clear", "up", set()),
    "falling": ("leaning", "down", {"sparse", "uneven", "tipping"}),
}
THREE_MONTHS = {"few": "not_enough", "flat": "steady", "rising": "leaning", "falling": "not_enough"}

SAMPLE = {
    "felt_safety": ("open", "none"),
    "accessible": ("leaning", "up"),
    "responsive": ("open", "none"),
    "engaged": ("open", "none"),
    "trust": ("leaning", "up"),
    "outside_load": ("steady", "none"),
}
LAST_SILENT = diaries.LAST_DAY - dt.timedelta(days=diaries.DIARIES["falling"].silent[1])


@pytest.fixture(scope="module")
def vault_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The four, and the sample's first person, in real vaults whose clock stands still."""
    home = tmp_path_factory.mktemp("trends")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(vaults.unlock.__kwdefaults__, "now", lambda: EVENING)
        made = {
            name: founded(home / name, partial(diaries.fill, diary=diary)) for name, diary in diaries.DIARIES.items()
        }
        made["sample"] = founded(home / "sample", partial(demo.fill, today=EVENING.date()), "Jules")
        yield made


def founded(path: Path, write: Callable[[Session], int], partner: str | None = None) -> Path:
    """A new vault, written and closed."""
    desk = vaults.create_vault(
        path, "Noa", PASSPHRASE, partner, content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    )
    try:
        assert write(desk.session) > 20
    finally:
        desk.close()
    return path


def told(vault: Path, period: str) -> dict[str, Any]:
    said = opened(vault, "trends", "--json", "--period", period)
    assert (said.status, said.err) == (0, "")
    found: dict[str, Any] = json.loads(said.out)
    return found


@pytest.mark.parametrize("name", list(SIX_MONTHS))
def test_each_course_is_given_its_tier(vault_of: dict[str, Path], name: str) -> None:
    safety = told(vault_of[name], "6")["measures"]["felt_safety"]
    verdict = safety["verdict"]
    assert (verdict["tier"], verdict["direction"], set(verdict["caps"])) == SIX_MONTHS[name]
    assert verdict["window_weeks"] == 26
    assert verdict["again"] == (name == "falling")
    assert ("change" in verdict) == (name != "few")
    assert told(vault_of[name], "3")["measures"]["felt_safety"]["verdict"]["tier"] == THREE_MONTHS[name]


def test_too_little_is_told_with_how_far_it_is_and_no_number(vault_of: dict[str, Path]) -> None:
    safety = told(vault_of["few"], "6")["measures"]["felt_safety"]
    verdict = safety["verdict"]
    assert (verdict["usable_weeks"], verdict["needed_weeks"]) == (5, 16)
    assert set(verdict["lacking"]) == {"weeks", "first_third"}
    assert safety["sentence"].startswith("Too early to say. 5 of 16 usable weeks so far.")


def test_a_real_rise_lies_within_its_interval(vault_of: dict[str, Path]) -> None:
    safety = told(vault_of["rising"], "6")["measures"]["felt_safety"]
    real = 4.0 * 26 / diaries.WEEKS
    assert safety["verdict"]["low"] < real < safety["verdict"]["high"]
    assert safety["sentence"].startswith("Felt safety is higher than 26 weeks ago, by about ")


def test_where_hard_days_are_left_blank_a_fall_is_said_to_be_possible_and_its_blanks_are_named(
    vault_of: dict[str, Path],
) -> None:
    found = told(vault_of["falling"], "6")
    safety, said = found["measures"]["felt_safety"], " ".join(found["sentences"])
    assert safety["verdict"]["p"] < 0.001
    assert safety["sentence"].startswith("Felt safety may be dropping")
    assert "compare gently" in said
    assert "because" not in said.lower()


@pytest.mark.parametrize("name", ["few", "flat", "rising", "falling"])
def test_weeks_say_what_was_written_and_gaps_stay_gaps(vault_of: dict[str, Path], name: str) -> None:
    found = told(vault_of[name], "all")["measures"]
    written = [day for day, _ in diaries.days(diaries.DIARIES[name])]
    by_week: dict[dt.date, int] = {}
    for day in written:
        monday = day - dt.timedelta(days=day.weekday())
        by_week[monday] = by_week.get(monday, 0) + 1
    for measure, least in (("felt_safety", 0), ("trust", 3)):
        for week in found[measure]["weeks"]:
            days = by_week.get(dt.date.fromisoformat(week["week"]), 0)
            assert week["written_days"] == days, (measure, week)
            if measure == "trust":
                assert (week["value"] is None) == (days < least), week
    if name == "falling":
        assert sum(week["written_days"] == 0 for week in found["felt_safety"]["weeks"]) >= 3
        quiet = LAST_SILENT - dt.timedelta(days=LAST_SILENT.weekday() + 7)
        (empty,) = (week for week in found["felt_safety"]["weeks"] if week["week"] == quiet.isoformat())
        assert empty["typical"] is None


def test_no_occasion_is_never_a_value(vault_of: dict[str, Path]) -> None:
    found = told(vault_of["flat"], "all")["measures"]["accessible"]
    answered = len(list(diaries.days(diaries.DIARIES["flat"]))[::3])
    assert sum(week["written_days"] for week in found["weeks"]) == answered
    assert all(week["value"] is None or week["value"] >= 2 for week in found["weeks"])
    assert found["verdict"]["tier"] == "not_enough"


def test_the_sample_leans_and_says_why_it_says_no_more(vault_of: dict[str, Path]) -> None:
    found = told(vault_of["sample"], "6")["measures"]
    tiers = {name: (part["verdict"]["tier"], part["verdict"]["direction"]) for name, part in found.items()}
    assert tiers == SAMPLE
    assert "family" in found["accessible"]["verdict"]["caps"]
