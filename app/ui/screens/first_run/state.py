"""What the first run shows: four steps, and the two ways round them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

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
    """`strength` is None until something was judged; `missing` says in a code what Continue still waits for."""

    step: Step
    folder: Path
    reached: Step = Step.WELCOME
    strength: int | None = None
    missing: str = ""
    busy: bool = False
    trouble: Trouble | None = None
    sample_name: str = ""
    sample_passphrase: str = ""

    @property
    def can_go_on(self) -> bool:
        """Whether Continue is open."""
        return not self.missing and not self.busy
