"""What Today shows: words and numbers, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.services.fortnight import Fortnight
from app.services.today import Unfinished


class Mode(StrEnum):
    """How the check-in card stands."""

    OPEN = "open"
    SAVED = "saved"
    PUT_OFF = "put_off"


@dataclass(frozen=True, slots=True)
class CheckinCard:
    """The check-in of one day. `edition` counts up whenever `answers` are to replace what stands in the form.

    `summary` is the saved check-in in one line, `spoken` all of it, for assistive technology.
    """

    mode: Mode = Mode.OPEN
    heading: str = ""
    day_words: str = ""
    day: int = 0
    edition: int = 0
    answers: dict[str, object] = field(default_factory=dict)
    summary: str = ""
    spoken: str = ""
    line: str = ""
    editing: bool = False
    refused_field: str = ""
    refused_reason: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """The thread to go on with; `tail` is empty while previews are hidden."""

    record: str
    title: str
    step_words: str
    tail: str


@dataclass(frozen=True, slots=True)
class FinishRow:
    """One thing that could be completed."""

    item: Unfinished
    title: str
    written: bool
    caption: str
    action: str


@dataclass(frozen=True, slots=True)
class FortnightCard:
    """Two weeks of felt safety, or how many days are still needed."""

    data: Fortnight
    sentence: str
    ticks: tuple[tuple[int, str], ...]
    readouts: tuple[str, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The whole page."""

    title: str = ""
    subtitle: str = ""
    checkin: CheckinCard = field(default_factory=CheckinCard)
    thread: ThreadCard | None = None
    hide_previews: bool = False
    is_new: bool = False
    finish: tuple[FinishRow, ...] = ()
    fortnight: FortnightCard | None = None
    trouble: str = ""
