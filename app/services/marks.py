"""Marks on texts that need both: who marked exactly which wording, and whose mark is still waited for.

A mark is a revision of the record, made by the person who marks, whose own signature (Ed25519, in the shared space) is
the proof: it covers the body, and so the very words that were shown. What a revision says about anybody else's mark
counts for nothing. Any change of the words begins a new wording, which both mark anew; earlier wordings stay readable
with the marks they had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from app.data.space import Space
from app.domain.errors import Code, RecordError
from app.domain.marking import marks_field, wording, wording_hash
from app.domain.records import PersonId, Record, RecordId, Revision, RevisionId, wall_ms
from app.services import apart, reach
from app.services.session import Session


class Standing(StrEnum):
    """How a wording stands, as a stable name."""

    DRAFT = "draft"
    WAITING_FOR_OTHER = "waiting_for_other"
    WAITING_FOR_ME = "waiting_for_me"
    AGREED = "agreed"


class Mark(msgspec.Struct, frozen=True):
    """One person's mark: when it was made (UTC milliseconds) and the revision whose signature proves it."""

    person: PersonId
    at_ms: int
    revision: RevisionId


class Wording(msgspec.Struct, frozen=True):
    """One wording of a text and its marks, in the order they were made.

    `answers` are its JSON values by field id, `hash` what a mark stands for, `at_ms` when it was first written and by
    whom. `agreed_ms`: since when everybody's mark stood on it; None while, or since, one is missing. `reason` is why it
    came to read so, where the kind asks.
    """

    hash: str
    author: PersonId
    at_ms: int
    answers: dict[str, object]
    marks: tuple[Mark, ...] = ()
    agreed_ms: int | None = None
    reason: str = ""


class Doubt(msgspec.Struct, frozen=True):
    """A mark somebody claims for `person` in `revision`, which that person never made; or words nobody signed."""

    revision: RevisionId
    person: PersonId


class MarkState(msgspec.Struct, frozen=True):
    """How the newest wording stands, and every wording before it, oldest first. `doubts` name what does not prove."""

    standing: Standing
    current: Wording
    earlier: tuple[Wording, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def agreed(self) -> tuple[Wording, ...]:
        """The earlier wordings both had marked."""
        return tuple(one for one in self.earlier if one.agreed_ms is not None)


class Marks:
    """The verbs of marking in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def state(self, record: RecordId) -> MarkState:
        """How a text stands.

        Raises:
            RecordError: UNKNOWN_RECORD; INVALID_RECORD with reason `no_marks` for a kind that asks for none.
        """
        space = self._session.space_of(record)
        history = space.history(record)  # not `record`: words that do not prove are named here, not refused
        if not history:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        self._field(history[0].kind)
        folded = _Fold(self._session, space, history[0].kind, self._people(space))
        for revision in history:
            folded.take(revision)
        *earlier, current = folded.wordings
        return MarkState(self._standing(current, folded.people), current, tuple(earlier), tuple(folded.doubts))

    def mark(self, record: RecordId, shown_hash: str) -> None:
        """Mark the wording that was shown.

        Raises:
            RecordError: STALE_REVISION when the words are no longer those, or stand in two versions; as `state`.
        """
        space, found, field = self._found(record)
        if found.conflict or wording_hash(self._session.kinds, found.kind, found.body) != shown_hash:
            raise RecordError(Code.STALE_REVISION, record=record)
        self._write(space, found, field, {self._session.person.id: self._session.now().isoformat()})

    def withdraw(self, record: RecordId) -> None:
        """Take one's own mark back. The words stay, and that they were agreed on until now.

        Raises:
            RecordError: as `state`.
        """
        space, found, field = self._found(record)
        self._write(space, found, field, {})

    def _write(self, space: Space, found: Record, field: str, mine: Mapping[str, str]) -> None:
        me = self._session.person.id
        proven = {mark.person for mark in self.state(found.id).current.marks}
        if (me in proven) is bool(mine):
            return
        stood: Mapping[str, str] = getattr(found.body, field) or {}
        marks = {person: at for person, at in stood.items() if person != me and person in proven} | dict(mine)
        body = msgspec.structs.replace(found.body, **{field: marks or None})
        with self._session.change(space) as change:
            change.put(found.kind, body, record=found.id, based_on=found.head)

    def _found(self, record: RecordId) -> tuple[Space, Record, str]:
        space = self._session.space_of(record)
        found = space.record(record)
        if found is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        return space, found, self._field(found.kind)

    def _field(self, kind: str) -> str:
        field = marks_field(self._session.kinds.declared(kind))
        if field is None:
            raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason="no_marks")
        return field.id

    def _people(self, space: Space) -> frozenset[PersonId]:
        """Whose marks a text there needs: both people's in the shared space, one's own alone in the private one."""
        other = reach.other(self._session) if space is self._session.shared else None
        return frozenset(person for person in (self._session.person.id, other) if person is not None)

    def _standing(self, current: Wording, people: Iterable[PersonId]) -> Standing:
        marked = {mark.person for mark in current.marks}
        if marked.issuperset(people):
            return Standing.AGREED
        if not marked:
            return Standing.DRAFT
        return Standing.WAITING_FOR_OTHER if self._session.person.id in marked else Standing.WAITING_FOR_ME


class _Fold:
    """Reads a history from its beginning and gathers wordings, marks and doubts."""

    def __init__(self, session: Session, space: Space, kind: str, people: frozenset[PersonId]) -> None:
        self._session = session
        self._space = space
        self._kind = session.kinds.declared(kind)
        field = marks_field(self._kind)
        self._field = field.id if field is not None else ""
        self.people = people
        self.wordings: list[Wording] = []
        self.doubts: list[Doubt] = []

    def take(self, revision: Revision) -> None:
        """Go one state further."""
        if revision.body is None:
            return
        body = self._session.kinds.decode(revision.kind, revision.body)
        digest = wording_hash(self._session.kinds, revision.kind, body)
        if not self.wordings or self.wordings[-1].hash != digest:
            answers = apart.answers_of(self._session, wording(self._kind, body))
            reason = getattr(body, "reason", None) or ""
            self.wordings.append(Wording(digest, revision.author, wall_ms(revision.clock), answers, reason=reason))
        claimed: Mapping[str, str] = getattr(body, self._field) or {}
        if self._space.signatures is not None and not self._space.signed_by(revision):
            self.doubts.append(Doubt(revision.id, revision.author))
            return
        self._own(revision, marked=revision.author in claimed)
        self.doubts += self._unproven(revision, claimed)

    def _own(self, revision: Revision, *, marked: bool) -> None:
        """What a revision says of its own author's mark, and of nobody else's."""
        current = self.wordings[-1]
        stands = any(mark.person == revision.author for mark in current.marks)
        if marked == stands:
            return
        at_ms = wall_ms(revision.clock)
        if marked:
            marks = (*current.marks, Mark(revision.author, at_ms, revision.id))
            complete = {mark.person for mark in marks} >= self.people
            current = msgspec.structs.replace(current, marks=marks, agreed_ms=at_ms if complete else None)
        else:
            left = tuple(mark for mark in current.marks if mark.person != revision.author)
            current = msgspec.structs.replace(current, marks=left, agreed_ms=None)
        self.wordings[-1] = current

    def _unproven(self, revision: Revision, claimed: Mapping[str, str]) -> Iterator[Doubt]:
        proven = {mark.person for mark in self.wordings[-1].marks}
        return (Doubt(revision.id, PersonId(person)) for person in claimed if person not in proven)
