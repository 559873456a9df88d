"""How long something takes, told robustly: machines are noisy, so medians of repeats, and two candidates by turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def elapsed_ms(work: Callable[[], object]) -> float:
    """Milliseconds one call took."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1e6


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """The median of so many calls, after one that is not counted."""
    work()
    return statistics.median(elapsed_ms(work) for _ in range(repeats))


def by_turns_ms(works: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """Medians of several candidates measured in alternation, so that a slow moment of the machine hits all of them."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(repeats):
        order = range(len(works)) if turn % 2 == 0 else reversed(range(len(works)))
        for place in order:
            taken[place].append(elapsed_ms(works[place]))
    return [statistics.median(times) for times in taken]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0-1) of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
