"""Reminders: off until somebody switches them on, neutral in words, few, and silent where silence was asked for.

A reminder belongs to a minute of the clock on the wall and is told in that minute or never: what passed while the
computer slept is not caught up. Every ritual has at most one a day, and none is about what the other person does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Final, Protocol

import msgspec

from app.data import keeping, reading
from app.domain.errors import RecordError
from app.domain.records import RecordId
from app.domain.schedule import wall_time
from app.services.journal import Journal
from app.services.own_promises import Seat, seats_of
from app.services.plans import SessionAhead
from app.services.ritual_book import Pause
from app.services.ritual_views import DueAt
from app.services.session import Session
from app.services.today import CHECKIN

GRACE: Final = dt.timedelta(minutes=2)
"""How late a reminder may be told: longer than the pause between two looks at the clock, shorter than any sleep."""
OUTLOOK: Final = dt.timedelta(hours=36)
LEADS_MIN: Final = (30, 60, 180, 1440)
"""How long before a session it can be reminded of."""
_UNTIMED_SESSION: Final = dt.time(9)
"""When a session is reminded of whose time nobody wrote down: in the morning of its day."""
_CHOICES, _TOLD = "reminders", "reminders.told"


class Sort(StrEnum):
    """What a reminder is of."""

    RITUAL = "ritual"
    CHECKIN = "checkin"
    SESSION = "session"


class ReminderChoices(msgspec.Struct, frozen=True):
    """What a person chose; nothing is on before.

    `rituals`, `checkin`, `sessions`: what of. `checkin_at`, `quiet_from`, `quiet_until` are times of day as "20:30";
    nothing is told from the one to the other, the same twice means there is no such stretch. `ahead_min`: how long
    before a session. `named`: a ritual's own name may be shown, while the journal is open.
    """

    on: bool = False
    rituals: bool = True
    checkin: bool = False
    sessions: bool = True
    checkin_at: str = "20:30"
    quiet_from: str = "22:00"
    quiet_until: str = "07:00"
    ahead_min: int = 60
    named: bool = False


class Reminder(msgspec.Struct, frozen=True):
    """One reminder to come. `key` names what it is of; `words` are a ritual's name where that was chosen."""

    sort: Sort
    key: str
    at: dt.datetime
    words: str = ""


class Outlook(msgspec.Struct, frozen=True):
    """What is chosen, and the moments of the next day and a half (UTC)."""

    choices: ReminderChoices
    moments: tuple[dt.datetime, ...] = ()


class DueRituals(Protocol):
    """What is asked of the rituals."""

    def due_between(self, start: dt.datetime, end: dt.datetime) -> Sequence[DueAt]:
        """Moments after `start` up to `end` at which a ritual is due and was not ticked."""

    def paused(self) -> Pause | None:
        """The pause of everything, while there is one."""


class Sessions(Protocol):
    """What is asked of the plans."""

    def ahead(self, now: dt.datetime) -> SessionAhead | None:
        """The next therapy session."""


class Reminders:
    """The verbs of reminding in one session. It decides; the window shows."""

    def __init__(self, session: Session, rituals: DueRituals, sessions: Sessions) -> None:
        self._session, self._rituals, self._sessions = session, rituals, sessions
        self._journal = Journal(session)

    def choices(self) -> ReminderChoices:
        """What is stored; everything off where nothing is, or where it cannot be understood."""
        stored = keeping.setting(self._session.connection, _CHOICES)
        try:
            found = msgspec.json.decode(stored, type=ReminderChoices) if stored else ReminderChoices()
        except msgspec.MsgspecError:
            return ReminderChoices()
        times = (found.checkin_at, found.quiet_from, found.quiet_until)
        return found if all(_clock(one) is not None for one in times) else ReminderChoices()

    def choose(self, wanted: ReminderChoices) -> ReminderChoices:
        """Store what is chosen and return it.

        Raises:
            ValueError: no time of day.
        """
        if any(_clock(one) is None for one in (wanted.checkin_at, wanted.quiet_from, wanted.quiet_until)):
            raise ValueError("not a time of day")
        keeping.set_setting(self._session.connection, _CHOICES, msgspec.json.encode(wanted).decode())
        return wanted

    def outlook(self, now: dt.datetime, zone: str) -> Outlook:
        """What is chosen and what is to come. `zone` is the one this computer is in now: on a journey the wall clock
        counts that one sees.
        """
        chosen = self.choices()
        if not chosen.on:
            return Outlook(chosen)
        self._session.zone = zone
        moments = {reminder.at.astimezone(dt.UTC) for reminder in self.between(now, now + OUTLOOK)}
        return Outlook(chosen, tuple(sorted(moments)))

    def between(self, start: dt.datetime, end: dt.datetime) -> tuple[Reminder, ...]:
        """Everything to be told after `start` up to `end` (aware), in the order of time."""
        chosen = self.choices()
        if not chosen.on:
            return ()
        found = [one for one in self._all(chosen, start, end) if start < one.at <= end and self._may(chosen, one.at)]
        return tuple(sorted(found, key=lambda one: (one.at, one.key)))

    def take(self, now: dt.datetime) -> Reminder | None:
        """What is to be told now, noted as told so that it comes once; None where there is nothing, or no longer.

        Several at one time are one: it names a ritual only where it is the only one.
        """
        told = self._told()
        due = [one for one in self.between(now - GRACE, now) if told.get(one.key) != one.at.date().toordinal()]
        if not due:
            return None
        today = now.date().toordinal()
        kept = {key: day for key, day in told.items() if day >= today - 1}
        kept.update({one.key: one.at.date().toordinal() for one in due})
        keeping.set_setting(self._session.connection, _TOLD, msgspec.json.encode(kept).decode())
        return due[0] if len(due) == 1 else msgspec.structs.replace(due[0], words="")

    # ---------------------------------------------------------------------------------------------------- sources

    def _all(self, chosen: ReminderChoices, start: dt.datetime, end: dt.datetime) -> Iterator[Reminder]:
        if chosen.rituals:
            for due in self._rituals.due_between(start, end):
                if self._is_mine(due.record):
                    yield Reminder(Sort.RITUAL, due.record, due.at, due.title if chosen.named else "")
        if chosen.checkin:
            yield from self._checkins(chosen, start, end)
        if chosen.sessions:
            yield from self._session_ahead(chosen, start)

    def _checkins(self, chosen: ReminderChoices, start: dt.datetime, end: dt.datetime) -> Iterator[Reminder]:
        at = _clock(chosen.checkin_at) or dt.time()
        for ordinal in range(start.date().toordinal() - 1, end.date().toordinal() + 2):
            if not reading.between(self._session.connection, CHECKIN, ordinal, ordinal):
                moment = wall_time(dt.date.fromordinal(ordinal), at, self._session.zone)
                yield Reminder(Sort.CHECKIN, Sort.CHECKIN, moment)

    def _session_ahead(self, chosen: ReminderChoices, start: dt.datetime) -> Iterator[Reminder]:
        ahead = self._sessions.ahead(start)
        if ahead is None:
            return
        begins = wall_time(dt.date.fromordinal(ahead.day), ahead.at or _UNTIMED_SESSION, self._session.zone)
        lead = dt.timedelta(minutes=chosen.ahead_min) if ahead.at is not None else dt.timedelta()
        moment = (begins.astimezone(dt.UTC) - lead).astimezone(begins.tzinfo)
        yield Reminder(Sort.SESSION, f"{Sort.SESSION}:{ahead.day}", moment)

    # ----------------------------------------------------------------------------------------------------- silence

    def _may(self, chosen: ReminderChoices, at: dt.datetime) -> bool:
        """Whether something may be told at that moment: not in the quiet hours, not while everything rests."""
        pause = self._rituals.paused()
        rests = pause is not None and pause.span[0] <= at.date().toordinal() <= pause.span[1]
        return not rests and not is_quiet(at.time(), chosen)

    def _is_mine(self, ritual: RecordId) -> bool:
        """Whether a ritual is this person's to do; what is the other's alone is never reminded of here."""
        try:
            found = self._journal.record(ritual)
        except RecordError:
            return False
        who: Collection[str] | None = getattr(found.body, "who", None)
        return Seat.ME in seats_of(self._session, who, found.author)

    def _told(self) -> dict[str, int]:
        """The day (ordinal) each thing was told of last."""
        stored = keeping.setting(self._session.connection, _TOLD)
        try:
            return msgspec.json.decode(stored, type=dict[str, int]) if stored else {}
        except msgspec.MsgspecError:
            return {}


def is_quiet(at: dt.time, chosen: ReminderChoices) -> bool:
    """Whether a time of day lies in the quiet hours, which may run over midnight."""
    first, last = _clock(chosen.quiet_from) or dt.time(), _clock(chosen.quiet_until) or dt.time()
    if first == last:
        return False
    plain = at.replace(tzinfo=None, fold=0)
    return first <= plain < last if first < last else plain >= first or plain < last


def _clock(words: str) -> dt.time | None:
    """A time of day from "20:30"; None for anything else."""
    try:
        return dt.datetime.strptime(words, "%H:%M").time()  # noqa: DTZ007  # a time of day has no zone
    except ValueError:
        return None
