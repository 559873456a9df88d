"""Bring a space to the newest schema, step by step. A migration never calls today's code: it must work for ever."""

from __future__ import annotations

from collections.abc import Callable

from app.data.cipher import writes
from app.data.connection import Connection
from app.data.migrations import m0001_first, m0002_trash, m0003_attachments
from app.domain.errors import Code, VaultError

STEPS: tuple[Callable[[Connection], None], ...] = (
    m0001_first.apply,
    m0002_trash.apply,
    m0003_attachments.apply,
)
NEWEST = len(STEPS)

Before = Callable[[int, int], None]
"""Called with the schema found and the one it will become, while the file is still as it was: the place of a backup.
"""


def version_of(connection: Connection) -> int:
    """The schema a file has; 0 for a file that was just made."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(connection: Connection) -> int:
    """The schema a file has, when this release can read it.

    Raises:
        VaultError: `NEWER_FORMAT` when a later release made it; nothing is touched then.
    """
    found = version_of(connection)
    if found > NEWEST:
        raise VaultError(Code.NEWER_FORMAT, found=found, known=NEWEST)
    return found


def migrate(connection: Connection, *, before: Before | None = None) -> None:
    """Apply the missing steps in one transaction each.

    `before` is called once when a file that already holds something is about to change; what it raises stops that.

    Raises:
        VaultError: `NEWER_FORMAT`, as `refuse_newer` says; as `cipher.writes`, the step that failed undone.
    """
    found = refuse_newer(connection)
    if before is not None and 0 < found < NEWEST:
        before(found, NEWEST)
    for number in range(found, NEWEST):
        with writes(connection):
            _step(connection, number)


def _step(connection: Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        STEPS[number](connection)
        connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a disk that fails or is full ends it by itself
            connection.execute("ROLLBACK")
        raise
