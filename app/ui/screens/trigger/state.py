"""What the trigger form shows, in words and answers ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.services.triggers import Logged
from app.ui.widgets.chips import Chip

THREE = ("cue", "peak", "move")
"""The three things that are enough."""
MINUTE = ("acted_on", "body", "emotions", "helped", "helped_note", "after", "minutes_to_settle", "thread")
THEN_NOW = ("then", "now")
CHAIN = (
    "cue_kind", "where_with", "before", "meaning", "pull", "partner_response", "other_move", "pattern", "breach",
    "now_i_think", "needed",
)  # fmt: skip


class Stage(StrEnum):
    """Where the form stands."""

    LOADING = "loading"
    WRITING = "writing"
    OFFERING_CALM = "offering_calm"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to take or to leave: `key` is what taking it answers, `words` its name, `why` the reason."""

    key: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class TriggerState:
    """The form. `edition` counts up whenever `answers` are to replace what stands in the form.

    `offer` is a thread, `loop` a loop, `tool` an own word for the kit; `kept` is one that was put there just now.
    `missing` says what an earlier one leaves open; `settled_min` is how long ago it began, where it may have settled.
    """

    stage: Stage = Stage.LOADING
    completing: bool = False
    edition: int = 0
    answers: dict[str, object] = field(default_factory=dict)
    recent_cues: tuple[str, ...] = ()
    from_draft: bool = False
    helped: tuple[Chip, ...] = ()
    offer: Offer | None = None
    loop: Offer | None = None
    tool: Offer | None = None
    kept: Offer | None = None
    missing: str = ""
    settled_min: int | None = None
    refused_field: str = ""
    refused_reason: str = ""
    trouble: str = ""
    logged: Logged | None = None


def filled(answers: dict[str, object]) -> int:
    """How many of the three things are there."""
    return sum(answers.get(name) is not None for name in THREE)


def opens_more(answers: dict[str, object]) -> bool:
    """Whether something beyond the three is answered already."""
    return any(answers.get(name) is not None for name in (*MINUTE, *THEN_NOW, *CHAIN))


def opens_chain(answers: dict[str, object]) -> bool:
    """Whether the whole chain has an answer already."""
    return any(answers.get(name) is not None for name in CHAIN)
