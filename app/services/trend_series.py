"""From the measures of a space to arrays, periods and the days on which verdicts are made."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.data import reading, trend_rows
from app.data.connection import Connection
from app.insights.arrays import Flags, Floats, Ints
from app.insights.direction import direction
from app.insights.series import DAYS_A_WEEK, day_values, monday_of, week_values
from app.insights.verdict import Tier, Verdict

REVIEW_DAYS = 28
SHORT_WINDOW_WEEKS, LONG_WINDOW_WEEKS = 12, 26
LEAST_SHOWN_DAYS = 28
"""The least that "all" shows, so that a first week is not stretched over the whole width."""


class Period(StrEnum):
    """How far back a page looks."""

    MONTH = "1"
    THREE_MONTHS = "3"
    SIX_MONTHS = "6"
    YEAR = "12"
    ALL = "all"

    @property
    def window_weeks(self) -> int:
        """The window of the verdict that goes with it."""
        return SHORT_WINDOW_WEEKS if self in {Period.MONTH, Period.THREE_MONTHS} else LONG_WINDOW_WEEKS

    def first_day(self, today: int, earliest: int | None) -> int:
        """The first day shown when `today` is the last; `earliest` is the first day anything was written for."""
        if self is Period.ALL:
            return min(today if earliest is None else earliest, today - LEAST_SHOWN_DAYS + 1)
        return months_before(dt.date.fromordinal(today), int(self.value)).toordinal() + 1


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """One measure, one element an entry, oldest first: day ordinals, values, wording versions, whether looking back."""

    days: Ints
    values: Floats
    wording: Ints
    late: Flags

    def __len__(self) -> int:
        return len(self.days)

    def between(self, first_day: int, last_day: int) -> Entries:
        """The part from `first_day` to `last_day`, both included."""
        start, stop = np.searchsorted(self.days, (first_day, last_day + 1))
        part = slice(int(start), int(stop))
        return Entries(self.days[part], self.values[part], self.wording[part], self.late[part])


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """Consecutive ISO weeks: Mondays (ordinals), values (NaN: fewer than three written days), written days 0-7."""

    mondays: Ints
    values: Floats
    written_days: Ints


def load(connection: Connection, measure: str, first_day: int, last_day: int) -> Entries:
    """Read one measure between two days, both included."""
    found = reading.series(connection, measure, first_day, last_day)
    return Entries(
        np.asarray(found.days, dtype=np.int64),
        np.asarray(found.values, dtype=np.float64),
        np.asarray(found.wording, dtype=np.int64),
        np.asarray(found.late, dtype=np.bool_),
    )


def load_thinned(connection: Connection, measure: str, first_day: int, exact_day: int, last_day: int) -> Entries:
    """The same with one mean a day before `exact_day`: enough for week values, a fraction of the rows of long years.

    Means carry no wording and none of what was written looking back, so no verdict may reach before `exact_day`.
    """
    exact = load(connection, measure, exact_day, last_day)
    if first_day >= exact_day:
        return exact
    days, values = trend_rows.day_means(connection, measure, first_day, exact_day - 1)
    return Entries(
        np.concatenate((np.asarray(days, dtype=np.int64), exact.days)),
        np.concatenate((np.asarray(values, dtype=np.float64), exact.values)),
        np.concatenate((np.zeros(len(days), dtype=np.int64), exact.wording)),
        np.concatenate((np.zeros(len(days), dtype=np.bool_), exact.late)),
    )


def median_counted(values: Sequence[tuple[float, int]]) -> float | None:
    """The median of numbers given as (value, how often), rising; None without any."""
    total = sum(count for _, count in values)
    if not total:
        return None
    reached, low = 0, None
    for value, count in values:
        reached += count
        if low is None and 2 * reached >= total:
            low = value
        if low is not None and reached > total // 2:
            return (low + value) / 2
    return low


def weekly(entries: Entries, first_day: int, last_day: int) -> Weeks:
    """Week values of the ISO weeks that touch the period; entries looking back are left out."""
    weeks = (monday_of(last_day) - monday_of(first_day)) // DAYS_A_WEEK + 1
    series = week_values(day_values(entries.days, entries.values, ~entries.late), last_day=last_day, weeks=weeks)
    values = np.full(weeks, np.nan)
    values[series.positions] = series.values
    mondays = series.first_monday + DAYS_A_WEEK * np.arange(weeks, dtype=np.int64)
    return Weeks(mondays, values, series.written_days)


def review_day(earliest: int | None, today: int) -> int:
    """The Sunday up to which verdicts were last made: every 28 days, counted from the week of the first entry.

    A verdict stays until the next such day. Were it made anew each week, most flat years would hold a false one
    (insights.md 0.3). Before the first four weeks are over it is `today`, when nothing can be said anyway.
    """
    if earliest is None:
        return today
    first = monday_of(earliest) + REVIEW_DAYS - 1
    return first + (today - first) // REVIEW_DAYS * REVIEW_DAYS if today >= first else today


def judged(entries: Entries, *, review: int, today: int, weeks: int, span: float) -> Verdict:
    """The verdict of the last review, knowing the one before; while there is none, how far the weeks have come."""

    def looked(end_day: int) -> Verdict:
        return direction(
            entries.days,
            entries.values,
            end_day=end_day,
            weeks=weeks,
            late=entries.late,
            wording=entries.wording,
            span=span,
        )

    verdict = looked(review)
    if verdict.tier.has_direction:
        return verdict.after(looked(review - REVIEW_DAYS))
    if verdict.tier is Tier.NOT_ENOUGH and (now := looked(today)).tier is Tier.NOT_ENOUGH:
        return now
    return verdict


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_count(*days: Sequence[int] | Ints) -> int:
    """On how many different days anything of these was written."""
    return len(np.unique(np.concatenate([np.asarray(part, dtype=np.int64) for part in days])))
