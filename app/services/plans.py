"""The long-term plan: therapy sessions with what to bring and what to take away, longer looks, things to learn.

A session is one record, prepared before and added to afterwards. The day of the next one, noted afterwards, is enough
for Today to show it; it becomes a record of its own once something is prepared. The list "for a session"
(`SessionList`) is offered beside it: nothing is put into a session, or sent anywhere, by standing there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from app.data import keeping, reading
from app.domain.fields import When
from app.domain.records import Body, RecordId
from app.services import reach
from app.services.journal import Journal
from app.services.session import Session
from app.services.session_list import Listed, SessionList

SESSION: Final = "therapy_session"
PLAN: Final = "plan"
BEFORE: Final = ("at", "with", "setting", "want", "bring", "not_yet")
AFTER: Final = ("helped", "missed", "took_away", "try_until_next", "next")
"""The questions of a session before it and afterwards, as its declaration has them."""
AHEAD_DAYS: Final = 14
"""How far ahead Today shows a session."""
ASKED_DAYS: Final = 3
"""For how many days after a session Today asks how it was."""
LATEST: Final = 12
"""How many sessions are looked at, the newest first."""
PLANS: Final = 12
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PUT_OFF: Final = "plan.put_off:"


class SessionLine(msgspec.Struct, frozen=True):
    """A session as lists show it. `day` is an ordinal; `at` its local time where one was said.

    `prepared`: something is answered before it; `noted`: something afterwards. `shared`: it is in the space for two.
    """

    record: RecordId
    day: int
    at: dt.time | None
    with_whom: str
    setting: str
    prepared: bool
    noted: bool
    shared: bool = False


class SessionAhead(msgspec.Struct, frozen=True):
    """The next session. `record` is None while only its day is known, from the notes on the one before.

    `with_whom` and `setting` are then those of the one before. `try_until` is what was meant to be tried until then,
    `listed` how many entries wait on the list for a session.
    """

    day: int
    record: RecordId | None = None
    at: dt.time | None = None
    with_whom: str = ""
    setting: str = ""
    prepared: bool = False
    try_until: str = ""
    listed: int = 0


class LookAhead(msgspec.Struct, frozen=True):
    """A longer look of a plan that has come. `day` is the ordinal it was meant for."""

    record: RecordId
    title: str
    day: int


class SessionPage(msgspec.Struct, frozen=True):
    """What the page of one session opens with: its answers, what could be brought, and what the one before left.

    `over`: its day has come, so that what stays of it can be noted.
    """

    record: RecordId | None
    answers: Mapping[str, object]
    listed: tuple[Listed, ...]
    took_away: tuple[str, ...] = ()
    try_until: str = ""
    last_day: int | None = None
    over: bool = False


class Plans:
    """The verbs of planning in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._list = SessionList(session)

    # ---------------------------------------------------------------------------------------------------- sessions

    def sessions(self, limit: int = LATEST) -> tuple[SessionLine, ...]:
        """This person's own sessions, the newest first; what the other shared of theirs is not among them."""
        found = []
        for entry in reach.page(self._session, kinds=(SESSION,), limit=limit):
            if entry.author == self._session.person.id:
                body = self._journal.record(entry.id).body
                found.append(_line(entry.id, entry.day, body, shared=entry.shared))
        return tuple(found)

    def ahead(self, now: dt.datetime) -> SessionAhead | None:
        """The next session within `AHEAD_DAYS`, also today's until something is noted of it."""
        today = now.date().toordinal()
        lines = self.sessions()
        coming = [line for line in lines if today <= line.day <= today + AHEAD_DAYS and not line.noted]
        last = next((line for line in lines if line.day < today or line.noted), None)
        body = self._journal.record(last.record).body if last is not None else None
        tries = getattr(body, "try_until_next", None) or ""
        if coming:
            line = coming[-1]
            return SessionAhead(
                line.day, line.record, line.at, line.with_whom, line.setting, line.prepared, tries, self._waiting()
            )
        following = getattr(body, "next", None)
        if last is None or not isinstance(following, When):
            return None
        day = following.day.toordinal()
        if day <= last.day or not today <= day <= today + AHEAD_DAYS:
            return None
        return SessionAhead(
            day, None, following.time, last.with_whom, last.setting, try_until=tries, listed=self._waiting()
        )

    def just_held(self, now: dt.datetime) -> SessionLine | None:
        """A session of the last `ASKED_DAYS`, today's included once its time has passed, of which nothing was noted."""
        today = now.date().toordinal()
        for line in self.sessions():
            held = line.day < today or (line.day == today and line.at is not None and line.at <= now.time())
            if held and line.day >= today - ASKED_DAYS:
                return None if line.noted or self._is_put_off(line.record) else line
        return None

    def last_held(self, today: int) -> int | None:
        """The day (ordinal) of this person's newest session before `today`; None before the first."""
        for file in reach.connections(self._session):
            for entry in reading.between(file, SESSION, 0, today - 1):
                if entry.author == self._session.person.id:
                    return entry.day
        return None

    def page(self, record: RecordId | None, now: dt.datetime) -> SessionPage:
        """What the page of a session shows; of a new one, with the day that was agreed the last time.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        today = now.date().toordinal()
        answers: dict[str, object] = {}
        day = today
        if record is not None:
            found = self._journal.record(record)
            answers = msgspec.json.decode(self._session.kinds.encode(found.body))
            day = found.day
        else:
            ahead = self.ahead(now)
            if ahead is not None and ahead.record is None:
                answers = _begun(ahead, self._session.zone)
                day = ahead.day
        before = next((line for line in self.sessions() if line.day < day and line.record != record), None)
        body = self._journal.record(before.record).body if before is not None else None
        return SessionPage(
            record=record,
            answers=answers,
            listed=self._list.all(),
            took_away=getattr(body, "took_away", None) or (),
            try_until=getattr(body, "try_until_next", None) or "",
            last_day=before.day if before is not None else None,
            over=record is not None and day <= today,
        )

    def put_off(self, record: RecordId) -> None:
        """Not now: Today does not ask about this session, or this look, again."""
        keeping.set_setting(self._session.connection, _PUT_OFF + record, str(self._session.today()))

    def ask_again(self, record: RecordId) -> None:
        """Take that back."""
        keeping.drop_setting(self._session.connection, _PUT_OFF + record)

    # ---------------------------------------------------------------------------------------------------- looks

    def looks(self, today: int) -> tuple[LookAhead, ...]:
        """Longer looks of one's own plans whose day has come, and which were not put off since."""
        found = []
        for plan in reach.own_newest(self._session, PLAN, PLANS):
            day = _look_day(plan.body, today)
            if day is not None and not self._is_put_off(RecordId(plan.id), since=day):
                found.append(LookAhead(plan.id, getattr(plan.body, "title", None) or "", day))
        return tuple(sorted(found, key=lambda look: (look.day, look.record)))

    def _waiting(self) -> int:
        return len(self._list.records())

    def _is_put_off(self, record: RecordId, *, since: int = 0) -> bool:
        stored = keeping.setting(self._session.connection, _PUT_OFF + record)
        return stored is not None and int(stored) >= since


def _line(record: RecordId, day: int, body: Body, *, shared: bool) -> SessionLine:
    at = getattr(body, "at", None)
    return SessionLine(
        record=record,
        day=day,
        at=at.time if isinstance(at, When) else None,
        with_whom=getattr(body, "with", None) or "",
        setting=getattr(body, "setting", None) or "",
        prepared=any(getattr(body, field, None) for field in ("want", "bring", "not_yet")),
        noted=any(getattr(body, field, None) for field in AFTER),
        shared=shared,
    )


def _begun(ahead: SessionAhead, zone: str) -> dict[str, object]:
    at: dict[str, object] = {"day": dt.date.fromordinal(ahead.day).isoformat()}
    if ahead.at is not None:
        at |= {"time": ahead.at.isoformat(), "zone": zone}
    given = {"at": at, "with": ahead.with_whom, "setting": ahead.setting}
    return {name: value for name, value in given.items() if value}


def _look_day(body: Body, today: int) -> int | None:
    """The newest day for a longer look that has come: of the question about the next, and of the dates in the list."""
    days = [dt.date.fromisoformat(found) for line in getattr(body, "looks", None) or () if (found := _iso_in(line))]
    following = getattr(body, "next_look", None)
    if isinstance(following, When):
        days.append(following.day)
    return max((day.toordinal() for day in days if day.toordinal() <= today), default=None)


def _iso_in(line: str) -> str:
    found = _ISO.search(line)
    if found is None:
        return ""
    try:
        return dt.date.fromisoformat(found[0]).isoformat()
    except ValueError:
        return ""
