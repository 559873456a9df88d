"""What a guided conversation shows, in words and numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.gentle import GentleWords
from app.ui.widgets.marks import Person
from app.ui.widgets.step_path import StepState


class Part(StrEnum):
    """Which page stands in the middle."""

    LOADING = "loading"
    START = "start"
    SAFETY = "safety"
    STEP = "step"
    PAUSED = "paused"
    CLOSING = "closing"
    KEEPING = "keeping"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the list at the left; `reachable` ones can be opened."""

    title: str
    caption: str
    state: StepState
    reachable: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Before it begins. `danger`: the safety page comes first and it is held alone; `held`: such a one waits already.

    `both` asks whether two are here. `about` are record and title of what it can be about, for two and alone.
    """

    line: str
    rules: tuple[str, ...]
    not_for: str
    alone_words: str
    checks: tuple[str, ...]
    solo_checks: tuple[str, ...]
    no: str
    fear: str
    time: str
    both: bool
    danger: bool = False
    held: bool = False
    names: tuple[str, ...] = ()
    about_both: tuple[tuple[str, str], ...] = ()
    about_own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """How safe it feels: one person's turn to answer, unseen by the other. `key` changes with each turn."""

    key: str
    person: Person | None
    question: str
    help: str
    ends: tuple[str, str]
    more: bool


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap of the word helpers, with the words before and after it."""

    frame: int
    gap: int
    before: str
    after: str
    words: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the two as they sit here now."""

    person: Person
    doing: str
    active: bool


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step. `sentence` is what the helpers make; `said` the quiet line under it, `calm` where nothing is marked.

    `key` changes when what is typed has to be shown anew.
    """

    key: str
    place: str
    prompt: str
    hint: str
    turns: tuple[Turn, ...]
    helper_for: str
    rows: tuple[GapRow, ...]
    phrases: tuple[str, ...]
    sentence: str
    marks: tuple[tuple[int, int], ...]
    said: str
    second: bool
    notes: str | None
    go_on: str
    not_quite: str
    not_quite_note: str
    offer: str
    low: str
    given: str
    is_given: bool
    may_end: bool
    back: bool
    words: GentleWords


@dataclass(frozen=True, slots=True)
class Timer:
    """Time at this step: a guide. `part` is 0 to 1."""

    passed: str
    of: str
    part: float
    spoken: str


@dataclass(frozen=True, slots=True)
class PausePage:
    """The pause: the agreed words, or the ones everybody gets; what is next is one of three equal ways."""

    own: tuple[str, ...]
    heading: str
    line: str
    back_at: str
    ways: str


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong it is now for one of them."""

    seat: int
    person: Person
    value: int | None


@dataclass(frozen=True, slots=True)
class ClosingSeat:
    """What one of them is asked at the end."""

    seat: int
    person: Person
    heard: int | None
    taking: str


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """The end: how heard, what is taken along, what stays open, and whether there is a day to come back."""

    key: str
    seats: tuple[ClosingSeat, ...]
    question: str
    ends: tuple[str, str]
    taking: str
    left_open: str
    topic: str
    next_day: dt.date | None
    today: dt.date
    low: str


@dataclass(frozen=True, slots=True)
class KeepRow:
    """Something that can stay: its name, its words, and who has said so, by place among the people shown.

    `own`: theirs alone to keep.
    """

    item: str
    name: str
    words: str
    ticks: dict[int, bool]
    own: bool = False
    plain: bool = False
    """The words are the program's, and no person's."""


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """What stays."""

    question: str
    note: str
    rows: tuple[KeepRow, ...]
    people: tuple[Person, ...]
    outcome: str
    where: str
    professional: str


@dataclass(frozen=True, slots=True)
class State:
    """The whole page. `people` sit here, the first person first; `pause` stands beside the steps."""

    part: Part = Part.LOADING
    title: str = ""
    subtitle: str = ""
    about: str = ""
    alone: bool = False
    steps: tuple[StepRow, ...] = ()
    begin: Begin | None = None
    asked: Asked | None = None
    step: StepPage | None = None
    timer: Timer | None = None
    pause: PausePage | None = None
    strengths: tuple[Strength, ...] = ()
    strong_line: str = ""
    closing: ClosingPage | None = None
    keeping: KeepingPage | None = None
    trouble: str = ""
