"""What a space's own checks look at: hashes, chains, signatures, and whether the projections follow from them.

Damage to pages is found by `cipher.integrity`; an older page put back, a revision taken out, a word in somebody else's
name are found here.
"""

from __future__ import annotations

import msgspec

from app.data import projections, revisions
from app.data.authorship import Authorship
from app.data.cipher import writes
from app.data.connection import Connection
from app.data.signatures import Finding, Signatures, What
from app.domain.kinds.registry import Kinds
from app.domain.records import RecordId, Revision, RevisionId, is_intact

CHECKED_ON_OPEN = 500
"""Revisions whose hashes and signatures are looked at on every opening (security.md 3.2); `verify` looks at all."""


class Verification(msgspec.Struct, frozen=True):
    """What the space's own checks found. Empty tuples mean clean; `doubts` are only ever found in a shared space."""

    revisions: int
    broken: tuple[str, ...]
    differing: tuple[str, ...]
    doubts: tuple[Finding, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether chain, signatures and projections are whole."""
        return not (self.broken or self.differing or self.doubts)


def broken_recently(connection: Connection) -> list[str]:
    """Hashes that do not fit among the last revisions."""
    found = revisions.recent(connection, CHECKED_ON_OPEN)
    return [*(r.id for r in found if not is_intact(r)), *revisions.gaps(found)]


def doubts_recently(connection: Connection, signatures: Signatures) -> list[Finding]:
    """The last revisions whose author they do not prove."""
    recent = revisions.recent(connection, CHECKED_ON_OPEN)
    return [finding for revision in recent if (finding := _doubt(signatures, revision))]


def not_theirs(connection: Connection, authorship: Authorship) -> list[Finding]:
    """What somebody wrote onto a record that was not theirs to change. It counts for nothing, and is named."""
    records = [RecordId(row[0]) for row in connection.execute(_BY_SEVERAL)]
    return [
        Finding(What.NOT_THEIRS, revision.id, revision.author, revision.record)
        for record in records
        for revision in authorship.foreign(connection, record)
    ]


def verify(connection: Connection, kinds: Kinds, signatures: Signatures | None = None) -> Verification:
    """Check the whole chain, then compare live projections with freshly derived ones. Changes nothing.

    Entries that cannot be read are findings, not failures.

    Raises:
        VaultError: `DISK_FULL` when there is no room for the comparison; `DAMAGED_ENTRIES` when whole pages cannot be
            read (`cipher.integrity` names them); as `cipher.writes`.
    """
    with writes(connection):
        broken = revisions.broken_links(connection)
        doubts = _all_doubts(connection, kinds, signatures) if signatures is not None else ()
        live = projections.fingerprints(connection)
        fresh = _derived_again(connection, kinds, Authorship(kinds, signatures))
        if fresh is None:
            broken += [found for found in _unreadable(connection, kinds) if found not in broken]
        known = revisions.count(connection)
    differing = tuple(name for name, rows in live.items() if fresh is not None and fresh[name] != rows)
    return Verification(known, tuple(broken), differing, doubts)


def _all_doubts(connection: Connection, kinds: Kinds, signatures: Signatures) -> tuple[Finding, ...]:
    found = [finding for revision in revisions.walk(connection) if (finding := _doubt(signatures, revision))]
    return (*found, *not_theirs(connection, Authorship(kinds, signatures)))


def _doubt(signatures: Signatures, revision: Revision) -> Finding | None:
    what = signatures.doubt(revision)
    return Finding(what, revision.id, revision.author, revision.record) if what is not None else None


def _derived_again(connection: Connection, kinds: Kinds, authorship: Authorship) -> dict[str, int] | None:
    """What the projections would be if made now, without keeping it; None when an entry cannot be read."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        projections.rebuild(connection, kinds, authorship)
        return projections.fingerprints(connection)
    except projections.UNREADABLE:
        return None
    finally:
        if connection.in_transaction:  # an engine that ran out of room has ended it already
            connection.execute("ROLLBACK")


def _unreadable(connection: Connection, kinds: Kinds) -> list[RevisionId]:
    found: list[RevisionId] = []
    for revision in revisions.walk(connection):
        try:
            if revision.body is not None:
                kinds.decode(revision.kind, revision.body)
        except projections.UNREADABLE:
            found.append(revision.id)
    return found


_BY_SEVERAL = "SELECT record FROM revision GROUP BY record HAVING min(author) != max(author) OR min(kind) != max(kind)"
"""Only what has several authors, or says it is of several kinds, can hold what was not its author's to write."""
