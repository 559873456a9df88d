"""What the Injuries page shows, in words and numbers: nothing here knows of widgets or of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.charts.plot import Months
from app.ui.widgets.marks import Person

StepStanding = Literal["done", "current", "ahead"]


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One row of the list. `step` fills the eight-part bar; `words` say the same. `where` says who can read it, once
    some thread is shared; a `private` one carries a sign then.
    """

    record: str
    title: str
    mark: Person | None
    step: int
    words: str
    settled: bool = False
    private: bool = False
    where: str = ""

    @property
    def name(self) -> str:
        """See `grouped_list.Row`."""
        return self.title

    @property
    def spoken(self) -> str:
        """See `grouped_list.Row`."""
        return ", ".join(
            part for part in (self.title, self.mark.name if self.mark else "", self.words, self.where) if part
        )

    @property
    def key(self) -> str:
        """See `grouped_list.Row`."""
        return self.record


@dataclass(frozen=True, slots=True)
class Group:
    """Threads under one heading."""

    heading: str
    lines: tuple[ThreadLine, ...]
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Who has which seat."""

    mark: Person
    words: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """One of the eight steps. `number` counts from 1; `option` is its id in the word list."""

    option: str
    number: int
    words: str
    standing: StepStanding
    leads: tuple[Person, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class PathStage:
    """Consecutive steps under one name."""

    name: str
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was written; empty words where it waits."""

    question: str
    words: str


@dataclass(frozen=True, slots=True)
class MomentLine:
    """A new moment in the list beside the story. `date` is short, `day` exact."""

    record: str
    date: str
    words: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class LinkedMonths:
    """Triggers of this thread by month (ordinals of firsts), days of new moments, and the sentence made from them."""

    months: tuple[int, ...]
    counts: tuple[int, ...]
    moments: tuple[int, ...]
    names: Months
    columns: tuple[str, str, str]
    sentence: str
    total: str


@dataclass(frozen=True, slots=True)
class Weight:
    """How heavy it is: the question with its ends, the last answer and the course in words. `points` are (day, 0-10)
    of every answer, oldest first, and `dates` the same as lines, newest first. Of a thread the other person wrote it is
    not `asked`.
    """

    question: str
    low: str
    high: str
    value: int | None
    course: str
    asked: bool = True
    points: tuple[tuple[int, float], ...] = ()
    dates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BelongingLine:
    """Something that belongs to a thread: what it is, in a few words, and how it stands where that matters."""

    record: str
    kind: str
    icon: str
    words: str
    about: str
    versions: bool = False
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Stood:
    """What is said of a thread that rests or is settled, with the way to open it again; empty for an open one."""

    words: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thread, opened. `answers` are those of the one who carries it, `answering` those of the one who answers for
    it, where that seat is taken. `offered` are the kinds that can be begun from here, with their words. `listed`: it
    waits to be read in a session. `where` = who can read it, with its icon. One of `theirs` is only read; one that is
    `shared` can be read by the other person as soon as it is saved.
    """

    record: str
    title: str
    roles: tuple[Role, ...]
    facts: tuple[str, ...]
    standing: str
    stages: tuple[PathStage, ...]
    answers: tuple[Answer, ...]
    story: str
    unsaved_story: str | None
    saved: str
    linked: LinkedMonths
    moments: tuple[MomentLine, ...]
    weight: Weight
    two_versions: bool
    where: tuple[str, str] = ("", "")
    shared: bool = False
    theirs: bool = False
    shareable: bool = False
    readers: str = ""
    answering: tuple[Answer, ...] = ()
    belongings: tuple[BelongingLine, ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    stood: Stood = Stood()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class CoverWords:
    """What stands before a heavy thread. `safety` offers the safety page first; `heavy` is how heavy it was last said
    to be, as number and words; `listed`: it waits to be read in a session.
    """

    record: str
    thread: str
    title: str
    words: str
    safety: bool
    heavy: tuple[int, str] | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The whole page. Exactly one of `detail`, `cover` or nothing stands at the right; `empty` replaces everything."""

    loaded: bool = False
    subtitle: str = ""
    groups: tuple[Group, ...] = ()
    filter: str = ""
    nothing_found: str = ""
    selected: str | None = None
    detail: Detail | None = None
    cover: CoverWords | None = None
    empty: str = ""
    trouble: str = ""
