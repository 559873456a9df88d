"""The charts that stand below the first screen of Trends, one at a time: each is read when somebody comes near it.

One row of `_readers` a chart; each hands out the form that all charts share (`app.services.chart_cards`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from app.charts import agreements, conversations, promises
from app.domain.chart_names import FIRST_SCREEN, Chart
from app.domain.records import RecordId
from app.domain.wording import is_offered, label_for
from app.services import (
    trend_are,
    trend_cues,
    trend_events,
    trend_helped,
    trend_lately,
    trend_panels,
    trend_scores,
    trend_settling,
    trend_titles,
    trend_triggers,
)
from app.services.chart_cards import Behind, ChartCard, events, first_screen, occasions, totals, weekly
from app.services.occasion_cards import OccasionCards
from app.services.session import Session
from app.services.threads import Threads
from app.services.trend_cues import Response
from app.services.trend_events import EVERY, Picked
from app.services.trend_promises import Whose
from app.services.trend_words import TrendWords
from app.services.trends import Trends

MOST_LISTED: Final = 60
"""More events than this behind one mark are not listed one by one: the newest are, and how many more there are."""
_ROW_PX: Final = 34.0
_HEAD_PX: Final = 64.0


class Choice(msgspec.Struct, frozen=True):
    """What a person narrowed the page to: triggers of one kind of cue or of one thread, what a cue is set beside, whose
    promises, and which questionnaire (its code; "" for the one filled in last).
    """

    picked: Picked = EVERY
    response: Response = Response.MOVE
    whose: Whose = Whose.ALL
    questionnaire: str = ""


class Listed(msgspec.Struct, frozen=True):
    """One record behind a mark, by its title and day (an ordinal)."""

    record: RecordId
    title: str
    day: int


class Listing(msgspec.Struct, frozen=True):
    """The newest records behind a mark, and how many older ones there are."""

    found: tuple[Listed, ...]
    more: int


class Offered(msgspec.Struct, frozen=True):
    """What triggers can be narrowed to: kinds of cue and threads, each as (id, name)."""

    cues: tuple[tuple[str, str], ...]
    threads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a reader is handed: the period in days (ordinals, both included), the words, what it was narrowed to."""

    first_day: int
    today: int
    words: TrendWords
    choice: Choice


class ChartShelf:
    """Takes one chart down at a time. Kept with its session, because the rituals are counted once and remembered."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._trends = Trends(session)
        self._occasions = OccasionCards(session)
        self._readers: Mapping[Chart, Callable[[_Wish], ChartCard]] = {
            Chart.LATELY: self._lately,
            Chart.PANELS: self._panels,
            Chart.ARE: self._are,
            Chart.TRIGGERS: self._triggers,
            Chart.CUES: self._cues,
            Chart.HELPED: self._helped,
            Chart.SETTLING: self._settling,
            Chart.AGREEMENTS: self._agreements,
            Chart.PROMISES: self._promises,
            Chart.CONVERSATIONS: self._conversations,
            Chart.SCORES: self._scores,
        }

    def read(self, chart: Chart, period: str, today: int, choice: Choice | None = None) -> ChartCard:
        """One chart of a period ("1", "3", "6", "12" months or "all") that ends `today` (an ordinal).

        Raises:
            ValueError: no such period.
        """
        words = TrendWords(self._session.content, solo=self._session.solo, today=today)
        wish = _Wish(self._trends.first_day(period, today), today, words, choice or Choice())
        return self._readers[chart](wish)

    def every(self, period: str, today: int) -> Iterator[ChartCard]:
        """All of them, in the order of the page; that of questionnaires only where one was filled in."""
        for chart in Chart:
            card = self.read(chart, period, today)
            if chart is not Chart.SCORES or card.offered:
                yield card

    def named(self, name: str, period: str, today: int) -> ChartCard:
        """The same for a name of `chart_names.NAMES`, which has the two charts of the first screen too.

        Raises:
            ValueError: no such chart, or no such period.
        """
        if name in FIRST_SCREEN:
            return first_screen(name, self._trends.report(period, today))
        return self.read(Chart(name), period, today)

    def offered(self) -> Offered:
        """What triggers can be narrowed to."""
        solo = self._session.solo
        cues = (option for option in self._session.content.list("cues").items if is_offered(option, solo=solo))
        threads = Threads(self._session).list()
        return Offered(
            cues=tuple((option.id, label_for(option, solo=solo)) for option in cues),
            threads=tuple((row.record, row.title) for row in threads),
        )

    def listing(self, behind: Behind) -> Listing:
        """The records behind a mark by title, newest first."""
        found = trend_events.records(self._session, behind.numbers)[::-1]
        if behind.record is not None:
            found = [behind.record]
        shown = found[:MOST_LISTED]
        listed = trend_titles.listed(self._session, shown)
        return Listing(tuple(Listed(*one) for one in listed), len(found) - len(shown))

    # ------------------------------------------------------------------------------------------ one reader a chart

    def _lately(self, wish: _Wish) -> ChartCard:
        card = trend_lately.read(self._session, wish.first_day, wish.today, wish.words)
        return weekly(Chart.LATELY, card, 200.0)

    def _panels(self, wish: _Wish) -> ChartCard:
        markers = trend_titles.markers(self._session, wish.first_day, wish.today)
        card = trend_panels.read(self._session, wish.first_day, wish.today, wish.words, markers=markers)
        return weekly(Chart.PANELS, card, 400.0)

    def _are(self, wish: _Wish) -> ChartCard:
        markers = trend_titles.markers(self._session, wish.first_day, wish.today)
        card = trend_are.read(self._session, wish.first_day, wish.today, wish.words, markers=markers)
        return weekly(Chart.ARE, card, 360.0)

    def _triggers(self, wish: _Wish) -> ChartCard:
        markers = trend_titles.markers(self._session, wish.first_day, wish.today)
        card = trend_triggers.read(
            self._session, wish.first_day, wish.today, wish.words, picked=wish.choice.picked, markers=markers
        )
        return events(Chart.TRIGGERS, card, 240.0)

    def _cues(self, wish: _Wish) -> ChartCard:
        card = trend_cues.read(
            self._session,
            wish.first_day,
            wish.today,
            wish.words,
            picked=wish.choice.picked,
            response=wish.choice.response,
        )
        return events(Chart.CUES, card, _HEAD_PX + _ROW_PX * len(card.given))

    def _helped(self, wish: _Wish) -> ChartCard:
        card = trend_helped.read(self._session, wish.first_day, wish.today, wish.words, picked=wish.choice.picked)
        return events(Chart.HELPED, card, _HEAD_PX + _ROW_PX * len(card.things))

    def _settling(self, wish: _Wish) -> ChartCard:
        markers = trend_titles.markers(self._session, wish.first_day, wish.today)
        card = trend_settling.read(
            self._session, wish.first_day, wish.today, wish.words, picked=wish.choice.picked, markers=markers
        )
        return events(Chart.SETTLING, card, 240.0)

    def _agreements(self, wish: _Wish) -> ChartCard:
        card = self._occasions.agreements(wish.first_day, wish.today, wish.words)
        height_px = agreements.height_px(card.data) if card.data is not None else 0.0
        return occasions(Chart.AGREEMENTS, card, height_px, lambda stop: card.stops[stop])

    def _promises(self, wish: _Wish) -> ChartCard:
        card = self._occasions.promises(wish.first_day, wish.today, wish.words, wish.choice.whose)
        height_px = promises.height_px(card.data) if card.data is not None else 0.0
        return occasions(Chart.PROMISES, card, height_px, card.record_at)

    def _conversations(self, wish: _Wish) -> ChartCard:
        card = self._occasions.conversations(wish.first_day, wish.today, wish.words)
        return occasions(Chart.CONVERSATIONS, card, conversations.USUAL_HEIGHT_PX, card.record_at)

    def _scores(self, wish: _Wish) -> ChartCard:
        markers = trend_titles.markers(self._session, wish.first_day, wish.today)
        card = trend_scores.read(
            self._session,
            wish.first_day,
            wish.today,
            wish.words,
            which=wish.choice.questionnaire,
            markers=markers,
        )
        return totals(Chart.SCORES, card, 240.0)
