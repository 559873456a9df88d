"""Covers the whole window while it is being locked: at once, the same for everybody, and nothing can be read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.widgets.painting import painting, text


class Shade(QWidget):
    """Lies over everything in `ground`; takes every key and every pointer, and gives nothing back."""

    def __init__(self, ground: QWidget, words: str) -> None:
        super().__init__(ground)
        self._hub, self._words = current_hub(), words
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def cover(self, ground: QWidget) -> None:
        """Be there, painted, before this returns."""
        self.setGeometry(ground.rect())
        self.raise_()
        self.show()
        self.repaint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("window"))
            side, high = theme.size("icon"), theme.px(28)
            middle = self.rect().center()
            row = QRectF(0, middle.y() - high, self.width(), high)
            paint_icon(painter, row, "lock", "ink3", self._hub)
            below = QRectF(0, middle.y() + side / 2, self.width(), high)
            text(painter, below, self._words, theme, "body", "ink2")
