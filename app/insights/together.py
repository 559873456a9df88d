"""Did two things come together? Days with something against days without it, for pairs that a person picked.

Never a scan over all pairs and never a cause: what holds after Holm says "came together", the rest says how little is
known. Days next to each other resemble each other, and so do days with the same thing; where both runs coincide the
rank test would call chance a link, so its spread is widened (Bartlett 1946: for two series with lag-1 autocorrelations
r and s the variance of their cross-product grows by (1 + rs)/(1 - rs)). A thing that comes on scattered days
widens nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Flags, Floats, Ints, same_length
from app.insights.holm import holm
from app.insights.rank_tests import TwoSamples, compare
from app.insights.series import midmean
from app.insights.verdict import USUAL_SPAN, Direction, Tier, direction_of, evidence_tier

LEAST_DAYS_EACH = 10
MOST_PAIRS = 3
_MOST_ALIKE = 0.95
_LEAST_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True, eq=False)
class PickedDays:
    """One element a written day, in any order: day ordinals (each once), the day's value, and whether the thing was
    there. `span` is the length of the value's scale in points. Blank days are not in here.
    """

    days: Ints
    values: Floats
    present: Flags
    span: float = USUAL_SPAN


@dataclass(frozen=True, slots=True)
class CameTogether:
    """How days with something compare with days without. NOT_ENOUGH below ten of either; otherwise levels (midmeans)
    of both, their difference with its 90 % interval, and `p` corrected for the number of pairs that were compared.
    """

    tier: Tier
    direction: Direction
    with_days: int
    without_days: int
    with_level: float | None = None
    without_level: float | None = None
    difference: TwoSamples | None = None
    p: float | None = None


def came_together(pairs: Mapping[str, PickedDays]) -> dict[str, CameTogether]:
    """One answer a picked pair, in the order given; tiers as everywhere: p and at least a tenth of the scale.

    Raises ValueError for more than three pairs, since looking at many finds something in nothing, and on unequal
    lengths or a day that is there twice.
    """
    if len(pairs) > MOST_PAIRS:
        raise ValueError(f"at most {MOST_PAIRS} pairs are compared")
    compared = {what: _compared(picked) for what, picked in pairs.items()}
    tested = {what: found for what, found in compared.items() if found.p is not None}
    adjusted = dict(zip(tested, holm([found.p or 0.0 for found in tested.values()]), strict=True))
    return {what: _judged(found, adjusted.get(what), pairs[what].span) for what, found in compared.items()}


def likeness_stretch(days: Ints, present: Flags, residuals: Floats) -> float:
    """How much wider chance is (1 or more) since neighbouring days are alike both in `present` and in `residuals`.

    `days` rising. Lag-1 autocorrelations over adjacent calendar days, 0 below four such pairs, clipped to 0 … 0.95;
    that of the residuals is raised by (1 + 3r)/n, since in short series it comes out too low (Kendall 1954).
    """
    r = _neighbours(days, residuals)
    both = _held(_neighbours(days, present.astype(np.float64))) * _held(r + (1 + 3 * r) / len(days))
    return math.sqrt((1 + both) / (1 - both))


def _compared(picked: PickedDays) -> CameTogether:
    same_length(picked.days, picked.values, picked.present)
    order = np.argsort(picked.days, kind="stable")
    days, values, present = picked.days[order], picked.values[order], picked.present[order]
    if (np.diff(days) == 0).any():
        raise ValueError("a day can be there once")
    there, away = values[present], values[~present]
    if min(len(there), len(away)) < LEAST_DAYS_EACH:
        return CameTogether(Tier.NOT_ENOUGH, Direction.NONE, len(there), len(away))
    change = compare(there, away).change
    stretch = likeness_stretch(days, present, values - change * present)
    found = compare(there, away, stretch=stretch)
    return CameTogether(
        Tier.OPEN,
        Direction.NONE,
        len(there),
        len(away),
        with_level=midmean(there),
        without_level=midmean(away),
        difference=found,
        p=found.p_value(stretch),
    )


def _judged(found: CameTogether, p: float | None, span: float) -> CameTogether:
    if found.difference is None or p is None:
        return found
    tier = evidence_tier(found.difference.change, p, span)
    return CameTogether(
        tier,
        direction_of(tier, found.difference.change),
        found.with_days,
        found.without_days,
        found.with_level,
        found.without_level,
        found.difference,
        p,
    )


def _neighbours(days: Ints, values: Floats) -> float:
    """Lag-1 autocorrelation over adjacent calendar days; 0 with too few neighbours or no spread."""
    beside = np.flatnonzero(np.diff(days) == 1)
    centred = values - values.mean()
    scale = float(np.mean(centred**2))
    if len(beside) < _LEAST_NEIGHBOURS or scale == 0:
        return 0.0
    return float(np.mean(centred[beside] * centred[beside + 1])) / scale


def _held(likeness: float) -> float:
    return min(max(likeness, 0.0), _MOST_ALIKE)
