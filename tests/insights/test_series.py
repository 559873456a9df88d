"""Day values, week values, midmean and quartiles."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from app.insights.series import day_values, midmean, monday_of, quartiles, week_values

SUNDAY = dt.date(2026, 5, 17).toordinal()


def test_a_day_is_the_mean_of_its_entries_in_any_order() -> None:
    series = day_values(np.array([12, 10, 12, 12]), np.array([3.0, 8.0, 4.0, 8.0]))
    assert series.days.tolist() == [10, 12]
    assert series.values.tolist() == [8.0, 5.0]


def test_no_answer_and_entries_not_kept_are_absent_never_low() -> None:
    series = day_values(np.array([1, 2, 2, 3]), np.array([np.nan, 4.0, 0.0, 9.0]), np.array([True, True, False, True]))
    assert series.days.tolist() == [2, 3]
    assert series.values.tolist() == [4.0, 9.0]


def test_no_entries_at_all() -> None:
    series = day_values(np.empty(0, dtype=np.int64), np.empty(0))
    assert len(series.days) == 0
    assert week_values(series, last_day=SUNDAY, weeks=12).valid == 0


def test_results_cannot_be_written_to() -> None:
    series = day_values(np.array([1]), np.array([2.0]))
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 9.0


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one value per entry"):
        day_values(np.array([1, 2]), np.array([1.0]))


@given(day=st.dates())
def test_monday_of_agrees_with_the_calendar(day: dt.date) -> None:
    assert monday_of(day.toordinal()) == day.toordinal() - day.weekday()


def test_a_week_counts_from_three_written_days_on() -> None:
    monday = SUNDAY - 6
    days = np.array([monday - 14, monday - 13, monday - 12, monday - 7, monday - 6, monday, monday + 2, monday + 6])
    weeks = week_values(day_values(days, np.arange(8.0)), last_day=SUNDAY, weeks=3)
    assert weeks.first_monday == monday - 14
    assert weeks.written_days.tolist() == [3, 2, 3]
    assert weeks.positions.tolist() == [0, 2]
    assert weeks.values.tolist() == [1.0, 6.0]


@pytest.mark.parametrize("weekday", range(7))
def test_weeks_lie_inside_the_window_and_the_first_is_whole(weekday: int) -> None:
    last_day = SUNDAY - 6 + weekday
    series = day_values(np.arange(last_day - 200, last_day + 20), np.ones(220))
    weeks = week_values(series, last_day=last_day, weeks=12)
    assert last_day - 84 < weeks.first_monday <= last_day - 77
    assert weeks.written_days.tolist() == [7] * 11 + [weekday + 1]
    assert weeks.valid == (12 if weekday >= 2 else 11)


def test_midmean_reference_numbers() -> None:
    assert midmean(np.array([1.0, 2, 3, 3, 5, 6, 7, 8])) == 4.25
    assert midmean(np.array([2.0, 3, 3, 5, 6, 7, 8])) == pytest.approx(4.8)


def test_quartile_reference_numbers() -> None:
    assert quartiles(np.array([8.0, 3, 2, 5, 7, 3, 6])) == (3.0, 5.0, 6.5)


@given(values=st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_midmean_is_the_quarter_trimmed_mean(values: list[int]) -> None:
    assert midmean(np.array(values, dtype=float)) == pytest.approx(scipy.stats.trim_mean(values, 0.25))
