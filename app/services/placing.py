"""Where a record is written, and who may write it: the rules of the space for two, held at the one way in.

Kinds made together, and those in which each says their own (`each`), begin in the shared space once there is one;
everything else begins private and gets there only by `Sharing`. What one person wrote there, nobody else rewrites; a
text made together may be worded by both.
"""

from __future__ import annotations

from collections.abc import Callable

from app.data.space import Space
from app.domain.errors import Code, RecordError
from app.domain.fields import FieldType
from app.domain.kinds.intake import Reason
from app.domain.marking import with_marks_of
from app.domain.records import Body, PersonId, RecordId, RevisionId, new_id
from app.services import apart, own_promises
from app.services.danger import Danger
from app.services.session import Session

TOGETHER = "together"
EACH = "each"
"""How a kind is declared that begins in the space for two like those made together, but is reworded by its writer."""
NEVER_BY_CHOICE = frozenset({"never", "by_stream", "by_item"})
"""How a kind is declared of which no whole entry is ever put into the space for two."""


def home_of(session: Session, kind: str) -> Space:
    """The space a new record of a kind begins in."""
    together = session.kinds.declared(kind).sharing in {TOGETHER, EACH}
    return session.shared if together and session.shared is not None else session.space


def may_word(session: Session, kind: str, author: PersonId, space: Space) -> bool:
    """Whether this person may change the words of a record by `author` that stands in `space`."""
    mine = space is session.space or author == session.person.id
    return mine or session.kinds.declared(kind).sharing == TOGETHER


def can_be_shared(session: Session, kind: str, *, shared: bool) -> bool:
    """Whether an entry of a kind, which stands in the shared space already if `shared`, could be put there."""
    return session.shared is not None and not shared and session.kinds.declared(kind).sharing not in NEVER_BY_CHOICE


def add(session: Session, kind: str, body: Body, done: Callable[[], None]) -> RecordId:
    """Save a new record where its kind begins, or privately where it marks danger. `done` follows in the same breath:
    a draft that goes.

    Raises:
        RecordError: INVALID_RECORD with `reason` private_link when a required link leads to a private entry;
            NOT_YOURS, or INVALID_RECORD, for what is the other person's to promise or to say (`own_promises`).
    """
    own_promises.refuse_anothers(session, kind, body)
    private = Danger(session).marks_body(kind, body)
    space = session.space if private else home_of(session, kind)
    body = with_marks_of(session.kinds, kind, body, None)
    if space is session.space:
        with session.change() as change:
            record = change.put(kind, body)
            done()
        return record
    record = RecordId(new_id())
    shown = _shown(session, kind, record, body)
    with session.change(space) as change:
        change.put(kind, shown, record=record, arriving=True)
    done()
    return record


def follow(
    session: Session,
    record: RecordId,
    kind: str,
    body: Body,
    done: Callable[[], None],
    *,
    based_on: RevisionId | None = None,
) -> None:
    """Save the next state of a record where it stands.

    Raises:
        RecordError: UNKNOWN_RECORD, NOT_YOURS, INVALID_RECORD.
    """
    space = session.space_of(record)
    former = space.record(record)
    own_promises.refuse_anothers(session, kind, body, former)
    body = with_marks_of(session.kinds, kind, body, former.body if former is not None else None)
    if space is session.space:
        with session.change() as change:
            change.put(kind, body, record=record, based_on=based_on)
            done()
        return
    author = space.connection.execute("SELECT author FROM record WHERE id = ?", (record,)).fetchone()[0]
    if not may_word(session, kind, author, space):
        raise RecordError(Code.NOT_YOURS, record=record)
    shown = _shown(session, kind, record, body)
    with session.change(space) as change:
        change.put(kind, shown, record=record, based_on=based_on)
    done()


def remove(session: Session, record: RecordId, take: Callable[[Space], None]) -> None:
    """Let `take` remove a record where it stands; in the shared space only its author's, and what was kept apart too.

    Raises:
        RecordError: UNKNOWN_RECORD, NOT_YOURS.
    """
    space = session.space_of(record)
    if space is not session.space:
        author = space.connection.execute("SELECT author FROM record WHERE id = ?", (record,)).fetchone()[0]
        if author != session.person.id:
            raise RecordError(Code.NOT_YOURS, record=record)
    take(space)


def _shown(session: Session, kind: str, record: RecordId, body: Body) -> Body:
    """What the shared file gets of a body; the rest is kept apart first, so that a crash loses nothing."""
    parts = apart.split(session, kind, body)
    refuse_incomplete(session, kind, parts.body)
    apart.keep_answers(session, record, parts.answers)
    return parts.body


def refuse_incomplete(session: Session, kind: str, body: Body) -> None:
    """Refuse a shared part that lacks what its kind cannot be without."""
    for field in session.kinds.declared(kind).fields:
        if field.required and getattr(body, field.id) is None:
            reason = apart.PRIVATE_LINK if field.type is FieldType.LINK else Reason.REQUIRED.value
            raise RecordError(Code.INVALID_RECORD, kind=kind, field=field.id, reason=reason)
