"""From check-ins to day values and week values.

A day counts once however often somebody wrote; a week counts when three days of it were written. Nothing is
interpolated and nothing carried forward: a blank day is absent, never low.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Flags, Floats, Ints, same_length, sealed

DAYS_A_WEEK = 7
DAYS_FOR_A_WEEK_VALUE = 3


@dataclass(frozen=True, slots=True, eq=False)
class DaySeries:
    """One value a written day. `days`: strictly rising local day ordinals, shape (n,); `values`: shape (n,)."""

    days: Ints
    values: Floats

    def between(self, first_day: int, last_day: int) -> DaySeries:
        """The part from `first_day` to `last_day`, both included."""
        start, stop = np.searchsorted(self.days, (first_day, last_day + 1))
        return DaySeries(self.days[start:stop], self.values[start:stop])


@dataclass(frozen=True, slots=True, eq=False)
class WeekSeries:
    """Consecutive ISO weeks and the values of those that count.

    `first_monday`: ordinal of the first week's Monday. `written_days`: days written in each week, 0-7, shape (weeks,).
    `positions`: indices of valid weeks, rising, shape (k,); `values`: their means of day values, shape (k,).
    """

    first_monday: int
    written_days: Ints
    positions: Ints
    values: Floats

    @property
    def weeks(self) -> int:
        """How many weeks the series spans, valid or not."""
        return len(self.written_days)

    @property
    def valid(self) -> int:
        """How many of them have a value."""
        return len(self.positions)


def monday_of(day: int) -> int:
    """The ordinal of the Monday that starts the ISO week of `day` (ordinal 1 was a Monday)."""
    return day - (day - 1) % DAYS_A_WEEK


def counted_entries(days: Ints, values: Floats, late: Flags | None, wording: Ints | None) -> Flags:
    """Which entries a verdict may use: answered, and not written looking back. Raises ValueError on unequal lengths."""
    same_length(days, values, late, wording)
    answered = np.isfinite(values)
    return answered if late is None else answered & ~late


def day_values(days: Ints, values: Floats, keep: Flags | None = None) -> DaySeries:
    """Average the entries of each local day, in any order of entries.

    Entries where `keep` is false or the value is not a number ("no occasion") are left out. Averages of a day behave
    better than single occasions under autocorrelation, skew and missing entries. Raises ValueError on unequal lengths.
    """
    same_length(days, values, keep)
    usable = np.isfinite(values) if keep is None else np.isfinite(values) & keep
    unique, place = np.unique(np.asarray(days, dtype=np.int64)[usable], return_inverse=True)
    sums = np.bincount(place, weights=values[usable], minlength=len(unique))
    counts = np.bincount(place, minlength=len(unique))
    return DaySeries(sealed(unique), sealed(sums / np.maximum(counts, 1)))


def week_values(series: DaySeries, *, last_day: int, weeks: int) -> WeekSeries:
    """The `weeks` ISO weeks that end with the week of `last_day`, each the mean of its day values.

    The week of `last_day` may still be running: it counts as soon as three of its days are written, and days after
    `last_day` are not looked at. The first week is always whole. So there are never more than `weeks` positions,
    and all of them lie inside the `weeks`·7 days that end with `last_day`.
    """
    first_monday = monday_of(last_day) - DAYS_A_WEEK * (weeks - 1)
    inside = series.between(first_monday, last_day)
    place = (inside.days - first_monday) // DAYS_A_WEEK
    counts = np.bincount(place, minlength=weeks)
    positions = np.flatnonzero(counts >= DAYS_FOR_A_WEEK_VALUE)
    sums = np.bincount(place, weights=inside.values, minlength=weeks)
    return WeekSeries(
        first_monday=first_monday,
        written_days=sealed(counts.astype(np.int64)),
        positions=sealed(positions.astype(np.int64)),
        values=sealed(sums[positions] / counts[positions]),
    )


def midmean(values: Floats) -> float:
    """Mean of the middle half: floor(n/4) values dropped at each end (25 % trimmed mean). Needs n ≥ 1."""
    ordered = np.sort(values)
    drop = len(ordered) // 4
    return float(ordered[drop : len(ordered) - drop].mean())


def quartiles(values: Floats) -> tuple[float, float, float]:
    """25th, 50th and 75th percentile by linear interpolation (NumPy's default). Needs n ≥ 1."""
    low, middle, high = np.percentile(values, (25, 50, 75))
    return float(low), float(middle), float(high)
