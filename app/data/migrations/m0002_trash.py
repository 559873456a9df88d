"""Schema 2: what was removed can be listed and brought back, with the half-written words that belonged to it."""

from __future__ import annotations

from app.data.connection import Connection

SCHEMA = """
CREATE TABLE trash (
    record TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    day INTEGER NOT NULL,
    instant INTEGER NOT NULL,
    title TEXT NOT NULL,
    removed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX trash_in_time ON trash (removed);

CREATE TABLE shelved_draft (
    record TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, saved INTEGER NOT NULL,
    PRIMARY KEY (record, key)
) STRICT, WITHOUT ROWID;
"""


def apply(connection: Connection) -> None:
    """Add both tables. What schema 1 removed has no words left and stays out of the trash."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
