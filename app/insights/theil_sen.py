"""Theil-Sen: the median of all pairwise slopes, the slope that is drawn (Sen 1968; interval after Gilbert 1987)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from app.insights.arrays import Floats, Ints
from app.insights.mann_kendall import score_variance


@dataclass(frozen=True, slots=True)
class Slope:
    """A drawn line: `value` per step of x, `intercept` at x = 0, and the interval `low` … `high` of the slope."""

    value: float
    intercept: float
    low: float
    high: float

    def stretched(self, factor: float) -> Slope:
        """The same slope with each side of its interval `factor` times as long."""
        return Slope(
            self.value,
            self.intercept,
            self.value - factor * (self.value - self.low),
            self.value + factor * (self.high - self.value),
        )


def theil_sen(x: Floats | Ints, values: Floats, *, level: float = 0.90) -> Slope:
    """Slope through `values` at `x`, both shape (n,), with its two-sided interval at `level`.

    Unequal spacing is taken into account; pairs with equal x are left out. Raises ValueError when no pair is left.
    """
    first, second = np.triu_indices(len(values), 1)
    steps = (x[second] - x[first]).astype(np.float64)
    apart = steps != 0
    slopes = np.sort((values[second] - values[first])[apart] / steps[apart])
    if len(slopes) == 0:
        raise ValueError("a slope needs two different positions")
    value = float(np.median(slopes))
    half_width = NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(score_variance(values, x))
    upper = min(round((len(slopes) + half_width) / 2), len(slopes) - 1)
    lower = max(round((len(slopes) - half_width) / 2) - 1, 0)
    intercept = float(np.median(values)) - value * float(np.median(x))
    return Slope(value, intercept, float(slopes[lower]), float(slopes[upper]))
