"""Files that leave: written as a stream beside their place, synced, then put there; half a file never stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from app.data.durable_files import OWNER_ONLY_FILE, no_follow, sync_folder, writing
from app.domain.errors import Code, VaultError

PART: Final = ".part"


def write_file(path: Path, parts: Iterable[bytes], *, replacing: bool = False) -> int:
    """Write `parts` to a file for the owner only; returns its size in bytes.

    With `replacing` an earlier file of that name is exchanged once the new one is whole.

    Raises:
        VaultError: FILE_EXISTS; NO_PERMISSION, DISK_FULL, WRITE_FAILED. Whatever is raised, nothing of it stays.
    """
    if not replacing and path.exists():
        raise VaultError(Code.FILE_EXISTS)
    half = path.with_name(path.name + PART)
    size = 0
    with _made(half) as file:
        for part in parts:
            size += len(part)
            with writing():
                file.write(part)
        with writing():
            file.flush()
            os.fsync(file.fileno())
            half.replace(path)
    sync_folder(path.parent)
    return size


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A new folder to fill, under another name until it is full; taken away again when filling it fails.

    Raises:
        VaultError: FILE_EXISTS when something other than an empty folder has its name; as `write_file`.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise VaultError(Code.FILE_EXISTS)
    half = path.with_name(path.name + PART)
    with writing():
        half.mkdir(mode=0o700)
    try:
        yield half
        with writing():
            if path.exists():
                path.rmdir()
            half.rename(path)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    sync_folder(path.parent)


@contextmanager
def _made(half: Path) -> Iterator[IO[bytes]]:
    with writing():
        half.unlink(missing_ok=True)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | no_follow(), OWNER_ONLY_FILE)
    try:
        with os.fdopen(descriptor, "wb", buffering=1 << 18) as file:
            yield file
    except BaseException:
        with suppress(OSError):
            half.unlink()
        raise
