"""What Today shows: words and numbers, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.services.fortnight import Fortnight
from app.services.today import Unfinished
from app.ui.widgets.dot_row import DotMark
from app.ui.widgets.marks import Person


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
class RitualLine:
    """A ritual that is due today: who, when, how strong it is (`strength_words` empty while that is too early to say).

    `spoken` is all of it in a sentence, for assistive technology.
    """

    record: str
    title: str
    written: bool
    ticked: bool
    people: tuple[Person, ...]
    at: str
    strength: int
    strength_words: str
    lately: str
    spoken: str


@dataclass(frozen=True, slots=True)
class RitualsCard:
    """What is due today by its rhythm; `so_far` counts in words."""

    so_far: str
    lines: tuple[RitualLine, ...]


@dataclass(frozen=True, slots=True)
class LookCard:
    """An agreement due for a look, or one whose words wait for this person's mark (`waits`)."""

    record: str
    heading: str
    caption: str
    words: str
    written: bool
    dots: tuple[DotMark, ...]
    counted: str
    action: str
    more: str
    waits: bool = False


class Sort(StrEnum):
    """What a line of what lies ahead leads to."""

    TALK = "talk"
    SESSION = "session"
    HELD = "held"
    PROMISE = "promise"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class AheadLine:
    """One thing that lies ahead or waits: a talk, a session, a promise of one's own, a longer look of a plan.

    `record` is None for a session of which only the day is known. `later` names what puts it aside, "" where nothing
    does.
    """

    sort: Sort
    record: str | None
    title: str
    written: bool
    caption: str
    action: str
    later: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionCard:
    """One small practice, with how long it takes."""

    practice: str
    title: str
    line: str
    minutes: str


@dataclass(frozen=True, slots=True)
class AroundPage:
    """The day besides its check-in. What is None or empty is left out."""

    rituals: RitualsCard | None = None
    look: LookCard | None = None
    ahead: tuple[AheadLine, ...] = ()
    suggestion: SuggestionCard | None = None


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
