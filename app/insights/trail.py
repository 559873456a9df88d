"""The line under a time chart: 28-day midmean, middle-half band, honest breaks.

The midmean moves smoothly on whole-number scales, where a rolling median jumps. Windows look back only, so a line once
drawn stays where it was when newer entries arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.insights.arrays import Flags, Floats, Ints, same_length, sealed
from app.insights.series import DAYS_A_WEEK, DaySeries, day_values, monday_of

WINDOW_DAYS = 28
LEAST_WRITTEN_DAYS = 8
FRESH_DAYS = 7


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of blank days that breaks the line; both days are blank and included, as ordinals."""

    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """What a time chart draws of one measure.

    `days`, `line`, `low`, `high`: the days that have a line value, with midmean and quartiles, shape (n,).
    `segments`: half-open index ranges of `days` drawn as one stroke; between two of them the line is broken.
    `gaps`: blank stretches of at least seven days between entries, and up to the last day.
    `entry_days`, `entry_values`, `entry_late`: one dot a written day, shape (k,); late = written only looking back.
    `week_mondays`, `week_written_days`: the coverage strip, every ISO week from first entry to last day, shape (w,).
    """

    days: Ints
    line: Floats
    low: Floats
    high: Floats
    segments: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]
    entry_days: Ints
    entry_values: Floats
    entry_late: Flags
    week_mondays: Ints
    week_written_days: Ints


def trail(days: Ints, values: Floats, *, end_day: int, late: Flags | None = None, wording: Ints | None = None) -> Trail:
    """Build the trail of one measure up to `end_day`, later entries left out.

    One element an entry, several a day allowed, any order. Late entries get a hollow dot but no say in line and band,
    so that looking back cannot redraw history. A new `wording` (any integer) starts a new stroke that never
    averages over answers to the old question. Raises ValueError on unequal lengths.
    """
    same_length(days, values, late, wording)
    present = np.isfinite(values) & (days <= end_day)
    in_time = present if late is None else present & ~late
    dots = _dots(days, values, present, in_time)
    timely = day_values(days, values, in_time)
    starts = _wording_starts(timely, days, wording, in_time)
    line_days, windows, counts = _windows(timely, starts, end_day)
    low, line, high = _summaries(windows, counts)
    mondays, written = _coverage(dots[0], end_day)
    return Trail(
        days=sealed(line_days),
        line=sealed(line),
        low=sealed(low),
        high=sealed(high),
        segments=_segments(line_days),
        gaps=_gaps(dots[0], end_day),
        entry_days=sealed(dots[0]),
        entry_values=sealed(dots[1]),
        entry_late=sealed(dots[2]),
        week_mondays=sealed(mondays),
        week_written_days=sealed(written),
    )


def _dots(days: Ints, values: Floats, present: Flags, in_time: Flags) -> tuple[Ints, Floats, Flags]:
    """One dot a day: the mean of its timely entries, or, if there are none, of those looking back (flagged)."""
    timely = day_values(days, values, in_time)
    looking_back = day_values(days, values, present & ~in_time)
    only_back = ~np.isin(looking_back.days, timely.days)
    all_days = np.concatenate((timely.days, looking_back.days[only_back]))
    order = np.argsort(all_days)
    all_values = np.concatenate((timely.values, looking_back.values[only_back]))
    flags = np.concatenate((np.zeros(len(timely.days), dtype=np.bool_), np.ones(only_back.sum(), dtype=np.bool_)))
    return all_days[order], all_values[order], flags[order]


def _wording_starts(series: DaySeries, days: Ints, wording: Ints | None, in_time: Flags) -> Ints:
    """For each day of `series` the index of the first day asked in the same words without interruption."""
    count = len(series.days)
    if wording is None or count == 0:
        return np.zeros(count, dtype=np.int64)
    latest = np.full(count, np.iinfo(np.int64).min)
    np.maximum.at(latest, np.searchsorted(series.days, days[in_time]), wording[in_time])
    changed = np.concatenate(([True], latest[1:] != latest[:-1]))
    return np.maximum.accumulate(np.where(changed, np.arange(count), 0))


def _windows(series: DaySeries, starts: Ints, end_day: int) -> tuple[Ints, Floats, Ints]:
    """Days that may carry a line, their sorted 28-day windows (padded with infinity) and window sizes."""
    if len(series.days) == 0:
        return np.empty(0, dtype=np.int64), np.empty((0, WINDOW_DAYS)), np.empty(0, dtype=np.int64)
    following = np.append(series.days[1:], end_day + 1)
    reach = np.minimum(following - series.days, FRESH_DAYS)
    last = np.repeat(np.arange(len(series.days)), reach)
    line_days = series.days[last] + np.arange(len(last)) - np.repeat(np.cumsum(reach) - reach, reach)
    first = np.maximum(np.searchsorted(series.days, line_days - WINDOW_DAYS, side="right"), starts[last])
    counts = last - first + 1
    enough = counts >= LEAST_WRITTEN_DAYS
    line_days, first, counts = line_days[enough], first[enough], counts[enough]
    padded = np.append(series.values, np.full(WINDOW_DAYS, np.inf))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_DAYS)[first]
    windows[np.arange(WINDOW_DAYS) >= counts[:, None]] = np.inf
    windows.sort(axis=1)
    return line_days, windows, counts


def _summaries(windows: Floats, counts: Ints) -> tuple[Floats, Floats, Floats]:
    """Lower quartile, midmean and upper quartile of each sorted, padded window."""
    finite = np.where(np.isinf(windows), 0.0, windows)
    sums = np.zeros((len(windows), WINDOW_DAYS + 1))
    np.cumsum(finite, axis=1, out=sums[:, 1:])
    row = np.arange(len(windows))
    drop = counts // 4
    line = (sums[row, counts - drop] - sums[row, drop]) / np.maximum(counts - 2 * drop, 1)
    return _quantile(finite, counts, 0.25), line, _quantile(finite, counts, 0.75)


def _quantile(windows: Floats, counts: Ints, share: float) -> Floats:
    """Linear-interpolation quantile of the first `counts` values of each sorted row."""
    row = np.arange(len(windows))
    place = (counts - 1) * share
    below = place.astype(np.int64)
    above = np.minimum(below + 1, np.maximum(counts - 1, 0))
    lower = windows[row, below]
    return np.asarray(lower + (place - below) * (windows[row, above] - lower), dtype=np.float64)


def _segments(line_days: Ints) -> tuple[tuple[int, int], ...]:
    """Split the line where a day is missing; a new wording always leaves some, since it needs eight days of its own."""
    if len(line_days) == 0:
        return ()
    edges = [0, *(np.flatnonzero(np.diff(line_days) != 1) + 1).tolist(), len(line_days)]
    return tuple(pairwise(edges))


def _gaps(entry_days: Ints, end_day: int) -> tuple[Gap, ...]:
    """Blank stretches long enough to break the line."""
    following = np.append(entry_days[1:], end_day + 1) if len(entry_days) else entry_days
    wide = following - entry_days > FRESH_DAYS
    return tuple(
        Gap(int(before) + 1, int(after) - 1) for before, after in zip(entry_days[wide], following[wide], strict=True)
    )


def _coverage(entry_days: Ints, end_day: int) -> tuple[Ints, Ints]:
    """Mondays and written days of every ISO week from the first entry to `end_day`."""
    if len(entry_days) == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    first = monday_of(int(entry_days[0]))
    mondays = np.arange(first, end_day + 1, DAYS_A_WEEK, dtype=np.int64)
    written = np.bincount((entry_days - first) // DAYS_A_WEEK, minlength=len(mondays))
    return mondays, written.astype(np.int64)
