"""What the page of the four-weekly look shows: a letter ready to be read, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.charts.plot import Plot


@dataclass(frozen=True, slots=True)
class MomentLine:
    """A moment of these weeks: its day and its own words; `record` opens it in the Journal."""

    record: str
    line: str
    day: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A kept look in the list of them."""

    record: str
    words: str
    shown: bool


@dataclass(frozen=True, slots=True, eq=False)
class LetterCard:
    """The letter. `edition` counts up whenever `answers` are to replace what stands in the form.

    `privacy` is who can read what is added, with its icon. `danger`: nothing for two is said or asked. `changed` and
    `where` are sentences, "" for none.
    """

    day: int
    record: str | None
    edition: int
    title: str
    dated: str
    paragraphs: tuple[str, ...]
    plot: Plot | None
    moments: tuple[MomentLine, ...]
    answers: dict[str, object]
    changed: str
    where: str
    picked: bool
    danger: bool
    harder: bool
    privacy: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, eq=False)
class ReviewPage:
    """The page. Without a letter `empty` says what it waits for; before the first answer there is neither."""

    letter: LetterCard | None = None
    kept: tuple[KeptLine, ...] = ()
    empty: str = ""
    following: str = ""
    trouble: str = ""
    refused: tuple[str, str] = field(default=("", ""))
