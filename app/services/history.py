"""Every saved state of a record: when, by whom, what it changed, and the way back to it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from app.domain.differences import FieldDifference, differences
from app.domain.errors import Code, RecordError
from app.domain.records import Body, PersonId, RecordId, Revision, RevisionId, wall_ms
from app.services import apart, placing, reach
from app.services.noting import head_of, note
from app.services.session import Session
from app.services.steps import Verb


class What(StrEnum):
    """What a saved state did."""

    BEGUN = "begun"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    RESTORED = "restored"
    JOINED = "joined"
    SHARED = "shared"


class SavedState(msgspec.Struct, frozen=True):
    """One saved state. `at_ms` is UTC milliseconds, `fields` the questions it answered differently than before.

    `current` is how the record stands now. `readable` is False for a removal, and where words have left the file.
    `restorable` ones can stand again: not what stands now, and not what was written before the record was shared,
    which was never shown to the other person.
    """

    revision: RevisionId
    author: PersonId
    at_ms: int
    what: What
    fields: tuple[str, ...]
    current: bool
    readable: bool
    restorable: bool


class History:
    """Looking back at one record at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def versions(self, record: RecordId) -> tuple[SavedState, ...]:
        """Every saved state, newest first; empty for a record that was never here.

        Answers are compared as they are stored: a record with a thousand states is told without decoding their words.
        """
        history, own = self._all(record)
        head = head_of(self._session, record)
        by_id = {revision.id: revision for revision in history}
        states = []
        for place, revision in enumerate(history):
            before = _before(by_id, revision)
            fields = _changed(before, revision)
            states.append(
                SavedState(
                    revision=revision.id,
                    author=revision.author,
                    at_ms=wall_ms(revision.clock),
                    what=What.SHARED if 0 < place == own else _what(by_id, revision, fields, first=place == 0),
                    fields=fields,
                    current=revision.id == head,
                    readable=revision.body is not None,
                    restorable=revision.body is not None and revision.id != head and place >= own and head is not None,
                )
            )
        return tuple(reversed(states))

    def difference(self, record: RecordId, revision: RevisionId) -> tuple[FieldDifference, ...]:
        """What one saved state changed against the one it grew from; everything it said, for the first.

        Raises:
            RecordError: UNKNOWN_RECORD when that state is not here, or its words are gone.
        """
        history, _ = self._all(record)
        by_id = {one.id: one for one in history}
        found = self._find(history, record, revision)
        before = _before(by_id, found)
        former = self._body(before) if before is not None and before.body is not None else None
        return differences(self._session.kinds.declared(found.kind), former, self._body(found))

    def answers(self, record: RecordId, revision: RevisionId) -> dict[str, object]:
        """Everything one saved state said, as JSON values by field id.

        Raises:
            RecordError: as `difference`.
        """
        found = self._find(self._all(record)[0], record, revision)
        return apart.answers_of(self._session, self._body(found))

    def restore_version(self, record: RecordId, revision: RevisionId) -> None:
        """Let the record read again as it once did. A new state says so; every state in between stays.

        Raises:
            RecordError: UNKNOWN_RECORD as `difference`, or when the record is removed; NOT_YOURS.
        """
        before = head_of(self._session, record)
        put_again(self._session, record, revision)
        kind = self._session.space_of(record).history(record)[0].kind
        note(self._session, Verb.EDITED, kind, record, before)

    def _all(self, record: RecordId) -> tuple[list[Revision], int]:
        """Every state, oldest first, and how many of them are this person's own from before the record was shared."""
        history = reach.history(self._session, record)
        earlier = apart.load(self._session, record).earlier if history else ()
        own: list[Revision] = []
        for state in earlier:
            own.append(
                msgspec.structs.replace(
                    history[0],
                    id=state.revision,
                    author=self._session.person.id,
                    clock=state.at_ms << 16,
                    parents=(own[-1].id,) if own else (),
                    body=msgspec.json.encode(state.answers),
                )
            )
        if own:
            history = [msgspec.structs.replace(history[0], parents=(own[-1].id,)), *history[1:]]
        return [*own, *history], len(own)

    def _find(self, history: list[Revision], record: RecordId, revision: RevisionId) -> Revision:
        found = next((one for one in history if one.id == revision), None)
        if found is None or found.body is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        return found

    def _body(self, revision: Revision) -> Body:
        return self._session.kinds.decode(revision.kind, revision.body or b"{}")


def put_again(session: Session, record: RecordId, revision: RevisionId, based_on: RevisionId | None = None) -> None:
    """Write an earlier state as the newest one.

    `based_on` is the state this answers: whatever came after it is merged, not overwritten.

    Raises:
        RecordError: UNKNOWN_RECORD, NOT_YOURS.
    """
    space = session.space_of(record)
    found = next((one for one in space.history(record) if one.id == revision and one.body is not None), None)
    if found is None or found.body is None:
        raise RecordError(Code.UNKNOWN_RECORD, record=record)
    body = session.kinds.decode(found.kind, found.body)
    if space is not session.space:
        body = apart.whole(session, found.kind, record, body)
    placing.follow(session, record, found.kind, body, lambda: None, based_on=based_on)


def _before(by_id: dict[RevisionId, Revision], revision: Revision) -> Revision | None:
    """The state with words that a revision grew from: the later of two it joined, the last one before a removal."""
    parents = [by_id[parent] for parent in revision.parents if parent in by_id]
    if not parents:
        return None
    latest = max(parents, key=lambda parent: parent.order)
    return _before(by_id, latest) if latest.removes else latest


def _changed(before: Revision | None, now: Revision) -> tuple[str, ...]:
    if now.body is None:
        return ()
    then: dict[str, object] = msgspec.json.decode(before.body) if before is not None and before.body else {}
    said: dict[str, object] = msgspec.json.decode(now.body)
    return tuple(key for key in {**then, **said} if then.get(key) != said.get(key))


def _what(by_id: dict[RevisionId, Revision], revision: Revision, fields: tuple[str, ...], *, first: bool) -> What:
    if revision.removes:
        return What.REMOVED
    if first:
        return What.BEGUN
    parents = [by_id[parent] for parent in revision.parents if parent in by_id]
    if parents and all(parent.removes for parent in parents):
        return What.RESTORED
    if len(parents) > 1:
        return What.JOINED
    return What.CHANGED if fields else What.UNCHANGED
