"""Files that survive a power cut, readable by their owner only, never written in place.

Every small file of the vault goes through here: a new one is made exclusively; a change is a new file beside the old
one, synced, renamed over it, and the folder synced. So a full disk or a crash leaves the old file or the new one,
whole.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.domain.errors import Code, VaultError

OWNER_ONLY_FILE: Final = 0o600
OWNER_ONLY_FOLDER: Final = 0o700
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
_CHUNK: Final = 65536


def no_follow() -> int:
    """Flags for opening exactly the named file: not through a link, not waiting at a pipe, not inherited by a child."""
    return getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | _BINARY


@contextmanager
def reading() -> Iterator[None]:
    """Turn a system error while reading into a code: NO_PERMISSION, or INCOMPLETE_COPY for what is missing or no file.

    Raises:
        VaultError: as said.
    """
    try:
        yield
    except OSError as error:
        raise VaultError(Code.NO_PERMISSION if error.errno in _FORBIDDEN else Code.INCOMPLETE_COPY) from None


@contextmanager
def writing() -> Iterator[None]:
    """Turn a system error while writing into a code: DISK_FULL, NO_PERMISSION, or WRITE_FAILED for all others.

    Raises:
        VaultError: as said.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise VaultError(Code.DISK_FULL) from None
        raise VaultError(Code.NO_PERMISSION if error.errno in _FORBIDDEN else Code.WRITE_FAILED) from None


def make_folder(path: Path) -> None:
    """Make one new folder for the owner only, whatever the umask.

    Raises:
        VaultError: as `writing`.
    """
    with writing():
        path.mkdir(mode=OWNER_ONLY_FOLDER)
        path.chmod(OWNER_ONLY_FOLDER)


def read_file(path: Path, limit_bytes: int) -> bytes:
    """Return up to `limit_bytes + 1` bytes of an ordinary file (one more than the limit tells "too long").

    Raises:
        VaultError: INCOMPLETE_COPY when it is missing, a link, a folder or a device; NO_PERMISSION.
    """
    with reading():
        descriptor = os.open(path, os.O_RDONLY | no_follow())
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise VaultError(Code.INCOMPLETE_COPY, reason="not_a_file")
            parts: list[bytes] = []
            left = limit_bytes + 1
            while left > 0 and (part := os.read(descriptor, min(left, _CHUNK))):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
        finally:
            os.close(descriptor)


def create_file(path: Path, data: bytes) -> None:
    """Make a file that did not exist, owner only, and sync it. A failed one is removed again.

    Raises:
        VaultError: as `writing`; WRITE_FAILED also when the name is taken.
    """
    with writing():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | no_follow(), OWNER_ONLY_FILE)
        try:
            _write_all(descriptor, data)
        except BaseException:
            os.close(descriptor)
            path.unlink()
            raise
        os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path`: temporary file beside it, sync, rename, sync of the folder.

    One writer is assumed (the vault's lock); a temporary file left by a crash is overwritten by the next call.

    Raises:
        VaultError: as `writing`; the file at `path` is then still the earlier one, or already the new one, never a
        mixture.
    """
    temporary = path.with_name(path.name + ".tmp")
    with writing():
        temporary.unlink(missing_ok=True)
    create_file(temporary, data)
    try:
        with writing():
            temporary.replace(path)
    except VaultError:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make renames and new names in a folder durable. Windows does this by itself.

    Raises:
        VaultError: as `writing`.
    """
    if sys.platform == "win32":
        return
    with writing():
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    if sys.platform != "win32":
        os.fchmod(descriptor, OWNER_ONLY_FILE)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    _sync(descriptor)


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl  # this system only: fsync alone leaves data in the drive's cache

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)
