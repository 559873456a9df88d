"""Taking one person's part away for good: the ways in first, then everything they led to.

What is to go is written down in a small plain file before anything is touched; it names files by their random names and
nobody by any name. Then the header in use is overwritten, and from there on each step can be repeated: a cut in the
middle is finished at the next start, and once the headers are overwritten nothing of the part can be opened any more,
whatever else is still there. The note goes last, so "done" is only ever said when it is.

The note itself proves nothing: anyone with the files could write one. So it only ever finishes what its owner has
begun: beside a whole header it counts for nothing, and nobody can let the program erase another person's part.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import HEADER_BYTES, parse
from app.data.backup_set import BackupKey, own_sets
from app.data.backups import folder_of, remove_set
from app.data.durable_files import OWNER_ONLY_FILE, create_file, no_follow, read_file, reading, sync_folder, writing
from app.data.inbox import look
from app.data.offers import find_offers
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id
from app.domain.errors import Code, VaultError

_ENDING: Final = ".ending"
_LIMIT_BYTES: Final = 1 << 20
_FORMAT: Final = 1
_SHRED_LIMIT_BYTES: Final = 1 << 16
_OWN_FILES: Final = ("vault.meta", "vault.meta.tmp", "vault.meta.new", "pace", "pace.tmp", "lock")


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes: one person's header and card, space files, sets, waiting parcels and offers, all by random names.

    `whole` also takes the folder itself, which only somebody who is alone in it can ask for.
    """

    format: int
    person_file: str
    spaces: tuple[str, ...]
    sets: tuple[str, ...]
    parcels: tuple[str, ...]
    offers: tuple[str, ...]
    whole: bool


def plan_for(layout: Layout, key: BackupKey, *, whole: bool) -> Plan:
    """Look up what belongs to a person. Shared files go only with somebody who is alone in the vault.

    Raises:
        VaultError: NOT_YOURS when the whole vault is meant and somebody else has a part in it; NO_PERMISSION.
    """
    alone = is_alone(layout, key.person_file)
    if whole and not alone:
        raise VaultError(Code.NOT_YOURS)
    records = key.spaces if alone else (key.contents.private,)
    offers = [path.name for path, offer in find_offers(layout).offers if key.person_file in {offer.by, offer.to}]
    return Plan(
        format=_FORMAT,
        person_file=key.person_file,
        spaces=tuple(record.file_name for record in records),
        sets=tuple(one.id for one in own_sets(folder_of(layout), key)),
        parcels=tuple(waiting.path.name for waiting in look(layout, key.person_file).mine),
        offers=tuple(offers),
        whole=whole,
    )


def is_alone(layout: Layout, person_file: str) -> bool:
    """Whether nobody else has a part in this vault."""
    known = {*layout.person_files(), *layout.person_files(earlier=True)}
    return known <= {person_file}


def begin(layout: Layout, plan: Plan) -> None:
    """Write down what is to go, then take the header in use away. From here on it goes, whatever happens.

    Call `finish` next. A cut between the two leaves everything as it was, and the note counts for nothing.

    Raises:
        VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED: nothing was touched.
    """
    path = layout.people / (plan.person_file + _ENDING)
    with suppress(OSError):
        path.unlink()
    create_file(path, msgspec.json.encode(plan))
    sync_folder(layout.people)
    _shred([layout.key_file(plan.person_file)])


def unfinished(layout: Layout) -> bool:
    """Whether an erasing was begun and not finished. One look at a folder."""
    with suppress(OSError):
        return any(entry.name.endswith(_ENDING) for entry in layout.people.iterdir())
    return False


def finish(layout: Layout) -> int:
    """Carry out every erasing that was begun, in steps that can all be repeated; returns how many there were.

    The vault's lock must be held, and no file of the part be open.

    Raises:
        VaultError: NO_PERMISSION, WRITE_FAILED when something could not be removed; the note then stays for next time.
    """
    with reading():
        if not layout.people.is_dir():
            return 0
        notes = sorted(entry for entry in layout.people.iterdir() if entry.name.endswith(_ENDING))
    done = 0
    for note in notes:
        plan = _read(note)
        if plan is None or _has_header(layout, plan.person_file):
            _unlink([note])  # cut before anything was touched, or not its owner's
            continue
        _erase(layout, plan)
        _unlink([note])
        sync_folder(layout.people)
        if plan.whole:
            _take_folder(layout)
        done += 1
    return done


def _read(note: Path) -> Plan | None:
    """A whole note whose every name could be one of ours: nothing else may ever say what is removed."""
    try:
        plan = msgspec.json.decode(read_file(note, _LIMIT_BYTES), type=Plan)
    except (VaultError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    stems = [plan.person_file, *plan.sets]
    for names, ending in ((plan.spaces, ".db"), (plan.parcels, ".sealed"), (plan.offers, ".offer")):
        if not all(name.endswith(ending) for name in names):
            return None
        stems += [name.removesuffix(ending) for name in names]
    whole = plan.format == _FORMAT and note.name == plan.person_file + _ENDING
    return plan if whole and all(is_id(stem) for stem in stems) else None


def _has_header(layout: Layout, person_file: str) -> bool:
    """Whether the header in use is whole: then its owner has not begun to erase."""
    with suppress(VaultError):
        return parse(read_file(layout.key_file(person_file), HEADER_BYTES)).body.person_file == person_file
    return False


def _erase(layout: Layout, plan: Plan) -> None:
    backups = folder_of(layout)
    _shred(_headers(layout, plan))
    for set_id in plan.sets:
        if (backups / set_id).is_symlink():
            _unlink([backups / set_id])  # what it leads to is no set of this vault
        _shred(_headers(Layout(backups / set_id), plan))
    for set_id in plan.sets:
        remove_set(backups / set_id)
        if os.path.lexists(backups / set_id):
            raise VaultError(Code.WRITE_FAILED, reason="backup_stays")
    _unlink(_beside(layout.spaces, plan.spaces))
    _unlink(layout.root / "inbox" / name for name in plan.parcels)
    _unlink(layout.people / name for name in plan.offers)
    _unlink(_of_person(layout, plan))
    for folder in (backups, layout.spaces, layout.root / "inbox"):
        if folder.is_dir():
            sync_folder(folder)


def _headers(layout: Layout, plan: Plan) -> list[Path]:
    """Every file that holds a header of this person: both generations, what was set aside, what a crash left."""
    if not layout.people.is_dir():
        return []
    with reading():
        found = [entry for entry in layout.people.iterdir() if entry.name.startswith(plan.person_file + ".key")]
    return sorted(found)


def _shred(files: Iterable[Path]) -> None:
    """Overwrite with random bytes, sync, remove, sync. What a disk keeps of it elsewhere cannot be reached."""
    for path in files:
        with writing():
            seen = path.lstat() if os.path.lexists(path) else None
            if seen is not None and stat.S_ISREG(seen.st_mode):
                path.chmod(OWNER_ONLY_FILE)
                descriptor = os.open(path, os.O_WRONLY | no_follow())
                try:
                    os.write(descriptor, os.urandom(min(_SHRED_LIMIT_BYTES, max(1, seen.st_size))))
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
        _unlink([path])
        sync_folder(path.parent)


def _beside(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Space files with everything the engine and the restore keep beside them."""
    if not folder.is_dir():
        return []
    with reading():
        return sorted(entry for entry in folder.iterdir() if any(entry.name.startswith(name) for name in names))


def _unlink(files: Iterable[Path]) -> None:
    """Remove whatever bears such a name: a link, a pipe or a folder somebody put there must not keep the rest."""
    for path in files:
        with writing():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _of_person(layout: Layout, plan: Plan) -> list[Path]:
    """The card and whatever else bears the person's random name; the note stays to the last."""
    note = plan.person_file + _ENDING
    with reading():
        found = sorted(entry for entry in layout.people.iterdir() if entry.name.startswith(plan.person_file + "."))
    return [entry for entry in found if entry.name != note]


def _take_folder(layout: Layout) -> None:
    """After the last person: what is left of ours, then the folders, where nothing of anybody else's is in them."""
    _unlink(layout.root / name for name in _OWN_FILES)
    for folder in (*layout.folders, layout.root):
        with suppress(OSError):
            folder.rmdir()
