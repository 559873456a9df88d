from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.session import Session
from app.services.trend_series import (
    REVIEW_DAYS,
    Entries,
    Period,
    day_count,
    load,
    load_thinned,
    median_counted,
    months_before,
    review_day,
    weekly,
)

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


@given(st.lists(st.integers(min_value=0, max_value=10), min_size=1, max_size=60))
def test_the_median_of_counted_values_is_that_of_all_of_them(values: list[int]) -> None:
    counted = sorted((float(value), values.count(value)) for value in set(values))
    assert median_counted(counted) == float(np.median(values))


def test_nothing_has_no_median() -> None:
    assert median_counted([]) is None


def test_means_of_old_days_make_the_same_weeks_as_their_entries(session: Session) -> None:
    for back in range(80):
        for value in (back % 7, (back * 3) % 11):
            raw = {"felt_for_date": dt.date.fromordinal(TODAY - back).isoformat(), "felt_safety": value}
            with session.space.change(session.person.id, zone="UTC") as change:
                change.put("checkin", session.kinds.parse("checkin", raw))
    whole = load(session.connection, "felt_safety", TODAY - 79, TODAY)
    thinned = load_thinned(session.connection, "felt_safety", TODAY - 79, TODAY - 30, TODAY)

    assert len(thinned) < len(whole)
    expected, found = weekly(whole, TODAY - 79, TODAY), weekly(thinned, TODAY - 79, TODAY)
    np.testing.assert_array_equal(found.written_days, expected.written_days)
    np.testing.assert_allclose(found.values, expected.values)
