"""What the surfaces for passphrase and recovery show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.ui.text import Trouble


class Stage(Enum):
    """Where a surface stands. TYPE_BACK belongs to the recovery sheet, RENEWING to new keys."""

    ASK = "ask"
    RENEWING = "renewing"
    SHOWN = "shown"
    TYPE_BACK = "type_back"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class KeysState:
    """`strength` is None until a phrase was judged; `share` (0 to 1) is how far new keys are.

    `groups` is the drawn code while it is shown. `replaces` says that an earlier code ended or will end,
    `backups_kept` that earlier backups are still there after new keys.
    """

    stage: Stage = Stage.ASK
    busy: bool = False
    strength: int | None = None
    share: float = 0.0
    groups: tuple[str, ...] = ()
    replaces: bool = False
    backups_kept: bool = False
    trouble: Trouble | None = None
