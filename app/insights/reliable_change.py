"""Is a cleared instrument's total different from before, beyond what answering twice alone would do?

Only for instruments with published norms and a licence that lets them ship (insights.md 2.7). Our own questions have no
norms, so nothing here may be asked of them, and the index of `reliable_change` itself is never shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.insights.verdict import Direction, Tier

RELIABLE = 1.96
"""How many standard errors of a difference count as more than chance, two-sided 95 % (Jacobson & Truax 1991)."""
PCL5_LEANING = 10
PCL5_CLEAR = 15
"""Points of the PCL-5: 15-18 are reliable in Marx et al. 2022, 9-12 the smallest that matter in Blanchard et al. 2023.
"""
PCL5_HIGHEST = 80


@dataclass(frozen=True, slots=True)
class Reliable:
    """`difference`: later minus earlier, in points. `index`: the same in standard errors of a difference."""

    difference: float
    index: float

    @property
    def beyond_chance(self) -> bool:
        """Whether answering twice alone would hardly do this."""
        return abs(self.index) > RELIABLE


@dataclass(frozen=True, slots=True)
class TotalChange:
    """What may be said of two totals: LEANING or CLEAR with a direction, else OPEN; `difference` in points."""

    tier: Tier
    direction: Direction
    difference: int


def standard_error(deviation: float, reliability: float) -> float:
    """Standard error of a difference of two totals: √2·SD·√(1-r).

    `deviation`: of the norm group, in points, above 0; `reliability`: 0 … below 1. Raises ValueError outside of these.
    """
    if deviation <= 0 or not 0 <= reliability < 1:
        raise ValueError("a standard error needs a positive deviation and a reliability from 0 to below 1")
    return math.sqrt(2) * deviation * math.sqrt(1 - reliability)


def reliable_change(before: float, after: float, *, deviation: float, reliability: float) -> Reliable:
    """Reliable change index of two totals (Jacobson & Truax 1991). Raises ValueError as `standard_error`."""
    difference = after - before
    return Reliable(difference, difference / standard_error(deviation, reliability))


def cut_between(first_mean: float, first_deviation: float, second_mean: float, second_deviation: float) -> float:
    """Where two norm groups meet: each mean weighed by the other's deviation (Jacobson & Truax 1991, c).

    Raises ValueError unless both deviations are positive.
    """
    if min(first_deviation, second_deviation) <= 0:
        raise ValueError("a cut needs positive deviations")
    return (first_deviation * second_mean + second_deviation * first_mean) / (first_deviation + second_deviation)


def pcl5_change(before: int, after: int) -> TotalChange:
    """Two PCL-5 totals (0-80): 15 points or more clear, 10-14 leaning, less open; down is fewer symptoms.

    Raises ValueError for a total that cannot be.
    """
    if not (0 <= before <= PCL5_HIGHEST and 0 <= after <= PCL5_HIGHEST):
        raise ValueError("a PCL-5 total lies between 0 and 80")
    difference = after - before
    size = abs(difference)
    if size < PCL5_LEANING:
        return TotalChange(Tier.OPEN, Direction.NONE, difference)
    tier = Tier.CLEAR if size >= PCL5_CLEAR else Tier.LEANING
    return TotalChange(tier, Direction.UP if difference > 0 else Direction.DOWN, difference)
