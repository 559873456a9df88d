"""The records an export holds, one after the other, as they stand outside: read a row at a time, never all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from app.data import attachments, export_queries, revisions
from app.data.export_queries import Row
from app.data.space import Space
from app.domain.deriving import zone_of
from app.domain.errors import RecordError
from app.domain.outside import ALL, Holds, OutsideAttachment, OutsideRecord, OutsideState, going_out, instant
from app.domain.outside import names_people as holds_people
from app.domain.records import RecordId, Revision, heads, wall_ms
from app.domain.removal import last_words
from app.services import apart
from app.services.session import Session

OTHER = "other"


class Entries:
    """The records of one session, for one file."""

    def __init__(self, session: Session, holds: Holds) -> None:
        self._session = session
        self._holds = holds
        self._me = session.person.id
        self._people: dict[str, bool] = {}
        self._rerated: dict[str, bool] = {}

    def records(self) -> Iterator[OutsideRecord]:
        """The private part in the order it came, then what this person wrote in the space for two, then the trash."""
        private = self._session.space
        for row in export_queries.rows(private.connection):
            yield self._own(private, row)
        shared = self._session.shared
        if shared is not None:
            for row in export_queries.rows(shared.connection):
                if row.author == self._me or self._holds.others:
                    yield self._shared(row)
        if self._holds.trash:
            for record, kind, author in export_queries.in_trash(private.connection):
                if author == self._me and (found := self._trashed(record, kind)) is not None:
                    yield found

    def attached(self) -> Iterator[tuple[OutsideAttachment, Iterator[bytes]]]:
        """What was added to the records above, with its bytes; nothing from the trash, nothing of the other person's.

        The bytes are read when they are asked for.
        """
        for space in self._session.spaces:
            for record in attachments.records(space.connection):
                for found in attachments.of_record(space.connection, record):
                    if space is self._session.space or found.author == self._me:
                        about: dict[str, object] = msgspec.to_builtins(found.body)
                        about.pop("record")
                        outside = OutsideAttachment(found.id, record, instant(found.added_ms, "UTC"), about)
                        yield outside, attachments.parts(space.connection, found.id, found.body)

    def _own(self, space: Space, row: Row) -> OutsideRecord:
        kept = self._plain(row, self._answers(row.kind, row.body))
        if not self._needs_states(row):
            return kept
        history = revisions.of_record(space.connection, row.id)
        if len(history) == 1 or any(state.body is None and not state.removes for state in history):
            return kept
        return msgspec.structs.replace(kept, answers=None, states=self._states(history))

    def _needs_states(self, row: Row) -> bool:
        """Two versions that wait are two states; and numbers of a kind without a date are its states over time."""
        if row.created_ms == row.changed_ms and not row.conflict:
            return False
        return self._holds.states == ALL or row.conflict or self._is_rerated(row.kind)

    def _is_rerated(self, kind: str) -> bool:
        if kind not in self._rerated:
            try:
                declared = self._session.kinds.declared(kind)
                self._rerated[kind] = declared.dated_by is None and any(field.measure for field in declared.fields)
            except RecordError:  # a kind of a later release: all it says goes along
                self._rerated[kind] = True
        return self._rerated[kind]

    def _shared(self, row: Row) -> OutsideRecord:
        """One of the space for two, as it stands: earlier states there may hold the other person's words."""
        if row.author != self._me:
            outside = self._plain(row, self._answers(row.kind, row.body))
            return msgspec.structs.replace(outside, shared=True, by=OTHER)
        body = apart.whole(self._session, row.kind, row.id, self._session.kinds.decode(row.kind, row.body))
        outside = self._plain(row, self._answers(row.kind, self._session.kinds.encode(body)))
        return msgspec.structs.replace(outside, shared=True)

    def _trashed(self, record: RecordId, kind: str) -> OutsideRecord | None:
        history = revisions.of_record(self._session.connection, record)
        words = last_words(history)
        if not words or any(state.body is None for state in words):
            return None
        first, removal = history[0], heads(history)[-1]
        zone = first.zone
        outside = OutsideRecord(
            id=record,
            kind=kind,
            zone=zone,
            created=instant(wall_ms(first.clock), zone),
            changed=instant(wall_ms(words[-1].clock), zone),
            removed=instant(wall_ms(removal.clock), zone),
        )
        if self._holds.states == ALL or len(words) > 1:
            return msgspec.structs.replace(outside, states=self._states(history))
        return msgspec.structs.replace(outside, answers=self._answers(kind, words[-1].body or b"{}"))

    def _plain(self, row: Row, answers: dict[str, object]) -> OutsideRecord:
        return OutsideRecord(
            id=row.id,
            kind=row.kind,
            zone=row.zone,
            created=instant(row.created_ms, row.zone),
            changed=instant(row.changed_ms, row.zone),
            day=dt.date.fromordinal(row.day).isoformat(),
            answers=answers,
        )

    def _states(self, history: list[Revision]) -> tuple[OutsideState, ...]:
        places = {state.id: at for at, state in enumerate(history)}
        found = []
        for at, state in enumerate(history):
            parents = tuple(sorted(places[parent] for parent in state.parents if parent in places))
            usual = parents == (() if at == 0 else (at - 1,))
            found.append(
                OutsideState(
                    at=instant(wall_ms(state.clock), state.zone),
                    zone=None if state.zone == history[0].zone else state.zone,
                    parents=None if usual else parents,
                    removed=state.removes,
                    answers=None if state.removes else self._answers(state.kind, state.body or b"{}"),
                )
            )
        return tuple(found)

    def _answers(self, kind: str, body: bytes) -> dict[str, object]:
        found: dict[str, object] = msgspec.json.decode(body)
        if self._names_people(kind):
            return dict(sorted(going_out(self._session.kinds.declared(kind), found, self._me).items()))
        return found

    def _names_people(self, kind: str) -> bool:
        if kind not in self._people:
            try:
                self._people[kind] = holds_people(self._session.kinds.declared(kind))
            except RecordError:  # a kind of a later release: its answers go out as they are
                self._people[kind] = False
        return self._people[kind]


def local_time(row: Row) -> dt.datetime:
    """The moment a record speaks of, in the zone it was written in."""
    return dt.datetime.fromtimestamp(row.instant_ms / 1000, zone_of(row.zone))
