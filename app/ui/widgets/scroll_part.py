"""A part of a card that scrolls by itself, without a frame, a ground or a tab stop of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

_LEAST_PX = 40


class ScrollPart(QScrollArea):
    """Scrolls down only; the keyboard goes to what is inside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    @override
    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.setAutoFillBackground(False)

    @override
    def sizeHint(self) -> QSize:
        """Hardly anything: what is inside never makes what is around it taller."""
        return QSize(_LEAST_PX, _LEAST_PX)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_PX, _LEAST_PX)
