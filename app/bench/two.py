"""A journal of two: what opening both spaces costs, and pages and searches over both beside the private one alone."""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path

from app.bench import keys, workload
from app.bench.storage import EVENING
from app.bench.timing import by_turns_ms, percentile
from app.crypto.kdf import FLOOR
from app.data import reading
from app.data.reading import Place
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.services import vaults
from app.services.desk import Desk
from app.services.session import Session
from app.services.timeline import Timeline

RECORDS = 10_000
"""In each space, unless the run is smaller: what two people write in years."""
_PASSPHRASE = "another measured lamp nine moss"
_TURNS = 7
_PAGES = 40


def figures(path: Path, content: Content, records: int = RECORDS) -> dict[str, float]:
    """Makes a vault of two at `path`, with so many records in the private space and as many in the one for two.

    `unlock_two_after_kdf_ms` is `unlock_after_kdf_ms` with both spaces; the `two_` figures are those of one person
    reading both, the `_vs_one` ones their share of the same over the private space alone.
    """
    _filled(path, content, records)
    opening = keys.opening_ms(path, content)
    desk = vaults.unlock(path, keys.PASSPHRASE, content=content, now=lambda: EVENING, zone="UTC")
    try:
        return {"unlock_two_after_kdf_ms": opening["unlock_after_kdf_ms"], **_pages(desk), **_searches(desk)}
    finally:
        desk.close()


def _filled(path: Path, content: Content, records: int) -> None:
    """Each writes half of what is shared; the first has seen all of it when they close."""
    desk = keys.filled(path, content, records)
    if desk.people is None:
        raise RuntimeError("nobody to share with")
    desk.people.welcome("Two", _PASSPHRASE, kdf=FLOOR)
    _share(desk, records - records // 2, seed=19)
    desk.close()
    second = vaults.unlock(path, _PASSPHRASE, content=content, now=lambda: EVENING, zone="UTC")
    _share(second, records // 2, seed=23)
    second.close()
    vaults.unlock(path, keys.PASSPHRASE, content=content, now=lambda: EVENING, zone="UTC").close()


def _share(desk: Desk, records: int, *, seed: int) -> None:
    shared = desk.session.shared
    if shared is None:
        raise desk.session.shared_trouble or VaultError(Code.NO_SHARED_SPACE)
    for _ in workload.fill(shared, desk.session.person.id, records, seed, answering=workload.letters):
        pass


def _both_and_one(desk: Desk) -> tuple[Timeline, Timeline]:
    """The timeline as the person sees it, and that of their private space alone."""
    known = desk.session
    alone = Session(known.person, known.space, known.kinds, known.content, known.now, known.zone)
    return Timeline(known), Timeline(alone)


def _pages(desk: Desk) -> dict[str, float]:
    first, last = reading.span(desk.session.connection) or (0, 0)
    middle = Place((first + last) // 2, 1 << 62, 1 << 62)
    works = [partial(timeline.page, before=middle) for timeline in _both_and_one(desk)]
    two_ms, one_ms = by_turns_ms(works, _PAGES)
    return {"two_timeline_page_ms": two_ms, "two_timeline_vs_one": two_ms / one_ms}


def _searches(desk: Desk) -> dict[str, float]:
    timelines = _both_and_one(desk)
    taken = [
        by_turns_ms([partial(timeline.search, query) for timeline in timelines], _TURNS) for query in workload.queries()
    ]
    two_ms, one_ms = zip(*taken, strict=True)
    return {
        "two_search_ms_median": statistics.median(two_ms),
        "two_search_ms_p95": percentile(two_ms, 0.95),
        "two_search_vs_one": sum(two_ms) / sum(one_ms),
    }
