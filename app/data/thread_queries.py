"""What hangs on one thread: counted by index, never by reading every record.

A thread may have tens of thousands of triggers linked to it, but a year holds fewer and steps and new moments are few.
So each question begins with the records of its kind (CROSS JOIN keeps SQLite from turning that around).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.data import search
from app.data.connection import Connection
from app.domain.records import RecordId


class LinkedEntry(msgspec.Struct, frozen=True):
    """A record that links to a thread, as a list shows it. `day` is an ordinal."""

    record: RecordId
    day: int
    title: str
    preview: str


def linked_days(connection: Connection, target: RecordId, kind: str, first: int) -> list[int]:
    """Days (ordinals, from `first` on) of records of a kind that link to a thread, oldest first."""
    rows = connection.execute(
        "SELECT r.day FROM record r CROSS JOIN link l ON l.record = r.number"
        " WHERE r.kind = ? AND r.day >= ? AND l.target = ? ORDER BY r.day",
        (kind, first, target),
    )
    return [row[0] for row in rows]


def linked_entries(connection: Connection, target: RecordId, kind: str) -> list[LinkedEntry]:
    """Records of a kind that link to a thread, newest first."""
    rows = connection.execute(
        "SELECT r.id, r.day, r.title, r.preview FROM record r CROSS JOIN link l ON l.record = r.number"
        " WHERE r.kind = ? AND l.target = ? ORDER BY r.day DESC, r.instant DESC, r.number DESC",
        (kind, target),
    )
    return [LinkedEntry(RecordId(row[0]), row[1], row[2], row[3]) for row in rows]


def linked_between(connection: Connection, target: RecordId, kind: str, first: int, last: int) -> list[LinkedEntry]:
    """Records of a kind on the days `first` to `last` (ordinals, both included) that link to a thread, newest first."""
    rows = connection.execute(
        "SELECT r.id, r.day, r.title, r.preview FROM record r CROSS JOIN link l ON l.record = r.number"
        " WHERE r.kind = ? AND r.day BETWEEN ? AND ? AND l.target = ? ORDER BY r.day DESC, r.instant DESC",
        (kind, first, last, target),
    )
    return [LinkedEntry(RecordId(row[0]), row[1], row[2], row[3]) for row in rows]


def of_kind_with_words(connection: Connection, kind: str, typed: str) -> list[RecordId]:
    """Records of a kind of which there are few that hold these words; the last one may be unfinished."""
    query = search.parse(typed)
    if query is None:
        return []
    rows = connection.execute(
        "SELECT r.id FROM record r CROSS JOIN search s ON s.rowid = -r.number WHERE r.kind = ? AND search MATCH ?",
        (kind, query.begun or query.whole),
    )
    return [RecordId(row[0]) for row in rows]


def linked_measures(
    connection: Connection, target: RecordId, kind: str, name: str
) -> list[tuple[RecordId, int, int, float]]:
    """(record, day, instant in ms, value) of one measure over records of a kind that link to a thread, oldest first."""
    rows = connection.execute(
        "SELECT r.id, m.day, m.instant, m.value FROM record r CROSS JOIN link l ON l.record = r.number"
        " CROSS JOIN measure m ON m.record = r.number WHERE r.kind = ? AND l.target = ? AND m.name = ?"
        " ORDER BY m.day, m.instant, r.number",
        (kind, target, name),
    )
    return [(RecordId(row[0]), row[1], row[2], row[3]) for row in rows]


def measures_by_target(
    connection: Connection, kind: str, name: str
) -> dict[RecordId, list[tuple[RecordId, int, int, float]]]:
    """What `linked_measures` says of every thread at once, for lists: asked one by one, each would look through all."""
    rows = connection.execute(
        "SELECT l.target, r.id, m.day, m.instant, m.value FROM record r CROSS JOIN link l ON l.record = r.number"
        " CROSS JOIN measure m ON m.record = r.number WHERE r.kind = ? AND m.name = ?"
        " ORDER BY m.day, m.instant, r.number",
        (kind, name),
    )
    found: dict[RecordId, list[tuple[RecordId, int, int, float]]] = {}
    for target, record, day, instant_ms, value in rows:
        found.setdefault(RecordId(target), []).append((RecordId(record), day, instant_ms, value))
    return found


def ids_of_kind(connection: Connection, kind: str) -> list[RecordId]:
    """Every standing record of a kind, newest first: for kinds of which there are few."""
    rows = connection.execute(
        "SELECT id FROM record WHERE kind = ? ORDER BY day DESC, instant DESC, number DESC", (kind,)
    )
    return [RecordId(row[0]) for row in rows]


def marked_with(connection: Connection, answers: Mapping[str, tuple[str, ...]]) -> list[RecordId]:
    """Records in which one of these answers was picked, by field id; newest first.

    The search index finds them, since it holds the ids of picked answers; the terms then tell which question it was.
    """
    ids = sorted({answer for chosen in answers.values() for answer in chosen})
    if not ids:
        return []
    wanted = " OR ".join(f'"{answer}"' for answer in ids)
    rows = connection.execute(
        "SELECT r.id, t.field, t.term FROM search s"
        " CROSS JOIN record r ON r.number = -s.rowid CROSS JOIN term t ON t.record = r.number"
        " WHERE search MATCH ? ORDER BY s.rowid",
        (f"tags : ({wanted})",),
    )
    return list(dict.fromkeys(RecordId(record) for record, field, term in rows if term in answers.get(field, ())))
