"""Theil-Sen and Mann-Kendall: published numbers, two referees, and the autocorrelation correction."""

from __future__ import annotations

import math

import numpy as np
import pymannkendall
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.datasets import nile

from app.insights.mann_kendall import mann_kendall
from app.insights.series import WeekSeries
from app.insights.theil_sen import theil_sen
from app.insights.weekly import autocorrelation_stretch, weekly_change

R1 = np.array([3.2, 3.0, 3.8, 3.4, 4.1, 3.6, 4.4, 4.0, 4.9, 4.2, 5.1, 4.8])
R2_X = np.array([0, 1, 2, 4, 5, 8, 9, 11, 12, 15])
R2 = np.array([6.0, 5, 6, 5, 4, 5, 3, 4, 3, 3])


def weeks_of(values: np.ndarray, positions: np.ndarray | None = None, weeks: int | None = None) -> WeekSeries:
    positions = np.arange(len(values)) if positions is None else positions
    return WeekSeries(1, np.full(weeks or int(positions[-1]) + 1, 7), positions, values)


@pytest.mark.parametrize(
    "x, values, slope, intercept, low, high, digits",
    [
        (np.arange(12), R1, 0.1645833, 3.1447917, 0.10, 0.225, 1e-7),
        (R2_X, R2, -0.2222222, 5.9444444, -0.3333333, -0.1, 1e-7),
        (np.arange(8), np.full(8, 4.0), 0.0, 4.0, 0.0, 0.0, 1e-12),
        (np.arange(100), nile.load_pandas().data["volume"].to_numpy(), -2.6, 1022.2, -3.627907, -1.428571, 1e-6),
    ],
    ids=["R1", "R2", "R3", "Nile"],
)
def test_theil_sen_reference_numbers(
    x: np.ndarray, values: np.ndarray, slope: float, intercept: float, low: float, high: float, digits: float
) -> None:
    found = theil_sen(x, values, level=0.95)
    assert (found.value, found.intercept, found.low, found.high) == pytest.approx(
        (slope, intercept, low, high), abs=digits
    )


@pytest.mark.parametrize(
    "values, score, variance, z, p",
    [
        (R1, 46, 212.6667, 3.085765, 0.002030),
        (R2, -31, 115.6667, -2.789441, 0.005280),
        (np.full(8, 4.0), 0, 0.0, 0.0, 1.0),
        (nile.load_pandas().data["volume"].to_numpy(), -1387, 112728.33, -4.128067, 3.6583e-05),
    ],
    ids=["R1", "R2", "R3", "Nile"],
)
def test_mann_kendall_reference_numbers(values: np.ndarray, score: int, variance: float, z: float, p: float) -> None:
    found = mann_kendall(values)
    assert found.score == score
    assert found.variance == pytest.approx(variance, rel=1e-6)
    assert found.z == pytest.approx(z, abs=1e-6)
    assert found.p_value() == pytest.approx(p, rel=3e-4)


def test_kendall_tau_of_the_first_reference() -> None:
    assert mann_kendall(R1).score / 66 == pytest.approx(0.696970, abs=1e-6)


def test_score_gives_kendalls_tau_b_with_scipy_as_referee() -> None:
    values = np.array([5.0, 4, 4, 6, 7, 9, 9, 11, 10])
    n0 = 36
    tau_b = mann_kendall(values).score / math.sqrt(n0 * (n0 - 2))
    assert tau_b == pytest.approx(scipy.stats.kendalltau(np.arange(9), values).statistic)


def test_three_hundred_tied_series_agree_with_scipy_and_pymannkendall() -> None:
    generator = np.random.default_rng(20260514)
    for _ in range(300):
        count = int(generator.integers(5, 40))
        values = generator.integers(0, 11, count).astype(float)
        x = np.sort(generator.choice(60, count, replace=False))
        ours, theirs = theil_sen(x, values, level=0.95), scipy.stats.theilslopes(values, x, 0.95)
        assert (ours.value, ours.intercept, ours.low, ours.high) == pytest.approx(tuple(theirs), abs=1e-12)
        test = mann_kendall(values)
        referee = pymannkendall.original_test(values)
        assert (test.score, test.variance) == (referee.s, pytest.approx(referee.var_s))
        assert (test.z, test.p_value()) == pytest.approx((referee.z, referee.p), abs=1e-12)


def test_ties_in_x_match_scipy() -> None:
    generator = np.random.default_rng(3)
    for _ in range(50):
        x, values = generator.integers(0, 8, 15), generator.integers(0, 11, 15).astype(float)
        ours, theirs = theil_sen(x, values), scipy.stats.theilslopes(values, x, 0.90)
        assert (ours.value, ours.low, ours.high) == pytest.approx((theirs[0], theirs[2], theirs[3]), abs=1e-12)


def test_a_slope_needs_two_positions() -> None:
    with pytest.raises(ValueError, match="positions"):
        theil_sen(np.array([3, 3]), np.array([1.0, 2.0]))


series = st.lists(st.integers(0, 10), min_size=5, max_size=26).map(lambda values: np.array(values, dtype=float))


@given(values=series, add=st.integers(-20, 20), factor=st.sampled_from([0.5, 2.0, 4.0]))
def test_shifting_and_scaling_move_only_the_numbers(values: np.ndarray, add: int, factor: float) -> None:
    before, after = weekly_change(weeks_of(values)), weekly_change(weeks_of(values * factor + add))
    assert (after.change, after.low, after.high) == pytest.approx(
        (before.change * factor, before.low * factor, before.high * factor), abs=1e-9
    )
    assert after.p == pytest.approx(before.p, abs=1e-9)


@given(values=series)
def test_reversal_flips_the_sign(values: np.ndarray) -> None:
    before, after = weekly_change(weeks_of(values)), weekly_change(weeks_of(values[::-1]))
    assert after.change == pytest.approx(-before.change)
    assert after.p == pytest.approx(before.p)


def test_stretch_is_one_for_few_pairs_and_for_alternation() -> None:
    assert autocorrelation_stretch(np.array([0, 2, 4, 6, 8]), np.array([1.0, 1, -1, -1, 0])) == 1.0
    assert autocorrelation_stretch(np.arange(12), np.array([1.0, -1] * 6)) == 1.0
    assert autocorrelation_stretch(np.arange(12), np.zeros(12)) == 1.0


def test_stretch_of_a_known_series() -> None:
    residuals = np.array([2.0, 1, -1, 0, 1, -1, -2, 0])
    r = np.mean(residuals[:-1] * residuals[1:]) / np.mean(residuals**2)
    r += (1 + 3 * r) / 8
    assert autocorrelation_stretch(np.arange(8), residuals) == pytest.approx(math.sqrt((1 + r) / (1 - r)))


def test_stretch_never_goes_beyond_its_bound() -> None:
    bound = math.sqrt(1.7 / 0.3)
    assert autocorrelation_stretch(np.arange(20), np.repeat((1.0, -1.0), 10)) == pytest.approx(bound)


def test_autocorrelation_widens_interval_and_p_but_not_the_change() -> None:
    values = np.array([2.0, 2, 3, 5, 6, 6, 5, 4, 4, 5, 7, 8, 8, 7])
    found = weekly_change(weeks_of(values))
    plain = theil_sen(np.arange(14), values)
    assert found.stretch > 1
    assert found.change == pytest.approx(plain.value * 13)
    assert found.change - found.low == pytest.approx((plain.value - plain.low) * 13 * found.stretch)
    assert found.p > mann_kendall(values).p_value()
