"""The trash of one space: what was removed and may come back, and how its words leave the file for good."""

from __future__ import annotations

import msgspec

from app.data.connection import Connection
from app.domain.records import PersonId, RecordId


class Removed(msgspec.Struct, frozen=True):
    """A record in the trash. `day` is an ordinal, times are UTC milliseconds, `author` wrote it first."""

    record: RecordId
    kind: str
    author: PersonId
    day: int
    instant_ms: int
    title: str
    removed_ms: int


_COLUMNS = "record, kind, author, day, instant, title, removed"


def removed(connection: Connection, limit: int = 500) -> list[Removed]:
    """What lies in the trash, removed last first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM trash ORDER BY removed DESC, record LIMIT ?", (limit,))
    return [Removed(*row) for row in rows]


def count(connection: Connection) -> int:
    """How many records lie in the trash."""
    return int(connection.execute("SELECT count(*) FROM trash").fetchone()[0])


def find(connection: Connection, record: RecordId) -> Removed | None:
    """One record in the trash."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM trash WHERE record = ?", (record,)).fetchone()
    return Removed(*row) if row else None


def due(connection: Connection, before_ms: int, limit: int = 500) -> list[RecordId]:
    """Records removed before that instant (UTC milliseconds), the longest ago first."""
    rows = connection.execute("SELECT record FROM trash WHERE removed < ? ORDER BY removed LIMIT ?", (before_ms, limit))
    return [RecordId(row[0]) for row in rows]


def put(connection: Connection, row: Removed) -> None:
    """Project a record into the trash."""
    connection.execute(f"INSERT OR REPLACE INTO trash ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", _values(row))


def forget(connection: Connection, record: RecordId) -> None:
    """Take a record's row out of the trash: it stands again, or its words are gone."""
    connection.execute("DELETE FROM trash WHERE record = ?", (record,))


def _values(row: Removed) -> tuple[str | int, ...]:
    return (row.record, row.kind, row.author, row.day, row.instant_ms, row.title, row.removed_ms)
