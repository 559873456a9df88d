"""Finding a person's keys with nothing but their passphrase, wherever a header of theirs is still whole.

The live key file may be damaged or gone. Then the earlier generation, and the header in every backup, are tried; equal
slots are tried once, so that ten backups of one passphrase cost one derivation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.crypto.header import HEADER_BYTES, Header, parse
from app.crypto.kdf import derive_key, normalise
from app.crypto.keyslot import KeySlot, unwrap
from app.crypto.secret import Secret
from app.data.backup_set import BackupKey
from app.data.durable_files import read_file, reading
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id
from app.domain.errors import Code, VaultError


def key_from_passphrase(root: Path, passphrase: str) -> BackupKey:
    """The newest whole header of a vault folder that this passphrase opens: live, earlier, then those of the backups.

    Slow (a derivation for each different slot), for a pool thread. Writes nothing, takes no lock.

    Raises:
        VaultError: NO_VAULT, EMPTY_PASSPHRASE; WRONG_PASSPHRASE; DAMAGED_HEADER when no header is whole.
    """
    layout = Layout(root.resolve())
    if not layout.root.is_dir():
        raise VaultError(Code.NO_VAULT)
    tried: list[KeySlot] = []
    seen = False
    with normalise(passphrase) as phrase:
        for header in _headers(layout):
            seen = True
            new = [slot for slot in header.passphrase_slots if slot not in tried]
            tried += new
            for slot in new:
                key = _opened(phrase, slot, header)
                if key is not None:
                    return key
    raise VaultError(Code.WRONG_PASSPHRASE if seen else Code.DAMAGED_HEADER, reason="no_header")


def live_header_opens(layout: Layout, key: BackupKey) -> bool:
    """Whether the key file in use is whole and this person's."""
    with suppress(VaultError):
        key.opened(parse(read_file(layout.key_file(key.person_file), HEADER_BYTES)))
        return True
    return False


def _opened(phrase: Secret, slot: KeySlot, header: Header) -> BackupKey | None:
    if slot.kdf is None:
        return None
    with derive_key(phrase, slot.salt, slot.kdf) as kek:
        try:
            master = unwrap(kek, slot, header.place)
        except VaultError:
            return None
    try:
        return BackupKey(header, master)
    except VaultError:
        master.wipe()
        return None


def _headers(layout: Layout) -> Iterator[Header]:
    """Whole headers, the ones in use first, then those of the sets, newest folder first."""
    places = [(layout, False), (layout, True), *((Layout(root), False) for root in _sets(layout))]
    for place, earlier in places:
        if not place.people.is_dir():
            continue
        for name in place.person_files(earlier=earlier):
            with suppress(VaultError):
                header = parse(read_file(place.key_file(name, earlier=earlier), HEADER_BYTES))
                if header.body.person_file == name:
                    yield header


def _sets(layout: Layout) -> list[Path]:
    folder = layout.root / "backups"
    if not folder.is_dir():
        return []
    with reading():
        found = [entry for entry in folder.iterdir() if is_id(entry.name)]
        return sorted(found, key=lambda entry: entry.stat().st_mtime, reverse=True)
