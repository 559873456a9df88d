"""A stop of the tour, and which stops are pictured again: in the dark, in a small window, with large text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

SETTLE_MS: Final = 260
IN_EVERY_SHAPE: Final = (
    "agreements",
    "backup",
    "drop",
    "files-strip",
    "files-taken-out",
    "first-run-passphrase",
    "injuries-cover",
    "injuries-step",
    "journal-filter",
    "journal-months",
    "journal-on-this-day",
    "journal-removed",
    "journal-shared",
    "journal-theirs",
    "journal-versions",
    "keys",
    "moment-",
    "people",
    "repair",
    "review",
    "rituals",
    "second-injuries",
    "settings-keys",
    "sharing",
    "sheet",
    "today-sheet-line",
    "today-week",
    "together-page",
    "together-gap",
    "together-offer",
    "trends-agreed",
    "trends-changing",
    "trends-talks",
    "trends-too-little",
    "trends-triggers",
    "trigger-suggested",
    "trigger-tally",
    "unlock",
)
"""How the names of the stops begin that are pictured in the dark too, in a small window, and in large text."""
IN_DARK_TOO: Final = (
    "today-saved",
    "trigger-full",
    "journal-timeline",
    "injuries",
    "files-",
    "practice-amends-from-two-seats",
    "practice-five-quiet-questions",
    "practice-on-paper",
    "practice-our-usual-loop",
    "practice-read-me-answer-me",
    "practice-three-depths-of-trust",
    "practice-what-shelter-means",
    "practice-windows-and-walls",
    "solo-repair",
    "trends-6-months",
    "summary",
    "settings-privacy",
    "calm",
)


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture: its name, what brings the window there, how long it takes to be drawn, and what is done last."""

    name: str
    arrive: Callable[[], None]
    settle_ms: int = SETTLE_MS
    width: int = 0
    height: int = 0
    text_scale: float = 1.0
    last: Callable[[], None] | None = None


def other_shapes(stops: Sequence[Stop]) -> list[Stop]:
    """The stops again where little room is left: in a small window, and with text twice as large."""
    chosen = [stop for stop in stops if stop.name.startswith(IN_EVERY_SHAPE)]
    small = [replace(stop, name=f"{stop.name}-1024x700", width=1024, height=700) for stop in chosen]
    large = [replace(stop, name=f"{stop.name}-text-200", text_scale=2.0) for stop in chosen]
    return [*small, *large]


def in_dark_too(stops: Sequence[Stop]) -> list[Stop]:
    """The stops that are pictured in the dark as well, in the window as it is."""
    dark = [stop for stop in stops if stop.name.startswith((*IN_EVERY_SHAPE, *IN_DARK_TOO))]
    return [stop for stop in dark if not stop.width and stop.text_scale == 1.0]
