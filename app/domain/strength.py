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


def daily_factor(times: int, days: int) -> float:
    """What one day leaves of the strength before it, for something asked `times` within `days`."""
    return float(0.5 ** (math.sqrt(times / days) / HALF_LIFE_DAYS))


def curve(days: Iterable[Day], times: int, span: int) -> Iterator[tuple[int, float]]:
    """(ordinal, strength after that day) for every day in order; `times` are asked within `span` days.

    Rarer than daily, the window is twice as long and asks for twice as much, so that one occasion early or late within
    it costs nothing.
    """
    keep = daily_factor(times, span)
    asked, reach = (times * 2, span * 2) if times < span else (times, span)
    window: deque[float] = deque(maxlen=reach)
    strength = held = 0.0
    for day in days:
        if not day.rest:
            if len(window) == reach:
                held -= window[0]
            window.append(day.done)
            held += day.done
            strength = keep * strength + (1 - keep) * min(1.0, max(0.0, held) / asked)
        yield day.ordinal, strength


def reach_days(times: int, span: int) -> int:
    """How many days back the strength of today still hears of, to a thousandth."""
    window = span * 2 if times < span else span
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
