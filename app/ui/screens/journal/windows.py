"""The rows of a timeline whose shape is known before its entries: days with counts, filled in as they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.services.filtering import Outline
from app.services.timeline import Before, TimelineRow, before_day_after, before_entry
from app.ui.models.timeline_rows import WAITING, DayRow, EntryRow, Row

AROUND: Final = 16
"""Rows read before and after those in sight."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is to be read: so many entries from a place on, which stand from row `at` on."""

    at: int
    before: Before
    limit: int


class Windows:
    """All rows of one timeline. Not thread-safe; belongs to whoever shows it."""

    def __init__(self, outline: Outline) -> None:
        self.count = sum(count for _, count in outline)
        self.outline = outline
        self._days = outline
        self._starts: list[int] = []
        rows: list[Row] = []
        for day, count in outline:
            self._starts.append(len(rows))
            rows.append(DayRow("", day))
            rows += [WAITING] * count
        self._rows = rows
        self._places: dict[int, Before] = {}

    def rows(self) -> tuple[Row, ...]:
        """Every row as it stands now."""
        return tuple(self._rows)

    def missing(self, first: int, last: int) -> Window | None:
        """What must be read so that these rows and some around them can be shown; None when nothing waits there."""
        last = min(len(self._rows) - 1, last + AROUND)
        first = max(0, first - AROUND)
        waiting = [at for at in range(first, last + 1) if self._rows[at] is WAITING]
        if not waiting:
            return None
        at, end = waiting[0], waiting[-1]
        before = self._places.get(at - 1)
        if before is None:
            number = bisect_right(self._starts, at) - 1
            at = self._starts[number] + 1
            before = before_day_after(self._days[number][0])
        headings = bisect_right(self._starts, end) - bisect_right(self._starts, at)
        return Window(at, before, end - at + 1 - headings)

    def fill(
        self,
        at: int,
        found: Sequence[TimelineRow],
        shown: Callable[[TimelineRow], EntryRow],
        day_words: Callable[[int], str],
    ) -> bool:
        """Put entries into the rows from `at` on. False when they do not fit: the days are other ones meanwhile."""
        for row in found:
            while at < len(self._rows) and isinstance(self._rows[at], DayRow):
                at += 1
            number = bisect_right(self._starts, at) - 1
            if at >= len(self._rows) or number < 0 or self._days[number][0] != row.entry.day:
                return False
            start = self._starts[number]
            heading = self._rows[start]
            if isinstance(heading, DayRow) and not heading.words:
                self._rows[start] = DayRow(day_words(row.entry.day), row.entry.day)
            self._rows[at] = shown(row)
            self._places[at] = before_entry(row.entry)
            at += 1
        return True

    def row_of_day(self, day: int) -> int:
        """The heading of this day, else of the next older one; the last heading where there is none."""
        for start, (found, _) in zip(self._starts, self._days, strict=True):
            if found <= day:
                return start
        return self._starts[-1] if self._starts else 0
