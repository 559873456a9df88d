"""Turn the driver's exceptions into our codes at one place: what is full, forbidden or failing is said as such."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.errors import Code, VaultError

_CODES: tuple[tuple[str, Code], ...] = (
    ("database or disk is full", Code.DISK_FULL),
    ("readonly", Code.NO_PERMISSION),
    ("unable to open", Code.NO_PERMISSION),
    ("locked", Code.LOCKED_BY_ANOTHER),
    ("malformed", Code.DAMAGED_ENTRIES),
    ("not a database", Code.DAMAGED_ENTRIES),
)


def code_for(error: Exception) -> Code:
    """The code for a driver's complaint; anything unknown means that writing cannot be trusted."""
    said = str(error).lower()
    return next((code for fragment, code in _CODES if fragment in said), Code.WRITE_FAILED)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Run a piece of store work with driver errors turned into `VaultError`."""
    try:
        yield
    except (sqlite3.DatabaseError, sqlcipher.DatabaseError) as error:
        raise VaultError(code_for(error)) from error
