"""What is said of one ritual in figures: how strong, how many of the last ones, and how it eased and came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from app.domain.ritual_course import (
    LAST_OCCASIONS,
    Course,
    is_early,
    kept_lately,
    occasions,
    strength_line,
    through_day,
)
from app.services.ritual_reading import Days

_EASED: Final = 5
"""By how many points of a hundred strength must have eased before that is worth telling."""


class Figures(msgspec.Struct, frozen=True):
    """Strength 0 to 100, or `early`: then "kept of total" is all that is said. `eased` is what strength would be after
    one day left open. `current` and `longest` are runs of occasions, known only where all days were read.
    """

    strength: int
    early: bool
    kept: int
    total: int
    current: int = 0
    longest: int = 0


UNTOLD: Final = Figures(strength=0, early=True, kept=0, total=0)
"""In place of the figures of what another keeps alone: how that goes is theirs to read."""


class Return(msgspec.Struct, frozen=True):
    """A stretch in which strength eased from `peak` to `low`, and the occasions it took to be back at `peak`; `first`
    is how many the way up to there had taken at first. Days are ordinals.
    """

    eased_from: int
    low_on: int
    peak: int
    low: int
    took: int
    first: int


def figures(course: Course, days: Days, first: int, today: int) -> Figures:
    """The figures from the days since `first`, which must reach back as far as strength hears (`window_start`)."""
    done, rested = days.done, days.rested
    through = min(course.end, through_day(today, done, rested))
    line = strength_line(course, done, rested, first, through)
    found = occasions(course, done, rested, first, through)
    kept = kept_lately(found)
    counted = sum(one is not None for one in found)
    early = is_early(course, through, counted)
    return Figures(
        strength=round(line[-1][1] * 100) if line else 0,
        early=early,
        kept=kept.kept,
        total=min(kept.total, LAST_OCCASIONS),
        current=kept.current,
        longest=kept.longest,
    )


def latest_return(line: Sequence[tuple[int, float]], done: Mapping[int, float]) -> Return | None:
    """The last time it eased by more than a little and came back, where coming back took fewer occasions."""
    found: Return | None = None
    peak_at = low_at = 0
    for place, (_, value) in enumerate(line):
        if value >= line[peak_at][1]:
            if low_at > peak_at and line[peak_at][1] - line[low_at][1] >= _EASED / 100:
                found = _return(line, done, (peak_at, low_at, place)) or found
            peak_at = low_at = place
        elif value < line[low_at][1]:
            low_at = place
    return found


def _return(line: Sequence[tuple[int, float]], done: Mapping[int, float], at: tuple[int, int, int]) -> Return | None:
    peak_at, low_at, back_at = at
    took = sum(day in done for day, _ in line[low_at + 1 : back_at + 1])
    first = sum(day in done for day, _ in line[: peak_at + 1])
    if not 0 < took < first:
        return None
    peak, low = round(line[peak_at][1] * 100), round(line[low_at][1] * 100)
    return Return(line[peak_at][0] + 1, line[low_at][0], peak, low, took, first)
