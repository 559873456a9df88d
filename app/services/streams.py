"""What one person lets the other see while both sit here: chosen stream by stream, kept in their own encrypted file.

Nothing is handed over and nothing published. The choice stands in the private space of whoever made it, and the page
for two works the numbers out anew from that space while it is open. So taking a release back has effect at once and
leaves nothing anywhere that the other can read.
"""

from __future__ import annotations

from typing import Final

import msgspec

from app.data import keeping, reading
from app.data.reading import Entry
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.domain.released import Release, ReleasedWeeks, Stream
from app.services import reach
from app.services.danger import Danger
from app.services.release_choice import RELEASED, TRIGGER
from app.services.released_weeks import Source
from app.services.session import Session

_TRIGGER_KIND: Final = "trigger"


def source_of(session: Session) -> Source:
    """Where the numbers of a session's person come from."""
    shared = session.shared
    return Source(session.person.id, session.connection, shared.connection if shared is not None else None)


class Streams:
    """The verbs of releasing in one session. Off unless chosen; each stream has at most one range."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def released(self) -> tuple[Release, ...]:
        """What this person lets be seen, in the order in which streams are offered."""
        raw = keeping.setting(self._session.connection, RELEASED)
        found = msgspec.json.decode(raw, type=tuple[Release, ...]) if raw else ()
        order = tuple(Stream)
        return tuple(sorted(found, key=lambda one: order.index(one.stream)))

    def release(self, stream: Stream, first: int, last: int | None = None) -> None:
        """Let a stream be seen for the whole weeks from `first` to `last` (ordinals; None: no end), in place of before.

        Raises:
            RecordError: NOT_SHAREABLE with `reason` "safety" while something here marks danger between the two;
                INVALID_RECORD for a range that ends before it begins.
        """
        if last is not None and last < first:
            raise RecordError(Code.INVALID_RECORD, field="last")
        self._refuse_danger()
        self._keep((*self._without(stream), Release(stream, first, last)))

    def withdraw(self, stream: Stream) -> None:
        """Let it be seen no more. Nobody is told, and nothing is left of the choice."""
        self._keep(self._without(stream))

    def preview(self, release: Release, today: int) -> ReleasedWeeks:
        """Exactly what the other would see of a release on the day `today` (an ordinal). Keeps nothing."""
        return source_of(self._session).weeks(release, today)

    def choose_trigger(self, record: RecordId | None) -> None:
        """Choose the one trigger this person may open on the page for two; None for none.

        Raises:
            RecordError: UNKNOWN_RECORD for what is no trigger of theirs; NOT_SHAREABLE with `reason` "safety" when it,
                or what it hangs on, marks danger.
        """
        if record is None:
            keeping.drop_setting(self._session.connection, TRIGGER)
            return
        found = reach.own(self._session, record)
        if found is None or found.kind != _TRIGGER_KIND:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        if Danger(self._session).marks(record):
            raise RecordError(Code.NOT_SHAREABLE, kind=_TRIGGER_KIND, reason="safety")
        self._refuse_danger()
        keeping.set_setting(self._session.connection, TRIGGER, record)

    def chosen_trigger(self) -> RecordId | None:
        """The chosen trigger while it is there and marks no danger."""
        kept = keeping.setting(self._session.connection, TRIGGER)
        if not kept:
            return None
        record = RecordId(kept)
        found = reach.own(self._session, record)
        return record if found is not None and not Danger(self._session).marks(record) else None

    def triggers(self, limit: int = 12) -> tuple[Entry, ...]:
        """This person's newest triggers among which one can be chosen, newest first; none that marks danger."""
        danger = Danger(self._session)
        found = reading.page(self._session.connection, kinds=(_TRIGGER_KIND,), limit=limit)
        return tuple(entry for entry in found if not danger.marks(entry.id))

    def _without(self, stream: Stream) -> tuple[Release, ...]:
        return tuple(release for release in self.released() if release.stream is not stream)

    def _keep(self, releases: tuple[Release, ...]) -> None:
        if releases:
            kept = msgspec.json.encode(releases).decode()
            keeping.set_setting(self._session.connection, RELEASED, kept)
        else:
            keeping.drop_setting(self._session.connection, RELEASED)

    def _refuse_danger(self) -> None:
        if Danger(self._session).recorded():
            raise RecordError(Code.NOT_SHAREABLE, reason="safety")
