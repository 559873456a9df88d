"""Calm over the locked screen: it needs no key, knows nobody, and nothing of it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.calm.view import CalmView
from app.ui.theme.hub import current_hub
from app.ui.widgets.painting import painting

if TYPE_CHECKING:
    from app.domain.calm import Calm
    from app.ui.runtime.aside import Aside
    from app.ui.runtime.warmup import Warmup

Do = Callable[[], None]


class LockedCalm(QWidget):
    """Covers the locked screen until its way back is taken. `log` and `safety` come after it has gone."""

    def __init__(self, ground: QWidget, words: Calm, log: Do, safety: Do) -> None:
        super().__init__(ground)
        self._came_from = QApplication.focusWidget()
        self._ground = ground
        self._view = CalmView(words, self.leave, lambda: self._leave_for(log), safety)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._view)
        ground.installEventFilter(self)
        self.setGeometry(ground.rect())
        self.show()
        self.raise_()
        self._view.begin()

    def leave(self) -> None:
        """Drop what was typed and go; the keyboard is where it was."""
        self._view.forget()
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()
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


def open_calm(ground: QWidget, aside: Aside, warmup: Warmup, log: Do, safety: Do) -> None:
    """Show Calm on `ground` once its words are read; nothing happens when that has gone, or when Calm is there."""

    def show(words: object) -> None:
        from shiboken6 import isValid

        from app.services.vaults import Words

        if not isinstance(words, Words) or not isValid(ground):
            return
        if not any(one.isVisible() for one in ground.findChildren(LockedCalm)):
            LockedCalm(ground, words.content.calm, log, safety)

    aside.start(lambda _errand: warmup.wait(), show)
