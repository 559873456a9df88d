"""What an export asks of a space: every record in the order in which it came, a row at a time, whatever their number.

Rows are read as they stand; nothing is decoded here. A question may stay open while the answers are written elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

_COLUMNS = "r.number, r.id, r.kind, r.author, r.day, r.instant, r.zone, r.created, r.changed, r.conflict, v.body"
_JOINED = "FROM record r CROSS JOIN revision v ON v.record = r.id AND v.id = r.head"


class Row(msgspec.Struct, frozen=True):
    """A standing record with the bytes of its newest state. `day` is an ordinal, times are UTC milliseconds."""

    number: int
    id: RecordId
    kind: str
    author: str
    day: int
    instant_ms: int
    zone: str
    created_ms: int
    changed_ms: int
    conflict: bool
    body: bytes


class Number(msgspec.Struct, frozen=True):
    """One number as charts read it. `instant_ms` is UTC milliseconds."""

    name: str
    day: int
    instant_ms: int
    value: float
    wording: int
    late: bool
    record: RecordId


def rows(connection: Connection) -> Iterator[Row]:
    """Every standing record, oldest row first: the order that an import keeps."""
    return _read(connection, f"SELECT {_COLUMNS} {_JOINED} ORDER BY r.number")


def rows_by_day(connection: Connection) -> Iterator[Row]:
    """Every standing record by the day it speaks of."""
    return _read(connection, f"SELECT {_COLUMNS} {_JOINED} ORDER BY r.day, r.instant, r.number")


def rows_of_kind(connection: Connection, kind: str) -> Iterator[Row]:
    """Every standing record of a kind by its day."""
    sql = f"SELECT {_COLUMNS} {_JOINED} WHERE r.kind = ? ORDER BY r.day, r.instant, r.number"
    return _read(connection, sql, kind)


def count(connection: Connection) -> int:
    """How many records stand."""
    return int(connection.execute("SELECT count(*) FROM record").fetchone()[0])


def count_by(connection: Connection, author: str) -> tuple[int, int]:
    """How many records stand that somebody began, and how many others began."""
    row = connection.execute("SELECT count(*) FILTER (WHERE author = ?), count(*) FROM record", (author,)).fetchone()
    return int(row[0]), int(row[1]) - int(row[0])


def standing_body(connection: Connection, record: RecordId) -> tuple[str, bytes] | None:
    """Kind and newest state of one record, if it stands."""
    row = connection.execute(f"SELECT r.kind, v.body {_JOINED} WHERE r.id = ?", (record,)).fetchone()
    return (str(row[0]), bytes(row[1])) if row else None


def is_known(connection: Connection, record: RecordId) -> bool:
    """Whether anything was ever written here under an id, also when it was removed since."""
    return connection.execute("SELECT 1 FROM revision WHERE record = ? LIMIT 1", (record,)).fetchone() is not None


def in_trash(connection: Connection) -> Iterator[tuple[RecordId, str, str]]:
    """Every record whose words can come back, with its kind and who began it, removed first first."""
    rows_ = connection.execute("SELECT record, kind, author FROM trash ORDER BY removed, record")
    for row in rows_:
        yield RecordId(row[0]), row[1], row[2]


def numbers(connection: Connection) -> Iterator[Number]:
    """Every number that charts read, by name and time."""
    found = connection.execute(
        "SELECT m.name, m.day, m.instant, m.value, m.wording, m.late, r.id FROM measure m"
        " JOIN record r ON r.number = m.record ORDER BY m.name, m.day, m.instant, m.record"
    )
    for row in found:
        yield Number(row[0], row[1], row[2], row[3], row[4], bool(row[5]), RecordId(row[6]))


def titles(connection: Connection, records: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Kind and first line of each of these records that stand here."""
    found = {}
    for record in records:
        row = connection.execute("SELECT kind, title FROM record WHERE id = ?", (record,)).fetchone()
        if row is not None:
            found[record] = (str(row[0]), str(row[1]))
    return found


def _read(connection: Connection, sql: str, *bound: str) -> Iterator[Row]:
    for row in connection.execute(sql, bound):
        number, record, kind, author, day, instant_ms, zone, created_ms, changed_ms, conflict, body = row
        yield Row(
            number, record, kind, author, day, instant_ms, zone, created_ms, changed_ms, bool(conflict), bytes(body)
        )
