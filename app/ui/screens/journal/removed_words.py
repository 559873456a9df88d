"""What was removed, in words: rows of the list with the days they have left, and one of them for reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.services.trash import InTrash, OpenedRemoved
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import answered
from app.ui.models.seats import where_words
from app.ui.models.timeline_rows import EntryRow, Row
from app.ui.screens.journal.state import Reading
from app.ui.screens.journal.words import ICONS, JournalWords
from app.ui.text import tr


class RemovedWords:
    """Puts one session's content and clock around what lies in the trash."""

    def __init__(self, ctx: Context, journal: JournalWords) -> None:
        self._ctx, self._journal = ctx, journal

    def rows(self, found: Sequence[InTrash]) -> tuple[Row, ...]:
        """One row each, removed last first: the day it is about, its first words, the days it has left."""
        return tuple(self._row(row) for row in found)

    def reading(self, opened: OpenedRemoved, *, uncovered: bool) -> Reading:
        """A removed entry for reading; behind its cover only what kind it is and when."""
        row = opened.row
        kind = self._ctx.content.kind(row.kind)
        cover = self._ctx.content.cover(kind.cover) if kind.cover and not uncovered else None
        now = self._ctx.now()
        removed = dt.datetime.fromtimestamp(row.removed_ms / 1000, now.tzinfo).date()
        since = tr("Removed {day}. {left}.").format(
            day=text.relative_day(removed, now.date()), left=text.sentence_case(self._left(row))
        )
        dated = kind.dated_by.id if kind.dated_by is not None else ""
        answers = tuple(part for part in answered(kind, opened.answers, self._ctx) if part.field != dated)
        if answers and text.sentence_case(answers[0].question) == text.sentence_case(kind.singular):
            answers = (replace(answers[0], question=""), *answers[1:])
        return Reading(
            record=row.record,
            kind=row.kind,
            kind_words=text.sentence_case(kind.singular),
            icon=ICONS.get(row.kind, "journal"),
            when=self._journal.day_words(row.day),
            title="",
            personal=False,
            late="",
            saved="",
            answers=() if cover else answers,
            covered=(cover.title, cover.body) if cover else None,
            removed=since,
            where=where_words(self._ctx, shared=row.shared, theirs=not row.yours),
            theirs=not row.yours,
        )

    def _row(self, row: InTrash) -> EntryRow:
        kind = text.sentence_case(self._ctx.content.kind(row.kind).singular)
        day = text.short_date(dt.date.fromordinal(row.day), self._ctx.now().date())
        covered = bool(self._ctx.content.kind(row.kind).cover)
        title = "" if covered else row.title
        return EntryRow(
            record=row.record,
            kind=row.kind,
            kind_words=kind,
            time=day,
            icon=ICONS.get(row.kind, "journal"),
            title=title or kind,
            personal=bool(title),
            meta=self._left(row),
            dated=True,
        )

    @staticmethod
    def _left(row: InTrash) -> str:
        if row.days_left == 0:
            return tr("its words leave today")
        return text.count_of(row.days_left, tr("{n} day left to bring it back"), tr("{n} days left to bring it back"))
