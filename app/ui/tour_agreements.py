"""The tour's stops among agreements: one with its history, one to mark, one seen differently, one let go."""

from __future__ import annotations

from collections.abc import Callable

from app.services.agreement_rows import Row
from app.services.desk import Desk
from app.ui.screens.agreements.detail_view import DetailView
from app.ui.screens.agreements.view import AgreementsView
from app.ui.tour_stops import Stop
from app.ui.tour_surfaces import Touring


class Agreements:
    """The states of the page; none of them writes into the journal."""

    def __init__(self, tour: Touring, first: Desk, second: Desk) -> None:
        self._tour, self._first, self._second = tour, first, second

    def stops(self) -> list[Stop]:
        """From the one that is due for a look on."""
        desk = self._first
        return [
            Stop("agreements-due", self._at(desk, lambda row: row.due)),
            Stop("agreements-history", self._at(desk, lambda row: row.due, lambda view: view.history_asked.emit())),
            Stop("agreements-differ", self._at(desk, _differs, lambda view: view.history_asked.emit(), scrolled=True)),
            Stop("agreements-note", self._at(desk, _differs, lambda view: view.detail.acted.emit("note"))),
            Stop("agreements-change", self._at(desk, _differs, lambda view: view.detail.acted.emit("change"))),
            Stop("agreements-waiting", self._at(self._second, lambda row: row.waits_for_me)),
            Stop("agreements-mark", self._at(self._second, lambda row: row.waits_for_me, _mark)),
            Stop("agreements-retired", self._at(self._second, lambda row: not row.current)),
        ]

    def _at(
        self,
        desk: Desk,
        fits: Callable[[Row], bool],
        act: Callable[[AgreementsView], None] | None = None,
        *,
        scrolled: bool = False,
    ) -> Callable[[], None]:
        def arrive() -> None:
            rows = [row for row in desk.agreements.rows() if fits(row)]
            session = self._tour.at(desk)
            session.go("agreements", rows[0].record if rows else None)
            for view in session.findChildren(AgreementsView):
                if act is not None:
                    act(view)
                if scrolled:
                    _scroll(view.detail)

        return arrive


def _differs(row: Row) -> bool:
    return any(week.mark == "different" for week in row.weeks)


def _mark(view: AgreementsView) -> None:
    view.detail.acted.emit("mark")


def _scroll(detail: DetailView) -> None:
    detail.pane.ensureWidgetVisible(detail.occasions, 0, 0)
