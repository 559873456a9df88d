"""Triggers for the charts: row numbers, days, numbers and chosen answers, whole columns at a time and no sentence.

Ten years hold 10,000 triggers. A row each costs SQLite's binding more than the reading itself, so a column travels as
one JSON array; columns are joined by row number afterwards, which also makes their order of no matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

_EVERY_TERM = (
    "WITH RECURSIVE word(term) AS (SELECT min(term) FROM term UNION ALL"
    " SELECT (SELECT min(t.term) FROM term t WHERE t.term > word.term) FROM word WHERE word.term IS NOT NULL)"
)
"""Each different term once, by hopping along the index from one to the next (SQLite has no skip scan of its own)."""
_integers = msgspec.json.Decoder(list[int])
_numbers = msgspec.json.Decoder(list[float])


def rows_of_kind(connection: Connection, kind: str, first: int, last: int) -> tuple[list[int], list[int], list[int]]:
    """Row numbers, days (ordinals) and instants (UTC ms) of every record of a kind between two days, in no order."""
    found = connection.execute(
        "SELECT json_group_array(number), json_group_array(day), json_group_array(instant)"
        " FROM record WHERE kind = ? AND day BETWEEN ? AND ?",
        (kind, first, last),
    ).fetchone()
    return _integers.decode(found[0]), _integers.decode(found[1]), _integers.decode(found[2])


def values(connection: Connection, measure: str, first: int, last: int) -> tuple[list[int], list[float]]:
    """Row numbers and values of a measure between two days (ordinals, both included), in no order."""
    found = connection.execute(
        "SELECT json_group_array(record), json_group_array(value) FROM measure WHERE name = ? AND day BETWEEN ? AND ?",
        (measure, first, last),
    ).fetchone()
    return _integers.decode(found[0]), _numbers.decode(found[1])


def chose(connection: Connection, field: str, options: Iterable[str]) -> dict[str, list[int]]:
    """The rows in which a question was answered by each of some given options; one nobody chose is left out."""
    wanted = tuple(options)
    marks = ",".join("?" * len(wanted))
    rows = connection.execute(
        f"SELECT term, json_group_array(record) FROM term WHERE term IN ({marks}) AND field = ? GROUP BY term",
        (*wanted, field),
    )
    return {str(term): _integers.decode(records) for term, records in rows}


def chose_any(connection: Connection, field: str) -> dict[str, list[int]]:
    """The same for every answer there is, a person's own words included: for a list that only they read."""
    rows = connection.execute(
        f"{_EVERY_TERM} SELECT t.term, json_group_array(t.record) FROM word"
        " CROSS JOIN term t ON t.term = word.term AND t.field = ? GROUP BY t.term",
        (field,),
    )
    return {str(term): _integers.decode(records) for term, records in rows}


def linked(connection: Connection, field: str, target: RecordId) -> list[int]:
    """The rows that lead to a record by a question, rising."""
    rows = connection.execute(
        "SELECT record FROM link WHERE target = ? AND field = ? ORDER BY record", (target, field)
    ).fetchall()
    return [int(row[0]) for row in rows]


def linked_days(
    connection: Connection, field: str, target: RecordId, choice: str, first: int, last: int
) -> list[tuple[int, str]]:
    """Day and answer to `choice` of the records that lead to `target`, between two days (ordinals, both included)."""
    rows = connection.execute(
        "SELECT r.day, t.term FROM link l CROSS JOIN record r ON r.number = l.record"
        " CROSS JOIN term t ON t.record = r.number AND t.field = ?"
        " WHERE l.target = ? AND l.field = ? AND r.day BETWEEN ? AND ? ORDER BY r.day",
        (choice, target, field, first, last),
    )
    return [(int(row[0]), str(row[1])) for row in rows]


def ids(connection: Connection, numbers: Sequence[int]) -> list[RecordId]:
    """The records of some rows, in the order asked; a row that has gone meanwhile is left out."""
    found = dict(
        connection.execute(
            "SELECT number, id FROM record WHERE number IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(list(numbers)).decode(),),
        ).fetchall()
    )
    return [RecordId(found[number]) for number in numbers if number in found]
