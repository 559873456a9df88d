"""Rituals as a page of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.records import RecordId
from app.ui.context import Context
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.rituals.presenter import RitualsPresenter
from app.ui.screens.rituals.state import DayNow
from app.ui.screens.rituals.surfaces import DaySurface, PauseSurface, RestSurface
from app.ui.screens.rituals.view import RitualsView
from app.ui.text import tr


class RitualsScreen:
    """See `Screen`. A target is the record of a ritual."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._presenter = RitualsPresenter(ctx)
        self._view = RitualsView(ctx, self._presenter)
        self._presenter.setParent(self._view)
        self._view.new_asked.connect(self.new)
        self._view.pause_asked.connect(self._pause)
        self._view.schedule.rest_asked.connect(self._rest)
        self._view.schedule.more_asked.connect(self._more)
        self._view.grid.asked.connect(self._day)

    @property
    def title(self) -> str:
        """See `Screen`."""
        return tr("Rituals")

    @property
    def subtitle(self) -> str:
        """See `Subtitled`: how many are under way."""
        return self._presenter.shown.subtitle

    def widget(self) -> QWidget:
        """See `Screen`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen`."""
        self._presenter.load(target)
        self._view.focus_first()

    def leave(self) -> None:
        """See `Screen`. What was changed on the card and not saved stays on the card."""

    def new(self) -> None:
        """See `Growing`: begins a ritual."""
        self._ctx.shell.open_over(open_record_form(self._ctx, "ritual"))

    def table(self) -> None:
        """Show the table of the curve."""
        self._view.toggle_table()

    def _more(self) -> None:
        told = self._presenter.shown.told
        if told is not None:
            self._ctx.shell.open_over(open_record_form(self._ctx, "ritual", record=RecordId(told.record)))

    def _rest(self) -> None:
        told = self._presenter.shown.told
        if told is not None:
            surface = RestSurface(self._ctx, told)
            surface.saved.connect(self._presenter.save)
            surface.stood.connect(self._presenter.stand)
            self._ctx.shell.open_over(surface)

    def _pause(self) -> None:
        surface = PauseSurface(self._ctx)
        surface.chosen.connect(self._presenter.pause_all)
        self._ctx.shell.open_over(surface)

    def _day(self, row: int, place: int) -> None:
        self._presenter.look_at(row, place, self._ask_about)

    def _ask_about(self, now: DayNow) -> None:
        surface = DaySurface(self._ctx, now)
        surface.saved.connect(self._presenter.mark)
        self._ctx.shell.open_over(surface)
