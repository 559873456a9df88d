"""The small icon beside the clock, while reminders are on: the program's mark and name, and nothing that counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.ui.text import tr
from app.ui.theme.icons import icon

_SHOWN_MS: Final = 8_000
NAME: Final = "Leeward"


class Tray(QObject):
    """`open_asked()`, `close_asked()`: from the icon or its menu."""

    open_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        for words, signal in ((tr("Open Leeward"), self.open_asked), (tr("Close Leeward"), self.close_asked)):
            action = QAction(words, self)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            self._menu.addAction(action)
        self._icon = QSystemTrayIcon(icon("brand"), self)
        self._icon.setToolTip(NAME)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.open_asked)
        self._icon.show()

    def say(self, words: str) -> None:
        """Show a short line under the neutral name."""
        self._icon.showMessage(NAME, words, icon("brand"), _SHOWN_MS)

    def go(self) -> None:
        """Take it away."""
        self._icon.hide()
        self._menu.deleteLater()
        self.deleteLater()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_asked.emit()


def is_offered() -> bool:
    """Whether this desktop has a place for such an icon, and shows lines from it. Many Linux desktops have none."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
