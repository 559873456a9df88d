"""The planned times of a ritual one by one, with what became of each, as `ritual_course.occasions` counts them.

`occasions` says only kept, left open or at rest, which is all that strength and "k of the last n" ask. A picture of the
last planned times also shows a part done from a whole one, and a day left open from one of which nothing was noted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ritual_course import Course, Span, resting_spans
from app.domain.schedule import Schedule


class Became(StrEnum):
    """What became of a planned time. REST is out of every count; BLANK is open with nothing noted."""

    WHOLE = "whole"
    PART = "part"
    OPEN = "open"
    BLANK = "blank"
    REST = "rest"

    @property
    def kept(self) -> bool | None:
        """The same as `occasions` says it: kept, left open, or None at rest."""
        return None if self is Became.REST else self in {Became.WHOLE, Became.PART}


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned time. `day` (an ordinal) is the day it was due or done; of a week or month with something left, its
    last day.
    """

    day: int
    became: Became


def slots(
    course: Course, done: Mapping[int, float], rested: Iterable[int], noted: Iterable[int], first: int, through: int
) -> list[Slot]:
    """The planned times between two days (ordinals, both included), oldest first.

    Args:
        course: its schedules and its rests.
        done: how much was done, by day.
        rested: days that rested by themselves.
        noted: days of which anything at all was noted.
        first: the first day.
        through: the last day that counts.
    """
    resting = {
        day
        for low, high in resting_spans(course, rested, first, through)
        for day in range(max(low, first), min(high, through) + 1)
    }
    known = _Known(done, resting, frozenset(noted))
    found: list[Slot] = []
    for place, stage in enumerate(course.stages):
        low = max(first, stage.first if place else course.begin)
        after = course.stages[place + 1].first - 1 if place + 1 < len(course.stages) else through
        high = min(through, course.end, after)
        if low > high:
            continue
        if stage.schedule.has_days:
            found += [Slot(day, known.became(day)) for day in course.due(low, high)]
        else:
            found += known.counted(stage.schedule, (low, high), through)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    done: Mapping[int, float]
    resting: set[int]
    noted: frozenset[int]

    def became(self, day: int) -> Became:
        share = self.done.get(day, 0.0)
        if share > 0:
            return Became.WHOLE if share >= 1 else Became.PART
        if day in self.resting:
            return Became.REST
        return Became.OPEN if day in self.noted else Became.BLANK

    def counted(self, schedule: Schedule, within: Span, through: int) -> Iterator[Slot]:
        """The planned times of each week or month: what was done, by day, then what was left."""
        times, _ = schedule.frequency
        day = within[0]
        while day <= within[1]:
            begin, end = (each.toordinal() for each in schedule.span_of(dt.date.fromordinal(day)))
            days = range(max(begin, within[0]), min(end, within[1]) + 1)
            kept = [each for each in days if self.done.get(each, 0.0) > 0][:times]
            free = sum(each not in self.resting for each in days)
            asked = round(times * free / (end - begin + 1)) if end <= through else len(kept)
            yield from (Slot(each, self.became(each)) for each in kept)
            left = Became.OPEN if any(each in self.noted for each in days) else Became.BLANK
            yield from [Slot(days[-1], left)] * max(0, asked - len(kept))
            if not free and not kept:
                yield Slot(days[-1], Became.REST)
            day = end + 1
