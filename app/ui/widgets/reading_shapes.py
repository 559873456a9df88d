"""What an answer looks like when it is read: more than words where it is a list, a grid, a number or two people's."""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.widgets.marks import Person


@dataclass(frozen=True, slots=True)
class Items:
    """Lines of a list, in a person's own words."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid. `personal` words were written, others chosen."""

    words: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column names, of which the first may be empty, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A number on its scale with the words at both ends."""

    value: int
    lowest: int
    highest: int
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer. `who` has no initial where the person has no mark here."""

    who: Person
    words: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """An answer for every person who gave one."""

    people: tuple[Said, ...]


Shape = Items | Grid | Point | Each
