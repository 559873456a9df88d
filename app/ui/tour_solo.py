"""The tour's stops in the journal of somebody who writes alone: the same pages, without a word for two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.practices import Practice
from app.services.desk import Desk
from app.ui.tour_practices import Practices
from app.ui.tour_stops import Stop
from app.ui.tour_surfaces import Touring
from app.ui.widgets.cover import CoverView

SHOWN: Final = (
    "telling-one-moment",
    "our-usual-loop",
    "where-i-learned-it",
    "three-depths-of-trust",
    "what-shelter-means",
    "promises-you-can-see",
    "after-a-setback",
    "amends-from-two-seats",
)
"""Practices that read otherwise when nobody else writes here."""


class Solo:
    """Makes the stops; `desk` opens a journal without a second person once the first of them is reached."""

    def __init__(self, tour: Touring, catalogue: tuple[Practice, ...], desk: Callable[[], Desk]) -> None:
        self._tour, self._make = tour, desk
        self._opened: Desk | None = None
        chosen = tuple(practice for practice in catalogue if practice.id in SHOWN)
        self._practices = Practices(tour, chosen, self._desk, prefix="solo")

    def stops(self) -> list[Stop]:
        """Where to go: forms and readings first, so that the pages hold what was written."""
        return [
            *self._practices.stops(),
            Stop("solo-journal", lambda: self._tour.at(self._desk()).go("journal")),
            Stop("solo-injuries", self._injuries),
            Stop("solo-repair", lambda: self._tour.at(self._desk()).go("repair")),
        ]

    def _injuries(self) -> None:
        session = self._tour.at(self._desk())
        session.go("injuries")
        for cover in session.findChildren(CoverView):
            if cover.isVisible():
                cover.opened.emit()

    def _desk(self) -> Desk:
        if self._opened is None:
            self._opened = self._make()
        return self._opened
