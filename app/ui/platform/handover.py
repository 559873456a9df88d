"""What a process that locks tells the fresh one: why, and where its window stood. Never on disk."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Final

REASON: Final = "LEEWARD_REASON"
PLACE: Final = "LEEWARD_PLACE"
_LARGEST: Final = 32_767
_NUMBERS: Final = 5


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
    """A reason ("asked", "idle", "sleep", …; nothing personal) and a place."""

    reason: str = ""
    place: Place | None = None

    def told(self) -> dict[str, str]:
        """As environment variables."""
        place = {} if self.place is None else {PLACE: self.place.text()}
        return {REASON: self.reason, **place}


def taken(environment: MutableMapping[str, str]) -> Handover:
    """What this process was told, taken out of its surroundings so that nothing it starts inherits it."""
    made = Handover(environment.get(REASON, ""), _place(environment))
    for name in (REASON, PLACE):
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
