"""What the Rituals page, Today's card and reminders are shown of rituals."""

from __future__ import annotations

import datetime as dt

import msgspec

from app.domain.records import PersonId, RecordId, RevisionId
from app.domain.ritual_course import Course, Span, Standing
from app.domain.schedule import Schedule
from app.services.ritual_book import Pause
from app.services.ritual_figures import Figures, Return
from app.services.ritual_reading import RitualDay


class RitualRow(msgspec.Struct, frozen=True):
    """A ritual as lists show it. `at` and `around` say when on a day: a clock time, or words. `who` are the people as
    they were named. `resting`: today is out of the clock. `theirs`: the other person began it and words it; `anothers`:
    they keep it alone, so that no figure of it is told here and no day of it can be noted.
    """

    record: RecordId
    title: str
    schedule: Schedule
    figures: Figures
    at: dt.time | None = None
    around: str = ""
    give_or_take_min: int = 0
    who: tuple[str, ...] = ()
    small: str = ""
    standing: Standing = Standing.ACTIVE
    resting: bool = False
    shared: bool = False
    theirs: bool = False
    anothers: bool = False


class TodayRitual(msgspec.Struct, frozen=True):
    """A ritual that is due today, ticked or not. `day` is what today is so far, `last` the fourteen days up to today,
    oldest first: an outcome, "" where nothing was due or noted.
    """

    row: RitualRow
    day: int
    outcome: str
    last: tuple[str, ...]
    by: tuple[PersonId, ...] = ()


class MonthRow(msgspec.Struct, frozen=True):
    """A ritual and its days of a month: `marks` what was noted, `due` and `resting` days (ordinals), by the schedule
    that held; for a rhythm without days each day it runs is due.
    """

    row: RitualRow
    begin: int
    end: int
    marks: dict[int, RitualDay]
    due: frozenset[int]
    resting: frozenset[int]


class Month(msgspec.Struct, frozen=True):
    """The days `first` to `last` (ordinals) of every ritual that ran in them. `paused` is what rests for everything
    now; `retired` counts those that are not shown.
    """

    first: int
    last: int
    today: int
    rows: tuple[MonthRow, ...]
    under_way: int
    paused: Pause | None = None
    begun: bool = True


class Detail(msgspec.Struct, frozen=True):
    """One ritual. `line` is (day, strength 0 to 1) since it began, `away` the stretches that were out of the clock,
    `kept` every occasion on which something was done: it only grows. `late` are days that were entered later.
    """

    row: RitualRow
    answers: dict[str, object]
    head: RevisionId
    course: Course
    line: tuple[tuple[int, float], ...]
    away: tuple[Span, ...]
    kept: int
    marks: dict[int, RitualDay]
    came_back: Return | None = None
    open_day: int = 0


class DueAt(msgspec.Struct, frozen=True):
    """A moment at which a ritual with a clock time is due and was not ticked yet."""

    record: RecordId
    title: str
    at: dt.datetime
