"""A new epoch of the shared space: the same words in a new file under a new key, which only those who stay are offered.

The old file is untouched until the new one counts. Whoever stays goes on in the old file until their next unlock; what
they wrote there meanwhile is carried over when they accept, and the old file goes then, or at once when nobody stays.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from app.crypto.header import Contents, PersonPin, SpaceRecord
from app.crypto.identity import Identity
from app.data import key_changes, people, revisions, rotation
from app.data.arrivals import Verdict, arrivals
from app.data.cipher import writes
from app.data.connection import Connection
from app.data.shared_space import identity_of, open_shared, other_of, record_of, seen_heads
from app.data.signatures import Author, Signatures, endorse, keep_key_change
from app.data.space import Space
from app.data.unlocked import Unlocked
from app.domain.errors import Code, VaultError
from app.domain.records import PersonId, SpaceId

_FIRST: frozenset[Verdict] = frozenset({Verdict.EXPECTED, Verdict.KEYS_CHANGED})


def _no_progress(_share: float) -> None:
    return


def _never() -> bool:
    return False


def renew_shared(
    unlocked: Unlocked,
    private: Connection,
    shared: Space,
    *,
    progress: rotation.Progress = _no_progress,
    cancelled: Callable[[], bool] = _never,
) -> Space:
    """Begin a new epoch of the shared space. Returns it, open on its new file; `shared` is closed then.

    Raises:
        Cancelled: nothing changed.
        VaultError: NO_SHARED_SPACE; WAITS_FOR_YOU while the other person's renewal was not looked at; as
            `rotation.rotate`. Nothing changed then.
    """
    try:
        record = prepare(unlocked, private, shared, progress=progress, cancelled=cancelled)
        unlocked.change_header(lambda known: replaced(known, unlocked, record))
    except BaseException:
        drop_prepared(unlocked)
        raise
    kinds = shared.kinds
    shared.close()
    renewed = open_shared(unlocked, kinds)
    try:
        after_renewal(unlocked, private, renewed)
    except BaseException:
        renewed.close()
        raise
    return renewed


def prepare(
    unlocked: Unlocked,
    private: Connection,
    shared: Space,
    *,
    following: Identity | None = None,
    progress: rotation.Progress = _no_progress,
    cancelled: Callable[[], bool] = _never,
) -> SpaceRecord:
    """Make the file of the next epoch, whole and checked, and return how to open it. It counts once a header says so.

    With `following`, this person's next identity, their statement that their keys changed is put into the new file.

    Raises:
        Cancelled, VaultError: as `renew_shared`. What was made is the caller's to take away with `drop_prepared`, once
            every other file that waits for the same header is closed.
    """
    known = unlocked.contents
    held = record_of(known)
    if held is None:
        raise VaultError(Code.NO_SHARED_SPACE)
    if any(a.verdict in _FIRST and a.offer.space == held.space_id for a in arrivals(unlocked, private)):
        raise VaultError(Code.WAITS_FOR_YOU)
    pin = other_of(known)
    record = rotation.renewed(seen_heads(held, shared, unlocked.person_id, PersonId(pin.person_id) if pin else None))
    unlocked.change_header(lambda now: msgspec.structs.replace(now, leftover=(*now.leftover, record.file_name)))
    target = rotation.copied(unlocked, shared, record, progress, cancelled)
    try:
        _note(target, unlocked, _staying(unlocked, pin), held, following)
        _check(target, shared, unlocked, following)
    finally:
        target.close()
    return record


def replaced(known: Contents, unlocked: Unlocked, record: SpaceRecord) -> Contents:
    """The header's contents once the prepared file counts; where nobody stays, the old file is to be removed."""
    held = record_of(known)
    leftover = tuple(name for name in known.leftover if name != record.file_name)
    if held is not None and _staying(unlocked, other_of(known)) is None:
        leftover = (*leftover, held.file_name)
    return msgspec.structs.replace(known, shared=(record,), leftover=leftover)


def drop_prepared(unlocked: Unlocked) -> None:
    """Take a prepared file away that will not count; what cannot be removed now is removed at the next unlock."""
    try:
        key_changes.sweep(unlocked)
    except VaultError:
        return


def after_renewal(unlocked: Unlocked, private: Connection, shared: Space) -> None:
    """Put the new key away for the person who stays, and remove what nobody needs.

    Raises:
        VaultError: as `people.settle`; the next unlock does it again.
    """
    people.settle(unlocked, private, shared)
    drop_prepared(unlocked)


def _staying(unlocked: Unlocked, pin: PersonPin | None) -> PersonPin | None:
    """The other person, when there is one in the vault."""
    return pin if pin is not None and pin.person_file in unlocked.layout.person_files() else None


def _note(
    target: Space, unlocked: Unlocked, staying: PersonPin | None, held: SpaceRecord, following: Identity | None
) -> None:
    connection = target.connection
    retires = (*people.awaited(connection)[1], held.file_name) if staying is not None else ()
    people.await_person(connection, staying.person_file if staying is not None else "", retires)
    if following is None:
        return
    seq, head = revisions.head_of(connection, unlocked.person_id)
    change = endorse(unlocked.person_id, unlocked.identity, following, space=held.space_id, seq=seq, head=head)
    with writes(connection):
        keep_key_change(connection, change)


def _check(target: Space, shared: Space, unlocked: Unlocked, following: Identity | None) -> None:
    """Judge the new file as it will be judged: with the identity that follows. It may hold no finding the old has not.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="copy"`.
    """
    pins = unlocked.contents.others
    others = [Author(PersonId(pin.person_id), identity_of(pin)) for pin in pins]
    space = SpaceId(unlocked.contents.shared[0].space_id)
    judge = Signatures(unlocked.vault_id, space, unlocked.person_id, following or unlocked.identity, others)
    judge.learn(target.connection)
    found = Space(target.connection, target.kinds, signatures=judge).verify()
    if not found.clean and found != shared.verify():
        raise VaultError(Code.DAMAGED_ENTRIES, reason="copy", count=1)
