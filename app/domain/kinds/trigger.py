"""A trigger: something set the alarm off. One key is enough to note it; the rest can come later or never."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.domain.fields import When

STILL_GOING = "still_going"
"""The answer to "how long did it take" while it has not ended."""


class Trigger(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One occasion, from a bare tally to the whole chain.

    Three things: `at`, `cue` in words, `peak` 0–10, `move` (at most one). Another minute: whether it was acted on,
    body, `emotions` graded 0–4, what helped, `after` 0–10, `minutes_to_settle` (or still going), the thread it links
    to. Then and now: two lines. The whole chain: the pull of the move 0–4, kind of cue, who was there, what was already
    there, what the alarm said, what came back, the other's move, the loop it looked like (`pattern`), what it touched,
    and what I think and needed.
    """

    at: When | None = None
    cue: str | None = None
    peak: int | None = None
    move: tuple[str, ...] | None = None
    acted_on: str | None = None
    pull: int | None = None
    body: tuple[str, ...] | None = None
    emotions: Mapping[str, int | None] | None = None
    helped: tuple[str, ...] | None = None
    helped_note: str | None = None
    after: int | None = None
    minutes_to_settle: int | str | None = None
    thread: str | None = None
    then: str | None = None
    now: str | None = None
    cue_kind: tuple[str, ...] | None = None
    where_with: str | None = None
    before: tuple[str, ...] | None = None
    meaning: str | None = None
    partner_response: str | None = None
    other_move: tuple[str, ...] | None = None
    pattern: str | None = None
    breach: tuple[str, ...] | None = None
    now_i_think: str | None = None
    needed: str | None = None

    def speed(self) -> str:
        """The shortest form that holds what was answered: `tally`, `quick` or `full`."""
        answered = {name for name in self.__struct_fields__ if getattr(self, name) is not None}
        if answered <= {"at"}:
            return "tally"
        return "quick" if answered <= {"at", "cue", "peak", "move"} else "full"

    def ease(self) -> int | None:
        """By how much it came down, in points of 0–10; negative when it rose. None without both numbers."""
        if self.peak is None or self.after is None:
            return None
        return self.peak - self.after

    @property
    def is_settled(self) -> bool:
        """Whether it is known to have settled: a number of minutes is noted."""
        return isinstance(self.minutes_to_settle, int)

    @property
    def is_still_going(self) -> bool:
        """Whether it was noted as not over yet; neither this nor `is_settled` when nothing was said."""
        return self.minutes_to_settle == STILL_GOING

    @property
    def strongest_emotion(self) -> str | None:
        """The id of the feeling graded highest, the first of equals; None where none has a grade."""
        graded = {name: grade for name, grade in (self.emotions or {}).items() if grade is not None}
        return max(graded, key=graded.__getitem__) if graded else None
