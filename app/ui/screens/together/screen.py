"""Together as a page of the window: the door, and behind it the page while both are here."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.together.presenter import TogetherPresenter
from app.ui.screens.together.view import TogetherView
from app.ui.screens.together_door.door import Door
from app.ui.text import tr


class TogetherScreen:
    """See `Screen`. Leaving the page ends the time together, and nothing that was read stays."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._entered = False
        ctx.bus.locking.connect(self._locked)
        self._presenter = TogetherPresenter(ctx)
        self._view = TogetherView(self._presenter)
        self._stack = QStackedWidget()
        self._presenter.setParent(self._stack)
        self._door = Door(ctx, self._stack)
        self._stack.addWidget(self._door.widget())
        self._stack.addWidget(self._view)
        self._door.opened.connect(self._opened)
        self._door.ended.connect(self._ended)
        self._door.changed.connect(self._presenter.load)
        self._presenter.over.connect(self._close)
        self._view.close_asked.connect(self._close)
        self._view.change_asked.connect(self._change)
        self._view.step.wished.connect(self._begin)

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("Together")

    @property
    def subtitle(self) -> str:
        """See `Subtitled`: the weeks, and until when both are here."""
        return self._presenter.shown.subtitle

    def tools(self) -> QWidget | None:
        """See `Equipped.tools`: earlier and later weeks, and the close."""
        return self._view.tools

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self._stack

    def enter(self, target: str | None) -> None:  # noqa: ARG002 - every page is entered with a target
        """See `Screen.enter`."""
        self._entered = True
        self._door.enter()

    def leave(self) -> None:
        """See `Screen.leave`. The second part is closed."""
        self._entered = False
        self._door.end()

    def table(self) -> None:
        """Show the table of the chart that has the keyboard, or of the two views."""
        self._view.toggle_table()

    def _opened(self, _until: object) -> None:
        self._presenter.begin()
        self._stack.setCurrentWidget(self._view)
        self._view.focus_first()

    def _ended(self, _reason: str) -> None:
        self._presenter.drop()
        self._stack.setCurrentWidget(self._door.widget())
        if self._entered:
            self._door.enter()

    def _locked(self) -> None:
        self._entered = False

    def _close(self) -> None:
        self._door.end()

    def _change(self) -> None:
        self._door.change()

    def _begin(self, kind: str) -> None:
        self._ctx.shell.open_over(open_record_form(self._ctx, kind))
