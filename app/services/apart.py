"""What stays with one person of a record that stands in the space for two, and which records they keep out of sight.

The shared file holds only what was shown before it was shared. What belongs to the same record and is for one person
alone is kept in that person's own encrypted file: answers to questions that are never shared, links to entries the
other cannot open, and every earlier wording from before it was shared. Whoever reads the record as its writer sees both
parts as one; nobody else can tell that there is a second part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from app.data import keeping
from app.domain.errors import RecordError
from app.domain.fields import Field, FieldType
from app.domain.records import Body, RecordId, RevisionId
from app.domain.safety import can_mean_danger
from app.services.session import Session

ONLY_YOU: Final = "only_you"
"""Left out since the question is for its writer alone (`private_only`), or its answer can mean danger."""
PRIVATE_LINK: Final = "private_link"
"""Left out since it leads to an entry the other person cannot open."""

_APART: Final = "apart:"
_HIDDEN: Final = "hidden"


class Earlier(msgspec.Struct, frozen=True):
    """A state from before a record was shared. `answers` are JSON values by field id, `at_ms` UTC milliseconds."""

    revision: RevisionId
    at_ms: int
    answers: dict[str, object]


class Apart(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person keeps beside a shared record: answers by field id, and states from before, oldest first."""

    answers: dict[str, object] = {}
    earlier: tuple[Earlier, ...] = ()


class Split(msgspec.Struct, frozen=True):
    """A body in two parts: what the shared file may hold, and what stays apart, with the reason for each field."""

    body: Body
    answers: dict[str, object]
    reasons: dict[str, str]


def split(session: Session, kind: str, body: Body) -> Split:
    """Part a body into what may be shared and what may not."""
    declared = session.kinds.declared(kind)
    reasons = {
        field.id: reason
        for field in declared.fields
        if getattr(body, field.id) is not None and (reason := _reason(session, field, getattr(body, field.id)))
    }
    answers = answers_of(session, body)
    return Split(
        body=msgspec.structs.replace(body, **dict.fromkeys(reasons)),
        answers={field: answers[field] for field in reasons},
        reasons=reasons,
    )


def _reason(session: Session, field: Field, value: object) -> str:
    if field.private_only or can_mean_danger(field, value):
        return ONLY_YOU
    if field.type is FieldType.LINK and not _is_shared(session, str(value)):
        return PRIVATE_LINK
    return ""


def _is_shared(session: Session, record: str) -> bool:
    shared = session.shared
    if shared is None:
        return False
    return shared.connection.execute("SELECT 1 FROM record WHERE id = ?", (record,)).fetchone() is not None


def whole(session: Session, kind: str, record: RecordId, body: Body) -> Body:
    """A shared body together with what this person keeps apart of it. What stands in the body itself counts."""
    kept = load(session, record).answers
    missing = {field: value for field, value in kept.items() if getattr(body, field, None) is None}
    if not missing:
        return body
    joined = {**answers_of(session, body), **missing}
    try:
        return session.kinds.decode(kind, msgspec.json.encode(joined))
    except RecordError:  # a later release asks otherwise; what is shared can still be read
        return body


def load(session: Session, record: RecordId) -> Apart:
    """What this person keeps beside a record; empty for most."""
    raw = keeping.setting(session.connection, _APART + record)
    return msgspec.json.decode(raw, type=Apart) if raw else Apart()


def keep(session: Session, record: RecordId, apart: Apart) -> None:
    """Keep it, in place of what was kept before."""
    if apart == Apart():
        keeping.drop_setting(session.connection, _APART + record)
    else:
        keeping.set_setting(session.connection, _APART + record, msgspec.json.encode(apart).decode())


def keep_answers(session: Session, record: RecordId, answers: Mapping[str, object]) -> None:
    """Keep other answers beside a record, and the states from before as they are."""
    known = load(session, record)
    if known.answers != answers:
        keep(session, record, msgspec.structs.replace(known, answers=dict(answers)))


def kept(session: Session) -> tuple[RecordId, ...]:
    """The records this person keeps something apart of."""
    return tuple(RecordId(record) for record in keeping.setting_keys(session.connection, _APART))


def hidden(session: Session) -> frozenset[RecordId]:
    """Shared records this person does not want to meet in lists. Nobody else is told, and nothing else changes."""
    raw = keeping.setting(session.connection, _HIDDEN)
    return frozenset(msgspec.json.decode(raw, type=list[RecordId])) if raw else frozenset()


def hide(session: Session, record: RecordId, *, on: bool) -> None:
    """Put a record out of sight, or bring it back."""
    kept = hidden(session) | {record} if on else hidden(session) - {record}
    keeping.set_setting(session.connection, _HIDDEN, msgspec.json.encode(sorted(kept)).decode())


def answers_of(session: Session, body: Body) -> dict[str, object]:
    """A body as JSON values by field id; unanswered questions are left out."""
    found: dict[str, object] = msgspec.json.decode(session.kinds.encode(body))
    return found
