"""What leads out of Calm: all that its cards know of their surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Do = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways out. `write(kind)` begins an entry of a kind; None where nothing can be written from here."""

    back: Do
    log: Do
    safety: Do
    write: Callable[[str], None] | None = None
