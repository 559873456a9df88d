"""What hangs on one thread: counted by index, never by reading every record."""

from __future__ import annotations

from app.data.connection import Connection
from app.domain.records import RecordId


def linked_days(connection: Connection, target: RecordId, kind: str, first: int) -> list[int]:
    """Days (ordinals, from `first` on) of records of a kind that link to a thread, oldest first."""
    rows = connection.execute(
        "SELECT r.day FROM link l JOIN record r ON r.number = l.record"
        " WHERE l.target = ? AND r.kind = ? AND r.day >= ? ORDER BY r.day",
        (target, kind, first),
    )
    return [row[0] for row in rows]


def linked_measures(connection: Connection, target: RecordId, name: str) -> list[tuple[RecordId, int, int, float]]:
    """(record, day, instant in ms, value) of one measure over all records that link to a thread, oldest first."""
    rows = connection.execute(
        "SELECT r.id, m.day, m.instant, m.value FROM link l JOIN measure m ON m.record = l.record"
        " JOIN record r ON r.number = l.record WHERE l.target = ? AND m.name = ? ORDER BY m.day, m.instant",
        (target, name),
    )
    return [(RecordId(row[0]), row[1], row[2], row[3]) for row in rows]


def ids_of_kind(connection: Connection, kind: str) -> list[RecordId]:
    """Every standing record of a kind, newest first: for kinds of which there are few."""
    rows = connection.execute(
        "SELECT id FROM record WHERE kind = ? ORDER BY day DESC, instant DESC, number DESC", (kind,)
    )
    return [RecordId(row[0]) for row in rows]
