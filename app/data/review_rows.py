"""What a four-weekly look counts besides the answers of a check-in: numbers straight from the indexes."""

from __future__ import annotations

from app.data.connection import Connection

_FULL = (
    "SELECT count(*) FROM measure m JOIN record r ON r.number = m.record"
    " WHERE m.name = ? AND m.day BETWEEN ? AND ? AND m.value >= 1 AND r.author = ?"
)


def full_times(connection: Connection, measure: str, author: str, first: int, last: int) -> int:
    """How often an author noted a measure with its full value 1 on the days `first` to `last` (ordinals, both in)."""
    return int(connection.execute(_FULL, (measure, first, last, author)).fetchone()[0])
