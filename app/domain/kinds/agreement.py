"""How an agreement has gone: what two people noted of one occasion, and what a week of occasions comes to.

Each writes their own reading, and nobody edits the other's. Where two readings differ, neither decides: until both say
that it can rest, the occasion stands beside every count (insights.md 1.4 and 2.6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, Protocol

import msgspec

WEEK: Final = 7
LEAST_FOR_A_SHARE: Final = 5
"""Below so many occasions only words are said ("3 of 4"), never a share (insights.md 1.4)."""


class Outcome(StrEnum):
    """What somebody noted; the ids of the kind's own answers."""

    KEPT = "honoured"
    STRAINED = "strained"
    CROSSED = "crossed"
    UNCLEAR = "unclear"
    RENEGOTIATED = "renegotiated"


class Mark(StrEnum):
    """What one occasion, or a whole week of them, comes to."""

    KEPT = "kept"
    STRAINED = "strained"
    TALKED = "talked"
    CROSSED = "crossed"
    UNCLEAR = "unclear"
    DIFFERENT = "different"
    NONE = "none"


_BY_WEIGHT: Final = (Mark.CROSSED, Mark.DIFFERENT, Mark.TALKED, Mark.UNCLEAR, Mark.STRAINED, Mark.KEPT)
"""A week shows the mark that most wants to be seen."""
COUNTED: Final = frozenset({Mark.KEPT, Mark.STRAINED, Mark.TALKED, Mark.CROSSED})
"""Marks that say whether it held; the others stand beside the count."""
_HELD: Final = frozenset({Mark.KEPT, Mark.STRAINED})
_OUTCOMES: Final = frozenset(outcome.value for outcome in Outcome)


class Reading(msgspec.Struct, frozen=True):
    """One person's note on one occasion. `day` is an ordinal; `reading_of` the note of the other's that it answers.

    `claims_difference`: its writer says that the other sees it in another way. `settled`: its writer says it can rest.
    """

    record: str
    author: str
    day: int
    outcome: Outcome
    talked_through: bool = False
    reading_of: str = ""
    claims_difference: bool = False
    settled: bool = False


class Noted(Protocol):
    """A note by the ids of its answers, as files keep it; "" where nothing was answered."""

    @property
    def record(self) -> str:
        """The note."""

    @property
    def author(self) -> str:
        """Who wrote it."""

    @property
    def day(self) -> int:
        """Of the occasion (an ordinal)."""

    @property
    def outcome(self) -> str:
        """See `Outcome`."""

    @property
    def repaired(self) -> str:
        """Whether it was talked through."""

    @property
    def other_reading(self) -> str:
        """How the other sees it."""

    @property
    def settled(self) -> str:
        """Whether it can rest."""

    @property
    def reading_of(self) -> str:
        """The note of the other's that it answers."""


def reading_of(noted: Noted) -> Reading:
    """A kept note as a reading; one whose outcome is not known here is unclear."""
    return Reading(
        record=noted.record,
        author=noted.author,
        day=noted.day,
        outcome=Outcome(noted.outcome) if noted.outcome in _OUTCOMES else Outcome.UNCLEAR,
        talked_through=noted.repaired == "yes",
        reading_of=noted.reading_of,
        claims_difference=noted.other_reading == "differently",
        settled=noted.settled == "yes",
    )


class Occasion(msgspec.Struct, frozen=True):
    """What happened once: the note it began with, and the other person's reading of it, where there is one."""

    first: Reading
    other: Reading | None = None

    @property
    def seen_differently(self) -> bool:
        """Whether two readings stand against each other, or one says that they do."""
        if self.other is None:
            return self.first.claims_difference
        return self.first.outcome is not self.other.outcome or self.other.claims_difference

    @property
    def settled(self) -> bool:
        """Whether both said that it can rest."""
        return self.other is not None and self.first.settled and self.other.settled

    @property
    def open_between(self) -> bool:
        """Whether it is left out of every share."""
        return self.seen_differently and not self.settled

    @property
    def mark(self) -> Mark:
        """What it comes to. Readings that rest side by side without agreeing say neither kept nor crossed."""
        if self.open_between:
            return Mark.DIFFERENT
        if self.seen_differently:
            return Mark.UNCLEAR
        talked = self.first.talked_through or (self.other is not None and self.other.talked_through)
        if self.first.outcome is Outcome.CROSSED:
            return Mark.TALKED if talked else Mark.CROSSED
        return {Outcome.KEPT: Mark.KEPT, Outcome.STRAINED: Mark.STRAINED}.get(self.first.outcome, Mark.UNCLEAR)


class Week(msgspec.Struct, frozen=True):
    """Seven days from Monday `first` (an ordinal) on: their mark, and how many occasions were noted."""

    first: int
    mark: Mark
    occasions: int = 0


class Held(msgspec.Struct, frozen=True):
    """How often it held, of the occasions that say so; `share` (0 to 1) is None below `LEAST_FOR_A_SHARE`."""

    held: int
    of: int

    @property
    def share(self) -> float | None:
        """The part that held, where there is enough to say so."""
        return self.held / self.of if self.of >= LEAST_FOR_A_SHARE else None


def occasions_of(readings: Iterable[Reading]) -> tuple[Occasion, ...]:
    """Readings put together, newest first: a note, and the first answer the other person gave to it.

    An answer to a note that is not here, or to one's own, is an occasion by itself.
    """
    found = sorted(readings, key=lambda one: (one.day, one.record))
    firsts = {one.record: one for one in found if not one.reading_of}
    answers: dict[str, Reading] = {}
    alone: list[Reading] = []
    for one in found:
        first = firsts.get(one.reading_of)
        if not one.reading_of:
            continue
        if first is None or first.author == one.author or first.record in answers:
            alone.append(one)
        else:
            answers[first.record] = one
    made = [Occasion(first, answers.get(record)) for record, first in firsts.items()]
    made += [Occasion(one) for one in alone]
    return tuple(sorted(made, key=lambda one: (one.first.day, one.first.record), reverse=True))


def monday_of(day: int) -> int:
    """The Monday (ordinal) of the week a day lies in; ordinal 1 was a Monday."""
    return day - (day - 1) % WEEK


def weeks_of(occasions: Iterable[Occasion], first_day: int, last_day: int) -> tuple[Week, ...]:
    """One mark for each week from the one of `first_day` to the one of `last_day`, oldest first."""
    by_week: dict[int, list[Mark]] = {}
    for one in occasions:
        by_week.setdefault(monday_of(one.first.day), []).append(one.mark)
    mondays = range(monday_of(first_day), last_day + 1, WEEK)
    return tuple(_week(monday, by_week.get(monday, ())) for monday in mondays)


def counts_of(weeks: Sequence[Week]) -> dict[Mark, int]:
    """How many weeks show each mark."""
    return dict(Counter(week.mark for week in weeks))


def held_of(occasions: Iterable[Occasion]) -> Held:
    """How often it held. Unclear, reworded and what is seen differently are in neither number."""
    marks = [one.mark for one in occasions if one.mark in COUNTED]
    return Held(sum(mark in _HELD for mark in marks), len(marks))


def _week(monday: int, marks: Sequence[Mark]) -> Week:
    shown = marks[0] if len(marks) == 1 else next((mark for mark in _BY_WEIGHT if mark in marks), Mark.NONE)
    return Week(monday, shown, len(marks))
