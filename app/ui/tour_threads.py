"""Stops of the tour among threads: a step with its returns, a month of triggers, the weights, a cover kept so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.records import RecordId
from app.services.desk import Desk
from app.ui.screens.injuries.detail_view import DetailView
from app.ui.tour_stops import Stop
from app.ui.tour_surfaces import Touring
from app.ui.widgets.cover import CoverView

_CHARTS_MS = 900


class Threads:
    """The states of one thread that are opened from it."""

    def __init__(self, tour: Touring, desk: Desk) -> None:
        self._tour, self._desk = tour, desk

    def stops(self) -> list[Stop]:
        """In the thread that was noted on most."""
        rows = [row for row in self._desk.threads.list() if row.step and not row.theirs]
        if not rows:
            return []
        record = max(rows, key=lambda row: len(self._desk.threads.detail(row.record).notes)).record
        settled = next((row.record for row in self._desk.threads.list() if row.standing == "settled"), record)

        def then(act: Callable[[DetailView], None]) -> Callable[[], None]:
            def arrive() -> None:
                session = self._open(record)
                shown = [view for view in session.findChildren(DetailView) if view.isVisible()]
                if shown:
                    act(shown[0])

            return arrive

        return [
            Stop("injuries-step", then(lambda view: view.show_step(0)), _CHARTS_MS),
            Stop("injuries-month", then(lambda view: view.side.show_newest_month()), _CHARTS_MS),
            Stop("injuries-weights", then(lambda view: view.side.weights_asked.emit()), _CHARTS_MS),
            Stop("injuries-settled", lambda: self._settle(settled), _CHARTS_MS),
            Stop("injuries-cover-kept", lambda: self._kept(record)),
        ]

    def _open(self, record: str) -> QWidget:
        session = self._tour.at(self._desk)
        session.go("injuries", record)
        for cover in session.findChildren(CoverView):
            if cover.isVisible():
                cover.open.click()
        return session

    def _settle(self, record: str) -> None:
        self._open(record)

    def _kept(self, record: str) -> None:
        session = self._tour.at(self._desk)
        session.go("today")
        session.go("injuries", record)
        for cover in session.findChildren(CoverView):
            if cover.isVisible() and not self._desk.session_list.holds(RecordId(record)):
                cover.session.click()
