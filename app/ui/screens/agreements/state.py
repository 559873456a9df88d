"""What the page of agreements shows, in words and numbers: nothing here knows of widgets or of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.ui.widgets.marks import Person

DotName = Literal["kept", "strained", "talked", "crossed", "unclear", "different", "open"]
Fate = Literal["same", "gone", "new"]
Role = Literal["primary", "plain", "quiet"]


@dataclass(frozen=True, slots=True)
class Dot:
    """One week, or one occasion of a promise, and the words that explain it."""

    dot: DotName
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list. `note` stands where the dots would while a mark is waited for; `aside` is at the right."""

    record: str
    kind: str
    words: str
    marks: tuple[Person, ...]
    dots: tuple[Dot, ...] = ()
    note: str = ""
    aside: str = ""
    spoken: str = ""

    @property
    def name(self) -> str:
        """See `grouped_list.Row`."""
        return self.words

    @property
    def key(self) -> str:
        """See `grouped_list.Row`: other words may take another height."""
        return f"{self.record} {self.words} {self.note}"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, with the name of what stands at the right."""

    heading: str
    aside: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A question and what was written."""

    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One person's mark on the words shown; `done` once it is there."""

    mark: Person
    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it asks for, and what it says."""

    id: str
    words: str
    role: Role = "plain"


@dataclass(frozen=True, slots=True)
class Foot:
    """What is asked of this person now, at the foot of the card; `care` takes the tone of a caution."""

    words: str = ""
    icon: str = "calendar-blank"
    acts: tuple[Act, ...] = ()
    care: bool = False


@dataclass(frozen=True, slots=True)
class OccasionEntry:
    """One occasion: its day, what it came to, and the readings of it. `acts` are this person's to do."""

    record: str
    mine: str
    dot: Dot
    date: str
    words: str
    readings: tuple[tuple[Person, str], ...]
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a wording, and what became of it."""

    fate: Fate
    words: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One wording in the history. `captions` say why it reads so, what else changed, and who marked it."""

    title: str
    current: bool
    date: str
    parts: tuple[Part, ...]
    captions: tuple[str, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One agreement, opened. `legend` counts the weeks by mark; `share` is empty where there is too little to say."""

    record: str
    sort: str
    version: str
    words: str
    sections: tuple[Section, ...]
    marks_heading: str
    tiles: tuple[Tile, ...]
    mark_acts: tuple[Act, ...]
    dots: tuple[Dot, ...]
    legend: tuple[tuple[Dot, str], ...]
    share: str
    occasions: tuple[OccasionEntry, ...]
    history: tuple[HistoryEntry, ...]
    foot: Foot = Foot()
    more: tuple[Act, ...] = ()
    where: tuple[str, str] = ("", "")
    doubt: str = ""
    can_change: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """The whole page. `kind` tells which pane stands at the right; a promise is opened by a pane of its own."""

    loaded: bool = False
    subtitle: str = ""
    retired: bool = False
    groups: tuple[Group, ...] = ()
    nothing: str = ""
    selected: str | None = None
    kind: str = ""
    detail: Detail | None = None
    history_open: bool = False
    empty: str = ""
    add_words: str = ""
    caution: str = ""
    trouble: str = ""
