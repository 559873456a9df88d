"""What the pane of one promise shows, in words: nothing here knows of the store."""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.screens.agreements.state import Act, Dot, OccasionEntry, Section, Tile
from app.ui.widgets.marks import Person


@dataclass(frozen=True, slots=True)
class PromiseState:
    """One promise.

    `went` are the ways it can have gone, empty where it is not this person's to say. `asks` stand at the foot with the
    words `asked`: a mark that is waited for, or a look whose day has come. `more` is the menu.
    """

    record: str = ""
    sort: str = ""
    since: str = ""
    words: str = ""
    keepers: tuple[Person, ...] = ()
    keeper_words: str = ""
    facts: str = ""
    sections: tuple[Section, ...] = ()
    tiles: tuple[Tile, ...] = ()
    dots: tuple[Dot, ...] = ()
    legend: tuple[tuple[Dot, str], ...] = ()
    held: str = ""
    events: tuple[OccasionEntry, ...] = ()
    nothing: str = ""
    went: tuple[Act, ...] = ()
    asked: str = ""
    asks: tuple[Act, ...] = ()
    more: tuple[Act, ...] = ()
    hash: str = ""
    mine: bool = False
    trouble: str = ""
