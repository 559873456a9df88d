"""How strong a ritual has become, from 0 to 1: it grows and eases slowly, and days of rest change nothing.

The formula is the one Loop Habit Tracker publishes (factor and window read from its behaviour; the code is our own):
s = m*s + (1 - m)*c with m = 0.5 ** (sqrt(f) / 13), f times a day, c the share of what the window asked for. One thing
differs: days of rest are taken out of the clock, so that the window reaches over them. Loop counts them as empty.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

HALF_LIFE_DAYS: Final = 13
"""Days in which a daily ritual's strength halves when nothing is done."""
LEAST_OCCASIONS: Final = 3
"""Below so many occasions a strength would say more than is known: "2 of 3" is said instead."""
_FORGOTTEN: Final = 5e-4
"""What of a starting value may be left before it can be passed over: half of a thousandth of a hundred."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the clock: its ordinal, and how much was done (1 whole, ½ part of it, 0 nothing). `rest` freezes."""

    ordinal: int
    done: float = 0.0
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """`kept` of the last `total` occasions; `longest` and `current` runs of occasions kept without one left open."""

    kept: int
    total: int
    current: int
    longest: int


@lru_cache(maxsize=64)
def daily_factor(times: int, days: int) -> float:
    """What one day leaves of the strength before it, for something asked `times` within `days`."""
    return float(0.5 ** (math.sqrt(times / days) / HALF_LIFE_DAYS))


@dataclass(frozen=True, slots=True)
class Pace:
    """From the day `first` (ordinal) on, `times` are asked within `span` days."""

    first: int
    times: int
    span: int

    @property
    def window(self) -> tuple[int, int]:
        """(asked, days): what the window asks for and how far back it looks. Rarer than daily it is twice as long and
        asks for twice as much, so that one occasion early or late within it costs nothing.
        """
        return (self.times * 2, self.span * 2) if self.times < self.span else (self.times, self.span)


def curve(days: Iterable[Day], times: int, span: int) -> Iterator[tuple[int, float]]:
    """(ordinal, strength after that day) for every day in order; `times` are asked within `span` days."""
    return paced(days, (Pace(0, times, span),))


def paced(days: Iterable[Day], paces: Sequence[Pace]) -> Iterator[tuple[int, float]]:
    """The same where the rhythm was changed: strength and what the window holds go on, from the first day of a pace on
    they are judged by it. `paces` are in order; the first one holds for earlier days, too.
    """
    waiting = deque(paces)
    pace = waiting.popleft()
    (asked, reach), keep = pace.window, daily_factor(pace.times, pace.span)
    window: deque[float] = deque(maxlen=max(each.window[1] for each in paces))
    strength = held = 0.0
    for day in days:
        while waiting and waiting[0].first <= day.ordinal:
            pace = waiting.popleft()
            (asked, reach), keep = pace.window, daily_factor(pace.times, pace.span)
            held = sum(list(window)[-reach:])
        if not day.rest:
            if len(window) >= reach:
                held -= window[-reach]
            window.append(day.done)
            held += day.done
            strength = keep * strength + (1 - keep) * min(1.0, max(0.0, held) / asked)
        yield day.ordinal, strength


def reach_days(times: int, span: int) -> int:
    """How many days back the strength of today still hears of, to a thousandth."""
    window = Pace(0, times, span).window[1]
    return math.ceil(math.log(_FORGOTTEN) / math.log(daily_factor(times, span))) + window


def clock(start: int, end: int, done: Mapping[int, float], rests: Iterable[tuple[int, int]]) -> Iterator[Day]:
    """Every day from `start` to `end` (ordinals, both included) with what was done; `rests` are spans, both included.

    A day on which something was done counts, even within a rest: whoever rested and did it anyway did it.
    """
    resting = {day for first, last in rests for day in range(max(first, start), min(last, end) + 1)}
    for ordinal in range(start, end + 1):
        given = done.get(ordinal, 0.0)
        yield Day(ordinal, given, rest=not given and ordinal in resting)


def kept_of(occasions: Sequence[bool | None], last: int) -> Kept:
    """What was kept of the last so many occasions, oldest first; None is an occasion that rested and is passed over."""
    counted = [kept for kept in occasions if kept is not None]
    longest = current = 0
    for kept in counted:
        current = current + 1 if kept else 0
        longest = max(longest, current)
    recent = counted[-last:] if last else []
    return Kept(sum(recent), len(recent), current, longest)
