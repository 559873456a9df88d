"""Did two things come together? Days with something against days without it, for a pair that a person picked.

Never a scan over all pairs and never a cause: the few statements that hold after Holm say "came together".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.insights.arrays import Floats
from app.insights.holm import holm
from app.insights.rank_tests import TwoSamples, compare
from app.insights.verdict import LEANING_P

LEAST_DAYS_EACH = 10
MOST_STATEMENTS = 3


@dataclass(frozen=True, slots=True)
class CameTogether:
    """`what` and how days with it compare with days without; `p` is corrected for the number of pairs picked."""

    what: str
    with_days: int
    without_days: int
    difference: TwoSamples
    p: float


def came_together(pairs: Mapping[str, tuple[Floats, Floats]]) -> tuple[CameTogether, ...]:
    """Up to three picked pairs that hold (corrected p < .05), smallest p first.

    `pairs`: for each thing the day values with it and without it; at least ten of each, else it is left out.
    """
    usable = {
        what: compare(present, absent)
        for what, (present, absent) in pairs.items()
        if min(len(present), len(absent)) >= LEAST_DAYS_EACH
    }
    adjusted = holm([difference.p_value() for difference in usable.values()])
    found = [
        CameTogether(what, len(pairs[what][0]), len(pairs[what][1]), difference, p)
        for (what, difference), p in zip(usable.items(), adjusted, strict=True)
        if p < LEANING_P
    ]
    return tuple(sorted(found, key=lambda one: (one.p, one.what))[:MOST_STATEMENTS])
