"""What the page about the two people shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.services.people import Together
from app.services.timeline import Item
from app.ui.text import Trouble


@dataclass(frozen=True, slots=True)
class PeopleState:
    """How things stand, and what this person has hidden. `own_words` and `other_words` are read to each other to know
    that both hold the same keys; `waiting_words` has them for each thing that waits, by its id.
    """

    together: Together | None = None
    hidden: tuple[Item, ...] = ()
    own_words: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()
    waiting_words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    busy: bool = False


class Stage(Enum):
    """Where sitting down together stands: explained to the one who writes here, then handed over to the other."""

    EXPLAINED = "explained"
    HANDED_OVER = "handed_over"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class WelcomeState:
    """`strength` is None until a phrase was judged."""

    stage: Stage = Stage.EXPLAINED
    busy: bool = False
    strength: int | None = None
    trouble: Trouble | None = None
