"""What a change of all keys leaves to be done afterwards, kept inside the new private file until it is.

The sealing key that ended with the change is kept for one more joining.

A note that is being left at the locked window while keys change may be sealed to the keys that end in that moment, and
nobody could open it afterwards. So the new private file keeps the former sealing key, and nothing else of the former
identity, until the next joining is through. It gives nobody anything: whoever got hold of the former keys has it too.

The names of the copies that still open with the former passphrase are kept until a copy under the new keys was made and
those are gone. They are written before the new keys count, so that a program that dies right after still knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.crypto.identity import Identity
from app.crypto.secret import KEY_BYTES, Secret
from app.data.cipher import sorted_errors, writes
from app.data.connection import Connection
from app.data.vault_meta import is_id

_ROW: Final = "keys_former"
_SETS: Final = "sets_former"


def keep_former(connection: Connection, ending: Identity) -> None:
    """Keep the sealing key of `ending`, in place of one kept before. Must run inside the caller's `writes`."""
    _, sealing = ending.private_bytes()
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_ROW, sealing.hex()))


def former_identity(connection: Connection, today: Identity) -> Identity | None:
    """Opens what was sealed to the keys that ended last, while they are kept. The caller wipes it.

    It signs with nothing of the past: its signing half is that of `today`.

    Raises:
        VaultError: DAMAGED_ENTRIES when the row cannot be read.
    """
    with sorted_errors():
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_ROW,)).fetchone()
    try:
        sealing = bytes.fromhex(row[0]) if row else b""
    except (TypeError, ValueError):
        return None
    if len(sealing) != KEY_BYTES:
        return None
    signing, _ = today.private_bytes()
    return Identity(Secret(signing), Secret(sealing))


def forget_former(connection: Connection) -> None:
    """What was sealed to the ended keys has joined: from now on nothing opens it any more.

    Raises:
        VaultError: as `cipher.writes`; it is then forgotten at the next joining.
    """
    with writes(connection):
        connection.execute("DELETE FROM meta WHERE key = ?", (_ROW,))


def keep_former_sets(connection: Connection, names: Iterable[str]) -> None:
    """Note copies that are to go, beside those noted before. Must run inside the caller's `writes`."""
    known = sorted({*_sets(connection), *names})
    if known:
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_SETS, " ".join(known)))


def former_sets(connection: Connection) -> tuple[str, ...]:
    """The names of copies that were still to be replaced when the keys changed, by name.

    Raises:
        VaultError: DAMAGED_ENTRIES when the row cannot be read.
    """
    with sorted_errors():
        return _sets(connection)


def forget_former_sets(connection: Connection) -> None:
    """Those copies are gone.

    Raises:
        VaultError: as `cipher.writes`; it is then noticed again at the next unlock.
    """
    with writes(connection):
        connection.execute("DELETE FROM meta WHERE key = ?", (_SETS,))


def _sets(connection: Connection) -> tuple[str, ...]:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_SETS,)).fetchone()
    return tuple(name for name in str(row[0]).split() if is_id(name)) if row else ()
