"""What a person wants to read with their therapist: a private list of entries that stay covered until then.

The list is kept in the person's own encrypted file and nowhere else; nobody is told, and nothing is put into a summary
by being on it: it is only offered there.
"""

from __future__ import annotations

from typing import Final

import msgspec

from app.data import keeping
from app.domain.records import RecordId
from app.services import reach
from app.services.drafts import at_ms
from app.services.session import Session

_LISTED: Final = "for_session:"


class Listed(msgspec.Struct, frozen=True):
    """An entry on the list. `since_ms`: when it was put there, UTC milliseconds; `day` its own day, as an ordinal."""

    record: RecordId
    kind: str
    title: str
    day: int
    since_ms: int


class SessionList:
    """The list of one person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, record: RecordId) -> None:
        """Put an entry on the list; one that stands there already keeps its place.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        self._session.space_of(record)
        if not self.holds(record):
            now_ms = at_ms(self._session.now())
            keeping.set_setting(self._session.connection, _LISTED + record, str(now_ms))

    def take_off(self, record: RecordId) -> None:
        """Take an entry off the list, also one that is not there any more."""
        keeping.drop_setting(self._session.connection, _LISTED + record)

    def keep(self, record: RecordId, *, on: bool) -> None:
        """Put an entry on the list, or take it off. Raises RecordError as `put`."""
        if on:
            self.put(record)
        else:
            self.take_off(record)

    def holds(self, record: RecordId) -> bool:
        """Whether an entry is on the list."""
        return keeping.setting(self._session.connection, _LISTED + record) is not None

    def records(self) -> frozenset[RecordId]:
        """Every entry on the list, also those that are in the trash for now."""
        return frozenset(RecordId(key) for key in keeping.setting_keys(self._session.connection, _LISTED))

    def all(self) -> tuple[Listed, ...]:
        """What stands on the list and can be read, put there last first."""
        found = []
        for key, since in keeping.settings_under(self._session.connection, _LISTED).items():
            entry = reach.entry(self._session, RecordId(key))
            if entry is not None:
                found.append(Listed(entry.id, entry.kind, entry.title, entry.day, int(since)))
        return tuple(sorted(found, key=lambda one: (one.since_ms, one.record), reverse=True))
