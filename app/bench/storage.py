"""The store at full size against the same schema unencrypted, and against itself in the first weeks."""

from __future__ import annotations

import datetime as dt
import sqlite3
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.bench import workload
from app.bench.timing import by_turns_ms, median_ms, percentile
from app.data import reading
from app.data.connection import Connection
from app.data.search import search
from app.data.space import Space, SpaceMeta
from app.domain.records import PersonId, SpaceId
from app.services.desk import Desk

SMALL = 1_000
_SAVES = 200
_SEARCH_TURNS = 7
_REPEATS = 40
_PLAIN_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)
EVENING = dt.datetime.combine(workload.LAST_DAY, dt.time(19, 30), tzinfo=dt.UTC)


def plain_twin(path: Path, space: Space, author: PersonId, records: int) -> Space:
    """The same schema and the same records in the standard library's sqlite3, with the same durability."""
    connection: Connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _PLAIN_PRAGMAS:
        connection.execute(pragma)
    twin = Space.create(connection, space.kinds, SpaceMeta("plain", SpaceId("plain")))
    for _ in workload.fill(twin, author, records):
        pass
    return twin


def against_plain(space: Space, twin: Space, author: PersonId) -> dict[str, float]:
    """Saving one record, and fifty searches, on both by turns."""
    words = workload.Words(11)
    kind, raw = workload.answers(words, 12, workload.LAST_DAY)
    body = space.kinds.parse(kind, raw)

    def save(into: Space) -> None:
        with into.change(author, zone="UTC") as change:
            change.put(kind, body)

    encrypted, plain = by_turns_ms((partial(save, space), partial(save, twin)), _SAVES)
    here, there = search_times_ms(space, twin)
    return {
        "save_ms": encrypted,
        "plain_save_ms": plain,
        "encrypted_vs_plain_save": encrypted / plain,
        "search_ms_median": statistics.median(here),
        "search_ms_p95": percentile(here, 0.95),
        "plain_search_ms_p95": percentile(there, 0.95),
        "encrypted_vs_plain_search": sum(here) / sum(there),
    }


def search_times_ms(*spaces: Space) -> list[list[float]]:
    """For each space the median time of each of the fifty queries, ranked and with snippets."""
    times: list[list[float]] = [[] for _ in spaces]
    for query in workload.queries():
        works = [partial(search, space.connection, query) for space in spaces]
        for place, taken in enumerate(by_turns_ms(works, _SEARCH_TURNS)):
            times[place].append(taken)
    return times


def screens(desk: Desk) -> dict[str, float]:
    """What the first screens ask of the store: a page in the middle of the timeline, and Today."""
    connection = desk.session.connection
    middle = reading.span(connection)
    half = (middle[0] + middle[1]) // 2 if middle else 0
    place = reading.Place(half, 1 << 62, 1 << 62)
    asked: dict[str, Callable[[], object]] = {
        "timeline_page_ms": lambda: reading.page(connection, before=place),
        "today_ms": lambda: desk.today.state(EVENING),
    }
    return {key: median_ms(work, _REPEATS) for key, work in asked.items()}


def growth(small: Desk, large: Desk) -> dict[str, float]:
    """How much slower the large journal answers: the ratio of 95th percentiles for search, of medians for screens."""
    few, many = search_times_ms(small.session.space, large.session.space)
    first, later = screens(small), screens(large)
    ratios = {
        "growth_search": percentile(many, 0.95) / percentile(few, 0.95),
        "growth_search_median": statistics.median(many) / statistics.median(few),
        "growth_timeline": later["timeline_page_ms"] / first["timeline_page_ms"],
        "growth_today": later["today_ms"] / first["today_ms"],
    }
    judged = (ratios["growth_search"], ratios["growth_timeline"], ratios["growth_today"])
    return {**later, **ratios, "growth": max(judged)}
