"""The tour's stops about looking back: the letter of four weeks, the week on Today, a questionnaire and its total.

What is written here goes into the copy of the sample that the practices write into.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea

from app.domain.instruments import items
from app.domain.records import Clock
from app.services.desk import Desk
from app.services.look_backs import WeekOffer
from app.services.placing import home_of
from app.services.reviews import ReviewState
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.review.view import ReviewView
from app.ui.screens.today.view import TodayView
from app.ui.screens.today.week_presenter import WeekPage
from app.ui.tour_stops import Stop
from app.ui.tour_surfaces import Touring

_CHARTS_MS = 1200
_END = 1 << 20
_LEAN = {"guess": 2, "done": 3, "care_unseen": 2}
_HALF_FILLED = {"nervous": "several_days", "worrying": "not_at_all"}


class Reviews:
    """Goes to one of `stops` after the other; `practice_desk` makes the copy when it is first asked for."""

    def __init__(self, tour: Touring, first: Desk, practice_desk: Callable[[], Desk]) -> None:
        self._tour, self._first, self._practice_desk = tour, first, practice_desk

    def stops(self) -> list[Stop]:
        """In order: first what is only shown, then what is kept."""
        return [
            Stop("today-week", lambda: self._week(quiet=False), last=self._to_the_week),
            Stop("today-week-quiet", lambda: self._week(quiet=True), last=self._to_the_week),
            Stop("review", self._open, _CHARTS_MS),
            Stop("review-kept", self._kept, _CHARTS_MS, last=self._to_the_end),
            Stop("questionnaire", self._questionnaire),
            Stop("questionnaire-read", self._total),
        ]

    def _week(self, *, quiet: bool) -> None:
        """The sample stands still on a Thursday: the offer of a Sunday is shown as the card would get it."""
        session = self._tour.at(self._first)
        session.go("today")
        view = session.findChildren(TodayView)[-1]
        last = self._first.session.today() // 7 * 7
        view.week.show_page(WeekPage(WeekOffer(last - 6, last, {}, quiet=quiet), open=not quiet))

    def _open(self) -> None:
        self._letter(self._first)

    def _letter(self, desk: Desk) -> None:
        self._tour.at(desk).go("review")

    def _to_the_week(self) -> None:
        view = self._tour.at(self._first).findChildren(TodayView)[-1]
        view.findChildren(QScrollArea)[0].ensureWidgetVisible(view.week, 0, 0)

    def _to_the_end(self) -> None:
        view = self._tour.at(self._practice_desk()).findChildren(ReviewView)[-1]
        view.findChildren(QScrollArea)[0].verticalScrollBar().setValue(_END)

    def _questionnaire(self) -> None:
        session = self._tour.at(self._practice_desk())
        session.open_over(open_record_form(session.context, "phq4", answers=_HALF_FILLED))

    def _total(self) -> None:
        desk = self._practice_desk()
        session, now_ms = desk.session, int(desk.session.now().timestamp() * 1000)
        asked = items(session.content.kind("gad7"))
        answers = {field.id: field.options[number % 3].id for number, field in enumerate(asked)}
        with session.change(home_of(session, "gad7")) as change:
            made = change.at(Clock(wall_ms=lambda: now_ms))
            record = made.put("gad7", session.kinds.parse("gad7", answers), arriving=True)
        self._tour.at(desk).go("journal", record)

    def _kept(self) -> None:
        desk = self._practice_desk()
        state: ReviewState = desk.reviews.state(desk.session.today())
        if state.shown is not None and state.shown.record is None:
            added = {"easier": next((one.line for one in state.shown.moments), ""), **_LEAN}
            desk.reviews.pick(desk.reviews.keep(state.shown.day, None, added), on=True)
        self._letter(desk)
