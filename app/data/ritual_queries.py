"""The days of rituals, found by index: through the link of one ritual, or along the days of all of them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

RITUAL, TICK = "ritual", "ritual_completion"
_COLUMNS = (
    "SELECT l.target, r.id, r.day, r.author, r.created, r.zone, r.title, o.term, w.term"
    " FROM {start} CROSS JOIN {other}"
    " CROSS JOIN term o ON o.record = r.number AND o.field = 'outcome'"
    " LEFT JOIN term w ON w.record = r.number AND w.field = 'reason'"
)
_ALONG = _COLUMNS.format(start="record r", other="link l ON l.record = r.number AND l.field = 'ritual'")
_OF_ONE = _COLUMNS.format(start="link l", other="record r ON r.number = l.record")


class Tick(msgspec.Struct, frozen=True):
    """One saved day of a ritual. `day` is an ordinal, `note` the first line written with it, `zone` where it was."""

    ritual: RecordId
    record: RecordId
    day: int
    author: str
    created_ms: int
    zone: str
    note: str
    outcome: str
    reason: str = ""
    shared: bool = False


def ticks_along(connection: Connection, first: int, *, shared: bool = False) -> list[Tick]:
    """Every ritual's days from the day `first` on."""
    rows = connection.execute(f"{_ALONG} WHERE r.kind = ? AND r.day >= ?", (TICK, first))
    return [_tick(row, shared=shared) for row in rows]


def ticks_of(connection: Connection, ritual: RecordId, first: int = 0, *, shared: bool = False) -> list[Tick]:
    """One ritual's days from the day `first` on."""
    rows = connection.execute(
        f"{_OF_ONE} WHERE l.target = ? AND l.field = 'ritual' AND r.kind = ? AND r.day >= ?", (ritual, TICK, first)
    )
    return [_tick(row, shared=shared) for row in rows]


def newest_position(connection: Connection) -> int:
    """Where the file's list of revisions ends."""
    return int(connection.execute("SELECT coalesce(max(position), 0) FROM revision").fetchone()[0])


def touched_since(connection: Connection, position: int) -> list[tuple[str, RecordId]]:
    """(kind, record) of every ritual and ritual day with a revision after that place."""
    rows = connection.execute(
        "SELECT DISTINCT kind, record FROM revision WHERE position > ? AND kind IN (?, ?)", (position, RITUAL, TICK)
    )
    return [(row[0], RecordId(row[1])) for row in rows]


def rituals_of(connection: Connection, records: Iterable[RecordId]) -> set[RecordId]:
    """The rituals that these ritual days belong to."""
    found: set[RecordId] = set()
    for record in records:
        rows = connection.execute(
            "SELECT l.target FROM record r CROSS JOIN link l ON l.record = r.number AND l.field = 'ritual'"
            " WHERE r.id = ?",
            (record,),
        )
        found |= {RecordId(row[0]) for row in rows}
    return found


def _tick(row: tuple[str, str, int, str, int, str, str, str, str | None], *, shared: bool) -> Tick:
    target, record, day, author, created_ms, zone, note, outcome, reason = row
    return Tick(RecordId(target), RecordId(record), day, author, created_ms, zone, note, outcome, reason or "", shared)
