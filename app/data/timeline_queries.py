"""The timeline over several kinds, and the numbers of the records on one page of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.data import reading
from app.data.connection import Connection
from app.data.reading import Entry, Place


def page_of_kinds(connection: Connection, kinds: tuple[str, ...], before: Place | None, limit: int) -> list[Entry]:
    """The newest records of several kinds: each kind by its own index, then merged, so that rare kinds cost no scan."""
    found = [entry for kind in kinds for entry in reading.page(connection, before=before, kinds=(kind,), limit=limit)]
    return sorted(found, key=lambda entry: (entry.day, entry.instant_ms, entry.number), reverse=True)[:limit]


def measures_of(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, float]]:
    """Newest value of each measure by record number, for the few records of a page."""
    marks = ",".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT record, name, value FROM measure WHERE record IN ({marks}) ORDER BY day, instant", tuple(numbers)
    )
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for record, name, value in rows:
        found[record][name] = value
    return dict(found)


def written_words(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """What the search index holds of a person's own words, by record number; without the ids of chosen answers."""
    marks = ",".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT -rowid, title || char(10) || words FROM search WHERE rowid IN ({marks})",
        tuple(-number for number in numbers),
    )
    return {row[0]: row[1] for row in rows}
