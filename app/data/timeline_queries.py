"""The timeline over several spaces and kinds, and the numbers of the records on one page of it.

Pages are chosen by places alone, which the indexes hold; rows are read only of what is shown. So two spaces cost
little more than one, and a page of a filter costs what any page costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import merge
from itertools import islice

import msgspec

from app.data import reading
from app.data.connection import Connection
from app.data.narrowing import WORTH_A_LINE, Spot, numbers_of
from app.data.reading import Entry, Place
from app.data.search import Hit, search
from app.domain.records import RecordId

Below = tuple[int | None, ...]
"""For each space the smallest row number looked at so far; None before the first page, 0 when nothing is left."""

Position = tuple[int, int, int, int]
"""Where a record stands in the timeline of all spaces: day, instant, minus the number of its space, row number."""

_EVER = Place(1 << 40, 1 << 62, 1 << 62)


def page_across(
    connections: Sequence[Connection],
    *,
    before: Place | None = None,
    kinds: tuple[str, ...] = (),
    limit: int = 50,
    hidden: AbstractSet[RecordId] = frozenset(),
    only: int | None = None,
    worth_a_line: bool = False,
) -> list[Entry]:
    """One page of several spaces, newest first: each space by its own index, read only as far as the page reaches.

    Args:
        connections: the private file, then the shared one.
        before: where the page before ended (`place_of` its last entry).
        kinds: none means all of them.
        limit: entries on the page.
        hidden: records a person does not want to see in lists.
        only: the one space to look at, by its number; None for all.
        worth_a_line: where no kind is asked for, leave out ticked days of rituals without a word.
    """
    parts = [
        _positions(
            connection, space, before.within(space) if before else None, kinds, limit, hidden, worth_a_line=worth_a_line
        )
        for space, connection in enumerate(connections)
        if only is None or space == only
    ]
    return entries_at(connections, list(islice(merge(*parts, reverse=True), limit)))


def entries_at(connections: Sequence[Connection], positions: Sequence[Position]) -> list[Entry]:
    """The rows of these positions, in their order; one that has gone meanwhile is left out."""
    found: dict[tuple[int, int], Entry] = {}
    for space, connection in enumerate(connections):
        numbers = [number for _, _, minus, number in positions if minus == -space]
        if numbers:
            for entry in reading.entries(connection, numbers):
                found[space, entry.number] = msgspec.structs.replace(entry, shared=True) if space else entry
    return [found[-minus, number] for _, _, minus, number in positions if (-minus, number) in found]


def place_of(entry: Entry) -> Place:
    """Where an entry stands in the timeline of both spaces."""
    return Place(entry.day, entry.instant_ms, entry.number, int(entry.shared))


def position_of(place: Place) -> Position:
    """The same as a position; records that stand before it compare greater."""
    return place.day, place.instant_ms, -place.space, place.number


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
    among: Sequence[AbstractSet[int] | None] = (None, None),
) -> Found:
    """The newest matches of each space, ranked against each other: one scale fits both, since it knows no rarity.

    Args:
        connections: the private file, then the shared one.
        typed: what to look for.
        limit: most matches looked at in each space.
        below: where the page before ended.
        hidden: records a person does not want to see in lists.
        among: for each space the row numbers a filter leaves; None for all.
    """
    places = below or (None,) * len(connections)
    found: list[Hit] = []
    following: list[int | None] = []
    for space, (connection, place) in enumerate(zip(connections, places, strict=False)):
        hits = search(connection, typed, limit=limit, below=place, among=among[space]) if place != 0 else []
        following.append(min(hit.number for hit in hits) if len(hits) == limit else 0)
        found += [msgspec.structs.replace(hit, shared=bool(space)) for hit in hits if hit.id not in hidden]
    found.sort(key=lambda hit: (-hit.score, -hit.day, -hit.instant_ms, hit.shared, -hit.number))
    return Found(tuple(found), tuple(following) if any(following) else None)


def _positions(
    connection: Connection,
    space: int,
    before: Place | None,
    kinds: tuple[str, ...],
    limit: int,
    hidden: AbstractSet[RecordId],
    *,
    worth_a_line: bool,
) -> Iterator[Position]:
    leaving = numbers_of(connection, hidden) if space else frozenset()
    while True:
        found = _spots(connection, kinds, before or _EVER, limit, worth_a_line=worth_a_line)
        for day, instant_ms, number in found:
            if number not in leaving:
                yield day, instant_ms, -space, number
        if len(found) < limit:
            return
        before = Place(*found[-1], space)


def _spots(
    connection: Connection, kinds: tuple[str, ...], before: Place, limit: int, *, worth_a_line: bool
) -> list[Spot]:
    """The newest places of some kinds: each kind by its own index, then merged, so that rare kinds cost no scan."""
    place = (before.day, before.instant_ms, before.number, limit)
    rest = "(day, instant, number) < (?, ?, ?) ORDER BY day DESC, instant DESC, number DESC LIMIT ?"
    if not kinds:
        kept = f"{WORTH_A_LINE} AND " if worth_a_line else ""
        return connection.execute(f"SELECT day, instant, number FROM record WHERE {kept}{rest}", place).fetchall()
    parts = [
        connection.execute(
            f"SELECT day, instant, number FROM record WHERE kind = ? AND {rest}", (kind, *place)
        ).fetchall()
        for kind in kinds
    ]
    return list(islice(merge(*parts, reverse=True), limit))


def measures_of(
    connection: Connection, entries: Sequence[Entry], names: Mapping[str, tuple[str, ...]]
) -> dict[int, dict[str, float]]:
    """Newest value of each measure by record number, for the few records of a page.

    `names` are the measures a kind with a date of its own can have: they are kept by name and day, so each record is
    asked for by those.
    """
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for entry in entries:
        wanted = names.get(entry.kind, ())
        if not wanted:
            continue
        marks = ",".join("?" * len(wanted))
        rows = connection.execute(
            f"SELECT name, value FROM measure WHERE name IN ({marks}) AND day = ? AND record = ? ORDER BY instant",
            (*wanted, entry.day, entry.number),
        ).fetchall()
        found[entry.number] |= dict(rows)
    return {number: values for number, values in found.items() if values}


def rerated_of(connection: Connection, numbers: Sequence[int], names: Sequence[str]) -> dict[int, dict[str, float]]:
    """The same for kinds without a date of their own: few records, whose numbers stand on the days they were given."""
    if not (numbers and names):
        return {}
    rows = connection.execute(
        f"SELECT record, name, value FROM measure WHERE name IN ({','.join('?' * len(names))})"
        f" AND record IN ({','.join('?' * len(numbers))}) ORDER BY day, instant",
        (*names, *numbers),
    )
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for record, name, value in rows:
        found[record][name] = value
    return dict(found)


def targets_of(connection: Connection, fields: Mapping[int, str]) -> dict[int, RecordId]:
    """What records (by number) link to through the one field given for each of them."""
    if not fields:
        return {}
    rows = connection.execute(
        f"SELECT record, field, target FROM link WHERE record IN ({','.join('?' * len(fields))})", tuple(fields)
    )
    return {number: RecordId(target) for number, field, target in rows if fields[number] == field}
