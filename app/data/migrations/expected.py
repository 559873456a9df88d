"""The schema a file must have: exactly what the steps make, so that nobody else's statements run inside it.

A trigger or a view that somebody put into the file of the space for two would act in the name of whoever opens it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

import sqlcipher3

from app.data.connection import Connection
from app.data.migrations.runner import NEWEST, STEPS, version_of
from app.domain.errors import Code, VaultError

_SCHEMA = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
_SHADOWS = "table search_"
"""The search index keeps its own tables beside it; how they are declared is the engine's affair."""

Schema = Mapping[str, str]


def refuse_altered(connection: Connection) -> None:
    """Compare a file's schema with the one its version has. Look before anything is written.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="schema"`.
    """
    version = version_of(connection)
    if not 0 < version <= NEWEST or _schema_of(connection) != _made_by(version):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="schema")


@functools.cache
def _made_by(version: int) -> Schema:
    connection = sqlcipher3.connect(":memory:", isolation_level=None)
    try:
        for step in STEPS[:version]:
            step(connection)
        return _schema_of(connection)
    finally:
        connection.close()


def _schema_of(connection: Connection) -> Schema:
    rows = ((str(name), str(sql)) for name, sql in connection.execute(_SCHEMA))
    return MappingProxyType({name: "" if name.startswith(_SHADOWS) else sql for name, sql in rows})
