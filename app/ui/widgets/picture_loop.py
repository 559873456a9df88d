"""A loop of four stations: round where there is room, one below the other with the way back beside them where not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from app.ui.theme.tokens import Theme
from app.ui.widgets.picture_paint import (
    BOX_PX,
    Drawing,
    Line,
    arrow_head,
    height,
    node_height,
    paint_node,
    stroke,
    write,
)
from app.ui.widgets.picture_parts import Loop

_GAP_PX: Final = 44.0
_BACK_PX: Final = 46.0
_LEAST: Final = 0.78
"""A station may give up this much of its usual width before the loop stands in one column."""


def loop_drawing(loop: Loop, theme: Theme, room_px: float | None) -> Drawing:
    """The loop laid out for a width in px; None means its usual one."""
    gap = theme.px(_GAP_PX)
    usual = theme.px(BOX_PX)
    if room_px is None or room_px >= 3 * usual + 2 * gap:
        return _Round(loop, theme, usual)
    wide = (room_px - 2 * gap) / 3
    if wide >= usual * _LEAST:
        return _Round(loop, theme, wide)
    return _Column(loop, theme, max(theme.px(150.0), room_px - theme.px(_BACK_PX)))


class _Round:
    """Stations at the top, right, bottom and left; heights follow their words."""

    def __init__(self, loop: Loop, theme: Theme, wide: float) -> None:
        self._loop, self._theme = loop, theme
        gap = theme.px(_GAP_PX)
        top, right, bottom, left = (node_height(node, wide, theme) for node in loop.nodes)
        name = Line(loop.name, "read_title", "ink")
        middle = max(right, left, height(name, wide - 24, theme) + 24)
        middle_y = top + gap
        self._boxes = (
            QRectF(wide + gap, 0, wide, top),
            QRectF(2 * (wide + gap), middle_y + (middle - right) / 2, wide, right),
            QRectF(wide + gap, middle_y + middle + gap, wide, bottom),
            QRectF(0, middle_y + (middle - left) / 2, wide, left),
        )
        self._name, self._centre = name, QRectF(wide + gap, middle_y, wide, middle)
        self._onward = Line(loop.onward, "small", "ink2")
        over = height(self._onward, wide, theme) + theme.px(8) - self._boxes[3].top() if loop.onward else 0.0
        self._down = max(0.0, over)
        self._size = QSizeF(3 * wide + 2 * gap, self._down + middle_y + middle + gap + bottom)

    @property
    def size(self) -> QSizeF:
        """See `Drawing`."""
        return self._size

    def paint(self, painter: QPainter) -> None:
        """See `Drawing`."""
        theme = self._theme
        painter.translate(0, self._down)
        for at, (rect, node) in enumerate(zip(self._boxes, self._loop.nodes, strict=True)):
            paint_node(painter, rect, node, theme, edge="lee" if at % 2 == 0 else "control")
        write(painter, self._centre, self._name, theme, align=Qt.AlignmentFlag.AlignCenter)
        top, right, bottom, left = self._boxes
        away = theme.px(6)
        _arrow(painter, _east(top, away), _north(right, away), theme)
        _arrow(painter, _south(right, away), _east(bottom, away), theme)
        _arrow(painter, _west(bottom, away), _south(left, away), theme)
        _arrow(painter, _north(left, away), _west(top, away), theme)
        if self._loop.onward:
            corner = QRectF(0, -self._down, left.width(), max(0.0, left.top() + self._down - away))
            write(painter, corner, self._onward, theme)
        painter.translate(0, -self._down)


class _Column:
    """Stations below each other; the way back goes up beside them."""

    def __init__(self, loop: Loop, theme: Theme, wide: float) -> None:
        self._loop, self._theme = loop, theme
        gap = theme.px(26)
        self._name = Line(loop.name, "read_title", "ink")
        self._title = QRectF(0, 0, wide, height(self._name, wide, theme))
        y = self._title.height() + theme.px(12)
        boxes = []
        for node in loop.nodes:
            tall = node_height(node, wide, theme)
            boxes.append(QRectF(0, y, wide, tall))
            y += tall + gap
        self._boxes, self._onward = boxes, Line(loop.onward, "small", "ink2")
        self._foot = QRectF(0, y - gap + theme.px(8), wide, 0.0)
        if loop.onward:
            self._foot.setHeight(height(self._onward, wide, theme))
            y = self._foot.bottom() + gap
        self._size = QSizeF(wide + theme.px(_BACK_PX), y - gap + theme.px(4))

    @property
    def size(self) -> QSizeF:
        """See `Drawing`."""
        return self._size

    def paint(self, painter: QPainter) -> None:
        """See `Drawing`."""
        theme, away = self._theme, self._theme.px(5)
        write(painter, self._title, self._name, theme)
        for at, (rect, node) in enumerate(zip(self._boxes, self._loop.nodes, strict=True)):
            paint_node(painter, rect, node, theme, edge="lee" if at % 2 == 0 else "control")
        for above, below in zip(self._boxes, self._boxes[1:], strict=False):
            start, end = _south(above, away), _north(below, away)
            path = QPainterPath(start)
            path.lineTo(end)
            stroke(painter, path, theme)
            arrow_head(painter, end, end - start, theme)
        first, last = self._boxes[0], self._boxes[-1]
        start, end = _east(last, away), _east(first, away)
        bow = first.right() + theme.px(_BACK_PX) - theme.px(4)
        path = QPainterPath(start)
        path.quadTo(QPointF(bow, start.y()), QPointF(bow, start.y() - theme.px(30)))
        path.lineTo(QPointF(bow, end.y() + theme.px(30)))
        path.quadTo(QPointF(bow, end.y()), end)
        stroke(painter, path, theme)
        arrow_head(painter, end, QPointF(-1, 0), theme)
        if self._loop.onward:
            write(painter, self._foot, self._onward, theme)


def _east(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.right() + away, rect.center().y())


def _west(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.left() - away, rect.center().y())


def _north(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.center().x(), rect.top() - away)


def _south(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.center().x(), rect.bottom() + away)


def _arrow(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    """A quarter of a loop: leaves along its first side and arrives along the other; the head points the way it goes."""
    leaves_across = abs(end.y() - start.y()) > 0 and start.x() != end.x() and _goes_across_first(start, end)
    bend = QPointF(end.x(), start.y()) if leaves_across else QPointF(start.x(), end.y())
    path = QPainterPath(start)
    path.quadTo(bend, end)
    stroke(painter, path, theme)
    arrow_head(painter, end, end - bend, theme)


def _goes_across_first(start: QPointF, end: QPointF) -> bool:
    """Clockwise: to the right going down and to the left going up leave sideways, the others leave along the height."""
    return (end.x() > start.x()) == (end.y() > start.y())
