"""What the backup section shows. No Qt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.services.backups import Standing
from app.services.erasing import Ending


class Doing(StrEnum):
    """What is under way."""

    NOTHING = ""
    BACKING_UP = "backing_up"
    TESTING = "testing"
    COPYING = "copying"
    RESTORING = "restoring"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class BackupState:
    """Where copies are and how they are; what is under way (`part` of it done, 0 to 1); what was last said about it.

    `care` marks a sentence that needs a look; `rebuildable` offers to make the projections again.
    """

    today: dt.date
    standing: Standing | None = None
    ending: Ending | None = None
    doing: Doing = Doing.NOTHING
    part: float = 0.0
    said: str = ""
    care: bool = False
    rebuildable: bool = False

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self.doing is not Doing.NOTHING
