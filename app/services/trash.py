"""What was removed: listed with the days it has left, read once more, brought back, or let go for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from app.data import keeping
from app.data import trash as rows
from app.data.change import Change
from app.data.space import Space
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.domain.removal import TRASH_MS, days_left, last_words
from app.services import apart, attachments, placing, reach
from app.services.drafts import at_ms
from app.services.session import Session


class InTrash(msgspec.Struct, frozen=True):
    """One removed record. `day` is an ordinal, times are UTC milliseconds, `days_left` whole days until its words go.

    `yours` is False for what the other person shared and removed: only they bring it back.
    """

    record: RecordId
    kind: str
    day: int
    instant_ms: int
    title: str
    removed_ms: int
    days_left: int
    yours: bool = True
    shared: bool = False


class OpenedRemoved(msgspec.Struct, frozen=True):
    """A removed record for reading: its row, and the answers it held, as JSON values by field id."""

    row: InTrash
    answers: dict[str, object]


class Trash:
    """The trash of one session, over both spaces."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[InTrash, ...]:
        """What lies here, removed last first. The other person's removals are not offered to read."""
        found = [
            self._row(row, shared=bool(number))
            for number, space in enumerate(self._session.spaces)
            for row in rows.removed(space.connection)
        ]
        mine = (row for row in found if row.yours)
        return tuple(sorted(mine, key=lambda row: -row.removed_ms))

    def open(self, record: RecordId) -> OpenedRemoved:
        """Read what a removed record held.

        Raises:
            RecordError: `UNKNOWN_RECORD` when it is not in the trash, or not this person's.
        """
        space = space_of_removed(self._session, record)
        row = next((row for row in self.list() if row.record == record), None)
        kept = last_words(space.history(record))
        if row is None or not kept or kept[-1].body is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        body = self._session.kinds.decode(row.kind, kept[-1].body)
        if row.shared:
            body = apart.whole(self._session, row.kind, record, body)
        return OpenedRemoved(row, apart.answers_of(self._session, body))

    def purge(self) -> int:
        """Let go of everything whose days are over; quiet work after unlock. Returns how many records that were."""
        before_ms = at_ms(self._session.now()) - TRASH_MS
        gone = 0
        for space in self._session.spaces:
            due = rows.due(space.connection, before_ms)
            if not due:
                continue
            _wipe(self._session, space, due, lambda change, record: change.purge(record))
            gone += len(due)
        return gone + attachments.purge(self._session)

    def _row(self, row: rows.Removed, *, shared: bool) -> InTrash:
        return InTrash(
            record=row.record,
            kind=row.kind,
            day=row.day,
            instant_ms=row.instant_ms,
            title=row.title,
            removed_ms=row.removed_ms,
            days_left=days_left(row.removed_ms, at_ms(self._session.now())),
            yours=not shared or row.author == self._session.person.id,
            shared=shared,
        )


def put_away(session: Session, record: RecordId) -> None:
    """Move a record to the trash, with the half-written words about it or about its day.

    Raises:
        RecordError: UNKNOWN_RECORD; NOT_YOURS for what the other person shared, which can be hidden instead.
    """
    entry = reach.entry(session, record)
    keys = (record, f"{entry.kind}:{entry.day}") if entry is not None else (record,)

    def take(space: Space) -> None:
        with session.change(space) as change:
            change.remove(record)
            if space is session.space:
                keeping.shelve_drafts(session.connection, record, keys)
        if space is not session.space:
            keeping.shelve_drafts(session.connection, record, keys)

    placing.remove(session, record, take)


def bring_back(session: Session, record: RecordId) -> None:
    """Let a removed record stand again as it was, with its half-written words.

    Raises:
        RecordError: UNKNOWN_RECORD when it is not in the trash; NOT_YOURS.
    """
    space = space_of_removed(session, record)
    with session.change(space) as change:
        change.restore(record)
        if space is session.space:
            keeping.unshelve_drafts(session.connection, record)
    if space is not session.space:
        keeping.unshelve_drafts(session.connection, record)


def erase(session: Session, record: RecordId) -> None:
    """Take a record away for good: its words leave the file, from where it stands or from the trash.

    Raises:
        RecordError: UNKNOWN_RECORD, NOT_YOURS.
    """
    if reach.entry(session, record) is not None:
        put_away(session, record)
    _wipe(session, space_of_removed(session, record), [record], lambda change, record: change.erase(record))


def space_of_removed(session: Session, record: RecordId) -> Space:
    """The space in whose trash a record lies.

    Raises:
        RecordError: UNKNOWN_RECORD.
    """
    for space in session.spaces:
        if rows.find(space.connection, record) is not None:
            return space
    raise RecordError(Code.UNKNOWN_RECORD, record=record)


def _wipe(session: Session, space: Space, records: Sequence[RecordId], act: Callable[[Change, RecordId], None]) -> None:
    """Let `act` take words out of a space, and everything else that knew of them out of the private file.

    Both files are folded afterwards, so that no log holds what either held before.
    """
    with session.change(space) as change:
        for record in records:
            act(change, record)
        if space is session.space:
            _forget_rest(session, records)
    if space is not session.space:
        with session.change() as own:
            _forget_rest(session, records)
            own.erased = True
        attachments.forget_apart(session, records)


def _forget_rest(session: Session, records: Sequence[RecordId]) -> None:
    for record in records:
        keeping.drop_shelved(session.connection, record)
        keeping.drop_draft(session.connection, record)
        apart.keep(session, record, apart.Apart())
        session.steps.forget(record)
