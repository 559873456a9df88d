"""What Calm shows of a person's own: the agreed pause, their settling tools, whom they can ring. It only reads.

Calm writes nothing by itself. The one thing that can be kept is what helped, when the person says so (`Tools.helped`).
"""

from __future__ import annotations

from typing import Final

import msgspec

from app.domain.errors import LeewardError
from app.domain.records import PersonId, RecordId
from app.services import reach
from app.services.danger import Danger
from app.services.journal import Journal
from app.services.marks import Marks, Standing
from app.services.session import Session
from app.services.tools import KIND as TOOL

PAUSE, CONTACT = "pause_script", "support_contact"
USUAL_PAUSE_MIN: Final = 20
_MOST_PAUSES, _MOST = 20, 12


class PauseWords(msgspec.Struct, frozen=True):
    """A pause script: the words as written, with its gaps still open, and `minutes` until one comes back.

    `agreed_ms`: since when everybody's mark stands on it, by whom in `marked`; None for words that wait for a mark.
    """

    record: RecordId
    words: str
    minutes: int
    where: str = ""
    meanwhile: str = ""
    signal: str = ""
    back: str = ""
    if_not_ready: str = ""
    agreed_ms: int | None = None
    marked: tuple[PersonId, ...] = ()


class OwnTool(msgspec.Struct, frozen=True):
    """One thing of the kit: its name, how it goes in a few steps, and the words to ask somebody for it."""

    record: RecordId
    title: str
    how: str = ""
    ask: str = ""


class Contact(msgspec.Struct, frozen=True):
    """Somebody to ring."""

    record: RecordId
    name: str
    reach: str = ""
    when_good: str = ""
    code_word: str = ""


class Own(msgspec.Struct, frozen=True):
    """All of it. `for_two`: settling side by side may be offered, as nothing here speaks of danger between the two."""

    pause: PauseWords | None = None
    tools: tuple[OwnTool, ...] = ()
    contacts: tuple[Contact, ...] = ()
    for_two: bool = False


class Calming:
    """What is read when Calm opens."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._marks = Marks(session)

    def own(self) -> Own:
        """Everything of this person's own; of a pause the one both agreed on, else the newest."""
        for_two = not self._session.solo and not Danger(self._session).recorded()
        return Own(self._pause(), self._tools(), self._contacts(), for_two)

    def _pause(self) -> PauseWords | None:
        found = [self._pause_of(entry.id) for entry in reach.page(self._session, kinds=(PAUSE,), limit=_MOST_PAUSES)]
        usable = [one for one in found if one is not None]
        return next((one for one in usable if one.agreed_ms is not None), usable[0] if usable else None)

    def _pause_of(self, record: RecordId) -> PauseWords | None:
        """One script; None where its words cannot be read now. A pause is not kept from anybody by trouble."""
        try:
            body = self._journal.record(record).body
            state = self._marks.state(record)
        except LeewardError:
            return None
        words = str(getattr(body, "words", "") or "").strip()
        if not words:
            return None
        agreed = state.standing is Standing.AGREED
        minutes = getattr(body, "length", None)
        return PauseWords(
            record=record,
            words=words,
            minutes=max(1, round(minutes)) if isinstance(minutes, int | float) else USUAL_PAUSE_MIN,
            where=_line(body, "where"),
            meanwhile=_line(body, "meanwhile"),
            signal=_line(body, "signal"),
            back=_line(body, "back_words"),
            if_not_ready=_line(body, "if_not_ready"),
            agreed_ms=state.current.agreed_ms if agreed else None,
            marked=tuple(mark.person for mark in state.current.marks) if agreed else (),
        )

    def _tools(self) -> tuple[OwnTool, ...]:
        made = [
            OwnTool(record.id, _line(record.body, "title"), _line(record.body, "how"), _line(record.body, "ask"))
            for record in reach.own_newest(self._session, TOOL, _MOST)
        ]
        return tuple(one for one in made if one.title)

    def _contacts(self) -> tuple[Contact, ...]:
        made = [
            Contact(record.id, *(_line(record.body, field) for field in ("name", "reach", "when_good", "code_word")))
            for record in reach.own_newest(self._session, CONTACT, _MOST)
        ]
        return tuple(one for one in made if one.name)


def _line(body: object, field: str) -> str:
    return str(getattr(body, field, "") or "").strip()
