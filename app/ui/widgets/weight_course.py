"""How heavy something was said to be, over time: a point an answer on a line from 0 to 10."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.widgets.painting import PaintedWidget, outline, text

_TOP = 10
_LEAST_PX = 60


class WeightCourse(PaintedWidget):
    """A small picture with a text alternative; `high_px` is its height at 100 %. The ends of the scale are named when
    there is height for their figures.
    """

    def __init__(self, *, high_px: int = 34, labelled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._high_px, self._labelled = high_px, labelled
        self._points: tuple[tuple[int, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[tuple[int, float]], name: str, told: str) -> None:
        """Show these (day, 0 to 10), oldest first; `told` says the same in words."""
        self._points = tuple(points)
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(_LEAST_PX), self.theme.px(self._high_px))

    @override
    def draw(self, painter: QPainter) -> None:
        theme, dot = self.theme, self.theme.px(3)
        figures = theme.px(22) if self._labelled else 0
        room = QRectF(self.rect()).adjusted(figures + dot + 1, dot + 2, -dot - 1, -dot - 2)
        painter.setPen(outline(theme.color("line")))
        for value in (0, _TOP):
            y = self._y(room, value)
            painter.drawLine(QPointF(room.left() - dot, y), QPointF(room.right() + dot, y))
            if self._labelled:
                high = theme.line_height("caption")
                place = QRectF(0, y - high / 2, figures - theme.px(4), high)
                text(painter, place, str(value), theme, "caption", "ink3", align=Qt.AlignmentFlag.AlignRight)
        across = zip(self._across(room), self._points, strict=True)
        places = [QPointF(x, self._y(room, value)) for x, (_, value) in across]
        painter.setPen(outline(theme.color("lee"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        for number, spot in enumerate(places):
            newest = number == len(places) - 1
            painter.setPen(outline(theme.color("lee"), 1.4))
            painter.setBrush(theme.color("lee" if newest else "card"))
            painter.drawEllipse(spot, dot, dot)

    def _across(self, room: QRectF) -> list[float]:
        """Where each answer stands from left to right: time keeps its direction in every script."""
        days = [day for day, _ in self._points]
        span = (days[-1] - days[0]) if days else 0
        if not span:
            return [room.center().x() for _ in days]
        return [room.left() + room.width() * (day - days[0]) / span for day in days]

    @staticmethod
    def _y(room: QRectF, value: float) -> float:
        return round(room.bottom() - room.height() * value / _TOP) + 0.5
