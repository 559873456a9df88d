"""Write, read, find and remove records of any kind: the verbs of the Journal page and of the command line."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping

import msgspec

from app.data import keeping, reading
from app.data.reading import Entry, Place
from app.data.search import Hit
from app.data.timeline_queries import place_of
from app.domain import deriving
from app.domain.errors import Code, RecordError
from app.domain.fields import FieldType
from app.domain.records import Body, Record, RecordId, Revision, RevisionId
from app.services import apart, attachments, placing, reach, trash
from app.services.noting import note
from app.services.session import Session
from app.services.steps import Verb

_ID_START = re.compile(r"[0-9a-f]{1,32}")
FUTURE_DAYS = 1
"""An entry that carries numbers may lie this far ahead (zones differ by up to a day), no further."""


class Page(msgspec.Struct, frozen=True):
    """One page of the timeline, newest first. `following` is where the next begins; None at the end."""

    entries: tuple[Entry, ...]
    following: Place | None


class Journal:
    """Records of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def check(self, kind: str, raw: Mapping[str, object]) -> Body:
        """Turn answers as they come from a form or a file into a body.

        Raises:
            RecordError: unknown kind or field, a value that does not fit, or a measured entry in the future.
        """
        body = self._session.kinds.parse(kind, raw)
        declared = self._session.kinds.declared(kind)
        dated = declared.dated_by
        when = getattr(body, dated.id) if dated else None
        measured = bool(deriving.measures_of(declared))
        if dated and when is not None and measured and when.day.toordinal() > self._session.today() + FUTURE_DAYS:
            raise RecordError(Code.INVALID_RECORD, kind=kind, field=dated.id, reason="in_the_future")
        for field in declared.fields:
            target = getattr(body, field.id)
            if field.type is FieldType.LINK and isinstance(target, str):
                self._require_link(kind, field.id, field.to, RecordId(target))
        return body

    def add(self, kind: str, raw: Mapping[str, object], *, draft: str | None = None) -> RecordId:
        """Save a new record; the draft it grew from goes in the same breath, what waited with it belongs to it now."""
        body = self.check(kind, raw)

        def done() -> None:
            if draft is not None:
                keeping.drop_draft(self._session.connection, draft)

        record = placing.add(self._session, kind, body, done)
        if draft is not None:
            attachments.adopt(self._session, draft, record)
        note(self._session, Verb.ADDED, kind, record)
        return record

    def edit(
        self,
        record: RecordId,
        raw: Mapping[str, object],
        *,
        based_on: RevisionId | None = None,
        draft: str | None = None,
    ) -> RecordId:
        """Save the next state of a record. `based_on` is what the editor showed: nothing newer is overwritten.

        The draft it grew from, of that record or under the key `draft`, goes in the same breath.

        Raises:
            RecordError: UNKNOWN_RECORD; NOT_YOURS for words of the other person; an answer that does not fit.
        """
        found = self.record(record)
        body = self.check(found.kind, raw)

        def done() -> None:
            keeping.drop_draft(self._session.connection, draft or record)

        placing.follow(self._session, record, found.kind, body, done, based_on=based_on)
        note(self._session, Verb.EDITED, found.kind, record, found.head)
        return record

    def answer(self, record: RecordId, **answers: object) -> RecordId:
        """Change single answers of a record and keep the rest.

        Unfinished writing on the same record stays unfinished: it learns the new answers where it still held the old
        ones, so that saving it later takes nothing back.
        """
        found = self.record(record)
        former: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(found.body))
        current = {key: value for key, value in {**former, **answers}.items() if value is not None}
        body = self.check(found.kind, current)

        def done() -> None:
            keeping.answer_draft(self._session.connection, record, former, answers)

        placing.follow(self._session, record, found.kind, body, done, based_on=found.head)
        note(self._session, Verb.EDITED, found.kind, record, found.head)
        return record

    def remove(self, record: RecordId) -> None:
        """Move a record to the trash, half-written words about it or its day too; it can come back for thirty days.

        Raises:
            RecordError: UNKNOWN_RECORD; NOT_YOURS for what the other person shared, which can be hidden instead.
        """
        kind = self._kind_of(record)
        trash.put_away(self._session, record)
        note(self._session, Verb.REMOVED, kind, record)

    def restore(self, record: RecordId) -> None:
        """Bring a removed record back as it stood, as its next state.

        Raises:
            RecordError: UNKNOWN_RECORD when it is not in the trash; NOT_YOURS.
        """
        trash.bring_back(self._session, record)
        note(self._session, Verb.RESTORED, self._kind_of(record), record)

    def erase(self, record: RecordId) -> None:
        """Take a record away for good, out of the trash or from where it stands: every word of it leaves the file.

        Raises:
            RecordError: UNKNOWN_RECORD, NOT_YOURS.
        """
        trash.erase(self._session, record)

    def record(self, record: RecordId) -> Record:
        """The record as it stands.

        Raises:
            RecordError: `UNKNOWN_RECORD`.
        """
        space = self._session.space_of(record)
        found = space.record(record)
        if found is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        if space is self._session.space:
            return found
        return msgspec.structs.replace(found, body=apart.whole(self._session, found.kind, record, found.body))

    def resolve(self, start: str) -> RecordId:
        """The one record whose id begins so.

        Raises:
            RecordError: `UNKNOWN_RECORD` when none or several do.
        """
        wanted = start.strip().lower()
        if _ID_START.fullmatch(wanted) is None:
            raise RecordError(Code.UNKNOWN_RECORD, record="?")
        return reach.resolve(self._session, wanted)

    def history(self, record: RecordId) -> list[Revision]:
        """Every saved state, oldest first. Of a shared record these are the states since it was shared."""
        return reach.history(self._session, record)

    def page(self, *, before: Place | None = None, kinds: tuple[str, ...] = (), limit: int = 50) -> Page:
        """The timeline, newest first."""
        entries = reach.page(self._session, before=before, kinds=kinds, limit=limit)
        return Page(tuple(entries), place_of(entries[-1]) if len(entries) == limit else None)

    def entry(self, record: RecordId) -> Entry | None:
        """One record as a list shows it."""
        return reach.entry(self._session, record)

    def search(self, words: str, *, limit: int = 30) -> list[Hit]:
        """Records that hold these words, best first."""
        return list(reach.search(self._session, words, limit=limit).hits[:limit])

    def counts(self) -> dict[str, int]:
        """How many records of each kind stand, in both spaces together."""
        found: Counter[str] = Counter()
        for connection in reach.connections(self._session):
            found.update(reading.counts(connection))
        return dict(found)

    def _kind_of(self, record: RecordId) -> str:
        entry = self.entry(record)
        if entry is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        return entry.kind

    def _require_link(self, kind: str, field: str, allowed: tuple[str, ...], target: RecordId) -> None:
        found = reach.entry(self._session, target)
        if found is None or found.kind not in allowed:
            raise RecordError(Code.INVALID_RECORD, kind=kind, field=field, reason="no_such_link")


def as_json(record: Record, encoded: bytes) -> dict[str, object]:
    """A record as the command line prints it: the answers, and where it stands in time."""
    return {
        "id": record.id,
        "kind": record.kind,
        "day": dt.date.fromordinal(record.day).isoformat(),
        "written": dt.datetime.fromtimestamp(record.created_ms / 1000, dt.UTC).isoformat(timespec="seconds"),
        "changed": dt.datetime.fromtimestamp(record.changed_ms / 1000, dt.UTC).isoformat(timespec="seconds"),
        "late": record.late,
        "two_versions": record.conflict,
        "answers": msgspec.json.decode(encoded),
    }
