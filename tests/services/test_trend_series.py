from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.trend_series import REVIEW_DAYS, Entries, Period, day_count, months_before, review_day, weekly

TODAY = dt.date(2026, 5, 14).toordinal()
DAYS = st.integers(min_value=dt.date(1990, 1, 1).toordinal(), max_value=dt.date(2150, 1, 1).toordinal())


def entries(days: list[int], values: list[float], late: list[bool] | None = None) -> Entries:
    flags = np.asarray(late or [False] * len(days), dtype=np.bool_)
    return Entries(np.asarray(days, dtype=np.int64), np.asarray(values), np.ones(len(days), dtype=np.int64), flags)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.MONTH, dt.date(2026, 4, 15)),
        (Period.THREE_MONTHS, dt.date(2026, 2, 15)),
        (Period.SIX_MONTHS, dt.date(2025, 11, 15)),
        (Period.YEAR, dt.date(2025, 5, 15)),
        (Period.ALL, dt.date(2024, 1, 7)),
    ],
)
def test_a_period_begins_on_the_day_after_the_same_day_of_the_earlier_month(period: Period, first: dt.date) -> None:
    assert period.first_day(TODAY, dt.date(2024, 1, 7).toordinal()) == first.toordinal()


def test_all_shows_four_weeks_at_least() -> None:
    assert Period.ALL.first_day(TODAY, TODAY - 3) == TODAY - 27
    assert Period.ALL.first_day(TODAY, None) == TODAY - 27


@given(DAYS, st.integers(min_value=1, max_value=120))
def test_months_before_keeps_the_day_or_ends_the_month(day: int, months: int) -> None:
    date = dt.date.fromordinal(day)
    earlier = months_before(date, months)
    assert (date.year * 12 + date.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == date.day or (earlier + dt.timedelta(days=1)).day == 1


@given(DAYS, st.integers(min_value=0, max_value=4000))
def test_looks_are_four_weeks_apart_and_never_ahead(first: int, age: int) -> None:
    today = first + age
    review = review_day(first, today)
    assert review <= today
    if age < REVIEW_DAYS - 7:
        assert review == today
    elif review != today:
        assert dt.date.fromordinal(review).isoweekday() == 7
        assert today - review < REVIEW_DAYS
        assert review_day(first, review + REVIEW_DAYS - 1) == review
        assert review_day(first, review + REVIEW_DAYS) == review + REVIEW_DAYS


def test_a_week_needs_three_timely_days() -> None:
    monday = dt.date(2026, 5, 4).toordinal()
    few = entries([monday, monday + 1, monday + 2], [4, 5, 6], [False, False, True])
    enough = entries([monday, monday + 1, monday + 2], [4, 5, 6])
    assert np.isnan(weekly(few, monday, TODAY).values[0])
    assert weekly(enough, monday, TODAY).values[0] == 5
    assert weekly(enough, monday, TODAY).written_days.tolist() == [3, 0]


def test_days_of_several_sorts_count_once() -> None:
    assert day_count([3, 3, 4], np.asarray([4, 5])) == 3
