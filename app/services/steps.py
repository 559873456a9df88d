"""What was done in this session and can be taken back: a short memory of codes and ids that never holds a word."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from app.domain.records import RecordId, RevisionId

MOST = 50
"""How many steps are remembered; the history of every record goes on without them."""


class Verb(StrEnum):
    """What somebody did to a record."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    RESTORED = "restored"


class Step(msgspec.Struct, frozen=True):
    """One thing done. An edit knows the state before and the one it made; `said` is what the person did at first."""

    verb: Verb
    said: Verb
    kind: str
    record: RecordId
    before: RevisionId | None = None
    after: RevisionId | None = None


class Steps:
    """Two stacks: what can be taken back, and what was taken back and can be done again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def note(self, step: Step) -> None:
        """Remember what was just done; what had been taken back before cannot be done again after it."""
        self._done = [*self._done, step][-MOST:]
        self._undone.clear()

    def forget(self, record: RecordId) -> None:
        """Let go of everything about a record: it is gone for good."""
        self._done = [step for step in self._done if step.record != record]
        self._undone = [step for step in self._undone if step.record != record]

    @property
    def last(self) -> Step | None:
        """What would be taken back next."""
        return self._done[-1] if self._done else None

    @property
    def taken_back(self) -> Step | None:
        """What would be done again next."""
        return self._undone[-1] if self._undone else None

    def pop_done(self, record: RecordId | None = None) -> Step | None:
        """Take out the newest step, or the newest about one record."""
        for place in range(len(self._done) - 1, -1, -1):
            if record is None or self._done[place].record == record:
                return self._done.pop(place)
        return None

    def pop_undone(self) -> Step | None:
        """Take out what was taken back last."""
        return self._undone.pop() if self._undone else None

    def push_done(self, step: Step) -> None:
        """Something was done again."""
        self._done = [*self._done, step][-MOST:]

    def push_undone(self, step: Step) -> None:
        """Something was taken back."""
        self._undone = [*self._undone, step][-MOST:]
