"""Where one is in a breath: pure arithmetic over a pace, so that the circle only has to draw it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.domain.calm import Pace

SLOWEST: Final = 2.0
FASTEST: Final = 0.6
STEP: Final = 1.1
BREATHS_EACH: Final = 3
"""How many breaths one of two takes before it is the other's turn."""


class Phase(Enum):
    """The part of a breath."""

    IN = "in"
    HOLD = "hold"
    OUT = "out"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Moment:
    """`fullness` 0 to 1 is how wide the circle is; `count` the second within the phase, from 1; `of` its length."""

    phase: Phase
    fullness: float
    count: int
    of: int
    breath: int


def moment_at(pace: Pace, elapsed_s: float, stretch: float = 1.0) -> Moment:
    """The moment of a pace after so many seconds; `stretch` above 1 is slower. A pace without length rests for ever."""
    round_s = pace.round_s * stretch
    if round_s <= 0:
        return Moment(Phase.REST, 0.5, 0, 0, 1)
    breath, within = divmod(max(0.0, elapsed_s), round_s)
    for phase, length in _phases(pace):
        length_s = length * stretch
        if within < length_s:
            part = within / length_s
            return Moment(phase, _fullness(phase, part), int(within / stretch) + 1, round(length), int(breath) + 1)
        within -= length_s
    return Moment(Phase.IN, 0.0, 1, round(pace.in_s), int(breath) + 2)


def turn_at(moment: Moment, people: int) -> int:
    """Whose turn it is, counted from 0, when `people` breathe in turns."""
    return (moment.breath - 1) // BREATHS_EACH % max(1, people)


def stretched(stretch: float, *, slower: bool) -> float:
    """The next slower or faster stretch, within what is comfortable."""
    return min(SLOWEST, stretch * STEP) if slower else max(FASTEST, stretch / STEP)


def _phases(pace: Pace) -> tuple[tuple[Phase, float], ...]:
    return (
        (Phase.IN, pace.in_s),
        (Phase.HOLD, pace.hold_s),
        (Phase.OUT, pace.out_s),
        (Phase.REST, pace.hold_after_s),
    )


def _fullness(phase: Phase, part: float) -> float:
    """Eased in and out: half a cosine."""
    eased = (1 - math.cos(math.pi * part)) / 2
    return {Phase.IN: eased, Phase.HOLD: 1.0, Phase.OUT: 1 - eased, Phase.REST: 0.0}[phase]
