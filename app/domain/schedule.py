"""When a ritual is due: recurrence on local calendar days (RFC 5545 rules, worked out by dateutil).

A ritual lives on days, not on instants: daylight saving and travel move its hour, never its day. Only its reminder has
an instant, and `wall_time` says which.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dateutil import tz
from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule

WEEK: Final = 7
MONTH: Final = 30
"""Days a month counts as when a rhythm is turned into times per day, as Loop does."""
_LAST_OF_EVERY_MONTH: Final = 28


class Rhythm(StrEnum):
    """How a ritual recurs; the ids of the kind's own answers."""

    DAYS = "days"
    TIMES_WEEK = "times_week"
    TIMES_MONTH = "times_month"
    MONTH_DAY = "month_day"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rhythm from `first` to `until`, both included.

    DAYS: `weekdays`, Monday = 0. TIMES_WEEK, TIMES_MONTH: `times` on days of one's own choice. MONTH_DAY: day `times`
    of the month, the last day where a month is shorter. `every` second, third … week or month.

    Raises:
        ValueError: no weekday, fewer than one time, or more than the span holds.
    """

    rhythm: Rhythm
    first: dt.date
    weekdays: frozenset[int] = frozenset()
    times: int = 1
    every: int = 1
    until: dt.date | None = None

    def __post_init__(self) -> None:
        most = {Rhythm.TIMES_WEEK: WEEK, Rhythm.TIMES_MONTH: MONTH + 1, Rhythm.MONTH_DAY: MONTH + 1}
        if self.rhythm is Rhythm.DAYS:
            fits = bool(self.weekdays) and self.weekdays <= frozenset(range(WEEK))
        else:
            fits = 1 <= self.times <= most[self.rhythm]
        if not fits or self.every < 1:
            raise ValueError("a rhythm needs days or times that its span holds")

    @property
    def frequency(self) -> tuple[int, int]:
        """(times, days): how often within how many days. Every day of the week is once a day."""
        if self.rhythm is Rhythm.DAYS:
            return (1, self.every) if len(self.weekdays) == WEEK else (len(self.weekdays), WEEK * self.every)
        if self.rhythm is Rhythm.TIMES_WEEK:
            return (1, 1) if self.times == WEEK and self.every == 1 else (self.times, WEEK * self.every)
        return (1 if self.rhythm is Rhythm.MONTH_DAY else self.times, MONTH * self.every)

    @property
    def has_days(self) -> bool:
        """Whether it is due on known days; the others ask for a number within a span."""
        return self.rhythm in {Rhythm.DAYS, Rhythm.MONTH_DAY}

    def runs_on(self, day: dt.date) -> bool:
        """Whether the ritual is under way that day, due or not."""
        return self.first <= day and (self.until is None or day <= self.until)

    def is_due(self, day: dt.date) -> bool:
        """Whether it is due on that very day; never for a rhythm without days of its own.

        The same days as `due` gives, by counting weeks and months instead of running the rule: a list of hundreds of
        rituals asks this of each.
        """
        if not (self.has_days and self.runs_on(day)):
            return False
        if self.rhythm is Rhythm.DAYS:
            return day.weekday() in self.weekdays and day - self._week_anchor(day) < dt.timedelta(days=WEEK)
        last = calendar.monthrange(day.year, day.month)[1]
        return day.day == min(self.times, last) and day.replace(day=1) == self._month_anchor(day)

    def due(self, start: dt.date, end: dt.date) -> Iterator[dt.date]:
        """The days it is due on, from `start` to `end`, both included; none for a rhythm without days of its own.

        Costs as much as the span asked for, however long ago the ritual began.
        """
        start, end = max(start, self.first), end if self.until is None else min(end, self.until)
        if not self.has_days or start > end:
            return
        for moment in self._rule(start, end):
            if moment.date() >= start:
                yield moment.date()

    def next_due(self, after: dt.date, *, within_days: int = 366) -> dt.date | None:
        """The first day it is due on after that day, if one comes within so many days."""
        return next(self.due(after + dt.timedelta(days=1), after + dt.timedelta(days=within_days)), None)

    def span_of(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """The week or month a day counts in, first and last day: Monday to Sunday, or a calendar month.

        Of a rhythm that comes every second or third one, the whole stretch between two beginnings.
        """
        if self.rhythm in {Rhythm.TIMES_MONTH, Rhythm.MONTH_DAY}:
            begin = self._month_anchor(day)
            return begin, _add_months(begin, self.every) - dt.timedelta(days=1)
        begin = self._week_anchor(day)
        return begin, begin + dt.timedelta(days=WEEK * self.every - 1)

    def _rule(self, start: dt.date, end: dt.date) -> rrule:
        until = dt.datetime.combine(end, dt.time())
        if self.rhythm is Rhythm.DAYS:
            begin = dt.datetime.combine(self._week_anchor(start), dt.time())
            days = sorted(self.weekdays)
            return rrule(WEEKLY, dtstart=begin, interval=self.every, byweekday=days, wkst=MO, until=until)
        begin = dt.datetime.combine(self._month_anchor(start), dt.time())
        wanted = (
            [self.times] if self.times <= _LAST_OF_EVERY_MONTH else list(range(_LAST_OF_EVERY_MONTH, self.times + 1))
        )
        return rrule(MONTHLY, dtstart=begin, interval=self.every, bymonthday=wanted, bysetpos=-1, until=until)

    def _week_anchor(self, day: dt.date) -> dt.date:
        """The Monday at or before `day` that begins a stretch of `every` weeks counted from the first one."""
        base = self.first - dt.timedelta(days=self.first.weekday())
        return base + dt.timedelta(days=((day - base).days // (WEEK * self.every)) * WEEK * self.every)

    def _month_anchor(self, day: dt.date) -> dt.date:
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return _add_months(self.first.replace(day=1), months // self.every * self.every)


def wall_time(day: dt.date, at: dt.time, zone: str) -> dt.datetime:
    """The aware instant at which a clock on the wall shows `at` on that day.

    A time that daylight saving leaves out is the same distance after the gap; one that comes twice is the first.

    Raises:
        ValueError: no such zone.
    """
    found = tz.gettz(zone)
    if found is None:
        raise ValueError("no such time zone")
    return tz.resolve_imaginary(dt.datetime.combine(day, at.replace(fold=0), tzinfo=found))


def journal_day(moment: dt.datetime, closes_at_hour: int) -> dt.date:
    """The day a local moment belongs to when days close some hours after midnight: late evening is still today.

    `moment` is aware and in the local zone; `closes_at_hour` counts from midnight, 0 to 12.
    """
    if not 0 <= closes_at_hour <= 12:
        raise ValueError("a day closes between midnight and noon")
    return moment.date() if moment.hour >= closes_at_hour else moment.date() - dt.timedelta(days=1)


def _add_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)
