"""The weekly test of direction: Theil-Sen and Mann-Kendall on week values, corrected for neighbours being alike.

The daily model decides the verdict; this one draws the slope and is its referee: when the two disagree about the sign,
nothing is claimed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Floats, Ints
from app.insights.mann_kendall import mann_kendall
from app.insights.series import WeekSeries
from app.insights.theil_sen import Slope, theil_sen

LEAST_ADJACENT_PAIRS = 4
MOST_AUTOCORRELATION = 0.7


@dataclass(frozen=True, slots=True)
class WeeklyChange:
    """`change` over the whole window in points, its 90 % interval, two-sided `p`; `slope` per week; `stretch` (f)."""

    change: float
    low: float
    high: float
    p: float
    slope: Slope
    stretch: float


def autocorrelation_stretch(positions: Ints, residuals: Floats) -> float:
    """How much wider chance is when neighbouring weeks are alike: f = √((1+r)/(1-r)) ≥ 1.

    r is the lag-1 autocorrelation over adjacent weeks only (0 with fewer than four such pairs), corrected for its
    small-sample bias by (1+3r)/n and kept in [0, 0.7] (after Hamed & Rao 1998; Yue & Wang 2004).
    """
    centred = residuals - residuals.mean()
    adjacent = np.flatnonzero(np.diff(positions) == 1)
    spread = float(np.mean(centred**2))
    r = 0.0
    if len(adjacent) >= LEAST_ADJACENT_PAIRS and spread > 0:
        r = float(np.mean(centred[adjacent] * centred[adjacent + 1])) / spread
        r += (1 + 3 * r) / len(residuals)
    r = min(max(r, 0.0), MOST_AUTOCORRELATION)
    return math.sqrt((1 + r) / (1 - r))


def weekly_change(series: WeekSeries) -> WeeklyChange:
    """Change over the weeks of `series` from its valid weeks (at least two, else ValueError)."""
    slope = theil_sen(series.positions, series.values)
    residuals = series.values - (slope.intercept + slope.value * series.positions)
    stretch = autocorrelation_stretch(series.positions, residuals)
    wide = slope.stretched(stretch)
    steps = series.weeks - 1
    p = mann_kendall(series.values).p_value(stretch)
    return WeeklyChange(slope.value * steps, wide.low * steps, wide.high * steps, p, wide, stretch)
