"""Small moments noted in a line: a turning point, a good thing, a setback, a new moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from app.data import keeping
from app.domain.errors import Code, RecordError
from app.domain.kinds.intake import Reason
from app.domain.records import RecordId
from app.services.drafts import at_ms
from app.services.journal import Journal
from app.services.session import Session
from app.services.suggestions import Suggestion, Suggestions
from app.services.triggers import moment

TURNING, GOOD, SETBACK, NEW = "moment", "appreciation", "setback", "new_experience"
KINDS: Final = (TURNING, GOOD, SETBACK, NEW)
"""The kinds of the surface, by the digits that choose them."""
LINES: Final[Mapping[str, str]] = {TURNING: "for_what", GOOD: "line", SETBACK: "happened", NEW: "happened"}
"""The field that holds the one line of each."""
THREADED: Final = frozenset({SETBACK, NEW})
"""The kinds that may belong to a thread."""
_DRAFT = "moment:"


class Begun(msgspec.Struct, frozen=True):
    """What the surface opens with: answers half written, by kind; the newest first. `shares`: there is somebody to show
    a good thing to.
    """

    drafts: dict[str, dict[str, object]]
    shares: bool


def draft_key(kind: str) -> str:
    """The draft's key of a half-written moment."""
    return _DRAFT + kind


def is_draft(key: str | None) -> bool:
    """Whether a draft was begun here."""
    return key is not None and key.startswith(_DRAFT)


class Moments:
    """The verbs of "Note a moment"."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._suggestions = Suggestions(session)

    def open(self) -> Begun:
        """What was half written."""
        drafts = keeping.drafts(self._session.connection)
        return Begun(
            {draft.kind: draft.body for draft in drafts if is_draft(draft.key)}, self._session.shared is not None
        )

    def save(self, kind: str, answers: Mapping[str, object]) -> RecordId:
        """Save one, now unless its answers say when; its draft goes in the same breath.

        Raises:
            RecordError: an answer does not fit, or nothing but the time was answered.
        """
        raw = {key: value for key, value in answers.items() if value is not None and value != ""}
        if not raw.keys() - {"at"}:
            raise RecordError(Code.INVALID_RECORD, kind=kind, field=LINES[kind], reason=Reason.REQUIRED.value)
        raw.setdefault("at", moment(self._session.now(), self._session.zone))
        record = self._journal.add(kind, raw, draft=draft_key(kind))
        self._suggestions.carry_over(draft_key(kind), record)
        return record

    def keep_draft(self, kind: str, answers: Mapping[str, object]) -> None:
        """Keep what is half written; the time alone is not writing."""
        key = draft_key(kind)
        if set(answers) - {"at"}:
            keeping.save_draft(self._session.connection, key, kind, dict(answers), at_ms(self._session.now()))
        else:
            keeping.drop_draft(self._session.connection, key)
            self._suggestions.let_go(key, gone=False)

    def suggest(self, kind: str, words: str) -> Suggestion | None:
        """The thread a setback or a new moment may belong to; what may be shown to the other names no marked thread."""
        if kind not in THREADED or self._suggestions.is_let_go(draft_key(kind)):
            return None
        return self._suggestions.thread(words, for_two=True)

    def let_go_suggestion(self, kind: str) -> None:
        """Suggest nothing more for what is being written."""
        self._suggestions.let_go(draft_key(kind))
