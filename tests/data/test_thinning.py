"""Which copies stay, on any calendar."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.data import thinning

DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2032, 12, 31))
CALENDARS = st.lists(DAYS, max_size=120).map(lambda days: sorted(days, reverse=True))


def made(days: list[dt.date]) -> list[thinning.Made]:
    return [(str(number), day) for number, day in enumerate(days)]


@given(CALENDARS)
def test_newest_and_three_always_stay_and_thinning_again_takes_nothing(days: list[dt.date]) -> None:
    copies = made(days)
    staying = thinning.kept(copies)
    assert staying >= {name for name, _ in copies[:3]}
    again = [copy for copy in copies if copy[0] in staying]
    assert thinning.kept(again) == staying


@given(CALENDARS)
def test_no_more_stay_than_the_rule_names(days: list[dt.date]) -> None:
    assert len(thinning.kept(made(days))) <= thinning.DAILY + thinning.WEEKLY + thinning.MONTHLY + thinning.FEWEST


@given(CALENDARS)
def test_the_last_seven_days_four_weeks_and_six_months_are_there(days: list[dt.date]) -> None:
    copies = made(days)
    left = {day for name, day in copies if name in thinning.kept(copies)}
    assert left >= set(sorted(set(days), reverse=True)[:7])
    weeks = sorted({day.isocalendar()[:2] for day in days}, reverse=True)[:4]
    assert {day.isocalendar()[:2] for day in left} >= set(weeks)
    months = sorted({(day.year, day.month) for day in days}, reverse=True)[:6]
    assert {(day.year, day.month) for day in left} >= set(months)


def test_a_year_of_days_leaves_what_one_would_count_by_hand() -> None:
    last = dt.date(2026, 5, 14)  # a Thursday
    copies = made([last - dt.timedelta(days=back) for back in range(365)])
    left = sorted((day for name, day in copies if name in thinning.kept(copies)), reverse=True)
    assert [day.isoformat() for day in left] == [
        *(f"2026-05-{day:02}" for day in range(14, 7, -1)),
        "2026-05-03",
        "2026-04-30",
        "2026-04-26",
        "2026-03-31",
        "2026-02-28",
        "2026-01-31",
        "2025-12-31",
    ]
