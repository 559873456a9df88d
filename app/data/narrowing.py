"""The records a filter leaves of one space, as places in its timeline, and what there is to filter by.

Every filter is answered from indexes that hold all that is asked (`record_in_time`, `record_of_kind`, `link`,
`term_in_use`): rows are read only for the page that is shown. The sets are intersected here rather than in SQL, where
the order of the tables would decide how long a rare tag of a frequent kind takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

FIRST_DAY, LAST_DAY = 0, 1 << 40
_FEW = 2_000
"""Up to so many chosen records are looked up one by one; more are found by walking the index in time."""

Spot = tuple[int, int, int]
"""Where a record stands in the timeline of its space: day (ordinal), instant (UTC milliseconds), row number."""


class Tag(msgspec.Struct, frozen=True):
    """One answer to pick by, and the questions it may have been given to."""

    term: str
    fields: tuple[str, ...]


class Narrowing(msgspec.Struct, frozen=True):
    """What of one space is wanted: any of the kinds, any of the tags, any of the threads, between two days (ordinals,
    both included), written by `author` or by anybody else than `not_author`. Empty means all.
    """

    kinds: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    threads: tuple[RecordId, ...] = ()
    first: int = FIRST_DAY
    last: int = LAST_DAY
    author: str = ""
    not_author: str = ""


def spots(connection: Connection, wanted: Narrowing, leaving: AbstractSet[int] = frozenset()) -> list[Spot]:
    """Every record a filter leaves, newest first, without those of `leaving` (row numbers)."""
    chosen = _chosen(connection, wanted)
    if chosen is not None and len(chosen) <= _FEW:
        found: Iterable[Spot] = _looked_up(connection, wanted, sorted(chosen - leaving))
        return sorted(found, reverse=True)
    where, bound = _where(wanted)
    ordered = "" if len(wanted.kinds) > 1 else " ORDER BY day DESC, instant DESC, number DESC"
    rows: list[Spot] = connection.execute(
        f"SELECT day, instant, number FROM record WHERE {where}{ordered}", bound
    ).fetchall()
    if not ordered:
        rows.sort(reverse=True)
    if chosen is not None:
        return [row for row in rows if row[2] in chosen and row[2] not in leaving]
    return [row for row in rows if row[2] not in leaving] if leaving else rows


def numbers_of(connection: Connection, records: Iterable[RecordId]) -> frozenset[int]:
    """The row numbers of a few records, as far as they stand here."""
    ids = tuple(records)
    if not ids:
        return frozenset()
    rows = connection.execute(f"SELECT number FROM record WHERE id IN ({_marks(ids)})", ids)
    return frozenset(row[0] for row in rows)


def days(connection: Connection) -> list[tuple[int, int]]:
    """Every day (ordinal) with the number of its records, newest first."""
    return connection.execute("SELECT day, count(*) FROM record GROUP BY day ORDER BY day DESC").fetchall()


def days_of(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """The days of a few records."""
    return [
        row[0] for row in connection.execute(f"SELECT day FROM record WHERE number IN ({_marks(numbers)})", numbers)
    ]


def versions(connection: Connection) -> tuple[int, int]:
    """Two numbers of which one changes whenever something is written, here or by another program."""
    here = connection.execute("SELECT total_changes()").fetchone()[0]
    return int(here), int(connection.execute("PRAGMA data_version").fetchone()[0])


def terms(connection: Connection) -> list[tuple[str, str, int]]:
    """Every chosen answer with its question and how many records hold it."""
    return connection.execute("SELECT field, term, count(*) FROM term GROUP BY term, field").fetchall()


def targets(connection: Connection) -> dict[str, int]:
    """Every record that others link to, and how many do."""
    return dict(connection.execute("SELECT target, count(DISTINCT record) FROM link GROUP BY target").fetchall())


def _chosen(connection: Connection, wanted: Narrowing) -> AbstractSet[int] | None:
    """The row numbers tags and threads leave; None where they leave everything."""
    sets: list[frozenset[int]] = []
    if wanted.tags:
        rows = chain.from_iterable(
            connection.execute(
                f"SELECT record FROM term WHERE term = ? AND field IN ({_marks(tag.fields)})", (tag.term, *tag.fields)
            )
            for tag in wanted.tags
        )
        sets.append(frozenset(row[0] for row in rows))
    if wanted.threads:
        linked = connection.execute(
            f"SELECT record FROM link WHERE target IN ({_marks(wanted.threads)})", wanted.threads
        )
        sets.append(frozenset(row[0] for row in linked) | numbers_of(connection, wanted.threads))
    return frozenset.intersection(*sets) if sets else None


def _where(wanted: Narrowing) -> tuple[str, list[str | int]]:
    parts, bound = ["day BETWEEN ? AND ?"], [wanted.first, wanted.last]
    texts: list[str] = []
    if wanted.kinds:
        parts.append(f"kind IN ({_marks(wanted.kinds)})")
        texts += wanted.kinds
    for condition, author in (("author = ?", wanted.author), ("author != ?", wanted.not_author)):
        if author:
            parts.append(condition)
            texts.append(author)
    return " AND ".join(parts), [*bound, *texts]


def _looked_up(connection: Connection, wanted: Narrowing, numbers: Sequence[int]) -> list[Spot]:
    where, bound = _where(wanted)
    marks = _marks(numbers)
    return connection.execute(
        f"SELECT day, instant, number FROM record WHERE number IN ({marks}) AND +{where}", (*numbers, *bound)
    ).fetchall()


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
