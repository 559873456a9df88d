"""What the Repair page shows, in words: cards in their groups, or one practice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Filter(StrEnum):
    """Which cards are shown."""

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


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading."""

    heading: str
    cards: tuple[PracticeCard, ...]


@dataclass(frozen=True, slots=True)
class PastLine:
    """Something written with a practice."""

    record: str
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """One practice opened. `words` are the entries of a word list it consists of: label and line."""

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
    covered: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The whole page."""

    loaded: bool = False
    shown: Filter = Filter.ALL
    model: str = ""
    words: str = ""
    subtitle: str = ""
    filters: tuple[Filter, ...] = ()
    groups: tuple[Group, ...] = ()
    nothing: str = ""
    page: PracticePage | None = None
    trouble: str = ""
