"""What one person may let the other see while both sit here: streams of weekly numbers, and for which days.

The list of streams is closed. Fear, the five quiet questions, help contacts and scores have no stream and can never
get one by mistake: a test goes through every declared measure (insights.md 1.2, 4).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from app.domain.records import PersonId, RecordId


class Stream(StrEnum):
    """One thing that can be let out by itself, in the order in which it is offered."""

    FELT_SAFETY = "felt_safety"
    ARE = "are"
    TRUST = "trust"
    MIRROR = "mirror"
    TRIGGERS = "triggers"
    RITUALS = "rituals"
    COMMITMENTS = "commitments"
    AGREEMENTS = "agreements"
    REPAIRS = "repairs"


class Row(msgspec.Struct, frozen=True):
    """One line of a stream. `top` is the end of its scale, which begins at 0, and itself 0 where things are counted.

    A scale is read from its `measure`, a week's value being the mean of day values. Counted are the entries of a
    `kind`, or the answers to a `measure` above 0. `joint` counts what either began in the space for two.
    """

    id: str
    measure: str = ""
    top: int = 0
    kind: str = ""
    joint: bool = False

    @property
    def counted(self) -> bool:
        """Whether a week's value says how many there were."""
        return self.top == 0


ROWS: Final[dict[Stream, tuple[Row, ...]]] = {
    Stream.FELT_SAFETY: (Row("felt_safety", "felt_safety", 10),),
    Stream.ARE: (
        Row("accessible", "are.accessible", 4),
        Row("responsive", "are.responsive", 4),
        Row("engaged", "are.engaged", 4),
    ),
    Stream.TRUST: (Row("trust", "trust", 10),),
    Stream.MIRROR: (
        Row("accessible", "mirror.accessible", 4),
        Row("responsive", "mirror.responsive", 4),
        Row("engaged", "mirror.engaged", 4),
    ),
    Stream.TRIGGERS: (Row("triggers", kind="trigger"),),
    Stream.RITUALS: (Row("rituals", "ritual.done"),),
    Stream.COMMITMENTS: (Row("commitments", "commitment.kept"),),
    Stream.AGREEMENTS: (Row("agreements", "boundary.kept"),),
    Stream.REPAIRS: (Row("repairs", "conversation.count", joint=True),),
}
"""Every measure that can leave, by stream. Nothing else is read for the other person."""

RELEASABLE: Final = frozenset(row.measure for rows in ROWS.values() for row in rows if row.measure)
COUNTED_KINDS: Final = frozenset(row.kind for rows in ROWS.values() for row in rows if row.kind)


class Release(msgspec.Struct, frozen=True):
    """One stream, let out for the whole weeks from `first` to `last` (ordinals, both included; None: no end)."""

    stream: Stream
    first: int
    last: int | None = None


class ReleasedRow(msgspec.Struct, frozen=True):
    """The weeks of one line that can be seen, oldest first: Mondays (ordinals) and values, side by side.

    A week without a value is not in it, whatever the reason; so there is nothing to see where nothing was written.
    """

    id: str
    top: int
    mondays: tuple[int, ...]
    values: tuple[float, ...]


class ReleasedWeeks(msgspec.Struct, frozen=True):
    """What the other person sees of a stream: its lines, each with at least one week. Never the range, never days."""

    stream: Stream
    rows: tuple[ReleasedRow, ...]


class Present(msgspec.Struct, frozen=True):
    """Somebody whose own part is open now. `mark` is 1 (circle) or 2 (square)."""

    id: PersonId
    name: str
    mark: int


class Side(msgspec.Struct, frozen=True):
    """What one of the two lets be seen in a period. `trigger`: they chose one trigger they may open themselves."""

    person: Present
    streams: tuple[ReleasedWeeks, ...]
    trigger: bool = False

    def stream(self, stream: Stream) -> ReleasedWeeks | None:
        """One stream, or None when nothing of it can be seen, whatever the reason."""
        return next((one for one in self.streams if one.stream is stream), None)


class ChosenTrigger(msgspec.Struct, frozen=True):
    """One trigger its owner opened here: the questions and answers as they stand in their own log, in its order."""

    record: RecordId
    lines: tuple[tuple[str, str], ...]
