"""Making copies of everything one person can read, thinning them, and taking one along.

A set is made under a name that does not count (`.part`), looked through as if it had come from elsewhere, synced, and
renamed last: a power cut leaves a set or nothing that is taken for one. All of it works beside the open journal, on any
thread, with keys lent for the purpose.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import SpaceRecord
from app.crypto.secret import Secret
from app.data import thinning
from app.data.backup_set import (
    FORMAT,
    HALF,
    MANIFEST,
    BackupKey,
    BackupSet,
    Manifest,
    SpaceCopy,
    header_of,
    made_at,
    own_sets,
    read_set,
    sha256,
)
from app.data.copying import (
    CalledOff,
    Cancelled,
    Progress,
    copy_closed,
    copy_open,
    digest_of,
    never,
    one_at_a_time,
    refuse_without_room,
    untold,
)
from app.data.durable_files import create_file, make_folder, read_file, reading, sync_folder, writing
from app.data.looking import look_through
from app.data.migrations import runner
from app.data.rewrapping import BACKUPS, wrapped_as_now
from app.data.unlocked import Unlocked
from app.data.vault_layout import Layout
from app.data.vault_meta import META_LIMIT_BYTES, encode_meta, is_id, random_id
from app.domain.backing_up import Why
from app.domain.errors import Code, VaultError

_COPYING: Final = 0.6
"""The share of a backup's time that copying takes; the rest is looking through the copy."""


class Order(msgspec.Struct, frozen=True):
    """What to make: why, by which release, at which instant (UTC)."""

    why: Why
    program: str
    now: datetime


def folder_of(layout: Layout) -> Path:
    """Where the sets of a vault lie."""
    return layout.root / BACKUPS


def make(
    layout: Layout,
    key: BackupKey,
    order: Order,
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> BackupSet | None:
    """Make one set of every space of this person that is there, and look through it. Slow, for a pool thread.

    A shared file in trouble does not keep the private one from being copied; a private one in trouble is refused.
    None when called off. Thin afterwards, with `thin`: a set that failed must never cost an older one.

    Raises:
        VaultError: DISK_FULL before anything is begun; DAMAGED_ENTRIES when the live file or its copy has damage;
            as `copying.copy_open`. Nothing is left behind.
    """
    try:
        with one_at_a_time(cancelled):
            return _make(layout, key, order, cancelled, progress)
    except CalledOff:
        return None


def thin(sets: Iterable[BackupSet]) -> tuple[str, ...]:
    """Take away what the rule of `thinning` no longer keeps; returns the names. Only good sets count, and only they go.

    Call it only after a set was made and found whole.
    """
    good = [one for one in sets if one.good and one.manifest is not None]
    staying = thinning.kept((one.id, made_at(one).date()) for one in good)
    gone = [one for one in good if one.id not in staying]
    for one in gone:
        remove_set(one.root)
    return tuple(one.id for one in gone)


def take_along(
    one: BackupSet,
    key: BackupKey,
    target: Path,
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> Path | None:
    """Lay a set out as a whole vault in a new folder: on a stick, or beside the live one. None when called off.

    What was written is read back and compared with the manifest before it gets its name.

    Raises:
        VaultError: VAULT_EXISTS when `target` is there already; DAMAGED_HEADER, DAMAGED_ENTRIES for a set that is not
            as it was made; DISK_FULL, NO_PERMISSION, WRITE_FAILED. Nothing is left behind.
    """
    header_of(one, key)
    manifest = _manifest(one)
    target = target.absolute()
    if target.exists() or target.is_symlink():
        raise VaultError(Code.VAULT_EXISTS)
    with reading():
        refuse_without_room(target.parent, manifest.size_bytes)
    half = Layout(target.with_name(random_id() + HALF))
    try:
        for made in (half.root, *half.folders):
            make_folder(made)
        _lay_out(one, key, half, cancelled, progress)
        with writing():
            half.root.rename(target)
        sync_folder(target.parent)
    except CalledOff:
        remove_set(half.root)
        return None
    except BaseException:
        remove_set(half.root)
        raise
    progress(1.0)
    return target


def rotate_backups(
    old: BackupKey, new: BackupKey, layout: Layout, program: str, *, progress: Progress = untold
) -> tuple[int, BackupSet | None]:
    """After new keys: every set under the old ones is removed, once a set under the new ones is made and whole.

    Re-sealing would keep the old days, but each set is a whole database under the key somebody may know: every one
    would have to be exported anew. A fresh set of everything, history included, holds the same words. Returns how many
    old sets went, and the new one.

    Raises:
        VaultError: as `make`; the old sets are still there then.
    """
    outgoing = {one.id for one in own_sets(folder_of(layout), old)}
    fresh = make(layout, new, Order(Why.BEFORE_ROTATION, program, datetime.now(UTC)), progress=progress)
    meanwhile = {one.id for one in own_sets(folder_of(layout), old) if one.good}
    outgoing |= meanwhile - {fresh.id if fresh is not None else ""}
    remove_sets(layout, outgoing)
    return len(outgoing), fresh


def remove_sets(layout: Layout, names: Iterable[str]) -> None:
    """Take sets away by their names; those that are gone already are passed over."""
    for name in names:
        remove_set(folder_of(layout) / name)


def lying_there(layout: Layout, names: Iterable[str]) -> tuple[str, ...]:
    """Those of these names under which something of a set is still there."""
    folder = folder_of(layout)
    return tuple(name for name in names if (folder / name).is_dir() or (folder / (name + HALF)).is_dir())


def key_of(unlocked: Unlocked) -> BackupKey:
    """The keys of an open vault, copied for work on another thread. The caller wipes it."""
    header, master = unlocked.lend()
    return BackupKey(header, master)


def clear_halves(folder: Path) -> None:
    """Take away what interrupted backups left."""
    if not folder.is_dir():
        make_folder(folder)
    with reading():
        halves = [entry for entry in folder.iterdir() if entry.name.endswith(HALF)]
    for entry in halves:
        if is_id(entry.name.removesuffix(HALF)):
            remove_set(entry)


def remove_set(root: Path) -> None:
    """Take a set away. It loses its name first, so that it does not count while the rest goes, whatever comes between.

    Done again, it goes on with what a cut left under the name that does not count.
    """
    half = root if root.name.endswith(HALF) else root.with_name(root.name + HALF)
    if root != half and root.is_dir() and not root.is_symlink():
        shutil.rmtree(half, ignore_errors=True)
        with suppress(OSError):
            root.rename(half)
        if root.is_dir():  # it could not be renamed: the manifest goes first instead
            with suppress(OSError):
                (root / MANIFEST).unlink()
            shutil.rmtree(root, ignore_errors=True)
    if half.is_dir() and not half.is_symlink():
        shutil.rmtree(half, ignore_errors=True)


def _make(layout: Layout, key: BackupKey, order: Order, cancelled: Cancelled, progress: Progress) -> BackupSet:
    folder = folder_of(layout)
    clear_halves(folder)
    records = [record for record in key.spaces if layout.space_file(record.file_name).is_file()]
    if not any(record is key.contents.private for record in records):
        raise VaultError(Code.INCOMPLETE_COPY, file=key.contents.private.file_name)
    refuse_without_room(folder, sum(_live_bytes(layout, record) for record in records))
    half = Layout(folder / (random_id() + HALF))
    try:
        for made in (half.root, half.people, half.spaces):
            make_folder(made)
        spaces = _copied(layout, half, key, records, cancelled, progress)
        _finish(layout, half, key, order, spaces)
        final = folder / half.root.name.removesuffix(HALF)
        with writing():
            half.root.rename(final)
        sync_folder(folder)
    except BaseException:
        remove_set(half.root)
        raise
    progress(1.0)
    return read_set(final, key)


def _copied(
    layout: Layout,
    half: Layout,
    key: BackupKey,
    records: list[SpaceRecord],
    cancelled: Cancelled,
    progress: Progress,
) -> tuple[SpaceCopy, ...]:
    made: list[SpaceCopy] = []
    for number, record in enumerate(records):

        def told(part: float, start: int = number) -> None:
            progress((start + part) / len(records))

        try:
            made.append(_copy(layout, half, key, record, cancelled, told))
        except VaultError as error:
            if record is key.contents.private or error.code in {Code.DISK_FULL, Code.WRITE_FAILED}:
                raise
            with suppress(OSError):
                half.space_file(record.file_name).unlink()
    return tuple(made)


def _copy(
    layout: Layout,
    half: Layout,
    key: BackupKey,
    record: SpaceRecord,
    cancelled: Cancelled,
    progress: Progress,
) -> SpaceCopy:
    """Copy one space, then look through the copy; both must be as they should."""
    target = half.space_file(record.file_name)
    live = layout.space_file(record.file_name)
    with Secret(record.key) as secret:
        copy_open(
            live, target, secret, record.salt, cancelled=cancelled, progress=lambda part: progress(part * _COPYING)
        )
        found = look_through(target, secret, record.salt, key.meta_of(record), cancelled=cancelled, chain=False)
    if not found.clean:
        raise VaultError(Code.DAMAGED_ENTRIES, count=len(found.pages) + len(found.chain))
    digest = digest_of(target, cancelled=cancelled)
    progress(1.0)
    return SpaceCopy(
        space_id=record.space_id,
        file_name=record.file_name,
        shared=record is not key.contents.private,
        bytes=_bytes_of(target),
        sha256=digest,
        revisions=found.revisions,
        heads=found.heads,
    )


def _finish(layout: Layout, half: Layout, key: BackupKey, order: Order, spaces: tuple[SpaceCopy, ...]) -> None:
    """Header, public file, and the manifest over all of it, each synced."""
    raw, meta = wrapped_as_now(layout, key), encode_meta(key.vault_id)
    create_file(half.key_file(key.person_file), raw)
    create_file(half.meta, meta)
    manifest = Manifest(
        format=FORMAT,
        set_id=half.root.name.removesuffix(HALF),
        vault_id=key.vault_id,
        person_file=key.person_file,
        made_at=order.now.astimezone(UTC),
        why=order.why,
        program=order.program,
        schema=runner.NEWEST,
        header_sha256=sha256(raw),
        meta_sha256=sha256(meta),
        spaces=spaces,
    )
    create_file(half.root / MANIFEST, key.seal(manifest))
    for folder in (half.people, half.spaces, half.root):
        sync_folder(folder)


def _lay_out(one: BackupSet, key: BackupKey, half: Layout, cancelled: Cancelled, progress: Progress) -> None:
    source = Layout(one.root)
    manifest = _manifest(one)
    for number, space in enumerate(manifest.spaces):

        def told(part: float, start: int = number) -> None:
            progress((start + part) / len(manifest.spaces))

        target = half.space_file(space.file_name)
        copy_closed(source.space_file(space.file_name), target, cancelled=cancelled, progress=told)
        if digest_of(target, cancelled=cancelled) != space.sha256:
            raise VaultError(Code.DAMAGED_ENTRIES, count=1)
    create_file(half.key_file(key.person_file), header_of(one, key).raw)
    create_file(half.root / MANIFEST, key.seal(manifest))
    create_file(half.meta, read_file(source.meta, META_LIMIT_BYTES))
    for folder in (half.people, half.spaces, half.root):
        sync_folder(folder)


def _manifest(one: BackupSet) -> Manifest:
    if one.manifest is None or not one.good:
        raise VaultError(one.trouble or Code.DAMAGED_HEADER, reason="manifest")
    return one.manifest


def _live_bytes(layout: Layout, record: SpaceRecord) -> int:
    path = layout.space_file(record.file_name)
    return _bytes_of(path) + _bytes_of(path.with_name(path.name + "-wal"))


def _bytes_of(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
