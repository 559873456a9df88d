"""What the two surfaces show. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.services.exporting.choice import Choice, Done, Offer, Target
from app.services.importing.report import Found


@dataclass(frozen=True, slots=True)
class OutState:
    """What there is to take, what is ticked, and what came of it. `part` is 0 to 1 while `busy`."""

    offer: Offer | None = None
    target: Target = Target.ARCHIVE
    choice: Choice = field(default_factory=Choice)
    phrase: str = ""
    busy: bool = False
    part: float = 0.0
    done: Done | None = None
    trouble: str = ""
    refused: bool = False
    """The passphrase did not fit."""


@dataclass(frozen=True, slots=True)
class InState:
    """What a file would bring, or has brought. `asks_phrase` while it is an archive nobody has opened yet."""

    name: str = ""
    asks_phrase: bool = False
    found: Found | None = None
    leaving_out: bool = False
    busy: bool = False
    part: float = 0.0
    trouble: str = ""
    refused: bool = False
    """The phrase did not fit."""
