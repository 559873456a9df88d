"""Taking back what was done, and doing it again: nothing is lost either way, every state stays in the history."""

from __future__ import annotations

import msgspec

from app.domain.kinds.attachment import ATTACHMENT
from app.domain.records import RecordId
from app.services import attachments, trash
from app.services.history import put_again
from app.services.noting import head_of
from app.services.session import Session
from app.services.steps import Step, Verb


class Offered(msgspec.Struct, frozen=True):
    """What the next undo would take back, and what the next redo would do again; None where there is nothing."""

    undo: Step | None = None
    redo: Step | None = None


class Undo:
    """The verbs behind Undo and Redo."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offered(self) -> Offered:
        """What could be taken back or done again now."""
        return Offered(self._session.steps.last, self._session.steps.taken_back)

    def undo(self) -> Step | None:
        """Take the last step back; None when there is none. A step that cannot be taken back is let go.

        Raises:
            RecordError: UNKNOWN_RECORD, when the record has gone another way since.
        """
        return self._take_back(self._session.steps.pop_done())

    def redo(self) -> Step | None:
        """Do again what was taken back last; as `undo`."""
        step = self._session.steps.pop_undone()
        if step is not None:
            self._session.steps.push_done(self._inverse(step))
        return step

    def take_back(self, record: RecordId) -> Step | None:
        """Take back the last thing done to one record, whatever was done to others since; as `undo`."""
        return self._take_back(self._session.steps.pop_done(record))

    def _take_back(self, step: Step | None) -> Step | None:
        if step is not None:
            self._session.steps.push_undone(self._inverse(step))
        return step

    def _inverse(self, step: Step) -> Step:
        """Do the opposite of a step. Returns what that was, so that it can be turned round in its turn."""
        session, record = self._session, step.record
        place = attachments if step.kind == ATTACHMENT else trash
        if step.verb in {Verb.ADDED, Verb.RESTORED}:
            place.put_away(session, record)
            return msgspec.structs.replace(step, verb=Verb.REMOVED)
        if step.verb is Verb.REMOVED:
            place.bring_back(session, record)
            return msgspec.structs.replace(step, verb=Verb.RESTORED)
        if step.before is not None:
            put_again(session, record, step.before, step.after)
        return msgspec.structs.replace(step, before=step.after, after=head_of(session, record))
