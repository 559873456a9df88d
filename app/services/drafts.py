"""What is being typed survives: kept in the encrypted file as one writes, offered again on Today.

Questions a person leaves for later are remembered beside the answers, never as an answer: in the draft while there is
one, and with the record once it is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from app.data import attachments, keeping
from app.data.keeping import LEFT, Draft
from app.domain.fields import FieldType
from app.domain.records import RecordId, new_id
from app.services.session import Session

LEFT_OPEN = "_left"
"""Where a draft's body holds the ids of questions left for later: no field is called so."""
_NEW = "new:"
TALK = "talk:"
"""How the keys of guided conversations begin: they are taken up on their own page and in no form."""
LOOK = "review:"
"""How the keys of four-weekly looks that are not kept yet begin; theirs is a page of its own too."""


class Drafts:
    """Unfinished writing of one person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, key: str, kind: str, answers: dict[str, object]) -> None:
        """Save what stands in a form now. `key` is the record being edited or the name of the place ("trigger")."""
        keeping.save_draft(self._session.connection, key, kind, answers, at_ms(self._session.now()))

    def drop(self, key: str) -> None:
        """Let a draft go, with every file that waits with it."""
        keeping.drop_draft(self._session.connection, key)
        if attachments.held(self._session.connection, key):
            with self._session.change() as change:
                attachments.drop_held(self._session.connection, key)
                change.erased = True

    def find(self, key: str) -> Draft | None:
        """The draft of that key, if any."""
        return next((draft for draft in self.all() if draft.key == key), None)

    def all(self) -> list[Draft]:
        """Every draft, newest first."""
        return keeping.drafts(self._session.connection)

    def unfinished(self, kind: str, given: Mapping[str, object]) -> Draft | None:
        """The newest draft of a new record of a kind that can be gone on with, begun with the same links as `given`.

        A note about one thread is not gone on with as a note about another.
        """
        links = [f.id for f in self._session.kinds.declared(kind).fields if f.type is FieldType.LINK and f.id in given]
        fits = (
            draft
            for draft in self.all()
            if draft.kind == kind and is_new(draft.key, kind) and all(draft.body.get(f) == given[f] for f in links)
        )
        return next(fits, None)

    def new_key(self, kind: str) -> str:
        """A key for a new record of a kind, under which nothing unfinished stands yet."""
        taken = {draft.key for draft in self.all()}
        return f"{_NEW}{kind}:{new_id()}" if _NEW + kind in taken else _NEW + kind

    def leave(self, record: RecordId, fields: Collection[str]) -> None:
        """Remember which questions of a saved record wait; none forgets it."""
        if fields:
            keeping.set_setting(self._session.connection, LEFT + record, " ".join(sorted(fields)))
        else:
            keeping.drop_setting(self._session.connection, LEFT + record)

    def left(self, record: RecordId) -> frozenset[str]:
        """The questions of a saved record that wait."""
        return frozenset((keeping.setting(self._session.connection, LEFT + record) or "").split())


def is_new(key: str, kind: str) -> bool:
    """Whether a draft's key is one of a new record of a kind."""
    return key == _NEW + kind or key.startswith(f"{_NEW}{kind}:")


def with_left(answers: Mapping[str, object], left: Iterable[str]) -> dict[str, object]:
    """The body of a draft: the answers, and what waits."""
    waiting = sorted(left)
    return {**answers, LEFT_OPEN: waiting} if waiting else dict(answers)


def without_left(body: Mapping[str, object]) -> tuple[dict[str, object], frozenset[str]]:
    """The answers of a draft, and what waits."""
    waiting = body.get(LEFT_OPEN)
    left = frozenset(str(part) for part in waiting) if isinstance(waiting, list) else frozenset()
    return {key: value for key, value in body.items() if key != LEFT_OPEN}, left


def at_ms(moment: dt.datetime) -> int:
    """An aware moment as UTC milliseconds, the unit drafts are dated in."""
    return int(moment.timestamp() * 1000)
