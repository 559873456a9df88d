"""Summary as a page of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.summary.presenter import SummaryPresenter
from app.ui.screens.summary.view import SummaryView
from app.ui.text import tr


class SummaryScreen:
    """See `Screen`."""

    def __init__(self, ctx: Context) -> None:
        self._presenter = SummaryPresenter(ctx)
        self._view = SummaryView(self._presenter, ctx)
        self._presenter.setParent(self._view)
        ctx.bus.locking.connect(self._view.let_go)

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("Therapy summary")

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self._view

    def enter(self, target: str | None) -> None:  # noqa: ARG002  # a summary has no parts to go to
        """See `Screen.enter`."""
        self._presenter.load()
        self._view.focus_first()

    def leave(self) -> None:
        """See `Screen.leave`. Questions and covered words stay in the vault; the choice itself is made anew."""
        self._presenter.keep()
