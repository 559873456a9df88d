"""Getting one back: trying a set for real, and putting a copy in the place of a live file that is damaged or gone.

Nothing is restored in place. The copy is laid beside the live file under a name that does not count, looked through
there, and exchanged only when the live one is closed; what stood there before stays beside it, with the ending `-kept`.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import HEADER_BYTES, Contents, SpaceRecord
from app.crypto.secret import Secret
from app.data.backup_set import BackupKey, BackupSet, Head, SpaceCopy, header_of
from app.data.cipher import open_space, sorted_errors
from app.data.copying import (
    CalledOff,
    Cancelled,
    Progress,
    copy_closed,
    digest_of,
    never,
    refuse_without_room,
    untold,
)
from app.data.durable_files import create_file, make_folder, read_file, reading, replace_file, sync_folder, writing
from app.data.looking import Looked, look_through
from app.data.space import belongs_to
from app.data.unlocked import Unlocked
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id
from app.domain.errors import Code, VaultError

KEPT: Final = "-kept"
_NEW: Final = "-new"
_MOST_KEPT: Final = 50


class Tried(msgspec.Struct, frozen=True):
    """What a set or a kept file holds, seen by opening it. `spaces` are the private one first."""

    spaces: tuple[Looked, ...]
    last_day: int | None
    revisions: int


class Kept(msgspec.Struct, frozen=True):
    """A file that was set aside: exchanged under an open journal, or replaced by a restored copy."""

    path: Path
    space_id: str
    shared: bool
    bytes: int
    changed_s: float


class Prepared(msgspec.Struct, frozen=True):
    """One copy that lies ready beside the live file it is to replace, and the chain it ends with."""

    new: Path
    live: Path
    space_id: str
    heads: tuple[Head, ...]


def try_set(one: BackupSet, key: BackupKey, *, cancelled: Cancelled = never) -> Tried | None:
    """Open a set with the keys of its own header and look through all of it. None when called off.

    Raises:
        VaultError: DAMAGED_HEADER, INCOMPLETE_COPY or DAMAGED_ENTRIES: this set does not give back what it was made of.
    """
    contents = key.opened(header_of(one, key))
    records = {record.space_id: record for record in (contents.private, *contents.shared)}
    try:
        looked = [_as_made(one, copy, records, key, cancelled) for copy in _copies(one)]
    except CalledOff:
        return None
    return _tried(looked)


def try_kept(kept: Kept, key: BackupKey, *, cancelled: Cancelled = never) -> Tried | None:
    """The same for a file that was set aside.

    Raises:
        VaultError: as `look_through`; DAMAGED_ENTRIES.
    """
    record = _record(key, kept.space_id)
    try:
        with Secret(record.key) as secret:
            found = look_through(kept.path, secret, record.salt, key.meta_of(record), cancelled=cancelled)
    except CalledOff:
        return None
    _refuse_unclean(found)
    return _tried([found])


def kept_files(layout: Layout, key: BackupKey) -> tuple[Kept, ...]:
    """Files of this person's spaces that were set aside, newest first.

    Raises:
        VaultError: NO_PERMISSION.
    """
    found: list[Kept] = []
    with reading():
        names = sorted(entry.name for entry in layout.spaces.iterdir()) if layout.spaces.is_dir() else []
        for record in key.spaces:
            for name in names:
                number = name.removeprefix(record.file_name + KEPT)
                if number != name and (not number or number.isdecimal()):
                    path = layout.spaces / name
                    seen = path.stat()
                    shared = record is not key.contents.private
                    found.append(Kept(path, record.space_id, shared, seen.st_size, seen.st_mtime))
    return tuple(sorted(found, key=lambda kept: kept.changed_s, reverse=True))


def prepare_set(
    one: BackupSet,
    key: BackupKey,
    layout: Layout,
    space_ids: frozenset[str],
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> tuple[Prepared, ...] | None:
    """Lay the copies of these spaces ready beside the live files, proven whole. None when called off.

    Raises:
        VaultError: as `try_set`; DISK_FULL, WRITE_FAILED; DAMAGED_HEADER with `reason="other_keys"` when the live
            header has other keys than this set (it was made before they were changed: lay it out as a vault instead).
    """
    own = key.opened(header_of(one, key))
    then = {record.space_id: record for record in (own.private, *own.shared)}
    ready: list[Prepared] = []
    try:
        for copy in _copies(one):
            if copy.space_id not in space_ids:
                continue
            record = _record(key, copy.space_id)
            if (then[copy.space_id].key, then[copy.space_id].epoch) != (record.key, record.epoch):
                raise VaultError(Code.DAMAGED_HEADER, reason="other_keys")
            source = Layout(one.root).space_file(copy.file_name)
            ready.append(_lay_ready(source, copy.sha256, record, key, layout, cancelled, progress))
    except CalledOff:
        discard(tuple(ready))
        return None
    except BaseException:
        discard(tuple(ready))
        raise
    return tuple(ready)


def prepare_kept(
    kept: Kept, key: BackupKey, layout: Layout, *, cancelled: Cancelled = never, progress: Progress = untold
) -> tuple[Prepared, ...] | None:
    """The same for a file that was set aside.

    Raises:
        VaultError: as `try_kept`; DISK_FULL, WRITE_FAILED.
    """
    record = _record(key, kept.space_id)
    try:
        return (_lay_ready(kept.path, "", record, key, layout, cancelled, progress),)
    except CalledOff:
        return None


def exchange(prepared: tuple[Prepared, ...], key: BackupKey) -> tuple[Path, ...]:
    """Put the ready copies in place; returns where the former files are now. The live files must be closed.

    What the former file's log holds goes into that file first, so that one file is the whole of it; it gets its second
    name next; the last step is one rename. A cut anywhere leaves the former file whole or the new one. The log of a
    file that does not open is kept whole beside its second name.

    Raises:
        VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED.
    """
    kept: list[Path] = []
    for ready in prepared:
        aside = _set_aside(ready, key)
        if aside.exists():
            kept.append(aside)
        with writing():
            ready.new.replace(ready.live)
        sync_folder(ready.live.parent)
    return tuple(kept)


def accept(unlocked: Unlocked, prepared: tuple[Prepared, ...]) -> None:
    """Let the header remember the restored chains instead of the newer ones it saw: the person gave their word.

    Of the space for two it remembers nothing: what is remembered there counts as proven, and a copy proves nothing.

    Raises:
        VaultError: as `Unlocked.change_header`.
    """
    heads = {ready.space_id: ready.heads for ready in prepared}

    def noted(record: SpaceRecord, own: str) -> SpaceRecord:
        if record.space_id not in heads:
            return record
        mine = next((head for head in heads[record.space_id] if head.author == own), None)
        return msgspec.structs.replace(
            record,
            head=mine.hash if mine else b"",
            head_seq=mine.seq if mine else 0,
            other_head=b"",
            other_seq=0,
        )

    def changed(contents: Contents) -> Contents:
        own = contents.person_id
        return msgspec.structs.replace(
            contents,
            private=noted(contents.private, own),
            shared=tuple(noted(record, "") for record in contents.shared),
        )

    unlocked.change_header(changed)


def put_header_back(key: BackupKey, layout: Layout) -> None:
    """Where the live header is damaged or gone: the one that opened takes its place, the damaged one is kept beside it.

    Raises:
        VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED.
    """
    for folder in layout.folders:
        if not folder.exists():
            make_folder(folder)
    live = layout.key_file(key.person_file)
    if live.exists():
        create_file(_free(live), read_file(live, 2 * HEADER_BYTES))
    replace_file(live, key.header.raw)


def discard(prepared: tuple[Prepared, ...]) -> None:
    """Take copies away that were laid ready and are not wanted."""
    for ready in prepared:
        with suppress(OSError):
            ready.new.unlink()


def clear_unused(layout: Layout) -> None:
    """Take away copies that an interrupted restore laid ready; only names of ours."""
    with suppress(OSError):
        for entry in list(layout.spaces.iterdir()):
            if entry.name.endswith(".db" + _NEW) and is_id(entry.name.removesuffix(".db" + _NEW)):
                entry.unlink()


def _lay_ready(
    source: Path,
    expected: str,
    record: SpaceRecord,
    key: BackupKey,
    layout: Layout,
    cancelled: Cancelled,
    progress: Progress,
) -> Prepared:
    live = layout.space_file(record.file_name)
    new = live.with_name(live.name + _NEW)
    with suppress(OSError):
        new.unlink()
    with reading():
        refuse_without_room(layout.spaces, source.stat().st_size)
    digest = copy_closed(source, new, cancelled=cancelled, progress=progress)
    try:
        if expected and digest != expected:
            raise VaultError(Code.DAMAGED_ENTRIES, count=1)
        with Secret(record.key) as secret:
            found = look_through(new, secret, record.salt, key.meta_of(record), cancelled=cancelled)
        _refuse_unclean(found)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    return Prepared(new, live, record.space_id, found.heads)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _set_aside(ready: Prepared, key: BackupKey) -> Path:
    """Give the former file a second name, with everything its log holds inside it; returns that name.

    A log that cannot be put into its file stays beside that name, as it was found: a copy of it is taken before the
    engine sees it, which drops a log it cannot read. Nothing loses its first name before it has a second one.
    """
    live, log = ready.live, _log_of(ready.live)
    aside = _free(live)
    if live.exists():
        _named_twice(live, aside)
    if log.exists() and log.stat().st_size:
        copy_closed(log, _log_of(aside))
        if _folded(ready, key):
            if not aside.samefile(live):
                aside.unlink()
                copy_closed(live, aside)
            _log_of(aside).unlink()
    sync_folder(live.parent)
    with writing():
        for former in (log, live.with_name(live.name + "-shm")):
            former.unlink(missing_ok=True)
    sync_folder(live.parent)  # a log that comes back after a power cut would be read into the new file
    return aside


def _folded(ready: Prepared, key: BackupKey) -> bool:
    """Let the engine put into the live file what only its log has. False where the file does not open."""
    record = _record(key, ready.space_id)
    with suppress(VaultError), Secret(record.key) as secret:
        connection = open_space(ready.live, secret, record.salt, check=belongs_to(key.meta_of(record)))
        with closing(connection), sorted_errors(ready.live):
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    return False


def _named_twice(path: Path, second: Path) -> None:
    try:
        os.link(path, second)
    except OSError:  # a disk that knows no second names
        copy_closed(path, second)


def _free(path: Path) -> Path:
    for number in range(1, _MOST_KEPT):
        target = path.with_name(path.name + KEPT + (str(number) if number > 1 else ""))
        if not target.exists() and not _log_of(target).exists():
            return target
    raise VaultError(Code.WRITE_FAILED, reason="too_many_kept")


def _as_made(
    one: BackupSet, copy: SpaceCopy, records: dict[str, SpaceRecord], key: BackupKey, cancelled: Cancelled
) -> Looked:
    """One copy of a set: the bytes it was made of, and everything they say."""
    path = Layout(one.root).space_file(copy.file_name)
    record = records.get(copy.space_id)
    if record is None or digest_of(path, cancelled=cancelled) != copy.sha256:
        raise VaultError(Code.DAMAGED_ENTRIES, count=1)
    with Secret(record.key) as secret:
        found = look_through(path, secret, record.salt, key.meta_of(record), cancelled=cancelled)
    _refuse_unclean(found)
    if (found.revisions, found.heads) != (copy.revisions, copy.heads):
        raise VaultError(Code.DAMAGED_ENTRIES, count=1)
    return found


def _copies(one: BackupSet) -> tuple[SpaceCopy, ...]:
    if one.manifest is None or not one.good:
        raise VaultError(one.trouble or Code.DAMAGED_HEADER, reason="manifest")
    return one.manifest.spaces


def _record(key: BackupKey, space_id: str) -> SpaceRecord:
    for record in key.spaces:
        if record.space_id == space_id:
            return record
    raise VaultError(Code.DAMAGED_HEADER, reason="no_such_space")


def _refuse_unclean(found: Looked) -> None:
    if not found.clean:
        raise VaultError(Code.DAMAGED_ENTRIES, count=len(found.pages) + len(found.chain))


def _tried(looked: list[Looked]) -> Tried:
    days = [one.last_day for one in looked if one.last_day is not None]
    return Tried(tuple(looked), max(days) if days else None, sum(one.revisions for one in looked))
