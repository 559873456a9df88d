"""What the sheet for small moments shows, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.services.moments import GOOD, NEW, SETBACK, TURNING
from app.ui.screens.trigger.state import Offer

FEW: Final = {
    TURNING: ("reached", "turned", "read_right"),
    GOOD: ("about", "said"),
    SETBACK: ("was_new", "next_step", "thread"),
    NEW: ("risked", "came_back", "thread"),
}
"""The few questions beside the line of each kind. The others wait in its whole form."""


class Stage(StrEnum):
    """Where the sheet stands."""

    LOADING = "loading"
    WRITING = "writing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class MomentsState:
    """The sheet. `kind` is empty while none is chosen; `edition` counts up when `answers` replace what stands there.

    `answers` also hold the moment under "at". `shares`: a good thing can be shown to somebody.
    """

    stage: Stage = Stage.LOADING
    kind: str = ""
    edition: int = 0
    answers: dict[str, object] = field(default_factory=dict)
    shares: bool = False
    offer: Offer | None = None
    refused_field: str = ""
    refused_reason: str = ""
    trouble: str = ""
