"""From threads as the service tells them to the words and marks of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from app.charts.plot import Months
from app.domain.content import Content
from app.domain.fields import Option, Precision, When
from app.domain.records import RecordId
from app.domain.wording import label_for
from app.services.threads import ThreadDetail, ThreadRow
from app.ui import text
from app.ui.context import Context
from app.ui.models.seats import where_words
from app.ui.screens.injuries.part_words import PartWords, notes_words
from app.ui.screens.injuries.state import (
    CoverWords,
    Detail,
    Group,
    LinkedMonths,
    MomentLine,
    PathStage,
    PathStep,
    Role,
    StepStanding,
    ThreadLine,
)
from app.ui.text import tr
from app.ui.widgets.marks import Person, Shape

STEPS = 8
SETTLED, RESTING, OPEN = "settled", "resting", "open"


class ThreadWords:
    """Puts one session's names and content around threads."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._content: Content = ctx.content
        self._parts = PartWords(ctx)

    def subtitle(self, rows: Sequence[ThreadRow]) -> str:
        """How many there are: "five threads, one settled"."""
        if not rows:
            return ""
        count = text.counted_words(len(rows), tr("{n} thread"), tr("{n} threads"))
        settled = sum(row.standing == SETTLED for row in rows)
        if not settled:
            return count
        return tr("{threads}, {settled} settled").format(threads=count, settled=text.number_word(settled))

    def empty(self) -> str:
        """What the page says before the first thread."""
        kind = self._content.kind("injury")
        return (kind.solo_empty_state if self._ctx.solo else None) or kind.empty_state

    def groups(
        self, rows: Sequence[ThreadRow], wanted: str, within: frozenset[RecordId] = frozenset()
    ) -> tuple[Group, ...]:
        """The list by seat; `wanted` keeps titles that hold these words, and the threads `within` which they stand."""
        key = wanted.strip().casefold()
        found = [row for row in rows if key in row.title.casefold() or row.record in within]
        belongs: tuple[tuple[str, Callable[[ThreadRow], bool]], ...] = (
            (tr("I carry"), lambda row: self._seat(row) == "carries"),
            (tr("I answer for it"), lambda row: self._seat(row) == "answers" and not row.theirs),
            (
                tr("{name} carries, shared with me").format(name=self._other()),
                lambda row: self._seat(row) == "answers" and row.theirs,
            ),
            (tr("Held for someone else"), lambda row: self._seat(row) == "other"),
            (tr("Resting"), lambda row: row.standing == RESTING),
            (tr("Settled"), lambda row: row.standing == SETTLED),
        )
        signs = any(row.shared for row in rows)
        groups = [
            Group(head, tuple(self._line(row, signs=signs) for row in found if fits(row))) for head, fits in belongs
        ]
        return tuple(group for group in groups if group.lines)

    def cover(self, opened: ThreadDetail) -> CoverWords:
        """What stands before this thread: safety where it marks danger, else what warns of something painful."""
        row, danger = opened.row, opened.danger
        found = self._content.cover("abuse" if danger else "heavy")
        words = found.body
        if danger:
            seats = {"carries": found.carries_body, "answers": found.answers_body}
            words = seats.get(row.place) or found.body
        elif self._ctx.solo and found.solo_body:
            words = found.solo_body
        heavy = self._parts.heaviness(opened) if not row.theirs else None
        return CoverWords(row.record, self.title(row), found.title, words, danger, heavy, opened.listed)

    def title(self, row: ThreadRow) -> str:
        """What a thread is called, also when it has no words yet."""
        return row.title or tr("A thread without a name")

    def detail(self, found: ThreadDetail, unsaved_story: str | None) -> Detail:
        """Everything of one thread."""
        body = found.body
        story = body.story or ""
        return Detail(
            record=found.row.record,
            title=self.title(found.row),
            roles=self._roles(found.row),
            facts=self._facts(found.row),
            standing=found.row.standing,
            stages=self._stages(found),
            answers=self._parts.carrying(found),
            answering=self._parts.answering(found),
            belongings=self._parts.belongings(found),
            offered=self._parts.offered(found),
            stood=self._parts.stood(found),
            listed=found.listed,
            story=story,
            unsaved_story=unsaved_story if unsaved_story not in {None, story} else None,
            saved=self._saved(found),
            linked=self._linked(found),
            moments=tuple(
                MomentLine(
                    moment.record,
                    self._brief(moment.day),
                    moment.text or tr("A new moment"),
                    self._short(moment.day),
                )
                for moment in found.moments
            ),
            weight=self._parts.weight(found),
            two_versions=found.conflict,
            where=self._where(found.row),
            shared=found.row.shared,
            theirs=found.row.theirs,
            shareable=found.shareable,
            readers=self._other(),
        )

    def _where(self, row: ThreadRow) -> tuple[str, str]:
        words, icon = where_words(self._ctx, shared=row.shared, theirs=row.theirs)
        if not row.shared:
            return words, icon
        since = self._short(self._day(row.created_ms).toordinal())
        return tr("{shared} since {day}").format(shared=words, day=since), icon

    def _other(self) -> str:
        return self._ctx.partner or tr("the other person")

    # ---------------------------------------------------------------------------------------------------- people

    def mark_of(self, name: str, *, outline: bool = False) -> Person:
        """The mark of somebody named in a thread: by id or name me, else the other person."""
        me, first = self._ctx.person, self._ctx.mark == 1
        if name in {me.id, me.name}:
            return Person(Shape.CIRCLE if first else Shape.SQUARE, me.initial, me.name, outline)
        said = self._other() if self._ctx.other and name == self._ctx.other else name
        return Person(Shape.SQUARE if first else Shape.CIRCLE, said.strip()[:1].upper(), said, outline)

    def _seat(self, row: ThreadRow) -> str:
        """Which open group a row stands in; empty for resting and settled ones."""
        if row.standing != OPEN:
            return ""
        if row.place:
            return "answers" if row.place == "answers" else "carries"
        mine = {self._ctx.person.id, self._ctx.person.name}
        if not row.carries or mine & set(row.carries):
            return "carries"
        return "answers" if mine & set(row.answers) else "other"

    def _seated(self, row: ThreadRow) -> tuple[list[str], list[str]]:
        """Names of those who carry and those who answer; the writer where only the seat was said."""
        me, other = self._ctx.person.id, self._ctx.other
        carries, answers = list(row.carries), list(row.answers)
        if row.theirs and other:
            carries = carries or ([other] if row.place in {"answers", "both"} else [])
            answers = answers or ([other] if row.place in {"carries", "both"} else [])
        if not carries and row.place in {"carries", "both"}:
            carries = [me]
        if not answers and row.place in {"answers", "both"}:
            answers = [me]
        return carries, answers

    def _roles(self, row: ThreadRow) -> tuple[Role, ...]:
        carries, answers = self._seated(row)
        if carries and carries == answers:
            return tuple(Role(self.mark_of(name), tr("carries it and answers for it")) for name in carries)
        return (
            *(Role(self.mark_of(name), tr("carries the hurt")) for name in carries),
            *(Role(self.mark_of(name), tr("answers for it")) for name in answers),
        )

    # ------------------------------------------------------------------------------------------------------ list

    def _line(self, row: ThreadRow, *, signs: bool) -> ThreadLine:
        carries, _ = self._seated(row)
        settled = row.standing == SETTLED
        mark = self.mark_of(carries[0]) if carries else None
        step = STEPS if settled else row.step
        where = where_words(self._ctx, shared=row.shared, theirs=row.theirs)[0] if signs else ""
        private = signs and not row.shared
        return ThreadLine(row.record, self.title(row), mark, step, self._standing(row), settled, private, where)

    def _standing(self, row: ThreadRow) -> str:
        if row.standing == SETTLED:
            return tr("settled in {month}").format(month=self._month(row.since_ms))
        if row.standing == RESTING:
            return tr("resting since {month}").format(month=self._month(row.since_ms))
        if row.step == 0:
            return tr("not started")
        return tr("step {step} of {steps}").format(step=text.number(row.step), steps=text.number(STEPS))

    # ---------------------------------------------------------------------------------------------------- detail

    def _facts(self, row: ThreadRow) -> tuple[str, ...]:
        return (when_words(row.when),) if row.when else ()

    def _stages(self, found: ThreadDetail) -> tuple[PathStage, ...]:
        names = {"slow": tr("Slow the cycle"), "meet": tr("Meet the hurt"), "hold": tr("Hold what is new")}
        options = self._content.list("path_steps").items
        steps = [(option.stage or "", self._step(option, found)) for option in options]
        return tuple(
            PathStage(name, tuple(step for own, step in steps if own == stage)) for stage, name in names.items()
        )

    def _step(self, option: Option, found: ThreadDetail) -> PathStep:
        number = round(option.value or 0)
        noted = number in found.noted
        passed = number < found.current
        standing: StepStanding = "current" if number == found.current else "done" if noted or passed else "ahead"
        carries, answers = self._seated(found.row)
        leads = {"carries": carries, "answers": answers, "both": [*carries, *answers]}.get(option.leads or "", [])
        label = label_for(option, solo=self._ctx.solo or not found.body.is_about_two)
        said = {"current": tr("where you are"), "done": tr("noted"), "ahead": tr("not noted yet")}[standing]
        if passed and not noted:
            said = tr("passed, nothing noted")
        times = sum(note.step == number for note in found.notes)
        if times > 1:
            said = tr("{standing}, {notes}").format(standing=said, notes=notes_words(times))
        marks = tuple(self.mark_of(name, outline=standing == "ahead") for name in leads)
        return PathStep(option.id, number, label, standing, marks, said)

    def _saved(self, found: ThreadDetail) -> str:
        if not found.story_words:
            return ""
        words = text.count_of(found.story_words, tr("{n} word"), tr("{n} words"))
        return tr("{words}, saved {day}").format(words=words, day=self._short(self._day(found.saved_ms).toordinal()))

    def _linked(self, found: ThreadDetail) -> LinkedMonths:
        total, most = sum(found.counts), max(found.counts, default=0)
        if total:
            now = found.counts[-1]
            sentence = self._content.sentence(
                "chart.linked.alt",
                most=text.sentence_case(text.number_word(most)),
                now=text.number_word(now) if now else tr("none"),
                month=text.month_name(dt.date.fromordinal(found.months[-1]).month),
            )
        else:
            sentence = self._content.sentence("chart.linked.empty")
        return LinkedMonths(
            months=found.months,
            counts=found.counts,
            moments=tuple(moment.day for moment in found.moments),
            names=self._months(),
            columns=(tr("Month"), tr("Triggers"), tr("New moments")),
            sentence=sentence,
            total=text.count_of(total, tr("{n} in a year"), tr("{n} in a year")) if total else "",
        )

    # ----------------------------------------------------------------------------------------------------- dates

    def _months(self) -> Months:
        named = self._content.sentence
        return Months(
            short=tuple(named(f"calendar.short.{month}") for month in range(1, 13)),
            long=tuple(named(f"calendar.month.{month}") for month in range(1, 13)),
            with_year=tr("{month} {year}"),
            with_day=tr("{day} {month}"),
        )

    def _day(self, at_ms: int) -> dt.date:
        return dt.datetime.fromtimestamp(at_ms / 1000, self._ctx.now().tzinfo).date()

    def _month(self, at_ms: int) -> str:
        day = self._day(at_ms)
        return text.month_name(day.month) if day.year == self._ctx.now().year else text.month_and_year(day)

    def _brief(self, day: int) -> str:
        """A day of this year, else its month: "3 May", "Oct 2025"."""
        date = dt.date.fromordinal(day)
        if date.year == self._ctx.now().year:
            return self._short(day)
        month = self._content.sentence(f"calendar.short.{date.month}")
        return tr("{month} {year}").format(month=month, year=date.year)

    def _short(self, day: int) -> str:
        return text.short_date(dt.date.fromordinal(day), self._ctx.now().date())


def when_words(when: When) -> str:
    """A moment as exactly as it is known: "March 2023", "9 Mar 2023", "2019"."""
    if when.precision is Precision.YEAR:
        return str(when.day.year)
    if when.precision is Precision.MONTH:
        return text.month_and_year(when.day)
    if when.precision is Precision.PERIOD and when.until is not None:
        return tr("{start} to {end}").format(start=text.short_date(when.day), end=text.short_date(when.until))
    return text.short_date(when.day)
