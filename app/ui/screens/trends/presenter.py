"""Asks the desk for a period's report and turns it into the page; opens the Journal where the reading line stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.domain.chart_names import Form
from app.domain.errors import LeewardError
from app.domain.records import Changes
from app.services import chart_files
from app.services.chart_cards import Behind
from app.services.chart_shelf import Listing
from app.services.trend_series import Period
from app.ui.context import Context, Toast
from app.ui.screens.trends.further_presenter import FurtherPresenter
from app.ui.screens.trends.pairs_presenter import PairsPresenter
from app.ui.screens.trends.plots import page
from app.ui.screens.trends.state import Panel, TrendsPage
from app.ui.screens.trends.surfaces import ask_place, open_events, open_saving, open_words
from app.ui.text import tr, trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

SHOWN_KINDS: Final = frozenset({"checkin", "trigger", "life_marker"})
FILE_HEIGHT_PX: Final = 260.0
"""How high a chart of the first screen is in a file."""


class TrendsPresenter(QObject):
    """`state(TrendsPage)` whenever there is something new to show."""

    state = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._shown = TrendsPage()
        self.further = FurtherPresenter(ctx)
        self.pairs = PairsPresenter(ctx)
        for part in (self.further, self.pairs):
            part.setParent(self)
            part.refused.connect(self._refused)
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

    def open(self, behind: Behind) -> None:
        """Show in the Journal what stands behind a mark; of several events which one is asked first."""
        if behind.day:
            self._ctx.tasks.run(
                lambda desk: desk.trends.entry_near(behind.day, behind.days),
                lambda record: self._ctx.shell.go("journal", record),
                self._refused,
                slot="trends-behind",
            )
        else:
            self._ctx.tasks.run(
                lambda desk: desk.charts.listing(behind), self._listed, self._refused, slot="trends-behind"
            )

    def say(self, panel: Panel) -> None:
        """Show a chart in words."""
        open_words(self._ctx, panel)

    def save(self, panel: Panel) -> None:
        """Ask in which form and where, then write the file."""
        today = self._ctx.now().date()

        def chosen(form: Form) -> None:
            ask_place(self._ctx.shell.ground(), form, today, lambda path: self.write(panel, form, path))

        open_saving(self._ctx, panel, chosen)

    def write(self, panel: Panel, form: Form, path: Path) -> None:
        """Draw a chart on paper and put it in a file of the person's choosing."""
        height_px = panel.card.height_px if panel.card is not None else FILE_HEIGHT_PX
        content = chart_files.document(panel.plot, form, height_px)

        def done(_nothing: None) -> None:
            self._ctx.shell.toast(Toast(tr("The chart is saved as {name}.").format(name=path.name)))

        self._ctx.tasks.run(lambda _desk: chart_files.save(path, content), done, self._not_saved)

    def look(self) -> None:
        """Go to the letter of the last look, or to when the first one is."""
        self._ctx.shell.go("review")

    def check_in(self) -> None:
        """Go where a first entry is made."""
        self._ctx.shell.go("today")

    def _loaded(self, found: TrendsPage) -> None:
        self._shown = found
        self.state.emit(found)
        self.further.renew(found.period)

    def _listed(self, listing: Listing) -> None:
        if len(listing.found) == 1 and not listing.more:
            self._ctx.shell.go("journal", listing.found[0].record)
        elif listing.found:
            open_events(self._ctx, listing, lambda record: self._ctx.shell.go("journal", record))

    def _not_saved(self, error: LeewardError) -> None:
        self._ctx.shell.toast(Toast(trouble(error, self._ctx.content).paragraph))

    def _refused(self, error: LeewardError) -> None:
        self._shown = replace(self._shown, trouble=trouble(error, self._ctx.content))
        self.state.emit(self._shown)

    def _changed(self, changes: Changes) -> None:
        if self._shown.safety is None:
            return
        self.pairs.renew()
        if changes.kinds & SHOWN_KINDS:
            self.load()
        else:
            self.further.renew(self._shown.period)
