"""The daily model against an independent dense-matrix computation, and what must not change its answer."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import example, given
from hypothesis import strategies as st

from app.insights.daily_model import daily_change, posterior
from app.insights.series import DaySeries
from app.insights.t_mixture import TMixture


def diary(seed: int, *, window_days: int = 84, missing: float = 0.35, change: float = 0.0) -> DaySeries:
    generator = np.random.default_rng(seed)
    days = np.flatnonzero(generator.random(window_days) >= missing)
    level = 5 + change * (days / (window_days - 1) - 0.5)
    return DaySeries(days, np.clip(np.round(level + generator.normal(0, 1.8, len(days))), 0, 10))


def dense_posterior(series: DaySeries, window_days: int) -> list[tuple[float, float, float, float]]:
    """Log weight, centre, scale, df for each ρ straight from the formulas, with full covariance matrices."""
    days, y = series.days.astype(float), series.values
    design = np.column_stack((np.ones(len(days)), (days - days.mean()) / (window_days - 1)))
    rows = []
    for rho in np.arange(10) / 10:
        lag = np.abs(np.subtract.outer(days, days))
        covariance = np.where(lag == 0, 1.0, rho**lag)
        inverse = np.linalg.inv(covariance)
        information = design.T @ inverse @ design
        beta = np.linalg.solve(information, design.T @ inverse @ y)
        residual = y - design @ beta
        rss = residual @ inverse @ residual
        free = len(y) - 2
        weight = -0.5 * (np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1] + free * np.log(rss))
        scale = np.sqrt(rss / free * np.linalg.inv(information)[1, 1])
        rows.append((weight, beta[1], scale, max(2.0, max(4.0, len(y) * (1 - rho) / (1 + rho)) - 2)))
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_whitening_equals_dense_matrices(seed: int) -> None:
    series = diary(seed, change=2.0)
    found = posterior(series.days, series.values, window_days=84)
    log_weights, centres, scales, df = map(np.array, zip(*dense_posterior(series, 84), strict=True))
    weights = np.exp(log_weights - log_weights.max())
    np.testing.assert_allclose(found.weights, weights / weights.sum(), rtol=1e-8, atol=1e-300)
    np.testing.assert_allclose(found.centres, centres, rtol=1e-9)
    np.testing.assert_allclose(found.scales, scales, rtol=1e-9)
    np.testing.assert_allclose(found.df, df)


@pytest.mark.parametrize("seed", range(6))
def test_p_and_interval_agree_with_scipys_t(seed: int) -> None:
    series = diary(seed, change=1.5)
    mixture, found = posterior(series.days, series.values, window_days=84), daily_change(series, window_days=84)

    def below(point: float) -> float:
        parts = scipy.stats.t.cdf((point - mixture.centres) / mixture.scales, mixture.df)
        return float(parts @ mixture.weights)

    assert found.p == pytest.approx(2 * min(below(0.0), 1 - below(0.0)), abs=1e-8)
    assert (below(found.low), below(found.high)) == pytest.approx((0.05, 0.95), abs=1e-8)
    assert found.change == pytest.approx(float(mixture.weights @ mixture.centres))


@pytest.mark.parametrize("df", [2.0, 2.3, 3.0, 5.5, 10.0, 60.0, 182.0, 400.0])
def test_t_tails_against_scipy(df: float) -> None:
    one = TMixture(np.ones(1), np.zeros(1), np.ones(1), np.array([df]))
    points = np.linspace(-40, 40, 161)
    np.testing.assert_allclose(one.above(points), scipy.stats.t.sf(points, df), rtol=1e-8, atol=1e-300)
    np.testing.assert_allclose(one.below(points), scipy.stats.t.cdf(points, df), rtol=1e-8, atol=1e-300)
    shares = np.array([0.005, 0.05, 0.5, 0.95, 0.995])
    np.testing.assert_allclose(one.quantiles(shares), scipy.stats.t.ppf(shares, df), rtol=1e-7, atol=1e-7)


@given(
    parts=st.lists(
        st.tuples(st.floats(0.01, 1), st.floats(-5, 5), st.floats(0.01, 4), st.floats(2, 200)), min_size=1, max_size=10
    ),
    share=st.floats(0.001, 0.999),
)
@example(  # where Newton's steps lead in a circle
    parts=[(1, 0, 1, 2), (1, 0, 1, 2), (1, 0, 1, 2), (1, 0, 2, 2), (1, 0, 0.0625, 2), (0.5, 0, 1, 2), (0.5, 1, 2, 2)],
    share=0.5,
)
def test_quantile_is_the_inverse_of_the_distribution(
    parts: list[tuple[float, float, float, float]], share: float
) -> None:
    weights, centres, scales, df = map(np.array, zip(*parts, strict=True))
    mixture = TMixture(weights / weights.sum(), centres, scales, df)
    point = mixture.quantiles(np.array([share]))
    assert float(mixture.below(point)[0]) == pytest.approx(share, abs=1e-7)
    assert float(mixture.below(point)[0] + mixture.above(point)[0]) == pytest.approx(1.0, abs=1e-8)


def test_quantiles_need_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bracket that refuses a converged step once cost ten times the time and no digit."""
    plain, steps = TMixture._density, []
    monkeypatch.setattr(TMixture, "_density", lambda self, points: steps.append(1) or plain(self, points))
    for seed in range(20):
        series = diary(seed)
        steps.clear()
        posterior(series.days, series.values, window_days=84).quantiles(np.array([0.05, 0.95]))
        assert len(steps) <= 15


seeds = st.integers(0, 10_000)


@given(seed=seeds, later=st.integers(0, 800_000))
def test_the_calendar_date_plays_no_part(seed: int, later: int) -> None:
    series = diary(seed)
    before, after = (
        daily_change(series, window_days=84),
        daily_change(DaySeries(series.days + later, series.values), window_days=84),
    )
    assert (after.change, after.low, after.high, after.p) == pytest.approx(
        (before.change, before.low, before.high, before.p), abs=1e-6
    )


@given(seed=seeds, add=st.floats(-50, 50), factor=st.floats(0.1, 10))
def test_shift_and_scale(seed: int, add: float, factor: float) -> None:
    series = diary(seed)
    before = daily_change(series, window_days=84)
    after = daily_change(DaySeries(series.days, series.values * factor + add), window_days=84)
    assert (after.change, after.low, after.high) == pytest.approx(
        (before.change * factor, before.low * factor, before.high * factor), abs=1e-6
    )
    assert after.p == pytest.approx(before.p, abs=1e-6)


@given(seed=seeds)
def test_reversal_flips_the_sign(seed: int) -> None:
    series = diary(seed)
    before = daily_change(series, window_days=84)
    after = daily_change(DaySeries(83 - series.days[::-1], series.values[::-1]), window_days=84)
    assert (after.change, after.low, after.high) == pytest.approx((-before.change, -before.high, -before.low), abs=1e-6)
    assert after.p == pytest.approx(before.p, abs=1e-6)


def test_values_that_never_vary_have_no_change() -> None:
    found = daily_change(DaySeries(np.arange(0, 84, 2), np.full(42, 6.0)), window_days=84)
    assert (found.change, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_perfect_line_is_found_whole() -> None:
    days = np.arange(84)
    found = daily_change(DaySeries(days, 3 + days * (4 / 83)), window_days=84)
    assert found.change == pytest.approx(4.0)
    assert found.p < 1e-6
    assert found.high - found.low < 1e-6


def test_residuals_of_exactly_nothing_are_no_trouble() -> None:
    """Sixty-fourths are exact in binary, so the sum of squares is a true zero here."""
    found = daily_change(DaySeries(np.arange(65), np.arange(65.0)), window_days=65)
    assert found.change == pytest.approx(64.0)
    assert found.p < 1e-6


def test_alike_neighbours_make_the_interval_wider() -> None:
    series = diary(5, missing=0.0)
    slow = DaySeries(series.days, np.repeat(series.values[::7], 7))
    widths = [f.high - f.low for f in (daily_change(s, window_days=84) for s in (series, slow))]
    assert widths[1] > 1.5 * widths[0]


def test_too_few_days_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        daily_change(DaySeries(np.arange(4), np.arange(4.0)), window_days=84)
