"""Notices when another program exchanges the files under an open connection, and stops writing then.

A sync program puts a file in the place of the one that is open; the engine goes on writing to the one that has no name
any more, and everything saved from then on vanishes when it is closed. Nothing reports that (security.md 2.4: 20 of 20
times). So each write looks before and after whether the names still lead to the files that were opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.data.connection import Connection
from app.data.durable_files import create_file, sync_folder
from app.domain.errors import Code, VaultError

_KEPT: Final = "-kept"
_MOST_KEPT: Final = 50

Identity = tuple[int, int]
"""Device and inode: what stays the same while a name is given to another file."""


class LiveFile:
    """The space file a connection stands on, and the log beside it."""

    def __init__(self, path: Path) -> None:
        """Note the file as it is now; right after it was opened."""
        self.path = path
        # plain names: both are looked up at every save
        self._file_name, self._log_name = os.fspath(path), f"{os.fspath(path)}-wal"
        self._file = _identity(self._file_name)
        self._log: Identity | None = None
        self._refusal: VaultError | None = None
        self._over = False

    def fail_closed(self) -> None:
        """Refuse every later write, because the disk did not confirm one: what it holds is known after opening again.

        After a failed sync a system may call the next one a success although the pages are gone.
        """
        if self._refusal is None:
            self._refusal = VaultError(Code.WRITE_FAILED, reason="earlier_failure")

    def refuse_exchanged(self, connection: Connection, *, log: bool = True) -> None:
        """Look once more; the first time something is amiss, put what this connection sees into a file of its own.

        The copy, under the same key, lies beside the space file with the ending `-kept`. After that every call is
        refused: only opening again decides which version to go on with. Without `log` only the space file is looked at.

        Raises:
            VaultError: REPLACED_WHILE_OPEN; `file` is "space" or "log", `kept` is 1 when the copy could be made.
                WRITE_FAILED after `fail_closed`.
        """
        if self._refusal is None:
            what = self._amiss(log=log)
            if what is None:
                return
            kept = _keep(connection, self.path)
            if what == "space":
                self._set_log_aside(discard=kept)
            self._refusal = VaultError(Code.REPLACED_WHILE_OPEN, file=what, kept=int(kept))
        raise VaultError(self._refusal.code, **self._refusal.detail)

    def last_look(self, connection: Connection) -> None:
        """Look a last time, before closing. What lies there later is no business of a file that is closed.

        Raises:
            VaultError: as `refuse_exchanged`, unless that was told already.
        """
        if self._over or self._refusal is not None:
            return
        self._over = True
        self.refuse_exchanged(connection)

    def _amiss(self, *, log: bool) -> str | None:
        if _identity(self._file_name, empty=False) != self._file:
            return "space"
        if not log:
            return None
        found = _identity(self._log_name)
        if self._log is None:  # the engine makes it with the first transaction
            self._log = found
        return None if found == self._log else "log"

    def _set_log_aside(self, *, discard: bool) -> None:
        """Our log must not lie beside a file it does not belong to: the next opening would mix the two."""
        log = Path(self._log_name)
        if self._log is None or _identity(self._log_name) != self._log:
            return  # a log that came in with the other file
        with suppress(OSError):
            if discard:  # everything in it is in the kept copy
                log.unlink()
            else:
                log.rename(log.with_name(log.name + _KEPT))
            self.path.with_name(self.path.name + "-shm").unlink()


@contextmanager
def unexchanged(connection: Connection) -> Iterator[None]:
    """A write inside happens to the file that was opened, or is refused; also when the exchange comes in the middle.

    A log that is taken away in that very moment is noticed by the next write, or on closing: until then the connection
    holds everything.

    Raises:
        VaultError: as `LiveFile.refuse_exchanged`.
    """
    live = live_file(connection)
    if live is None or connection.in_transaction:  # the outer one looks
        yield
        return
    live.refuse_exchanged(connection)
    yield
    live.refuse_exchanged(connection, log=False)


def live_file(connection: Connection) -> LiveFile | None:
    """The file a connection of `cipher` stands on; None for the benchmark's plain twin, which has no such thing."""
    found: object = getattr(connection, "live", None)
    return found if isinstance(found, LiveFile) else None


def _identity(name: str, *, empty: bool = True) -> Identity | None:
    """The file a name leads to now; None when there is none, or when it has no content and `empty` forbids that."""
    try:
        found = os.stat(name, follow_symlinks=False)  # noqa: PTH116  # on the path of every save, where Path costs most
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if empty or found.st_size else None


def _keep(connection: Connection, path: Path) -> bool:
    """Write everything the connection sees to a new file under the same key. False when that is not possible."""
    names = (path.with_name(path.name + _KEPT + (str(number) if number > 1 else "")) for number in range(1, _MOST_KEPT))
    target: Path | None = None
    try:
        target = next(name for name in names if not name.exists())
        create_file(target, b"")
        connection.execute("VACUUM INTO ?", (str(target),))
        sync_folder(target.parent)
    except Exception:  # noqa: BLE001  # whatever fails here, the refusal to write is what must come out
        with suppress(OSError):
            if target is not None:
                target.unlink(missing_ok=True)
        return False
    return True
