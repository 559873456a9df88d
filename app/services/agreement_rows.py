"""A row of the page of agreements, whatever stands in it: a boundary, or a promise of the plan of action."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from app.domain.kinds.agreement import Week
from app.domain.records import RecordId

WEEKS_LISTED = 12
"""How many weeks a row of the list shows."""


class Standing(StrEnum):
    """How one stands. A draft bears no mark; a proposed one waits for somebody's."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    PAUSED = "paused"
    RETIRED = "retired"


class Owner(msgspec.Struct, frozen=True):
    """Somebody whose it is. `marked`: their mark stands on it, or it needs none."""

    name: str
    mine: bool
    marked: bool = True


class Row(msgspec.Struct, frozen=True):
    """One line of the list.

    `words` are its wording, `weeks` the last `WEEKS_LISTED` oldest first, `next_look` an ordinal. `waits_for_me` and
    `waits_for_other` tell whose mark, or whose word on letting it go, is missing. `due`: its day for a look has come
    and this person has not looked since.
    """

    record: RecordId
    kind: str
    words: str
    standing: Standing
    owners: tuple[Owner, ...] = ()
    weeks: tuple[Week, ...] = ()
    next_look: int | None = None
    waits_for_me: bool = False
    waits_for_other: bool = False
    due: bool = False
    shared: bool = False

    @property
    def current(self) -> bool:
        """Whether it belongs among the current ones."""
        return self.standing is not Standing.RETIRED
