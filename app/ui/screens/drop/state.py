"""What the surface for leaving something without opening shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ui.text import Trouble
from app.ui.widgets.marks import Shape


class What(StrEnum):
    """What can be left."""

    NOTE = "note"
    TRIGGER = "trigger"
    TALLY = "tally"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody whose journal stands here: a mark, and a name only if they chose to be named on the locked screen."""

    shape: Shape
    label: str = ""


@dataclass(frozen=True, slots=True)
class DropState:
    """`owners` is empty while nobody is known yet. `kept` counts what was sealed since the surface opened, and changes
    exactly when the fields are to be emptied; `last` is what it was. `absent`: nothing can be left here.
    """

    owners: tuple[Owner, ...] = ()
    busy: bool = False
    kept: int = 0
    last: What | None = None
    absent: bool = False
    trouble: Trouble | None = None
    refused_field: str = ""
    refused_reason: str = ""
