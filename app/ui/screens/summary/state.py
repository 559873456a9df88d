"""What the Summary page shows: what there is, what is chosen, and the pages made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.services.summary_choice import Choice, Offer
from app.ui.text import Trouble


class Span(StrEnum):
    """The three ways to say which days."""

    SINCE_LAST = "since_last"
    THREE_MONTHS = "three_months"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """The whole page. Before the first answer `offer` is None.

    `pages` are the exact pages as PNG; `drawing` is true while newer ones are made. `trouble` stands instead of pages.
    """

    span: Span = Span.THREE_MONTHS
    offer: Offer | None = None
    choice: Choice | None = None
    pages: tuple[bytes, ...] = ()
    drawing: bool = False
    password: str = ""
    trouble: Trouble | None = None

    @property
    def can_leave(self) -> bool:
        """Whether there is something that can be printed or sealed."""
        return self.choice is not None and self.offer is not None and not self.offer.is_empty and self.trouble is None

    @property
    def can_seal(self) -> bool:
        """Whether a sealed file can be made: a sealed file needs a password."""
        return self.can_leave and bool(self.password)
