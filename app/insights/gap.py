"""How one person came across to the other beside how they pictured it: weeks that both answered, and nothing else.

Both are true reports of different places to stand. So the gap has a size, a range and a tier, and never a winner: it is
called a difference only if chance rarely makes one as large and it is a point or more; else it is close, within
ordinary variation (insights.md 4).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from app.insights.arrays import Floats, Ints, same_length, sealed
from app.insights.rank_tests import paired_gap
from app.insights.series import midmean
from app.insights.verdict import LEANING_P

LEAST_PAIRS: Final = 6
LEAST_GAP: Final = 1.0
"""In points of 0-10."""
BLOCK_WEEKS: Final = 4
_EXACT_PAIRS: Final = 50
"""Up to here every way the signs could have fallen is counted; above, the normal curve is as good (as scipy does)."""
_OUTSIDE: Final = 0.10
"""What the range leaves out, half on each side."""


class GapTier(StrEnum):
    """How much may be said of a gap."""

    NOT_ENOUGH = "not_enough"
    CLOSE = "close"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Gap:
    """`received` and `pictured`: typical levels (midmean, 0-10) over `pairs` weeks that have both; None without one.

    `size`: one-sample Hodges-Lehmann of received - pictured, `low` … `high` its 90 % range, `p` two-sided signed-rank;
    all None below `LEAST_PAIRS`, where nothing is said of it.
    """

    tier: GapTier
    pairs: int
    received: float | None = None
    pictured: float | None = None
    size: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Means of paired weeks by blocks of four, oldest first; blocks without a pair are left out.

    `mondays`: the block's first (ordinal); `weeks`: how many of its four have both, 1-4.
    """

    mondays: Ints
    weeks: Ints
    received: Floats
    pictured: Floats


def perception_gap(received: Floats, pictured: Floats) -> Gap:
    """The gap over weeks given in the same order, NaN for a week without a value. Raises ValueError for two lengths."""
    same_length(received, pictured)
    both = np.isfinite(received) & np.isfinite(pictured)
    there, here = received[both], pictured[both]
    pairs = len(there)
    if not pairs:
        return Gap(GapTier.NOT_ENOUGH, 0)
    if pairs < LEAST_PAIRS:
        return Gap(GapTier.NOT_ENOUGH, pairs, midmean(there), midmean(here))
    differences = there - here
    size, low, high = hodges_lehmann(differences)
    p = signed_rank_p(differences)
    tier = GapTier.DIFFERENCE if p < LEANING_P and abs(size) >= LEAST_GAP else GapTier.CLOSE
    return Gap(tier, pairs, midmean(there), midmean(here), size, low, high, p)


def hodges_lehmann(differences: Floats) -> tuple[float, float, float]:
    """Median of all averages of two differences (each with itself too), and its 90 % range (Hodges & Lehmann 1963).

    The range leaves out as many averages at each end as the signed-rank distribution has below 5 %. Needs one value;
    below five nothing can be left out, and the range is everything.
    """
    first, second = np.triu_indices(len(differences))
    averages = np.sort((differences[first] + differences[second]) / 2)
    drop = _dropped(len(differences))
    return float(np.median(averages)), float(averages[drop]), float(averages[len(averages) - 1 - drop])


def signed_rank_p(differences: Floats) -> float:
    """Wilcoxon's signed-rank test, two-sided: zeros dropped, ties averaged. Needs one value.

    Every way the signs could have fallen is counted, with ties too; above `_EXACT_PAIRS` the normal curve, with its
    variance corrected for ties, as scipy does.
    """
    nonzero = differences[differences != 0]
    count = len(nonzero)
    if count <= _EXACT_PAIRS:
        return paired_gap(differences).p
    _, place, ties = np.unique(np.abs(nonzero), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[place]
    score = float(ranks[nonzero > 0].sum())
    usual = count * (count + 1) / 4
    variance = count * (count + 1) * (2 * count + 1) / 24 - float((ties**3 - ties).sum()) / 48
    return math.erfc(abs(score - usual) / math.sqrt(2 * variance))


def blocks(mondays: Ints, received: Floats, pictured: Floats) -> Blocks:
    """Paired weeks in blocks of four that end with the newest week given; `mondays` are consecutive, oldest first."""
    same_length(mondays, received, pictured)
    found: list[tuple[int, int, float, float]] = []
    for start in range(len(mondays) % BLOCK_WEEKS - BLOCK_WEEKS, len(mondays), BLOCK_WEEKS):
        part = slice(max(start, 0), start + BLOCK_WEEKS)
        there, here = received[part], pictured[part]
        both = np.isfinite(there) & np.isfinite(here)
        if both.any():
            found.append((int(mondays[part][0]), int(both.sum()), float(there[both].mean()), float(here[both].mean())))
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    return Blocks(
        sealed(np.asarray(columns[0], dtype=np.int64)),
        sealed(np.asarray(columns[1], dtype=np.int64)),
        sealed(np.asarray(columns[2], dtype=np.float64)),
        sealed(np.asarray(columns[3], dtype=np.float64)),
    )


def _dropped(count: int) -> int:
    """How many averages the range leaves out at each end: the largest score that is rarer than 5 %, plus one."""
    total = count * (count + 1) // 2
    if count > _EXACT_PAIRS:
        deviation = math.sqrt(count * (count + 1) * (2 * count + 1) / 24)
        return max(round(total / 2 - 1.6448536269514722 * deviation) - 1, 0)
    ways = np.ones(1)
    for rank in range(1, count + 1):
        ways = np.append(ways, np.zeros(rank)) + np.append(np.zeros(rank), ways)
    below = np.cumsum(ways) / ways.sum()
    return int(np.searchsorted(below, _OUTSIDE / 2, side="right"))
