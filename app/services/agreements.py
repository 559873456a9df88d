"""Agreements: boundaries in words that both mark, their looks and their rest, and how each of them has gone.

Made together they stand in the space for two and need both marks; kept alone, or while anything here marks danger, one
is a boundary of one's own and needs one. A mark, a look and a word on letting go each count for their maker only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby

import msgspec

from app.data import keeping
from app.data.agreement_queries import StateRow, notes_since, states_of
from app.data.space import Space
from app.domain.errors import Code, RecordError
from app.domain.kinds.agreement import (
    WEEK,
    Held,
    Mark,
    Occasion,
    Reading,
    Week,
    counts_of,
    held_of,
    monday_of,
    occasions_of,
    reading_of,
    weeks_of,
)
from app.domain.marking import with_marks_of
from app.domain.records import PersonId, RecordId, RevisionId
from app.services import apart, reach
from app.services.agreement_fold import LETS_GO, LOOKED, Folded, fold
from app.services.agreement_notes import BOUNDARY, OCCASION, OccasionLine, listed_on
from app.services.agreement_rows import WEEKS_LISTED, Owner, Row, Standing
from app.services.agreement_versions import Version, versions_of
from app.services.danger import Danger
from app.services.journal import Journal
from app.services.marks import Doubt, Marks
from app.services.noting import note
from app.services.session import Session
from app.services.steps import Verb

WEEKS_SHOWN = 30
_FREELY, _NEXT, _STATE = "freely", "next_look", "state"
_SOONEST_DAYS, _USUAL_DAYS, _LATEST_DAYS = 14, 30, 183
"""How soon and how late the next look is set by itself; a month where nothing else is known."""


class MarkLine(msgspec.Struct, frozen=True):
    """Whose mark it is about, and when it was made (UTC milliseconds); None while it is waited for."""

    name: str
    mine: bool
    at_ms: int | None


class Detail(msgspec.Struct, frozen=True):
    """One agreement opened.

    `hash` is what a mark on the words shown stands for; `versions` are newest first. `weeks` are up to `WEEKS_SHOWN`,
    `counts` of them by mark. `looked`, `lets_go` name who said so, by `mine`. `freely` is this person's own answer and
    nobody else's to read. `doubts` name marks that do not prove.
    """

    row: Row
    answers: Mapping[str, object]
    head: RevisionId
    hash: str
    marks: tuple[MarkLine, ...]
    versions: tuple[Version, ...]
    weeks: tuple[Week, ...]
    counts: Mapping[Mark, int]
    held: Held
    occasions: tuple[OccasionLine, ...]
    looked_by_me: bool = False
    looked_by_other: bool = False
    i_let_go: bool = False
    other_lets_go: bool = False
    freely: str = ""
    for_two: bool = False
    conflict: bool = False
    stood_ms: int = 0
    doubts: tuple[Doubt, ...] = ()


class _Here(msgspec.Struct, frozen=True):
    """Whose marks a text in one space needs, this person first, with their names."""

    names: Mapping[PersonId, str]
    people: frozenset[PersonId]
    shared: bool


class Agreements:
    """The verbs of the page."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._marks = Marks(session)

    # ---------------------------------------------------------------------------------------------------- reading

    def rows(self) -> tuple[Row, ...]:
        """Every agreement that is not hidden: what waits for this person first, then what is due, then by next look.

        Marks are taken as the states say them; who opens one has them proven.
        """
        today = self._session.today()
        first = monday_of(today) - (WEEKS_LISTED - 1) * WEEK
        notes: dict[str, list[Reading]] = {}
        hidden = apart.hidden(self._session)
        for file in reach.connections(self._session):
            for noted in notes_since(file, OCCASION, BOUNDARY, first):
                if noted.record not in hidden:
                    notes.setdefault(noted.target, []).append(reading_of(noted))
        rows = []
        for space in self._session.spaces:
            here = self._here(space)
            for record, folded in self._folded(space, here.people):
                if record not in hidden:
                    occasions = occasions_of(notes.get(record, ()))
                    rows.append(self._row(record, folded, here, weeks_of(occasions, first, today)))
        return tuple(sorted(rows, key=_place))

    def due(self) -> tuple[Row, ...]:
        """What is agreed and due for a look by this person; what Today offers."""
        return tuple(row for row in self.rows() if row.due)

    def for_two(self) -> bool:
        """Whether something for two is offered here: not alone, and not while anything here marks danger."""
        return self._session.shared is not None and not Danger(self._session).recorded()

    def detail(self, record: RecordId) -> Detail:
        """One agreement with its marks proven, its wordings and how it has gone.

        Raises:
            RecordError: UNKNOWN_RECORD, also for what is no agreement; DAMAGED_ENTRIES when its words do not prove.
        """
        found = self._journal.record(record)
        if found.kind != BOUNDARY:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        space = self._session.space_of(record)
        state = self._marks.state(record)
        states = [StateRow.of(one, found.head) for one in space.history(record) if one.body is not None]
        folded = fold(self._session.kinds.declared(BOUNDARY), states, self._people(space))
        lines = tuple(listed_on(self._session, record))
        occasions = [line.occasion for line in lines]
        weeks = self._weeks(occasions, folded)
        today = self._session.today()
        here = self._here(space)
        row = self._row(record, folded, here, weeks_of(occasions, today - (WEEKS_LISTED - 1) * WEEK, today))
        me = self._session.person.id
        other = next((person for person in self._people(space) if person != me), None)
        proven = {mark.person: mark.at_ms for mark in state.current.marks}
        since = self._look_since(folded)
        return Detail(
            row=row,
            answers=folded.answers,
            head=found.head,
            hash=state.current.hash,
            marks=tuple(MarkLine(name, one == me, proven.get(one)) for one, name in here.names.items()),
            versions=versions_of(self._session, state),
            weeks=weeks,
            counts=counts_of(weeks),
            held=held_of(occasions),
            occasions=lines,
            looked_by_me=folded.looked.get(me, 0) >= since,
            looked_by_other=other is not None and folded.looked.get(other, 0) >= since,
            i_let_go=me in folded.lets_go,
            other_lets_go=other in folded.lets_go,
            freely=self._freely(record),
            for_two=other is not None,
            conflict=found.conflict,
            stood_ms=folded.stood_ms,
            doubts=state.doubts,
        )

    # ---------------------------------------------------------------------------------------------------- words

    def begin(self, answers: Mapping[str, object], *, draft: str | None = None) -> RecordId:
        """Write a new one, as a draft nobody has marked: for two, or privately where nothing for two is offered."""
        if self._session.shared is None or self.for_two():
            return self._journal.add(BOUNDARY, answers, draft=draft)
        body = with_marks_of(self._session.kinds, BOUNDARY, self._journal.check(BOUNDARY, answers), None)
        with self._session.change() as change:
            record = change.put(BOUNDARY, body)
            if draft is not None:
                keeping.drop_draft(self._session.connection, draft)
        note(self._session, Verb.ADDED, BOUNDARY, record)
        return record

    def reword(self, record: RecordId, answers: Mapping[str, object], *, based_on: RevisionId | None = None) -> None:
        """Save other words: a new wording, which is marked anew. What is said beside the words stays as it is.

        Raises:
            RecordError: UNKNOWN_RECORD, STALE_REVISION when it has been worded otherwise since it was shown.
        """
        found = self._journal.record(record)
        if based_on is not None and found.head != based_on:
            raise RecordError(Code.STALE_REVISION, record=record)
        stood = apart.answers_of(self._session, found.body)
        kept = {name: stood[name] for name in (_STATE, LOOKED, LETS_GO, _FREELY, "marks") if name in stood}
        kept.pop(LETS_GO, None)
        self._journal.edit(record, {**answers, **kept}, based_on=found.head)

    def mark(self, record: RecordId, shown_hash: str, *, freely: str = "") -> None:
        """Mark exactly the words that were shown. `freely` is kept for this person alone, apart from the record.

        Raises:
            RecordError: STALE_REVISION when the words have changed since.
        """
        self._say_freely(record, freely)
        self._marks.mark(record, shown_hash)

    def withdraw(self, record: RecordId) -> None:
        """Take one's own mark back."""
        self._marks.withdraw(record)

    def _say_freely(self, record: RecordId, freely: str) -> None:
        """Keep this person's own answer to whether they could have said no. It never reaches the shared file."""
        if freely and freely != self._freely(record):
            self._say(record, _FREELY, freely)

    # ---------------------------------------------------------------------------------------------------- standing

    def still_right(self, record: RecordId) -> bool:
        """Say that it is still right. Once everybody whose it is has, the next look gets its day; whether it did."""
        folded, space = self._state(record)
        today = self._session.today()
        looked = {**folded.looked, self._session.person.id: today}
        since = self._look_since(folded)
        answers: dict[str, object] = {LOOKED: self._told(folded, LOOKED, dt.date.fromordinal(today))}
        both = all(looked.get(person, 0) >= since for person in self._people(space))
        if both:
            answers[_NEXT] = {"day": dt.date.fromordinal(self._next_day(folded)).isoformat()}
        self._journal.answer(record, **answers)
        return both

    def look_on(self, record: RecordId, day: dt.date) -> None:
        """Choose the day of the next look."""
        self._journal.answer(record, next_look={"day": day.isoformat()})

    def pause(self, record: RecordId) -> None:
        """Let it rest; either may, and either may take it up again."""
        self._journal.answer(record, state="paused")

    def resume(self, record: RecordId) -> None:
        """Take it up again, also after it was let go: the marks on its words stand, nobody lets it go any more."""
        folded, _ = self._state(record)
        self._journal.answer(record, state="active", lets_go=self._told(folded, LETS_GO, None))

    def let_go(self, record: RecordId, reason: str = "") -> bool:
        """Say that one is ready to let it go. It is retired once everybody whose it is has said so; whether it is."""
        folded, space = self._state(record)
        today = dt.date.fromordinal(self._session.today())
        said = folded.lets_go | {self._session.person.id}
        answers: dict[str, object] = {LETS_GO: self._told(folded, LETS_GO, today)}
        if reason.strip():
            answers["reason"] = reason
        everybody = said >= self._people(space)
        if everybody or not folded.marked:
            answers[_STATE] = "retired"
        self._journal.answer(record, **answers)
        return everybody

    def keep(self, record: RecordId) -> None:
        """Take back that one is ready to let it go."""
        folded, _ = self._state(record)
        self._journal.answer(record, lets_go=self._told(folded, LETS_GO, None))

    # ---------------------------------------------------------------------------------------------------- parts

    def _folded(self, space: Space, people: frozenset[PersonId]) -> Iterator[tuple[RecordId, Folded]]:
        kind = self._session.kinds.declared(BOUNDARY)
        for record, states in groupby(states_of(space.connection, BOUNDARY), key=lambda state: state.record):
            yield record, fold(kind, states, people)

    def _state(self, record: RecordId) -> tuple[Folded, Space]:
        found = self._journal.record(record)
        space = self._session.space_of(record)
        states = [StateRow.of(one, found.head) for one in space.history(record) if one.body is not None]
        return fold(self._session.kinds.declared(BOUNDARY), states, self._people(space)), space

    def _row(self, record: RecordId, folded: Folded, here: _Here, weeks: tuple[Week, ...]) -> Row:
        people, me = here.people, self._session.person.id
        missing = people - folded.marked
        standing = self._standing(folded, people)
        open_ = standing in {Standing.PROPOSED, Standing.AGREED, Standing.PAUSED}
        going = bool(folded.lets_go) and standing is not Standing.RETIRED
        waits_for = (missing if missing and standing is Standing.PROPOSED else frozenset()) | (
            people - folded.lets_go if going and open_ else frozenset()
        )
        today, next_look = self._session.today(), folded.next_look
        due = standing is Standing.AGREED and next_look is not None and next_look <= today
        return Row(
            record=record,
            kind=BOUNDARY,
            words=str(folded.answers.get("wording") or ""),
            standing=standing,
            owners=tuple(Owner(name, one == me, one in folded.marked) for one, name in here.names.items()),
            weeks=weeks,
            next_look=next_look,
            waits_for_me=me in waits_for,
            waits_for_other=any(person != me for person in waits_for),
            due=due and folded.looked.get(me, 0) < self._look_since(folded),
            shared=here.shared,
        )

    @staticmethod
    def _standing(folded: Folded, people: frozenset[PersonId]) -> Standing:
        gone = not folded.marked or folded.lets_go >= people or len(people) == 1
        if folded.state == "retired" and gone:
            return Standing.RETIRED
        if not folded.marked:
            return Standing.DRAFT
        if not folded.marked >= people:
            return Standing.PROPOSED
        return Standing.PAUSED if folded.state == "paused" else Standing.AGREED

    @staticmethod
    def _look_since(folded: Folded) -> int:
        """A look counts from this day (ordinal) on."""
        return folded.next_look or 1

    def _next_day(self, folded: Folded) -> int:
        today = self._session.today()
        agreed = dt.datetime.fromtimestamp((folded.agreed_ms or folded.worded_ms) / 1000, dt.UTC).date().toordinal()
        last = max([agreed, *(day for day in folded.looked.values() if day < (folded.next_look or today))])
        span = (folded.next_look - last) if folded.next_look is not None else _USUAL_DAYS
        return today + (min(span, _LATEST_DAYS) if span >= _SOONEST_DAYS else _USUAL_DAYS)

    def _weeks(self, occasions: list[Occasion], folded: Folded) -> tuple[Week, ...]:
        today = self._session.today()
        begun = dt.datetime.fromtimestamp(folded.worded_ms / 1000, dt.UTC).date().toordinal()
        first = min([begun, *(one.first.day for one in occasions)])
        last = today
        if folded.state == "retired":
            gone = dt.datetime.fromtimestamp(folded.stood_ms / 1000, dt.UTC).date().toordinal()
            last = min(today, max([gone, *(one.first.day for one in occasions)]))
        oldest = monday_of(last) - (WEEKS_SHOWN - 1) * WEEK
        return weeks_of(occasions, max(first, oldest), last)

    def _told(self, folded: Folded, field: str, day: dt.date | None) -> dict[str, object] | None:
        """A per-person answer with this person's part said anew, and the others' as they stand."""
        told = folded.answers.get(field)
        kept = dict(told) if isinstance(told, Mapping) else {}
        kept.pop(self._session.person.id, None)
        if day is not None:
            kept[self._session.person.id] = {"day": day.isoformat()}
        return kept or None

    def _say(self, record: RecordId, field: str, value: object) -> None:
        body = self._journal.record(record).body
        told = getattr(body, field, None) or {}
        self._journal.answer(record, **{field: {**told, self._session.person.id: value}})

    def _freely(self, record: RecordId) -> str:
        told = getattr(self._journal.record(record).body, _FREELY, None) or {}
        return str(told.get(self._session.person.id) or "")

    def _people(self, space: Space) -> frozenset[PersonId]:
        return self._here(space).people

    def _here(self, space: Space) -> _Here:
        shared = space is self._session.shared
        other = reach.other(self._session) if shared else None
        order = [self._session.person.id, *([other] if other is not None else [])]
        return _Here({person: reach.name_of(self._session, person) for person in order}, frozenset(order), shared)


def _place(row: Row) -> tuple[bool, bool, int, str]:
    return (not row.waits_for_me, not row.due, row.next_look or 1 << 40, row.record)
