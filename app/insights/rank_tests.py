"""Two small rank tests: two samples (Mann-Whitney, Hodges-Lehmann, NAP) and paired differences (exact Wilcoxon)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from app.insights.arrays import Floats


@dataclass(frozen=True, slots=True)
class TwoSamples:
    """How `later` values compare with `earlier` ones.

    `change`: Hodges-Lehmann, the median of all later-earlier pairs; `low` … `high`: its 90 % interval. `nap`: share of
    pairs in which later is higher, ties half (Parker et al. 2009); `z`: Mann-Whitney with tie and continuity
    corrections, signed like nap-½.
    """

    change: float
    low: float
    high: float
    nap: float
    z: float

    @property
    def tau(self) -> float:
        """Plain Tau, -1 … 1."""
        return 2 * self.nap - 1

    def p_value(self, stretch: float = 1.0) -> float:
        """Two-sided p; `stretch` ≥ 1 widens the null distribution for autocorrelated values."""
        return math.erfc(abs(self.z) / stretch / math.sqrt(2.0))


@dataclass(frozen=True, slots=True)
class PairedGap:
    """`gap`: median of all averages of two differences (one-sample Hodges-Lehmann); `p`: exact Wilcoxon, two-sided."""

    gap: float
    p: float
    pairs: int


def compare(later: Floats, earlier: Floats, *, stretch: float = 1.0) -> TwoSamples:
    """Compare two samples, each with at least one value; each side of the interval is `stretch` times as long."""
    pairs = np.sort(np.subtract.outer(later, earlier).ravel())
    total, count = len(pairs), len(later) + len(earlier)
    nap = float(np.mean(np.sign(pairs)) + 1) / 2
    ties = np.unique(np.concatenate((later, earlier)), return_counts=True)[1].astype(np.float64)
    shrink = float((ties**3 - ties).sum()) / (count * (count - 1))
    deviation = math.sqrt(total / 12 * (count + 1 - shrink))
    excess = max(abs(nap - 0.5) * total - 0.5, 0.0)
    z = math.copysign(excess / deviation, nap - 0.5) if deviation > 0 else 0.0
    change = float(np.median(pairs))
    rank = max(round(total / 2 - NormalDist().inv_cdf(0.95) * deviation), 1)
    low, high = float(pairs[rank - 1]), float(pairs[total - rank])
    return TwoSamples(change, change - stretch * (change - low), change + stretch * (high - change), nap, z)


def paired_gap(differences: Floats) -> PairedGap:
    """Typical size of paired differences (n ≥ 1), and the exact signed-rank test: zeros dropped, ties averaged."""
    first, second = np.triu_indices(len(differences))
    gap = float(np.median((differences[first] + differences[second]) / 2))
    nonzero = differences[differences != 0]
    if len(nonzero) == 0:
        return PairedGap(gap, 1.0, len(differences))
    _, place, counts = np.unique(np.abs(nonzero), return_inverse=True, return_counts=True)
    doubled_ranks = (2 * np.cumsum(counts) - counts + 1)[place]
    ways = np.ones(1)
    for rank in doubled_ranks.tolist():
        ways = np.append(ways, np.zeros(rank)) + np.append(np.zeros(rank), ways)
    ways /= ways.sum()
    score = int(doubled_ranks[nonzero > 0].sum())
    tail = min(float(ways[: score + 1].sum()), float(ways[score:].sum()))
    return PairedGap(gap, min(1.0, 2 * tail), len(differences))
