"""Weeks or days as a row of small marks: kept, strained, talked through, crossed, unclear, seen differently or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import PaintedWidget, box


class Dot(StrEnum):
    """What one mark says. Each has a shape of its own, so that none depends on colour."""

    KEPT = "kept"
    STRAINED = "strained"
    TALKED = "talked"
    CROSSED = "crossed"
    UNCLEAR = "unclear"
    DIFFERENT = "different"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DotMark:
    """One mark and the words that explain it (date and note), shown as tooltip and read out."""

    dot: Dot
    words: str = ""


def paint_dot(painter: QPainter, centre: QPointF, diameter_px: float, dot: Dot, theme: Theme) -> None:
    """Draw one mark around `centre`."""
    half = diameter_px / 2
    rect = QRectF(centre.x() - half, centre.y() - half, diameter_px, diameter_px)
    if dot is Dot.KEPT:
        box(painter, rect, half, fill=theme.color("lee"))
    elif dot is Dot.OPEN:
        width = max(2.0, diameter_px / 5)
        bar = QRectF(centre.x() - half * 0.8, centre.y() - width / 2, half * 1.6, width)
        box(painter, bar, width / 2, fill=theme.color("ink3"))
    elif dot in _BESIDE:
        _paint_beside(painter, rect, dot, theme)
    else:
        width = max(1.6, diameter_px / 5.5)
        box(painter, rect, half, edge=theme.color("lamp_mark"), width_px=width)
        if dot is Dot.TALKED:
            point = diameter_px / 6
            inner = QRectF(centre.x() - point, centre.y() - point, 2 * point, 2 * point)
            box(painter, inner, point, fill=theme.color("lamp_mark"))


_BESIDE = frozenset({Dot.STRAINED, Dot.UNCLEAR, Dot.DIFFERENT})
"""What stands between kept and crossed."""


def _paint_beside(painter: QPainter, rect: QRectF, dot: Dot, theme: Theme) -> None:
    """Strained: a disc with a gap across it. Unclear: a small square outline. Seen differently: two halves, apart."""
    half = rect.width() / 2
    if dot is Dot.UNCLEAR:
        inner = rect.adjusted(half / 4, half / 4, -half / 4, -half / 4)
        box(painter, inner, half / 3, edge=theme.color("ink3"), width_px=max(1.4, half / 3))
        return
    colour = theme.color("lee" if dot is Dot.STRAINED else "ink3")
    gap_px = max(1.6, half / 2.6)
    across = dot is Dot.STRAINED
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    move = QPointF(0, gap_px / 2) if across else QPointF(gap_px / 2, 0)
    for turn in (0, 180):
        start = turn if across else turn + 90
        painter.drawPie(rect.translated(move if turn else -move), start * 16, 180 * 16)
    painter.restore()


class DotRow(PaintedWidget):
    """A row of marks, newest at the right in every language. With `explorable`, it is a tab stop and arrows walk it."""

    visited = Signal(int)
    """Emitted with the index a person walked to or clicked."""

    def __init__(
        self,
        marks: Sequence[DotMark] = (),
        *,
        name: str = "",
        description: str = "",
        explorable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._marks: tuple[DotMark, ...] = ()
        self._at = 0
        self._explorable = explorable
        self.setAccessibleName(name)
        if explorable:
            self._ring = RingKeeper(self, self.focus_shape)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_marks(marks, description)

    def show_marks(self, marks: Sequence[DotMark], description: str = "") -> None:
        """Show other marks; `description` counts them in words ("kept 26, talked through 2 of 30 weeks")."""
        self._marks = tuple(marks)
        self._at = max(0, len(self._marks) - 1)
        self.setAccessibleDescription(description)
        self.tell_value_changed()
        self.updateGeometry()
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(max(0, len(self._marks) * self._pitch() - self.theme.size("dot_gap")), self.theme.px(16))

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        side = self.theme.size("dot")
        rect = QRectF(self._at * self._pitch(), (self.height() - side) / 2, side, side)
        return rect, side / 2

    @override
    def draw(self, painter: QPainter) -> None:
        side = self.theme.size("dot")
        for number, mark in enumerate(self._marks):
            centre = QPointF(number * self._pitch() + side / 2, self.height() / 2)
            paint_dot(painter, centre, side, mark.dot, self.theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._marks) - 1
        goal = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if goal is None or last < 0:
            super().keyPressEvent(event)
            return
        self._visit(min(last, max(0, goal)))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = int((event.pos().x() + self.theme.size("dot_gap") / 2) // self._pitch())
            words = self._marks[index].words if 0 <= index < len(self._marks) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _visit(self, index: int) -> None:
        self._at = index
        words = self._marks[index].words
        self._ring.place()
        QToolTip.showText(self.mapToGlobal(self.focus_shape()[0].bottomLeft().toPoint()), words, self)
        self.setAccessibleDescription(words)
        self.tell_value_changed()
        self.visited.emit(index)

    def _pitch(self) -> int:
        return self.theme.size("dot") + self.theme.size("dot_gap")
