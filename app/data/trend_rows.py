"""What the Trends and Summary pages count: days and numbers straight from the indexes, no words, no bodies decoded."""

from __future__ import annotations

from app.data.connection import Connection
from app.domain.records import RecordId

_PAIRED = (
    "SELECT p.day, p.instant, p.value, a.value, m.value FROM measure p"
    " LEFT JOIN measure a ON a.name = 'trigger.after' AND a.day = p.day AND a.instant = p.instant"
    " AND a.record = p.record"
    " LEFT JOIN measure m ON m.name = 'trigger.minutes_to_settle' AND m.day = p.day AND m.instant = p.instant"
    " AND m.record = p.record"
    " WHERE p.name = 'trigger.peak' AND p.day BETWEEN ? AND ? ORDER BY p.day, p.instant"
)

Strength = tuple[int, int, float, float | None, float | None]
"""Day ordinal, instant (UTC ms), strength at first 0-10, strength after, minutes to settle (None: not noted)."""


def first_day_of(connection: Connection, measure: str) -> int | None:
    """The first day (ordinal) a measure was written for."""
    row = connection.execute("SELECT day FROM measure WHERE name = ? ORDER BY day LIMIT 1", (measure,)).fetchone()
    return int(row[0]) if row else None


def days_of_kind(connection: Connection, kind: str, first: int, last: int) -> list[int]:
    """The day of every record of a kind between two days (ordinals, both included), rising; one item a record."""
    rows = connection.execute(
        "SELECT day, count(*) FROM record WHERE kind = ? AND day BETWEEN ? AND ? GROUP BY day ORDER BY day",
        (kind, first, last),
    )
    return [day for day, count in rows for _ in range(count)]


def day_means(connection: Connection, measure: str, first: int, last: int) -> tuple[list[int], list[float]]:
    """One measure between two days as one mean a written day, rising; what was written looking back is left out."""
    rows = connection.execute(
        "SELECT day, avg(value) FROM measure WHERE name = ? AND day BETWEEN ? AND ? AND late = 0"
        " GROUP BY day ORDER BY day",
        (measure, first, last),
    ).fetchall()
    return [row[0] for row in rows], [row[1] for row in rows]


def peaks_by_day(connection: Connection, first: int, last: int) -> list[tuple[int, int, float]]:
    """Day, how many triggers with a strength, and the sum of those strengths; rising."""
    return connection.execute(
        "SELECT day, count(*), sum(value) FROM measure WHERE name = 'trigger.peak' AND day BETWEEN ? AND ?"
        " GROUP BY day ORDER BY day",
        (first, last),
    ).fetchall()


def peaks_by_strength(connection: Connection, first: int, last: int) -> list[tuple[float, int]]:
    """How often each strength was noted between two days, from weak to strong."""
    return connection.execute(
        "SELECT value, count(*) FROM measure WHERE name = 'trigger.peak' AND day BETWEEN ? AND ?"
        " GROUP BY value ORDER BY value",
        (first, last),
    ).fetchall()


def strengths(connection: Connection, first: int, last: int) -> list[Strength]:
    """Every trigger with a strength between two days, in time order, with what was noted afterwards."""
    return [tuple(row) for row in connection.execute(_PAIRED, (first, last))]


def settled(connection: Connection, first: int, last: int) -> list[tuple[int, float]]:
    """Day and minutes of every trigger known to have settled between two days, in time order."""
    rows = connection.execute(
        "SELECT day, value FROM measure WHERE name = 'trigger.minutes_to_settle' AND day BETWEEN ? AND ?"
        " ORDER BY day, instant",
        (first, last),
    )
    return [(int(row[0]), float(row[1])) for row in rows]


def without_number(connection: Connection, kind: str, field: str, reason: str, first: int, last: int) -> list[int]:
    """Days on which a question was answered by a reason ("no occasion", "still going") and not by a number, rising."""
    rows = connection.execute(
        "SELECT r.day FROM record r CROSS JOIN term t ON t.record = r.number AND t.field = ? AND t.term = ?"
        " WHERE r.kind = ? AND r.day BETWEEN ? AND ? ORDER BY r.day",
        (field, reason, kind, first, last),
    )
    return [int(row[0]) for row in rows]


def newest_between(connection: Connection, first: int, last: int) -> RecordId | None:
    """The newest record of some days (ordinals, both included), by its id alone."""
    row = connection.execute(
        "SELECT id FROM record WHERE day BETWEEN ? AND ? ORDER BY day DESC, instant DESC, number DESC LIMIT 1",
        (first, last),
    ).fetchone()
    return RecordId(row[0]) if row else None
