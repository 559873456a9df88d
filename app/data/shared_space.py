"""The space of two, from one person's side: opening it with their pins, and remembering how far both chains went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import msgspec
import sqlcipher3

from app.crypto.header import Contents, PersonPin, SpaceRecord
from app.crypto.identity import PublicIdentity
from app.crypto.secret import Secret
from app.data import keeping, projections, revisions
from app.data.cipher import open_space, sorted_errors
from app.data.connection import Connection
from app.data.migrations.expected import refuse_altered
from app.data.migrations.runner import refuse_newer
from app.data.page_marks import page_marks
from app.data.projections import UNREADABLE
from app.data.signatures import Author, Signatures
from app.data.space import Space, SpaceMeta, belongs_to
from app.data.unlocked import Unlocked
from app.data.unseen import BEGINNING, Head
from app.domain.errors import Code, LeewardError, VaultError
from app.domain.kinds.registry import Kinds
from app.domain.records import PersonId, SpaceId

_LEFT_AS: Final = "shared.left_as"
PINS_LIMIT: Final = 2
"""How many people one header remembers, whatever their names: the other, and one whose earlier words still verify."""


def record_of(contents: Contents) -> SpaceRecord | None:
    """How to open the shared space this person is in; None when they are in none."""
    return contents.shared[0] if contents.shared else None


def other_of(contents: Contents) -> PersonPin | None:
    """The other person, as pinned last; None while nobody is."""
    return contents.others[-1] if contents.others else None


def identity_of(pin: PersonPin) -> PublicIdentity:
    """The keys a person was pinned with."""
    return PublicIdentity(pin.signing, pin.sealing)


def signatures_for(unlocked: Unlocked, space_id: str, pins: tuple[PersonPin, ...]) -> Signatures:
    """Signs as this person and judges by these pins, in one shared space."""
    others = [Author(PersonId(pin.person_id), identity_of(pin)) for pin in pins]
    return Signatures(unlocked.vault_id, SpaceId(space_id), unlocked.person_id, unlocked.identity, others)


def open_shared(unlocked: Unlocked, kinds: Kinds, *, accept_older: bool = False) -> Space:
    """Open the shared space on the calling thread.

    `accept_older` opens it although it lacks words of either person that were seen here, on the person's own word.

    Raises:
        VaultError: NO_SHARED_SPACE; OLDER_COPY with `date` and with `whose`, "own" or "other"; as `cipher.open_space`
            and `Space.open`.
    """
    record = record_of(unlocked.contents)
    if record is None:
        raise VaultError(Code.NO_SHARED_SPACE)
    return open_record(unlocked, record, kinds, accept_older=accept_older)


def open_record(
    unlocked: Unlocked,
    record: SpaceRecord,
    kinds: Kinds,
    *,
    accept_older: bool = False,
    pins: tuple[PersonPin, ...] | None = None,
) -> Space:
    """Open the shared space a given record describes, judged by `pins`; by those of the header unless told.

    Raises:
        VaultError: as `open_shared`.
    """
    belongs = belongs_to(SpaceMeta(unlocked.vault_id, SpaceId(record.space_id), record.epoch))

    def check(connection: Connection) -> None:
        refuse_newer(connection)
        refuse_altered(connection)
        belongs(connection)

    with mistrusting():
        with Secret(record.key) as key:
            path = unlocked.layout.space_file(record.file_name)
            connection = open_space(path, key, record.salt, check=check)
        try:
            if not accept_older:
                _refuse_older(connection, unlocked, record)
            known = unlocked.contents.others if pins is None else pins
            signatures = signatures_for(unlocked, record.space_id, known)
            return Space.open(connection, kinds, signatures=signatures, seen=_seen(record, unlocked.person_id, known))
        except BaseException:
            connection.close()
            raise


@contextmanager
def mistrusting() -> Iterator[None]:
    """Around reading what the other person, too, can write: whatever they did to it is damage to that file, no more.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="unreadable"` where the engine or the program stumbles over a row; as
            `cipher.sorted_errors`.
    """
    try:
        with sorted_errors():
            yield
    except (sqlcipher3.Error, *UNREADABLE) as error:
        if isinstance(error, LeewardError):
            raise
        raise VaultError(Code.DAMAGED_ENTRIES, reason="unreadable") from None


def open_believed(unlocked: Unlocked, private: Connection, kinds: Kinds, *, accept_older: bool = False) -> Space:
    """Open the shared space for its lists to be read: rows that are not as this person left them are made again.

    Who has the file's key can write any line of any list; only what people signed is believed.

    Raises:
        VaultError: as `open_shared`; DAMAGED_ENTRIES.
    """
    space = open_shared(unlocked, kinds, accept_older=accept_older)
    try:
        with mistrusting():
            if not _is_as_left(space, keeping.setting(private, _LEFT_AS) or ""):
                space.rebuild()
    except BaseException:
        space.close()
        raise
    return space


def remember_heads(unlocked: Unlocked, private: Space, shared: Space | None) -> None:
    """Note where every chain stands, in one rewrite of the header; nothing is written when it is noted already.

    Raises:
        VaultError: DAMAGED_ENTRIES when a head cannot be read; as `Unlocked.change_header`.
    """
    known = unlocked.contents
    with sorted_errors():
        if shared is not None:
            _note_standing(private, shared)
        seen = _with_heads(known, unlocked.person_id, private, shared)
    if seen is None:
        return
    private_record, shared_records = seen
    unlocked.change_header(
        lambda contents: msgspec.structs.replace(contents, private=private_record, shared=shared_records)
    )


def _note_standing(private: Space, shared: Space) -> None:
    standing = _standing(shared)
    if standing:
        shared.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        standing = f"{standing} {page_marks(shared.connection)}".strip()
    if standing and keeping.setting(private.connection, _LEFT_AS) != standing:
        keeping.set_setting(private.connection, _LEFT_AS, standing)


def _is_as_left(space: Space, left_as: str) -> bool:
    """Whether every projected row is the one that was left: soon told where no page has changed, else row by row."""
    rows, _, pages = left_as.partition(" ")
    return bool(pages and page_marks(space.connection) == pages) or _standing(space) == rows


def _standing(space: Space) -> str | None:
    """A digest of every projected row; None, which nothing equals, where one cannot even be read."""
    try:
        return projections.digest(space.connection)
    except (sqlcipher3.Error, ValueError):
        return None


def _with_heads(
    known: Contents, me: PersonId, private: Space, shared: Space | None
) -> tuple[SpaceRecord, tuple[SpaceRecord, ...]] | None:
    """The records of the header with today's heads; None when nothing has moved."""
    own = seen_heads(known.private, private, me, None)
    two = known.shared
    if shared is not None and two:
        pin = other_of(known)
        two = (seen_heads(two[0], shared, me, PersonId(pin.person_id) if pin else None), *two[1:])
    return None if (own, two) == (known.private, known.shared) else (own, two)


def seen_heads(record: SpaceRecord, space: Space, me: PersonId, other: PersonId | None) -> SpaceRecord:
    """The record of a space with the newest proven link of this person's chain, and of the other's.

    The next opening proves nothing before them again, so nothing is remembered that was not proven in this file.
    A chain that is empty leaves what is remembered as it is. The record itself comes back when nothing has moved.
    """
    seq, head = space.proven_head(me)
    if not seq:
        seq, head = record.head_seq, record.head
    theirs, their_head = space.proven_head(other) if other else BEGINNING
    if not theirs:
        theirs, their_head = record.other_seq, record.other_head
    moved = msgspec.structs.replace(record, head=head, head_seq=seq, other_head=their_head, other_seq=theirs)
    return record if moved == record else msgspec.structs.replace(moved, head_seen_at=datetime.now(UTC))


def _seen(record: SpaceRecord, me: PersonId, pins: tuple[PersonPin, ...]) -> dict[PersonId, Head]:
    """How far both chains were proven when the header noted them; what it remembers of the other is of the last pin."""
    theirs = {PersonId(pin.person_id): (record.other_seq, record.other_head) for pin in pins[-1:]}
    return {me: (record.head_seq, record.head), **theirs}


def _refuse_older(connection: Connection, unlocked: Unlocked, record: SpaceRecord) -> None:
    pin = other_of(unlocked.contents)
    with sorted_errors():
        whose = _lacking(connection, record, unlocked.person_id, pin)
    if whose is None:
        return
    seen = {"date": record.head_seen_at.date().isoformat()} if record.head_seen_at else {}
    raise VaultError(Code.OLDER_COPY, **seen, whose=whose)


def _lacking(connection: Connection, record: SpaceRecord, me: PersonId, pin: PersonPin | None) -> str | None:
    """Whose remembered link this file does not hold."""
    if not revisions.contains(connection, me, record.head_seq, record.head):
        return "own"
    if pin and not revisions.contains(connection, PersonId(pin.person_id), record.other_seq, record.other_head):
        return "other"
    return None
