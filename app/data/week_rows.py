"""Numbers of check-ins for the charts by week, and the weeks that hold a "no occasion"; no words.

What was written looking back is left out (insights.md 2.1). Weeks are named by their Monday (ordinal 1 was one).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.data.connection import Connection

_WHOLE = msgspec.json.Decoder(list[int])
_REAL = msgspec.json.Decoder(list[float])

Columns = tuple[list[int], list[float], list[int]]
"""Day ordinals, values, and the numbers of the records they were answered in; one element an answer."""


def numbers_of(connection: Connection, measure: str, first: int, last: int) -> Columns:
    """One measure between two days (ordinals, both included), in any order.

    The file joins each column into one list: three lists are read four times as fast as ten years of rows.
    """
    days, values, records = connection.execute(
        "SELECT '[' || group_concat(day) || ']', '[' || group_concat(value) || ']', '[' || group_concat(record) || ']'"
        " FROM measure"
        " WHERE name = ? AND day BETWEEN ? AND ? AND late = 0",
        (measure, first, last),
    ).fetchone()
    if days is None:
        return [], [], []
    return _WHOLE.decode(days), _REAL.decode(values), _WHOLE.decode(records)


def no_occasion_weeks(connection: Connection, fields: Sequence[str], mondays: Sequence[int]) -> list[tuple[int, str]]:
    """Of the given weeks those in which a check-in answered "no occasion", as Monday and field; each pair once.

    `fields` are names of the check-in's own fields. The index of reasons given instead of a number is what is read.
    """
    if not mondays:
        return []
    rows = connection.execute(
        "SELECT DISTINCT (r.day - 1) / 7 * 7 + 1, t.field FROM record r"
        " CROSS JOIN term t ON t.record = r.number AND t.term = 'no_occasion'"
        " AND t.field IN (SELECT value FROM json_each(?))"
        " WHERE r.kind = 'checkin' AND r.day BETWEEN ? AND ? AND r.late = 0"
        " AND (r.day - 1) / 7 * 7 + 1 IN (SELECT value FROM json_each(?))",
        (_as_list(fields), min(mondays), max(mondays) + 6, _as_list(mondays)),
    )
    return [(int(monday), str(field)) for monday, field in rows]


def _as_list(values: Sequence[str] | Sequence[int]) -> str:
    return msgspec.json.encode(values).decode()
