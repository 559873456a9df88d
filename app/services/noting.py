"""Tells the session's memory of steps what was done to a record, with the states before and after."""

from __future__ import annotations

from app.domain.records import RecordId, RevisionId
from app.services.session import Session
from app.services.steps import Step, Verb


def head_of(session: Session, record: RecordId) -> RevisionId | None:
    """The state that shows now; None while the record is away."""
    for space in session.spaces:
        row = space.connection.execute("SELECT head FROM record WHERE id = ?", (record,)).fetchone()
        if row is not None:
            return RevisionId(row[0])
    return None


def note(session: Session, verb: Verb, kind: str, record: RecordId, before: RevisionId | None = None) -> None:
    """Remember one thing done; an edit that changed no state is none."""
    after = head_of(session, record)
    if verb is Verb.EDITED and before == after:
        return
    session.steps.note(Step(verb, verb, kind, record, before, after))
