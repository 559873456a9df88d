"""Copies of space files: made from a file that is open, looked at without changing a byte.

A copy is taken through a connection of its own that stands on one moment of the file (a read transaction): whoever
writes meanwhile is neither held up nor seen, and the copy is of that moment. A closed copy is opened as immutable:
the engine then writes nothing at all, neither into the file nor beside it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from app.crypto.secret import Secret
from app.data.cipher import SpaceConnection, check_file, check_library, keyed, prove_key, sorted_errors
from app.data.durable_files import create_file, no_follow, reading, sync_folder, writing
from app.domain.errors import Code, VaultError

PAGES_A_STEP: Final = 128
STEPS_A_SYNC: Final = 8
OPS_BETWEEN_QUESTIONS: Final = 2_000
_CHUNK_BYTES: Final = 1 << 20
_SLACK_BYTES: Final = 8 << 20
_WAIT_S: Final = 0.1
_TURN_S: Final = 0.0005
_USUAL_TURN_S: Final = sys.getswitchinterval()
_AT_REST: Final = "mode=ro&immutable=1"

Cancelled = Callable[[], bool]
Progress = Callable[[float], None]
"""Told how far a step is, 0 to 1."""


class CalledOff(Exception):  # noqa: N818  # no error: the person changed their mind
    """Carries a "stop" out of the engine; never leaves the layer."""


_at_work = threading.Lock()


@contextmanager
def one_at_a_time(cancelled: Cancelled) -> Iterator[None]:
    """Hold the folder of copies: what one piece of work leaves half made must not be swept away by another.

    Raises:
        CalledOff: while waiting, on the person's word.
    """
    while not _at_work.acquire(timeout=_WAIT_S):
        stop_if(cancelled)
    try:
        yield
    finally:
        _at_work.release()


@contextmanager
def gently() -> Iterator[None]:
    """Let other threads of this program have their turn ten times as often while something long runs here.

    A save asks for its turn after every statement; at the interpreter's usual 5 ms each it would take a tenth of a
    second beside a check.
    """
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(_USUAL_TURN_S)


def never() -> bool:
    """Nobody calls it off."""
    return False


def untold(_part: float) -> None:
    """Nobody watches."""


def stop_if(cancelled: Cancelled) -> None:
    """Raise `CalledOff` when it was called off."""
    if cancelled():
        raise CalledOff


@contextmanager
def snapshot(path: Path, key: Secret, salt: bytes) -> Iterator[SpaceConnection]:
    """A second, reading connection to a file that is open in this process, standing on one moment of it.

    Deliberately without a look at the file by name: closing a plain handle would drop the locks the engine holds on it.

    Raises:
        VaultError: INCOMPLETE_COPY when it is not there, DAMAGED_ENTRIES, NO_PERMISSION.
    """
    check_library()
    if not path.is_file():
        raise VaultError(Code.INCOMPLETE_COPY, file=path.name)
    with closing(keyed(path, key, salt, access="mode=ro")) as connection, sorted_errors(path):
        connection.execute("BEGIN")
        prove_key(connection, path)
        yield connection


@contextmanager
def at_rest(path: Path, key: Secret, salt: bytes, *, cancelled: Cancelled = never) -> Iterator[SpaceConnection]:
    """A closed copy, opened so that nothing is written to it or beside it. Long statements stop when called off.

    Raises:
        VaultError: as `cipher.open_space`.
        CalledOff: a statement was stopped.
    """
    check_library()
    check_file(path)
    with closing(keyed(path, key, salt, access=_AT_REST)) as connection:
        prove_key(connection, path)
        connection.set_progress_handler(cancelled, OPS_BETWEEN_QUESTIONS)
        yield connection


def copy_open(
    source: Path,
    target: Path,
    key: Secret,
    salt: bytes,
    *,
    cancelled: Cancelled = never,
    progress: Progress = untold,
) -> None:
    """Copy a space as it stands now into a new file under the same key. Takes any thread; holds up nobody.

    Every page is read through its authentication: a damaged source is refused, not copied.

    Raises:
        VaultError: as `snapshot`; DISK_FULL, WRITE_FAILED. A file half made is removed.
        CalledOff: on the person's word.
    """

    create_file(target, b"")
    try:
        with _for_writing(target) as written:

            def told(_status: int, left: int, total: int) -> None:
                stop_if(cancelled)
                if (left // PAGES_A_STEP) % STEPS_A_SYNC == 0:  # one sync of it all would hold up a save for as long
                    with writing():
                        os.fsync(written)
                progress(1 - left / max(1, total))

            with snapshot(source, key, salt) as live, closing(keyed(target, key, salt)) as copy, sorted_errors(target):
                live.backup(copy, pages=PAGES_A_STEP, progress=told, sleep=0)
        sync_file(target)
        sync_folder(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def copy_closed(source: Path, target: Path, *, cancelled: Cancelled = never, progress: Progress = untold) -> str:
    """Copy a closed file byte by byte into a new one and sync it; returns the SHA-256 of what was read.

    Raises:
        VaultError: INCOMPLETE_COPY, NO_PERMISSION, DISK_FULL, WRITE_FAILED. A file half made is removed.
        CalledOff: on the person's word.
    """
    create_file(target, b"")
    try:
        digest, done = hashlib.sha256(), 0
        size = max(1, _size(source))
        with _for_writing(target) as into:
            for part in _parts(source):
                stop_if(cancelled)
                digest.update(part)
                with writing():
                    _write(into, part)
                done += len(part)
                progress(done / size)
            with writing():
                os.fsync(into)
        sync_folder(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def digest_of(path: Path, *, cancelled: Cancelled = never, progress: Progress = untold) -> str:
    """The SHA-256 of a closed file, as hex.

    Raises:
        VaultError: INCOMPLETE_COPY, NO_PERMISSION.
        CalledOff: on the person's word.
    """
    digest, done = hashlib.sha256(), 0
    size = max(1, _size(path))
    for part in _parts(path):
        stop_if(cancelled)
        digest.update(part)
        done += len(part)
        progress(done / size)
    return digest.hexdigest()


def refuse_without_room(folder: Path, needed_bytes: int) -> None:
    """See that the disk has room before anything is begun.

    Raises:
        VaultError: DISK_FULL with the `missing` megabytes.
    """
    with reading():
        free = shutil.disk_usage(folder).free
    if free < needed_bytes + _SLACK_BYTES:
        raise VaultError(Code.DISK_FULL, missing=(needed_bytes + _SLACK_BYTES - free) // 1_000_000 + 1)


def sync_file(path: Path) -> None:
    """Make a finished file durable.

    Raises:
        VaultError: as `durable_files.writing`.
    """
    with _for_writing(path) as descriptor, writing():
        os.fsync(descriptor)


def _size(path: Path) -> int:
    with reading():
        return path.stat().st_size


@contextmanager
def _for_writing(path: Path) -> Iterator[int]:
    with writing():
        descriptor = os.open(path, os.O_RDWR | no_follow())
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _parts(path: Path) -> Iterator[bytes]:
    with reading():
        descriptor = os.open(path, os.O_RDONLY | no_follow())
        try:
            while part := os.read(descriptor, _CHUNK_BYTES):
                yield part
        finally:
            os.close(descriptor)
