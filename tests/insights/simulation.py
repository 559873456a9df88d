"""Thousands of invented diaries judged at once: the rules of `app.insights` again, over arrays of windows.

Whole numbers 0-10, standard deviation 1.8, days autocorrelated by `ar`, 35 % of them blank at random. The formulas are
those of the package, written a second time for many windows together; `test_error_rates` holds the two to each other on
diaries drawn one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.special import ndtr, stdtr

MONDAY = 738_158
REVIEWS = 13
REVIEW_DAYS = 28
RECENT, EARLIER = 4, 12
NOTHING, LEANING, CLEAR = 0, 1, 2
_WARM_UP = 60
_RHO = np.arange(10) / 10

Values = NDArray[np.float64]
Tiers = NDArray[np.int64]


@dataclass(frozen=True)
class Diaries:
    """`values` of every day and which of them are `written`, shape (diaries, days); the first day is a Monday."""

    values: Values
    written: NDArray[np.bool_]

    def window(self, first: int, days: int) -> Diaries:
        part = slice(first, first + days)
        return Diaries(self.values[:, part], self.written[:, part])

    def weeks(self) -> Values:
        """Week values, shape (diaries, weeks); NaN below three written days."""
        shape = (len(self.values), -1, 7)
        kept = np.where(self.written, self.values, 0.0).reshape(shape).sum(2)
        count = self.written.reshape(shape).sum(2)
        return np.where(count >= 3, kept / np.maximum(count, 1), np.nan)


@dataclass(frozen=True)
class Judged:
    """Tier codes and the estimated change of one window each; NOTHING covers "open" and "not enough yet"."""

    tiers: Tiers
    change: Values
    p: Values


def draw(generator: np.random.Generator, count: int, ar: float, course: Values, *, blank: float = 0.35) -> Diaries:
    """So many diaries whose true level follows `course`, shape (days,)."""
    noise = generator.standard_normal((count, len(course) + _WARM_UP))
    noise = lfilter([math.sqrt(1 - ar * ar)], [1, -ar], noise, axis=1)[:, _WARM_UP:]
    values = np.clip(np.round(course + 1.8 * noise), 0, 10)
    return Diaries(values, generator.random(values.shape) >= blank)


def ramp(days: int, change: float) -> Values:
    """A straight change over the whole window, around the middle of the scale."""
    return 5 + change * np.linspace(-0.5, 0.5, days)


def step(change: float) -> Values:
    """Twelve weeks at one level, then four at another."""
    return 5 - change / 2 + change * (np.arange(7 * (RECENT + EARLIER)) >= 7 * EARLIER)


def by_day(diaries: Diaries) -> Judged:
    """The daily model with the weekly slope as its referee (insights.md 2.2b)."""
    weeks = diaries.weeks()
    change, p = _daily(diaries)
    slope = _theil_sen(weeks)
    tiers = np.where(slope * change > 0, _tiers(change, p), NOTHING)
    return Judged(np.where(enough(weeks), tiers, NOTHING), change, p)


def by_week(diaries: Diaries) -> Judged:
    """Theil-Sen and Mann-Kendall on week values (2.2)."""
    weeks = diaries.weeks()
    count = weeks.shape[1]
    slope = _theil_sen(weeks)
    x = np.arange(count)
    level = np.nanmedian(weeks, axis=1) - slope * np.nanmedian(np.where(np.isfinite(weeks), x, np.nan), axis=1)
    residuals = weeks - (level[:, None] + slope[:, None] * x)
    p = 2 * ndtr(-np.abs(_mann_kendall(weeks)) / _stretch(residuals))
    change = slope * (count - 1)
    return Judged(np.where(enough(weeks), _tiers(change, p), NOTHING), change, p)


def lately(diaries: Diaries) -> Judged:
    """The last four weeks against the twelve before (2.3)."""
    weeks = diaries.weeks()
    earlier, recent = weeks[:, :EARLIER], weeks[:, EARLIER:]
    pairs = (recent[:, :, None] - earlier[:, None, :]).reshape(len(weeks), -1)
    change = _nanmedian(pairs)
    residuals = np.concatenate((earlier, recent - change[:, None]), axis=1)
    total, count = np.isfinite(pairs).sum(1), np.isfinite(weeks).sum(1)
    same = (weeks[:, :, None] == weeks[:, None, :]).sum(2)
    ties = np.where(np.isfinite(weeks), same.astype(float) ** 2 - 1, 0.0).sum(1)
    deviation = np.sqrt(total / 12 * (count + 1 - ties / np.maximum(count * (count - 1), 1)))
    excess = np.maximum(np.abs(np.nansum(np.sign(pairs), axis=1)) / 2 - 0.5, 0)
    p = 2 * ndtr(-excess / np.maximum(deviation, 1e-12) / _stretch(residuals))
    enough = (np.isfinite(recent).sum(1) >= 3) & (np.isfinite(earlier).sum(1) >= 8)
    return Judged(np.where(enough, _tiers(change, p), NOTHING), change, p)


def years(diaries: Diaries, days: int, judge: Callable[[Diaries], Judged]) -> Tiers:
    """The tier of every four-weekly review, shape (diaries, 13)."""
    found = [judge(diaries.window(REVIEW_DAYS * review, days)).tiers for review in range(REVIEWS)]
    return np.stack(found, axis=1)


def _tiers(change: Values, p: Values) -> Tiers:
    return np.where((np.abs(change) >= 1.0) & (p < 0.05), np.where(p < 0.01, CLEAR, LEANING), NOTHING)


def enough(weeks: Values) -> NDArray[np.bool_]:
    valid, count = np.isfinite(weeks), weeks.shape[1]
    third = round(count / 3)
    ends = (valid[:, :third].sum(1) >= 2) & (valid[:, count - third :].sum(1) >= 2)
    return ends & (valid.sum(1) >= math.ceil(count * 3 / 5))


def _nanmedian(values: Values) -> Values:
    """The median of each row; NaN where it has none (faster than NumPy's own, and silent)."""
    ordered, count = np.sort(values, axis=1), np.isfinite(values).sum(1)
    row = np.arange(len(values))
    low, high = np.maximum((count - 1) // 2, 0), np.minimum(count // 2, values.shape[1] - 1)
    return (ordered[row, low] + ordered[row, high]) / 2


def _theil_sen(weeks: Values) -> Values:
    first, second = np.triu_indices(weeks.shape[1], 1)
    return _nanmedian((weeks[:, second] - weeks[:, first]) / (second - first))


def _mann_kendall(weeks: Values) -> Values:
    first, second = np.triu_indices(weeks.shape[1], 1)
    score = np.nansum(np.sign(weeks[:, second] - weeks[:, first]), axis=1)
    count = np.isfinite(weeks).sum(1)
    same = (weeks[:, :, None] == weeks[:, None, :]).sum(2)
    ties = np.where(np.isfinite(weeks), (same - 1) * (2 * same + 5), 0).sum(1)
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18
    return np.where(variance > 0, (score - np.sign(score)) / np.sqrt(np.maximum(variance, 1e-12)), 0.0)


def _stretch(residuals: Values) -> Values:
    valid = np.isfinite(residuals)
    count = np.maximum(valid.sum(1), 1)
    filled = np.where(valid, residuals, 0.0)
    centred = np.where(valid, filled - (filled.sum(1) / count)[:, None], 0.0)
    pairs = (valid[:, 1:] & valid[:, :-1]).sum(1)
    spread = np.maximum((centred**2).sum(1) / count, 1e-300)
    r = (centred[:, 1:] * centred[:, :-1]).sum(1) / np.maximum(pairs, 1) / spread
    r = np.where(pairs >= 4, r + (1 + 3 * r) / count, 0.0)
    r = np.clip(r, 0.0, 0.7)
    return np.sqrt((1 + r) / (1 - r))


def _daily(diaries: Diaries) -> tuple[Values, Values]:
    """Change over the window and its two-sided p, for every diary (rows without five written days give p 1)."""
    order = np.argsort(~diaries.written, axis=1, kind="stable")
    count = diaries.written.sum(1)
    order = order[:, : count.max()]
    here = np.arange(order.shape[1]) < count[:, None]
    days = np.where(here, order, 0).astype(float)
    values = np.where(here, np.take_along_axis(diaries.values, order, 1), 0.0)
    size = np.maximum(count, 5)[:, None]
    x = np.where(here, (days - days.sum(1, keepdims=True) / size) / (diaries.values.shape[1] - 1), 0.0)
    y = np.where(here, values - values.sum(1, keepdims=True) / size, 0.0)
    gap = np.where(here[:, 1:], np.diff(days, axis=1), 1.0)
    parts = [_component(rho, gap, here, x, y, count) for rho in _RHO]
    weight, change, error, df = (np.stack(column) for column in zip(*parts, strict=True))
    weight = np.exp(weight - weight.max(0))
    weight /= weight.sum(0)
    below = (weight * stdtr(df, -change / error)).sum(0)
    p = np.minimum(2 * np.minimum(below, 1 - below), 1.0)
    return (weight * change).sum(0), np.where(count >= 5, p, 1.0)


def _component(
    rho: float, gap: Values, here: NDArray[np.bool_], x: Values, y: Values, count: NDArray[np.int64]
) -> tuple[Values, Values, Values, Values]:
    """Log weight, change, standard error and degrees of freedom under one autocorrelation."""
    fade = np.where(here[:, 1:], rho**gap, 0.0)
    scale = np.sqrt(1 - fade**2)

    def white(column: Values) -> Values:
        return np.concatenate((column[:, :1], (column[:, 1:] - fade * column[:, :-1]) / scale * here[:, 1:]), axis=1)

    def dot(first: Values, second: Values) -> Values:
        return np.asarray(np.einsum("ij,ij->i", first, second))

    one, slope, level = white(here.astype(float)), white(x), white(y)
    n11, n12, n22 = dot(one, one), dot(one, slope), dot(slope, slope)
    y1, y2 = dot(one, level), dot(slope, level)
    determinant = np.maximum(n11 * n22 - n12**2, 1e-300)
    change = (n11 * y2 - n12 * y1) / determinant
    rss = dot(level, level) - (n22 * y1 - n12 * y2) / determinant * y1 - change * y2
    rss = np.maximum(rss, 1e-18)
    free = np.maximum(count - 2, 3)
    weight = -np.log(scale).sum(1) - 0.5 * np.log(determinant) - 0.5 * free * np.log(rss)
    error = np.sqrt(rss / free * n11 / determinant)
    return weight, change, error, np.maximum(4.0, count * (1 - rho) / (1 + rho)) - 2
