"""What a process that locks tells the fresh one: why, where its window stood, when a reminder is due. Never on disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Final

REASON: Final = "LEEWARD_REASON"
PLACE: Final = "LEEWARD_PLACE"
_LARGEST: Final = 32_767
_NUMBERS: Final = 5
MOMENTS: Final = "LEEWARD_MOMENTS"
_MOST_MOMENTS: Final = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where a window stands and how large it is, in px of the desktop; `whole` when it fills the screen."""

    x: int
    y: int
    wide: int
    high: int
    whole: bool = False

    def text(self) -> str:
        """Five numbers: "100,80,1280,800,0"."""
        return ",".join(str(int(number)) for number in (self.x, self.y, self.wide, self.high, self.whole))


@dataclass(frozen=True, slots=True)
class Handover:
    """A reason ("asked", "idle", "sleep", …; nothing personal), a place, and bare moments at which a reminder is due.

    The moments say nothing of what they are for, and there are none while reminders are off.
    """

    reason: str = ""
    place: Place | None = None
    moments: tuple[dt.datetime, ...] = ()

    def told(self) -> dict[str, str]:
        """As environment variables."""
        place = {} if self.place is None else {PLACE: self.place.text()}
        seconds = ",".join(str(int(moment.timestamp())) for moment in self.moments[:_MOST_MOMENTS])
        return {REASON: self.reason, **place, **({MOMENTS: seconds} if seconds else {})}


def taken(environment: MutableMapping[str, str]) -> Handover:
    """What this process was told, taken out of its surroundings so that nothing it starts inherits it."""
    made = Handover(environment.get(REASON, ""), _place(environment), _moments(environment))
    for name in (REASON, PLACE, MOMENTS):
        environment.pop(name, None)
    return made


def _place(environment: Mapping[str, str]) -> Place | None:
    """The place, if it is one: anything can stand in a variable."""
    parts = environment.get(PLACE, "").split(",")
    try:
        numbers = [int(part) for part in parts]
    except ValueError:
        return None
    if len(numbers) != _NUMBERS or any(abs(number) > _LARGEST for number in numbers):
        return None
    x, y, wide, high, whole = numbers
    return Place(x, y, wide, high, bool(whole)) if wide > 0 and high > 0 else None


def _moments(environment: Mapping[str, str]) -> tuple[dt.datetime, ...]:
    """The moments, if they are such; none of them else."""
    parts = [part for part in environment.get(MOMENTS, "").split(",") if part][:_MOST_MOMENTS]
    try:
        return tuple(dt.datetime.fromtimestamp(int(part), dt.UTC) for part in parts)
    except (ValueError, OverflowError, OSError):
        return ()
