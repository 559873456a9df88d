"""The tour's stops about rituals: another one told, an earlier month, a day in more words, rest for one and for all."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.main_window import MainWindow
from app.ui.screens.rituals.view import RitualsView
from app.ui.tour_stops import Stop

_CHARTS_MS = 1200


def ritual_stops(shown: Callable[[], MainWindow]) -> list[Stop]:
    """The stops, in order; `shown` is the window of the sample with nothing over its page. None writes anything."""

    def view() -> RitualsView:
        window = shown()
        window.go("rituals")
        return window.findChildren(RitualsView)[-1]

    def month() -> None:
        view().grid.setFocus()

    def weekly() -> None:
        view().grid.chosen.emit(len(view().grid.rows) - 2)

    def before() -> None:
        view().before.click()

    def rest() -> None:
        view().schedule.rest.click()

    def pause() -> None:
        view().pause.click()

    return [
        Stop("rituals", month, _CHARTS_MS),
        Stop("rituals-last", weekly, _CHARTS_MS),
        Stop("rituals-month-before", before, _CHARTS_MS),
        Stop("rituals-day", lambda: view().grid.asked.emit(0, 3), _CHARTS_MS),
        Stop("rituals-rest", rest, _CHARTS_MS),
        Stop("rituals-pause", pause, _CHARTS_MS),
    ]
