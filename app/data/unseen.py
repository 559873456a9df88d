"""What came into the space for two since a person's header last remembered it: all of it is proven before it counts.

The header remembers, for both people, the newest link whose whole chain was proven, and nobody else can write it. The
hash in it fixes every link before, so that opening proves signatures only of what came later; `Space.record` proves
what it shows, and `verification.verify` everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from app.data import revisions
from app.data.connection import Connection
from app.data.signatures import Finding, Signatures
from app.domain.records import GENESIS, PersonId, RecordId, Revision, is_intact

Head = tuple[int, bytes]
"""Number and hash of a link; everything up to it is proven."""
Heads = Mapping[PersonId, Head]

BEGINNING: Final[Head] = (0, GENESIS)


class Unseen(msgspec.Struct, frozen=True):
    """What one look at the later part of the chains found. `heads` is how far each of them is proven now.

    `broken` names links that do not fit, `doubts` those that do not prove their author; `records` were written to.
    """

    broken: tuple[str, ...] = ()
    doubts: tuple[Finding, ...] = ()
    records: frozenset[RecordId] = frozenset()
    heads: Heads = {}


def since(connection: Connection, signatures: Signatures, seen: Heads) -> Unseen:
    """Prove every link of these people's chains that is later than the one that was `seen`.

    A link this file does not hold proves nothing here: of such a chain everything is looked at.
    """
    broken: list[str] = []
    doubts: list[Finding] = []
    records: set[RecordId] = set()
    heads: dict[PersonId, Head] = {}
    for author, head in seen.items():
        chain = _Chain(author, head if revisions.contains(connection, author, *head) else BEGINNING)
        broken += revisions.before_the_first(connection, author)
        for revision in revisions.walk_after(connection, author, chain.proven[0]):
            records.add(revision.record)
            chain.take(revision, signatures)
        broken += chain.broken
        doubts += chain.doubts
        heads[author] = chain.proven
    return Unseen(tuple(broken), tuple(doubts), frozenset(records), heads)


def strangers(recent: Iterable[Revision], signatures: Signatures, seen: Collection[PersonId]) -> list[Finding]:
    """Among the newest links, those of people whose chain is not remembered, where they do not prove their author."""
    found = (signatures.finding(revision) for revision in recent if revision.author not in seen)
    return [finding for finding in found if finding is not None]


def out_of_order(connection: Connection, recent: Iterable[Revision], seen: Collection[PersonId]) -> list[str]:
    """Chains whose newest link is not the last one written: what is deep in the log was put on top of it.

    Without this, the newest part of the log could be filled with links that join each other and nothing else.
    """
    newest: dict[PersonId, Revision] = {}
    for revision in recent:
        newest.setdefault(revision.author, revision)
    return [
        top.id for author, top in newest.items() if author in seen and top.seq != revisions.length(connection, author)
    ]


class _Chain:
    """One person's links in order, from the last one that is proven."""

    def __init__(self, author: PersonId, proven: Head) -> None:
        self.author = author
        self.proven = proven
        self.broken: list[str] = []
        self.doubts: list[Finding] = []
        self._last = proven

    def take(self, revision: Revision, signatures: Signatures) -> None:
        """Judge the next link. What comes after one that is not proven is judged as well, and never proven."""
        seq, head = self._last
        joined = revision.seq == seq + 1 and revision.previous == (head if seq else GENESIS)
        if not joined or not is_intact(revision):
            self.broken.append(revision.id)
        finding = signatures.finding(revision)
        if finding is not None:
            self.doubts.append(finding)
        self._last = (revision.seq, revision.hash)
        if not (self.broken or self.doubts):
            self.proven = self._last
