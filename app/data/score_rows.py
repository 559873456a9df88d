"""Totals of questionnaires by name and day: numbers straight from the index, no words."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.data.connection import Connection

Row = tuple[str, int, float, int]
"""The measure, the day (ordinal), the total, and the row of the record it stands in."""


def totals(connection: Connection, measures: Sequence[str], first: int, last: int) -> list[Row]:
    """Every total of these measures between two days (ordinals, both included), oldest first."""
    rows = connection.execute(
        "SELECT m.name, m.day, m.value, m.record FROM json_each(?) n CROSS JOIN measure m"
        " ON m.name = n.value AND m.day BETWEEN ? AND ? ORDER BY m.day, m.instant",
        (msgspec.json.encode(measures).decode(), first, last),
    )
    return [(str(name), int(day), float(value), int(record)) for name, day, value, record in rows]


def newest(connection: Connection, measure: str) -> int | None:
    """The day (ordinal) of the newest total, or None."""
    row = connection.execute("SELECT max(day) FROM measure WHERE name = ?", (measure,)).fetchone()
    return int(row[0]) if row[0] is not None else None
