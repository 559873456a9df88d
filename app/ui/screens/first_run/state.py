"""What the first run shows: four steps, and the two ways round them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from app.ui.sheet_wish import SheetWish
from app.ui.text import Trouble


class Step(IntEnum):
    """In their order; WELCOME stands before and SAMPLE beside them."""

    WELCOME = 0
    BEFORE = 1
    PLACE = 2
    PASSPHRASE = 3
    WHO = 4
    SAMPLE = 5


@dataclass(frozen=True, slots=True)
class FirstRunState:
    """`sheet` is the wish in force: where others use the computer (`others_here`), none until somebody wishes for one.

    `strength` is None until something was judged; `missing` says in a code what Continue still waits for.
    """

    step: Step
    folder: Path
    reached: Step = Step.WELCOME
    strength: int | None = None
    missing: str = ""
    busy: bool = False
    trouble: Trouble | None = None
    sample_name: str = ""
    sample_passphrase: str = ""
    sheet: SheetWish = SheetWish.LATER
    others_here: bool = False

    @property
    def can_go_on(self) -> bool:
        """Whether Continue is open."""
        return not self.missing and not self.busy
