"""What the Journal page shows, in words: nothing here knows of widgets or of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.ui.models.answers import Answered
from app.ui.models.timeline_rows import Row
from app.ui.widgets.marks import Person
from app.ui.widgets.picture_parts import Picture

Where = Literal["all", "private", "shared"]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What an entry belongs to, by name."""

    question: str
    record: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry opened. `covered` = words that stand before it: title and body. `removed` says since when it is away
    and until when it can come back; empty for one that stands. `where` = who can read it, with its icon; a shared one
    carries its writer's `mark`. One of `theirs` is only read. `picture` is what its kind draws, `left` the questions
    that wait, `repeats` whether it is filled in again over time.
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


@dataclass(frozen=True, slots=True)
class State:
    """The whole page. `generation` changes when the list begins anew, so that its place is not kept. `removed` shows
    what was removed, `removed_count` entries, in place of the timeline. `together`: there is a space for two, and
    `where` keeps what only this person reads, what is shared, or all of it.
    """

    loaded: bool = False
    generation: int = 0
    rows: tuple[Row, ...] = ()
    has_more: bool = False
    words: str = ""
    kinds: tuple[str, ...] = ()
    empty: str = ""
    nothing_found: str = ""
    found: str = ""
    reading: Reading | None = None
    trouble: str = ""
    removed: bool = False
    removed_count: int = 0
    together: bool = False
    where: Where = "all"
