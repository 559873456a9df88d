"""Rituals: what is due, a month of days, one ritual with its curve; ticking a day, resting, changing the schedule.

A tick is a record of its own, by whoever made it, for the local day they were in. What two people share is ticked by
either, and once is enough. A rest on purpose stays in the private file of whoever said so: who rested is stored in
nothing shared; only a rest that was agreed on stands there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from app.data.ritual_queries import TICK, Tick
from app.domain.errors import Code, RecordError
from app.domain.records import PersonId, RecordId, RevisionId, new_id
from app.domain.ritual_course import Course, Span, Standing, joined, resting_spans, strength_line, through_day
from app.domain.schedule import wall_time
from app.services import apart, placing
from app.services.journal import Journal
from app.services.noting import head_of, note
from app.services.ritual_book import Pause, Ritual, RitualBook
from app.services.ritual_figures import UNTOLD, Figures, figures, latest_return
from app.services.ritual_reading import (
    AGREED,
    DONE,
    OPEN,
    OUTCOMES,
    RESTED,
    SMALL,
    VALUES,
    Days,
    RitualDay,
    clock_of,
    days_of,
)
from app.services.ritual_views import Detail, DueAt, Month, MonthRow, RitualRow, TodayRitual
from app.services.session import Session
from app.services.steps import Verb

LAST_DAYS: Final = 14
NEXT: Final[Mapping[str, str]] = {"": DONE, OPEN: DONE, DONE: SMALL, SMALL: RESTED, RESTED: OPEN, AGREED: OPEN}
"""What a day becomes when it is clicked, by what it was."""


class Rituals:
    """The verbs of the Rituals page, of Today's card and of reminders."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._book = RitualBook(session)
        self._figures: dict[RecordId, tuple[Course, Days, int, Figures]] = {}

    # ------------------------------------------------------------------------------------------------------- reading

    def day(self) -> int:
        """The day (ordinal) it is, as this person counts days: late evening still is the day before."""
        return self._book.today()

    def today(self) -> tuple[TodayRitual, ...]:
        """What is due today, by the hour where there is one, then by how long it has been under way."""
        today = self._book.today()
        due = [
            (ritual, course)
            for ritual in self._book.rituals()
            if not ritual.anothers
            and (course := self._book.course(ritual)).runs_on(today)
            and not course.rests_on(today)
            and (not (rule := course.schedule_on(today)).has_days or rule.is_due(dt.date.fromordinal(today)))
        ]
        starts = {ritual.record: min(course.window_start(today), today - LAST_DAYS) for ritual, course in due}
        days = self._book.days(starts)
        found = []
        for ritual, course in due:
            known = days[ritual.record]
            if not _still_due(course, known, today):
                continue
            row = self._row(ritual, course, known, starts[ritual.record], today)
            last = tuple(known.outcome(day) for day in range(today - LAST_DAYS + 1, today + 1))
            mark = known.marks.get(today)
            by = tuple(PersonId(one) for one in mark.by) if mark else ()
            found.append(TodayRitual(row, today, known.outcome(today), last, by))
        return tuple(sorted(found, key=lambda one: (one.row.at is None, one.row.at or dt.time(), one.row.title)))

    def month(self, first: dt.date | None = None) -> Month:
        """A month of all rituals; of those retired only while they ran in it."""
        today = self._book.today()
        begin = (first or dt.date.fromordinal(today)).replace(day=1)
        last = ((begin + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)).toordinal()
        rituals = [(ritual, self._book.course(ritual)) for ritual in self._book.rituals()]
        shown = [
            (ritual, course)
            for ritual, course in rituals
            if course.begin <= max(last, today) and course.end >= begin.toordinal()
        ]
        starts = {
            ritual.record: min(course.window_start(min(today, course.end)), begin.toordinal())
            for ritual, course in shown
        }
        days = self._book.days(starts)
        rows = []
        for ritual, course in shown:
            known = days[ritual.record]
            row = self._row(ritual, course, known, starts[ritual.record], today)
            rows.append(_month_row(row, course, known, (begin.toordinal(), last)))
        return Month(
            first=begin.toordinal(),
            last=last,
            today=today,
            rows=tuple(sorted(rows, key=_place)),
            under_way=sum(
                course.runs_on(today) and ritual.states[-1].standing is Standing.ACTIVE for ritual, course in rituals
            ),
            paused=self.paused(),
            begun=bool(rituals),
        )

    def detail(self, record: RecordId) -> Detail:
        """One ritual, from its first day.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        ritual, today = self._book.ritual(record), self._book.today()
        course, days = self._book.course(ritual), self._book.all_days(record)
        counted, facts = self._book.facts(ritual, course, days)
        done, rested = facts.done, facts.rested
        through = min(counted.end, through_day(self._book.counted_today(ritual), done, rested))
        line = tuple(strength_line(counted, done, rested, counted.begin, through)) if not ritual.anothers else ()
        tomorrow = strength_line(counted, {**done, through + 1: 0.0}, rested, counted.begin, through + 1)
        head = head_of(self._session, record)
        return Detail(
            row=self._row(ritual, course, days, course.begin, today),
            answers=ritual.answers,
            head=head or RevisionId(""),
            course=course,
            line=line,
            away=joined(resting_spans(counted, rested, counted.begin, through)),
            kept=len(days.done) if not ritual.anothers else 0,
            marks=days.marks,
            came_back=latest_return(line, done),
            open_day=round(tomorrow[-1][1] * 100) if tomorrow and line else 0,
        )

    def own_day(self, record: RecordId, day: int) -> RitualDay | None:
        """What this person noted of a day themselves, with all of their line, to be looked at again and changed.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        own = [tick for tick in self._ticks(record, day) if tick.author == self._session.person.id]
        found = days_of(own, self._book.closes_at).marks.get(day)
        if found is None:
            return None
        lines = (getattr(self._journal.record(tick.record).body, "note", None) for tick in own)
        return msgspec.structs.replace(found, note=next((str(line) for line in lines if line), ""))

    def due_between(self, start: dt.datetime, end: dt.datetime) -> tuple[DueAt, ...]:
        """Moments after `start` up to `end` (aware) at which a ritual with a clock time is due: by the clock on the
        wall where this computer is, none while resting, none once the day was ticked.
        """
        zone = self._session.zone
        days = range(start.date().toordinal() - 1, end.date().toordinal() + 2)
        own = [ritual for ritual in self._book.rituals() if not ritual.anothers]
        timed = [(ritual, at) for ritual in own if (at := clock_of(ritual.answers)) is not None]
        known = self._book.days({ritual.record: days[0] - LAST_DAYS * 3 for ritual, _ in timed})
        found = []
        for ritual, at in timed:
            course, noted = self._book.course(ritual), known[ritual.record]
            for day in days:
                moment = wall_time(dt.date.fromordinal(day), at, zone)
                if start < moment <= end and _asks_for(course, noted, day):
                    found.append(DueAt(ritual.record, ritual.title, moment))
        return tuple(sorted(found, key=lambda one: (one.at, one.title)))

    # ------------------------------------------------------------------------------------------------------- a day

    def cycle(self, record: RecordId, day: int) -> str:
        """Make a day what comes after what it is: done, part of it, rested, open. Returns what it is now."""
        outcome = NEXT[self._book.all_days(record).outcome(day)]
        self.mark(record, day, outcome)
        return outcome

    def mark(
        self, record: RecordId, day: int, outcome: str, *, reason: str | None = None, words: str | None = None
    ) -> None:
        """Say what a day was, as one's own record; of the other person's tick nothing changes.

        Raises:
            RecordError: UNKNOWN_RECORD; NOT_YOURS where the other person keeps it alone; INVALID_RECORD for a day to
                come or before the ritual began, or an outcome that does not fit.
        """
        ritual = self._book.ritual(record)
        if ritual.anothers:
            raise RecordError(Code.NOT_YOURS, record=record)
        course, today = self._book.course(ritual), self._book.today()
        if not (course.begin <= day <= min(today, course.end)):
            reason_code = "in_the_future" if day > today else "not_under_way"
            raise RecordError(Code.INVALID_RECORD, kind=TICK, field="at", reason=reason_code)
        if outcome not in OUTCOMES:
            raise RecordError(Code.INVALID_RECORD, kind=TICK, field="outcome", reason="unknown")
        own = [tick for tick in self._ticks(record, day) if tick.author == self._session.person.id]
        to_shared = ritual.shared and outcome != RESTED
        here = [tick for tick in own if tick.shared is to_shared]
        elsewhere = [tick for tick in own if tick.shared is not to_shared and tick.outcome != OPEN]
        for tick in elsewhere:
            moved = {"note": None} if words is not None else {}  # the line goes with the day
            self._journal.answer(tick.record, outcome=OPEN, reason=None, **moved)
        answers = {"outcome": outcome, "reason": reason if outcome in {RESTED, AGREED} else None}
        if words is not None:
            answers["note"] = words or None
        if here:
            newest = max(here, key=lambda tick: tick.created_ms)
            self._journal.answer(newest.record, **answers)
        elif outcome != OPEN or words:
            self._add(ritual, day, answers, shared=to_shared)

    def tick_today(self, record: RecordId, outcome: str = DONE) -> None:
        """Tick a ritual for the day it is."""
        self.mark(record, self._book.today(), outcome)

    # ------------------------------------------------------------------------------------------------------- changing

    def change(self, record: RecordId, answers: Mapping[str, object]) -> None:
        """Save new answers; a new schedule holds from tomorrow, and no tick is touched.

        Raises:
            RecordError: UNKNOWN_RECORD, NOT_YOURS, an answer that does not fit.
        """
        self._journal.answer(record, **answers)

    def stand(self, record: RecordId, standing: Standing) -> None:
        """Let it rest until further notice, retire it after today, or take it up again."""
        self._journal.answer(record, state=standing.value)

    def pause_all(self, until: dt.date | None = None) -> None:
        """Let everything rest from today, through a day or until further notice: every strength stays as it is and no
        reminder speaks.
        """
        today = self._book.today()
        kept = self._closed_before(today)
        self._book.keep_pauses((*kept, Pause(today, until.toordinal() if until is not None else 0)))

    def resume_all(self) -> None:
        """Everything goes on from today; the days that rested stay rested."""
        self._book.keep_pauses(self._closed_before(self._book.today()))

    def paused(self) -> Pause | None:
        """What rests for everything today."""
        today = self._book.today()
        return next((pause for pause in self._book.pauses() if pause.span[0] <= today <= pause.span[1]), None)

    # ------------------------------------------------------------------------------------------------------- inside

    def _closed_before(self, day: int) -> tuple[Pause, ...]:
        return tuple(
            Pause(pause.first, min(pause.span[1], day - 1)) for pause in self._book.pauses() if pause.first < day
        )

    def _row(self, ritual: Ritual, course: Course, days: Days, first: int, today: int) -> RitualRow:
        answers = ritual.answers
        who = answers.get("who")
        minutes = answers.get("give_or_take")
        return RitualRow(
            record=ritual.record,
            title=ritual.title,
            schedule=course.schedule,
            figures=self._figures_of(ritual, course, days, first),
            at=clock_of(answers),
            around=str(answers.get("around_words") or ""),
            give_or_take_min=minutes if isinstance(minutes, int) else 0,
            who=tuple(str(one) for one in who) if isinstance(who, list) else (),
            small=str(answers.get("small") or ""),
            standing=ritual.states[-1].standing,
            resting=course.rests_on(today),
            shared=ritual.shared,
            theirs=ritual.theirs,
            anothers=ritual.anothers,
        )

    def _figures_of(self, ritual: Ritual, course: Course, days: Days, first: int) -> Figures:
        """Its figures, from memory while nothing about it changed. Of a shared one they reach as far back for both."""
        if ritual.anothers:
            return UNTOLD
        counted, facts = self._book.facts(ritual, course, days)
        if counted is not course and first > course.begin:
            first = max(first, counted.window_start(min(self._book.counted_today(ritual), counted.end)))
        today, known = self._book.counted_today(ritual), self._figures.get(ritual.record)
        if known is not None and known[0] is counted and known[1] is facts and known[2] == today:
            return known[3]
        found = figures(counted, facts, max(first, counted.begin), today)
        self._figures[ritual.record] = (counted, facts, today, found)
        return found

    def _ticks(self, record: RecordId, day: int) -> list[Tick]:
        return [tick for tick in self._book.ticks(record) if tick.day == day]

    def _add(self, ritual: Ritual, day: int, answers: Mapping[str, object], *, shared: bool) -> None:
        raw = {key: value for key, value in answers.items() if value is not None}
        raw |= {"ritual": ritual.record, "at": {"day": dt.date.fromordinal(day).isoformat()}}
        body = self._journal.check(TICK, raw)
        space = self._session.shared if shared else None
        if space is None:
            with self._session.change() as change:
                record = change.put(TICK, body)
        else:
            record = RecordId(new_id())
            parts = apart.split(self._session, TICK, body)
            placing.refuse_incomplete(self._session, TICK, parts.body)
            with self._session.change(space) as change:
                change.put(TICK, parts.body, record=record, arriving=True)
        note(self._session, Verb.ADDED, TICK, record)


def _place(one: MonthRow) -> tuple[bool, float, bool, dt.time, str]:
    """What is under way first, what comes most often first, then by the hour."""
    row = one.row
    times, span = row.schedule.frequency
    return row.standing is not Standing.ACTIVE, -times / span, row.at is None, row.at or dt.time(), row.title


def _still_due(course: Course, days: Days, today: int) -> bool:
    """Whether a ritual belongs on Today: ticked today, due on its day, or asked for again this week or month."""
    return bool(days.outcome(today) not in {"", OPEN}) or _asks_for(course, days, today)


def _asks_for(course: Course, days: Days, day: int) -> bool:
    """Whether a day is due and was not ticked yet, in a week or month that is not kept yet."""
    if not course.runs_on(day) or course.rests_on(day) or days.outcome(day) not in {"", OPEN}:
        return False
    schedule, date = course.schedule_on(day), dt.date.fromordinal(day)
    if schedule.has_days:
        return schedule.is_due(date)
    first, last = schedule.span_of(date)
    kept = sum(days.outcome(one) in VALUES for one in range(first.toordinal(), last.toordinal() + 1))
    return kept < schedule.frequency[0]


def _month_row(row: RitualRow, course: Course, days: Days, within: Span) -> MonthRow:
    first, last = within
    runs = [day for day in range(first, last + 1) if course.runs_on(day)]
    free = [day for day in runs if not course.schedule_on(day).has_days]
    spans = [(max(low, first), min(high, last)) for low, high in course.rests]
    resting = {day for low, high in spans for day in range(low, high + 1)}
    return MonthRow(
        row=row,
        begin=course.begin,
        end=course.end,
        marks={day: mark for day, mark in days.marks.items() if first <= day <= last},
        due=frozenset(course.due(first, last)) | frozenset(free) if not row.anothers else frozenset(),
        resting=frozenset(resting),
    )
