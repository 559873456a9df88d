"""What Today brings together besides the check-in: rituals, a look that is due, promises, sessions, one suggestion.

Each part is its own service's word; here it is only decided what a day is asked to carry. One agreement at a time,
one's own promises only, a suggestion at most once a day and never the same twice; nothing for two, and no suggestion at
all, while anything here marks danger.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Protocol

import msgspec

from app.data import keeping
from app.domain.practices import Practice
from app.domain.records import RecordId
from app.services.agreement_rows import Row, Standing
from app.services.agreements import Agreements
from app.services.commitments import Commitments, DuePromise
from app.services.conversations import Conversations, Paused
from app.services.danger import Danger
from app.services.plans import LookAhead, Plans, SessionAhead, SessionLine
from app.services.practices import Practices
from app.services.ritual_views import TodayRitual
from app.services.rituals import Rituals
from app.services.session import Session

SMALL_MINUTES: Final = 5
"""How long a suggestion may take at most."""
PROMISES_SHOWN: Final = 3
LATER_DAYS: Final = 7
"""For how long "next week" lets an agreement wait."""
_LATER: Final = "today.later:"
_SUGGESTED: Final = "today.suggested"
_NOT_SUGGESTED: Final = frozenset(
    {"one-minute-check-in", "reach-answer-stay", "log-a-trigger", "naming-what-broke", "three-portraits"}
)
"""Practices that stand on the page anyway, and those that open what hurts: nobody is handed these unasked."""


class Around(msgspec.Struct, frozen=True):
    """The day besides its check-in. Absent parts are left out of the page.

    `look` is the agreement due first, `looks_more` how many others are; `waits` one that waits for this person's mark.
    `suggestion` is the id of a practice, "" for none.
    """

    rituals: tuple[TodayRitual, ...] = ()
    look: Row | None = None
    looks_more: int = 0
    waits: Row | None = None
    promises: tuple[DuePromise, ...] = ()
    session: SessionAhead | None = None
    held: SessionLine | None = None
    plans: tuple[LookAhead, ...] = ()
    talks: tuple[Paused, ...] = ()
    suggestion: str = ""


class _Suggested(msgspec.Struct, frozen=True):
    """What was suggested so far, oldest first; the last one on the day `day` (ordinal). `closed`: it was closed."""

    day: int = 0
    practices: tuple[str, ...] = ()
    closed: bool = False


class Parts(Protocol):
    """The services a day is put together from: those of a desk."""

    @property
    def session(self) -> Session:
        """Whose day it is."""

    @property
    def rituals(self) -> Rituals:
        """What is due by its rhythm."""

    @property
    def agreements(self) -> Agreements:
        """What is due for a look, and what waits for a mark."""

    @property
    def commitments(self) -> Commitments:
        """What this person promised."""

    @property
    def plans(self) -> Plans:
        """Sessions and longer looks."""

    @property
    def conversations(self) -> Conversations:
        """Talks that wait."""


class DayAround:
    """The day of one session, and the few things that can be put aside on it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def _session(self) -> Session:
        return self._parts.session

    def state(self, now: dt.datetime) -> Around:
        """The day as it stands at `now` (aware, in the person's zone)."""
        parts, today = self._parts, now.date().toordinal()
        danger = Danger(self._session).recorded()
        agreements = () if danger else parts.agreements.rows()
        talks = parts.conversations.paused()
        due = [row for row in agreements if row.due and not self._waits(row.record, today)]
        waits = next((row for row in agreements if _asks_for_mark(row) and not self._waits(row.record, today)), None)
        return Around(
            rituals=parts.rituals.today(),
            look=due[0] if due else None,
            looks_more=max(0, len(due) - 1),
            waits=waits,
            promises=tuple(
                promise for promise in parts.commitments.due(today) if not self._waits(promise.record, today)
            )[:PROMISES_SHOWN],
            session=parts.plans.ahead(now),
            held=parts.plans.just_held(now),
            plans=parts.plans.looks(today),
            talks=talks,
            suggestion="" if danger or talks else self._suggestion(today),
        )

    def later(self, record: RecordId, *, days: int = LATER_DAYS) -> None:
        """Let a look, a mark or a promise wait for some days on this person's own Today; nobody else is told."""
        until = self._session.today() + days
        keeping.set_setting(self._session.connection, _LATER + record, str(until))

    def now_after_all(self, record: RecordId) -> None:
        """Take that back."""
        keeping.drop_setting(self._session.connection, _LATER + record)

    def close_suggestion(self) -> None:
        """Not this one: nothing more is suggested today, and this never again."""
        self._keep(msgspec.structs.replace(self._suggested(), closed=True))

    def reopen_suggestion(self) -> None:
        """Show the one that was closed last again, for today."""
        self._keep(msgspec.structs.replace(self._suggested(), closed=False))

    # ---------------------------------------------------------------------------------------------------- parts

    def _waits(self, record: RecordId, today: int) -> bool:
        until = keeping.setting(self._session.connection, _LATER + record)
        return until is not None and int(until) > today

    def _suggested(self) -> _Suggested:
        stored = keeping.setting(self._session.connection, _SUGGESTED)
        return msgspec.json.decode(stored, type=_Suggested) if stored else _Suggested()

    def _keep(self, suggested: _Suggested) -> None:
        keeping.set_setting(self._session.connection, _SUGGESTED, msgspec.json.encode(suggested).decode())

    def _suggestion(self, today: int) -> str:
        """Today's suggestion; chosen once a day, so that looking at the page again changes nothing."""
        before = self._suggested()
        if before.day != today:
            found = self._next(frozenset(before.practices))
            known = (*before.practices, found) if found else before.practices
            before = _Suggested(today, known, closed=not found)
            self._keep(before)
        return "" if before.closed or not before.practices else before.practices[-1]

    def _next(self, known: frozenset[str]) -> str:
        """The first small practice, in the order of the catalogue, that was neither done, set aside nor suggested."""
        done = {one.practice for one in Practices(self._session).all() if one.times or one.set_aside}
        for practice in self._session.content.catalogue.practice:
            if practice.id not in known | done and self._is_small(practice):
                return practice.id
        return ""

    def _is_small(self, practice: Practice) -> bool:
        two = practice.audience == "two"
        quick = practice.minutes <= SMALL_MINUTES and practice.cover is None
        return quick and practice.id not in _NOT_SUGGESTED and not (two and self._session.solo)


def _asks_for_mark(row: Row) -> bool:
    return row.waits_for_me and row.standing is Standing.PROPOSED
