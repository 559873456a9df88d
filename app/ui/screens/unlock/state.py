"""What the unlock screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.ui.text import Trouble


class Remedy(Enum):
    """What the screen offers after a refusal that a person may overrule."""

    EARLIER_KEYS = "earlier_keys"
    OLDER_COPY = "older_copy"


@dataclass(frozen=True, slots=True)
class Owner:
    """One of two people at the locked screen: their mark (1 circle, 2 square), and a label if they chose one."""

    person_file: str
    mark: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class UnlockState:
    """`busy`: a key is being derived. `waiting_s`: seconds until the next try; `queued`: it follows by itself then.

    `trouble`: why it did not open; `way_back`: a copy may help. `owners`: the two people to choose from, empty for one;
    `chosen` is the person file of the one that was chosen, empty to try both.
    """

    busy: bool = False
    waiting_s: int = 0
    queued: bool = False
    trouble: Trouble | None = None
    remedy: Remedy | None = None
    way_back: bool = False
    owners: tuple[Owner, ...] = ()
    chosen: str = ""

    @property
    def can_try(self) -> bool:
        """Whether a passphrase may be handed over now: it is tried at once, or when the wait is over."""
        return not self.busy and not self.queued
