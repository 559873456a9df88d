"""After an alarm: how long until it settled, how much it eased, and what was used. Medians with counts, no causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Floats
from app.insights.series import quartiles

LEAST_EVENTS = 5
_SHRINK_WEIGHT = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles of `count` values; the unit is that of the values."""

    median: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Settling:
    """`minutes` of settled events (None below five) and how many are `still_going`, which stay out of the median."""

    minutes: Spread | None
    settled: int
    still_going: int


@dataclass(frozen=True, slots=True)
class Helped:
    """Ease in points where `what` was used; `shrunk`: its mean pulled towards all events, the order of the list."""

    what: str
    ease: Spread
    shrunk: float


def spread(values: Floats) -> Spread | None:
    """Median and middle half of the finite `values`; None below five."""
    usable = values[np.isfinite(values)]
    if len(usable) < LEAST_EVENTS:
        return None
    low, median, high = quartiles(usable)
    return Spread(median, low, high, len(usable))


def settling(minutes: Floats, still_going: int = 0) -> Settling:
    """Summarise the minutes it took to settle; values that are not numbers (not written down) are left out."""
    return Settling(spread(minutes), int(np.isfinite(minutes).sum()), still_going)


def what_helped(eases: Mapping[str, Floats]) -> tuple[Helped, ...]:
    """Order what was tried at least five times by shrunk mean ease, (n·mean + 5·overall)/(n + 5), then by name.

    `eases`: for each thing the peak minus the strength after of the events it was used in, in points. `overall` is the
    mean over all uses, those of rarely tried things included.
    """
    usable = {what: values[np.isfinite(values)] for what, values in eases.items()}
    pooled = np.concatenate([*usable.values(), np.empty(0)])
    overall = float(pooled.mean()) if len(pooled) else 0.0
    found = []
    for what, values in usable.items():
        ease = spread(values)
        if ease is not None:
            shrunk = (float(values.sum()) + _SHRINK_WEIGHT * overall) / (len(values) + _SHRINK_WEIGHT)
            found.append(Helped(what, ease, shrunk))
    return tuple(sorted(found, key=lambda one: (-one.shrunk, one.what)))
