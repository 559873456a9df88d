"""The records a filter leaves of one space, as places in its timeline, and what there is to filter by.

Every filter is answered from indexes that hold all that is asked (`record_in_time`, `record_of_kind`, `link`,
`term_in_use`): rows are read only for the page that is shown. A rare tag or thread is looked up by itself; of frequent
ones the index in time is walked, so that no combination reads every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

FIRST_DAY, LAST_DAY = 0, 1 << 40
_FEW = 2_000
"""Up to so many chosen records are looked up one by one; more are found by walking the index in time."""

WORTH_A_LINE = "(kind != 'ritual_completion' OR title != '')"
"""What a timeline shows where no kind was asked for: days of rituals were ticked one by one, so that they would bury
everything else; those with a word written about them stay."""
_TICKED = "kind = 'ritual_completion' AND title = ''"

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
    where, bound = _where(wanted)
    sets = _sets(wanted)
    few = next((numbers for part in sets if (numbers := _few(connection, *part)) is not None), None)
    parts = [where] + [f"+number IN ({choice})" for choice, _ in sets]
    bound += [value for _, values in sets for value in values]
    if few is not None:
        parts = [f"number IN ({','.join(map(str, few))})", *(f"+{part}" if part is where else part for part in parts)]
    ordered = "" if few is not None or len(wanted.kinds) > 1 else " ORDER BY day DESC, instant DESC, number DESC"
    rows: list[Spot] = connection.execute(
        f"SELECT day, instant, number FROM record WHERE {' AND '.join(parts)}{ordered}", bound
    ).fetchall()
    if not ordered:
        rows.sort(reverse=True)
    return [row for row in rows if row[2] not in leaving] if leaving else rows


def numbers(connection: Connection, wanted: Narrowing, leaving: AbstractSet[int] = frozenset()) -> frozenset[int]:
    """The row numbers of the same records. Answers and threads alone are told by their own indexes."""
    sets = _sets(wanted)
    if sets and wanted == Narrowing(tags=wanted.tags, threads=wanted.threads):
        found = [frozenset(row[0] for row in connection.execute(*part)) for part in sets]
        return frozenset.intersection(*found) - leaving
    return frozenset(number for _, _, number in spots(connection, wanted, leaving))


def numbers_of(connection: Connection, records: Iterable[RecordId]) -> frozenset[int]:
    """The row numbers of a few records, as far as they stand here."""
    ids = tuple(records)
    if not ids:
        return frozenset()
    rows = connection.execute(f"SELECT number FROM record WHERE id IN ({_marks(ids)})", ids)
    return frozenset(row[0] for row in rows)


def ticked(connection: Connection) -> frozenset[int]:
    """The row numbers of what is not worth a line of its own, by the index of its kind."""
    return frozenset(row[0] for row in connection.execute(f"SELECT number FROM record WHERE {_TICKED}"))


def ticked_days(connection: Connection) -> dict[int, int]:
    """Their days (ordinals) with how many each has."""
    return dict(connection.execute(f"SELECT day, count(*) FROM record WHERE {_TICKED} GROUP BY day").fetchall())


def on_days(connection: Connection, days: Sequence[int], most: int = 400) -> list[Spot]:
    """The newest records of a few days."""
    return connection.execute(
        f"SELECT day, instant, number FROM record WHERE day IN ({_marks(days)}) AND {WORTH_A_LINE}"
        " ORDER BY day DESC, instant DESC, number DESC LIMIT ?",
        (*days, most),
    ).fetchall()


def days(connection: Connection) -> list[tuple[int, int]]:
    """Every day (ordinal) with the number of its records, newest first."""
    return connection.execute("SELECT day, count(*) FROM record GROUP BY day ORDER BY day DESC").fetchall()


def days_of(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """The days of a few records, of those worth a line."""
    rows = connection.execute(f"SELECT day FROM record WHERE number IN ({_marks(numbers)}) AND {WORTH_A_LINE}", numbers)
    return [row[0] for row in rows]


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


def _sets(wanted: Narrowing) -> list[tuple[str, list[str | int]]]:
    """What finds the row numbers of the tags, and of the threads, with what is bound to it."""
    sets: list[tuple[str, list[str | int]]] = []
    if wanted.tags:
        one = [f"SELECT record FROM term WHERE term = ? AND field IN ({_marks(tag.fields)})" for tag in wanted.tags]
        sets.append((" UNION ALL ".join(one), [word for tag in wanted.tags for word in (tag.term, *tag.fields)]))
    if wanted.threads:
        marks = _marks(wanted.threads)
        both = (
            f"SELECT record FROM link WHERE target IN ({marks})"
            f" UNION ALL SELECT number FROM record WHERE id IN ({marks})"
        )
        sets.append((both, [*wanted.threads, *wanted.threads]))
    return sets


def _few(connection: Connection, choice: str, bound: Sequence[str | int]) -> list[int] | None:
    """The row numbers of a set, when they are few enough to be looked up one by one."""
    found = connection.execute(f"{choice} LIMIT {_FEW + 1}", bound).fetchall()
    return [row[0] for row in found] if len(found) <= _FEW else None


def _where(wanted: Narrowing) -> tuple[str, list[str | int]]:
    """The conditions on a record's own columns; the first is on its day."""
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


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
