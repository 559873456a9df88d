"""Where things are inside a vault folder, and how such a folder comes into being: whole, or not at all.

`vault.meta` is written first under another name and renamed last. A folder with only the other name is therefore a
creation that was cut short and never held an entry: it may be cleared and begun again. Anything else that is not empty
is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from app.data.cipher import remove_space
from app.data.durable_files import create_file, make_folder, reading, sync_folder, writing
from app.data.os_lock import OsLock
from app.data.vault_meta import encode_meta, is_id
from app.domain.errors import Code, VaultError

_KEY: Final = ".key"
_OLD: Final = ".key.old"
_LOCK: Final = "lock"
_META: Final = "vault.meta"
_UNFINISHED: Final = "vault.meta.new"


class Layout(msgspec.Struct, frozen=True):
    """Every path of a vault, from its folder. Names are random; none says whose or what."""

    root: Path

    @property
    def meta(self) -> Path:
        """The public file; its presence means that the vault was completed."""
        return self.root / _META

    @property
    def unfinished(self) -> Path:
        """The same file before completion."""
        return self.root / _UNFINISHED

    @property
    def lock(self) -> Path:
        """The file the operating system's lock is taken on."""
        return self.root / _LOCK

    @property
    def people(self) -> Path:
        """One header per person, and its previous generation."""
        return self.root / "people"

    @property
    def spaces(self) -> Path:
        """One encrypted file per space."""
        return self.root / "spaces"

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders, in the order they are made."""
        return (self.people, self.spaces, self.root / "backups", self.root / "inbox")

    def key_file(self, person_file: str, *, earlier: bool = False) -> Path:
        """The header of one person, or its previous generation."""
        return self.people / (person_file + (_OLD if earlier else _KEY))

    def space_file(self, file_name: str) -> Path:
        """A space by its stored name, which may be nothing but a random name of ours.

        Raises:
            VaultError: DAMAGED_HEADER for any other name, so that no header can point outside the vault.
        """
        if not file_name.endswith(".db") or not is_id(file_name.removesuffix(".db")):
            raise VaultError(Code.DAMAGED_HEADER, reason="space_name")
        return self.spaces / file_name

    def person_files(self, *, earlier: bool = False) -> tuple[str, ...]:
        """The random names of all headers, sorted; files of other names are ignored.

        Raises:
            VaultError: INCOMPLETE_COPY when the folder is missing, NO_PERMISSION when it may not be read.
        """
        ending = _OLD if earlier else _KEY
        with reading():
            names = [entry.name for entry in self.people.iterdir()]
        stems = [name.removesuffix(ending) for name in names if name.endswith(ending)]
        return tuple(sorted(stem for stem in stems if is_id(stem)))


@contextmanager
def creating(root: Path, vault_id: str) -> Iterator[tuple[Layout, OsLock]]:
    """Make the folders, yield for the contents to be written, then declare the vault complete.

    When anything goes wrong on the way everything made here is taken away again, up to the folders above.

    Raises:
        VaultError: VAULT_EXISTS when the folder holds anything that is not ours and unfinished; LOCKED_BY_ANOTHER when
            somebody is creating it right now; as `durable_files.writing`.
    """
    layout = Layout(root)
    _refuse_occupied(layout)
    made = _make_missing(root)
    lock: OsLock | None = None
    try:
        lock = OsLock.acquire(layout.lock)
        _clear(layout)
        create_file(layout.unfinished, encode_meta(vault_id))
        for folder in layout.folders:
            make_folder(folder)
        yield layout, lock
        for folder in (layout.people, layout.spaces):
            sync_folder(folder)
        with writing():
            layout.unfinished.replace(layout.meta)
        for folder in (root, *(folder.parent for folder in reversed(made))):
            sync_folder(folder)
    except BaseException:
        if lock is not None:
            _clear(layout)
            lock.release()
            with suppress(OSError):
                layout.lock.unlink()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _refuse_occupied(layout: Layout) -> None:
    with writing():
        if not layout.root.exists() and not layout.root.is_symlink():
            return
        if not layout.root.is_dir():
            raise VaultError(Code.VAULT_EXISTS)
        names = {entry.name for entry in layout.root.iterdir()}
    own = {_LOCK, _UNFINISHED, *(folder.name for folder in layout.folders)}
    cut_short = _UNFINISHED in names or names <= {_LOCK}
    if not cut_short or names - own:
        raise VaultError(Code.VAULT_EXISTS)


def _make_missing(root: Path) -> list[Path]:
    """Make the folder and the ones above it that are missing; return those made, outermost first."""
    missing = [folder for folder in (*reversed(root.parents), root) if not folder.exists()]
    made: list[Path] = []
    try:
        for folder in missing:
            make_folder(folder)
            made.append(folder)
        with writing():
            root.chmod(0o700)
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    return made


def _clear(layout: Layout) -> None:
    """Remove what an unfinished creation left, and only files with names of ours; the lock file stays."""
    for folder in layout.folders:
        with suppress(OSError):
            for entry in list(folder.iterdir()):
                _remove_own(entry)
            folder.rmdir()
    with suppress(OSError):
        layout.meta.unlink()
    with suppress(OSError):
        layout.unfinished.unlink()


def _remove_own(entry: Path) -> None:
    stem, _, ending = entry.name.partition(".")
    if not is_id(stem):
        return
    if ending == "db":
        remove_space(entry)
    elif ending.startswith(("key", "card", "db-")):
        with suppress(OSError):
            entry.unlink()
