"""Questions the screens ask of a space. Lists come from projected rows; bodies are decoded only for what is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

_ENTRY = "id, kind, author, day, instant, title, preview, late, conflict, created, changed, number"


class Entry(msgspec.Struct, frozen=True):
    """A record as a list shows it. `day` is an ordinal, times are UTC milliseconds."""

    id: RecordId
    kind: str
    author: str
    day: int
    instant_ms: int
    title: str
    preview: str
    late: bool
    conflict: bool
    created_ms: int
    changed_ms: int
    number: int
    shared: bool = False
    """Whether it stands in the space for two."""


class Place(msgspec.Struct, frozen=True):
    """A position in the timeline: the page that follows starts before it. `space` counts from the private one, 0.

    Row numbers mean something only inside their own file. Of records at the same instant, those of the private space
    come first.
    """

    day: int
    instant_ms: int
    number: int
    space: int = 0

    def within(self, space: int) -> Place:
        """The same position as another space counts: after everything there at this instant, or before it."""
        if space == self.space:
            return self
        return Place(self.day, self.instant_ms, 1 << 62 if space > self.space else -1, space)


class Series(msgspec.Struct, frozen=True):
    """A measure over time, oldest first, as parallel columns: day ordinals, values, wording versions, late flags."""

    name: str
    days: list[int]
    values: list[float]
    wording: list[int]
    late: list[bool]
    instants_ms: list[int]


def _entry(row: tuple[Any, ...]) -> Entry:
    record, kind, author, day, instant_ms, title, preview, late, conflict, created_ms, changed_ms, number = row
    return Entry(
        RecordId(record),
        kind,
        author,
        day,
        instant_ms,
        title,
        preview,
        bool(late),
        bool(conflict),
        created_ms,
        changed_ms,
        number,
    )


def page(
    connection: Connection, *, before: Place | None = None, kinds: tuple[str, ...] = (), limit: int = 50
) -> list[Entry]:
    """The timeline, newest first, a page at a time by position: page 2,000 costs what page 1 costs."""
    place = before or Place(1 << 40, 1 << 62, 1 << 62)
    where = "(day, instant, number) < (?, ?, ?)"
    bound: list[str | int] = [place.day, place.instant_ms, place.number]
    if len(kinds) == 1:
        where = "kind = ? AND " + where
        bound.insert(0, kinds[0])
    elif kinds:
        where += f" AND kind IN ({','.join('?' * len(kinds))})"
        bound += kinds
    rows = connection.execute(
        f"SELECT {_ENTRY} FROM record WHERE {where} ORDER BY day DESC, instant DESC, number DESC LIMIT ?",
        (*bound, limit),
    )
    return [_entry(row) for row in rows]


def entries(connection: Connection, numbers: Sequence[int]) -> list[Entry]:
    """The rows of a few records by their row numbers, in no order."""
    marks = ",".join("?" * len(numbers))
    return [
        _entry(row) for row in connection.execute(f"SELECT {_ENTRY} FROM record WHERE number IN ({marks})", numbers)
    ]


def entry(connection: Connection, record: RecordId) -> Entry | None:
    """One record's row."""
    row = connection.execute(f"SELECT {_ENTRY} FROM record WHERE id = ?", (record,)).fetchone()
    return _entry(row) if row else None


def resolve(connection: Connection, start: str, limit: int = 2) -> list[RecordId]:
    """Records whose id begins so, for people who type part of one."""
    rows = connection.execute(
        "SELECT id FROM record WHERE id >= ? AND id < ? LIMIT ?", (start, start + "g", limit)
    ).fetchall()
    return [RecordId(row[0]) for row in rows]


def between(connection: Connection, kind: str, first: int, last: int) -> list[Entry]:
    """Everything of one kind on the days from `first` to `last` (ordinals, both included), newest first."""
    rows = connection.execute(
        f"SELECT {_ENTRY} FROM record WHERE kind = ? AND day BETWEEN ? AND ?"
        " ORDER BY day DESC, instant DESC, number DESC",
        (kind, first, last),
    )
    return [_entry(row) for row in rows]


def linked(connection: Connection, target: RecordId, kind: str) -> list[Entry]:
    """Records of a kind that link to another, newest first."""
    rows = connection.execute(
        "SELECT " + ", ".join(f"r.{name.strip()}" for name in _ENTRY.split(",")) + " FROM link l"
        " JOIN record r ON r.number = l.record WHERE l.target = ? AND r.kind = ?"
        " ORDER BY r.day DESC, r.instant DESC, r.number DESC",
        (target, kind),
    )
    return [_entry(row) for row in rows]


def series(connection: Connection, name: str, first: int = 0, last: int = 1 << 40) -> Series:
    """One measure between two days (ordinals, both included), oldest first."""
    rows = connection.execute(
        "SELECT day, value, wording, late, instant FROM measure WHERE name = ? AND day BETWEEN ? AND ?"
        " ORDER BY day, instant",
        (name, first, last),
    ).fetchall()
    return Series(
        name=name,
        days=[row[0] for row in rows],
        values=[row[1] for row in rows],
        wording=[row[2] for row in rows],
        late=[bool(row[3]) for row in rows],
        instants_ms=[row[4] for row in rows],
    )


def of_record(connection: Connection, record: RecordId, name: str) -> Series:
    """One measure of one record over time: how heavy an injury has been."""
    rows = connection.execute(
        "SELECT m.day, m.value, m.wording, m.late, m.instant FROM measure m JOIN record r ON r.number = m.record"
        " WHERE r.id = ? AND m.name = ? ORDER BY m.day, m.instant",
        (record, name),
    ).fetchall()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
    return Series(name, columns[0], columns[1], columns[2], [bool(flag) for flag in columns[3]], columns[4])


def counts(connection: Connection) -> dict[str, int]:
    """How many records of each kind stand."""
    return {row[0]: int(row[1]) for row in connection.execute("SELECT kind, count(*) FROM record GROUP BY kind")}


def standing(connection: Connection) -> dict[str, tuple[int, int]]:
    """How many records of each kind stand, and the day (ordinal) of the newest."""
    rows = connection.execute("SELECT kind, count(*), max(day) FROM record GROUP BY kind")
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def span(connection: Connection) -> tuple[int, int] | None:
    """First and last day (ordinals) anything was written about."""
    row = connection.execute(
        "SELECT (SELECT day FROM record ORDER BY day LIMIT 1), (SELECT day FROM record ORDER BY day DESC LIMIT 1)"
    ).fetchone()
    return (int(row[0]), int(row[1])) if row and row[0] is not None else None


def recent_titles(connection: Connection, kind: str, limit: int = 40) -> list[str]:
    """Titles of the newest records of a kind, for suggestions as one types."""
    rows = connection.execute(
        "SELECT title FROM record WHERE kind = ? AND title != '' ORDER BY day DESC, instant DESC, number DESC LIMIT ?",
        (kind, limit),
    )
    return [row[0] for row in rows]


def bodies(connection: Connection, kind: str, first: int, last: int) -> list[tuple[int, bytes]]:
    """Day and stored answers of every record of a kind between two days, in time order; for what goes on paper."""
    rows = connection.execute(
        "SELECT r.day, v.body FROM record r JOIN revision v ON v.record = r.id AND v.id = r.head"
        " WHERE r.kind = ? AND r.day BETWEEN ? AND ? ORDER BY r.day, r.instant, r.number",
        (kind, first, last),
    )
    return [(int(row[0]), bytes(row[1])) for row in rows]
