"""The four-weekly look as a page of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.review.presenter import ReviewPresenter
from app.ui.screens.review.view import ReviewView
from app.ui.text import tr


class ReviewScreen:
    """See `Screen`. A target is the id of a kept look; without one the newest is shown."""

    def __init__(self, ctx: Context) -> None:
        self.presenter = ReviewPresenter(ctx)
        self.view = ReviewView(ctx, self.presenter)
        self.presenter.setParent(self.view)
        ctx.bus.locking.connect(self.presenter.let_go)

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("A look at four weeks")

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self.view

    def enter(self, target: str | None) -> None:
        """See `Screen.enter`."""
        self.presenter.choose(target)
        self.view.focus_first()

    def leave(self) -> None:
        """See `Screen.leave`."""
        self.presenter.keep_draft()
