"""Rituals with their courses and days, kept in memory while nothing was saved that touches them.

Today asks often and for every ritual at once. What was read stays; the file's list of revisions, which only grows,
says which rituals were touched since, here or by another program. Of days, only as many are read as strength hears of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from app.data import keeping
from app.data.connection import Connection
from app.data.ritual_queries import (
    RITUAL,
    Tick,
    newest_position,
    rituals_of,
    ticks_along,
    ticks_of,
    touched_since,
)
from app.data.thread_queries import ids_of_kind
from app.domain.records import PersonId, RecordId, wall_ms
from app.domain.ritual_course import FOREVER, Course, Span, State, course_of
from app.domain.schedule import journal_day
from app.services import apart, choices, reach
from app.services.own_promises import Seat, seats_of
from app.services.ritual_reading import TOGETHER_CLOSES_AT, Days, day_saved, days_of, facts_of, state_of
from app.services.session import Session

_PAUSES: Final = "ritual_pauses"
_DENSE_DAYS: Final = 400
"""Rituals whose strength hears of no earlier days are read along the days, all at once; others one by one."""


class Ritual(msgspec.Struct, frozen=True):
    """A ritual as it stands: its answers as JSON values, its states, and where it stands. `together` are the states of
    one that is shared as both people can see them: without its writer's from before it was. `anothers`: the other
    person shows it and keeps it alone, so its days are theirs to note and its figures theirs to read.
    """

    record: RecordId
    answers: dict[str, object]
    states: tuple[State, ...]
    author: PersonId
    shared: bool = False
    theirs: bool = False
    together: tuple[State, ...] = ()
    anothers: bool = False

    @property
    def title(self) -> str:
        """Its name."""
        return str(self.answers.get("title", ""))


class Pause(msgspec.Struct, frozen=True):
    """Everything rests from one day (ordinal) to another, both included; `until` 0 means until further notice."""

    first: int
    until: int = 0

    @property
    def span(self) -> Span:
        """The days it covers."""
        return self.first, self.until or FOREVER


class RitualBook:
    """Reads rituals and their days for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rituals: dict[RecordId, Ritual] = {}
        self._courses: dict[RecordId, tuple[tuple[Span, ...], Course]] = {}
        self._facts: dict[RecordId, tuple[Ritual, Days, tuple[Course, Days]]] = {}
        self._ticks: dict[RecordId, tuple[int, tuple[Tick, ...], Days]] = {}
        self._ritual_of: dict[RecordId, RecordId] = {}
        self._read: list[tuple[Connection, int]] = []
        self._closes_at = 0
        self._out_of_sight: frozenset[RecordId] = frozenset()
        self._paused: tuple[Span, ...] = ()

    @property
    def closes_at(self) -> int:
        """The hour at which a day closes."""
        return choices.closing_hour(self._session)

    def today(self) -> int:
        """The day (ordinal) it is, as the person counts days."""
        return journal_day(self._session.now(), self.closes_at).toordinal()

    def pauses(self) -> tuple[Pause, ...]:
        """Every stretch in which all rituals rest, past ones too."""
        raw = keeping.setting(self._session.connection, _PAUSES)
        return msgspec.json.decode(raw, type=tuple[Pause, ...]) if raw else ()

    def keep_pauses(self, pauses: Iterable[Pause]) -> None:
        """Keep these."""
        keeping.set_setting(self._session.connection, _PAUSES, msgspec.json.encode(tuple(pauses)).decode())

    def rituals(self) -> tuple[Ritual, ...]:
        """Every ritual of both spaces that is not hidden, oldest beginning first."""
        self._look()
        hidden = self._hidden()
        found = [
            self._ritual(record, shared=bool(number))
            for number, file in enumerate(reach.connections(self._session))
            for record in ids_of_kind(file, RITUAL)
            if record not in hidden
        ]
        return tuple(sorted(found, key=lambda one: (one.states[0].saved, one.record)))

    def ritual(self, record: RecordId) -> Ritual:
        """One of them.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        self._look()
        return self._ritual(record, shared=self._session.space_of(record) is self._session.shared)

    def course(self, ritual: Ritual) -> Course:
        """Its course, with what rests for everything."""
        paused = self._paused
        known = self._courses.get(ritual.record)
        if known is None or known[0] != paused:
            known = self._courses[ritual.record] = (paused, course_of(ritual.states, paused))
        return known[1]

    def facts(self, ritual: Ritual, course: Course, days: Days) -> tuple[Course, Days]:
        """What its figures are worked out from: of one that is shared, what both people can see and nothing else."""
        if not ritual.together:
            return course, days
        known = self._facts.get(ritual.record)
        if known is None or known[0] is not ritual or known[1] is not days:
            known = self._facts[ritual.record] = (ritual, days, facts_of(ritual.together, days))
        return known[2]

    def counted_today(self, ritual: Ritual) -> int:
        """The day (ordinal) it is for its figures: the same one for both people where it is shared."""
        return journal_day(self._session.now(), TOGETHER_CLOSES_AT).toordinal() if ritual.shared else self.today()

    def all_days(self, record: RecordId) -> Days:
        """Every day of a ritual that was ever noted."""
        return days_of(self._of_one(record, 0), self.closes_at, self._hidden())

    def ticks(self, record: RecordId) -> tuple[Tick, ...]:
        """Every tick of a ritual, as it was saved."""
        hidden = self._hidden()
        return tuple(tick for tick in self._of_one(record, 0) if tick.record not in hidden)

    def days(self, wanted: dict[RecordId, int]) -> dict[RecordId, Days]:
        """The days of rituals, each from the day it is wanted from, or earlier."""
        self._look()
        missing = {
            record: first
            for record, first in wanted.items()
            if record not in self._ticks or self._ticks[record][0] > first
        }
        dense_from = self.today() - _DENSE_DAYS
        dense = {record: first for record, first in missing.items() if first >= dense_from}
        if dense:
            self._read_along(dense)
        for record, first in missing.items():
            if record not in dense:
                self._keep(record, first, self._of_one(record, first))
        return {record: self._ticks[record][2] for record in wanted}

    def _keep(self, record: RecordId, first: int, ticks: tuple[Tick, ...]) -> None:
        self._ticks[record] = (first, ticks, days_of(ticks, self._closes_at, self._out_of_sight))
        self._ritual_of.update((tick.record, record) for tick in ticks)

    def _look(self) -> None:
        """Forget what was touched since the last look, and see what holds for all rituals."""
        self._paused = tuple(pause.span for pause in self.pauses())
        if (self.closes_at, self._hidden()) != (self._closes_at, self._out_of_sight):
            self._closes_at, self._out_of_sight, self._read = self.closes_at, self._hidden(), []
        files = reach.connections(self._session)
        before, self._read = self._read, [(file, newest_position(file)) for file in files]
        if [file for file, _ in before] != list(files) or any(
            now < then for (_, then), (_, now) in zip(before, self._read, strict=True)
        ):
            self._rituals.clear()
            self._courses.clear()
            self._facts.clear()
            self._ticks.clear()
            return
        for (file, then), (_, now) in zip(before, self._read, strict=True):
            if now != then:
                self._forget(file, touched_since(file, then))

    def _forget(self, file: Connection, touched: list[tuple[str, RecordId]]) -> None:
        changed = {record for kind, record in touched if kind == RITUAL}
        ticks = {record for kind, record in touched if kind != RITUAL}
        changed_days = rituals_of(file, ticks) | {self._ritual_of[tick] for tick in ticks if tick in self._ritual_of}
        for record in changed:
            self._rituals.pop(record, None)
            self._courses.pop(record, None)
        for record in changed | changed_days:
            self._ticks.pop(record, None)

    def _ritual(self, record: RecordId, *, shared: bool) -> Ritual:
        if record not in self._rituals:
            self._rituals[record] = self._load(record, shared=shared)
        return self._rituals[record]

    def _load(self, record: RecordId, *, shared: bool) -> Ritual:
        """Read every state; of a shared one its writer's from before sharing come first."""
        session, closes_at = self._session, TOGETHER_CLOSES_AT if shared else self._closes_at
        said: list[tuple[int, dict[str, object]]] = [
            (day_saved(state.at_ms, session.zone, closes_at), state.answers)
            for state in apart.load(session, record).earlier
        ]
        before, history = len(said), reach.history(session, record)
        said += [
            (day_saved(wall_ms(one.clock), one.zone, closes_at), msgspec.json.decode(one.body))
            for one in history
            if one.body is not None
        ]
        began, together = said[0][0], said[before:] if shared else []
        author = history[0].author
        return Ritual(
            record=record,
            answers=said[-1][1],
            states=tuple(state_of(answers, day, began) for day, answers in said),
            author=author,
            shared=shared,
            theirs=reach.is_theirs(session, author, shared=shared),
            anothers=shared and self._is_anothers(said[-1][1], author),
            together=tuple(state_of(answers, day, together[0][0]) for day, answers in together),
        )

    def _is_anothers(self, answers: Mapping[str, object], author: str) -> bool:
        who = answers.get("who")
        named = [str(one) for one in who] if isinstance(who, list) else []
        return bool(named) and Seat.ME not in seats_of(self._session, named, author)

    def _read_along(self, wanted: dict[RecordId, int]) -> None:
        first = min(wanted.values())
        found: dict[RecordId, list[Tick]] = defaultdict(list)
        for number, file in enumerate(reach.connections(self._session)):
            for tick in ticks_along(file, first, shared=bool(number)):
                found[tick.ritual].append(tick)
        for record in wanted:
            self._keep(record, first, tuple(found[record]))

    def _of_one(self, record: RecordId, first: int) -> tuple[Tick, ...]:
        return tuple(
            tick
            for number, file in enumerate(reach.connections(self._session))
            for tick in ticks_of(file, record, first, shared=bool(number))
        )

    def _hidden(self) -> frozenset[RecordId]:
        return apart.hidden(self._session) if self._session.shared else frozenset()
