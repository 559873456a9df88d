"""The look back at a week: two quiet minutes, offered on its Sunday and the two days after, never twice, never counted.

What is remembered of an offer serves to stop offering: after seven that nobody took up, Today only says that it is
there. No list of weeks without one exists, and nothing is ever said about them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from app.data import keeping, reading
from app.domain.records import RecordId
from app.insights.series import DAYS_A_WEEK, monday_of
from app.services import reach
from app.services.drafts import at_ms
from app.services.journal import Journal
from app.services.session import Session

KIND: Final = "weekly_look_back"
ASKED: Final = ("week_safety", "good_moment", "hard_moment")
"""The three questions of the two minutes, in their order; the others of the kind are for its own form."""
OFFERED_DAYS: Final = 2
"""For how many days after its Sunday a week is offered."""
MOST_UNANSWERED: Final = 7
"""After so many offers nobody took up it is only said that it is there (insights.md 1.5)."""
_SETTING: Final = "look_back"


class WeekOffer(msgspec.Struct, frozen=True):
    """A week to look back on, from its Monday `first` to its Sunday `last` (ordinals).

    `answers` are what is half written. `quiet`: only say that it is there when wanted.
    """

    first: int
    last: int
    answers: dict[str, object]
    quiet: bool = False


class _Asked(msgspec.Struct, frozen=True):
    """The Sunday of the week offered last, of the one put aside last, and how many were left in a row."""

    last: int = 0
    closed: int = 0
    unanswered: int = 0


class LookBacks:
    """The verbs of the look back at a week."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def offer(self, today: int) -> WeekOffer | None:
        """What Today offers on the day `today` (ordinal); asked again on the same days it says the same."""
        last = _week_offered(today)
        if last is None or self._has(last) or not self._had_begun(last):
            return None
        asked = self._asked()
        if asked.last != last:
            left = 0 if not asked.last or self._has(asked.last) else asked.unanswered + 1
            asked = msgspec.structs.replace(asked, last=last, unanswered=left)
            self._note(asked)
        if asked.closed == last:
            return None
        return WeekOffer(
            last - DAYS_A_WEEK + 1, last, self._draft(draft_key(last)), quiet=asked.unanswered >= MOST_UNANSWERED
        )

    def save(self, last: int, answers: Mapping[str, object]) -> RecordId:
        """Save the look back at the week that ended on the Sunday `last` (ordinal).

        Raises:
            RecordError: an answer does not fit, or there is none.
        """
        given = {name: value for name, value in answers.items() if value is not None and value != ""}
        answers_with_week = {**given, "week": _period(last)} if given else {}  # a week alone is no answer
        record = self._journal.add(KIND, answers_with_week, draft=draft_key(last))
        self._note(msgspec.structs.replace(self._asked(), unanswered=0))
        return record

    def keep_draft(self, last: int, answers: Mapping[str, object]) -> None:
        """Keep what is half written; nothing answered leaves no draft."""
        given = {name: value for name, value in answers.items() if value is not None and value != ""}
        if given:
            body = {**given, "week": _period(last)}
            keeping.save_draft(self._session.connection, draft_key(last), KIND, body, at_ms(self._session.now()))
        else:
            keeping.drop_draft(self._session.connection, draft_key(last))

    def not_now(self, last: int) -> None:
        """Let this week be: it is not offered again, and what was half written goes."""
        keeping.drop_draft(self._session.connection, draft_key(last))
        self._note(msgspec.structs.replace(self._asked(), closed=last))

    def offer_again(self) -> None:
        """Take that back."""
        self._note(msgspec.structs.replace(self._asked(), closed=0))

    # ---------------------------------------------------------------------------------------------------- parts

    def _has(self, last: int) -> bool:
        return reach.own_between(self._session, KIND, last - DAYS_A_WEEK + 1, last) > 0

    def _had_begun(self, last: int) -> bool:
        """Whether anything was written by then: a week before the journal is nobody's to look back on."""
        span = reading.span(self._session.connection)
        return span is not None and span[0] < last

    def _asked(self) -> _Asked:
        stored = keeping.setting(self._session.connection, _SETTING)
        try:
            return msgspec.json.decode(stored, type=_Asked) if stored else _Asked()
        except msgspec.MsgspecError:
            return _Asked()

    def _note(self, asked: _Asked) -> None:
        keeping.set_setting(self._session.connection, _SETTING, msgspec.json.encode(asked).decode())

    def _draft(self, key: str) -> dict[str, object]:
        found = (draft.body for draft in keeping.drafts(self._session.connection) if draft.key == key)
        return {name: value for name, value in next(found, {}).items() if name != "week"}


def draft_key(last: int) -> str:
    """The draft's key of the week that ends with the Sunday `last`: that of a new record, so any form can go on."""
    return f"new:{KIND}:{last}"


def offered_draft(today: int) -> str:
    """The key of the draft that stands on Today as a card on the day `today`; empty on days without one."""
    last = _week_offered(today)
    return "" if last is None else draft_key(last)


def _week_offered(today: int) -> int | None:
    """The Sunday of the week that may be offered on a day, if any."""
    monday = monday_of(today)
    last = today if today == monday + DAYS_A_WEEK - 1 else monday - 1
    return last if today - last <= OFFERED_DAYS else None


def _period(last: int) -> dict[str, object]:
    first = dt.date.fromordinal(last - DAYS_A_WEEK + 1).isoformat()
    return {"day": first, "precision": "period", "until": dt.date.fromordinal(last).isoformat()}
