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
class UnlockState:
    """`busy`: a key is being derived. `waiting_s`: seconds until the next try. `trouble`: why it did not open."""

    busy: bool = False
    waiting_s: int = 0
    trouble: Trouble | None = None
    remedy: Remedy | None = None

    @property
    def can_try(self) -> bool:
        """Whether a passphrase may be tried now."""
        return not self.busy and self.waiting_s == 0
