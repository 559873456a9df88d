"""The door as a page for two uses it: one widget while it is closed, a signal when both are here and when it ends."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.together_door.presenter import ASKED, DoorPresenter
from app.ui.screens.together_door.releases_view import ReleasesSurface
from app.ui.screens.together_door.view import DoorView


class Door(QObject):
    """Show `widget()` while it is not open. It ends by itself, on locking, and with `end`; `ended` comes once each.

    Whoever shows a page behind it drops everything it read as soon as `ended` is emitted.
    """

    opened = Signal(object)
    """Emitted with the end of the time together, an aware datetime."""
    ended = Signal(str)
    """Emitted with `presenter.ASKED`, `TIME` or `TROUBLE`."""
    changed = Signal()
    """Emitted when what may be seen was perhaps changed while both are here."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.presenter = DoorPresenter(ctx, self)
        self.view = DoorView(self.presenter, ctx)
        self.view.change_asked.connect(self.change)
        self.presenter.opened.connect(self.opened)
        self.presenter.ended.connect(self.ended)

    def widget(self) -> QWidget:
        """What stands before the page; always the same one."""
        return self.view

    @property
    def until(self) -> dt.datetime | None:
        """When the time together ends; None while it does not run."""
        return self.presenter.until

    @property
    def is_open(self) -> bool:
        """Whether both are here."""
        return self.until is not None

    def enter(self) -> None:
        """The page is shown: ask how things stand."""
        self.presenter.load()
        self.view.focus_first()

    def end(self, reason: str = ASKED) -> None:
        """Close the second part now. Safe at any time."""
        self.view.forget()
        self.presenter.end(reason)

    def change(self) -> None:
        """Bring the surface on which the one who is signed in chooses what may be seen."""
        surface = ReleasesSurface(self._ctx, both_here=self.is_open)
        surface.finished.connect(self._changed)
        self._ctx.shell.open_over(surface)

    def _changed(self) -> None:
        if self.is_open:
            self.changed.emit()
        else:
            self.presenter.load()
