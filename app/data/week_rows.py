"""Numbers of check-ins for the charts by week, and the weeks that hold a "no occasion"; no words leave the file.

What was written looking back is left out (insights.md 2.1). Weeks are named by their Monday (ordinal 1 was one).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.data.connection import Connection

Columns = tuple[list[int], list[float], list[int]]
"""Day ordinals, values, and the numbers of the records they were answered in; one element an answer."""


def numbers_of(connection: Connection, measure: str, first: int, last: int) -> Columns:
    """One measure between two days (ordinals, both included), in any order.

    The file joins each column into one line: three lines are read four times as fast as ten years of rows.
    """
    found = connection.execute(
        "SELECT group_concat(day), group_concat(value), group_concat(record) FROM measure"
        " WHERE name = ? AND day BETWEEN ? AND ? AND late = 0",
        (measure, first, last),
    ).fetchone()
    if found[0] is None:
        return [], [], []
    days, values, records = (str(line).split(",") for line in found)
    return list(map(int, days)), list(map(float, values)), list(map(int, records))


def no_occasion_weeks(
    connection: Connection, fields: Sequence[str], mondays: Sequence[int]
) -> list[tuple[int, tuple[bool, ...]]]:
    """Of the given weeks those in which any check-in answered "no occasion", with one flag a field.

    The answer has no number, so it stands in no index: the file itself looks for its code in the stored answers of
    these weeks and hands out nothing but whether it is there. `fields` are names of the check-in's own fields.
    """
    if not mondays:
        return []
    flags = ", ".join("max(instr(v.body, ?) > 0)" for _ in fields)
    codes = [f'"{field}":"no_occasion"'.encode() for field in fields]
    rows = connection.execute(
        f"SELECT (r.day - 1) / 7 * 7 + 1 AS monday, {flags} FROM record r"
        " JOIN revision v ON v.id = r.head"
        " WHERE r.kind = 'checkin' AND r.day BETWEEN ? AND ? AND r.late = 0"
        " AND (r.day - 1) / 7 * 7 + 1 IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (*codes, min(mondays), max(mondays) + 6, json.dumps([int(monday) for monday in mondays])),
    )
    found = [(int(row[0]), tuple(bool(flag) for flag in row[1:])) for row in rows]
    return [(monday, flags_of) for monday, flags_of in found if any(flags_of)]
