"""The sealed inbox: what was put away while no key was in memory, waiting for its person's next unlock.

A file of `inbox/` is `<random>.sealed`: magic 8 · person 16 · parcel 16 · number 8, big endian · HPKE of the content.
Only this is readable: that something waits, for which random id, in which order, and roughly how large it is. The
content is canonical JSON, filled with spaces to one of a few sizes, so that a tally, a trigger and a line look alike.
Everything readable is bound into the seal (`info`), with the vault: a parcel that was changed, moved to another person
or carried to another vault does not open. A copy of one opens, and is recognised by the id inside.

Anyone who can use this computer can put something in, since sealing takes public keys only; hence the limits.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.identity import Identity
from app.crypto.labels import label
from app.crypto.seal import OVERHEAD_BYTES, seal, unseal
from app.data.cards import Card
from app.data.durable_files import make_folder, read_file, reading, replace_file, sync_folder, writing
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id, random_id
from app.domain.errors import Code, VaultError
from app.domain.records import new_id

MOST_FILES: Final = 10_000
MOST_BYTES: Final = 64 * 1024 * 1024
SIZES_BYTES: Final = tuple(kib * 1024 for kib in (1, 4, 16, 64, 256, 1024))
"""How large the content may look. The smallest that holds it is taken."""
MAGIC: Final = b"leeward\x02"
_ID_BYTES: Final = 16
_NUMBER_BYTES: Final = 8
HEAD_BYTES: Final = len(MAGIC) + 2 * _ID_BYTES + _NUMBER_BYTES
_LARGEST_BYTES: Final = HEAD_BYTES + OVERHEAD_BYTES + SIZES_BYTES[-1]
_FILE_SIZES: Final = frozenset(HEAD_BYTES + OVERHEAD_BYTES + size for size in SIZES_BYTES)
_ENDING: Final = ".sealed"
_LEFTOVER: Final = _ENDING + ".tmp"
_LEFTOVER_S: Final = 3600.0
_HIGHEST: Final = 1 << 40
"""A number above this was made up; it orders nothing."""
DRAFT: Final = "draft"


class Parcel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is put away. `id` is the new record's id, chosen now; of a draft, only the parcel's.

    `kind` is the record's kind, or "draft"; then `key` and `form` say which draft of which kind. `written_ms` is UTC,
    `zone` the IANA name of where it was written.
    """

    id: str
    kind: str
    answers: dict[str, object]
    written_ms: int
    zone: str
    key: str = ""
    form: str = ""

    def __repr__(self) -> str:
        return f"<Parcel {self.id}>"


class Waiting(msgspec.Struct, frozen=True):
    """One file of the inbox as it can be seen without a key. `parcel` and `number` are its place in the order."""

    path: Path
    person_file: str
    parcel: str
    number: int
    size_bytes: int


class Found(msgspec.Struct, frozen=True):
    """The inbox as one person sees it.

    `mine` are theirs, oldest first; `strange` are files that nobody here could have put in: damaged, of a newer format,
    for no person of this vault. Parcels of the other person are in neither. `full`: there is more than the limits
    allow, and what is listed is the part that was looked at.
    """

    mine: tuple[Waiting, ...]
    strange: tuple[Path, ...]
    size_bytes: int
    full: bool


def drop(folder: Path, card: Card, parcel: Parcel) -> Path:
    """Seal a parcel to the owner of `card` and put it into the vault's inbox. Needs no key; durable when this returns.

    Raises:
        VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED (`reason` "inbox_full" or "too_long" where that is why).
            Nothing was put away then.
    """
    layout = Layout(folder)
    inbox = _inbox(layout)
    with writing():
        if not inbox.exists():
            make_folder(inbox)
    waiting = list(_files(inbox))
    if len(waiting) >= MOST_FILES or sum(size for _, size in waiting) >= MOST_BYTES:
        raise VaultError(Code.WRITE_FAILED, reason="inbox_full")
    highest = max((seen.number for path, size in waiting if (seen := _peek(path, size))), default=0)
    number = min(highest + 1, _HIGHEST - 1)
    tag = random_id()
    head = MAGIC + bytes.fromhex(card.person_file) + bytes.fromhex(tag) + number.to_bytes(_NUMBER_BYTES, "big")
    info = _info(card.vault_id, card.person_file, tag, number)
    path = inbox / (random_id() + _ENDING)
    replace_file(path, head + seal(card.identity, info, _filled(parcel)))
    return path


def seal_draft(
    folder: Path, card: Card, key: str, kind: str, answers: dict[str, object], at_ms: int, zone: str
) -> Path:
    """Put away what is being typed, when a lock comes and the encrypted file cannot take it. See `drop`."""
    return drop(folder, card, Parcel(new_id(), DRAFT, answers, at_ms, zone, key=key, form=kind))


def look(layout: Layout, person_file: str) -> Found:
    """What waits here for a person; opens nothing. Never more than the limits is looked at.

    Raises:
        VaultError: NO_PERMISSION. A missing folder is an empty one.
    """
    inbox = _inbox(layout)
    known = set(layout.person_files())
    mine: list[Waiting] = []
    strange: list[Path] = []
    size_bytes, full = 0, False
    with reading():
        if not inbox.exists():
            return Found((), (), 0, full=False)
        for place, (path, size) in enumerate(_files(inbox)):
            if place >= MOST_FILES or size_bytes + size > MOST_BYTES:
                full = True
                break
            size_bytes += size
            seen = _peek(path, size)
            if seen is None or seen.person_file not in known:
                strange.append(path)
            elif seen.person_file == person_file:
                mine.append(seen)
    ordered = sorted(mine, key=lambda seen: (seen.number, seen.parcel))
    return Found(tuple(ordered), tuple(sorted(strange)), size_bytes, full=full)


def open_parcel(waiting: Waiting, vault_id: str, identity: Identity) -> Parcel:
    """Open one of `Found.mine`.

    Raises:
        VaultError: DAMAGED_ENTRIES when it was changed, cut, moved here from elsewhere, or is not what `drop` writes;
            INCOMPLETE_COPY when it went away meanwhile; NO_PERMISSION.
    """
    raw = read_file(waiting.path, _LARGEST_BYTES)
    if len(raw) != waiting.size_bytes or _head(raw) != (waiting.person_file, waiting.parcel, waiting.number):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="parcel")
    info = _info(vault_id, waiting.person_file, waiting.parcel, waiting.number)
    with unseal(identity, info, raw[HEAD_BYTES:]) as content:
        packed = bytes(content.view())
    try:
        parcel = msgspec.json.decode(packed, type=Parcel)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="parcel") from None
    if not is_id(parcel.id):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="parcel")
    return parcel


def take_away(paths: list[Path], layout: Layout) -> None:
    """Remove files whose content is safe elsewhere, durably. One that is gone already, or stays, is no failure.

    A file that stays is recognised by its id at the next unlock.
    """
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
    if paths:
        with contextlib.suppress(VaultError):
            sync_folder(_inbox(layout))


def sweep(layout: Layout) -> None:
    """Remove halves that a crash left while dropping. A young one may be somebody's at this moment and stays."""
    with contextlib.suppress(OSError), os.scandir(_inbox(layout)) as entries:
        for entry in entries:
            half = entry.name.endswith(_LEFTOVER) and is_id(entry.name.removesuffix(_LEFTOVER))
            if half and time.time() - entry.stat(follow_symlinks=False).st_mtime > _LEFTOVER_S:
                Path(entry.path).unlink()


def _inbox(layout: Layout) -> Path:
    return layout.root / "inbox"


def _files(inbox: Path) -> Iterator[tuple[Path, int]]:
    """Every ordinary file with the inbox's ending, and its size in bytes; at most one more than the limit."""
    given = 0
    with reading(), os.scandir(inbox) as entries:
        for entry in entries:
            if not entry.name.endswith(_ENDING):
                continue
            with contextlib.suppress(FileNotFoundError):
                told = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(told.st_mode):
                    yield Path(entry.path), told.st_size
                    given += 1
            if given > MOST_FILES:
                return


def _peek(path: Path, size_bytes: int) -> Waiting | None:
    """What a file says of itself; None when nothing of ours is so large, or begins so."""
    if size_bytes not in _FILE_SIZES:
        return None
    try:
        raw = read_file(path, HEAD_BYTES - 1)
    except VaultError:
        return None
    told = _head(raw)
    return None if told is None else Waiting(path, *told, size_bytes)


def _head(raw: bytes) -> tuple[str, str, int] | None:
    """Person, parcel and number of a file's beginning."""
    if len(raw) < HEAD_BYTES or not raw.startswith(MAGIC):
        return None
    person, parcel, number = (
        raw[len(MAGIC) :][:_ID_BYTES].hex(),
        raw[len(MAGIC) + _ID_BYTES :][:_ID_BYTES].hex(),
        int.from_bytes(raw[HEAD_BYTES - _NUMBER_BYTES : HEAD_BYTES], "big"),
    )
    return (person, parcel, number) if 0 < number < _HIGHEST else None


def _info(vault_id: str, person_file: str, parcel: str, number: int) -> bytes:
    return label("inbox", vault_id, person_file, parcel, number)


def _filled(parcel: Parcel) -> bytes:
    packed = msgspec.json.encode(parcel)
    size = next((size for size in SIZES_BYTES if len(packed) <= size), None)
    if size is None:
        raise VaultError(Code.WRITE_FAILED, reason="too_long")
    return packed.ljust(size)
