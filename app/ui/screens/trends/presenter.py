"""Asks the desk for a period's report and turns it into the page; opens the Journal where the reading line stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes
from app.services.trend_series import Period
from app.ui.context import Context
from app.ui.screens.trends.plots import page
from app.ui.screens.trends.state import TrendsPage
from app.ui.text import trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

SHOWN_KINDS: Final = frozenset({"checkin", "trigger", "life_marker"})


class TrendsPresenter(QObject):
    """`state(TrendsPage)` whenever there is something new to show."""

    state = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._shown = TrendsPage()
        ctx.bus.changed.connect(self._changed)

    @property
    def shown(self) -> TrendsPage:
        """The page as it stands."""
        return self._shown

    def load(self, period: str | None = None) -> None:
        """Fetch the page, perhaps for another period; an unknown one changes nothing."""
        if period in set(Period):
            self._shown = replace(self._shown, period=Period(period))
        chosen, today = self._shown.period.value, self._ctx.now().date().toordinal()

        def work(desk: Desk) -> TrendsPage:
            return page(desk.trends.report(chosen, today))

        self._ctx.tasks.run(work, self._loaded, self._refused, slot="trends")

    def open_day(self, day: int, days: int = 1) -> None:
        """Show in the Journal what was written on that day (ordinal), or in that many days from it."""
        self._ctx.tasks.run(
            lambda desk: desk.trends.entry_near(day, days),
            lambda record: self._ctx.shell.go("journal", record),
            self._refused,
            slot="trends-day",
        )

    def look(self) -> None:
        """Go to the letter of the last look, or to when the first one is."""
        self._ctx.shell.go("review")

    def check_in(self) -> None:
        """Go where a first entry is made."""
        self._ctx.shell.go("today")

    def _loaded(self, found: TrendsPage) -> None:
        self._shown = found
        self.state.emit(found)

    def _refused(self, error: LeewardError) -> None:
        self._shown = replace(self._shown, trouble=trouble(error, self._ctx.content))
        self.state.emit(self._shown)

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & SHOWN_KINDS and self._shown.safety is not None:
            self.load()
