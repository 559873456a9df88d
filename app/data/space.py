"""One encrypted file as a store of records. The only way in is `change`; what is read is projected or decoded here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import msgspec

from app.data import projections, revisions, search
from app.data.cipher import Hook, writes
from app.data.connection import Connection
from app.data.live_file import live_file
from app.data.migrations import runner
from app.domain.errors import Code, RecordError, VaultError
from app.domain.kinds.registry import Kinds
from app.domain.merge import common_ancestor, merge
from app.domain.records import (
    Body,
    Changes,
    Clock,
    PersonId,
    Record,
    RecordId,
    Revision,
    RevisionId,
    SpaceId,
    heads,
    is_intact,
    new_id,
)

CHECKED_ON_OPEN = 500
"""Revisions whose hashes are looked at on every opening (security.md 3.2); `verify` looks at all."""


class SpaceMeta(msgspec.Struct, frozen=True):
    """What a space says of itself; must fit what the owner's header says, or files have been exchanged."""

    vault: str
    space: SpaceId
    epoch: int = 1


def belongs_to(expected: SpaceMeta) -> Hook:
    """A check for `cipher.open_space`, made before anything may be written: the file is the one the header means.

    Raises:
        VaultError: `NEWER_FORMAT`, or `DAMAGED_ENTRIES` with `reason="exchanged"` for another space's or vault's file.
    """

    def check(connection: Connection) -> None:
        runner.refuse_newer(connection)
        found = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        told = (found.get("vault"), found.get("space"), found.get("epoch"))
        if told != (expected.vault, expected.space, str(expected.epoch)):
            raise VaultError(Code.DAMAGED_ENTRIES, reason="exchanged")

    return check


class Verification(msgspec.Struct, frozen=True):
    """What the space's own checks found. Empty tuples mean clean."""

    revisions: int
    broken: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether chain and projections are whole."""
        return not self.broken and not self.differing


class Change:
    """One transaction. Collects what it touched; made by `Space.change` only."""

    def __init__(self, connection: Connection, kinds: Kinds, author: PersonId, clock: Clock, zone: str) -> None:
        self._connection = connection
        self._kinds = kinds
        self._author = author
        self._clock = clock
        self._zone = zone
        self._touched: set[tuple[RecordId, str]] = set()
        self._days: set[int] = set()
        self._projector = projections.Projector(connection, kinds)
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
                was in the state `based_on`, or is not new although it should be.
        """
        encoded = self._kinds.encode(body)
        if record is None or arriving:
            record = record or RecordId(new_id())
            parents: tuple[RevisionId, ...] = ()
            tips = parents
            if arriving and revisions.outline(self._connection, record):
                raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason="not_new")
        else:
            history = self._history(record)
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
        """Take a record away: a tombstone remains for merging, its words leave the file."""
        history = self._history(record)
        self._note_day(record)
        self._append(record, history[0].kind, tuple(r.id for r in heads(history)), None)
        revisions.erase_bodies(self._connection, record)
        self.erased = True
        self._connection.execute("DELETE FROM draft WHERE key = ?", (record,))
        self._touch(record, history[0].kind)

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
        history = revisions.outline(self._connection, record)
        if not history or heads(history)[-1].removes:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        return history

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
        )

    def _join(self, record: RecordId) -> None:
        """Merge two heads when no text stands against another; otherwise leave both."""
        history = revisions.outline(self._connection, record)
        tips = heads(history)
        if len(tips) != 2:
            return
        left, right = tips
        ancestor = common_ancestor(history, left.id, right.id)
        first, second, base = self._body(left), self._body(right), self._body(ancestor)
        if first is None or second is None:
            return
        merged = merge(self._kinds.declared(left.kind), base, (left, first), (right, second))
        if not merged.text_conflicts:
            self._append(record, left.kind, (left.id, right.id), self._kinds.encode(merged.body))

    def _body(self, revision: Revision | None) -> Body | None:
        words = revisions.body_of(self._connection, revision) if revision is not None else None
        return self._kinds.decode(revision.kind, words) if revision is not None and words is not None else None

    def _note_day(self, record: RecordId) -> None:
        row = self._connection.execute("SELECT day FROM record WHERE id = ?", (record,)).fetchone()
        if row:
            self._days.add(int(row[0]))

    def _touch(self, record: RecordId, kind: str) -> None:
        self._touched.add((record, kind))
        day = self._projector.project(record)
        if day is not None:
            self._days.add(day)


def _refuse_foreign(history: list[Revision], kind: str, parents: tuple[RevisionId, ...]) -> None:
    """A state may only follow states of its own record, of its own kind: anything else could never be merged again."""
    reason = "other_kind" if kind != history[0].kind else "no_such_state"
    if kind != history[0].kind or not {r.id for r in history}.issuperset(parents):
        raise RecordError(Code.INVALID_RECORD, kind=kind, field="", reason=reason)


def _trusted_clock(connection: Connection) -> Clock:
    """The clock goes on from the latest reading here, unless that lies more than a day ahead of this computer's clock.

    A computer that once had a wrong date would otherwise give that date to everything written ever after.
    """
    clock = Clock()
    clock.observe(revisions.last_clock(connection))
    return clock


class Space:
    """An open space. Belongs to the thread that opened its connection."""

    def __init__(self, connection: Connection, kinds: Kinds, *, clock: Clock | None = None) -> None:
        self.connection = connection
        self.kinds = kinds
        self._clock = clock or _trusted_clock(connection)

    @classmethod
    def create(cls, connection: Connection, kinds: Kinds, meta: SpaceMeta) -> Space:
        """Give a new, empty file its schema and its name."""
        runner.migrate(connection)
        with _transaction(connection):
            for key, value in (("vault", meta.vault), ("space", meta.space), ("epoch", str(meta.epoch))):
                connection.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))
        search.erase_on_delete(connection)
        return cls(connection, kinds)

    @classmethod
    def open(cls, connection: Connection, kinds: Kinds) -> Space:
        """Take over a file that passed `belongs_to`, bring its schema up to date and look at the recent chain.

        Raises:
            VaultError: `DAMAGED_ENTRIES` when a recent revision does not fit its hash or its neighbour.
        """
        with writes(connection):
            runner.migrate(connection)
            space = cls(connection, kinds)
            broken = space.broken_recently()
        if broken:
            raise VaultError(Code.DAMAGED_ENTRIES, count=len(broken))
        return space

    @contextlib.contextmanager
    def change(self, author: PersonId, *, zone: str) -> Iterator[Change]:
        """The only way to write: everything inside is saved together, or nothing is.

        Args:
            author: who writes.
            zone: IANA name of the zone the person is in; the record keeps it.

        Raises:
            VaultError: `DISK_FULL`, `WRITE_FAILED` or `NO_PERMISSION`; nothing was changed then.
                `REPLACED_WHILE_OPEN` when another program exchanged the file: it holds nothing of this, and nothing is
                written any more.
        """
        change = Change(self.connection, self.kinds, author, self._clock, zone)
        with _transaction(self.connection):
            yield change
            change.finish()
        if change.erased:
            self._fold_log()

    def _fold_log(self) -> None:
        """Empty the write-ahead log, which still holds pages as they were before: removed words leave with them.

        What hinders this now (no room) hinders no removal; closing folds the log as well.
        """
        with contextlib.suppress(VaultError), writes(self.connection):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def record(self, record: RecordId) -> Record | None:
        """The record as it stands now, or None when it is not here any more."""
        row = self.connection.execute(
            "SELECT r.id, r.kind, r.author, r.day, r.instant, r.zone, r.created, r.changed, r.head, v.body, r.late,"
            " r.conflict FROM record r JOIN revision v ON v.record = r.id AND v.id = r.head WHERE r.id = ?",
            (record,),
        ).fetchone()
        if row is None:
            return None
        record_id, kind, author, day, instant_ms, zone, created_ms, changed_ms, head, stored, late, conflict = row
        return Record(
            id=RecordId(record_id),
            kind=kind,
            author=author,
            day=day,
            instant_ms=instant_ms,
            zone=zone,
            created_ms=created_ms,
            changed_ms=changed_ms,
            head=head,
            body=self.kinds.decode(kind, stored),
            late=bool(late),
            conflict=bool(conflict),
        )

    def history(self, record: RecordId) -> list[Revision]:
        """Every saved state, oldest first. Removed records still have theirs, without words."""
        return revisions.of_record(self.connection, record)

    def chain_head(self, author: PersonId) -> tuple[int, bytes]:
        """Sequence number and hash of the author's last revision, for the header to remember."""
        return revisions.head_of(self.connection, author)

    def contains_head(self, author: PersonId, seq: int, head: bytes) -> bool:
        """Whether this file still holds what the header remembers; if not, it is an older copy."""
        return revisions.contains(self.connection, author, seq, head)

    def broken_recently(self) -> list[str]:
        """Hashes that do not fit among the last revisions."""
        found = revisions.recent(self.connection, CHECKED_ON_OPEN)
        return [*(r.id for r in found if not is_intact(r)), *revisions.gaps(found)]

    def rebuild(self) -> int:
        """Make every projection again from the revisions. Returns how many records stand."""
        with _transaction(self.connection):
            return projections.rebuild(self.connection, self.kinds)

    def verify(self) -> Verification:
        """Check the whole chain, then compare live projections with freshly derived ones. Changes nothing.

        Entries that cannot be read are findings, not failures.

        Raises:
            VaultError: `DISK_FULL` when there is no room for the comparison; `DAMAGED_ENTRIES` when whole pages cannot
                be read (`cipher.integrity` names them); as `cipher.writes`.
        """
        with writes(self.connection):
            broken = revisions.broken_links(self.connection)
            live = projections.fingerprints(self.connection)
            fresh = self._derived_again()
            if fresh is None:
                broken += [found for found in self._unreadable() if found not in broken]
            known = revisions.count(self.connection)
        differing = tuple(name for name, rows in live.items() if fresh is not None and fresh[name] != rows)
        return Verification(known, tuple(broken), differing)

    def _derived_again(self) -> dict[str, int] | None:
        """What the projections would be if made now, without keeping it; None when an entry cannot be read."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            projections.rebuild(self.connection, self.kinds)
            return projections.fingerprints(self.connection)
        except RecordError:
            return None
        finally:
            if self.connection.in_transaction:  # an engine that ran out of room has ended it already
                self.connection.execute("ROLLBACK")

    def _unreadable(self) -> list[RevisionId]:
        found: list[RevisionId] = []
        for revision in revisions.walk(self.connection):
            try:
                if revision.body is not None:
                    self.kinds.decode(revision.kind, revision.body)
            except RecordError:
                found.append(revision.id)
        return found

    def close(self) -> None:
        """Close the file. The space is of no use afterwards, also when this raises.

        Raises:
            VaultError: REPLACED_WHILE_OPEN when nobody was told yet that the file was exchanged meanwhile.
        """
        live = live_file(self.connection)
        try:
            if live is not None and not live.refused:
                live.refuse_exchanged(self.connection)
        finally:
            self.connection.close()


@contextlib.contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    with writes(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
