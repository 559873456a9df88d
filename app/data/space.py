"""One encrypted file as a store of records. The only way in is `change`; what is read is projected or decoded here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import msgspec

from app.data import projections, revisions, search, unseen, verification
from app.data.authorship import Authorship
from app.data.change import Change
from app.data.cipher import Hook, sorted_errors, writes
from app.data.connection import Connection
from app.data.courtesy import going_first
from app.data.live_file import live_file
from app.data.migrations import runner
from app.data.signatures import Finding, Signatures
from app.data.unseen import BEGINNING, Head, Heads, Unseen
from app.data.verification import Verification
from app.domain.errors import Code, RecordError, VaultError
from app.domain.kinds.registry import Kinds
from app.domain.records import (
    Clock,
    PersonId,
    Record,
    RecordId,
    Revision,
    RevisionId,
    SpaceId,
    is_intact,
)


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


def _trusted_clock(connection: Connection) -> Clock:
    """The clock goes on from the latest reading here, unless that lies more than a day ahead of this computer's clock.

    A computer that once had a wrong date would otherwise give that date to everything written ever after.
    """
    clock = Clock()
    clock.observe(revisions.last_clock(connection))
    return clock


class Space:
    """An open space. Belongs to the thread that opened its connection."""

    def __init__(
        self,
        connection: Connection,
        kinds: Kinds,
        *,
        clock: Clock | None = None,
        signatures: Signatures | None = None,
    ) -> None:
        """Use `create` or `open`. With `signatures` it is a shared space: what is written there is signed.

        `ignored` names what is new and was found, on opening, to be written onto the other's records: it counts for
        nothing.
        """
        self.connection = connection
        self.kinds = kinds
        self.signatures = signatures
        self.authorship = Authorship(kinds, signatures)
        self.ignored: tuple[Finding, ...] = ()
        self._proven: dict[PersonId, Head] = {}
        self._clock = clock or _trusted_clock(connection)

    @classmethod
    def create(
        cls, connection: Connection, kinds: Kinds, meta: SpaceMeta, *, signatures: Signatures | None = None
    ) -> Space:
        """Give a new, empty file its schema and its name."""
        runner.migrate(connection)
        with _transaction(connection):
            for key, value in (("vault", meta.vault), ("space", meta.space), ("epoch", str(meta.epoch))):
                connection.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))
            projections.mark_current(connection, kinds)
        search.erase_on_delete(connection)
        return cls(connection, kinds, signatures=signatures)

    @classmethod
    def open(
        cls,
        connection: Connection,
        kinds: Kinds,
        *,
        signatures: Signatures | None = None,
        seen: Heads | None = None,
        before_migrating: runner.Before | None = None,
    ) -> Space:
        """Take over a file that passed `belongs_to`, bring its schema up to date and look at the recent chain.

        Where another release made the projections from other declarations, they are made again. `before_migrating` is
        called while an older file is still as it was: the place of a backup; what it raises stops the migration.
        In a shared space `seen` are the newest links that were proven before: what is later is proven here.

        Raises:
            VaultError: `DAMAGED_ENTRIES` when a recent revision does not fit its hash or its neighbour, or in a shared
                space does not prove its author: `reason` then names the first such doubt. What is proven but was not
                its author's to write keeps nobody out: it is left aside, see `ignored`.
        """
        with writes(connection):
            runner.migrate(connection, before=before_migrating)
            if signatures is not None:
                signatures.learn(connection)
            space = cls(connection, kinds, signatures=signatures)
            found = space.look_at_newest(seen or {})
        if found.broken:
            raise VaultError(Code.DAMAGED_ENTRIES, count=len(found.broken))
        if found.doubts:
            raise VaultError(Code.DAMAGED_ENTRIES, count=len(found.doubts), reason=found.doubts[0].what.value)
        space.project_as_declared()
        space.leave_aside(found.records)
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
        if self.signatures is not None and author != self.signatures.me:
            raise ValueError("nobody writes in another's name")
        change = Change(self.connection, self.kinds, author, self._clock, zone, self.signatures)
        with going_first(), _transaction(self.connection):
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
        """The record as it stands now, or None when it is not here any more.

        Raises:
            RecordError: DAMAGED_ENTRIES in a shared space, when the words that would be shown are not what somebody
                signed who might write them; INVALID_RECORD when they cannot be read.
        """
        row = self.connection.execute(
            "SELECT r.id, r.kind, r.author, r.day, r.instant, r.zone, r.created, r.changed, r.head, v.body, r.late,"
            " r.conflict FROM record r JOIN revision v ON v.record = r.id AND v.id = r.head WHERE r.id = ?",
            (record,),
        ).fetchone()
        if row is None:
            return None
        self._refuse_unproven(record, RevisionId(row[8]))
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
        """Every saved state that counts, oldest first. Removed records still have theirs, without words."""
        return self.authorship.counted(revisions.of_record(self.connection, record))

    def chain_head(self, author: PersonId) -> tuple[int, bytes]:
        """Sequence number and hash of the author's last revision, for the header to remember."""
        return revisions.head_of(self.connection, author)

    def contains_head(self, author: PersonId, seq: int, head: bytes) -> bool:
        """Whether this file still holds what the header remembers; if not, it is an older copy."""
        return revisions.contains(self.connection, author, seq, head)

    def signed_by(self, revision: Revision) -> bool:
        """Whether a revision says what it said when its author signed exactly this hash; False in a private space."""
        return self.signatures is not None and is_intact(revision) and self.signatures.doubt(revision) is None

    def _refuse_unproven(self, record: RecordId, shown: RevisionId) -> None:
        """Opening looks at the newest part of the log only; whoever has the file's key could alter what lies deeper."""
        if self.signatures is None:
            return
        found = next((revision for revision in self.history(record) if revision.id == shown), None)
        if found is None or not self.signed_by(found):
            raise RecordError(Code.DAMAGED_ENTRIES, record=record)

    def look_at_newest(self, seen: Heads) -> Unseen:
        """What opening looks at; in a shared space that includes everything later than the links that were `seen`."""
        if self.signatures is None:
            return Unseen(broken=tuple(verification.broken_recently(self.connection)))
        found = verification.of_newest(self.connection, self.signatures, seen)
        self._proven = dict(found.heads)
        return found

    def proven_head(self, author: PersonId) -> Head:
        """Number and hash of the newest link of an author's chain up to which all is proven: for the header.

        What came since opening is proven now. (0, GENESIS) when nothing is. In a private space, which nobody signs,
        it is the newest link.
        """
        if self.signatures is None:
            return revisions.head_of(self.connection, author)
        with contextlib.suppress(*projections.UNREADABLE):  # what cannot be read is not proven, and keeps nobody here
            seen = {author: self._proven.get(author, BEGINNING)}
            self._proven |= unseen.since(self.connection, self.signatures, seen).heads
        return self._proven.get(author, BEGINNING)

    def rebuild(self) -> int:
        """Make every projection again from the revisions. Returns how many records stand.

        In a shared space one entry that cannot be read does not keep the others out of the lists; `verify` names it.
        """
        with _transaction(self.connection):
            return projections.rebuild(
                self.connection, self.kinds, self.authorship, skipping=self.signatures is not None
            )

    def project_as_declared(self) -> None:
        """Make the projections again when they were made by other rules or from other declarations.

        An entry that cannot be read hinders that, not the opening: `verify` names it.
        """
        if not projections.are_current(self.connection, self.kinds):
            with contextlib.suppress(RecordError):
                self.rebuild()

    def leave_aside(self, records: frozenset[RecordId]) -> None:
        """See what was written onto records that were not its author's, and let lists and searches show none of it.

        Looks at these records; what was left aside when it was new stays so, lists made again leave it out as well.
        """
        if self.signatures is None:
            return
        with sorted_errors():
            self.ignored = tuple(verification.not_theirs(self.connection, self.authorship, records))
        if not self.ignored:
            return
        for record in dict.fromkeys(found.record for found in self.ignored):
            with contextlib.suppress(*projections.UNREADABLE), _transaction(self.connection):
                projections.project_again(self.connection, self.kinds, self.authorship, [record])

    def verify(self) -> Verification:
        """Check the whole chain, then compare live projections with freshly derived ones. Changes nothing.

        Entries that cannot be read are findings, not failures.

        Raises:
            VaultError: `DISK_FULL` when there is no room for the comparison; `DAMAGED_ENTRIES` when whole pages cannot
                be read (`cipher.integrity` names them); as `cipher.writes`.
        """
        return verification.verify(self.connection, self.kinds, self.signatures)

    def close(self) -> None:
        """Close the file. The space is of no use afterwards, also when this raises.

        Raises:
            VaultError: REPLACED_WHILE_OPEN when nobody was told yet that the file was exchanged meanwhile.
        """
        live = live_file(self.connection)
        try:
            if live is not None:
                live.last_look(self.connection)
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
