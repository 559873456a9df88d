"""From entries as the service tells them to the rows and the reading view of the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.fields import Kind
from app.domain.instruments import INSTRUMENTS, Instrument
from app.domain.wording import label_for
from app.services.timeline import Item, Opened, TimelineRow
from app.services.worksheets import BY_ITEM
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import answered, left_open, option_words, question_words
from app.ui.models.pictures import picture_of
from app.ui.models.seats import marked, seat_of, where_words
from app.ui.models.timeline_rows import DayRow, EntryRow, Piece, Row
from app.ui.screens.journal.state import LinkLine, Reading
from app.ui.screens.trigger.wording import open_words
from app.ui.text import tr
from app.ui.widgets.cover import Heaviness

ICONS: Final[Mapping[str, str]] = {
    "checkin": "today",
    "trigger": "trigger",
    "injury": "injuries",
    "note": "pen-nib",
    "life_marker": "calendar-blank",
    "path_step": "path",
    "new_experience": "",
}
"""Icons by kind; a new moment has its diamond instead."""
_NOON = dt.time(12)
_SAFETY: Final = "safety"
"""The cover of a note about safety, which says more than the one before whatever else marks danger."""


class JournalWords:
    """Puts one session's content and clock around entries."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def rows(self, found: Sequence[TimelineRow], *, by_day: bool) -> tuple[Row, ...]:
        """Rows, with a heading before each day; a search is ordered by fit instead and names the day in each row."""
        rows: list[Row] = []
        last = 0
        for row in found:
            if by_day and row.entry.day != last:
                rows.append(DayRow(self.day_words(row.entry.day), row.entry.day))
                last = row.entry.day
            rows.append(self._row(row, by_day=by_day))
        return tuple(rows)

    def row(self, row: TimelineRow) -> EntryRow:
        """One entry under the heading of its day."""
        return self._row(row, by_day=True)

    def found(self, count: int, *, more: bool) -> str:
        """What stands above the answers of a search."""
        if more:
            return tr("Closest first; scroll for older ones.")
        return text.count_of(count, tr("{n} entry"), tr("{n} entries, closest first"))

    def day_words(self, day: int) -> str:
        """The heading of a day: "Today", "Yesterday", "Tuesday 12 May", with the year where it is another."""
        date, today = dt.date.fromordinal(day), self._ctx.now().date()
        if 0 <= (today - date).days <= 1:
            return text.sentence_case(text.relative_day(date, today))
        return text.long_date(date) if date.year == today.year else text.full_date(date)

    def reading(self, opened: Opened, *, uncovered: bool) -> Reading:
        """One entry for reading; behind its cover only what kind it is and when."""
        entry = opened.entry
        seat = seat_of(self._ctx, theirs=entry.theirs)
        kind = self._ctx.content.kind(entry.kind)
        title, personal = self._title(entry, {})
        before = "abuse" if opened.danger and kind.cover != _SAFETY else kind.cover
        cover = self._ctx.content.cover(before) if before and not uncovered else None
        shown = Reading(
            record=entry.id,
            kind=entry.kind,
            kind_words=text.sentence_case(kind.singular),
            icon=ICONS.get(entry.kind, "journal"),
            when=self._when(entry),
            title=title if personal and not cover and not _sheet(kind) else "",
            personal=personal,
            late=self._late(entry),
            saved=self._saved(entry),
            covered=(cover.title, cover.body) if cover else None,
            safety=opened.danger,
            listed=opened.listed,
            heavy=_heavy(opened.weight) if cover else None,
            mark=marked(self._ctx, theirs=entry.theirs) if entry.shared else None,
            where=where_words(self._ctx, shared=entry.shared, theirs=entry.theirs),
            theirs=entry.theirs,
            shareable=opened.shareable,
        )
        if cover:
            return shown
        answers = tuple(
            part for part in answered(kind, opened.answers, seat)
            if kind.dated_by is None or part.field != kind.dated_by.id
        )  # fmt: skip
        named = next((part for part in answers if part.personal and part.words.strip() == title), None)
        if named is not None and shown.title:
            answers = tuple(part for part in answers if part is not named)
        elif answers and answers[0].words.strip().startswith(title.rstrip("…")):
            shown = replace(shown, title="")  # the text itself begins with these words
        if answers and answers[0].question == shown.kind_words:
            answers = (replace(answers[0], question=""), *answers[1:])
        two = opened.conflict and not entry.theirs
        told = replace(shown, answers=answers, links=self._links(opened, seat), two_versions=two)
        return replace(
            told,
            picture=picture_of(kind, opened.answers, seat),
            printable=kind.sharing != BY_ITEM,
            left=() if entry.theirs or not (kind.repeats or kind.picture) else left_open(kind, opened.answers, seat),
            repeats=kind.repeats,
            facts=open_words(opened.answers) if entry.kind == "trigger" and not entry.theirs else opened.facts,
        )

    def _links(self, opened: Opened, seat: Context) -> tuple[LinkLine, ...]:
        kind = self._ctx.content.kind(opened.entry.kind)
        lines = []
        for link in opened.links:
            field = kind.field(link.field)
            question = question_words(field, seat) if field is not None else ""
            lines.append(LinkLine(question, link.record, link.kind, link.title or tr("without a name")))
        return tuple(lines)

    # ------------------------------------------------------------------------------------------------------ rows

    def _row(self, row: TimelineRow, *, by_day: bool) -> EntryRow:
        entry = row.entry
        title, personal = self._title(entry, row.measures)
        kind = self._ctx.content.kind(entry.kind)
        found = self._found(row, kind)
        in_title = bool(found) and "".join(piece.words for piece in found).strip("…") in title
        preview = () if kind.cover else self._preview(entry, title) or ((Piece(row.about),) if row.about else ())
        return EntryRow(
            record=entry.id,
            kind=entry.kind,
            kind_words=text.sentence_case(kind.singular),
            time=self._time(entry) if by_day else self._short_day(entry.day),
            icon=ICONS.get(entry.kind, "journal"),
            title=title,
            personal=personal,
            pieces=found if found and not in_title else preview,
            meta=self._meta(row, personal=personal),
            late=tr("looking back") if entry.late else "",
            line=found_in(title, [piece.words for piece in found if piece.found]) if in_title else (),
            dated=not by_day,
            mark=marked(self._ctx, theirs=entry.theirs) if entry.shared else None,
            where=where_words(self._ctx, shared=True, theirs=entry.theirs)[0] if entry.shared else "",
        )

    def _meta(self, row: TimelineRow, *, personal: bool) -> str:
        """The numbers of an entry a person named, and how many files were added to it."""
        numbers = self._numbers(row.entry, row.measures) if personal else ""
        files = text.count_of(row.files, tr("{n} file"), tr("{n} files")) if row.files else ""
        return " · ".join(part for part in (numbers, files) if part)

    def _found(self, row: TimelineRow, kind: Kind) -> tuple[Piece, ...]:
        """The words around a match. Chosen answers are indexed by their ids and shown by their labels."""
        pieces = tuple(Piece(part.words, part.found) for part in row.snippet)
        if not row.tagged:
            return pieces
        labels = {option.id: option_words(option, self._ctx) for field in kind.fields for option in field.options}
        return tuple(Piece(_labelled(piece.words, labels), piece.found) for piece in pieces)

    def _title(self, entry: Item, measures: Mapping[str, float]) -> tuple[str, bool]:
        """The line of an entry and whether a person wrote it."""
        if entry.kind == "path_step":
            return self._step(measures) or text.sentence_case(self._ctx.content.kind(entry.kind).singular), False
        if entry.title:
            return entry.title, True
        numbers = self._numbers(entry, measures)
        if entry.kind == "trigger" and not measures:
            return tr("A trigger, tallied"), False
        if numbers:
            return text.sentence_case(numbers), False
        return text.sentence_case(self._ctx.content.kind(entry.kind).singular), False

    def _step(self, measures: Mapping[str, float]) -> str:
        number = measures.get("injury.step")
        for option in self._ctx.content.list("path_steps").items:
            if option.value == number:
                label = label_for(option, solo=self._ctx.solo)
                return tr("Step {number}: {name}").format(number=text.number(number or 0), name=label)
        return ""

    def _preview(self, entry: Item, title: str) -> tuple[Piece, ...]:
        """What follows of an entry after its title."""
        begun = title.rstrip("…")
        words = entry.preview.removeprefix(begun).strip()
        return (Piece(words),) if words else ()

    def _numbers(self, entry: Item, measures: Mapping[str, float]) -> str:
        """The two numbers that say most of an entry, by the short names of their questions."""
        if entry.kind == "trigger":
            peak, after = measures.get("trigger.peak"), measures.get("trigger.after")
            if peak is None:
                return ""
            if after is None:
                return tr("strength {peak}").format(peak=text.number(peak))
            return tr("strength {peak}, then {after}").format(peak=text.number(peak), after=text.number(after))
        instrument = INSTRUMENTS.get(entry.kind)
        if instrument is not None:
            return self._total(instrument, measures)
        if entry.kind == "moment":
            return tr("turned toward") if measures.get("moment.toward") else ""
        if entry.kind != "checkin":
            return ""
        kind = self._ctx.content.kind(entry.kind)
        parts: list[str] = []
        for field in (kind.field("felt_safety"), kind.field("trust")):
            value = measures.get(field.measure or "") if field is not None else None
            if field is not None and value is not None:
                name = (field.short or field.label).lower()
                parts.append(tr("{name} {value}").format(name=name, value=text.number(value)))
        return ", ".join(parts)

    def _total(self, instrument: Instrument, measures: Mapping[str, float]) -> str:
        """The name of a questionnaire with its total, where every question was answered."""
        total = measures.get(instrument.measure)
        if total is None:
            return instrument.name
        return tr("{name}, total {total}").format(name=instrument.name, total=text.number(total))

    # ----------------------------------------------------------------------------------------------------- times

    def _moment(self, entry: Item) -> dt.datetime:
        return dt.datetime.fromtimestamp(entry.instant_ms / 1000, self._ctx.now().tzinfo)

    def _time(self, entry: Item) -> str:
        """The time of day; a day that was written about later without a time has none (it stands at noon)."""
        moment = self._moment(entry)
        guessed = moment.time() == _NOON and entry.instant_ms != entry.created_ms
        return "" if guessed else text.clock_time(moment)

    def _short_day(self, day: int) -> str:
        return text.short_date(dt.date.fromordinal(day), self._ctx.now().date())

    def _when(self, entry: Item) -> str:
        day, time = self.day_words(entry.day), self._time(entry)
        return tr("{day}, {time}").format(day=day, time=time) if time else day

    def _late(self, entry: Item) -> str:
        if not entry.late:
            return ""
        written = dt.datetime.fromtimestamp(entry.created_ms / 1000, self._ctx.now().tzinfo).date()
        return tr("looking back, written {day}").format(day=text.short_date(written, self._ctx.now().date()))

    def _saved(self, entry: Item) -> str:
        now = self._ctx.now()
        moment = dt.datetime.fromtimestamp(entry.changed_ms / 1000, now.tzinfo)
        return tr("saved {day}").format(day=text.day_and_time(moment, now.date()))


def _sheet(kind: Kind) -> bool:
    """Whether the first words of an entry are one answer among many, and no name for the whole."""
    return (kind.repeats or kind.picture is not None) and kind.field("title") is None


def _heavy(weight: int | None) -> Heaviness | None:
    """How heavy the thread behind an entry is, for its cover; None where it was never said."""
    if weight is None:
        return None
    said = tr("Its thread was {n} of 10 heavy when you last said")
    return Heaviness(weight, said.format(n=text.number(weight)))


def _labelled(words: str, labels: Mapping[str, str]) -> str:
    """A stretch of index words with ids as their labels, a comma between a label and what stands beside it."""
    said, named = "", False
    for word in words.split():
        label = labels.get(word)
        apart = "" if not said else ", " if named or label is not None else " "
        said, named = said + apart + (label or word), label is not None
    before = " " if words[:1].isspace() else ""
    after = (", " if named else " ") if words[-1:].isspace() and said else ""
    return f"{before}{said}{after}"


def found_in(title: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """A title as stretches, each of these words apart."""
    wanted = "|".join(re.escape(word) for word in dict.fromkeys(words))
    parts = re.split(rf"\b({wanted})\b", title, flags=re.IGNORECASE) if wanted else [title]
    return tuple(Piece(part, number % 2 == 1) for number, part in enumerate(parts) if part)
