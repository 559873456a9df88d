"""The gap between how somebody came across and how they pictured it: scipy as referee, tiers, range, blocks."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from app.insights.gap import GapTier, blocks, hodges_lehmann, perception_gap, signed_rank_p

MONDAY = 738_158
PUBLISHED = np.array([1.5, 2, 0.5, 1, 2.5, 1, 0, 1.5])

differences = st.lists(st.integers(-20, 20), min_size=1, max_size=30).map(lambda found: np.array(found) / 2)


def test_reference_numbers() -> None:
    found = perception_gap(5 + PUBLISHED, np.full(8, 5.0))
    assert (found.size, found.p) == pytest.approx((1.25, 0.015625))
    assert (found.tier, found.pairs, found.pictured) == (GapTier.DIFFERENCE, 8, 5.0)


@given(values=differences.filter(lambda found: len(found) <= 11 and np.count_nonzero(found) > 1))
def test_the_exact_test_agrees_with_every_sign_tried(values: np.ndarray) -> None:
    nonzero = values[values != 0]
    referee = scipy.stats.wilcoxon(nonzero, method=scipy.stats.PermutationMethod(n_resamples=2**12))
    assert signed_rank_p(values) == pytest.approx(min(1.0, referee.pvalue), abs=1e-12)


@given(seed=st.integers(0, 10_000), count=st.integers(2, 50), lean=st.floats(-1, 1))
def test_without_ties_it_is_scipys_exact_test(seed: int, count: int, lean: float) -> None:
    values = np.random.default_rng(seed).normal(lean, 1.0, count)
    assert signed_rank_p(values) == pytest.approx(scipy.stats.wilcoxon(values, method="exact").pvalue, abs=1e-9)


@given(seed=st.integers(0, 10_000), count=st.integers(60, 300))
def test_many_pairs_are_scipys_normal_curve(seed: int, count: int) -> None:
    values = np.random.default_rng(seed).integers(-6, 8, count).astype(float)
    nonzero = values[values != 0]
    if len(nonzero) > 50:
        referee = scipy.stats.wilcoxon(nonzero, method="asymptotic", correction=False)
        assert signed_rank_p(values) == pytest.approx(referee.pvalue, rel=1e-9)


@given(values=differences, add=st.integers(-5, 5))
def test_the_size_moves_with_the_values_and_lies_in_its_range(values: np.ndarray, add: int) -> None:
    size, low, high = hodges_lehmann(values)
    assert low <= size <= high
    assert hodges_lehmann(values + add) == pytest.approx((size + add, low + add, high + add))
    turned = hodges_lehmann(-values)
    assert turned == pytest.approx((-size, -high, -low))


@pytest.mark.parametrize("count", [6, 12, 60])
def test_the_range_holds_its_promise(count: int) -> None:
    generator = np.random.default_rng(count)
    held = 0
    for _ in range(500):
        _, low, high = hodges_lehmann(generator.normal(1.0, 1.0, count))
        held += low <= 1.0 <= high
    assert 0.86 < held / 500 < 0.97


def test_weeks_that_only_one_answered_are_no_pairs() -> None:
    received = np.array([6.0, np.nan, 7, 7, 8, 6, np.nan, 7])
    pictured = np.array([4.0, 5, np.nan, 5, 5, 4, np.nan, 5])
    found = perception_gap(received, pictured)
    assert (found.tier, found.pairs, found.size, found.p) == (GapTier.NOT_ENOUGH, 5, None, None)
    assert found.received == pytest.approx(np.mean([6.0, 7, 7]))
    nothing = perception_gap(np.full(8, np.nan), pictured)
    assert (nothing.tier, nothing.pairs, nothing.received) == (GapTier.NOT_ENOUGH, 0, None)


def test_a_small_gap_is_close_however_sure_and_a_wide_one_needs_to_be_sure() -> None:
    sure = perception_gap(np.full(20, 5.5), np.full(20, 5.0))
    assert sure.p is not None
    assert (sure.tier, sure.p < 0.001) == (GapTier.CLOSE, True)
    wild = perception_gap(np.array([9.0, 1, 8, 2, 9, 6]), np.array([4.0, 5, 5, 5, 4, 5]))
    assert wild.size is not None
    assert (wild.tier, wild.size >= 1.0) == (GapTier.CLOSE, True)
    other_way = perception_gap(np.full(8, 5.0), 5 + PUBLISHED)
    assert (other_way.tier, other_way.size) == (GapTier.DIFFERENCE, -1.25)


def test_the_rule_rarely_calls_chance_a_difference() -> None:
    generator = np.random.default_rng(7)
    called = sum(
        perception_gap(generator.normal(6, 1.5, 12), generator.normal(6, 1.5, 12)).tier is GapTier.DIFFERENCE
        for _ in range(600)
    )
    assert called / 600 < 0.06


def test_blocks_of_four_end_with_the_newest_week() -> None:
    mondays = MONDAY + 7 * np.arange(10)
    received = np.array([1.0, 2, 3, 4, 5, 6, np.nan, np.nan, np.nan, np.nan])
    pictured = np.array([2.0, 2, 2, 2, 2, np.nan, 2, 2, 2, 2])
    found = blocks(mondays, received, pictured)
    assert found.mondays.tolist() == [MONDAY, MONDAY + 14]
    assert found.weeks.tolist() == [2, 3]
    assert found.received.tolist() == [1.5, 4.0]
    assert found.pictured.tolist() == [2.0, 2.0]
    assert blocks(mondays[:0], received[:0], pictured[:0]).mondays.tolist() == []


def test_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one value per entry"):
        perception_gap(np.zeros(3), np.zeros(4))
