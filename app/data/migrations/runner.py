"""Bring a space to the newest schema, step by step. A migration never calls today's code: it must work for ever."""

from __future__ import annotations

from collections.abc import Callable

from app.data.connection import Connection
from app.data.migrations import m0001_first
from app.domain.errors import Code, VaultError

STEPS: tuple[Callable[[Connection], None], ...] = (m0001_first.apply,)
NEWEST = len(STEPS)


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


def migrate(connection: Connection) -> None:
    """Apply the missing steps in one transaction each.

    Raises:
        VaultError: `NEWER_FORMAT`, as `refuse_newer` says.
    """
    for number in range(refuse_newer(connection), NEWEST):
        connection.execute("BEGIN IMMEDIATE")
        try:
            STEPS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
