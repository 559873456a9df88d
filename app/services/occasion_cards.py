"""Charts 10 to 12 whole, in three steps that stay apart: numbers from saved states, the count, the titles of rows.

What is counted never meets words (`trend_agreements`, `trend_promises`, `trend_conversations` read ids, days and codes
by index). Three things stand where words stand too, in settings and in saved answers: what a person put out of sight,
the schedule of a ritual with who keeps it, and how heard each felt. They are read here, before the count, and go on as
ids and numbers; of a saved talk only that one answer is decoded. Titles join after it, in `trend_titles`.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.charts.promises import LAST
from app.data import talk_numbers
from app.data.thread_queries import ids_of_kind
from app.domain.records import RecordId
from app.domain.ritual_course import Course, Standing, through_day
from app.domain.ritual_slots import slots
from app.services import apart, trend_agreements, trend_conversations, trend_promises, trend_titles
from app.services.own_promises import PROMISE, Seat, keepers, seats_of
from app.services.ritual_book import Ritual, RitualBook
from app.services.ritual_figures import figures
from app.services.ritual_reading import Days
from app.services.session import Session
from app.services.trend_agreements import AgreementsCard
from app.services.trend_conversations import ConversationsCard, Heard
from app.services.trend_promises import Keepers, Known, PromisesCard, RitualPlan, Whose
from app.services.trend_words import TrendWords


class OccasionCards:
    """Makes the three cards for one session. Kept, it works out again only the rituals that something has touched."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._book = RitualBook(session)
        self._plans: dict[RecordId, tuple[Course, Days, int, RitualPlan]] = {}

    def agreements(self, first_day: int, today: int, words: TrendWords) -> AgreementsCard:
        """Chart 10 of the days `first_day` … `today` (ordinals, both included), with titles and life markers."""
        hidden = apart.hidden(self._session)
        card = trend_agreements.read(self._session, first_day, today, words, hidden=hidden)
        markers = trend_titles.markers(self._session, first_day, today) if card.data is not None else ()
        return card.named(trend_titles.titles(self._session, card.records), markers)

    def promises(self, first_day: int, today: int, words: TrendWords, whose: Whose = Whose.ALL) -> PromisesCard:
        """Chart 11 as of `today`, with the titles of its rows."""
        known = self.known(first_day, today)
        card = trend_promises.read(self._session, first_day, today, words, whose=whose, known=known)
        return card.named(trend_titles.titles(self._session, card.records))

    def conversations(self, first_day: int, today: int, words: TrendWords) -> ConversationsCard:
        """Chart 12 of the days `first_day` … `today`, with the names of its talks."""
        heard, hidden = self.heard(first_day, today), apart.hidden(self._session)
        card = trend_conversations.read(self._session, first_day, today, words, heard=heard, hidden=hidden)
        return card.named(trend_titles.titles(self._session, card.records))

    def heard(self, first_day: int, today: int) -> dict[RecordId, Heard]:
        """How heard each felt in the talks between two days, by record; talks without a number are left out.

        Numbers stand under the id of a person or under the name they had then: whoever is not this person is the other.
        """
        mine = {self._session.person.id, self._session.person.name.casefold()}
        found = {}
        for space in self._session.spaces:
            said = talk_numbers.heard_between(space.connection, trend_conversations.KIND, first_day, today)
            for record, numbers in said.items():
                own = [value for person, value in numbers.items() if {person, person.casefold()} & mine]
                theirs = [value for person, value in numbers.items() if not {person, person.casefold()} & mine]
                found[record] = Heard(next(iter(own), None), next(iter(theirs), None))
        return found

    def known(self, first_day: int, today: int) -> Known:
        """What chart 11 is handed: rituals that ran since `first_day` with their last times, who keeps what."""
        book = self._book
        running = [
            (ritual, course)
            for ritual in book.rituals()
            if not ritual.anothers and (course := book.course(ritual)).begin <= today and course.end >= first_day
        ]
        starts = {ritual.record: course.window_start(min(today, course.end)) for ritual, course in running}
        days = book.days(starts)
        plans = tuple(self._plan(ritual, course, days[ritual.record], today) for ritual, course in running)
        return Known(rituals=plans, keepers=self._promised(), hidden=apart.hidden(self._session))

    def _plan(self, ritual: Ritual, course: Course, days: Days, today: int) -> RitualPlan:
        """A ritual in numbers, from memory while nothing about it changed."""
        until = min(today, self._book.counted_today(ritual))
        found = self._plans.get(ritual.record)
        if found is None or found[0] is not course or found[1] is not days or found[2] != until:
            found = self._plans[ritual.record] = (course, days, until, self._planned(ritual, course, days, until))
        return found[3]

    def _planned(self, ritual: Ritual, course: Course, days: Days, until: int) -> RitualPlan:
        """The same, counted from what its own page counts it from."""
        counted, facts = self._book.facts(ritual, course, days)
        first = max(counted.begin, counted.window_start(min(until, counted.end)))
        figured = figures(counted, facts, first, until)
        through = min(counted.end, through_day(until, facts.done, facts.rested))
        times = slots(counted, facts.done, facts.rested, tuple(facts.marks), first, through)
        return RitualPlan(
            record=ritual.record,
            begun=course.begin,
            slots=tuple(times[-LAST:]),
            strength=None if figured.early else figured.strength,
            resting=course.rests_on(until) or ritual.states[-1].standing is Standing.RESTING,
            keepers=_keepers(self._seats(ritual)),
        )

    def _seats(self, ritual: Ritual) -> frozenset[Seat]:
        """Who keeps a ritual: who is named; both of one that is shared and names nobody."""
        who = ritual.answers.get("who")
        named = [str(one) for one in who] if isinstance(who, list) else []
        return frozenset(Seat) if ritual.shared and not named else seats_of(self._session, named, ritual.author)

    def _promised(self) -> Mapping[RecordId, Keepers]:
        """Who keeps each promise."""
        return {
            record: _keepers(keepers(self._session, promise))
            for space in self._session.spaces
            for record in ids_of_kind(space.connection, PROMISE)
            if (promise := space.record(record)) is not None
        }


def _keepers(seats: frozenset[Seat]) -> Keepers:
    return Keepers(Seat.ME in seats, Seat.OTHER in seats)
