"""From a release to what the other person sees of it: one function for the preview and for the page, so they agree.

Only whole weeks inside the range that are over, each with three days of writing or more, get a value. A running week
would let a day's value be worked out from two looks; a week that is not there says nothing of why (insights.md 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.data import trend_rows
from app.data.connection import Connection
from app.data.release_rows import days_above_zero, days_of_kind, written_days
from app.domain.records import PersonId
from app.domain.released import ROWS, Release, ReleasedRow, ReleasedWeeks, Row, Stream
from app.insights.series import DAYS_A_WEEK, DAYS_FOR_A_WEEK_VALUE, monday_of

_ZERO_SAYS_SOMETHING: Final = frozenset({Stream.TRIGGERS})
"""Where a week without any is a value of its own. Elsewhere it is left out: nothing done is nobody's business."""


class Source:
    """Where one person's numbers come from: their private file, and their part of the space for two."""

    def __init__(self, person: PersonId, private: Connection, shared: Connection | None) -> None:
        self._person = person
        self._private = private
        self._shared = shared

    def weeks(self, release: Release, today: int, first: int | None = None, last: int | None = None) -> ReleasedWeeks:
        """What of a release is seen on the day `today`, of the weeks that lie inside `first` … `last` (ordinals)."""
        start = _next_monday(max(release.first, first if first is not None else release.first))
        ends = (release.last, last, today - 1)
        end = _last_sunday(min(day for day in ends if day is not None))
        if end < start:
            return ReleasedWeeks(release.stream, ())
        rows = (self._row(release.stream, row, start, end) for row in ROWS[release.stream])
        return ReleasedWeeks(release.stream, tuple(row for row in rows if row.mondays))

    def _row(self, stream: Stream, row: Row, first: int, last: int) -> ReleasedRow:
        weeks = self._counted(stream, row, first, last) if row.counted else self._means(row, first, last)
        mondays = tuple(sorted(weeks))
        return ReleasedRow(row.id, row.top, mondays, tuple(weeks[monday] for monday in mondays))

    def _means(self, row: Row, first: int, last: int) -> dict[int, float]:
        days, values = trend_rows.day_means(self._private, row.measure, first, last)
        weeks: dict[int, list[float]] = {}
        for day, value in zip(days, values, strict=True):
            weeks.setdefault(monday_of(day), []).append(value)
        return {
            monday: sum(found) / len(found) for monday, found in weeks.items() if len(found) >= DAYS_FOR_A_WEEK_VALUE
        }

    def _counted(self, stream: Stream, row: Row, first: int, last: int) -> dict[int, float]:
        written = _by_week(dict.fromkeys(written_days(self._private, first, last), 1))
        counts = _by_week(self._days(self._private, row, first, last))
        if self._shared is not None:
            for monday, count in _by_week(self._days(self._shared, row, first, last)).items():
                counts[monday] = counts.get(monday, 0) + count
        valid = (monday for monday, days in written.items() if days >= DAYS_FOR_A_WEEK_VALUE)
        return {
            monday: float(counts.get(monday, 0))
            for monday in valid
            if counts.get(monday) or stream in _ZERO_SAYS_SOMETHING
        }

    def _days(self, connection: Connection, row: Row, first: int, last: int) -> Mapping[int, int]:
        author = None if row.joint else self._person
        if row.kind:
            return days_of_kind(connection, row.kind, author, first, last)
        return days_above_zero(connection, row.measure, author, first, last)


def _by_week(days: Mapping[int, int]) -> dict[int, int]:
    weeks: dict[int, int] = {}
    for day, count in days.items():
        monday = monday_of(day)
        weeks[monday] = weeks.get(monday, 0) + count
    return weeks


def _next_monday(day: int) -> int:
    """The Monday on which the first whole week from `day` on begins."""
    return monday_of(day + DAYS_A_WEEK - 1)


def _last_sunday(day: int) -> int:
    """The Sunday on which the last whole week up to `day` ends."""
    return monday_of(day + 1) - 1
