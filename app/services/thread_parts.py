"""What else belongs to a thread: setbacks, letters and sheets that link to it, and the story two people tell."""

from __future__ import annotations

from typing import Final

import msgspec

from app.data import reading
from app.data.connection import Connection
from app.data.thread_queries import linked_between, linked_entries
from app.domain.errors import RecordError
from app.domain.fields import FieldType, Kind
from app.domain.marking import marks_field
from app.domain.records import RecordId
from app.domain.safety import is_for_two
from app.services import apart, reach
from app.services.marks import Marks, Standing
from app.services.session import Session

INJURY: Final = "injury"
OF_THEIR_OWN: Final = frozenset({"trigger", "path_step", "new_experience"})
"""Kinds that have a place of their own in a thread: its months, its path, its new moments."""


class Belonging(msgspec.Struct, frozen=True):
    """An entry that links to a thread. `day` is an ordinal. Of a text that asks for marks, `wordings` counts how often
    it was worded and `standing` says how the newest wording stands; 0 and "" for all others.
    """

    record: RecordId
    kind: str
    day: int
    title: str
    shared: bool = False
    theirs: bool = False
    wordings: int = 0
    standing: str = ""


class MonthTrigger(msgspec.Struct, frozen=True):
    """A trigger linked to a thread, as the list of its month shows it; `peak` is None where it was not said."""

    record: RecordId
    day: int
    title: str
    peak: int | None = None


def kinds_that_belong(session: Session, *, for_two: bool) -> tuple[str, ...]:
    """The kinds that can link to a thread and have no place of their own there; `for_two` leaves in those that
    two do together.
    """
    return tuple(
        kind.id
        for kind in session.content.kinds.values()
        if kind.id not in OF_THEIR_OWN and (for_two or not is_for_two(kind)) and links_to_threads(kind)
    )


def links_to_threads(kind: Kind) -> bool:
    """Whether an entry of this kind can belong to a thread."""
    return any(field.type is FieldType.LINK and INJURY in field.to for field in kind.fields)


def belongings(session: Session, thread: RecordId) -> tuple[Belonging, ...]:
    """Everything else that links to a thread, from both spaces, newest first."""
    hidden = apart.hidden(session)
    found = [
        _belonging(session, entry.record, kind, entry.day, entry.title or entry.preview, shared=bool(number))
        for kind in kinds_that_belong(session, for_two=True)
        for number, file in enumerate(reach.connections(session))
        for entry in linked_entries(file, thread, kind)
        if entry.record not in hidden
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.record), reverse=True))


def triggers_of_month(session: Session, thread: RecordId, first: int, last: int) -> tuple[MonthTrigger, ...]:
    """The triggers of the days `first` to `last` (ordinals) that link to a thread, newest first."""
    file = session.connection
    found = linked_between(file, thread, "trigger", first, last)
    return tuple(MonthTrigger(one.record, one.day, one.title, _peak(file, one.record)) for one in found)


def _peak(file: Connection, record: RecordId) -> int | None:
    values = reading.of_record(file, record, "trigger.peak").values
    return round(values[-1]) if values else None


def _belonging(session: Session, record: RecordId, kind: str, day: int, title: str, *, shared: bool) -> Belonging:
    entry = reach.entry(session, record)
    theirs = entry is not None and reach.is_theirs(session, entry.author, shared=shared)
    made = Belonging(record, kind, day, title, shared, theirs)
    if marks_field(session.kinds.declared(kind)) is None:
        return made
    try:
        state = Marks(session).state(record)
    except RecordError:  # words nobody can prove are named where the entry itself is opened
        return made
    standing = state.standing if shared else Standing.DRAFT
    return msgspec.structs.replace(made, wordings=1 + len(state.earlier), standing=standing.value)
