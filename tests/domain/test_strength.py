"""Strength against the published vectors (formats-and-strength 5.1), and what must always hold of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.strength import Day, clock, curve, daily_factor, kept_of, reach_days

HISTORY = st.lists(st.sampled_from([0.0, 0.5, 1.0, None]), max_size=300)
FREQUENCY = st.sampled_from([(1, 1), (1, 7), (2, 7), (3, 7), (5, 7), (1, 30), (4, 30), (1, 14)])


def after(days: int, done: set[int], times: int = 1, span: int = 1, rest: frozenset[int] = frozenset()) -> float:
    """Strength at the end of day `days` (from 1) when the days of `done` were kept."""
    clocked = (Day(day, float(day in done), rest=day in rest) for day in range(1, days + 1))
    return list(curve(clocked, times, span))[-1][1]


def test_one_day_by_the_formula() -> None:
    """insights.md 7: what a day leaves, and what it adds to nothing and to a half."""
    kept = daily_factor(1, 1)
    assert kept == pytest.approx(0.9480775, abs=5e-8)
    assert after(1, {1}) == pytest.approx(0.0519225, abs=5e-8)
    assert (0.5 * kept + (1 - kept), 0.5 * kept) == pytest.approx((0.5259612, 0.4740388), abs=5e-8)
    assert 1 - daily_factor(1, 3) == pytest.approx(0.0303148, abs=5e-8)


@pytest.mark.parametrize("days, strength", [(7, 0.311), (14, 0.526), (30, 0.798), (60, 0.959), (90, 0.992)])
def test_daily_all_kept(days: int, strength: float) -> None:
    assert after(days, set(range(1, days + 1))) == pytest.approx(strength, abs=5e-4)


@pytest.mark.parametrize("misses, strength", [(1, 0.940), (3, 0.845), (7, 0.683), (14, 0.470)])
def test_misses_after_ninety_days(misses: int, strength: float) -> None:
    assert after(90 + misses, set(range(1, 91))) == pytest.approx(strength, abs=6e-4)


@pytest.mark.parametrize("week, strength", [(4, 0.388), (8, 0.652), (12, 0.802), (26, 0.973), (52, 0.999)])
def test_weekly_on_the_same_weekday(week: int, strength: float) -> None:
    done = {7 * number + 1 for number in range(week)}
    assert after(7 * week, done, 1, 7) == pytest.approx(strength, abs=6e-4)


@pytest.mark.parametrize("week, strength", [(26, 0.973), (27, 0.910), (28, 0.856), (29, 0.875), (30, 0.892)])
def test_weekly_with_one_week_missed(week: int, strength: float) -> None:
    done = {7 * number + 1 for number in range(week) if number != 26}
    assert after(7 * week, done, 1, 7) == pytest.approx(strength, abs=6e-4)


@pytest.mark.parametrize("week", [26, 27])
def test_a_week_of_rest_changes_nothing(week: int) -> None:
    done = {7 * number + 1 for number in range(week) if number != 26}
    rest = frozenset(range(7 * 26 + 1, 7 * 27 + 1))
    assert after(7 * week, done, 1, 7, rest) == pytest.approx(0.973, abs=6e-4)


def test_after_a_week_of_rest_it_goes_on_as_if_the_week_had_not_been() -> None:
    rest = frozenset(range(7 * 26 + 1, 7 * 27 + 1))
    with_rest = {7 * number + 1 for number in range(40) if number != 26}
    without = {7 * number + 1 for number in range(39)}
    assert after(7 * 40, with_rest, 1, 7, rest) == after(7 * 39, without, 1, 7)


@pytest.mark.parametrize("week, strength", [(4, 0.540), (8, 0.827), (12, 0.935), (26, 0.998)])
def test_three_a_week(week: int, strength: float) -> None:
    done = {7 * number + day for number in range(week) for day in (1, 3, 5)}
    assert after(7 * week, done, 3, 7) == pytest.approx(strength, abs=6e-4)


@pytest.mark.parametrize("times, span, days", [(1, 1, 13.0), (3, 7, 19.9), (2, 7, 24.3), (1, 7, 34.4), (1, 30, 71.2)])
def test_half_lives(times: int, span: int, days: float) -> None:
    assert math.log(0.5) / math.log(daily_factor(times, span)) == pytest.approx(days, abs=0.06)


def of(history: list[float | None]) -> list[Day]:
    return [Day(number, done or 0.0, rest=done is None) for number, done in enumerate(history)]


@given(history=HISTORY, frequency=FREQUENCY)
def test_it_never_leaves_nought_to_one_and_rest_never_lowers_it(
    history: list[float | None], frequency: tuple[int, int]
) -> None:
    before = 0.0
    for day, (_, strength) in zip(of(history), curve(of(history), *frequency), strict=True):
        assert 0.0 <= strength <= 1.0
        if day.rest:
            assert strength == before
        before = strength


@given(history=HISTORY, frequency=FREQUENCY, more=st.integers(0, 299))
def test_doing_more_never_lowers_it(history: list[float | None], frequency: tuple[int, int], more: int) -> None:
    if more >= len(history) or history[more] is None:
        return
    raised = [1.0 if number == more else done for number, done in enumerate(history)]
    pairs = zip(curve(of(history), *frequency), curve(of(raised), *frequency), strict=True)
    assert all(lower[1] <= upper[1] + 1e-12 for lower, upper in pairs)


@given(
    done=st.dictionaries(st.integers(0, 120), st.sampled_from([0.5, 1.0]), max_size=60),
    rests=st.lists(st.tuples(st.integers(-5, 125), st.integers(0, 20)), max_size=4),
    frequency=FREQUENCY,
    order=st.randoms(),
)
def test_the_order_of_entry_does_not_matter(
    done: dict[int, float], rests: list[tuple[int, int]], frequency: tuple[int, int], order: object
) -> None:
    entered, spans = list(done.items()), [(first, first + length) for first, length in rests]
    order.shuffle(entered)  # type: ignore[attr-defined]  # hypothesis' own Random
    first = list(curve(clock(0, 120, done, spans), *frequency))
    again = list(curve(clock(0, 120, dict(entered), reversed(spans)), *frequency))
    assert first == again


@given(frequency=FREQUENCY, kept=st.integers(0, 2**1800 - 1))
def test_what_lies_further_back_than_its_reach_can_be_passed_over(frequency: tuple[int, int], kept: int) -> None:
    reach = reach_days(*frequency)
    days = [Day(number, float(kept >> number & 1)) for number in range(1800)]
    whole = list(curve(days, *frequency))[-1][1]
    short = list(curve(days[-reach:], *frequency))[-1][1]
    assert short == pytest.approx(whole, abs=1e-3)


def test_something_done_on_a_day_of_rest_counts() -> None:
    days = list(clock(10, 14, {12: 1.0}, [(11, 13)]))
    assert [(day.ordinal, day.done, day.rest) for day in days] == [
        (10, 0.0, False), (11, 0.0, True), (12, 1.0, False), (13, 0.0, True), (14, 0.0, False),
    ]  # fmt: skip


def test_kept_of_the_last_passes_over_rest() -> None:
    told = kept_of([True, True, False, None, True, True, None, True], last=4)
    assert (told.kept, told.total) == (3, 4)
    assert (told.current, told.longest) == (3, 3)
    assert kept_of([], last=14).total == 0
