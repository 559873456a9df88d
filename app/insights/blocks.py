"""Equal stretches of days that end with the last day shown: how many values each holds, and the middle one.

They end today rather than begin somewhere, so that the newest stretch is always a whole one; what is left over at the
beginning is a stretch of its own from half a length on, and otherwise joins the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Floats, Ints, same_length, sealed

BLOCK_DAYS = 28


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """`starts` and `ends`: first and last days (ordinals) of each; `counts`: values; `medians`: NaN with too few."""

    starts: Ints
    ends: Ints
    counts: Ints
    medians: Floats


def by_block(
    days: Ints, values: Floats, first_day: int, last_day: int, *, length_days: int = BLOCK_DAYS, least: int = 1
) -> Blocks:
    """Count `values` by block and take the median of those with at least `least`; NaN and outside days are left out.

    Any order of days gives the same. Raises ValueError on unequal lengths or when no day is shown.
    """
    same_length(days, values)
    if last_day < first_day or length_days < 1 or least < 1:
        raise ValueError("blocks need a day, a length and a least count")
    whole, over = divmod(last_day - first_day + 1, length_days)
    count = max(whole + (2 * over >= length_days), 1)
    starts = last_day + 1 - length_days * np.arange(count, 0, -1, dtype=np.int64)
    starts[0] = first_day
    usable = np.isfinite(values) & (days >= first_day) & (days <= last_day)
    place = np.searchsorted(starts, days[usable], side="right") - 1
    order = np.lexsort((values[usable], place))
    ordered = values[usable][order]
    counts = np.bincount(place, minlength=count).astype(np.int64)
    stops = np.cumsum(counts)
    medians = np.full(count, np.nan)
    enough = counts >= least
    low = (stops - counts + (counts - 1) // 2)[enough]
    high = (stops - counts + counts // 2)[enough]
    medians[enough] = (ordered[low] + ordered[high]) / 2
    ends = np.append(starts[1:] - 1, last_day)
    return Blocks(sealed(starts), sealed(ends), sealed(counts), sealed(medians))
