"""Reads the charts below the first screen one by one, when the page says that one is near, and never twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.domain.chart_names import Chart
from app.services.chart_shelf import Offered
from app.services.trend_cues import Response
from app.services.trend_promises import Whose
from app.services.trend_series import Period
from app.ui.context import Context
from app.ui.screens.trends.plots import further
from app.ui.screens.trends.state import Narrowing, Panel

if TYPE_CHECKING:
    from app.domain.errors import LeewardError
    from app.services.desk import Desk

OF_TRIGGERS: Final = frozenset({Chart.TRIGGERS, Chart.CUES, Chart.HELPED, Chart.SETTLING})


class FurtherPresenter(QObject):
    """`read(Chart, Panel)` when a chart was read, `stale()` when what is shown is no longer what was asked for."""

    read = Signal(object, object)
    stale = Signal()
    narrowed = Signal(object)
    """The `Narrowing` of now."""
    refused = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._period = Period.SIX_MONTHS
        self._asked: set[Chart] = set()
        self._narrowing = Narrowing()

    @property
    def narrowing(self) -> Narrowing:
        """What the charts are narrowed to."""
        return self._narrowing

    def renew(self, period: Period) -> None:
        """Another period, or something was written: every chart is read anew once it is near."""
        self._period = period
        self._again(frozenset(Chart))

    def want(self, chart: Chart) -> None:
        """Read a chart, unless it was read or is on its way."""
        if chart in self._asked:
            return
        self._asked.add(chart)
        period, today = self._period.value, self._ctx.now().date().toordinal()
        choice = self._narrowing.choice

        def work(desk: Desk) -> Panel:
            return further(desk.charts.read(chart, period, today, choice))

        def failed(error: LeewardError) -> None:
            self._asked.discard(chart)
            self.refused.emit(error)

        self._ctx.tasks.run(work, lambda panel: self.read.emit(chart, panel), failed, slot=f"trends-{chart}")

    def offer(self) -> None:
        """Find out what triggers can be narrowed to."""
        self._ctx.tasks.run(lambda desk: desk.charts.offered(), self._offered, self.refused.emit, slot="trends-offered")

    def narrow(self, cue: str, thread: str) -> None:
        """Look only at triggers with this kind of cue and of this thread; "" for all."""
        if (cue, thread) != (self._narrowing.cue, self._narrowing.thread):
            self._choose(replace(self._narrowing, cue=cue, thread=thread), OF_TRIGGERS)

    def set_beside(self, response: Response) -> None:
        """What a cue is set beside."""
        self._choose(replace(self._narrowing, response=response), frozenset({Chart.CUES}))

    def show_whose(self, whose: Whose) -> None:
        """Whose rituals and promises are shown."""
        self._choose(replace(self._narrowing, whose=whose), frozenset({Chart.PROMISES}))

    def show_questionnaire(self, code: str) -> None:
        """Which questionnaire's totals are shown."""
        self._choose(replace(self._narrowing, questionnaire=code), frozenset({Chart.SCORES}))

    def let_go(self) -> None:
        """Forget names and choices; the journal is being locked."""
        self._narrowing = Narrowing()
        self._asked.clear()

    def _choose(self, narrowing: Narrowing, concerned: frozenset[Chart]) -> None:
        self._narrowing = narrowing
        self._again(concerned)

    def _again(self, concerned: frozenset[Chart]) -> None:
        self._asked -= concerned
        self.stale.emit()

    def _offered(self, offered: Offered) -> None:
        self._narrowing = replace(self._narrowing, offered=offered)
        self.narrowed.emit(self._narrowing)
