"""The bar beside a sentence, in the colour of whoever speaks it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub


class Bar(QWidget):
    """A bar in the colour of whoever speaks, beside their sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._hub = current_hub()
        self._second = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_second(self, *, second: bool) -> None:
        """Whether it is the second person's."""
        self._second = second
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(3), 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._hub.theme.color("lamp_mark" if self._second else "lee"))
        painter.end()
