"""The timeline over several kinds, and the numbers of the records on one page of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from heapq import merge
from itertools import islice

import msgspec

from app.data import reading
from app.data.connection import Connection
from app.data.reading import Entry, Place
from app.data.search import Hit, search
from app.domain.records import RecordId

Below = tuple[int | None, ...]
"""For each space the smallest row number looked at so far; None before the first page, 0 when nothing is left."""


def page_of_kinds(connection: Connection, kinds: tuple[str, ...], before: Place | None, limit: int) -> list[Entry]:
    """The newest records of several kinds: each kind by its own index, then merged, so that rare kinds cost no scan."""
    found = [entry for kind in kinds for entry in reading.page(connection, before=before, kinds=(kind,), limit=limit)]
    return sorted(found, key=lambda entry: (entry.day, entry.instant_ms, entry.number), reverse=True)[:limit]


def page_across(
    connections: Sequence[Connection],
    *,
    before: Place | None = None,
    kinds: tuple[str, ...] = (),
    limit: int = 50,
    hidden: AbstractSet[RecordId] = frozenset(),
    only: int | None = None,
) -> list[Entry]:
    """One page of several spaces, newest first: each space by its own index, read only as far as the page reaches.

    Args:
        connections: the private file, then the shared one.
        before: where the page before ended (`place_of` its last entry).
        kinds: none means all of them.
        limit: entries on the page.
        hidden: records a person does not want to see in lists.
        only: the one space to look at, by its number; None for all.
    """
    parts = [
        _newest_first(connection, space, before.within(space) if before else None, kinds, limit, hidden)
        for space, connection in enumerate(connections)
        if only is None or space == only
    ]
    return list(islice(merge(*parts, key=_order, reverse=True), limit))


def place_of(entry: Entry) -> Place:
    """Where an entry stands in the timeline of both spaces."""
    return Place(entry.day, entry.instant_ms, entry.number, int(entry.shared))


class Found(msgspec.Struct, frozen=True):
    """What a search found, best first, and where its next page begins; None when nothing older matches."""

    hits: tuple[Hit, ...]
    below: Below | None = None


def search_across(
    connections: Sequence[Connection],
    typed: str,
    *,
    limit: int,
    below: Below | None = None,
    hidden: AbstractSet[RecordId] = frozenset(),
) -> Found:
    """The newest matches of each space, ranked against each other: one scale fits both, since it knows no rarity.

    Args:
        connections: the private file, then the shared one.
        typed: what to look for.
        limit: most matches looked at in each space.
        below: where the page before ended.
        hidden: records a person does not want to see in lists.
    """
    places = below or (None,) * len(connections)
    found: list[Hit] = []
    following: list[int | None] = []
    for space, (connection, place) in enumerate(zip(connections, places, strict=False)):
        hits = search(connection, typed, limit=limit, below=place)
        following.append(min(hit.number for hit in hits) if len(hits) == limit else 0)
        found += [msgspec.structs.replace(hit, shared=bool(space)) for hit in hits if hit.id not in hidden]
    found.sort(key=lambda hit: (-hit.score, -hit.day, -hit.instant_ms, hit.shared, -hit.number))
    return Found(tuple(found), tuple(following) if any(following) else None)


def _order(entry: Entry) -> tuple[int, int, int, int]:
    return (entry.day, entry.instant_ms, -int(entry.shared), entry.number)


def _newest_first(
    connection: Connection,
    space: int,
    before: Place | None,
    kinds: tuple[str, ...],
    limit: int,
    hidden: AbstractSet[RecordId],
) -> Iterator[Entry]:
    while True:
        if len(kinds) > 1:
            found = page_of_kinds(connection, kinds, before, limit)
        else:
            found = reading.page(connection, before=before, kinds=kinds, limit=limit)
        for entry in found:
            if entry.id not in hidden:
                yield msgspec.structs.replace(entry, shared=True) if space else entry
        if len(found) < limit:
            return
        before = Place(found[-1].day, found[-1].instant_ms, found[-1].number, space)


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
