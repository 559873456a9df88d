"""What a space's own checks look at: hashes, chains, signatures, and whether the projections follow from them.

Damage to pages is found by `cipher.integrity`; an older page put back, a revision taken out, a word in somebody else's
name are found here.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.data import projections, revisions, unseen
from app.data.authorship import Authorship
from app.data.cipher import writes
from app.data.connection import Connection
from app.data.signatures import Finding, Signatures, What
from app.data.unseen import Heads, Unseen
from app.domain.kinds.registry import Kinds
from app.domain.records import RecordId, Revision, RevisionId, is_intact

CHECKED_ON_OPEN = 500
"""Revisions whose hashes are looked at on every opening (security.md 3.2); `verify` looks at all.

In the space for two, whatever is new to this person is looked at besides, however much it is (`app.data.unseen`).
"""


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
    return _broken(revisions.recent(connection, CHECKED_ON_OPEN))


def of_newest(connection: Connection, signatures: Signatures, seen: Heads) -> Unseen:
    """What opening finds in the space for two: hashes of the newest links, and all that is later than what was `seen`.

    Everything is proven of the chains in `seen`; of others (somebody who is not here any more) what is newest.
    """
    recent = revisions.recent(connection, CHECKED_ON_OPEN)
    found = unseen.since(connection, signatures, seen)
    return msgspec.structs.replace(
        found,
        broken=tuple(dict.fromkeys((*found.broken, *_broken(recent), *unseen.out_of_order(connection, recent, seen)))),
        doubts=(*found.doubts, *unseen.strangers(recent, signatures, seen)),
        records=found.records | {revision.record for revision in recent if revision.author not in seen},
    )


def not_theirs(
    connection: Connection, authorship: Authorship, records: Iterable[RecordId] | None = None
) -> list[Finding]:
    """What somebody wrote onto a record that was not theirs to change. It counts for nothing, and is named.

    Looks at these `records`, at all of them unless told.
    """
    if records is None:
        several = [RecordId(row[0]) for row in connection.execute(_BY_SEVERAL)]
    else:
        several = [record for record in sorted(records) if connection.execute(_IS_BY_SEVERAL, (record,)).fetchone()[0]]
    return [
        Finding(What.NOT_THEIRS, revision.id, revision.author, revision.record)
        for record in several
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
    found = [finding for revision in revisions.walk(connection) if (finding := signatures.finding(revision))]
    return (*found, *not_theirs(connection, Authorship(kinds, signatures)))


def _broken(newest_first: list[Revision]) -> list[str]:
    return [*(r.id for r in newest_first if not is_intact(r)), *revisions.gaps(newest_first)]


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


_SEVERAL = "min(author) != max(author) OR min(kind) != max(kind)"
_BY_SEVERAL = f"SELECT record FROM revision GROUP BY record HAVING {_SEVERAL}"
"""Only what has several authors, or says it is of several kinds, can hold what was not its author's to write."""
_IS_BY_SEVERAL = f"SELECT {_SEVERAL} FROM revision WHERE record = ?"
