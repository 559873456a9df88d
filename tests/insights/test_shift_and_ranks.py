"""Lately against before, NAP, the paired gap, and what came together."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from app.insights.rank_tests import compare, paired_gap
from app.insights.series import WeekSeries
from app.insights.shift import shift, weekly_shift
from app.insights.verdict import Cap, Direction, Lack, Tier

MONDAY = 738_158
END = MONDAY + 16 * 7 - 1
RECENT = np.array([5.0, 5.4, 4.8, 5.6])
EARLIER = np.array([4.1, 3.9, 4.6, 4.0, 4.4, 3.7, 4.2, 4.9, 4.3, 4.5, 4.0, 4.6])

samples = st.lists(st.integers(0, 10), min_size=3, max_size=15).map(lambda values: np.array(values, dtype=float))


def test_shift_reference_numbers() -> None:
    found = compare(RECENT, EARLIER)
    assert found.change == pytest.approx(0.95)
    assert found.p_value() == pytest.approx(0.006285, abs=5e-7)
    assert found.nap == pytest.approx(0.9791667, abs=1e-7)
    exact = scipy.stats.mannwhitneyu(RECENT, EARLIER, method="exact")
    assert exact.pvalue == pytest.approx(0.0021978, abs=5e-8)
    assert found.p_value() > exact.pvalue


@pytest.mark.parametrize(
    ("earlier", "later", "nap", "tau"),
    [
        ((20, 20, 26, 25, 22, 23), (28, 25, 24, 27, 30, 30, 29), 38.5 / 42, 35 / 42),
        ((3, 3, 4, 5), (4, 5, 6, 7, 7), 0.90, 0.80),
        ((1, 2, 3, 4, 5), (6, 7, 8, 9, 10), 1.0, 1.0),
    ],
)
def test_nap_and_tau_reference_numbers(
    earlier: tuple[int, ...], later: tuple[int, ...], nap: float, tau: float
) -> None:
    found = compare(np.array(later, dtype=float), np.array(earlier, dtype=float))
    assert (found.nap, found.tau) == pytest.approx((nap, tau))


@given(later=samples, earlier=samples)
def test_mann_whitney_agrees_with_scipy(later: np.ndarray, earlier: np.ndarray) -> None:
    found = compare(later, earlier)
    if np.ptp(np.concatenate((later, earlier))) == 0:
        assert found.p_value() == 1.0
        return
    referee = scipy.stats.mannwhitneyu(later, earlier, method="asymptotic", use_continuity=True)
    assert found.nap * len(later) * len(earlier) == pytest.approx(referee.statistic)
    assert found.p_value() == pytest.approx(min(referee.pvalue, 1.0), abs=1e-12)


@given(later=samples, earlier=samples, add=st.integers(-9, 9))
def test_the_estimate_moves_with_the_later_values(later: np.ndarray, earlier: np.ndarray, add: int) -> None:
    before, after = compare(later, earlier), compare(later + add, earlier)
    assert after.change == pytest.approx(before.change + add)
    swapped = compare(earlier, later)
    assert (swapped.change, swapped.nap) == pytest.approx((-before.change, 1 - before.nap))
    assert before.low <= before.change <= before.high


def test_the_interval_holds_its_promise() -> None:
    generator = np.random.default_rng(5)
    held = 0
    for _ in range(600):
        found = compare(generator.normal(1.0, 1.0, 4), generator.normal(0.0, 1.0, 12))
        held += found.low <= 1.0 <= found.high
    assert 0.86 < held / 600 < 0.97


def weeks(values: np.ndarray) -> WeekSeries:
    return WeekSeries(MONDAY, np.full(16, 7), np.arange(16), values)


def test_autocorrelation_widens_the_shift_but_a_step_alone_is_not_autocorrelation() -> None:
    alternating = np.tile((4.0, 5.0), 8)
    alternating[12:] += 3
    estimate, nap = weekly_shift(weeks(alternating))
    assert estimate.p == pytest.approx(compare(alternating[12:], alternating[:12]).p_value())
    assert nap == 1.0
    waves = np.repeat((4.0, 6.0, 4.0, 6.0), 4)
    estimate, _ = weekly_shift(weeks(waves))
    plain = compare(waves[12:], waves[:12])
    assert estimate.p > plain.p_value() + 0.05
    assert plain.low < plain.change
    assert estimate.change - estimate.low > 1.5 * (plain.change - plain.low)


def entries(step: float, *, noise: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    days = np.arange(MONDAY, END + 1)
    values = 5 + np.random.default_rng(2).normal(0, noise, len(days))
    return days, values + step * (days >= MONDAY + 84)


def test_a_clear_shift_either_way() -> None:
    days, values = entries(2.0)
    up, down = shift(days, values, end_day=END), shift(days, 10 - values, end_day=END)
    assert (up.tier, up.direction, up.nap) == (Tier.CLEAR, Direction.UP, 1.0)
    assert (down.tier, down.direction, down.nap) == (Tier.CLEAR, Direction.DOWN, 0.0)
    assert up.estimate is not None
    assert up.estimate.low < 2.0 < up.estimate.high
    assert (len(up.recent_values), len(up.earlier_values)) == (4, 12)
    assert up.recent_midmean == pytest.approx(7.0, abs=0.3)
    assert up.earlier_midmean == pytest.approx(5.0, abs=0.3)


def test_a_small_shift_is_open_and_the_span_decides_what_is_small() -> None:
    days, values = entries(0.8, noise=0.1)
    assert shift(days, values, end_day=END).tier is Tier.OPEN
    assert shift(days, values, end_day=END, span=4.0).tier is Tier.CLEAR


def test_what_a_shift_needs() -> None:
    days, values = entries(2.0)
    recent_only = shift(days[84:], values[84:], end_day=END)
    assert (recent_only.tier, recent_only.lacking) == (Tier.NOT_ENOUGH, (Lack.EARLIER,))
    assert recent_only.earlier_midmean is None
    assert recent_only.recent_midmean is not None
    assert shift(days[:-14], values[:-14], end_day=END).lacking == (Lack.RECENT,)
    assert shift(days[:-7], values[:-7], end_day=END).lacking == ()
    assert shift(days[28:-7], values[28:-7], end_day=END).lacking == ()
    assert shift(days[35:], values[35:], end_day=END).lacking == (Lack.EARLIER,)


def test_shift_caps() -> None:
    days, values = entries(2.0)
    thin = (days >= MONDAY + 84) | (days % 7 < 4)
    found = shift(days[thin], values[thin], end_day=END)
    assert (found.tier, found.caps[0]) == (Tier.LEANING, Cap.UNEVEN)
    reworded = shift(days, values, end_day=END, wording=(days > MONDAY + 90).astype(np.int64))
    assert (reworded.tier, reworded.caps) == (Tier.LEANING, (Cap.WORDING,))


def test_lows_left_blank_do_not_make_a_clear_shift() -> None:
    """Recent lows are skipped; with the blanks taken as low nothing clear is left."""
    days = np.arange(MONDAY, END + 1)
    place = days - MONDAY
    values = 5 + np.where(place % 2 == 0, 1.5, -1.5) + 0.1 * np.sin(place)
    written = (place < 84) & (place % 4 != 3) | (place >= 84) & (place % 2 == 0)
    found = shift(days[written], values[written], end_day=END)
    assert found.estimate is not None
    assert found.estimate.p < 0.01
    assert found.estimate.change > 1
    assert found.caps == (Cap.TIPPING,)
    assert found.tier is Tier.LEANING


def test_running_week_counts_days_so_far() -> None:
    days, values = entries(2.0)
    found = shift(days, values, end_day=END - 4)
    assert found.coverage_recent == 1.0
    assert len(found.recent_values) == 4


def test_gap_reference_numbers() -> None:
    found = paired_gap(np.array([1.5, 2, 0.5, 1, 2.5, 1, 0, 1.5]))
    assert found.gap == pytest.approx(1.25)
    assert found.p == pytest.approx(0.015625)
    assert found.pairs == 8


@given(st.sets(st.integers(1, 40), min_size=3, max_size=12), st.integers(0, 4095))
def test_signed_rank_agrees_with_scipys_exact_test(sizes: set[int], signs: int) -> None:
    differences = np.array([size * (1 if signs >> i & 1 else -1) for i, size in enumerate(sorted(sizes))], dtype=float)
    assert paired_gap(differences).p == pytest.approx(scipy.stats.wilcoxon(differences, method="exact").pvalue)


def test_no_difference_at_all() -> None:
    found = paired_gap(np.zeros(6))
    assert (found.gap, found.p) == (0.0, 1.0)
