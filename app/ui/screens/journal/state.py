"""What the Journal page shows, in words: nothing here knows of widgets or of the store."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.filtering import NO_FILTER, Filter, Outline
from app.ui.models.answers import Answered
from app.ui.models.timeline_rows import Row
from app.ui.screens.journal.filter_words import Choice
from app.ui.widgets.cover import Heaviness
from app.ui.widgets.marks import Person
from app.ui.widgets.picture_parts import Picture


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What an entry belongs to, by name."""

    question: str
    record: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry opened. `covered` = words that stand before it: title and body; with `safety` the safety page comes
    first, one that is `listed` waits to be read in a session, and `heavy` is how heavy its thread is. `removed` says
    since when it is away and until when it can come back; empty for one that stands. `where` = who can read it, with
    its icon; a shared one carries its writer's `mark`. One of `theirs` is only read. `picture` is what its kind draws,
    `left` the questions that wait, `repeats` whether it is filled in again over time. `facts` are sentences of ours
    about it: how a tool has done, what a short note of a trigger leaves open.
    """

    record: str
    kind: str
    kind_words: str
    icon: str
    when: str
    title: str
    personal: bool
    late: str
    saved: str
    answers: tuple[Answered, ...] = ()
    links: tuple[LinkLine, ...] = ()
    covered: tuple[str, str] | None = None
    safety: bool = False
    listed: bool = False
    heavy: Heaviness | None = None
    two_versions: bool = False
    removed: str = ""
    mark: Person | None = None
    where: tuple[str, str] = ("", "")
    theirs: bool = False
    shareable: bool = False
    picture: Picture | None = None
    printable: bool = False
    left: tuple[str, ...] = ()
    repeats: bool = False
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackLine:
    """An entry of this day in earlier times: how long ago, and its title."""

    record: str
    ago: str
    title: str


@dataclass(frozen=True, slots=True)
class Drop:
    """The filter to take off where nothing is found, in words, and what is left of the filters then."""

    words: str
    filter: Filter


@dataclass(frozen=True, slots=True)
class Listed:
    """The list. `generation` changes when it begins anew, so that its place is not kept. `outline` holds the days with
    their counts while the timeline is shown; `count` how many entries that is, in words; `empty` when there are none at
    all; `nothing_found` what is said where filters or words leave none, with the filter to `drop`.
    """

    generation: int = 0
    rows: tuple[Row, ...] = ()
    has_more: bool = False
    outline: Outline = ()
    words: str = ""
    filter: Filter = NO_FILTER
    choices: tuple[Choice, ...] = ()
    count: str = ""
    empty: bool = False
    nothing_found: str = ""
    drop: Drop | None = None
    found: str = ""
    back: tuple[BackLine, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """The whole page. `removed` shows what was removed, `removed_count` entries, in place of the timeline; `away` are
    the entries of this day in earlier times put out of sight.
    """

    loaded: bool = False
    listed: Listed = Listed()
    reading: Reading | None = None
    trouble: str = ""
    removed: bool = False
    removed_count: int = 0
    away: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the list."""
        return self.listed.rows
