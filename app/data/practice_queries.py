"""What the gallery of practices asks: how often something of a kind was written, and under which name."""

from __future__ import annotations

from typing import NamedTuple

from app.data.connection import Connection


class Standing(NamedTuple):
    """How many records stand, and the day (an ordinal) of the newest."""

    times: int
    last_day: int


def standing_by_title(connection: Connection, kind: str) -> dict[str, Standing]:
    """The records of one kind by their title: a kind whose title says which of several forms it holds."""
    rows = connection.execute("SELECT title, count(*), max(day) FROM record WHERE kind = ? GROUP BY title", (kind,))
    return {row[0]: Standing(int(row[1]), int(row[2])) for row in rows}
