"""Records, revisions and the clock: everything a person writes is a record, a record is a chain of revisions."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import NewType

import msgspec

RecordId = NewType("RecordId", str)
RevisionId = NewType("RevisionId", str)
PersonId = NewType("PersonId", str)
SpaceId = NewType("SpaceId", str)

Body = msgspec.Struct
"""The answers of one record: an instance of its kind's frozen Struct."""

_COUNTER_BITS = 16
MAX_AHEAD_MS = 24 * 3600 * 1000
"""A remote clock further ahead than this is accepted but does not move ours (security.md 3.3)."""

GENESIS = bytes(32)
"""The `previous` hash of an author's first revision."""


def new_id() -> str:
    """128 bits as 32 hex digits: 48 bits of milliseconds, then randomness; newer ids sort later and index well."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


class Clock:
    """Hybrid logical clock (Kulkarni et al. 2014): wall milliseconds, then a counter, in one 64-bit integer.

    Used for display order and scalar ties only; it never decides between two texts.
    """

    def __init__(self, last: int = 0, wall_ms: Callable[[], int] | None = None) -> None:
        self._last = last
        self._wall_ms = wall_ms or (lambda: time.time_ns() // 1_000_000)

    def tick(self) -> int:
        """A reading later than every earlier one, also when the system clock was turned back."""
        self._last = max(self._wall_ms() << _COUNTER_BITS, self._last + 1)
        return self._last

    def observe(self, remote: int) -> bool:
        """Take note of another clock's reading. False, and no effect, when it is more than a day ahead of ours."""
        if remote >> _COUNTER_BITS > self._wall_ms() + MAX_AHEAD_MS:
            return False
        self._last = max(self._last, remote)
        return True


def wall_ms(clock: int) -> int:
    """The wall-time part of a reading, in milliseconds since 1970 (UTC)."""
    return clock >> _COUNTER_BITS


class Revision(msgspec.Struct, frozen=True):
    """One immutable saved state of a record.

    `seq` and `previous` chain the author's revisions; `hash` covers everything but `signature`. The body enters the
    hash by its digest, so that erasing the words of a removed record leaves the chain whole. `body` is None for a
    tombstone and for erased words; only a tombstone has an empty digest.
    """

    id: RevisionId
    record: RecordId
    kind: str
    author: PersonId
    clock: int
    seq: int
    parents: tuple[RevisionId, ...]
    previous: bytes
    zone: str
    digest: bytes
    body: bytes | None
    hash: bytes
    signature: bytes = b""

    @property
    def removes(self) -> bool:
        """Whether this revision takes the record away."""
        return not self.digest

    @property
    def order(self) -> tuple[int, str, str]:
        """The total order that decides which head shows and which scalar wins a tie (security.md 3.3)."""
        return (self.clock, self.author, self.id)


def body_digest(body: bytes | None) -> bytes:
    """SHA-256 of the body; empty for a tombstone."""
    return b"" if body is None else hashlib.sha256(body).digest()


def revision_hash(  # noqa: PLR0913  # one argument for each thing the hash covers
    *,
    revision_id: str,
    record: str,
    kind: str,
    author: str,
    clock: int,
    seq: int,
    parents: tuple[RevisionId, ...],
    previous: bytes,
    zone: str,
    digest: bytes,
) -> bytes:
    """SHA-256 over an unambiguous encoding (MessagePack array) of everything a revision says."""
    parts = ("leeward revision v1", revision_id, record, kind, author, clock, seq, parents, previous, zone, digest)
    return hashlib.sha256(msgspec.msgpack.encode(parts)).digest()


def make_revision(  # noqa: PLR0913  # one argument for each thing a revision says
    *,
    record: RecordId,
    kind: str,
    author: PersonId,
    clock: int,
    seq: int,
    parents: tuple[RevisionId, ...],
    previous: bytes,
    zone: str,
    body: bytes | None,
) -> Revision:
    """A new revision with its id, digest and hash filled in."""
    revision_id = RevisionId(new_id())
    digest = body_digest(body)
    computed = revision_hash(
        revision_id=revision_id,
        record=record,
        kind=kind,
        author=author,
        clock=clock,
        seq=seq,
        parents=parents,
        previous=previous,
        zone=zone,
        digest=digest,
    )
    return Revision(revision_id, record, kind, author, clock, seq, parents, previous, zone, digest, body, computed)


def is_intact(revision: Revision) -> bool:
    """Whether hash and digest fit what the revision says; an erased body has nothing left to fit.

    A clock reading before 1970 is nothing a program of ours ever wrote.
    """
    if revision.clock < 0:
        return False
    if revision.body is not None and body_digest(revision.body) != revision.digest:
        return False
    return revision.hash == revision_hash(
        revision_id=revision.id,
        record=revision.record,
        kind=revision.kind,
        author=revision.author,
        clock=revision.clock,
        seq=revision.seq,
        parents=revision.parents,
        previous=revision.previous,
        zone=revision.zone,
        digest=revision.digest,
    )


def heads(revisions: list[Revision]) -> list[Revision]:
    """The revisions that no other names as parent, in display order (the last one shows)."""
    replaced = {parent for revision in revisions for parent in revision.parents}
    return sorted((r for r in revisions if r.id not in replaced), key=lambda r: r.order)


class Record(msgspec.Struct, frozen=True):
    """A record as it stands now: its newest revision decoded, and where it belongs in time.

    `day` is the local day as a proleptic ordinal (`date.toordinal`), `instant_ms` UTC milliseconds, `zone` the zone it
    was written in. `late` marks an entry written more than 48 hours after the day it speaks of. `conflict` is true
    while two versions of a text wait for someone to join them.
    """

    id: RecordId
    kind: str
    author: PersonId
    day: int
    instant_ms: int
    zone: str
    created_ms: int
    changed_ms: int
    head: RevisionId
    body: Body
    late: bool = False
    conflict: bool = False


class Measure(msgspec.Struct, frozen=True):
    """A number a record gives to charts, which never see words. A new `wording` starts a new segment of the series."""

    name: str
    day: int
    instant_ms: int
    value: float
    wording: int = 1
    late: bool = False


class Changes(msgspec.Struct, frozen=True):
    """What one transaction touched, so that only affected screens refresh. `days` are ordinals."""

    kinds: frozenset[str] = frozenset()
    records: frozenset[RecordId] = frozenset()
    days: frozenset[int] = frozenset()
