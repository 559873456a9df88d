"""Promises of the plan of action: what each of two will do, how it went in their own words, what the other noticed.

Who keeps a promise says how it went; the one it was made to can say "I noticed" and thank, in a note of their own that
changes nothing about the outcome (`own_promises` holds both at the door). Nothing here asks, reminds or counts about
the other person's promises.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from typing import Final

import msgspec

from app.data.agreement_queries import NoteRow, StateRow, notes_on, notes_since, states_of
from app.data.promise_queries import times_of
from app.data.space import Space
from app.data.suggesting import newest_changed
from app.domain.errors import Code, RecordError
from app.domain.fields import When
from app.domain.kinds.agreement import Held, Mark, Week
from app.domain.records import PersonId, Record, RecordId, RevisionId
from app.services import apart, reach
from app.services.agreement_fold import Folded, fold
from app.services.agreement_rows import WEEKS_LISTED, Owner, Row, Standing
from app.services.journal import Journal
from app.services.marks import Marks
from app.services.own_promises import EVENT, NOTICED, PROMISE, Seat, keepers, seats_of
from app.services.session import Session

LOOKED_BACK_DAYS: Final = 366
"""How far back the marks of the list reach."""
EVENTS_SHOWN: Final = 60
MOST_DUE: Final = 60
"""How many of one's own promises are looked at for Today, those changed last first."""
SOON_DAYS: Final = 3
"""From how many days before its day a promise is shown on Today."""
_WEEK: Final = 7
_STANDINGS: Final = {
    "proposed": Standing.PROPOSED,
    "paused": Standing.PAUSED,
    "done": Standing.RETIRED,
    "released": Standing.RETIRED,
}


class Went(StrEnum):
    """How a promise went once; the ids of the kind's own answers."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    RELEASED = "released"


MARKS: Final[Mapping[str, Mark]] = {
    Went.KEPT: Mark.KEPT,
    Went.KEPT_LATE: Mark.KEPT,
    Went.PARTLY: Mark.STRAINED,
    Went.NOT_KEPT: Mark.CROSSED,
    Went.RELEASED: Mark.TALKED,
}
"""How an occasion looks beside those of an agreement. Letting go by agreement was talked through, and is no miss."""
_SETTLES: Final = frozenset({Went.KEPT, Went.KEPT_LATE, Went.RELEASED})


class NoticedLine(msgspec.Struct, frozen=True):
    """What one person said they noticed: "yes", "no" or "", and their thanks. Theirs alone to write."""

    record: RecordId
    by_me: bool
    noticed: str
    thanks: str


class EventLine(msgspec.Struct, frozen=True):
    """How it went once, newest first in a list. `day` is an ordinal. `may_notice`: this person was told and has said
    nothing of it yet.
    """

    record: RecordId
    day: int
    went: str
    note: str
    by_me: bool
    noticed: tuple[NoticedLine, ...] = ()
    may_notice: bool = False


class PromiseDetail(msgspec.Struct, frozen=True):
    """One promise opened.

    `answers` are its JSON values by field id, `hash` what a mark on its words stands for. `mine`: this person keeps
    it, so only then how it went can be noted and its words changed. `joint`: both keep it, and both mark it. `counts`
    are by `Went`; `held` says how often it was kept of the times that say so; both are for who keeps it, and empty for
    the other. `marked_ms`: whose mark stands since when, by person.
    """

    row: Row
    answers: Mapping[str, object]
    head: RevisionId
    hash: str
    mine: bool
    joint: bool
    state: str
    events: tuple[EventLine, ...]
    counts: Mapping[str, int]
    held: Held
    marked_ms: Mapping[str, int]
    author: str = ""
    conflict: bool = False


class DuePromise(msgspec.Struct, frozen=True):
    """One of this person's own promises that today has to do with. `day` is the ordinal it is due on; `rhythm` daily,
    weekly or once.
    """

    record: RecordId
    words: str
    day: int
    rhythm: str


class Commitments:
    """The verbs of the plan of action."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._marks = Marks(session)

    # ---------------------------------------------------------------------------------------------------- reading

    def rows(self) -> tuple[Row, ...]:
        """Every promise that is not hidden, for the list beside the boundaries: what waits for this person first."""
        today = self._session.today()
        hidden = apart.hidden(self._session)
        noted: dict[str, list[NoteRow]] = {}
        for file in reach.connections(self._session):
            for note in notes_since(file, EVENT, PROMISE, today - LOOKED_BACK_DAYS):
                if note.record not in hidden:
                    noted.setdefault(note.target, []).append(note)
        rows = [
            self._row(record, folded, space, _marks_of(noted.get(record, ())))
            for space in self._session.spaces
            for record, folded in self._folded(space)
            if record not in hidden
        ]
        return tuple(sorted(rows, key=lambda row: (not row.waits_for_me, row.next_look or 1 << 40, row.record)))

    def due(self, today: int | None = None) -> tuple[DuePromise, ...]:
        """This person's own promises of today, the one due first first; nothing of what the other promised."""
        day = self._session.today() if today is None else today
        hidden = apart.hidden(self._session)
        found = []
        for space in self._session.spaces:
            for record in newest_changed(space.connection, PROMISE, MOST_DUE):
                promise = space.record(record) if record not in hidden else None
                if promise is not None and (due := self._due(promise, day)) is not None:
                    found.append(due)
        return tuple(sorted(found, key=lambda one: (one.day, one.record)))

    def detail(self, record: RecordId) -> PromiseDetail:
        """One promise with how it has gone.

        Raises:
            RecordError: UNKNOWN_RECORD, also for what is no promise; DAMAGED_ENTRIES when its words do not prove.
        """
        found = self._promise(record)
        space = self._session.space_of(record)
        states = [StateRow.of(one, found.head) for one in space.history(record) if one.body is not None]
        seats = keepers(self._session, found)
        folded = fold(self._session.kinds.declared(PROMISE), states, self._signers(space, seats))
        state = self._marks.state(record)
        notes = self._notes(record)
        mine = Seat.ME in seats
        counts = Counter(note.outcome for note in notes if mine)
        told = [note.outcome for note in notes if mine and note.outcome in MARKS and note.outcome != Went.RELEASED]
        return PromiseDetail(
            row=self._row(record, folded, space, _marks_of(notes)),
            answers=folded.answers,
            head=found.head,
            hash=state.current.hash,
            mine=mine,
            joint=len(seats) > 1,
            state=folded.state or "active",
            events=tuple(self._event(note, space) for note in notes[:EVENTS_SHOWN]),
            counts=dict(counts),
            held=Held(sum(went in {Went.KEPT, Went.KEPT_LATE} for went in told), len(told)),
            marked_ms={mark.person: mark.at_ms for mark in state.current.marks},
            author=found.author,
            conflict=found.conflict,
        )

    # ---------------------------------------------------------------------------------------------------- writing

    def note(self, promise: RecordId, went: Went, words: str = "", day: dt.date | None = None) -> RecordId:
        """Say how one's own promise went.

        Raises:
            RecordError: NOT_YOURS for the other person's promise; UNKNOWN_RECORD.
        """
        self._promise(promise)
        when = day or dt.date.fromordinal(self._session.today())
        answers: dict[str, object] = {PROMISE: promise, "outcome": went.value, "at": {"day": when.isoformat()}}
        if words.strip():
            answers["note"] = words.strip()
        return self._journal.add(EVENT, answers)

    def notice(self, event: RecordId, *, noticed: str = "yes", thanks: str = "") -> RecordId:
        """Say that the other's promise was noticed, in a note of one's own.

        Raises:
            RecordError: NOT_YOURS for what this person noted themselves; UNKNOWN_RECORD.
        """
        if self._journal.record(event).kind != EVENT:
            raise RecordError(Code.UNKNOWN_RECORD, record=event)
        answers = {"event": event, "noticed": noticed or None, "thanks": thanks.strip() or None}
        return self._journal.add(NOTICED, {name: value for name, value in answers.items() if value is not None})

    def stand(self, promise: RecordId, state: str) -> None:
        """Let a promise of one's own rest, take it up again, or call it done or released; its words stay.

        Raises:
            RecordError: NOT_YOURS for the other person's promise; UNKNOWN_RECORD; INVALID_RECORD for another state.
        """
        self._journal.answer(self._promise(promise).id, state=state)

    def look_on(self, promise: RecordId, day: dt.date) -> None:
        """Choose the day of the next look. Raises as `stand`."""
        self._journal.answer(self._promise(promise).id, next_look={"day": day.isoformat()})

    def mark(self, promise: RecordId, shown_hash: str) -> None:
        """Mark exactly the words that were shown; once everybody who keeps it has, a proposed one is current.

        Raises:
            RecordError: STALE_REVISION when the words have changed since; NOT_YOURS where one does not keep it.
        """
        found = self._promise(promise)
        seats = keepers(self._session, found)
        if Seat.ME not in seats:
            raise RecordError(Code.NOT_YOURS, record=promise)
        self._marks.mark(promise, shown_hash)
        proven = {mark.person for mark in self._marks.state(promise).current.marks}
        if self._signers(self._session.space_of(promise), seats) <= proven and self._state(promise) == "proposed":
            self.stand(promise, "active")

    def withdraw(self, promise: RecordId) -> None:
        """Take one's own mark back."""
        self._marks.withdraw(self._promise(promise).id)

    # ---------------------------------------------------------------------------------------------------- parts

    def _promise(self, record: RecordId) -> Record:
        found = self._journal.record(record)
        if found.kind != PROMISE:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        return found

    def _state(self, record: RecordId) -> str:
        return getattr(self._journal.record(record).body, "state", None) or "active"

    def _folded(self, space: Space) -> Iterator[tuple[RecordId, Folded]]:
        kind = self._session.kinds.declared(PROMISE)
        for record, grouped in groupby(states_of(space.connection, PROMISE), key=lambda state: state.record):
            states = list(grouped)
            folded = fold(kind, states, frozenset())
            yield record, msgspec.structs.replace(folded, author=states[0].author)

    def _row(self, record: RecordId, folded: Folded, space: Space, weeks: tuple[Week, ...]) -> Row:
        who = folded.answers.get("who")
        seats = seats_of(self._session, [str(one) for one in who] if isinstance(who, list) else None, folded.author)
        signers = self._signers(space, seats)
        standing = _STANDINGS.get(folded.state, Standing.AGREED)
        missing = signers - folded.marked if standing is Standing.PROPOSED else frozenset()
        me, next_look = self._session.person.id, folded.next_look
        owners = tuple(
            Owner(self._name(seat), seat is Seat.ME, self._id(seat) not in missing) for seat in Seat if seat in seats
        )
        return Row(
            record=record,
            kind=PROMISE,
            words=str(folded.answers.get("wording") or ""),
            standing=standing,
            owners=owners,
            weeks=weeks,
            next_look=next_look,
            waits_for_me=me in missing,
            waits_for_other=bool(missing - {me}),
            due=next_look is not None
            and next_look <= self._session.today()
            and Seat.ME in seats
            and standing is Standing.AGREED,
            shared=space is self._session.shared,
        )

    def _signers(self, space: Space, seats: frozenset[Seat]) -> frozenset[PersonId]:
        """Whose marks its words need: of those who keep it, and alone only one's own."""
        shared = space is self._session.shared
        ids = {self._id(seat) for seat in seats if shared or seat is Seat.ME}
        return frozenset(found for found in ids if found is not None)

    def _id(self, seat: Seat) -> PersonId | None:
        return self._session.person.id if seat is Seat.ME else reach.other(self._session)

    def _name(self, seat: Seat) -> str:
        return self._session.person.name if seat is Seat.ME else self._session.partner or ""

    def _notes(self, record: RecordId) -> list[NoteRow]:
        hidden = apart.hidden(self._session)
        found = [
            note
            for file in reach.connections(self._session)
            for note in notes_on(file, record, EVENT, PROMISE)
            if note.record not in hidden
        ]
        return sorted(found, key=lambda note: (-note.day, note.record))

    def _event(self, note: NoteRow, space: Space) -> EventLine:
        noticed = tuple(self._noticed(note.record))
        by_me = note.author == self._session.person.id
        shared = space is self._session.shared
        body = self._journal.record(note.record).body
        return EventLine(
            record=note.record,
            day=note.day,
            went=note.outcome,
            note=getattr(body, "note", None) or "",
            by_me=by_me,
            noticed=noticed,
            may_notice=shared and not by_me and not any(line.by_me for line in noticed),
        )

    def _noticed(self, event: RecordId) -> Iterator[NoticedLine]:
        for entry in reach.linked(self._session, event, NOTICED):
            body = self._journal.record(entry.id).body
            said, thanks = getattr(body, "noticed", None) or "", getattr(body, "thanks", None) or ""
            yield NoticedLine(entry.id, entry.author == self._session.person.id, said, thanks)

    def _due(self, promise: Record, today: int) -> DuePromise | None:
        body, record = promise.body, promise.id
        if (getattr(body, "state", None) or "active") != "active" or Seat.ME not in keepers(self._session, promise):
            return None
        words, rhythm = getattr(body, "wording", None) or "", getattr(body, "rhythm", None) or "once"
        by = getattr(body, "due", None)
        due = by.day.toordinal() if isinstance(by, When) else None
        if rhythm not in {"daily", "weekly"} and due is None:
            return None
        times = [time for file in reach.connections(self._session) for time in times_of(file, record)]
        last = max((day for day, _ in times), default=None)
        if rhythm == "daily":
            return DuePromise(record, words, today, rhythm) if last != today else None
        if rhythm == "weekly":
            since = last if last is not None else today - _WEEK
            return DuePromise(record, words, since + _WEEK, rhythm) if since + _WEEK <= today else None
        if due is None or due > today + SOON_DAYS or any(went in _SETTLES for _, went in times):
            return None
        return DuePromise(record, words, due, rhythm)


def _marks_of(notes: list[NoteRow] | tuple[NoteRow, ...]) -> tuple[Week, ...]:
    """One mark an occasion, the last `WEEKS_LISTED`, oldest first; `first` is the day of the occasion."""
    told = sorted((note for note in notes if note.outcome in MARKS), key=lambda note: (note.day, note.record))
    return tuple(Week(note.day, MARKS[note.outcome], 1) for note in told[-WEEKS_LISTED:])
