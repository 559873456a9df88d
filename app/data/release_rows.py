"""What may leave as weekly numbers is counted here: days and how many, by person, from the indexes, never a word."""

from __future__ import annotations

from app.data.connection import Connection
from app.domain.records import PersonId

_WRITTEN = (
    "SELECT day FROM measure WHERE name = 'felt_safety' AND late = 0 AND day BETWEEN ? AND ?"
    " UNION SELECT day FROM record WHERE kind = 'trigger' AND day BETWEEN ? AND ? ORDER BY day"
)


def written_days(connection: Connection, first: int, last: int) -> list[int]:
    """The days (ordinals) a private file has a check-in or a trigger of, rising: on these, none means none."""
    return [int(row[0]) for row in connection.execute(_WRITTEN, (first, last, first, last))]


def days_of_kind(connection: Connection, kind: str, author: PersonId | None, first: int, last: int) -> dict[int, int]:
    """How many entries of a kind a person wrote (None: anybody), by day."""
    rows = connection.execute(
        "SELECT day, count(*) FROM record WHERE kind = ? AND day BETWEEN ? AND ? AND (? IS NULL OR author = ?)"
        " GROUP BY day",
        (kind, first, last, author, author),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def days_above_zero(
    connection: Connection, measure: str, author: PersonId | None, first: int, last: int
) -> dict[int, int]:
    """How many answers above 0 a person gave (None: anybody), by day."""
    rows = connection.execute(
        "SELECT m.day, count(*) FROM measure m JOIN record r ON r.number = m.record"
        " WHERE m.name = ? AND m.day BETWEEN ? AND ? AND m.value > 0 AND (? IS NULL OR r.author = ?) GROUP BY m.day",
        (measure, first, last, author, author),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def lowest_of_day(connection: Connection, measure: str, day: int) -> float | None:
    """The lowest value of a measure on one day (an ordinal); None without any."""
    row = connection.execute("SELECT min(value) FROM measure WHERE name = ? AND day = ?", (measure, day)).fetchone()
    return None if row is None or row[0] is None else float(row[0])
