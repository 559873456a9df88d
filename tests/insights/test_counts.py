"""Shares, rates, settling, what helped, and the opt-in smooth view."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.nonparametric.smoothers_lowess import lowess
from statsmodels.stats.proportion import proportion_confint

from app.insights.rates import rate_ratio, wilson
from app.insights.recovery import settling, spread, what_helped
from app.insights.smooth import loess


@pytest.mark.parametrize(
    ("kept", "total", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 5, 0.0, 0.4345),
        (5, 5, 0.5655, 1.0),
        (17, 20, 0.6396, 0.9476),
        (3, 4, 0.3006, 0.9544),
    ],
)
def test_wilson_reference_numbers(kept: int, total: int, low: float, high: float) -> None:
    found = wilson(kept, total)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(total=st.integers(1, 500), share=st.floats(0, 1))
def test_wilson_agrees_with_statsmodels_and_mirrors(total: int, share: float) -> None:
    kept = round(share * total)
    found, other = wilson(kept, total), wilson(total - kept, total)
    low, high = proportion_confint(kept, total, method="wilson")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    assert (other.low, other.high) == pytest.approx((1 - found.high, 1 - found.low), abs=1e-9)
    assert 0 <= found.low <= kept / total <= found.high <= 1


def test_a_share_of_few_is_worded_and_of_none_says_nothing() -> None:
    assert wilson(3, 4).worded
    assert not wilson(3, 5).worded
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)
    with pytest.raises(ValueError, match="kept"):
        wilson(6, 5)


def test_rate_reference_numbers() -> None:
    found = rate_ratio(14, 28, 30, 84)
    assert found is not None
    assert found.ratio == pytest.approx(1.40)
    assert found.p == pytest.approx(0.2981, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.686, 2.723), abs=5e-4)


@given(first=st.integers(0, 60), second=st.integers(0, 60), days=st.tuples(st.integers(1, 400), st.integers(1, 400)))
def test_rates_agree_with_scipys_exact_binomial(first: int, second: int, days: tuple[int, int]) -> None:
    found = rate_ratio(first, days[0], second, days[1])
    if first + second < 10:
        assert found is None
        return
    assert found is not None
    referee = scipy.stats.binomtest(first, first + second, days[0] / sum(days))
    assert found.p == pytest.approx(referee.pvalue, abs=1e-6)
    limits = referee.proportion_ci(0.95, method="exact")
    low, high = (limit / (1 - limit) * days[1] / days[0] if limit < 1 else math.inf for limit in limits)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6)


def test_nine_events_are_listed_ten_are_compared() -> None:
    assert rate_ratio(4, 30, 5, 30) is None
    assert rate_ratio(5, 30, 5, 30) is not None


def test_thousands_of_events_do_not_overflow() -> None:
    found = rate_ratio(3000, 900, 2000, 900)
    assert found is not None
    assert found.low < 1.5 < found.high
    assert found.p < 1e-10


def test_rates_need_days() -> None:
    with pytest.raises(ValueError, match="positive"):
        rate_ratio(5, 0, 9, 10)


def test_settling_keeps_what_is_still_going_apart() -> None:
    found = settling(np.array([10.0, 20, 30, 40, 90, np.nan]), still_going=2)
    assert found.minutes is not None
    assert (found.minutes.median, found.minutes.low, found.minutes.high) == (30.0, 20.0, 40.0)
    assert (found.minutes.count, found.settled, found.still_going) == (5, 5, 2)
    few = settling(np.array([10.0, 20, 30, 40]))
    assert (few.minutes, few.settled) == (None, 4)


def test_spread_of_nothing() -> None:
    assert spread(np.empty(0)) is None


def test_what_helped_is_ordered_by_shrunk_mean() -> None:
    eases = {
        "walk": np.array([4.0] * 5),
        "asked": np.array([3.95] * 40),
        "breathing": np.array([1.0] * 10),
        "rare": np.array([9.0] * 4),
    }
    found = what_helped(eases)
    overall = (20 + 158 + 10 + 36) / 59
    assert [one.what for one in found] == ["asked", "walk", "breathing"]
    assert found[1].shrunk == pytest.approx((20 + 5 * overall) / 10)
    assert found[0].ease.count == 40
    assert what_helped({}) == ()


NIST_X = np.array(
    [0.5578196, 2.0217271, 2.5773252, 3.4140288, 4.3014084, 4.7448394, 5.1073781, 6.5411662, 6.7216176, 7.2600583,
     8.1335874, 9.1224379, 11.9296663, 12.3797674, 13.2728619, 14.2767453, 15.3731026, 15.6476637, 18.5605355,
     18.5866354, 18.7572812]
)  # fmt: skip
NIST_Y = np.array(
    [18.63654, 103.49646, 150.35391, 190.51031, 208.70115, 213.71135, 228.49353, 233.55387, 234.55054, 223.89225,
     227.68339, 223.91982, 168.01999, 164.95750, 152.61107, 160.78742, 168.55567, 152.42658, 221.70702, 222.69040,
     243.18828]
)  # fmt: skip


def test_loess_reproduces_the_handbook_example_and_statsmodels() -> None:
    found = loess(NIST_X, NIST_Y, share=1 / 3)
    np.testing.assert_allclose(found[:4], (20.5930, 107.1603, 139.7674, 174.2630), atol=1e-4)
    referee = lowess(NIST_Y, NIST_X, frac=1 / 3, it=0, return_sorted=False)
    np.testing.assert_allclose(found, referee, atol=1e-6)


@given(st.sets(st.integers(0, 300), min_size=8, max_size=60), st.floats(-2, 2), st.floats(-5, 5))
def test_loess_leaves_a_straight_line_straight(places: set[int], slope: float, level: float) -> None:
    x = np.array(sorted(places), dtype=float)
    np.testing.assert_allclose(loess(x, level + slope * x, share=0.5), level + slope * x, atol=1e-6)


def test_loess_of_equal_days_and_too_few_points() -> None:
    np.testing.assert_allclose(loess(np.full(4, 2.0), np.array([1.0, 2, 3, 6]), share=1.0), 3.0)
    with pytest.raises(ValueError, match="three points"):
        loess(np.array([1.0, 2]), np.array([1.0, 2]), share=1.0)
