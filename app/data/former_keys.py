"""The sealing key that ended with the last change of all keys, kept inside the private file for one more joining.

A note that is being left at the locked window while keys change may be sealed to the keys that end in that moment, and
nobody could open it afterwards. So the new private file keeps the former sealing key, and nothing else of the former
identity, until the next joining is through. It gives nobody anything: whoever got hold of the former keys has it too.
"""

from __future__ import annotations

from typing import Final

from app.crypto.identity import Identity
from app.crypto.secret import KEY_BYTES, Secret
from app.data.cipher import sorted_errors, writes
from app.data.connection import Connection

_ROW: Final = "keys_former"


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
