"""The Journal at full size: pages and searches under filters; its list and its forms in windows of their own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from app.bench import keys, workload
from app.bench.timing import elapsed_ms, percentile
from app.services.desk import Desk
from app.services.filtering import Filter
from app.services.timeline import Timeline

_TURNS = 3


def filters() -> tuple[Filter, ...]:
    """Common and rare ones, alone and together; each leaves between nothing and two fifths of the journal."""
    last = workload.LAST_DAY.toordinal()
    return (
        Filter(kinds=("note",), last=last),
        Filter(kinds=("note", "checkin"), first=last - 365),
        Filter(tags=("moves:withdraw",)),
        Filter(kinds=("note",), tags=("moves:withdraw",)),
        Filter(first=last - 92, last=last, whose="mine"),
        Filter(kinds=("trigger",), tags=("helped:walk", "body_cues:chest"), first=last - 1800, last=last),
    )


def filtered(desk: Desk) -> dict[str, float]:
    """`filtered_page_ms`: the first page of a filter nobody asked for before, the slowest of all; `search_filtered_ms`:
    every query under every filter, as it is typed on.
    """
    pages: list[float] = []
    searches: list[float] = []
    for wanted in filters():
        pages.append(statistics.median(elapsed_ms(lambda: Timeline(desk.session).page(wanted)) for _ in range(_TURNS)))  # noqa: B023  # called at once
        timeline = Timeline(desk.session)
        timeline.page(wanted)
        for query in workload.queries():
            took = [elapsed_ms(lambda: timeline.search(query, wanted)) for _ in range(_TURNS)]  # noqa: B023  # called at once
            searches.append(statistics.median(took))
    return {
        "filtered_page_ms": max(pages),
        "search_filtered_ms_median": statistics.median(searches),
        "search_filtered_ms_p95": percentile(searches, 0.95),
    }


def frames(vault: Path) -> dict[str, float]:
    """The list scrolled by wheel and by its bar: what one frame takes, and how soon what comes can be read."""
    return _measured("app.ui.measuring_journal", vault)


def writing(vault: Path) -> dict[str, float]:
    """What a key costs in the form of an entry that holds 50,000 words."""
    return _measured("app.ui.measuring_writing", vault)


def _measured(module: str, vault: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603  # our own interpreter with our own arguments
        [sys.executable, "-m", module, str(vault)],
        input=keys.PASSPHRASE + "\n",
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
