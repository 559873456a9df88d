"""The tour's stops between the pages: every way of Calm, a therapy session ahead and behind, promises, reminders on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from app.services.agreement_rows import Row
from app.services.desk import Desk
from app.services.reminders import ReminderChoices
from app.ui.screens.calm.together import TogetherWay
from app.ui.screens.calm.view import CalmView
from app.ui.screens.therapy.surface import open_session
from app.ui.tour_stops import SETTLE_MS, Stop
from app.ui.tour_surfaces import Touring

WAYS: Final = ("naming", "around", "body", "kit", "together", "ring", "after")
"""The ways of Calm besides the one it opens with."""
_EACH_SHAPE: Final = ("calm-together", "therapy-ahead", "promise-mine", "settings-reminders-on")


class Care:
    """Makes the stops. None writes into the journal; reminders are only shown as if they were on."""

    def __init__(self, tour: Touring, desk: Desk) -> None:
        self._tour, self._desk = tour, desk

    def stops(self) -> list[Stop]:
        """Where to go; some of them again in a small window and in large text."""
        places: dict[str, Callable[[], None]] = {f"calm-{way}": partial(self._way, way) for way in WAYS}
        places |= {
            "calm-pause": self._pause,
            "calm-side-by-side": self._side_by_side,
            "therapy-new": partial(self._session, over=None),
            "therapy-ahead": partial(self._session, over=False),
            "therapy-over": partial(self._session, over=True),
            "promise-mine": partial(self._promise, lambda row: row.owners[0].mine and len(row.owners) == 1),
            "promise-theirs": partial(self._promise, lambda row: not any(owner.mine for owner in row.owners)),
            "promise-both": partial(self._promise, lambda row: len(row.owners) > 1),
            "settings-reminders": partial(self._reminders, ReminderChoices()),
            "settings-reminders-on": partial(self._reminders, ReminderChoices(on=True)),
        }
        stops = [Stop(name, arrive, SETTLE_MS) for name, arrive in places.items()]
        for name in _EACH_SHAPE:
            stops.append(Stop(f"{name}-1024x700", places[name], SETTLE_MS, 1024, 700))
            stops.append(Stop(f"{name}-text-200", places[name], SETTLE_MS, text_scale=2.0))
        return stops

    def _calm(self) -> CalmView:
        session = self._tour.at(self._desk)
        session.calm()
        return session.findChildren(CalmView)[-1]

    def _way(self, way: str) -> None:
        self._calm().ways.turn_to(way)

    def _pause(self) -> None:
        self._calm().pause.begin.click()

    def _side_by_side(self) -> None:
        view = self._calm()
        if view.pause.counting:
            view.pause.end()
        view.ways.turn_to("together")
        walk = view.ways.way("together")
        if isinstance(walk, TogetherWay):
            walk.begin()

    def _session(self, *, over: bool | None) -> None:
        """A new session, the newest one behind, or one ahead as it was prepared."""
        session, record = self._tour.at(self._desk), None
        session.go("today")
        if over is not None:
            ahead = self._desk.plans.ahead(self._desk.session.now())
            today = self._desk.session.today()
            behind = (one.record for one in self._desk.plans.sessions() if one.day < today)
            record = next(behind, None) if over or ahead is None else ahead.record
        session.open_over(open_session(session.context, record))

    def _promise(self, fits: Callable[[Row], bool]) -> None:
        rows = [row for row in self._desk.commitments.rows() if row.current and fits(row)]
        most = max(rows, key=lambda row: len(row.weeks), default=None)
        self._tour.at(self._desk).go("agreements", most.record if most is not None else None)

    def _reminders(self, chosen: ReminderChoices) -> None:
        session = self._tour.at(self._desk)
        session.go("settings", "reminders")
        session.context.bus.chosen.emit(chosen)
