"""The tour's stops about looking together: the door, the page, the gap, the offer to stop, an opened alarm, a talk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.content import Content
from app.domain.released import Stream
from app.services import demo, vaults
from app.services.desk import Desk
from app.services.local_time import Now
from app.ui.main_window import MainWindow
from app.ui.screens.together.view import TogetherView
from app.ui.tour_stops import Stop
from app.ui.tour_two import Touring

_CHARTS_MS: Final = 1200
_LET_OUT: Final = (Stream.FELT_SAFETY, Stream.ARE, Stream.TRUST, Stream.MIRROR)
_WEEKS_BACK: Final = 40


def pair_desk(place: Path, content: Content, now: Now) -> Desk:
    """The first person's desk of a new sample journal in which each lets four streams and one trigger be seen."""
    made = demo.create(place, content=content, now=now)
    desks = []
    for _, phrase in reversed(made.passphrases):
        desk = vaults.unlock(place, phrase, content=content, now=now, zone=demo.ZONE)
        first = now().date() - dt.timedelta(weeks=_WEEKS_BACK)
        for stream in _LET_OUT:
            desk.streams.release(stream, first.toordinal())
        newest = desk.streams.triggers(1)
        desk.streams.choose_trigger(newest[0].id if newest else None)
        desks.append(desk)
        if len(desks) < len(made.passphrases):
            desk.close()
    return desks[-1]


class Together:
    """Goes to one of `stops` after the other. `make` gives the journal when the first of them is reached."""

    def __init__(self, tour: Touring, make: Callable[[], Desk], alone: Desk) -> None:
        self._tour, self._make, self._alone = tour, make, alone
        self._desk: Desk | None = None

    def stops(self) -> list[Stop]:
        """Where to go, in order."""
        return [
            Stop("together-alone", lambda: self._tour.at(self._alone).go("together")),
            Stop("together-door", self._door),
            Stop("together-page", self._page, _CHARTS_MS),
            Stop("together-gap", self._below, _CHARTS_MS),
            Stop("together-opened", self._opened, _CHARTS_MS),
            Stop("together-talk", self._talk, _CHARTS_MS),
            Stop("together-earlier", self._earlier, _CHARTS_MS),
            Stop("together-offer", self._offer, _CHARTS_MS),
            Stop("together-good", self._good, _CHARTS_MS),
        ]

    def _shown(self) -> MainWindow:
        if self._desk is None:
            self._desk = self._make()
        return self._tour.at(self._desk)

    def _door(self) -> None:
        session = self._shown()
        session.go("today")
        session.go("together")

    def _view(self) -> TogetherView:
        """The page with both here."""
        session = self._shown()
        session.go("together")
        view = session.findChildren(TogetherView)[-1]
        if self._desk is not None and not view.presenter.shown.loaded:
            self._desk.both.unlock(demo.sample_passphrase(1, demo.OTHER))
            session.go("today")
            session.go("together")
        return view

    def _page(self) -> None:
        view = self._view()
        view.presenter.begin()
        view.presenter.go_on()
        view.scroll_to(None)

    def _below(self) -> None:
        view = self._view()
        view.offer.hide()
        view.presenter.stay_on_good(on=False)
        view.scroll_to(view.gaps[0])

    def _opened(self) -> None:
        view = self._view()
        view.presenter.open_trigger(1)
        view.scroll_to(view.step)

    def _talk(self) -> None:
        view = self._view()
        view.scroll_to(None)
        view.talk.start.click()

    def _earlier(self) -> None:
        self._view().tools.earlier.click()

    def _offer(self) -> None:
        view = self._view()
        view.presenter.turn(1)
        view.scroll_to(None)
        view.offer.show()

    def _good(self) -> None:
        self._view().offer.stay.click()
