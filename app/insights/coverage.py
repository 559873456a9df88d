"""How the blank days could mislead: coverage of the compared periods, and what if they had all been low or high."""

from __future__ import annotations

import numpy as np

from app.insights.arrays import Flags, Ints
from app.insights.series import DaySeries, quartiles
from app.insights.verdict import Cap

LEAST_COVERAGE = 0.5
MOST_COVERAGE_DIFFERENCE = 0.25


def share_written(series: DaySeries, first_day: int, last_day: int) -> float:
    """Share of the days `first_day` … `last_day` (both included) that are written, 0-1."""
    return len(series.between(first_day, last_day).days) / (last_day - first_day + 1)


def coverage_caps(first: float, second: float) -> tuple[Cap, ...]:
    """Caps from the shares of written days in two compared periods."""
    caps = []
    if min(first, second) < LEAST_COVERAGE:
        caps.append(Cap.SPARSE)
    if abs(first - second) > MOST_COVERAGE_DIFFERENCE:
        caps.append(Cap.UNEVEN)
    return tuple(caps)


def wording_caps(days: Ints, wording: Ints | None, counted: Flags, first_day: int, last_day: int) -> tuple[Cap, ...]:
    """A cap if entries that count between the two days answered differently worded questions."""
    if wording is None:
        return ()
    used = wording[counted & (days >= first_day) & (days <= last_day)]
    return (Cap.WORDING,) if len(np.unique(used)) > 1 else ()


def blanks_as_low_and_high(series: DaySeries, first_day: int, last_day: int) -> tuple[DaySeries, DaySeries]:
    """The window with every blank day at the person's lower quartile, and again at the upper one.

    For the tipping check only: where bad days are more and more left blank, the written level drifts up with nothing
    changed. Quartiles are those of the written days between the two days.
    """
    window = series.between(first_day, last_day)
    low, _, high = quartiles(window.values)
    days = np.arange(first_day, last_day + 1, dtype=np.int64)
    as_low, as_high = np.full(len(days), low), np.full(len(days), high)
    as_low[window.days - first_day] = window.values
    as_high[window.days - first_day] = window.values
    return DaySeries(days, as_low), DaySeries(days, as_high)
