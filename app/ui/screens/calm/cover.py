"""Calm over what is there: the locked screen, or a page with a form open on it. Leaving it leaves that as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.ui.screens.calm.doors import Do, Doors
from app.ui.screens.calm.view import CalmView
from app.ui.theme.hub import current_hub
from app.ui.widgets.painting import painting


class CalmCover(QWidget):
    """Covers `ground` until its way back is taken. `log` comes after it has gone."""

    def __init__(self, ground: QWidget, make: Callable[[Doors], CalmView], log: Do, safety: Do) -> None:
        super().__init__(ground)
        self._came_from = QApplication.focusWidget()
        self._ground = ground
        self._view = make(Doors(self.leave, lambda: self._leave_for(log), safety))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._view)
        ground.installEventFilter(self)
        self.setGeometry(ground.rect())
        self.show()
        self.raise_()
        self._view.begin()

    @property
    def view(self) -> CalmView:
        """What it shows."""
        return self._view

    def leave(self) -> None:
        """Drop what was typed and go; the keyboard is where it was."""
        self._view.forget()
        self.hide()
        came_from = self._came_from
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus()
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_hub().theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("window"))

    def _leave_for(self, then: Do) -> None:
        self.leave()
        then()
