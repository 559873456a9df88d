"""Whose a promise is: only who keeps it says how it went, only the other seat says what was noticed.

Held at the one way in, like danger, so that no form, command or import of single answers gets around it: nobody makes a
promise in another's name, rewords one, notes about one that it was not kept, or thanks themselves for it.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from app.domain.errors import Code, RecordError
from app.domain.records import Body, Record, RecordId
from app.services import reach
from app.services.session import Session

PROMISE: Final = "commitment"
EVENT: Final = "commitment_event"
NOTICED: Final = "promise_noticed"
ANOTHERS: Final = "anothers_promise"
"""Why a promise in another's name is refused."""


class Seat(StrEnum):
    """One of the two, as this person sees them."""

    ME = "me"
    OTHER = "other"


def seats_of(session: Session, who: Collection[str] | None, author: str) -> frozenset[Seat]:
    """Who of the two is named, by id or by name; with neither of them named, whoever wrote it."""
    writer = Seat.ME if author == session.person.id else Seat.OTHER
    mine = {session.person.id, session.person.name.casefold()}
    theirs = {reach.other(session) or "", (session.partner or "").casefold()} - {""}
    named = {name if name in mine | theirs else name.strip().casefold() for name in who or ()}
    seats = {Seat.ME for name in named if name in mine} | {Seat.OTHER for name in named if name in theirs}
    return frozenset(seats or {writer})


def keepers(session: Session, promise: Record) -> frozenset[Seat]:
    """Who keeps a promise."""
    return seats_of(session, getattr(promise.body, "who", None), promise.author)


def promise_of(session: Session, record: RecordId) -> Record | None:
    """A promise from wherever it stands; None for anything else."""
    found = _record(session, record)
    return found if found is not None and found.kind == PROMISE else None


def refuse_anothers(session: Session, kind: str, body: Body, former: Record | None = None) -> None:
    """Refuse to write for the other seat. `former` is the state before, None for a new record.

    Raises:
        RecordError: NOT_YOURS to reword the other's promise, to say how it went, or to notice one's own;
            INVALID_RECORD with `reason` `ANOTHERS` for a promise in the other's name alone.
    """
    if kind == PROMISE:
        if former is not None and Seat.ME not in keepers(session, former):
            raise RecordError(Code.NOT_YOURS, record=former.id)
        author = former.author if former is not None else session.person.id
        if Seat.ME not in seats_of(session, getattr(body, "who", None), author):
            raise RecordError(Code.INVALID_RECORD, kind=kind, field="who", reason=ANOTHERS)
    elif kind == EVENT:
        promise = promise_of(session, RecordId(str(getattr(body, "commitment", ""))))
        if promise is not None and Seat.ME not in keepers(session, promise):
            raise RecordError(Code.NOT_YOURS, record=promise.id)
    elif kind == NOTICED:
        event = _record(session, RecordId(str(getattr(body, "event", ""))))
        if event is not None and event.author == session.person.id:
            raise RecordError(Code.NOT_YOURS, record=event.id)


def _record(session: Session, record: RecordId) -> Record | None:
    return next((found for space in session.spaces if (found := space.record(record)) is not None), None)
