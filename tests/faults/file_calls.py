"""What a program asks of the disk, seen and where wanted refused: SQLite's own calls and those of `os`.

A compiler or a tracer may be missing where the tests run, so nothing of the kind is used. The engine's file layer (its
VFS) is a table of functions in memory that the driver exports; `Watch` exchanges the entries for writing, reading,
syncing, cutting and deleting, and calls the original ones. Python's own file calls are exchanged in `os`. What the
engine maps into memory (its `-shm` index) is not seen; it is made anew at every opening after a crash, from the log.

Where the driver exports nothing (a Windows build), `available` is false and tests say so by skipping.
"""

# ruff: noqa: PTH100, PTH112, PTH118, PTH120  # paths are plain text here: the functions under Path are the ones exchanged

from __future__ import annotations

import ctypes
import os
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Protocol, Self

import msgspec
from sqlcipher3 import _sqlite3

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)
_MOVE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)  # xRead and xWrite
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_CREATE, _OK = 0x4, 0  # SQLITE_OPEN_CREATE, SQLITE_OK


class _Vfs(Structure):
    """The beginning of `sqlite3_vfs` (sqlite.org/c3ref/vfs.html)."""

    _fields_: ClassVar = [
        ("version", c_int),
        ("file_bytes", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
    ]


class _Methods(Structure):
    """`sqlite3_io_methods`, version 3 (sqlite.org/c3ref/io_methods.html)."""

    _fields_: ClassVar = [
        ("version", c_int),
        ("close", _CLOSE),
        ("read", _MOVE),
        ("write", _MOVE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        *((f"other_{number}", c_void_p) for number in range(13)),
    ]


class Call(msgspec.Struct, frozen=True, tag_field="t", tag="call"):
    """One thing asked of the disk. `kind`: create, write, truncate, sync, rename, unlink, mkdir, sync_folder, read.

    `path` is relative to the watched folder; `data` are the bytes written at `offset`, `to` the new name of a rename.
    `offset` is also the length of a truncation and of a read.
    """

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""
    to: str = ""


class Watcher(Protocol):
    """Sees every call before it is made."""

    def __call__(self, call: Call) -> int | None:
        """None lets it pass; a number of `errno` makes it fail, for the engine and for Python alike.

        For a write or a read a `TornError` may be raised: so many bytes get through, then the error comes.
        """


_KEPT: list[object] = []
"""Every table handed to the engine. It may call them as long as a connection lives, also after the watch has ended."""


class TornError(Exception):
    """Raised by a watcher: `done` bytes of this write or read get through, then it fails with `errno`."""

    def __init__(self, done: int, errno_: int) -> None:
        """Both as said."""
        super().__init__(done, errno_)
        self.done, self.errno = done, errno_


def _library() -> ctypes.CDLL | None:
    library = ctypes.CDLL(_sqlite3.__file__)
    if not hasattr(library, "sqlite3_vfs_find"):
        return None
    library.sqlite3_vfs_find.argtypes = [c_char_p]
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    return library


def available() -> bool:
    """Whether the driver of this system lets its file layer be found."""
    return _library() is not None


_IOERR = {"read": 10 | 1 << 8, "short": 10 | 2 << 8, "write": 10 | 3 << 8, "sync": 10 | 4 << 8, "truncate": 10 | 6 << 8}
_FULL, _IOERR_DELETE = 13, 10 | 10 << 8


class Watch:
    """Between entering and leaving, every call on files below `root` goes to `watcher` first."""

    def __init__(self, root: Path, watcher: Watcher) -> None:
        """`root` must exist; other files are left alone."""
        self._root = os.path.realpath(root)
        self._watcher = watcher
        self._files: dict[int, tuple[str, _Methods, _Methods]] = {}
        self._names: dict[int, str] = {}
        self._before: dict[str, Any] = {}

    def __enter__(self) -> Self:
        library = _library()
        assert library is not None
        self._vfs = library.sqlite3_vfs_find(None).contents
        self._engine = (_OPEN.from_buffer_copy(self._vfs.open), _DELETE.from_buffer_copy(self._vfs.delete))
        mine = (_OPEN(self._open), _DELETE(self._delete))
        _KEPT.append(mine)
        self._vfs.open, self._vfs.delete = mine
        for name in ("open", "write", "fsync", "close", "replace", "unlink", "mkdir"):
            self._before[name] = getattr(os, name)
            setattr(os, name, getattr(self, f"_os_{name}"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._vfs.open, self._vfs.delete = self._engine
        for name, function in self._before.items():
            setattr(os, name, function)

    def _inside(self, path: str | bytes | os.PathLike[str]) -> str | None:
        """The path relative to the root; None for what is elsewhere."""
        folder, name = os.path.split(os.path.abspath(os.fsdecode(path)))
        whole = os.path.join(os.path.realpath(folder), name)
        return os.path.relpath(whole, self._root) if whole.startswith(self._root + os.sep) else None

    def _ask(self, call: Call) -> int | None:
        return self._watcher(call)

    # ---------------------------------------------------------------------------------------------- the engine

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = self._inside(cast(name, c_char_p).value or b"") if name else None
        fresh = path is not None and flags & _CREATE and not os.path.lexists(os.path.join(self._root, path))
        result = int(self._engine[0](vfs, name, file, flags, out))
        if path is None or result != _OK:
            return result
        if fresh:
            self._ask(Call("create", path))
        place = cast(file, POINTER(c_void_p))
        original = cast(place[0], POINTER(_Methods)).contents
        own = _Methods.from_buffer_copy(original)
        own.close, own.read, own.write = _CLOSE(self._close), _MOVE(self._read), _MOVE(self._write)
        own.truncate, own.sync = _TRUNCATE(self._truncate), _SYNC(self._sync)
        self._files[file] = (path, original, own)
        _KEPT.append(own)
        place[0] = ctypes.addressof(own)
        return result

    def _delete(self, vfs: int, name: bytes, sync: int) -> int:
        path = self._inside(name)
        if path is not None and os.path.lexists(name):
            if self._ask(Call("unlink", path)):
                return _IOERR_DELETE
            if sync:
                self._ask(Call("sync_folder", os.path.dirname(path)))
        return int(self._engine[1](vfs, name, sync))

    def _close(self, file: int) -> int:
        _, original, _ = self._files.pop(file)
        return int(original.close(file))

    def _read(self, file: int, into: int, size: int, offset: int) -> int:
        path, original, _ = self._files[file]
        try:
            if self._ask(Call("read", path, size)):
                return _IOERR["read"]
        except TornError as torn:
            result = int(original.read(file, into, size, offset))
            ctypes.memset(into + torn.done, 0, size - torn.done)  # what the engine is promised of a short read
            return result or _IOERR["short"]
        return int(original.read(file, into, size, offset))

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        path, original, _ = self._files[file]
        try:
            failed = self._ask(Call("write", path, offset, ctypes.string_at(data, size)))
        except TornError as torn:
            original.write(file, data, torn.done, offset)
            failed = torn.errno
        if failed:
            return _FULL if failed == 28 else _IOERR["write"]
        return int(original.write(file, data, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        path, original, _ = self._files[file]
        if self._ask(Call("truncate", path, size)):
            return _IOERR["truncate"]
        return int(original.truncate(file, size))

    def _sync(self, file: int, flags: int) -> int:
        path, original, _ = self._files[file]
        if self._ask(Call("sync", path)):
            return _IOERR["sync"]
        return int(original.sync(file, flags))

    # ---------------------------------------------------------------------------------------------------- os

    def _told(self, call: Call) -> None:
        failed = self._ask(call)
        if failed:
            raise OSError(failed, os.strerror(failed), call.path)

    def _os_open(self, path: Any, flags: int, *rest: Any, **named: Any) -> int:
        inside = self._inside(path) if isinstance(path, str | bytes | os.PathLike) else None
        if inside is not None and flags & os.O_CREAT and not os.path.lexists(path):
            self._told(Call("create", inside))
        descriptor = int(self._before["open"](path, flags, *rest, **named))
        self._names.pop(descriptor, None)
        whole = os.path.realpath(path) if inside is None and isinstance(path, str | os.PathLike) else None
        if inside is not None or whole == self._root:
            self._names[descriptor] = inside or ""
        return descriptor

    def _os_write(self, descriptor: int, data: Any) -> int:
        if descriptor in self._names:
            offset = os.lseek(descriptor, 0, os.SEEK_CUR)
            try:
                self._told(Call("write", self._names[descriptor], offset, bytes(data)))
            except TornError as torn:
                return int(self._before["write"](descriptor, bytes(data)[: torn.done]))
        return int(self._before["write"](descriptor, data))

    def _os_fsync(self, descriptor: int) -> None:
        if descriptor in self._names:
            path = self._names[descriptor]
            folder = os.path.isdir(os.path.join(self._root, path))
            self._told(Call("sync_folder" if folder else "sync", path))
        self._before["fsync"](descriptor)

    def _os_close(self, descriptor: int) -> None:
        self._names.pop(descriptor, None)
        self._before["close"](descriptor)

    def _os_replace(self, source: Any, target: Any, **named: Any) -> None:
        inside, to = self._inside(source), self._inside(target)
        if inside is not None and to is not None:
            self._told(Call("rename", inside, to=to))
        self._before["replace"](source, target, **named)

    def _os_unlink(self, path: Any, **named: Any) -> None:
        inside = self._inside(path)
        if inside is not None and os.path.lexists(path):
            self._told(Call("unlink", inside))
        self._before["unlink"](path, **named)

    def _os_mkdir(self, path: Any, *rest: Any, **named: Any) -> None:
        inside = self._inside(path)
        if inside is not None and not os.path.lexists(path):
            self._told(Call("mkdir", inside))
        self._before["mkdir"](path, *rest, **named)
