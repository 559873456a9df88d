"""What the Repair page shows, in words: cards in their groups, or one practice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TALK = "talk:"
"""How `PracticePage.beside` names a guided conversation rather than a kind."""


class Filter(StrEnum):
    """What a card must be to be shown; several are asked together, and ALL stands for none."""

    ALL = "all"
    TWO = "two"
    OWN = "own"
    SHORT = "short"
    HARD_DAY = "hard_day"
    FAVOURITE = "favourite"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """One card: what it is, how long it takes, and whether it was done."""

    practice: str
    title: str
    line: str
    icon: str
    two: bool
    minutes: str
    done: str
    favourite: bool
    found: str = ""
    """Where the words looked for stand, when neither the title nor the line holds them all."""
    wanted: tuple[str, ...] = ()
    """The words looked for, which are marked."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading."""

    heading: str
    cards: tuple[PracticeCard, ...]


@dataclass(frozen=True, slots=True)
class PausedTalk:
    """A guided conversation that waits, shown above the cards."""

    key: str
    title: str
    line: str
    two: bool


@dataclass(frozen=True, slots=True)
class PastLine:
    """Something written with a practice."""

    record: str
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """One practice opened. `words` are the entries of a word list it consists of: label and line.

    `beside` are other forms it uses: kind and words. `safety`: the cover offers the safety page first.
    """

    practice: str
    title: str
    line: str
    about: tuple[str, ...]
    not_for: str
    alone: str
    facts: tuple[tuple[str, str], ...]
    begin: str
    favourite: bool
    set_aside: bool
    past: tuple[PastLine, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    covered: tuple[str, str] | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The whole page."""

    loaded: bool = False
    shown: frozenset[Filter] = frozenset()
    model: str = ""
    words: str = ""
    subtitle: str = ""
    filters: tuple[Filter, ...] = ()
    paused: tuple[PausedTalk, ...] = ()
    groups: tuple[Group, ...] = ()
    nothing: str = ""
    page: PracticePage | None = None
    trouble: str = ""
