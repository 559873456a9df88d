"""What a disk may hold after the power went: a log of file calls, cut anywhere, with everything unsynced uncertain.

The model: bytes are certain once their file was synced. Each write after that is there, is not there, or is torn into
sectors of 512 bytes of which any may be there. Names (made, renamed, removed) are certain once their folder was synced;
until then the first few of the changes since may be there, in order, as on a file system with a journal. A disk that
says "synced" too early is outside of it; nothing can be promised on such a disk.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.faults.file_calls import Call

SECTOR_BYTES = 512


@dataclass
class _File:
    """One file, by whatever name: the bytes that are certain, and the changes that are not."""

    certain: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for call in self.pending:
            _apply(self.certain, call)
        self.pending.clear()

    def after_cut(self, luck: Luck) -> bytes:
        found = bytearray(self.certain)
        for call in self.pending:
            for part in luck.parts(call):
                _apply(found, part)
        return bytes(found)


def _apply(data: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        if call.offset <= len(data):
            del data[call.offset :]
        else:
            data.extend(bytes(call.offset - len(data)))
        return
    end = call.offset + len(call.data)
    if end > len(data):
        data.extend(bytes(end - len(data)))
    data[call.offset : end] = call.data


@dataclass(frozen=True)
class Luck:
    """What becomes of the uncertain in one cut: all lost, all kept, or each by chance and torn."""

    chance: random.Random
    mode: str

    @classmethod
    def draw(cls, chance: random.Random) -> Luck:
        """A quarter of the cuts lose all, a quarter keep all, half of them tear."""
        return cls(chance, chance.choice(("lost", "kept", "torn", "torn")))

    def parts(self, call: Call) -> list[Call]:
        """The parts of one uncertain call that reached the disk."""
        if self.mode == "lost" or (self.mode == "torn" and self.chance.random() < 0.4):
            return []
        if self.mode == "kept" or call.kind == "truncate" or self.chance.random() < 0.4:
            return [call]
        parts = []
        first = call.offset - call.offset % SECTOR_BYTES
        for start in range(first, call.offset + len(call.data), SECTOR_BYTES):
            a, b = max(start, call.offset), min(start + SECTOR_BYTES, call.offset + len(call.data))
            if self.chance.random() < 0.5:
                parts.append(Call("write", call.path, a, call.data[a - call.offset : b - call.offset]))
        return parts

    def prefix(self, length: int) -> int:
        """How many of the uncertain changes of one folder's names are there."""
        return {"lost": 0, "kept": length}.get(self.mode, self.chance.randint(0, length))


class Disk:
    """A folder as the running program sees it and as a power cut would leave it."""

    def __init__(self, base: Path | None = None) -> None:
        """Begin with the files below `base`, all certain; or with nothing."""
        self._folders: set[str] = {"."}
        self._now: dict[str, _File] = {}
        if base is not None:
            for path in sorted(base.rglob("*")):
                name = path.relative_to(base).as_posix()
                if path.is_dir():
                    self._folders.add(name)
                else:
                    self._now[name] = _File(bytearray(path.read_bytes()))
        self._certain = dict(self._now)
        self._pending: dict[str, list[tuple[Call, _File | None]]] = {}
        self._unsynced_names: set[str] = set()

    def take(self, call: Call) -> None:
        """One more call was carried out."""
        match call.kind:
            case "create":
                self._now[call.path] = _File()
                self._unsynced_names.add(call.path)
                self._name(call, self._now[call.path])
            case "write" | "truncate":
                self._now[call.path].pending.append(call)
            case "sync":
                self._now[call.path].sync()
                self._with_its_name(call.path)
            case "rename":
                self._now[call.to] = self._now.pop(call.path)
                self._name(call, self._now[call.to])
            case "unlink":
                self._now.pop(call.path, None)
                self._name(call, None)
            case "mkdir":
                self._name(call, None)
            case "sync_folder":
                self._sync_folder(call.path or ".")

    def _with_its_name(self, path: str) -> None:
        """The engine syncs the folder when it syncs a log it made; what it calls for that goes around the watch."""
        if path in self._unsynced_names and path.endswith("-wal"):
            self._sync_folder(_parent(path))
        self._unsynced_names.discard(path)

    def _name(self, call: Call, file: _File | None) -> None:
        self._pending.setdefault(_parent(call.path), []).append((call, file))

    def _sync_folder(self, folder: str) -> None:
        for change in self._pending.pop(folder, []):
            _rename(self._certain, self._folders, *change)

    @property
    def uncertain(self) -> int:
        """How many changes a cut now could lose."""
        return sum(len(file.pending) for file in self._now.values()) + sum(map(len, self._pending.values()))

    def cut(self, chance: random.Random, target: Path) -> Luck:
        """Write what is left after a power cut at this moment below `target`."""
        luck = Luck.draw(chance)
        names, folders = dict(self._certain), set(self._folders)
        for changes in self._pending.values():
            for change in itertools.islice(changes, luck.prefix(len(changes))):
                _rename(names, folders, *change)
        target.mkdir()
        for folder in sorted(folders):
            if _parent(folder) in folders:  # what is in a folder that is not there is not there
                (target / folder).mkdir(exist_ok=True)
        for name, file in names.items():
            if (target / name).parent.is_dir():
                (target / name).write_bytes(file.after_cut(luck))
        return luck


def _rename(names: dict[str, _File], folders: set[str], call: Call, file: _File | None) -> None:
    if call.kind == "mkdir":
        folders.add(call.path)
    elif call.kind == "create" and file is not None:
        names[call.path] = file
    elif call.kind == "unlink":
        names.pop(call.path, None)
    elif call.kind == "rename" and file is not None:
        names.pop(call.path, None)
        names[call.to] = file


def _parent(path: str) -> str:
    return PurePosixPath(path).parent.as_posix()
