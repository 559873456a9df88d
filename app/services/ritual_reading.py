"""From the saved answers of a ritual to its course, and from its ticks to what each day was."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

import msgspec

from app.data.ritual_queries import Tick
from app.domain.deriving import zone_of
from app.domain.fields import When
from app.domain.records import RecordId
from app.domain.ritual_course import FOREVER, Course, Span, Standing, State, course_of
from app.domain.schedule import MONTH, WEEK, Rhythm, Schedule, journal_day

DONE, SMALL, RESTED, AGREED, OPEN = "done", "small", "rested", "agreed", "open"
OUTCOMES: Final = (DONE, SMALL, RESTED, AGREED, OPEN)
VALUES: Final[Mapping[str, float]] = {DONE: 1.0, SMALL: 0.5}
_WEIGHT: Final = {DONE: 4, SMALL: 3, AGREED: 2, RESTED: 1, OPEN: 0}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_EVERY: Final = 52
TOGETHER_CLOSES_AT: Final = 4
"""The hour at which a day closes in what two people share, whatever each chose for their own days."""


class RitualDay(msgspec.Struct, frozen=True):
    """What a day of a ritual was. `outcome` is one of `OUTCOMES`; `entered` is the day it was entered on, where the
    day had closed by then, else 0. `by` are those who ticked it, oldest tick first; nobody is named with a rest.
    """

    day: int
    outcome: str
    note: str = ""
    reason: str = ""
    entered: int = 0
    by: tuple[str, ...] = ()


class Days(msgspec.Struct, frozen=True):
    """The days of one ritual, by ordinal. `marks` is all this person can see of them; `shared` only what stands in the
    space for two, which is the same for both and all that is counted of a ritual they share.
    """

    marks: dict[int, RitualDay]
    shared: dict[int, RitualDay] = {}

    @property
    def done(self) -> dict[int, float]:
        """How much was done on the days on which something was."""
        return {day: VALUES[mark.outcome] for day, mark in self.marks.items() if mark.outcome in VALUES}

    @property
    def rested(self) -> tuple[int, ...]:
        """The days that rested by themselves."""
        return tuple(day for day, mark in self.marks.items() if mark.outcome in {RESTED, AGREED})

    def outcome(self, day: int) -> str:
        """What that day was; "" without a record."""
        mark = self.marks.get(day)
        return mark.outcome if mark is not None else ""


def days_of(ticks: Iterable[Tick], closes_at_hour: int, hidden: AbstractSet[RecordId] = frozenset()) -> Days:
    """What each day was. A day counts when either of two ticked it; the order they were entered in is of no matter.

    What this person has `hidden` shows nowhere, yet counts in what both share: to hide is no way to change a figure.
    """
    found = list(ticks)
    shared = [tick for tick in found if tick.shared]
    return Days(
        _by_day([tick for tick in found if tick.record not in hidden], closes_at_hour),
        _by_day(shared, closes_at_hour) if shared else {},
    )


def facts_of(states: Sequence[State], days: Days) -> tuple[Course, Days]:
    """The course and days of a ritual for two by what both can see, so that it has one strength and not one for each.

    `states` are those saved in the space for two. Pauses and single days of rest that one person keeps to themselves
    are no part of it; an agreed rest is, and so is a rest of the ritual itself. It begins no earlier than it was shared
    or, where days before that were noted together, than the first of them.
    """
    course = course_of(states)
    known = min(states[0].saved, min(days.shared, default=states[0].saved))
    return replace(course, begin=max(course.begin, known)), Days(days.shared)


def state_of(answers: Mapping[str, object], saved: int, began: int) -> State:
    """What one saved state says, from its answers as JSON values. What does not fit is read as near as it can be.

    `saved` is the day of this state, `began` that of the first one: a ritual that says no other begins then.
    """
    begins = _span(answers.get("starts"))
    begin = begins[0] if begins else began
    standing = str(answers.get("state"))
    return State(
        saved=saved,
        begins=begin,
        schedule=schedule_of(answers, dt.date.fromordinal(begin)),
        rest=_span(answers.get("rest")),
        standing=Standing(standing) if standing in set(Standing) else Standing.ACTIVE,
    )


def schedule_of(answers: Mapping[str, object], first: dt.date) -> Schedule:
    """The schedule of answers; every day while no other was said."""
    said = answers.get("rhythm")
    rhythm = Rhythm(said) if isinstance(said, str) and said in set(Rhythm) else Rhythm.DAYS
    every = _number(answers.get("every"), 1, _MOST_EVERY)
    if rhythm is Rhythm.DAYS:
        chosen = answers.get("days")
        named = [_DAYS.index(day) for day in chosen if day in _DAYS] if isinstance(chosen, (list, tuple)) else []
        return Schedule(rhythm, first, frozenset(named or range(WEEK)), every=every)
    asked, most = ("month_day", MONTH + 1) if rhythm is Rhythm.MONTH_DAY else ("times", MONTH + 1)
    most = WEEK if rhythm is Rhythm.TIMES_WEEK else most
    return Schedule(rhythm, first, times=_number(answers.get(asked), 1, most), every=every)


def clock_of(answers: Mapping[str, object]) -> dt.time | None:
    """The time of day it is around, where one was given."""
    around = answers.get("around")
    time = around.get("time") if isinstance(around, Mapping) else None
    return dt.time.fromisoformat(time) if isinstance(time, str) else None


def day_saved(at_ms: int, zone: str, closes_at_hour: int) -> int:
    """The day (ordinal) an instant belonged to where it was, as the person counts days."""
    moment = dt.datetime.fromtimestamp(at_ms / 1000, zone_of(zone))
    return journal_day(moment, closes_at_hour).toordinal()


def _by_day(ticks: Iterable[Tick], closes_at_hour: int) -> dict[int, RitualDay]:
    by_day: dict[int, list[Tick]] = defaultdict(list)
    for tick in ticks:
        by_day[tick.day].append(tick)
    return {day: _day(found, closes_at_hour) for day, found in by_day.items()}


def _day(ticks: list[Tick], closes_at_hour: int) -> RitualDay:
    ranked = sorted(ticks, key=lambda tick: (-_WEIGHT.get(tick.outcome, 0), tick.created_ms, tick.record))
    shown = ranked[0]
    entered = day_saved(shown.created_ms, shown.zone, TOGETHER_CLOSES_AT if shown.shared else closes_at_hour)
    late = entered > shown.day
    by = dict.fromkeys(tick.author for tick in ranked if tick.outcome in VALUES)
    return RitualDay(
        day=shown.day,
        outcome=shown.outcome if shown.outcome in OUTCOMES else OPEN,
        note=next((tick.note for tick in ranked if tick.note), ""),
        reason=shown.reason,
        entered=entered if late else 0,
        by=tuple(by),
    )


def _span(value: object) -> Span | None:
    if value is None:
        return None
    try:
        when = msgspec.convert(value, When)
    except msgspec.ValidationError:
        return None
    first, last = when.day.toordinal(), (when.until or when.day).toordinal()
    return first, max(first, min(last, FOREVER))


def _number(value: object, least: int, most: int) -> int:
    text = str(value).strip()
    return max(least, min(most, int(text))) if text.isdecimal() else least
