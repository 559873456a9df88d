"""The verdict: requirements, tiers, caps, the tipping check, the referee, and "leaning, again"."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.coverage import blanks_as_low_and_high, coverage_caps
from app.insights.daily_model import Estimate
from app.insights.direction import _tier, direction, needed_weeks
from app.insights.holm import cap_family, holm
from app.insights.series import day_values
from app.insights.verdict import Cap, Direction, Lack, Tier, Verdict, evidence_tier

MONDAY = 738_158
END = MONDAY + 83


def window(change: float = 0.0, *, noise: float = 0.5, seed: int = 1, weeks: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Every day of a window, rising by `change`."""
    count = 7 * weeks
    noisy = np.random.default_rng(seed).normal(0, noise, count)
    return MONDAY + np.arange(count), 5 + np.linspace(-change / 2, change / 2, count) + noisy


def judged(days: np.ndarray, values: np.ndarray, **more: Any) -> Verdict:
    return direction(days, values, end_day=END, weeks=12, **more)


@pytest.mark.parametrize(("weeks", "needed"), [(12, 8), (26, 16)])
def test_needed_weeks(weeks: int, needed: int) -> None:
    assert needed_weeks(weeks) == needed


@pytest.mark.parametrize(
    ("change", "p", "tier"),
    [
        (1.0, 0.049, Tier.LEANING),
        (-1.0, 0.0099, Tier.CLEAR),
        (0.99, 0.0001, Tier.OPEN),
        (3.0, 0.05, Tier.OPEN),
        (3.0, 0.01, Tier.LEANING),
    ],
)
def test_tier_thresholds(change: float, p: float, tier: Tier) -> None:
    assert evidence_tier(change, p) is tier
    assert evidence_tier(change * 0.4, p, span=4.0) is tier


def test_clear_rise_and_clear_fall() -> None:
    days, values = window(3.0)
    rise, fall = judged(days, values), judged(days, 10 - values)
    assert (rise.tier, rise.direction, rise.caps) == (Tier.CLEAR, Direction.UP, ())
    assert (fall.tier, fall.direction) == (Tier.CLEAR, Direction.DOWN)
    assert rise.estimate is not None
    assert rise.estimate.low < 3.0 < rise.estimate.high
    assert rise.slope is not None
    assert rise.slope.value * 12 == pytest.approx(3.0, abs=0.5)
    assert rise.slope_monday == MONDAY
    assert (rise.valid_weeks, rise.entry_days, rise.coverage_first, rise.coverage_second) == (12, 84, 1.0, 1.0)
    assert rise.quartiles is not None
    assert rise.quartiles[0] < 5 < rise.quartiles[2]


def test_steady_needs_a_narrow_interval_and_open_is_the_rest() -> None:
    days, calm = window(0.0)
    assert judged(days, calm).tier is Tier.STEADY
    assert judged(*window(0.0, noise=1.0, seed=8)).tier is Tier.STEADY
    wide = judged(*window(0.0, noise=4.0, seed=3))
    assert wide.tier is Tier.OPEN
    assert wide.direction is Direction.NONE
    assert wide.estimate is not None


def test_the_weekly_slope_must_point_the_same_way() -> None:
    estimate = Estimate(change=1.5, low=0.6, high=2.4, p=0.001)
    assert _tier(estimate, 0.1, 10.0) is Tier.CLEAR
    assert _tier(estimate, -0.1, 10.0) is Tier.OPEN
    assert _tier(estimate, 0.0, 10.0) is Tier.OPEN


def test_steady_bound_is_two_points_either_way() -> None:
    assert _tier(Estimate(0.5, -1.9, 1.99, 0.6), -0.1, 10.0) is Tier.STEADY
    assert _tier(Estimate(0.5, -1.9, 2.0, 0.6), 0.1, 10.0) is Tier.OPEN
    assert _tier(Estimate(0.2, -0.76, 0.79, 0.6), 0.1, 4.0) is Tier.STEADY
    assert _tier(Estimate(0.2, -0.76, 0.81, 0.6), 0.1, 4.0) is Tier.OPEN


def test_too_few_weeks() -> None:
    days, values = window(3.0)
    few = judged(days[::7], values[::7])
    assert few.tier is Tier.NOT_ENOUGH
    assert few.lacking == (Lack.WEEKS, Lack.FIRST_THIRD, Lack.LAST_THIRD)
    assert (few.valid_weeks, few.needed_weeks, few.entry_days) == (0, 8, 12)
    assert few.estimate is None
    assert few.slope is None
    assert few.quartiles is None


def test_each_end_needs_two_weeks() -> None:
    days, values = window(3.0)
    assert judged(days[21:], values[21:]).lacking == (Lack.FIRST_THIRD,)
    assert judged(days[:-21], values[:-21]).lacking == (Lack.LAST_THIRD,)
    assert judged(days[14:], values[14:]).lacking == ()


def test_three_days_in_each_of_eight_weeks_are_just_enough_but_sparse() -> None:
    days, values = window(4.0)
    keep = (np.arange(84) % 7 < 3) & (np.isin(np.arange(84) // 7, (0, 1, 3, 5, 6, 8, 10, 11)))
    verdict = judged(days[keep], values[keep])
    assert verdict.valid_weeks == 8
    assert verdict.tier is Tier.LEANING
    assert Cap.SPARSE in verdict.caps


def test_uneven_coverage_caps_a_clear_verdict() -> None:
    days, values = window(3.5)
    keep = (np.arange(84) < 42) | (np.arange(84) % 7 < 4)
    verdict = judged(days[keep], values[keep])
    assert (verdict.coverage_first, verdict.coverage_second) == (1.0, pytest.approx(4 / 7))
    assert (verdict.tier, verdict.caps) == (Tier.LEANING, (Cap.UNEVEN,))


@pytest.mark.parametrize(
    ("first", "second", "caps"),
    [
        (0.5, 0.75, ()),
        (0.49, 0.6, (Cap.SPARSE,)),
        (0.5, 0.76, (Cap.UNEVEN,)),
        (0.9, 0.3, (Cap.SPARSE, Cap.UNEVEN)),
    ],
)
def test_coverage_bounds(first: float, second: float, caps: tuple[Cap, ...]) -> None:
    assert coverage_caps(first, second) == caps
    assert coverage_caps(second, first) == caps


def test_new_wording_inside_the_window_caps_and_before_it_does_not() -> None:
    days, values = window(3.0)
    changed = np.where(days < MONDAY + 40, 1, 2)
    assert judged(days, values, wording=changed).caps == (Cap.WORDING,)
    assert judged(days, values, wording=changed).tier is Tier.LEANING
    earlier_days, earlier_values = np.append(days, MONDAY - 1), np.append(values, 5.0)
    assert judged(earlier_days, earlier_values, wording=np.append(np.full(84, 2), 1)).tier is Tier.CLEAR


def test_wording_of_a_late_entry_does_not_count() -> None:
    days, values = window(3.0)
    wording = np.append(np.ones(84, dtype=np.int64), 2)
    late = np.append(np.zeros(84, dtype=bool), True)
    verdict = judged(np.append(days, END), np.append(values, 0.0), wording=wording, late=late)
    assert verdict == judged(days, values)


def test_bad_days_left_blank_more_and_more_do_not_make_a_clear_rise() -> None:
    """Nothing changes over the window, but the share of lows that are written falls to none."""
    generator = np.random.default_rng(7)
    values = np.clip(np.round(5 + generator.normal(0, 1.8, 84)), 0, 10)
    skipped = (values <= 4) & (np.arange(84) > 40)
    verdict = judged((MONDAY + np.arange(84))[~skipped], values[~skipped])
    assert verdict.estimate is not None
    assert verdict.estimate.p < 0.01
    assert Cap.TIPPING in verdict.caps
    assert verdict.tier is Tier.LEANING


def test_filled_windows_hold_the_quartiles_on_blank_days_only() -> None:
    series = day_values(np.array([10, 11, 13, 14]), np.array([1.0, 2.0, 4.0, 5.0]))
    low, high = blanks_as_low_and_high(series, 9, 14)
    assert low.values.tolist() == [1.75, 1.0, 2.0, 1.75, 4.0, 5.0]
    assert high.values.tolist() == [4.25, 1.0, 2.0, 4.25, 4.0, 5.0]


def test_late_entries_are_left_out() -> None:
    days, values = window(3.0)
    late = np.zeros(84, dtype=bool)
    late[10:30] = True
    assert judged(days, values, late=late) == judged(days[~late], values[~late])


def test_same_lean_twice_running_is_leaning_again() -> None:
    days, values = window(1.4, noise=1.6, seed=5)
    first = judged(days, values)
    assert (first.tier, first.direction, first.again) == (Tier.LEANING, Direction.UP, False)
    assert judged(days, values, previous=first).again
    assert judged(days, values, previous=replace(first, tier=Tier.CLEAR)).again
    assert not judged(days, values, previous=replace(first, direction=Direction.DOWN)).again
    assert not judged(days, values, previous=replace(first, window_weeks=26)).again
    assert not judged(days, values, previous=replace(first, tier=Tier.OPEN, direction=Direction.NONE)).again
    clear = judged(*window(3.0))
    assert not judged(*window(3.0), previous=clear).again


@given(seed=st.integers(0, 5000), change=st.floats(-4, 4))
def test_mirrored_answers_give_the_mirrored_verdict(seed: int, change: float) -> None:
    days, values = window(change, noise=1.8, seed=seed)
    whole = np.clip(np.round(values), 0, 10)
    up, down = judged(days, whole), judged(days, 10 - whole)
    assert up.tier is down.tier
    mirror = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP, Direction.NONE: Direction.NONE}
    assert down.direction is mirror[up.direction]


@given(seed=st.integers(0, 5000), later=st.integers(1, 5000))
def test_moving_the_whole_diary_by_weeks_changes_no_verdict(seed: int, later: int) -> None:
    days, values = window(1.5, noise=1.8, seed=seed)
    here = judged(days, values)
    there = direction(days + 7 * later, values, end_day=END + 7 * later, weeks=12)
    assert (here.tier, here.direction, here.caps) == (there.tier, there.direction, there.caps)


@given(order=st.permutations(range(84)))
def test_order_of_entries_plays_no_part(order: list[int]) -> None:
    days, values = window(2.0)
    assert judged(days[order], values[order]) == judged(days, values)


def test_entries_outside_the_window_play_no_part() -> None:
    days, values = window(2.0)
    more = np.concatenate(([MONDAY - 1, MONDAY - 400], days, [END + 1]))
    assert judged(more, np.concatenate(([0.0, 0.0], values, [0.0]))) == judged(days, values)


def test_a_short_window_and_unequal_lengths_are_refused() -> None:
    days, values = window()
    with pytest.raises(ValueError, match="six weeks"):
        direction(days, values, end_day=END, weeks=5)
    with pytest.raises(ValueError, match="one value per entry"):
        judged(days, values, late=np.zeros(3, dtype=bool))


def test_holm_reference_numbers() -> None:
    assert holm((0.01, 0.04, 0.03, 0.005)) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm(()) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_keeps_order_and_lies_between_raw_and_bonferroni(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    for raw, new in zip(p_values, adjusted, strict=True):
        assert raw <= new <= min(1.0, raw * len(p_values)) + 1e-12
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert [adjusted[i] for i in order] == sorted(adjusted)


def test_a_family_of_measures_is_held_to_a_stricter_bar() -> None:
    clear = judged(*window(3.0))
    assert clear.estimate is not None
    narrow = replace(clear, estimate=replace(clear.estimate, p=0.006))
    strong = replace(clear, estimate=replace(clear.estimate, p=0.0001))
    nothing = judged(np.array([MONDAY]), np.array([5.0]))
    found = cap_family((narrow, strong, nothing))
    assert [verdict.tier for verdict in found] == [Tier.CLEAR, Tier.CLEAR, Tier.NOT_ENOUGH]
    found = cap_family((narrow, strong, replace(narrow, estimate=replace(clear.estimate, p=0.5), tier=Tier.OPEN)))
    assert [verdict.tier for verdict in found] == [Tier.LEANING, Tier.CLEAR, Tier.OPEN]
    assert found[0].caps == (Cap.FAMILY,)
    assert not found[0].again
    assert cap_family((narrow.after(strong), strong, replace(narrow, tier=Tier.OPEN)))[0].again
    assert found[0].direction is Direction.UP


def test_a_verdict_takes_milliseconds() -> None:
    days, values = window(3.0, weeks=26)
    best_s = min(_timed(days, values) for _ in range(10))
    assert best_s < 0.020


def _timed(days: np.ndarray, values: np.ndarray) -> float:
    start = time.perf_counter()
    direction(days, values, end_day=int(days[-1]), weeks=26)
    return time.perf_counter() - start
