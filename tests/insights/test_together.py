"""Pairs that came together: by hand, against the referee, and never more than a person picked."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from app.insights.holm import holm
from app.insights.rank_tests import compare
from app.insights.series import midmean
from app.insights.together import LEAST_DAYS_EACH, CameTogether, PickedDays, came_together, likeness_stretch
from app.insights.verdict import Direction, Tier

FIRST = 700_000
DAYS = st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=24, max_size=70)


def picked(values: list[float] | np.ndarray, present: list[bool] | np.ndarray, *, step: int = 1) -> PickedDays:
    days = FIRST + step * np.arange(len(values), dtype=np.int64)
    return PickedDays(days, np.asarray(values, dtype=np.float64), np.asarray(present, dtype=np.bool_))


def one(pair: PickedDays) -> CameTogether:
    return came_together({"only": pair})["only"]


def scattered(lift: float, count: int = 30) -> PickedDays:
    """Every second day with the thing, its values higher by `lift`; two days apart, so none is a neighbour."""
    place = np.arange(count)
    there = place % 2 == 0
    return picked(4 + place * 7 % 5 * 0.5 + lift * there, there, step=2)


def test_by_hand() -> None:
    """Ten days of each in halves, with 5 … 9.5 and without 1 … 5.5: of 100 pairs 97 are higher, two tie, one lower."""
    there = np.repeat([True, False], 10)
    values = np.concatenate((np.arange(10) * 0.5 + 5, np.arange(10) * 0.5 + 1))
    found = one(picked(values, there, step=3))
    assert found.difference is not None
    assert found.difference.change == 4.0
    assert (found.with_level, found.without_level) == (midmean(values[:10]), midmean(values[10:])) == (7.25, 3.25)
    pairs = np.subtract.outer(values[:10], values[10:])
    assert found.difference.nap == (np.sum(pairs > 0) + 0.5 * np.sum(pairs == 0)) / 100 == 0.98
    assert found.p == pytest.approx(scipy.stats.mannwhitneyu(values[:10], values[10:], method="asymptotic").pvalue)
    assert (found.tier, found.direction) == (Tier.CLEAR, Direction.UP)


def test_nine_days_are_too_few_on_either_side() -> None:
    for present in ([True] * 9 + [False] * 20, [False] * 9 + [True] * 20):
        found = one(picked([5.0] * 29, present))
        assert (found.tier, found.difference, found.p) == (Tier.NOT_ENOUGH, None, None)
        assert sorted((found.with_days, found.without_days)) == [9, 20]
    assert one(picked([5.0] * 20, [True, False] * LEAST_DAYS_EACH)).tier is Tier.OPEN


def test_a_small_difference_stays_open_however_sure() -> None:
    there = np.arange(400) % 2 == 0
    found = one(picked(5 + 0.5 * there + (np.arange(400) // 2 % 3) * 0.1, there, step=2))
    assert found.p is not None and found.p < 0.001
    assert found.tier is Tier.OPEN and found.direction is Direction.NONE
    short = PickedDays(
        *(getattr(picked(2 + 0.5 * there, there, step=2), n) for n in ("days", "values", "present")), 4.0
    )
    assert one(short).tier is Tier.CLEAR


def test_lower_days_are_said_as_lower() -> None:
    assert one(scattered(-3.0)).direction is Direction.DOWN


def test_three_at_most() -> None:
    pairs = {str(number): scattered(2.0) for number in range(4)}
    with pytest.raises(ValueError, match="at most 3"):
        came_together(pairs)
    assert came_together({}) == {}


def test_several_pairs_are_corrected_together_and_those_with_too_few_days_do_not_count() -> None:
    alone = [one(scattered(lift)).p for lift in (1.0, 2.0)]
    assert None not in alone
    pairs = {"a": scattered(1.0), "few": picked([5.0] * 12, [True] * 3 + [False] * 9), "b": scattered(2.0)}
    found = came_together(pairs)
    assert list(found) == ["a", "few", "b"]
    assert [found["a"].p, found["b"].p] == list(holm([p for p in alone if p is not None]))
    assert found["few"].tier is Tier.NOT_ENOUGH


@given(DAYS, st.integers(0, 1000))
def test_the_order_of_days_does_not_matter(entries: list[tuple[int, bool]], seed: int) -> None:
    values, present = [float(value) for value, _ in entries], [there for _, there in entries]
    pair = picked(values, present)
    order = list(range(len(entries)))
    random.Random(seed).shuffle(order)
    mixed = PickedDays(pair.days[order], pair.values[order], pair.present[order])
    assert one(mixed) == one(pair)


@given(DAYS)
def test_swapping_with_and_without_turns_the_sign(entries: list[tuple[int, bool]]) -> None:
    pair = picked([float(value) for value, _ in entries], [there for _, there in entries])
    found, other = one(pair), one(PickedDays(pair.days, pair.values, ~pair.present))
    assert (found.with_days, found.with_level) == (other.without_days, other.without_level)
    assert found.tier is other.tier
    if found.difference is not None and other.difference is not None:
        assert found.difference.change == pytest.approx(-other.difference.change)
        assert found.p == pytest.approx(other.p)


def test_a_day_twice_is_refused() -> None:
    pair = scattered(1.0)
    with pytest.raises(ValueError, match="once"):
        one(PickedDays(np.repeat(pair.days[:15], 2), pair.values, pair.present))


def test_scattered_days_widen_nothing() -> None:
    days = FIRST + np.arange(60, dtype=np.int64)
    alike = np.sin(np.arange(60) / 8)
    assert likeness_stretch(days, np.arange(60) % 2 == 0, alike) == 1.0
    assert likeness_stretch(days * 2, np.arange(60) < 30, alike) == 1.0
    assert likeness_stretch(days, np.arange(60) < 30, np.tile([1.0, -1.0], 30)) == 1.0


def test_the_stretch_by_hand() -> None:
    """Ten days, the first five with it: of nine neighbours eight are alike, so r = (8·¼ - ¼)/9 ÷ ¼ = 7/9."""
    days = FIRST + np.arange(10, dtype=np.int64)
    there = np.arange(10) < 5
    residuals = np.where(there, 1.0, -1.0)
    r = 7 / 9
    both = r * 0.95  # raised by (1 + 3r)/10 it would be above 1
    assert likeness_stretch(days, there, residuals) == pytest.approx(math.sqrt((1 + both) / (1 - both)))


def test_the_interval_is_as_much_wider_as_chance() -> None:
    there = np.arange(80) < 40
    pair = picked(5 + np.sin(np.arange(80) / 6) + 2 * there, there)
    found, plain = one(pair).difference, compare(pair.values[there], pair.values[~there])
    stretch = likeness_stretch(pair.days, there, pair.values - plain.change * there)
    assert found is not None and stretch > 1.5
    assert found.change - found.low == pytest.approx(stretch * (plain.change - plain.low))
    assert one(pair).p == pytest.approx(plain.p_value(stretch))


def test_runs_that_coincide_by_chance_are_seldom_called_a_link() -> None:
    """A thing that lasts for weeks beside values that drift: the plain rank test calls chance a link in most cases."""
    generator = np.random.default_rng(11)
    said = plain = 0
    for _ in range(200):
        noise = generator.normal(0, 1, 150)
        values = np.empty(150)
        values[0] = noise[0]
        for day in range(1, 150):
            values[day] = 0.8 * values[day - 1] + 0.6 * noise[day]
        values = 5 + 2 * values
        there = np.zeros(150, dtype=bool)
        start = int(generator.integers(20, 90))
        there[start : start + 40] = True
        said += one(picked(values, there)).tier.has_direction
        plain += compare(values[there], values[~there]).p_value() < 0.05
    assert plain > 80
    assert said < 32
