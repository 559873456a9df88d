"""Schema 1: revisions, what is projected from them, drafts and settings."""

from __future__ import annotations

from app.data.connection import Connection

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    clock INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    parents TEXT NOT NULL,
    previous BLOB NOT NULL,
    zone TEXT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB,
    hash BLOB NOT NULL,
    signature BLOB NOT NULL,
    UNIQUE (author, seq)
) STRICT;
CREATE INDEX revision_of_record ON revision (record);

CREATE TABLE author_head (
    author TEXT PRIMARY KEY, seq INTEGER NOT NULL, clock INTEGER NOT NULL, hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    day INTEGER NOT NULL,
    instant INTEGER NOT NULL,
    zone TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    head TEXT NOT NULL,
    late INTEGER NOT NULL,
    conflict INTEGER NOT NULL,
    title TEXT NOT NULL,
    preview TEXT NOT NULL
) STRICT;
CREATE INDEX record_in_time ON record (day, instant, number);
CREATE INDEX record_of_kind ON record (kind, day, instant, number);

CREATE TABLE measure (
    name TEXT NOT NULL,
    day INTEGER NOT NULL,
    instant INTEGER NOT NULL,
    record INTEGER NOT NULL,
    value REAL NOT NULL,
    wording INTEGER NOT NULL,
    late INTEGER NOT NULL,
    PRIMARY KEY (name, day, instant, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    target TEXT NOT NULL, field TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (target, field, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_of_record ON link (record);

CREATE TABLE term (
    record INTEGER NOT NULL, field TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (record, field, term)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
    title, words, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);

CREATE TABLE draft (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL, saved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def apply(connection: Connection) -> None:
    """Make the first schema in an empty file. Statement by statement: a script would end the caller's transaction."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
