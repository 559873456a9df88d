"""The tour's stops on Trends: the first screen, each section below it, a table, too little, words, saving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

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

    def __init__(self, tour: Touring, first: Desk, empty: Desk) -> None:
        self._tour, self._first, self._empty = tour, first, empty

    def stops(self) -> list[Stop]:
        """In order: from the top of the page to its end, then its other forms."""
        return [
            Stop("trends-6-months", self._begin("6"), _CHARTS_MS),
            *(Stop(f"trends-{name}", self._at(chart), _CHARTS_MS) for name, chart in _LED_BY.items()),
            Stop("trends-pairs", self._pairs, _CHARTS_MS),
            Stop("trends-table", self._table, _CHARTS_MS),
            Stop("trends-words", partial(self._press, save=False)),
            Stop("trends-save", partial(self._press, save=True)),
            Stop("trends-1-month", self._begin("1"), _CHARTS_MS),
            Stop("trends-too-little", self._at(Chart.LATELY, "1"), _CHARTS_MS),
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

    def _at(self, chart: Chart, period: str = "6") -> Callable[[], None]:
        def arrive() -> None:
            self._bring(period, lambda view: view.further.cards[chart])

        return arrive

    def _pairs(self) -> None:
        self._bring("6", lambda view: view.further.pairs)

    def _bring(self, period: str, part: Callable[[TrendsView], QWidget]) -> None:
        """Put a part at the top of the window; what grows above it while it is read would move it, so twice."""
        view = self._view(period)
        for _ in range(2):
            QApplication.processEvents()
            view.scroll_to(part(view))

    def _table(self) -> None:
        view = self._view()
        self._top(view)
        view.charts()[0].show_table(on=True)

    def _press(self, *, save: bool) -> None:
        slot = self._view().charts()[0]
        slot.show_table(on=False)
        (slot.ask_save if save else slot.ask_words)()
