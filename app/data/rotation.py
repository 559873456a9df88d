"""New keys for everything one person has: when somebody may know the passphrase, or may have copied the files.

Nothing is changed in place. The private file is copied, page by page, into a new one under a new key and proven equal;
then one rename of the header decides. Before it, the old passphrase opens the old file; after it, the new passphrase
opens the new one; there is no third state. The header names beforehand which file is to be removed if the program dies
on the way (`Contents.leftover`), so that neither a half copy nor the old file stays.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, Protocol, cast

import msgspec

from app.crypto.header import Contents, Header, SpaceRecord, open_contents
from app.crypto.identity import Identity
from app.crypto.kdf import DEFAULT, KdfParams, normalise
from app.crypto.keyslot import KeySlot
from app.crypto.secret import Secret
from app.data import key_changes, revisions
from app.data.backup_set import BackupKey, own_sets
from app.data.cipher import SALT_BYTES, create_space, integrity, open_space, sorted_errors, writes
from app.data.connection import Connection
from app.data.former_keys import keep_former, keep_former_sets
from app.data.rewrapping import BACKUPS
from app.data.signatures import endorse, keep_key_change
from app.data.space import Space, SpaceMeta, belongs_to
from app.data.unlocked import HeaderChange, Unlocked, new_slot, refuse_name_as_passphrase
from app.data.vault_meta import random_id
from app.domain.errors import Code, VaultError
from app.domain.records import SpaceId

_PAGES_AT_ONCE: Final = 1024
_COPYING: Final = 0.6
"""The share of the way that copying is; the rest is checking the copy."""
_CHECKED: Final = 0.95

Alongside = Callable[[Identity], HeaderChange]
"""Prepares what is to change in the same rename: gets the identity that follows, returns the change to the header."""

Progress = Callable[[float], None]
"""Told how far it is, 0 to 1; after 1 it cannot be called off any more."""


class Cancelled(Exception):  # noqa: N818  # reads as what happened
    """The person called it off before the point of no return; everything is as it was."""


class _Copies(Protocol):
    """The one call of the driver's that a `Connection` does not have."""

    def backup(self, target: Connection, *, pages: int, progress: Callable[[int, int, int], None]) -> None: ...


def rotate(
    unlocked: Unlocked,
    space: Space,
    passphrase: str,
    *,
    kdf: KdfParams = DEFAULT,
    progress: Progress = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
    alongside: Alongside | None = None,
) -> Space:
    """Give the person a new master key, identity and space key, and a passphrase that opens only these. Slow.

    Returns the private space on its new file, open; `space` is closed then, and its file removed. The recovery code
    ends. A shared space keeps its keys unless `alongside` (see `renewal`) gives it a new epoch in the same rename. The
    statement that one identity follows the other, for whoever pinned the former, is kept in the private file. What was
    sealed to the former identity until now can be opened at one more joining, and the copies that still open with the
    former passphrase are noted until they are replaced (`former_keys`).

    Raises:
        Cancelled: nothing changed.
        VaultError: EMPTY_PASSPHRASE, NAME_IS_PASSPHRASE, DISK_FULL, NO_PERMISSION, WRITE_FAILED, REPLACED_WHILE_OPEN;
            DAMAGED_ENTRIES with `reason="copy"` when the copy is not equal. Nothing changed then, unless it is
            WRITE_FAILED from the last rename itself: the header on disk then says which of the two opens.
    """
    refuse_name_as_passphrase(unlocked.display_name, passphrase)
    record = renewed(unlocked.contents.private)
    unlocked.change_header(lambda known: msgspec.structs.replace(known, leftover=(*known.leftover, record.file_name)))
    turned: Space | None = None
    identity = Identity.generate()
    try:
        turned = copied(unlocked, space, record, progress, cancelled)
        with writes(turned.connection):
            keep_key_change(turned.connection, endorse(unlocked.person_id, unlocked.identity, identity))
            keep_former(turned.connection, unlocked.identity)
            keep_former_sets(turned.connection, _sets_now(unlocked))
        more = alongside(identity) if alongside is not None else _nothing_more
        _change_header(unlocked, record, _New(identity, passphrase, kdf, more), cancelled)
    except BaseException:
        if turned is not None:
            turned.close()
        if unlocked.space.path.name != record.file_name:
            _forget(unlocked)
        raise
    finally:
        identity.wipe()
    progress(1.0)
    space.close()
    key_changes.sweep(unlocked)
    return turned


def renewed(known: SpaceRecord) -> SpaceRecord:
    """The same space under a new key, in a new file; its chain goes on."""
    return msgspec.structs.replace(
        known,
        file_name=random_id() + ".db",
        epoch=known.epoch + 1,
        key=bytes(Secret.random().view()),
        salt=bytes(Secret.random(SALT_BYTES).view()),
    )


def copied(
    unlocked: Unlocked, space: Space, record: SpaceRecord, progress: Progress, cancelled: Callable[[], bool]
) -> Space:
    """Copy into the new file, close it, open it the way an unlock does, and compare.

    Raises:
        Cancelled: when told so on the way.
        VaultError: as `rotate`.
    """
    path = unlocked.layout.space_file(record.file_name)

    def moving(_status: int, left: int, total: int) -> None:
        progress(_COPYING * (total - left) / max(total, 1))
        if cancelled():
            raise Cancelled

    with Secret(record.key) as key:
        target = create_space(path, key, record.salt)
        try:
            with sorted_errors(path):
                cast("_Copies", space.connection).backup(target, pages=_PAGES_AT_ONCE, progress=moving)
                target.execute("UPDATE meta SET value = ? WHERE key = 'epoch'", (str(record.epoch),))
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            target.close()
        meta = SpaceMeta(unlocked.vault_id, SpaceId(record.space_id), record.epoch)
        connection = open_space(path, key, record.salt, check=belongs_to(meta))
    try:
        _compare(space.connection, connection, cancelled)
        progress(_CHECKED)
        return Space.open(connection, space.kinds, signatures=space.signatures)
    except BaseException:
        connection.close()
        raise


def _compare(old: Connection, new: Connection, cancelled: Callable[[], bool]) -> None:
    """Both checks of the engine on the copy, as many revisions, and every author's chain ends with the same link.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="copy"`.
    """
    if cancelled():
        raise Cancelled
    with sorted_errors():
        whole = not integrity(new)
        equal = revisions.count(old) == revisions.count(new) and _heads(old) == _heads(new)
    if not (whole and equal):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="copy", count=1)


def _heads(connection: Connection) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT author, seq, clock, hash FROM author_head ORDER BY author").fetchall()


def _sets_now(unlocked: Unlocked) -> list[str]:
    """This person's copies in the vault's folder; none where it cannot be read, which nobody can change from here."""
    with suppress(VaultError), BackupKey(*unlocked.lend()) as key:
        return [one.id for one in own_sets(unlocked.root / BACKUPS, key)]
    return []


class _New(NamedTuple):
    """What the new header is made of, beside the private file's record."""

    identity: Identity
    passphrase: str
    kdf: KdfParams
    more: HeaderChange


def _nothing_more(known: Contents) -> Contents:
    return known


def _change_header(unlocked: Unlocked, record: SpaceRecord, new: _New, cancelled: Callable[[], bool]) -> None:
    """Write the header of the new keys, open it from disk with the new passphrase, and let it count."""
    former, now = unlocked.contents.private.file_name, datetime.now(UTC)
    signing, sealing = new.identity.private_bytes()
    master = Secret.random()

    def change(known: Contents) -> Contents:
        leftover = (*(name for name in new.more(known).leftover if name != record.file_name), former)
        return msgspec.structs.replace(
            new.more(known),
            private=record,
            signing_key=signing,
            sealing_key=sealing,
            leftover=leftover,
            passphrase_set_at=now,
            recovery_made_at=None,
        )

    try:
        with normalise(new.passphrase) as phrase:
            slot = new_slot(phrase, master, unlocked.header.place, new.kdf)
            if cancelled():
                raise Cancelled
            unlocked.install(
                (slot,),
                change,
                proof=lambda written: _opens(phrase, written, record),
                retired=key_changes.ended_tags(unlocked.header),
                master=master,
            )
    except BaseException:
        if not unlocked.opened_by(master):
            master.wipe()
        raise


def _opens(phrase: Secret, written: Header, record: SpaceRecord) -> None:
    """A real unlock from the bytes on disk: the passphrase gives a key, the key gives the new file's key.

    Raises:
        VaultError: DAMAGED_HEADER.
    """
    found: tuple[Secret, KeySlot, float] | None = key_changes.fitting(phrase, written)
    if found is None:
        raise VaultError(Code.DAMAGED_HEADER, reason="new_slot")
    with found[0] as master:
        if open_contents(written, master).private != record:
            raise VaultError(Code.DAMAGED_HEADER, reason="new_contents")


def _forget(unlocked: Unlocked) -> None:
    """Take a copy that will not be used away again; what cannot be removed now is removed at the next opening."""
    try:
        key_changes.sweep(unlocked)
    except VaultError:
        return
