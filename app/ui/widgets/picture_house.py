"""A house as it is and as it is wished for: windows, half-open ones, walls, told apart by their shapes alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from app.ui.theme.tokens import Theme
from app.ui.widgets.painting import box, outline
from app.ui.widgets.picture_paint import Line, height, write
from app.ui.widgets.picture_parts import House, Opening, Pane

_USUAL_PX: Final = 660.0
_LEAST_PX: Final = 300.0
_PANE_PX: Final = 30.0
_NAME: Final = 0.36
"""The part of the width that names take; the two columns of panes share the rest."""


class HouseDrawing:
    """One row for each person or place; rows are as high as their names."""

    def __init__(self, house: House, theme: Theme, room_px: float | None) -> None:
        self._house, self._theme = house, theme
        wide = min(theme.px(_USUAL_PX), max(theme.px(_LEAST_PX), room_px or theme.px(_USUAL_PX)))
        self._edge = theme.px(10)
        self._name = wide * _NAME - theme.px(10)
        self._column = (wide - self._name - 2 * self._edge) / 2
        title = Line(house.name, "heading", "ink")
        self._title = title
        self._gable = max(theme.px(72.0), height(title, wide / 2, theme) + theme.px(42))
        heads = [Line(words, "caption", "ink3") for words in (house.now_heading, house.wish_heading)]
        self._heads = heads
        self._head_px = max(height(line, self._column - 8, theme) for line in heads) + theme.px(4)
        self._rows = [self._row_px(opening) for opening in house.openings]
        self._size = QSizeF(wide, self._gable + theme.px(10) + self._head_px + sum(self._rows) + theme.px(8))

    @property
    def size(self) -> QSizeF:
        """See `Drawing`."""
        return self._size

    def paint(self, painter: QPainter) -> None:
        """See `Drawing`."""
        theme, size, gable = self._theme, self._size, self._gable
        walls = QRectF(self._edge, gable, size.width() - 2 * self._edge, size.height() - gable)
        box(painter, walls, 0, fill=theme.color("card"), edge=theme.color("control"))
        roof = QPainterPath(QPointF(2, gable))
        roof.lineTo(QPointF(size.width() / 2, 4))
        roof.lineTo(QPointF(size.width() - 2, gable))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(outline(theme.color("control"), 2.0))
        painter.drawPath(roof)
        title = QRectF(size.width() / 4, theme.px(32), size.width() / 2, gable - theme.px(38))
        write(painter, title, self._title, theme, align=Qt.AlignmentFlag.AlignCenter)
        y = gable + theme.px(10)
        for at, line in enumerate(self._heads):
            head = QRectF(self._left(at), y, self._column - 8, self._head_px)
            write(painter, head, line, theme)
        y += self._head_px
        for opening, tall in zip(self._house.openings, self._rows, strict=True):
            self._paint_opening(painter, y, tall, opening)
            y += tall

    def _left(self, column: int) -> float:
        return self._edge + self._name + column * self._column

    def _beside(self, words: str) -> Line:
        return Line(words, "small", "ink2")

    def _said_px(self) -> float:
        return self._column - self._theme.px(_PANE_PX) - self._theme.px(14)

    def _row_px(self, opening: Opening) -> float:
        theme = self._theme
        name = height(Line(opening.name, "reading", "ink"), self._name - theme.px(18), theme)
        said = (
            height(self._beside(words), self._said_px(), theme) for words in (opening.now_words, opening.wish_words)
        )
        return max(name, theme.px(_PANE_PX), *said) + theme.px(14)

    def _paint_opening(self, painter: QPainter, y: float, tall: float, opening: Opening) -> None:
        theme, side = self._theme, self._theme.px(_PANE_PX)
        room = QRectF(self._edge + theme.px(14), y, self._name - theme.px(18), tall)
        write(painter, room, Line(opening.name, "reading", "ink"), theme, align=Qt.AlignmentFlag.AlignVCenter)
        for at, (pane, said) in enumerate(((opening.now, opening.now_words), (opening.wish, opening.wish_words))):
            rect = QRectF(self._left(at), y + (tall - side) / 2, side, side)
            _paint_pane(painter, rect, pane, theme)
            beside = QRectF(rect.right() + theme.px(8), y, self._said_px(), tall)
            write(painter, beside, self._beside(said), theme, align=Qt.AlignmentFlag.AlignVCenter)


def _paint_pane(painter: QPainter, rect: QRectF, pane: Pane | None, theme: Theme) -> None:
    """A window has a cross, a half-open one stands ajar, a wall has bricks; what is not sure is a dashed square."""
    edge = theme.color("control")
    if pane is None or pane is Pane.UNSURE:
        box(painter, rect, 2, edge=edge, dashed=True)
        return
    fill = theme.color("sunken") if pane is Pane.WALL else theme.color("lee_tint")
    box(painter, rect, 2, fill=fill, edge=edge)
    painter.setPen(outline(edge))
    if pane is Pane.WALL:
        _bricks(painter, rect)
        return
    middle = rect.center()
    painter.drawLine(QPointF(middle.x(), rect.top()), QPointF(middle.x(), rect.bottom()))
    if pane is Pane.WINDOW:
        painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()))
        return
    wall = QRectF(middle.x(), rect.top(), rect.width() / 2, rect.height())
    painter.fillRect(wall.adjusted(1, 1, -1, -1), theme.color("sunken"))
    _bricks(painter, wall)


def _bricks(painter: QPainter, rect: QRectF) -> None:
    courses = 4
    tall = rect.height() / courses
    for course in range(courses):
        y = rect.top() + course * tall
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        for share in (0.25, 0.75) if course % 2 else (0.5,):
            x = rect.left() + rect.width() * share
            painter.drawLine(QPointF(x, y), QPointF(x, y + tall))
