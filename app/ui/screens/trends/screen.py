"""Trends as a page of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.trends.presenter import TrendsPresenter
from app.ui.screens.trends.view import TrendsView
from app.ui.text import tr


class TrendsScreen:
    """See `Screen`. Without a target the period chosen last stays."""

    def __init__(self, ctx: Context) -> None:
        self._presenter = TrendsPresenter(ctx)
        self._view = TrendsView(self._presenter, solo=ctx.solo)
        self._presenter.setParent(self._view)
        ctx.bus.locking.connect(self._view.let_go)

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("Trends")

    def tools(self) -> QWidget | None:
        """See `Equipped.tools`: the period."""
        return self._view.period

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen.enter`. A target is a period: "1", "3", "6", "12" or "all"."""
        self._presenter.load(target)
        self._view.focus_first()

    def leave(self) -> None:
        """See `Screen.leave`. Nothing is typed here."""

    def table(self) -> None:
        """Show the table of the chart that has the keyboard, or of the first."""
        self._view.toggle_table()
