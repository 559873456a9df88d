"""Pictures that are mostly words: two columns that face each other, a table at hand, the rungs of a ladder."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from app.ui.theme.tokens import Theme
from app.ui.widgets.painting import box, outline
from app.ui.widgets.picture_paint import Line, height, node_height, paint_node, write
from app.ui.widgets.picture_parts import Beside, Chart, Feel, Ladder, Node, Rung
from app.ui.widgets.reading_shapes import Cell

_USUAL_PX: Final = 720.0
_LEAST_PX: Final = 260.0
_PAIR_PX: Final = 200.0
"""Least width of one of two columns; with less they stand below each other."""
_CELL_PX: Final = 112.0


def _width(theme: Theme, room_px: float | None, usual_px: float = _USUAL_PX) -> float:
    return min(theme.px(usual_px), max(theme.px(_LEAST_PX), room_px or theme.px(usual_px)))


class BesideDrawing:
    """Pairs of boxes; both boxes of a pair are equally high."""

    def __init__(self, beside: Beside, theme: Theme, room_px: float | None) -> None:
        self._theme = theme
        wide, gap = _width(theme, room_px), theme.px(14.0)
        two = wide >= 2 * theme.px(_PAIR_PX) + gap
        column = (wide - gap) / 2 if two else wide
        self._lines: list[tuple[QRectF, Line]] = []
        self._boxes: list[tuple[QRectF, Node, bool]] = []
        y = self._head(beside.name, wide, 0.0) + theme.px(10)
        if two and any(beside.headings):
            heads = [Line(words, "label", "ink2") for words in beside.headings]
            tall = max(height(line, column, theme) for line in heads)
            for at, line in enumerate(heads):
                self._lines.append((QRectF(at * (column + gap), y, column, tall), line))
            y += tall + theme.px(6)
        for pair in beside.pairs:
            talls = [node_height(node, column, theme) for node in pair]
            if two:
                for at, node in enumerate(pair):
                    self._boxes.append((QRectF(at * (column + gap), y, column, max(talls)), node, at == 0))
                y += max(talls) + theme.px(10)
                continue
            for at, (node, tall) in enumerate(zip(pair, talls, strict=True)):
                if node.words:
                    self._boxes.append((QRectF(0, y, column, tall), node, at == 0))
                    y += tall + theme.px(10)
        self._size = QSizeF(wide, y - theme.px(6))

    def _head(self, words: str, wide: float, y: float) -> float:
        line = Line(words, "heading", "ink")
        rect = QRectF(0, y, wide, height(line, wide, self._theme))
        self._lines.append((rect, line))
        return rect.bottom()

    @property
    def size(self) -> QSizeF:
        """See `Drawing`."""
        return self._size

    def paint(self, painter: QPainter) -> None:
        """See `Drawing`."""
        for rect, line in self._lines:
            write(painter, rect, line, self._theme)
        for rect, node, first in self._boxes:
            paint_node(painter, rect, node, self._theme, edge="lee" if first else "control")


class ChartDrawing:
    """A grid with hairlines; where columns would be narrow, a block for each row."""

    def __init__(self, chart: Chart, theme: Theme, room_px: float | None) -> None:
        self._theme = theme
        wide = _width(theme, room_px)
        self._wide = wide
        self._lines: list[tuple[QRectF, Line]] = []
        self._rules: list[float] = []
        title = Line(chart.name, "heading", "ink")
        y = height(title, wide, theme)
        self._lines.append((QRectF(0, 0, wide, y), title))
        y += theme.px(10)
        columns = chart.grid.columns
        if wide >= theme.px(_CELL_PX) * len(columns):
            y = self._row(y, [Line(words, "caption", "ink3") for words in columns], rule=False)
            for row in chart.grid.rows:
                y = self._row(y, [_written(cell, name=not at) for at, cell in enumerate(row)], rule=True)
        else:
            for row in chart.grid.rows:
                y = self._block(y, columns, row)
        self._size = QSizeF(wide, y)

    def _row(self, y: float, lines: list[Line], *, rule: bool) -> float:
        theme = self._theme
        column = self._wide / len(lines)
        room = column - theme.px(12)
        if rule:
            self._rules.append(y)
            y += theme.px(6)
        tall = max(height(line, room, theme) for line in lines)
        self._lines += [(QRectF(at * column, y, room, tall), line) for at, line in enumerate(lines)]
        return y + tall + theme.px(6)

    def _block(self, y: float, columns: tuple[str, ...], row: tuple[Cell, ...]) -> float:
        theme = self._theme
        self._rules.append(y)
        y += theme.px(6)
        for at, (heading, cell) in enumerate(zip(columns, row, strict=True)):
            if not cell.words:
                continue
            lines = [Line(heading, "caption", "ink3")] if at and heading else []
            for line in (*lines, _written(cell, name=not at)):
                tall = height(line, self._wide, theme)
                self._lines.append((QRectF(0, y, self._wide, tall), line))
                y += tall + theme.px(2)
        return y + theme.px(8)

    @property
    def size(self) -> QSizeF:
        """See `Drawing`."""
        return self._size

    def paint(self, painter: QPainter) -> None:
        """See `Drawing`."""
        painter.setPen(outline(self._theme.color("line")))
        for y in self._rules:
            painter.drawLine(QPointF(0, y), QPointF(self._wide, y))
        for rect, line in self._lines:
            write(painter, rect, line, self._theme)


def _written(cell: Cell, *, name: bool) -> Line:
    if name and not cell.personal:
        return Line(cell.words, "label", "ink")
    return Line(cell.words, "line" if cell.personal else "body", "ink")


class LadderDrawing:
    """Two rails, the first rung lowest; how a rung feels is a shape and a word."""

    def __init__(self, ladder: Ladder, theme: Theme, room_px: float | None) -> None:
        self._theme = theme
        wide = _width(theme, room_px, 560.0)
        self._rail, self._mark = theme.px(14.0), theme.px(16.0)
        room = wide - 2 * self._rail - self._mark - theme.px(22)
        title = Line(ladder.name, "heading", "ink")
        self._title = (QRectF(0, 0, wide, height(title, wide, theme)), title)
        y = self._title[0].bottom() + theme.px(12)
        self._top = y
        self._rungs: list[tuple[QRectF, Rung, list[tuple[QRectF, Line]]]] = []
        for rung in reversed(ladder.rungs):
            left, at = self._rail + self._mark + theme.px(20), y + theme.px(7)
            lines = []
            for line in self._said(rung):
                tall = height(line, room, theme)
                lines.append((QRectF(left, at, room, tall), line))
                at += tall
            self._rungs.append((QRectF(self._rail, y, wide - 2 * self._rail, at + theme.px(7) - y), rung, lines))
            y = at + theme.px(7)
        self._size = QSizeF(wide, y + theme.px(12))

    @staticmethod
    def _said(rung: Rung) -> list[Line]:
        lines = [
            Line(rung.words, "reading", "ink"),
            Line(rung.feel_words, "caption", "ink3"),
            Line(rung.note, "line", "ink2"),
        ]
        return [line for line in lines if line.words]

    @property
    def size(self) -> QSizeF:
        """See `Drawing`."""
        return self._size

    def paint(self, painter: QPainter) -> None:
        """See `Drawing`."""
        theme, size = self._theme, self._size
        write(painter, *self._title, theme)
        painter.setPen(outline(theme.color("control"), 2.0))
        for x in (self._rail / 2, size.width() - self._rail / 2):
            painter.drawLine(QPointF(x, self._top), QPointF(x, size.height()))
        for rect, rung, lines in self._rungs:
            painter.setPen(outline(theme.color("control"), 2.0))
            across = (QPointF(self._rail / 2, rect.bottom()), QPointF(size.width() - self._rail / 2, rect.bottom()))
            painter.drawLine(*across)
            middle = QPointF(rect.left() + theme.px(8) + self._mark / 2, rect.center().y())
            _paint_feel(painter, middle, self._mark, rung.feel, theme)
            for place, line in lines:
                write(painter, place, line, theme, align=Qt.AlignmentFlag.AlignTop)


def _paint_feel(painter: QPainter, middle: QPointF, side: float, feel: Feel | None, theme: Theme) -> None:
    """At ease: a full disc. Mixed: half a disc. Too much for now: an empty ring. Not tried: a dashed one."""
    rect = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    edge = theme.color("lee")
    if feel is Feel.EASE:
        box(painter, rect, side / 2, fill=edge)
        return
    box(painter, rect, side / 2, edge=edge, width_px=1.5, dashed=feel in {None, Feel.NOT_TRIED})
    if feel is Feel.MIXED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge)
        painter.drawPie(rect, 90 * 16, 180 * 16)
