"""How hard a passphrase is to guess, as bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from typing_extensions import override

from app.ui.widgets.painting import PaintedWidget, box


class StrengthBars(PaintedWidget):
    """Four bars for an estimate of 0 to 4; the words beside them say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0

    def show_strength(self, strength: int | None) -> None:
        """Fill as many bars as the estimate says; none before anything was judged."""
        self._filled = strength or 0
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(148), self.theme.px(6))

    @override
    def draw(self, painter: QPainter) -> None:
        gap = self.theme.px(4)
        wide = (self.width() - 3 * gap) / 4
        for number in range(4):
            rect = QRectF(number * (wide + gap), 0, wide, self.height())
            colour = self.theme.color("lee" if number < self._filled else "line")
            box(painter, rect, self.theme.radius("bar"), fill=colour)
