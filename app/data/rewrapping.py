"""Copies keep up with the passphrase: what opens the journal opens its sets, what no longer does opens none of them.

A passphrase or a recovery code only wraps the master key. The header inside each set carries such wraps of its day, so
it is written anew, with its own contents (the keys its copies were made with) and the wraps of the header in use. The
manifest names both headers while one takes the place of the other: a cut leaves a set that is good either way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import msgspec

from app.crypto.header import HEADER_BYTES, Header, parse
from app.data.backup_set import MANIFEST, BackupKey, BackupSet, header_of, own_sets, sha256
from app.data.copying import CalledOff, one_at_a_time
from app.data.durable_files import read_file, replace_file
from app.data.vault_layout import Layout
from app.domain.errors import VaultError

BACKUPS: Final = "backups"


def header_in_use(layout: Layout, key: BackupKey) -> Header | None:
    """The live header, when it is whole and belongs to this key; else None."""
    with suppress(VaultError):
        live = parse(read_file(layout.key_file(key.person_file), HEADER_BYTES))
        key.opened(live)
        return live
    return None


def wrapped_as_now(layout: Layout, key: BackupKey) -> bytes:
    """The key's own header for a set that is being made, with the wraps of the live one, which may be newer."""
    live = header_in_use(layout, key)
    return key.header.raw if live is None else key.rewrapped(key.header, live)


def renew_headers(layout: Layout, key: BackupKey) -> bool:
    """Bring the header of every good set of this person up to the live one. False when it has to be done once more.

    Sets whose wraps are those of today are left alone; doing it twice does nothing. A set in trouble is left as it is.
    It does not wait for a copy that is being made: whoever is told False comes again.

    Raises:
        VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED; every set is good then, as before or as after.
    """
    live = header_in_use(layout, key)
    if live is None:
        return False
    try:
        with one_at_a_time(_at_once):
            for one in own_sets(layout.root / BACKUPS, key):
                if one.good:
                    _renew(one, key, live)
    except CalledOff:
        return False
    return True


def _renew(one: BackupSet, key: BackupKey, live: Header) -> None:
    try:
        former = header_of(one, key)
        raw = key.rewrapped(former, live)
    except VaultError:
        return
    manifest = one.manifest
    if manifest is None or (raw == former.raw and not manifest.former_header_sha256):
        return
    both = msgspec.structs.replace(
        manifest, header_sha256=sha256(raw), former_header_sha256=sha256(former.raw) if raw != former.raw else ""
    )
    after = msgspec.structs.replace(both, former_header_sha256="")
    if both != after:
        replace_file(one.root / MANIFEST, key.seal(both))
        replace_file(Layout(one.root).key_file(key.person_file), raw)
    replace_file(one.root / MANIFEST, key.seal(after))


def _at_once() -> bool:
    return True
