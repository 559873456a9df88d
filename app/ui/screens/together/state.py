"""What the page for two shows: words, charts ready to draw, and nothing of either private part beyond them."""

from __future__ import annotations

from dataclasses import dataclass

from app.charts.plot import Plot
from app.services.trend_perception import DifferCard
from app.ui.text import Trouble


@dataclass(frozen=True, slots=True)
class SomeoneHere:
    """One of the two: the name, and 1 for the circle or 2 for the square."""

    name: str
    mark: int


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The lines one of them put into the space for two: (week, words) newest first, and one good thing.

    `noted`: what this person let be counted, in one line.
    """

    who: SomeoneHere
    lines: tuple[tuple[str, str], ...] = ()
    noticed: str = ""
    noted: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A chart with its sentence. `plot` None: the sentence says what it needs."""

    title: str
    sentence: str
    plot: Plot | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """An occasion read in two ways: the agreement, the week, and each reading as (who, what it was, own words)."""

    agreement: str
    week: str
    readings: tuple[tuple[SomeoneHere, str, str], ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to talk about: a few words that name it, and the question itself. `speaker`: whose turn is first."""

    lead: str
    words: str
    speaker: int = 0


@dataclass(frozen=True, slots=True)
class OwnTrigger:
    """Somebody chose one trigger. `lines` are (question, answer), empty until they open it here."""

    who: SomeoneHere
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TogetherPage:
    """The whole page. `loaded` is False until both are here and while nothing was read.

    `kept` and `done` are (words, how often) of promises and rituals. `views` are felt safety and, where both let it be
    seen, trust; `differ` by whose picture it is. `tender`: the offer to stop, or to stay on what was good, stands;
    `only_good`: that was chosen. `later`: there are newer weeks to turn to.
    """

    loaded: bool = False
    period: str = ""
    until: str = ""
    later: bool = False
    people: tuple[SomeoneHere, ...] = ()
    open_here: str = ""
    tender: bool = False
    only_good: bool = False
    lines: tuple[OwnLines, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    done: tuple[tuple[str, str], ...] = ()
    views: tuple[Picture, ...] = ()
    differ: tuple[DifferCard, ...] = ()
    levels: tuple[str, ...] = ()
    gaps: tuple[Picture, ...] = ()
    differently: tuple[TwoReadings, ...] = ()
    triggers: tuple[OwnTrigger, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    prompts_good: tuple[Prompt, ...] = ()
    trouble: Trouble | None = None

    @property
    def offered(self) -> tuple[Prompt, ...]:
        """The questions that fit what is shown."""
        return self.prompts_good if self.only_good else self.prompts

    @property
    def subtitle(self) -> str:
        """Beside the title of the window: the weeks, and until when both are here."""
        return ", ".join(part for part in (self.period, self.until) if part)
