"""The tour's stops on Trends: the first screen, each section below it, a table, too little, words, saving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from app.domain.chart_names import Chart
from app.services.desk import Desk
from app.ui.screens.trends.view import TrendsView
from app.ui.tour_stops import Stop
from app.ui.tour_surfaces import Touring

_CHARTS_MS: Final = 1200
_LED_BY: Final = {
    "changing": Chart.LATELY,
    "moving": Chart.PANELS,
    "parts": Chart.ARE,
    "triggers": Chart.TRIGGERS,
    "helped": Chart.HELPED,
    "agreed": Chart.AGREEMENTS,
    "promises": Chart.PROMISES,
    "talks": Chart.CONVERSATIONS,
}
"""What stands at the top of the window at a stop below the first screen."""


class Trends:
    """Goes to one of `stops` after the other."""

    def __init__(self, tour: Touring, first: Desk) -> None:
        self._tour, self._first = tour, first

    def stops(self) -> list[Stop]:
        """In order: from the top of the page to its end, then its other forms."""
        return [
            Stop("trends-6-months", self._begin("6"), _CHARTS_MS),
            *(self._stop(name, chart) for name, chart in _LED_BY.items()),
            Stop("trends-pairs", self._pairs, _CHARTS_MS, last=self._pairs),
            Stop("trends-table", self._table, _CHARTS_MS),
            Stop("trends-words", partial(self._press, save=False)),
            Stop("trends-save", partial(self._press, save=True)),
            Stop("trends-1-month", self._begin("1"), _CHARTS_MS),
            self._stop("too-little", Chart.CUES, "1"),
        ]

    def _begin(self, period: str) -> Callable[[], None]:
        def arrive() -> None:
            self._top(self._view(period))

        return arrive

    @staticmethod
    def _top(view: TrendsView) -> None:
        """The beginning of the page, where the first chart's card stands."""
        view.scroll_to(view.charts()[0].parentWidget() or view)

    def _view(self, period: str = "6") -> TrendsView:
        session = self._tour.at(self._first)
        session.go("trends", period)
        return session.findChildren(TrendsView)[-1]

    def _stop(self, name: str, chart: Chart, period: str = "6") -> Stop:
        """A chart at the top of the window. What stands above it grows while it is read: so it is brought twice."""

        def arrive() -> None:
            view = self._view(period)
            view.scroll_to(view.further.cards[chart])

        def again() -> None:
            view = self._tour.at(self._first).findChildren(TrendsView)[-1]
            view.scroll_to(view.further.cards[chart])

        return Stop(f"trends-{name}", arrive, _CHARTS_MS, last=again)

    def _pairs(self) -> None:
        view = self._view()
        view.scroll_to(view.further.pairs)

    def _table(self) -> None:
        view = self._view()
        self._top(view)
        view.charts()[0].show_table(on=True)

    def _press(self, *, save: bool) -> None:
        slot = self._view().charts()[0]
        slot.show_table(on=False)
        (slot.ask_save if save else slot.ask_words)()
