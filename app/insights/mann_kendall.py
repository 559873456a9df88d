"""Mann-Kendall: is later mostly higher than earlier? Normal approximation with ties (Mann 1945; Kendall 1970)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Concordance:
    """`score`: rising minus falling pairs (S); `variance`: of S under no trend, ties removed; `z`: with continuity."""

    score: int
    variance: float
    z: float

    def p_value(self, stretch: float = 1.0) -> float:
        """Two-sided p; `stretch` ≥ 1 widens the null distribution for autocorrelated values."""
        return math.erfc(abs(self.z) / stretch / math.sqrt(2.0))


def mann_kendall(values: Floats) -> Concordance:
    """Count rising against falling pairs of `values`, shape (n,), in time order; spacing in time plays no part."""
    score = int(np.sign(np.subtract.outer(values, values))[np.tril_indices(len(values), -1)].sum())
    variance = score_variance(values)
    z = (score - math.copysign(1.0, score)) / math.sqrt(variance) if score and variance > 0 else 0.0
    return Concordance(score, variance, z)


def score_variance(values: Floats, *also_tied: Floats | Ints) -> float:
    """Variance of S: [n(n-1)(2n+5) - Σ t(t-1)(2t+5)]/18 over groups of t equal values, here and in `also_tied`."""
    count = len(values)
    total = count * (count - 1) * (2 * count + 5)
    for column in (values, *also_tied):
        ties = np.unique(column, return_counts=True)[1]
        total -= int((ties * (ties - 1) * (2 * ties + 5)).sum())
    return total / 18.0
