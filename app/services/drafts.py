"""What is being typed survives: kept in the encrypted file as one writes, offered again on Today."""

from __future__ import annotations

import datetime as dt

from app.data import keeping
from app.data.keeping import Draft
from app.services.session import Session


class Drafts:
    """Unfinished writing of one person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, key: str, kind: str, answers: dict[str, object]) -> None:
        """Save what stands in a form now. `key` is the record being edited or the name of the place ("trigger")."""
        keeping.save_draft(self._session.connection, key, kind, answers, at_ms(self._session.now()))

    def drop(self, key: str) -> None:
        """Let a draft go."""
        keeping.drop_draft(self._session.connection, key)

    def find(self, key: str) -> Draft | None:
        """The draft of that key, if any."""
        return next((draft for draft in self.all() if draft.key == key), None)

    def all(self) -> list[Draft]:
        """Every draft, newest first."""
        return keeping.drafts(self._session.connection)


def at_ms(moment: dt.datetime) -> int:
    """An aware moment as UTC milliseconds, the unit drafts are dated in."""
    return int(moment.timestamp() * 1000)
