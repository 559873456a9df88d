"""A ritual over time: which schedule held on which day, when it rested, what its days and its occasions were.

Every saved state of a ritual is kept. A new schedule holds from the day after it was saved, and each earlier day is
judged by the one that held then, so that changing a ritual never rewrites what was.

Rest is taken out of the clock. One day of rest takes out more than that day: the whole stretch until the next day the
ritual is due (of a rhythm without days, as many days as one occasion has). Were a Sunday's rest one day long, the six
days after it would stay in the window without the occasion that belonged to them, and strength would ease a week later,
which is the flaw of the published formula (formats-and-strength.md 5.1, its fifth row). With the stretch gone the
window reaches over it, and strength goes on as if that week had not been.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.schedule import Schedule
from app.domain.strength import LEAST_OCCASIONS, Kept, Pace, clock, kept_of, paced, reach_days

Span = tuple[int, int]
"""Days (ordinals) from the first to the last, both included."""
FOREVER: Final = dt.date.max.toordinal()
LAST_OCCASIONS: Final = 14
"""Of how many occasions "k of the last n" tells at most."""


class Standing(StrEnum):
    """How a ritual stands; the ids of the kind's own answers."""

    ACTIVE = "active"
    RESTING = "resting"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class State:
    """What one saved state says of the rhythm. `saved` is the day (ordinal) it was saved on, as the person counts days;
    `begins` the day the ritual is to begin; `rest` a stretch of rest that was planned or noted.
    """

    saved: int
    begins: int
    schedule: Schedule
    rest: Span | None = None
    standing: Standing = Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class Stage:
    """A schedule and the day (ordinal) from which it holds."""

    first: int
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Course:
    """What all states say together. `end` is the last day of a ritual that was retired, `FOREVER` while it was not."""

    begin: int
    end: int
    stages: tuple[Stage, ...]
    rests: tuple[Span, ...]

    def schedule_on(self, day: int) -> Schedule:
        """The schedule that held, or will hold, that day."""
        place = bisect_right(self.stages, day, key=lambda stage: stage.first) - 1
        return self.stages[max(0, place)].schedule

    @property
    def schedule(self) -> Schedule:
        """The newest one, which may hold from tomorrow only."""
        return self.stages[-1].schedule

    def runs_on(self, day: int) -> bool:
        """Whether the ritual is under way that day, resting or not."""
        return self.begin <= day <= self.end

    def rests_on(self, day: int) -> bool:
        """Whether a stretch of rest covers that day."""
        return any(first <= day <= last for first, last in self.rests)

    def due(self, first: int, last: int) -> Iterator[int]:
        """The days it is due on within a stretch, by the schedule of each day; rest does not matter here."""
        first, last = max(first, self.begin), min(last, self.end)
        for place, stage in enumerate(self.stages):
            start = stage.first if place else self.begin
            after = self.stages[place + 1].first - 1 if place + 1 < len(self.stages) else FOREVER
            low, high = max(first, start), min(last, after)
            if low <= high:
                found = stage.schedule.due(dt.date.fromordinal(low), dt.date.fromordinal(high))
                yield from (day.toordinal() for day in found)

    def paces(self) -> tuple[Pace, ...]:
        """What each stage asks for."""
        return tuple(Pace(stage.first, *stage.schedule.frequency) for stage in self.stages)

    def stretch(self, day: int) -> Span:
        """What a rest on that day takes out of the clock: it and the days until the next one that is due."""
        schedule = self.schedule_on(day)
        times, span = schedule.frequency
        if not schedule.has_days:
            return day, day + math.ceil(span / times) - 1
        following = schedule.next_due(dt.date.fromordinal(day), within_days=span + 31)
        return day, following.toordinal() - 1 if following else day

    def window_start(self, through: int) -> int:
        """A day from which the strength of `through` can be worked out, to a ten-thousandth: rest does not count."""
        times, span = self.schedule_on(through).frequency
        needed, day = reach_days(times, span) * 3 // 2, through
        for first, last in sorted(self.rests, reverse=True):
            if last >= through - needed:
                needed += max(0, min(last, through) - first + 1)
        return max(self.begin, day - needed)


def course_of(states: Sequence[State], paused: Iterable[Span] = ()) -> Course:
    """Put the states of a ritual together, oldest first; `paused` are stretches in which everything rests.

    Of several changes saved on one day the last one counts. What a later state says of rest holds from the day it was
    saved; what was rest before stays rest.
    """
    kept = [state for state, after in zip(states, [*states[1:], None], strict=True) if not _same_day(state, after)]
    begin = kept[-1].begins
    stages = [Stage(begin, states[0].schedule)]
    for state in states[1:]:
        first = max(state.saved + 1, begin)
        if first <= stages[-1].first:
            stages[-1] = Stage(stages[-1].first, state.schedule)
            if len(stages) > 1 and stages[-2].schedule == state.schedule:
                stages.pop()
        elif state.schedule != stages[-1].schedule:
            stages.append(Stage(first, state.schedule))
    rests: list[Span] = list(paused)
    for state, after in zip(kept, [*kept[1:], None], strict=True):
        ends = after.saved - 1 if after is not None else FOREVER
        if state.rest is not None and state.rest[0] <= ends:
            rests.append((state.rest[0], min(state.rest[1], ends)))
        if state.standing is Standing.RESTING:
            rests.append((state.saved, ends))
        if state.standing is Standing.RETIRED and after is not None:
            rests.append((state.saved + 1, ends))
    end = kept[-1].saved if kept[-1].standing is Standing.RETIRED else FOREVER
    return Course(begin, end, tuple(stages), tuple(sorted({span for span in rests if span[0] <= span[1]})))


def resting_spans(course: Course, rested: Iterable[int], first: int, last: int) -> list[Span]:
    """Everything that is out of the clock between two days: planned rest, and each single day of rest (`rested`)."""
    spans = [course.stretch(day) for day in rested]
    for start, end in course.rests:
        begin, stop = max(start, first), min(end, last)
        if begin > stop:
            continue
        spans.append((begin, stop))
        covered = list(course.due(begin, stop))
        if covered:
            spans.append((covered[-1], min(last, course.stretch(covered[-1])[1])))
    return spans


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as few stretches, in order: what touches or overlaps is one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def strength_line(
    course: Course, done: Mapping[int, float], rested: Iterable[int], first: int, through: int
) -> list[tuple[int, float]]:
    """(day, strength 0 to 1) of every day from `first` to `through`; nothing where there is no day between them."""
    if through < first:
        return []
    spans = resting_spans(course, rested, first, through)
    return list(paced(clock(first, through, done, spans), course.paces()))


def through_day(today: int, done: Mapping[int, float], rested: Iterable[int]) -> int:
    """The last day that counts: today only once something was noted for it, else the last closed day.

    The day after counts as well once it is noted: of two people, one may already be in it.
    """
    noted = {*done, *rested}
    return next((day for day in (today + 1, today) if day in noted), today - 1)


def occasions(
    course: Course, done: Mapping[int, float], rested: Iterable[int], first: int, through: int
) -> list[bool | None]:
    """What became of each occasion between two days, oldest first: kept, left open, or None where it rested.

    Of a rhythm without days of its own, a week or month has as many occasions as it asks for, fewer by what of it
    rested; one that is still going on counts what was kept so far.
    """
    spans = resting_spans(course, rested, first, through)
    resting = {day for low, high in spans for day in range(max(low, first), min(high, through) + 1)}
    found: list[bool | None] = []
    for place, stage in enumerate(course.stages):
        low = max(first, stage.first if place else course.begin)
        high = min(
            through, course.end, course.stages[place + 1].first - 1 if place + 1 < len(course.stages) else through
        )
        if low > high:
            continue
        if stage.schedule.has_days:
            found += [_became(day, done, resting) for day in course.due(low, high)]
        else:
            found += _counted(stage.schedule, done, resting, (low, high), through)
    return found


def kept_lately(found: Sequence[bool | None]) -> Kept:
    """What was kept of the last occasions, with both runs: "k of the last n"."""
    return kept_of(found, LAST_OCCASIONS)


def is_early(course: Course, through: int, counted: int) -> bool:
    """Whether a strength would say more than is known: within twice the span, or below three occasions."""
    _, span = course.schedule_on(through).frequency
    return through - course.begin + 1 < 2 * span or counted < LEAST_OCCASIONS


def _same_day(state: State, after: State | None) -> bool:
    return after is not None and after.saved == state.saved


def _became(day: int, done: Mapping[int, float], resting: set[int]) -> bool | None:
    if done.get(day, 0.0) > 0:
        return True
    return None if day in resting else False


def _counted(
    schedule: Schedule, done: Mapping[int, float], resting: set[int], within: Span, through: int
) -> Iterator[bool | None]:
    """The occasions of each week or month, as many kept as there were days with something done."""
    times, _ = schedule.frequency
    day = within[0]
    while day <= within[1]:
        begin, end = (each.toordinal() for each in schedule.span_of(dt.date.fromordinal(day)))
        low, high = max(begin, within[0]), min(end, within[1])
        kept = min(times, sum(done.get(each, 0.0) > 0 for each in range(low, high + 1)))
        free = sum(each not in resting for each in range(low, high + 1))
        whole = end - begin + 1
        asked = round(times * free / whole) if end <= through else kept
        yield from [True] * kept
        yield from [False] * max(0, asked - kept)
        if not free and not kept:
            yield None
        day = end + 1
