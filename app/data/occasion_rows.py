"""What the charts of agreements, promises and conversations count: ids, days, codes and numbers, never words.

Every question starts at the records of one kind within some days, by index; nothing here touches a column that can
hold what a person wrote (titles, previews, bodies), so that charts may be computed where those cannot be read at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

_AT_A_TIME = 500
_TERMS = ("outcome", "repaired", "other_reading", "settled")
_LINKS = ("boundary", "reading_of", "repair_link", "commitment")
_MARKS = ",".join("?" * 4)


class NotedRow(msgspec.Struct, frozen=True):
    """A note on how something went, by its codes. `day` is an ordinal; "" where nothing was answered or linked.

    `target` is the agreement or promise, `reading_of` the note it answers, `repair` the talk or apology it led to.
    """

    target: RecordId
    record: RecordId
    author: str
    day: int
    outcome: str = ""
    repaired: str = ""
    other_reading: str = ""
    settled: str = ""
    reading_of: str = ""
    repair: str = ""


class TalkRow(msgspec.Struct, frozen=True):
    """A conversation that was ended: its day (an ordinal), its instant, how far it went (1 to 7; None: not noted)."""

    record: RecordId
    day: int
    instant_ms: int
    reached: int | None


def notes_between(connection: Connection, kind: str, field: str, first: int, last: int) -> list[NotedRow]:
    """Notes of a kind on the days `first` to `last` (ordinals, both included), on whatever their link `field` leads to.

    Answers and links are read in two runs over the same rows: asked note by note, each costs a look of its own.
    """
    bounds = (kind, first, last)
    said: dict[int, dict[str, str]] = {}
    for number, name, term in connection.execute(
        f"SELECT r.number, t.field, t.term FROM record r CROSS JOIN term t ON t.record = r.number"
        f" WHERE r.kind = ? AND r.day BETWEEN ? AND ? AND t.field IN ({_MARKS})",
        (*bounds, *_TERMS),
    ):
        said.setdefault(number, {})[name] = term
    notes: dict[int, tuple[str, str, int]] = {}
    led: dict[int, dict[str, str]] = {}
    for number, record, author, day, name, target in connection.execute(
        f"SELECT r.number, r.id, r.author, r.day, l.field, l.target FROM record r"
        f" CROSS JOIN link l ON l.record = r.number"
        f" WHERE r.kind = ? AND r.day BETWEEN ? AND ? AND l.field IN ({_MARKS})",
        (*bounds, *_LINKS),
    ):
        notes[number] = (record, author, day)
        led.setdefault(number, {})[name] = target
    return [
        _noted(notes[number], links, said.get(number, {}), field) for number, links in led.items() if field in links
    ]


def talks_between(connection: Connection, kind: str, measure: str, first: int, last: int) -> list[TalkRow]:
    """Conversations on the days `first` to `last` (ordinals, both included), in time order."""
    rows = connection.execute(
        "SELECT r.id, r.day, r.instant, m.value FROM record r LEFT JOIN measure m"
        " ON m.name = ? AND m.day = r.day AND m.instant = r.instant AND m.record = r.number"
        " WHERE r.kind = ? AND r.day BETWEEN ? AND ? ORDER BY r.day, r.instant, r.number",
        (measure, kind, first, last),
    )
    return [TalkRow(RecordId(row[0]), row[1], row[2], None if row[3] is None else round(row[3])) for row in rows]


def standing_of(connection: Connection, kind: str) -> list[tuple[RecordId, int, str]]:
    """(record, day it was begun as an ordinal, how it stands) of every record of a kind of which there are few; how it
    stands is the id of an answer, "" where none was given.
    """
    rows = connection.execute(
        "SELECT r.id, r.day, t.term FROM record r LEFT JOIN term t ON t.record = r.number AND t.field = 'state'"
        " WHERE r.kind = ?",
        (kind,),
    )
    return [(RecordId(row[0]), row[1], row[2] or "") for row in rows]


def days_of(connection: Connection, records: Iterable[str]) -> dict[RecordId, int]:
    """The day (ordinal) of each of these records that stands in this file."""
    found: dict[RecordId, int] = {}
    for some in _portions(records):
        marks = ",".join("?" * len(some))
        found.update(
            (RecordId(record), day)
            for record, day in connection.execute(f"SELECT id, day FROM record WHERE id IN ({marks})", some)
        )
    return found


def _noted(note: tuple[str, str, int], led: dict[str, str], said: dict[str, str], field: str) -> NotedRow:
    record, author, day = note
    return NotedRow(
        target=RecordId(led[field]),
        record=RecordId(record),
        author=author,
        day=day,
        outcome=said.get("outcome", ""),
        repaired=said.get("repaired", ""),
        other_reading=said.get("other_reading", ""),
        settled=said.get("settled", ""),
        reading_of=led.get("reading_of", ""),
        repair=led.get("repair_link", ""),
    )


def _portions(records: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(set(records))
    for start in range(0, len(every), _AT_A_TIME):
        yield every[start : start + _AT_A_TIME]
