"""Rows of agreements as the list says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from app.domain.kinds.agreement import Mark as WeekMark
from app.domain.kinds.agreement import Week
from app.services.agreement_notes import BOUNDARY
from app.services.agreement_rows import Owner, Row, Standing
from app.ui import text
from app.ui.context import Context
from app.ui.screens.agreements.state import Dot, DotName, Group, Line
from app.ui.text import tr
from app.ui.widgets.marks import Person, Shape

DOTS: Final[dict[WeekMark, DotName]] = {
    WeekMark.KEPT: "kept",
    WeekMark.STRAINED: "strained",
    WeekMark.TALKED: "talked",
    WeekMark.CROSSED: "crossed",
    WeekMark.UNCLEAR: "unclear",
    WeekMark.DIFFERENT: "different",
    WeekMark.NONE: "open",
}


def mark_words(mark: WeekMark) -> str:
    """What a week or an occasion came to."""
    return {
        WeekMark.KEPT: tr("kept"),
        WeekMark.STRAINED: tr("kept, with strain"),
        WeekMark.TALKED: tr("talked through"),
        WeekMark.CROSSED: tr("crossed"),
        WeekMark.UNCLEAR: tr("unclear"),
        WeekMark.DIFFERENT: tr("seen differently"),
        WeekMark.NONE: tr("not noted"),
    }[mark]


class RowWords:
    """Builds the list."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def groups(self, boundaries: Sequence[Row], promises: Sequence[Row], *, retired: bool) -> tuple[Group, ...]:
        """Boundaries, then the plan of action; one without rows is left out."""
        headed = ((self._heading(BOUNDARY), boundaries), (self._heading("commitment"), promises))
        found: list[Group] = []
        for heading, rows in headed:
            lines = tuple(self.line(row) for row in rows if row.current is not retired)
            if lines:
                found.append(Group(heading, "" if found or retired else tr("next look"), lines))
        return tuple(found)

    def subtitle(self, rows: Sequence[Row]) -> str:
        """The one quiet fact beside the title."""
        waiting = sum(row.waits_for_me for row in rows)
        due = sum(row.due for row in rows)
        if waiting:
            return text.counted_words(waiting, tr("{n} waits for you"), tr("{n} wait for you"))
        if due:
            return text.counted_words(due, tr("{n} due for a look"), tr("{n} due for a look"))
        return ""

    def line(self, row: Row) -> Line:
        """One row."""
        note, aside = self._note(row), self._aside(row)
        marks = tuple(self.mark(owner) for owner in self._ordered(row.owners))
        weekly = row.kind == BOUNDARY
        dots = () if note or not row.current else self.dots(row.weeks, weekly=weekly)
        names = text.listed([mark.name for mark in marks]) if len(marks) > 1 else ""
        said = [row.words, names, note or counts_words(row.weeks, weekly=weekly), aside]
        return Line(row.record, row.kind, row.words, marks, dots, note, aside, ", ".join(part for part in said if part))

    def mark(self, owner: Owner, *, outline: bool = False) -> Person:
        """Somebody's mark: this person's own shape, or the other one."""
        first = (self._ctx.mark == 1) is owner.mine
        return Person(Shape.CIRCLE if first else Shape.SQUARE, owner.name.strip()[:1].upper(), owner.name, outline)

    def dots(self, weeks: Sequence[Week], *, weekly: bool = True) -> tuple[Dot, ...]:
        """Weeks as marks, each with its words; of a promise, the times something was noted."""
        return tuple(self._dot(week, weekly=weekly) for week in weeks)

    def day(self, ordinal: int) -> str:
        """A day as the list says it: today, or the date."""
        today = self._ctx.now().date()
        day = dt.date.fromordinal(ordinal)
        return tr("today") if day <= today else text.short_date(day, today)

    def _dot(self, week: Week, *, weekly: bool) -> Dot:
        day = text.short_date(dt.date.fromordinal(week.first), self._ctx.now().date())
        pattern = tr("week of {day}: {words}") if weekly else tr("{day}: {words}")
        said = pattern.format(day=day, words=mark_words(week.mark) if weekly else time_words(week.mark))
        return Dot(DOTS[week.mark], said)

    def _ordered(self, owners: Sequence[Owner]) -> tuple[Owner, ...]:
        return tuple(sorted(owners, key=lambda owner: (self._ctx.mark == 1) is not owner.mine))

    def _heading(self, kind: str) -> str:
        return self._ctx.content.kind(kind).title

    def _note(self, row: Row) -> str:
        other = self._ctx.partner or tr("the other person")
        if row.standing is Standing.DRAFT:
            return tr("being worded")
        if row.standing is Standing.PAUSED:
            return tr("resting")
        if row.standing is Standing.PROPOSED and row.waits_for_me:
            return tr("waiting for your mark")
        if row.standing is Standing.PROPOSED and row.waits_for_other:
            return tr("waiting for {name}’s mark").format(name=other)
        return ""

    def _aside(self, row: Row) -> str:
        if row.standing is Standing.PROPOSED:
            return tr("proposed")
        if row.standing is Standing.AGREED and row.waits_for_me:
            return tr("let it go?")
        if row.standing is Standing.AGREED and row.next_look is not None:
            return tr("today") if row.due else self.day(max(row.next_look, self._ctx.now().date().toordinal()))
        return ""


def time_words(mark: WeekMark) -> str:
    """What one time of a promise came to."""
    words = {
        WeekMark.STRAINED: tr("partly"),
        WeekMark.CROSSED: tr("not kept"),
        WeekMark.TALKED: tr("let go of, by agreement"),
    }
    return words.get(mark) or mark_words(mark)


def counts_words(weeks: Sequence[Week], *, weekly: bool = True) -> str:
    """Weeks in words: "kept 9, crossed 1, not noted 2 of 12 weeks"; of a promise the times, without a total."""
    counts = {mark: sum(week.mark is mark for week in weeks) for mark in WeekMark}
    say = mark_words if weekly else time_words
    parts = [f"{say(mark)} {text.number(n)}" for mark, n in counts.items() if n]
    if not parts or not weekly:
        return ", ".join(parts)
    return tr("{counts} of {weeks}").format(
        counts=", ".join(parts), weeks=text.count_of(len(weeks), tr("{n} week"), tr("{n} weeks"))
    )
