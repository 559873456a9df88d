"""The drawn line: midmean and quartiles of 28 days, breaks, gaps, hollow dots, coverage."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.series import midmean, quartiles
from app.insights.trail import Gap, trail

MONDAY = 738_158


def sevens(count: int) -> np.ndarray:
    return np.arange(MONDAY, MONDAY + count)


def expected_line(days: np.ndarray, values: np.ndarray, end_day: int) -> dict[int, tuple[float, float, float]]:
    """The rule of the text, day by day."""
    found = {}
    for day in range(int(days.min()), end_day + 1):
        inside = values[(days > day - 28) & (days <= day)]
        if len(inside) >= 8 and ((days > day - 7) & (days <= day)).any():
            low, _, high = quartiles(inside)
            found[day] = (low, midmean(inside), high)
    return found


@given(
    offsets=st.sets(st.integers(0, 150), min_size=1, max_size=110),
    seed=st.integers(0, 999),
    after=st.integers(0, 20),
)
def test_line_and_band_follow_the_rule_day_by_day(offsets: set[int], seed: int, after: int) -> None:
    days = MONDAY + np.array(sorted(offsets))
    values = np.random.default_rng(seed).integers(0, 11, len(days)).astype(float)
    end_day = int(days[-1]) + after
    drawn = trail(days, values, end_day=end_day)
    expected = expected_line(days, values, end_day)
    assert drawn.days.tolist() == list(expected)
    for day, low, line, high in zip(drawn.days.tolist(), drawn.low, drawn.line, drawn.high, strict=True):
        assert (low, line, high) == pytest.approx(expected[day])


@given(offsets=st.sets(st.integers(0, 200), min_size=10, max_size=120), cut=st.integers(60, 199))
def test_history_never_changes_when_entries_arrive(offsets: set[int], cut: int) -> None:
    days = MONDAY + np.array(sorted(offsets))
    values = (days % 11).astype(float)
    whole, before = trail(days, values, end_day=MONDAY + 200), trail(days, values, end_day=MONDAY + cut)
    part = whole.days <= MONDAY + cut
    np.testing.assert_array_equal(whole.days[part], before.days)
    np.testing.assert_array_equal(whole.line[part], before.line)


def test_segments_cover_the_line_and_break_exactly_where_days_are_missing() -> None:
    days = np.concatenate((sevens(20), sevens(20) + 40))
    drawn = trail(days, np.full(40, 5.0), end_day=MONDAY + 59)
    assert drawn.days[0] == MONDAY + 7
    assert drawn.segments[0] == (0, 19)
    assert drawn.days[18] == MONDAY + 25
    assert drawn.days[drawn.segments[1][0]] == MONDAY + 40
    assert drawn.segments[1][1] == len(drawn.days)
    assert drawn.gaps == (Gap(MONDAY + 20, MONDAY + 39),)


@pytest.mark.parametrize(("blank_days", "broken"), [(6, False), (7, True)])
def test_seven_blank_days_break_the_line_six_do_not(blank_days: int, broken: bool) -> None:
    days = np.concatenate((sevens(20), sevens(20) + 20 + blank_days))
    drawn = trail(days, np.full(40, 5.0), end_day=int(days[-1]))
    assert len(drawn.segments) == (2 if broken else 1)
    assert len(drawn.gaps) == (1 if broken else 0)


def test_silence_at_the_end_is_a_gap_too() -> None:
    drawn = trail(sevens(20), np.full(20, 5.0), end_day=MONDAY + 40)
    assert drawn.gaps == (Gap(MONDAY + 20, MONDAY + 40),)
    assert drawn.days[-1] == MONDAY + 25


def test_late_entries_get_a_hollow_dot_and_no_say() -> None:
    days, values = sevens(20), np.full(20, 5.0)
    late = np.zeros(22, dtype=bool)
    late[20:] = True
    both = trail(
        np.append(days, [MONDAY + 3, MONDAY + 20]), np.append(values, [0.0, 0.0]), end_day=MONDAY + 20, late=late
    )
    assert both.line.tolist() == trail(days, values, end_day=MONDAY + 20).line.tolist()
    assert both.entry_days.tolist() == [*days.tolist(), MONDAY + 20]
    assert both.entry_late.tolist() == [False] * 20 + [True]
    assert both.entry_values[3] == 5.0


def test_new_wording_starts_a_new_stroke_that_ignores_old_answers() -> None:
    values = np.concatenate((np.full(30, 2.0), np.full(30, 8.0)))
    wording = np.repeat((1, 2), 30)
    drawn = trail(sevens(60), values, end_day=MONDAY + 59, wording=wording)
    assert set(drawn.line.tolist()) == {2.0, 8.0}
    assert len(drawn.segments) == 2
    assert drawn.days[drawn.segments[1][0]] == MONDAY + 37


def test_wording_that_changes_back_is_a_new_stroke_again() -> None:
    drawn = trail(sevens(45), np.full(45, 5.0), end_day=MONDAY + 44, wording=np.repeat((1, 2, 1), 15))
    assert len(drawn.segments) == 3


def test_coverage_counts_days_of_each_iso_week_up_to_the_last_day() -> None:
    days = np.array([MONDAY + 5, MONDAY + 6, MONDAY + 6, MONDAY + 7, MONDAY + 30])
    drawn = trail(days, np.ones(5), end_day=MONDAY + 36)
    assert drawn.week_mondays.tolist() == [MONDAY + 7 * week for week in range(6)]
    assert drawn.week_written_days.tolist() == [2, 1, 0, 0, 1, 0]


def test_entries_after_the_last_day_and_unanswered_ones_are_left_out() -> None:
    drawn = trail(np.array([MONDAY, MONDAY + 1, MONDAY + 9]), np.array([4.0, np.nan, 9.0]), end_day=MONDAY + 5)
    assert drawn.entry_days.tolist() == [MONDAY]


def test_nothing_written() -> None:
    drawn = trail(np.empty(0, dtype=np.int64), np.empty(0), end_day=MONDAY)
    assert drawn.segments == ()
    assert drawn.gaps == ()
    assert len(drawn.days) == len(drawn.week_mondays) == len(drawn.entry_days) == 0


def test_a_mistyped_century_costs_no_memory_on_the_line() -> None:
    drawn = trail(np.append(sevens(20), 200_000), np.full(21, 5.0), end_day=MONDAY + 20)
    assert len(drawn.days) == 14
    assert drawn.gaps[0] == Gap(200_001, MONDAY - 1)


def test_five_years_are_fast_enough_for_every_redraw() -> None:
    days = sevens(1826)
    values = np.random.default_rng(1).integers(0, 11, 1826).astype(float)
    best_s = min(_timed(days, values) for _ in range(15))
    assert best_s < 0.010


def _timed(days: np.ndarray, values: np.ndarray) -> float:
    start = time.perf_counter()
    trail(days, values, end_day=int(days[-1]))
    return time.perf_counter() - start
