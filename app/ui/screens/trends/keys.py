"""Small painted helps beside the charts of Trends: what a colour means, which mark is which, what is to come."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from app.charts.style import ChartStyle, load_style
from app.ui.widgets.painting import PaintedWidget, box, text

_CELL_PX, _PITCH_PX, _HIGH_PX = 11.0, 15.0, 18
_KEY_PX, _APART_PX = 11, 7
_SAMPLES: Final = (0.14, 0.5, 0.82)
"""Where the three sample marks stand, from left to right."""


class Mark(StrEnum):
    """The shapes a small chart uses."""

    BAR = "bar"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Key:
    """One shape with its word."""

    mark: Mark
    words: str


class _Quiet(PaintedWidget):
    """In the charts' colours; a picture only, so the keyboard passes it by."""

    def chart_style(self) -> ChartStyle:
        """The colours of the charts in the theme of now."""
        return load_style(dark=self.theme.dark)

    def words_px(self, words: str) -> int:
        """How wide words are in caption type."""
        return self.metrics("caption").horizontalAdvance(words)

    def put(self, painter: QPainter, x: float, words: str) -> float:
        """Words at `x`; returns where they end."""
        wide = self.words_px(words)
        rect = QRectF(x, 0, wide, self.height())
        text(painter, rect, words, self.theme, "caption", "ink2", align=Qt.AlignmentFlag.AlignLeft)
        return x + wide


class HeatKey(_Quiet):
    """The steps of the year's squares between the two ends of the scale, and the square of an unwritten day."""

    def __init__(self, low: str, high: str, nothing: str) -> None:
        super().__init__()
        self._low, self._high, self._nothing = low, high, nothing
        self.setAccessibleName(f"{low}–{high}, {nothing}")

    @override
    def wanted(self) -> QSize:
        words = sum(self.words_px(each) for each in (self._low, self._high, self._nothing))
        squares = (len(self.chart_style().heat) + 1) * _PITCH_PX
        return QSize(words + self.theme.px(squares + 6 + 14 + 2), self.theme.px(_HIGH_PX))

    @override
    def draw(self, painter: QPainter) -> None:
        style, px = self.chart_style(), self.theme.px
        x = self.put(painter, 0.0, self._low) + px(6)
        for step, colour in enumerate(style.heat):
            edge = QColor(style.missing) if step == 0 else None
            box(painter, self._cell(x), px(3), fill=QColor(colour), edge=edge)
            x += px(_PITCH_PX)
        x = self.put(painter, x, self._high) + px(14)
        box(painter, self._cell(x), px(3), edge=QColor(style.missing), dashed=True)
        self.put(painter, x + px(_PITCH_PX + 2), self._nothing)

    def _cell(self, x: float) -> QRectF:
        side = self.theme.px(_CELL_PX)
        return QRectF(x, (self.height() - side) / 2, side, side)


class MarkKeys(_Quiet):
    """The marks of a small chart and their words, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show these; none hides the line."""
        self._keys = tuple(keys)
        self.setAccessibleName(", ".join(key.words for key in self._keys))
        self.setVisible(bool(self._keys))
        self.updateGeometry()
        self.update()

    @override
    def wanted(self) -> QSize:
        wide = sum(self.words_px(key.words) + self.theme.px(_KEY_PX) for key in self._keys)
        return QSize(wide + self.theme.px(_APART_PX) * max(len(self._keys) - 1, 0), self.theme.px(_HIGH_PX))

    @override
    def draw(self, painter: QPainter) -> None:
        style, px, x, middle = self.chart_style(), self.theme.px, 0.0, self.height() / 2
        for key in self._keys:
            rect = QRectF(x, middle - px(4), px(8), px(8))
            if key.mark is Mark.DOT:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(style.lamp))
                painter.drawEllipse(rect)
            else:
                box(painter, rect, px(1), fill=QColor(style.soft))
            x = self.put(painter, x + px(_KEY_PX), key.words) + px(_APART_PX)


class SampleMarks(_Quiet):
    """Three pale marks on a dotted line: the shape of what a chart will be, with nothing measured in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(96), self.theme.px(64))

    @override
    def draw(self, painter: QPainter) -> None:
        style, px = self.chart_style(), self.theme.px
        left, wide, high = px(6), self.width() - px(12), self.height()

        def at(share: float) -> QPointF:
            return QPointF(left + share * wide, high * (0.48 - 0.2 * math.cos(share * math.pi)))

        pen = QPen(QColor(style.missing), px(1.6), Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([at(step / 32) for step in range(33)]))
        painter.setPen(QPen(QColor(style.grid), px(1)))
        painter.drawLine(QPointF(left, high - px(8)), QPointF(left + wide, high - px(8)))
        painter.setPen(QPen(QColor(style.axis), px(1.5)))
        painter.setBrush(self.theme.color("window"))
        for share in _SAMPLES:
            painter.drawEllipse(at(share), px(3.5), px(3.5))
