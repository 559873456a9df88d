"""Who wrote which words in the space of two: every revision there carries its author's signature over its hash.

Only people pinned in the reader's own header are authors; what the shared file says of itself counts for nothing. A
person whose keys changed signs a statement, once with the former keys and once with the new ones, that their words up
to a certain link of their chain carry the former. Whoever comes by the former keys later can add nothing that verifies.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, final

import msgspec

from app.crypto.identity import Identity, PublicIdentity
from app.crypto.labels import label
from app.data.connection import Connection
from app.domain.errors import Code, VaultError
from app.domain.records import PersonId, RecordId, Revision, SpaceId

_KEYS: Final = "keys."
_NO_SPACE: Final = "none"


class What(StrEnum):
    """What is wrong with a revision of the shared space, as a stable name."""

    UNKNOWN_AUTHOR = "unknown_author"
    UNSIGNED = "unsigned"
    WRONG_SIGNATURE = "wrong_signature"
    NOT_THEIRS = "not_theirs"
    """Somebody reworded or removed what another person wrote, or began it a second time: it counts for nothing."""


class Finding(msgspec.Struct, frozen=True):
    """One revision that does not prove who wrote it. Names, never content."""

    what: What
    revision: str
    author: str
    record: RecordId


class KeyChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's own statement that their keys changed, signed by the former and by the next identity.

    In the space `space` (empty where there was none) the links of their chain up to number `seq`, whose hash is `head`,
    carry the former signature, everything later the next.
    """

    person: str
    space: str
    seq: int
    head: bytes
    former: PublicIdentity
    next: PublicIdentity
    by_former: bytes = b""
    by_next: bytes = b""

    @property
    def whole(self) -> bool:
        """Whether both identities signed exactly this."""
        purpose, message = _purpose(self), _said(self)
        return self.former.verify(self.by_former, purpose, message) and self.next.verify(self.by_next, purpose, message)


def endorse(
    person: PersonId, former: Identity, following: Identity, *, space: str = "", seq: int = 0, head: bytes = b""
) -> KeyChange:
    """State that `former` is followed by `following`, from the link after number `seq` of this space's chain on."""
    unsigned = KeyChange(person, space, seq, head, former.public, following.public)
    purpose, message = _purpose(unsigned), _said(unsigned)
    return msgspec.structs.replace(
        unsigned, by_former=former.sign(purpose, message), by_next=following.sign(purpose, message)
    )


class Author(msgspec.Struct, frozen=True):
    """Somebody whose words count here: their person id and the identity their newest words carry."""

    person: PersonId
    identity: PublicIdentity


@final
class Signatures:
    """Signs what this person writes in one shared space, and judges what stands there."""

    def __init__(
        self, vault: str, space: SpaceId, me: PersonId, identity: Identity, others: Iterable[Author] = ()
    ) -> None:
        """`others` are the pinned people; `identity` stays the caller's to wipe."""
        self._purpose = label("revision", vault, space)
        self._space = space
        self._identity = identity
        self.me = me
        own = Author(me, identity.public)
        self._current = {author.person: author.identity for author in (own, *others)}
        self._former: dict[PersonId, tuple[KeyChange, ...]] = {}

    @property
    def others(self) -> tuple[PersonId, ...]:
        """Everybody but this person whose words count here, in the order they were pinned."""
        return tuple(person for person in self._current if person != self.me)

    def learn(self, connection: Connection) -> None:
        """Take note of the statements about former keys that this space keeps.

        Only those are taken that lead back, link by link, from the identity that is pinned. The others are left aside;
        what was signed by keys nobody vouches for is then a finding.
        """
        self._former = {
            person: leading_to(identity, self._space, key_changes(connection, person))
            for person, identity in self._current.items()
        }

    def sign(self, digest: bytes) -> bytes:
        """This person's signature over the hash of a revision; 64 bytes."""
        return self._identity.sign(self._purpose, digest)

    def doubt(self, revision: Revision) -> What | None:
        """What keeps this revision from counting as its author's; None when the signature is theirs.

        The signature covers the hash; that the hash fits the words is `records.is_intact`.
        """
        identity = self._identity_at(revision.author, revision.seq)
        if identity is None:
            return What.UNKNOWN_AUTHOR
        if not revision.signature:
            return What.UNSIGNED
        return None if identity.verify(revision.signature, self._purpose, revision.hash) else What.WRONG_SIGNATURE

    def finding(self, revision: Revision) -> Finding | None:
        """The same as a finding that names the revision."""
        what = self.doubt(revision)
        return Finding(what, revision.id, revision.author, revision.record) if what is not None else None

    def _identity_at(self, person: PersonId, seq: int) -> PublicIdentity | None:
        """The keys that were this person's when they wrote number `seq`."""
        for change in self._former.get(person, ()):
            if seq <= change.seq:
                return change.former
        return self._current.get(person)


def key_changes(connection: Connection, person: PersonId) -> tuple[KeyChange, ...]:
    """What a file says of a person's former keys, oldest first, unjudged; unreadable statements count as none."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEYS + person,)).fetchone()
    try:
        return msgspec.json.decode(row[0], type=tuple[KeyChange, ...]) if row else ()
    except (msgspec.MsgspecError, ValueError):
        return ()


def keep_key_change(connection: Connection, change: KeyChange) -> None:
    """Add a statement to a file. Must run inside the caller's transaction."""
    known = key_changes(connection, PersonId(change.person))
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
        (_KEYS + change.person, msgspec.json.encode((*known, change)).decode()),
    )


def followed(pinned: PublicIdentity, person: str, changes: Iterable[KeyChange]) -> PublicIdentity:
    """The identity that a person's unbroken statements lead to from the one that is pinned.

    What comes before the pinned one is passed over.

    Raises:
        VaultError: DAMAGED_HEADER when a statement is not this person's, not signed by both, or breaks the line.
    """
    waiting = list(changes)
    if any(change.person != person or not change.whole for change in waiting):
        raise VaultError(Code.DAMAGED_HEADER, reason="endorsement")
    begins = next((number for number, change in enumerate(waiting) if change.former == pinned), len(waiting))
    identity = pinned
    for change in waiting[begins:]:
        if change.former != identity:
            raise VaultError(Code.DAMAGED_HEADER, reason="endorsement")
        identity = change.next
    return identity


def leading_to(identity: PublicIdentity, space: str, changes: tuple[KeyChange, ...]) -> tuple[KeyChange, ...]:
    """The statements, oldest first, that lead without a break to `identity`; those of changes that failed are not.

    Only statements about `space` count, and each must end its chain no later than the one after it.
    """
    found: list[KeyChange] = []
    for change in reversed(changes):
        falling = not found or change.seq <= found[-1].seq
        if change.next == identity and change.space == space and falling and change.whole:
            found.append(change)
            identity = change.former
    return tuple(reversed(found))


def _purpose(change: KeyChange) -> bytes:
    return label("keys", change.person, change.space or _NO_SPACE)


def _said(change: KeyChange) -> bytes:
    keys = (change.former.signing, change.former.sealing, change.next.signing, change.next.sealing)
    return msgspec.msgpack.encode((change.person, change.space, change.seq, change.head, *keys))
