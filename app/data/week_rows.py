"""Numbers of check-ins for the charts by week, and the weeks that hold a "no occasion"; no words leave the file.

What was written looking back is left out (insights.md 2.1). Weeks are named by their Monday (ordinal 1 was one).
"""

from __future__ import annotations

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

    The answer has no number; it stands among the reasons, by its code. `fields` are names of the check-in's own fields.
    """
    marks = ",".join("?" * len(fields))
    rows = connection.execute(
        "SELECT DISTINCT (r.day - 1) / 7 * 7 + 1, t.field FROM term t CROSS JOIN record r ON r.number = t.record"
        f" WHERE t.term = 'no_occasion' AND t.field IN ({marks}) AND r.kind = 'checkin' AND r.late = 0",
        tuple(fields),
    )
    without: dict[int, set[str]] = {}
    for monday, field in rows:
        without.setdefault(int(monday), set()).add(field)
    wanted = sorted(set(mondays) & without.keys())
    return [(monday, tuple(field in without[monday] for field in fields)) for monday in wanted]
