"""Schema 3: what is added to entries, in parts, also while the entry is only begun; tags are found by their words."""

from __future__ import annotations

from app.data.connection import Connection

SCHEMA = """
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    author TEXT NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_of_record ON attachment (record, added, id);

CREATE TABLE attachment_part (
    part INTEGER PRIMARY KEY,
    attachment TEXT NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (attachment, number)
) STRICT;

CREATE TABLE held_attachment (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, added INTEGER NOT NULL, body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX held_attachment_of_draft ON held_attachment (key, added, id);

CREATE INDEX term_in_use ON term (term, field, record);
"""


def apply(connection: Connection) -> None:
    """Add the three tables, empty, and the index."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
