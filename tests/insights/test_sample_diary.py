"""What the rules give on the invented diary of the sample vault (its README states the weekly figures)."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

import numpy as np
import pytest

from app import paths
from app.insights.direction import direction
from app.insights.rates import rate_ratio
from app.insights.series import day_values, week_values
from app.insights.shift import shift
from app.insights.trail import trail
from app.insights.verdict import Cap, Direction, Tier
from app.insights.weekly import WeeklyChange, weekly_change

END = dt.date(2026, 5, 14).toordinal()

Entries = tuple[np.ndarray, np.ndarray, np.ndarray]


@cache
def entries(author: str, measure: str) -> Entries:
    """Days, values and late flags of one measure, blanks as NaN."""
    lines = (paths.resources() / "sample" / "checkin_lines.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["author"] == author]
    days = np.array([dt.date.fromisoformat(row["date"]).toordinal() for row in rows])
    values = np.array([np.nan if row[measure] is None else row[measure] for row in rows], dtype=float)
    return days, values, np.array([row["late"] for row in rows])


def weekly(author: str, measure: str, weeks: int) -> WeeklyChange:
    days, values, late = entries(author, measure)
    return weekly_change(week_values(day_values(days, values, ~late), last_day=END, weeks=weeks))


@pytest.mark.parametrize(
    ("author", "valid", "blank"), [("noa", 35, dt.date(2026, 3, 16)), ("jules", 21, dt.date(2025, 11, 3))]
)
def test_valid_weeks(author: str, valid: int, blank: dt.date) -> None:
    days, values, late = entries(author, "felt_safety")
    found = week_values(day_values(days, values, ~late), last_day=END, weeks=37)
    assert found.valid == valid
    assert (blank.toordinal() - found.first_monday) // 7 not in found.positions.tolist()


@pytest.mark.parametrize(
    ("author", "measure", "weeks", "change", "p"),
    [
        ("noa", "felt_safety", 26, 1.14, 0.33),
        ("noa", "felt_safety", 12, -0.25, 0.48),
        ("noa", "trust", 12, 2.18, 0.0023),
        ("noa", "trust", 26, 2.67, 0.10),
        ("noa", "outside_load", 26, 0.0, 0.68),
        ("jules", "felt_safety", 26, 1.04, 0.39),
    ],
)
def test_weekly_figures_of_the_readme(author: str, measure: str, weeks: int, change: float, p: float) -> None:
    found = weekly(author, measure, weeks)
    assert found.change == pytest.approx(change, abs=0.006)
    assert found.p == pytest.approx(p, abs=0.005 if p > 0.01 else 0.00005)


@pytest.mark.parametrize(
    ("author", "measure", "weeks", "tier", "way"),
    [
        ("noa", "felt_safety", 26, Tier.LEANING, Direction.UP),
        ("noa", "felt_safety", 12, Tier.STEADY, Direction.NONE),
        ("noa", "trust", 12, Tier.LEANING, Direction.UP),
        ("noa", "trust", 26, Tier.LEANING, Direction.UP),
        ("jules", "felt_safety", 26, Tier.OPEN, Direction.NONE),
        ("jules", "felt_safety", 12, Tier.OPEN, Direction.NONE),
    ],
)
def test_verdicts_of_the_daily_model(author: str, measure: str, weeks: int, tier: Tier, way: Direction) -> None:
    days, values, late = entries(author, measure)
    found = direction(days, values, end_day=END, weeks=weeks, late=late)
    assert (found.tier, found.direction) == (tier, way)


def test_the_real_rise_that_the_weekly_test_leaves_open_is_seen_by_the_daily_model() -> None:
    days, values, late = entries("noa", "felt_safety")
    found = direction(days, values, end_day=END, weeks=26, late=late)
    assert found.estimate is not None
    assert (found.estimate.change, found.estimate.p) == pytest.approx((1.62, 0.0347), abs=0.005)
    assert found.estimate.low < 1.1 < found.estimate.high
    assert (found.valid_weeks, found.entry_days) == (25, 154)


def test_outside_load_has_no_trend_on_its_own_scale() -> None:
    days, values, late = entries("noa", "outside_load")
    for weeks in (12, 26):
        found = direction(days, values, end_day=END, weeks=weeks, late=late, span=4.0)
        assert not found.tier.has_direction


def test_jules_wrote_too_little_before_january_for_a_clear_word() -> None:
    days, values, late = entries("jules", "trust")
    found = direction(days, values, end_day=END, weeks=26, late=late)
    assert found.coverage_first < 0.5 < found.coverage_second
    assert Cap.SPARSE in found.caps


def test_lately_against_before() -> None:
    days, values, late = entries("noa", "felt_safety")
    found = shift(days, values, end_day=END, late=late)
    assert found.tier is Tier.OPEN
    assert (len(found.recent_values), len(found.earlier_values)) == (4, 11)


def test_the_trail_breaks_for_cork_and_for_the_week_off() -> None:
    days, values, late = entries("noa", "felt_safety")
    found = trail(days, values, end_day=END, late=late)
    blank = [(gap.first_day, gap.last_day) for gap in found.gaps]
    assert any(first <= dt.date(2025, 11, 5).toordinal() <= last for first, last in blank)
    assert found.line[-1] == pytest.approx(5.9, abs=0.5)
    assert int(found.entry_late.sum()) > 0


def test_triggers_became_rarer_per_logged_day() -> None:
    found = rate_ratio(17, 64, 65, 73)
    assert found is not None
    assert found.ratio == pytest.approx(0.30, abs=0.005)
    assert found.p < 0.0001
