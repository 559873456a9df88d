"""The four-weekly look: its letter, what a person adds to it, which ones are kept, when the next one is.

Verdicts are made here and shown elsewhere only as they were made (`trend_series.review_day`). A letter is worked out
from what was written up to its Sunday until it is kept; from then on its words are those of the record, whatever is
changed later in the entries it read. Only its own writer reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from app.data import keeping, reading, trend_rows
from app.data.review_rows import full_times
from app.domain.fields import Precision, When
from app.domain.records import Body, RecordId
from app.services import reach
from app.services.danger import Danger
from app.services.drafts import LOOK, at_ms
from app.services.journal import Journal
from app.services.moments import GOOD, NEW, TURNING
from app.services.review_letter import Noted, codes, paragraphs
from app.services.review_verdicts import Findings, look
from app.services.session import Session
from app.services.trend_cards import TrailCard, trail_card
from app.services.trend_series import REVIEW_DAYS, review_day
from app.services.trend_titles import markers
from app.services.trend_words import TrendWords
from app.services.trends import PRIMARY

KIND: Final = "four_weekly_review"
WEEK: Final = "weekly_look_back"
OFFERED_DAYS: Final = 14
"""How long Today offers a look; Trends leads to it for as long as one likes."""
TRAIL_DAYS: Final = 84
MOMENTS_SHOWN: Final = 5
_CLOSED, _PICKED, _BASIS = "review.closed", "review.summary:", "review.basis:"
_PROGRAM: Final = frozenset({"period", "letter"})
"""Fields of the kind that the letter itself fills in."""
_MOMENTS: Final = (TURNING, GOOD, NEW)


class Moment(msgspec.Struct, frozen=True):
    """A moment written down in the four weeks, in its own words; read anew each time and kept in no letter."""

    record: RecordId
    kind: str
    day: int
    line: str


class Earlier(msgspec.Struct, frozen=True):
    """A kept look: its record and the Sunday it ended with (ordinal)."""

    record: RecordId
    day: int


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One look for reading. `day` is its Sunday and `first_day` the Monday 27 days before it, both ordinals.

    `record` is None until it is kept. `answers` are what the person added, as JSON values by field id; `draft`: not
    saved yet. `shared`: the other person can read what was added, never the letter. `changed`: entries it read have
    changed since it was kept. `picked`: it may go into a summary.
    """

    day: int
    first_day: int
    letter: tuple[str, ...]
    codes: dict[str, str]
    record: RecordId | None
    answers: dict[str, object]
    draft: bool
    changed: bool
    picked: bool
    trail: TrailCard
    words: TrendWords
    moments: tuple[Moment, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ReviewState:
    """The page: the look that is shown, those kept before, and the day of the next one.

    `shown` is None before the first four weeks are over; `next_day` is None before the first check-in.
    `danger`: no word for two is said.
    """

    shown: Look | None
    kept: tuple[Earlier, ...]
    next_day: int | None
    danger: bool


class Reviews:
    """The verbs of the four-weekly look."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def state(self, today: int, target: str | None = None) -> ReviewState:
        """The page on the day `today` (ordinal). `target` is the id of a kept look; without one it is the newest."""
        newest, following = self._days(today)
        kept = tuple(self._kept())
        danger = Danger(self._session).recorded()
        record = next((one.record for one in kept if one.record == target), None)
        if record is None and newest is not None:
            record = next((one.record for one in kept if one.day == newest), None)
        if record is None and newest is None and kept:
            record = kept[0].record
        if record is not None:
            shown: Look | None = self._kept_look(record, danger=danger)
        else:
            shown = self._open_look(newest, danger=danger, first=not kept) if newest is not None else None
        return ReviewState(shown, kept, following, danger)

    def due(self, today: int) -> int | None:
        """The Sunday (ordinal) of a look that Today offers: not kept, not put aside, and not long ago."""
        newest, _ = self._days(today)
        if newest is None or today - newest >= OFFERED_DAYS:
            return None
        closed = keeping.setting(self._session.connection, _CLOSED)
        return None if closed == str(newest) or self._record_of(newest) is not None else newest

    def not_now(self, day: int) -> None:
        """Offer this look no more on Today. Nothing else of it stays."""
        keeping.set_setting(self._session.connection, _CLOSED, str(day))

    def offer_again(self) -> None:
        """Take that back."""
        keeping.drop_setting(self._session.connection, _CLOSED)

    def keep_draft(self, look_day: int, record: RecordId | None, answers: Mapping[str, object]) -> None:
        """Keep what a person is adding; nothing added leaves no draft."""
        key, connection = draft_key(look_day, record), self._session.connection
        added = {name: value for name, value in answers.items() if name not in _PROGRAM and value is not None}
        if record is not None:
            stands = _json(self._session, self._journal.record(record).body)
            added |= {name: stands[name] for name in _PROGRAM if name in stands}
            if added == stands:
                keeping.drop_draft(connection, key)
                return
        if added:
            keeping.save_draft(connection, key, KIND, added, at_ms(self._session.now()))
        else:
            keeping.drop_draft(connection, key)

    def keep(self, look_day: int, record: RecordId | None, answers: Mapping[str, object]) -> RecordId:
        """Keep a look with what was added to it. The first time its letter is kept too and stays as it is.

        Raises:
            RecordError: an answer does not fit; UNKNOWN_RECORD.
        """
        added = {name: value for name, value in answers.items() if name not in _PROGRAM and value is not None}
        record = record or self._record_of(look_day)
        if record is not None:
            found = self._journal.record(record)
            stands = _json(self._session, found.body)
            added |= {name: stands[name] for name in _PROGRAM if name in stands}
            return self._journal.edit(record, added, based_on=found.head, draft=record)
        found_now = look(self._session.connection, look_day)
        letter = self._letter(found_now, danger=Danger(self._session).recorded(), first=not any(self._kept()))
        period = {
            "day": dt.date.fromordinal(found_now.first_day).isoformat(),
            "precision": "period",
            "until": dt.date.fromordinal(look_day).isoformat(),
        }
        made = self._journal.add(
            KIND, {**added, "period": period, "letter": list(letter)}, draft=draft_key(look_day, None)
        )
        keeping.set_setting(self._session.connection, _BASIS + made, found_now.basis)
        return made

    def pick(self, record: RecordId, *, on: bool) -> None:
        """Let a kept look go into the summary for a session, or not."""
        if on:
            keeping.set_setting(self._session.connection, _PICKED + record, "1")
        else:
            keeping.drop_setting(self._session.connection, _PICKED + record)

    def kept(self, first: int, last: int) -> tuple[Earlier, ...]:
        """The kept looks that end between two days (ordinals), oldest first."""
        return tuple(reversed([one for one in self._kept() if first <= one.day <= last]))

    def picked(self, first: int, last: int) -> tuple[Earlier, ...]:
        """Those of them that were picked for a summary."""
        return tuple(one for one in self.kept(first, last) if self._is_picked(one.record))

    # ---------------------------------------------------------------------------------------------------- parts

    def _days(self, today: int) -> tuple[int | None, int | None]:
        """The newest Sunday that was looked at, None before the first; and the next one, None with nothing written."""
        earliest = trend_rows.first_day_of(self._session.connection, PRIMARY)
        if earliest is None:
            return None, None
        newest = review_day(earliest, today)
        first = review_day(earliest, earliest + 2 * REVIEW_DAYS)
        while first - REVIEW_DAYS >= earliest:
            first -= REVIEW_DAYS
        return (newest, newest + REVIEW_DAYS) if today >= first else (None, first)

    def _kept(self) -> Iterator[Earlier]:
        """Every kept look of this person, the newest first."""
        found = []
        for file in reach.connections(self._session):
            for entry in reading.between(file, KIND, 0, self._session.today() + 1):
                if entry.author == self._session.person.id:
                    record = self._journal.record(entry.id)
                    found.append(Earlier(entry.id, _last_day(record.body, entry.day)))
        yield from sorted(found, key=lambda one: (-one.day, one.record))

    def _record_of(self, day: int) -> RecordId | None:
        return next((one.record for one in self._kept() if one.day == day), None)

    def _open_look(self, day: int, *, danger: bool, first: bool) -> Look:
        draft = self._draft(draft_key(day, None))
        found = look(self._session.connection, day)
        letter = self._letter(found, danger=danger, first=first)
        return self._look(found, letter, None, draft or {}, danger=danger, draft=draft is not None, changed=False)

    def _kept_look(self, record: RecordId, *, danger: bool) -> Look:
        body = self._journal.record(record).body
        entry = self._journal.entry(record)
        found = look(self._session.connection, _last_day(body, entry.day if entry is not None else 0))
        stands = _json(self._session, body)
        draft = self._draft(record)
        answers = {name: value for name, value in (draft or stands).items() if name not in _PROGRAM}
        basis = keeping.setting(self._session.connection, _BASIS + record)
        changed = basis is not None and basis != found.basis
        letter = tuple(getattr(body, "letter", None) or ())
        return self._look(found, letter, record, answers, danger=danger, draft=draft is not None, changed=changed)

    def _look(
        self, found: Findings, letter: tuple[str, ...], record: RecordId | None, answers: dict[str, object], *,
        danger: bool, draft: bool, changed: bool,
    ) -> Look:  # fmt: skip
        words = self._words(found.review, danger=danger)
        first = found.review - TRAIL_DAYS + 1
        events = markers(self._session, first, found.review, own=True)
        return Look(
            day=found.review,
            first_day=found.first_day,
            letter=letter,
            codes=codes(found),
            record=record,
            answers=answers,
            draft=draft,
            changed=changed,
            picked=record is not None and self._is_picked(record),
            trail=trail_card(found.entries, first, found.review, events, found.safety, words),
            words=words,
            moments=tuple(self._moments(found.first_day, found.review))[:MOMENTS_SHOWN],
            shared=record is not None and self._session.space_of(record) is not self._session.space,
        )

    def _letter(self, found: Findings, *, danger: bool, first: bool) -> tuple[str, ...]:
        noted = self._noted(found.first_day, found.review, danger=danger)
        return paragraphs(found, noted, self._words(found.review, danger=danger), first=first)

    def _words(self, day: int, *, danger: bool) -> TrendWords:
        """Words for one alone also where something here marks danger: nothing is said for two then."""
        return TrendWords(self._session.content, solo=self._session.solo or danger, today=day)

    def _noted(self, first: int, last: int, *, danger: bool) -> Noted:
        triggers = len(trend_rows.days_of_kind(self._session.connection, "trigger", first, last))
        if danger:
            return Noted(triggers, rituals=self._times("ritual.done", first, last))
        return Noted(
            triggers,
            promises=self._times("commitment.kept", first, last),
            rituals=self._times("ritual.done", first, last),
            agreements=self._times("boundary.kept", first, last),
        )

    def _times(self, measure: str, first: int, last: int) -> int:
        """What this person noted, in either space; the other one's notes are theirs."""
        me = self._session.person.id
        return sum(full_times(file, measure, me, first, last) for file in reach.connections(self._session))

    def _moments(self, first: int, last: int) -> Iterator[Moment]:
        me = self._session.person.id
        found = [
            Moment(entry.id, kind, entry.day, line)
            for kind in (*_MOMENTS, WEEK)
            for file in reach.connections(self._session)
            for entry in reading.between(file, kind, first, last)
            if entry.author == me and (line := self._line(kind, entry.id, entry.title))
        ]
        yield from sorted(found, key=lambda one: (-one.day, one.record))

    def _line(self, kind: str, record: RecordId, title: str) -> str:
        """The words of a moment; of a week looked back on its good one."""
        if kind != WEEK:
            return title
        return str(getattr(self._journal.record(record).body, "good_moment", None) or "")

    def _is_picked(self, record: RecordId) -> bool:
        return keeping.setting(self._session.connection, _PICKED + record) is not None

    def _draft(self, key: str) -> dict[str, object] | None:
        found = (draft.body for draft in keeping.drafts(self._session.connection) if draft.key == key)
        return next(found, None)


def draft_key(day: int, record: RecordId | None) -> str:
    """The key of what is being added to a look: the record's own once there is one."""
    return record if record is not None else f"{LOOK}{day}"


def _last_day(body: Body, day: int) -> int:
    """The Sunday of a look. One that was written with the plain form may name one day only."""
    period = getattr(body, "period", None)
    if isinstance(period, When) and period.precision is Precision.PERIOD and period.until is not None:
        return period.until.toordinal()
    return day


def _json(session: Session, body: Body) -> dict[str, object]:
    answers: dict[str, object] = msgspec.json.decode(session.kinds.encode(body))
    return answers
