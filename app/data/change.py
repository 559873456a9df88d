"""One transaction on a space: records are put and removed here, merged where two wrote at once, and projected."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.data import attachments, projections, revisions
from app.data.authorship import Authorship
from app.data.connection import Connection
from app.data.signatures import Signatures
from app.domain.errors import Code, RecordError
from app.domain.fields import Kind
from app.domain.kinds.attachment import ATTACHMENT, Attachment
from app.domain.kinds.registry import Kinds
from app.domain.merge import common_ancestor, merge
from app.domain.records import (
    Body,
    Changes,
    Clock,
    PersonId,
    RecordId,
    Revision,
    RevisionId,
    heads,
    new_id,
)
from app.domain.removal import is_erased, last_words, standing

_NEVER_WHOLE = frozenset({"never", "by_stream", "by_item"})
"""What a kind may declare of its sharing that keeps its records out of the shared space."""


class State(msgspec.Struct, frozen=True):
    """A state of a record that comes from outside. `parents` are places in the list it stands in; no body removes."""

    clock: int
    zone: str
    parents: tuple[int, ...]
    body: Body | None


class Change:
    """One transaction. Collects what it touched; made by `Space.change` only."""

    def __init__(
        self,
        connection: Connection,
        kinds: Kinds,
        author: PersonId,
        clock: Clock,
        zone: str,
        signatures: Signatures | None = None,
    ) -> None:
        self._connection = connection
        self._kinds = kinds
        self._author = author
        self._clock = clock
        self._zone = zone
        self._signatures = signatures
        self._touched: set[tuple[RecordId, str]] = set()
        self._days: set[int] = set()
        self._authorship = Authorship(kinds, signatures)
        self._projector = projections.Projector(connection, kinds, self._authorship)
        self.erased = False

    def put(
        self,
        kind: str,
        body: Body,
        *,
        record: RecordId | None = None,
        based_on: RevisionId | None = None,
        arriving: bool = False,
    ) -> RecordId:
        """Save a record: a new one, or the next state of `record`.

        Args:
            kind: the kind's id.
            body: all answers.
            record: the record this is a new state of; None makes a new one.
            based_on: the revision the editor showed. When the record has moved on since, both are kept and merged
                field by field; a text changed on both sides stays in two versions.
            arriving: `record` is new here under an id that was chosen already, since others may link to it first.

        Raises:
            RecordError: `UNKNOWN_RECORD` when `record` is not here; INVALID_RECORD when it is of another kind, never
                was in the state `based_on`, is not new although it should be, or holds what a shared space never does;
                NOT_YOURS for words of the other's that are not made together.
        """
        if self._signatures is not None:
            _refuse_private(self._kinds.declared(kind), body)
        encoded = self._kinds.encode(body)
        if record is None or arriving:
            record = record or RecordId(new_id())
            parents: tuple[RevisionId, ...] = ()
            tips = parents
            if arriving and revisions.outline(self._connection, record):
                raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason="not_new")
        else:
            history = self._history(record)
            if not self._authorship.may_word(history):
                raise RecordError(Code.NOT_YOURS, record=record)
            tips = tuple(r.id for r in heads(history))
            parents = (based_on,) if based_on else tips
            _refuse_foreign(history, kind, parents)
            self._note_day(record)
        self._append(record, kind, parents, encoded)
        if parents != tips:
            self._join(record)
        self._touch(record, kind)
        return record

    def remove(self, record: RecordId) -> None:
        """Put a record into the trash: it leaves every list, its words stay for `removal.TRASH_DAYS`.

        Raises:
            RecordError: `UNKNOWN_RECORD`; in a shared space NOT_YOURS, since nobody takes another's words away.
        """
        history = self._history(record)
        self._require_own(history)
        self._note_day(record)
        self._append(record, history[0].kind, tuple(r.id for r in heads(history)), None)
        self._touch(record, history[0].kind)

    def restore(self, record: RecordId) -> None:
        """Bring a record back as it stood when it was removed, both versions of a text where two waited.

        Raises:
            RecordError: `UNKNOWN_RECORD` when it is not in the trash; NOT_YOURS as `remove`.
        """
        history = self._absent(record)
        kept = last_words(history)
        words = [revisions.body_of(self._connection, revision) for revision in kept]
        if not words or None in words or is_erased(history):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        tips = tuple(r.id for r in heads(history))
        for body in words:
            self._append(record, history[0].kind, tips, body)
        self._touch(record, history[0].kind)

    def bring_home(self, kind: str, body: Body, record: RecordId) -> None:
        """Save a record that stood in another space until now: new here, or taken away from here when it moved there.

        Raises:
            RecordError: `UNKNOWN_RECORD` when it stands here already; NOT_YOURS as `remove`.
        """
        tips: tuple[RevisionId, ...] = ()
        if revisions.outline(self._connection, record):
            tips = tuple(r.id for r in heads(self._absent(record)))
        self._append(record, kind, tips, self._kinds.encode(body))
        self._touch(record, kind)

    def attach(
        self, body: Attachment, content: Iterable[bytes] | None, *, attachment: RecordId | None = None
    ) -> RecordId:
        """Add something to the record `body` names. Its size and hash are those of `content`.

        Without `content` the parts lie here already under the id `attachment`: they waited with a draft, or were copied
        from another space.

        Raises:
            RecordError: `UNKNOWN_RECORD` when an attachment of that id stands here already; NOT_YOURS as `remove`.
        """
        attachment = attachment or RecordId(new_id())
        if content is not None:
            size, digest = attachments.store(self._connection, attachment, content)
            body = msgspec.structs.replace(body, size=size, sha256=digest)
        self.bring_home(ATTACHMENT, body, attachment)
        self._touched.add((RecordId(body.record), ATTACHMENT))
        return attachment

    def bring_in(self, kind: str, record: RecordId, states: tuple[State, ...]) -> int | None:
        """Save a record that was kept outside, with the states it had there, oldest first, at the times they had.

        Returns:
            The day (ordinal) it belongs to; None for one that was removed.

        Raises:
            RecordError: INVALID_RECORD when anything is known here under its id.
        """
        if revisions.outline(self._connection, record):
            raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason="not_new")
        known: list[RevisionId] = []
        for state in states:
            body = self._kinds.encode(state.body) if state.body is not None else None
            self._clock, self._zone = Clock(state.clock - 1, wall_ms=int), state.zone
            known.append(self._append(record, kind, tuple(known[at] for at in state.parents), body).id)
        return self._touch(record, kind)

    def erase(self, record: RecordId, *, keeping: frozenset[RecordId] = frozenset()) -> None:
        """Take a record away for good, from where it stands or from the trash: every word of it leaves the file.

        What remains says so to another computer: a tombstone that grew from a tombstone. What was added to the record
        goes with it, apart from the attachments in `keeping`.

        Raises:
            RecordError: `UNKNOWN_RECORD`; NOT_YOURS as `remove`.
        """
        history = self._authorship.outline(self._connection, record)
        if standing(history):
            self.remove(record)
        history = self._absent(record)
        if not is_erased(history):
            self._append(record, history[0].kind, tuple(r.id for r in heads(history)), None)
        self.purge(record, keeping=keeping)

    def purge(self, record: RecordId, *, keeping: frozenset[RecordId] = frozenset()) -> None:
        """Wipe the words of an absent record whose time in the trash is over. Nobody has to sign that.

        What this person added to it goes as well, apart from what is in `keeping`.

        Raises:
            RecordError: `UNKNOWN_RECORD` when it stands, or was never here.
        """
        history = self._authorship.outline(self._connection, record)
        if not history or standing(history):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        revisions.erase_bodies(self._connection, record)
        attachments.drop_parts(self._connection, record)
        self.erased = True
        self._touch(record, history[0].kind)
        for added in attachments.of_record(self._connection, record, removed=True):
            if added.author == self._author and added.id not in keeping:
                self.erase(added.id)

    def at(self, clock: Clock) -> Change:
        """The same change with another clock: sample data and imports were written at other times."""
        self._clock = clock
        return self

    def finish(self) -> None:
        """Write what waits for the end of the transaction."""
        self._projector.finish()

    def done(self) -> Changes:
        """What was touched."""
        return Changes(
            kinds=frozenset(kind for _, kind in self._touched),
            records=frozenset(record for record, _ in self._touched),
            days=frozenset(self._days),
        )

    def _history(self, record: RecordId) -> list[Revision]:
        history = self._authorship.outline(self._connection, record)
        if not standing(history):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        return history

    def _absent(self, record: RecordId) -> list[Revision]:
        history = self._authorship.outline(self._connection, record)
        if not history or standing(history):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        self._require_own(history)
        return history

    def _require_own(self, history: list[Revision]) -> None:
        if not self._authorship.is_own(history):
            raise RecordError(Code.NOT_YOURS, record=history[0].record)

    def _append(self, record: RecordId, kind: str, parents: tuple[RevisionId, ...], body: bytes | None) -> Revision:
        if not self._connection.in_transaction:
            raise ValueError("this change is over")
        return revisions.append(
            self._connection,
            record=record,
            kind=kind,
            author=self._author,
            clock=self._clock.tick(),
            parents=parents,
            zone=self._zone,
            body=body,
            sign=self._signatures.sign if self._signatures is not None else None,
        )

    def _join(self, record: RecordId) -> None:
        """Merge two heads when no text stands against another; otherwise leave both."""
        history = self._authorship.outline(self._connection, record)
        tips = standing(history)
        if len(tips) != 2:
            return
        left, right = tips
        ancestor = common_ancestor(history, left.id, right.id)
        first, second, base = self._body(left), self._body(right), self._body(ancestor)
        if first is None or second is None:
            return
        merged = merge(self._kinds.declared(left.kind), base, (left, first), (right, second))
        if not merged.text_conflicts:
            parents = tuple(r.id for r in heads(history))
            self._append(record, left.kind, parents, self._kinds.encode(merged.body))

    def _body(self, revision: Revision | None) -> Body | None:
        words = revisions.body_of(self._connection, revision) if revision is not None else None
        return self._kinds.decode(revision.kind, words) if revision is not None and words is not None else None

    def _note_day(self, record: RecordId) -> None:
        row = self._connection.execute("SELECT day FROM record WHERE id = ?", (record,)).fetchone()
        if row:
            self._days.add(int(row[0]))

    def _touch(self, record: RecordId, kind: str) -> int | None:
        self._touched.add((record, kind))
        day = self._projector.project(record)
        if day is not None:
            self._days.add(day)
        return day


def _refuse_private(kind: Kind, body: Body) -> None:
    """The last door before the shared file: whatever way a body came, what is for its writer alone stays out."""
    kept = next((field.id for field in kind.fields if field.private_only and getattr(body, field.id) is not None), None)
    if kind.sharing in _NEVER_WHOLE or kept is not None:
        raise RecordError(Code.INVALID_RECORD, kind=kind.id, field=kept or "", reason="private_only")


def _refuse_foreign(history: list[Revision], kind: str, parents: tuple[RevisionId, ...]) -> None:
    """A state may only follow states of its own record, of its own kind: anything else could never be merged again."""
    reason = "other_kind" if kind != history[0].kind else "no_such_state"
    if kind != history[0].kind or not {r.id for r in history}.issuperset(parents):
        raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason=reason)
