"""One writer at a time: an advisory lock of the operating system on a file inside the vault.

The system drops the lock when the process ends, however it ends, so a crash leaves nothing to clear by hand. The file
is empty and stays: it names no host, no process and no time.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, Self, final

from app.data.durable_files import OWNER_ONLY_FILE, no_follow, writing
from app.domain.errors import Code, VaultError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD_ELSEWHERE: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
_TRIES: Final = 5


@final
class OsLock:
    """A held lock. Two locks on one file exclude each other even within one process and through any path to it."""

    __slots__ = ("_descriptor", "path")

    def __init__(self, descriptor: int, path: Path) -> None:
        """Wrap an already locked descriptor; use `acquire`."""
        self._descriptor: int | None = descriptor
        self.path = path

    @classmethod
    def acquire(cls, path: Path) -> Self:
        """Take the lock at once, making the file if it is missing; never waits.

        Raises:
            VaultError: LOCKED_BY_ANOTHER when held elsewhere; NO_PERMISSION when the folder may not be written, or its
            file
                system knows no locks (some network drives: no place for a live journal).
        """
        for _ in range(_TRIES):
            descriptor = _open(path, os.O_CREAT)
            try:
                _lock(descriptor)
                if _same_file(descriptor, path):
                    return cls(descriptor, path)
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)  # somebody replaced the file between opening and locking it
        raise VaultError(Code.LOCKED_BY_ANOTHER)

    @property
    def current(self) -> bool:
        """Whether the file at the path is still the locked one; False after a sync program replaced or removed it."""
        return self._descriptor is not None and _same_file(self._descriptor, self.path)

    def release(self) -> None:
        """Give the lock back. Safe to call more than once."""
        if self._descriptor is not None:
            # said aloud, because a child that is just being started may hold a copy of the descriptor for a moment
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None


def is_held(path: Path) -> bool:
    """Whether another holder has the lock right now; makes nothing. For a calm word before a passphrase is typed."""
    if not path.exists():
        return False
    try:
        descriptor = _open(path, 0)
    except VaultError:
        return False
    try:
        _lock(descriptor)
    except VaultError as error:
        return error.code is Code.LOCKED_BY_ANOTHER
    else:
        _unlock(descriptor)
        return False
    finally:
        os.close(descriptor)


def _open(path: Path, flags: int) -> int:
    with writing():
        return os.open(path, os.O_RDWR | no_follow() | flags, OWNER_ONLY_FILE)


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except OSError:
        return False


def _lock(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD_ELSEWHERE:
            raise VaultError(Code.LOCKED_BY_ANOTHER) from None
        raise VaultError(Code.NO_PERMISSION, reason="no_locks") from None


def _unlock(descriptor: int) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
