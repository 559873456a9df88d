"""The way back while the journal cannot be opened: with the passphrase alone, from the locked program or a shell."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import SpaceRecord
from app.crypto.secret import Secret
from app.data import backups, rescue, restoring, tries
from app.data.backup_set import BackupKey, BackupSet, made_at, own_sets
from app.data.cipher import open_space
from app.data.copying import CalledOff, Cancelled, Progress, never, untold
from app.data.lost_header import key_from_passphrase, live_header_opens
from app.data.os_lock import OsLock
from app.data.rescue import Rescued
from app.data.restoring import Kept, Tried
from app.data.space import belongs_to
from app.data.vault_folder import ProvenKey, VaultFolder
from app.data.vault_layout import Layout
from app.domain.backing_up import Why
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from app.services import release_choice
from app.services.backups import free_name
from app.services.reading_out import Reading, read_out

_UNREADABLE: Final = frozenset({Code.DAMAGED_ENTRIES, Code.EMPTY_FILE, Code.INCOMPLETE_COPY, Code.PLAIN_DATABASE})


class WayBack(msgspec.Struct, frozen=True):
    """One copy to go back to: its name, when it was made (UTC), and whether it is a set or a file set aside.

    `revisions` is how many saved states its manifest counts; None for a file set aside, which nobody counted.
    """

    id: str
    made: dt.datetime
    why: Why | None
    bytes: int
    kept: bool
    revisions: int | None = None


class Restored(msgspec.Struct, frozen=True):
    """What a restore did: what the copy held, and where the files that stood there before are now."""

    id: str
    tried: Tried
    kept: tuple[Path, ...]
    header_too: bool


class Found(msgspec.Struct, frozen=True):
    """What a passphrase finds while the journal does not open.

    `key_file_only`: the key file is damaged or gone, and the file with the entries opens: nothing has to be given up.
    """

    ways: tuple[WayBack, ...]
    key_file_only: bool


def find(folder: Path, passphrase: str) -> Found:
    """Good sets, newest first, then files that were set aside. Slow (a derivation); nothing is written.

    Raises:
        VaultError: as `key_from_passphrase`.
    """
    with _key(folder, passphrase) as key:
        layout = Layout(folder.resolve())
        sets = [_way(one) for one in own_sets(backups.folder_of(layout), key) if one.good]
        kept = [_kept_way(one) for one in restoring.kept_files(layout, key)]
        return Found((*sets, *kept), _key_file_only(layout, key))


def ways_back(folder: Path, passphrase: str) -> tuple[WayBack, ...]:
    """The copies `find` finds.

    Raises:
        VaultError: as `find`.
    """
    return find(folder, passphrase).ways


def put_key_file_back(folder: Path, passphrase: str) -> None:
    """Put a whole key file in the place of a damaged one; the entries stay as they are. Slow (a derivation).

    Raises:
        VaultError: as `key_from_passphrase`; LOCKED_BY_ANOTHER; DAMAGED_HEADER when it is not the key file alone.
    """
    layout = Layout(folder.resolve())
    with _key(folder, passphrase) as key:
        lock = OsLock.acquire(layout.lock)
        try:
            if not _key_file_only(layout, key):
                raise VaultError(Code.DAMAGED_HEADER)
            restoring.put_header_back(key, layout)
        finally:
            lock.release()


def try_copy(folder: Path, passphrase: str, name: str = "") -> tuple[str, Tried]:
    """Open a copy (the newest set without a name) for real and look through all of it; returns its name.

    Raises:
        VaultError: as `key_from_passphrase` and `restoring.try_set`; INCOMPLETE_COPY when there is no such copy.
    """
    with _key(folder, passphrase) as key:
        chosen = _chosen(Layout(folder.resolve()), key, name)
        return _name(chosen), _try(chosen, key, never)


def restore_to(folder: Path, passphrase: str, target: Path, name: str = "") -> Path:
    """Lay a set out as a new vault in a folder that does not exist yet. The live one is not touched.

    Raises:
        VaultError: as `key_from_passphrase` and `backups.take_along`.
    """
    with _key(folder, passphrase) as key:
        chosen = _chosen(Layout(folder.resolve()), key, name)
        if not isinstance(chosen, BackupSet):
            raise VaultError(Code.INCOMPLETE_COPY)
        _try(chosen, key, never)
        made = backups.take_along(chosen, key, target)
        return made or target


def restore_here(
    folder: Path,
    passphrase: str,
    name: str = "",
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> Restored | None:
    """Put a copy (the newest good set without a name) in the place of the live file. None when called off.

    Also where the live file is damaged or missing, and where the key file is gone. What stood there is kept beside it.
    A shared file is exchanged only where the live one cannot be opened: the other person's words are in it.

    Raises:
        VaultError: as `key_from_passphrase` and `restoring.prepare_set`; LOCKED_BY_ANOTHER while it is open.
    """
    layout = Layout(folder.resolve())
    with _key(folder, passphrase) as key:
        lock = OsLock.acquire(layout.lock)
        try:
            restoring.clear_unused(layout)
            chosen = _chosen(layout, key, name)
            tried = _try(chosen, key, cancelled)
            if isinstance(chosen, BackupSet):
                wanted = _wanted(layout, key)
                ready = restoring.prepare_set(chosen, key, layout, wanted, cancelled=cancelled, progress=progress)
            else:
                ready = restoring.prepare_kept(chosen, key, layout, cancelled=cancelled, progress=progress)
            if ready is None:
                return None
            header_too = not live_header_opens(layout, key)
            if header_too:
                restoring.put_header_back(key, layout)
            kept = restoring.exchange(ready, key)
        finally:
            lock.release()
        vault = VaultFolder.open(layout.root)
        header, master = key.header, key.lend()
        with vault.open_with(ProvenKey(header, master, earlier=False)) as unlocked:
            restoring.accept(unlocked, ready)
            release_choice.end_all_of(unlocked)
    return Restored(_name(chosen), tried, kept, header_too)


class Readable(msgspec.Struct, frozen=True):
    """What could be read, in words and as it was stored. `rescued` is for saving it, not for showing.

    `copies` is how many good copies there are, each of which could be taken along instead.
    """

    reading: Reading
    copies: int = 0
    rescued: Rescued = Rescued((), (), ())


def read_what_can_be(
    folder: Path, passphrase: str, *, cancelled: Cancelled = never, progress: Progress = untold
) -> Rescued | None:
    """Everything of the private file that can still be read, and the list of what cannot. None when called off.

    Nothing of the journal is written. Where a log lies beside the file, both are copied first and read together: what
    was saved last may be in the log alone.

    Raises:
        VaultError: as `key_from_passphrase`; as `rescue.read_file_at_rest`; LOCKED_BY_ANOTHER while it is open.
    """
    layout = Layout(folder.resolve())
    with _key(folder, passphrase) as key:
        return _read(layout, key, cancelled, progress)


def read_in_words(
    folder: Path,
    passphrase: str,
    content: Content,
    kinds: Kinds,
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> Readable | None:
    """The same, as a plain list to read; empty when not even the first page of the file opens. Slow (a derivation).

    Raises:
        VaultError: as `key_from_passphrase`; LOCKED_BY_ANOTHER, NO_PERMISSION, DISK_FULL.
    """
    layout = Layout(folder.resolve())
    with _key(folder, passphrase) as key:
        copies = sum(one.good for one in own_sets(backups.folder_of(layout), key))
        try:
            rescued = _read(layout, key, cancelled, progress)
        except VaultError as error:
            if error.code not in _UNREADABLE:
                raise
            rescued = Rescued((), (), (error.code.value,))
        names = {key.contents.person_id: key.contents.display_name}
        names |= {other.person_id: content.care.rescue.other for other in key.contents.others}
    if rescued is None:
        return None
    return Readable(read_out(rescued, content, kinds, names), copies, rescued)


def take_along(
    folder: Path,
    passphrase: str,
    into: Path,
    day: dt.date,
    name: str = "",
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> Path | None:
    """Lay a copy (the newest good one without a name) out as a locked journal of its own, in a new folder of `into`.

    Raises:
        VaultError: as `key_from_passphrase` and `backups.take_along`; INCOMPLETE_COPY without such a copy.
    """
    with _key(folder, passphrase) as key:
        chosen = _chosen(Layout(folder.resolve()), key, name)
        if not isinstance(chosen, BackupSet):
            raise VaultError(Code.INCOMPLETE_COPY)
        return backups.take_along(chosen, key, free_name(into, day), cancelled=cancelled, progress=progress)


def _key(folder: Path, passphrase: str) -> BackupKey:
    """The keys a passphrase opens. A miss counts as one at the locked window does, so that this is no way around it.

    Raises:
        VaultError: as `key_from_passphrase`.
    """
    try:
        return key_from_passphrase(folder, passphrase)
    except VaultError as error:
        if error.code is Code.WRONG_PASSPHRASE:
            tries.note_miss(Layout(folder.resolve()))
        raise


def _read(layout: Layout, key: BackupKey, cancelled: Cancelled, progress: Progress) -> Rescued | None:
    record = key.contents.private
    path = layout.space_file(record.file_name)
    lock = OsLock.acquire(layout.lock)
    try:
        with Secret(record.key) as secret:
            aside = backups.folder_of(layout)
            return rescue.read_closed(path, secret, record.salt, aside, cancelled=cancelled, progress=progress)
    except CalledOff:
        return None
    finally:
        lock.release()


def _key_file_only(layout: Layout, key: BackupKey) -> bool:
    return not live_header_opens(layout, key) and _opens(layout, key, key.contents.private)


def _wanted(layout: Layout, key: BackupKey) -> frozenset[str]:
    """The private space, and shared ones whose live file does not open."""
    broken = [record.space_id for record in key.contents.shared if not _opens(layout, key, record)]
    return frozenset({key.contents.private.space_id, *broken})


def _opens(layout: Layout, key: BackupKey, record: SpaceRecord) -> bool:
    path = layout.space_file(record.file_name)
    with suppress(VaultError), Secret(record.key) as secret:
        open_space(path, secret, record.salt, check=belongs_to(key.meta_of(record))).close()
        return True
    return False


def _chosen(layout: Layout, key: BackupKey, name: str) -> BackupSet | Kept:
    found: list[BackupSet | Kept] = [one for one in own_sets(backups.folder_of(layout), key) if one.good]
    if name:
        found += restoring.kept_files(layout, key)
        found = [one for one in found if _name(one) == name]
    if not found:
        raise VaultError(Code.INCOMPLETE_COPY, missing="backup")
    if name or not isinstance(found[0], BackupSet):
        return found[0]
    for one in found:  # the newest that is what it was made of
        with suppress(VaultError):
            _try(one, key, never)
            return one
    raise VaultError(Code.INCOMPLETE_COPY, missing="backup")


def _try(chosen: BackupSet | Kept, key: BackupKey, cancelled: Cancelled) -> Tried:
    found = (
        restoring.try_set(chosen, key, cancelled=cancelled)
        if isinstance(chosen, BackupSet)
        else restoring.try_kept(chosen, key, cancelled=cancelled)
    )
    return found or Tried((), None, 0)


def _name(chosen: BackupSet | Kept) -> str:
    return chosen.id if isinstance(chosen, BackupSet) else chosen.path.name


def _way(one: BackupSet) -> WayBack:
    manifest = one.manifest
    if manifest is None:
        return WayBack(one.id, made_at(one), None, 0, kept=False)
    return WayBack(one.id, made_at(one), manifest.why, manifest.size_bytes, kept=False, revisions=manifest.revisions)


def _kept_way(kept: Kept) -> WayBack:
    return WayBack(kept.path.name, dt.datetime.fromtimestamp(kept.changed_s, dt.UTC), None, kept.bytes, kept=True)
