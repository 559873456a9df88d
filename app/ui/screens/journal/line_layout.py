"""Lines made of stretches: broken to a width, cut after the last line that has room, found words on a tint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from app.ui.models.timeline_rows import Piece
from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets.painting import box

_FOUND_WEIGHT = {"line": 700}
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is written; `most` lines are shown, the last one ends in an ellipsis where more follows."""

    theme: Theme
    style: TypeName
    role: Role
    mirrored: bool
    most: int = 1


class Lines:
    """Stretches broken to a width in px. Found ones stand on a tint and are heavier, so not by colour alone."""

    def __init__(self, pieces: Sequence[Piece], look: Look, width: float) -> None:
        self._look = look
        self._found = _places(pieces)
        self._layout, count, start = self._broken("".join(piece.words for piece in pieces), width)
        if count > look.most:
            words = self._layout.text()
            metrics = QFontMetrics(self._layout.font())
            rest = metrics.elidedText(words[start:], Qt.TextElideMode.ElideRight, max(0, round(width - 4)))
            if not rest.endswith(_ELLIPSIS):
                rest = rest.rstrip() + _ELLIPSIS
            self._layout, count, _ = self._broken(words[:start] + rest, width)
        self.count = max(1, min(count, look.most))

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw with the first line's box beginning at this point."""
        theme, high = self._look.theme, self._look.theme.line_height(self._look.style)
        metrics = QFontMetrics(self._layout.font())
        for number in range(self.count):
            line = self._layout.lineAt(number)
            if not line.isValid():
                return
            top = number * high
            for start, length in self._found:
                self._tint(painter, line, start, start + length, QPointF(at.x(), at.y() + top))
            line.setPosition(QPointF(line.x(), top + (high - metrics.height()) / 2))
            painter.setPen(theme.color(self._look.role))
            line.draw(painter, at)

    def _broken(self, words: str, width: float) -> tuple[QTextLayout, int, int]:
        """The layout, how many lines it has, and where the last shown one starts."""
        look = self._look
        layout = QTextLayout(words, look.theme.font(look.style))
        side = Qt.AlignmentFlag.AlignRight if look.mirrored else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._heavier(start, min(length, len(words) - start)) for start, length in self._found])
        count = last = 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid() and count <= look.most:
            line.setLineWidth(max(1.0, width))
            count += 1
            last = line.textStart() if count <= look.most else last
        layout.endLayout()
        return layout, count, last

    def _heavier(self, start: int, length: int) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, max(0, length)
        look = QTextCharFormat()
        look.setFontWeight(_FOUND_WEIGHT.get(self._look.style, 600))
        look.setForeground(self._look.theme.color("ink"))
        made.format = look
        return made

    def _tint(self, painter: QPainter, line: QTextLine, start: int, end: int, at: QPointF) -> None:
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first >= last:
            return
        left, right = sorted((_x_of(line, first), _x_of(line, last)))
        high = self._look.theme.line_height(self._look.style)
        rect = QRectF(at.x() + left - 1, at.y() + 1, right - left + 2, high - 2)
        box(painter, rect, 3, fill=self._look.theme.color("lee_tint"))


def _places(pieces: Sequence[Piece]) -> tuple[tuple[int, int], ...]:
    """Where found stretches begin and how long they are."""
    found, at = [], 0
    for piece in pieces:
        if piece.found:
            found.append((at, len(piece.words)))
        at += len(piece.words)
    return tuple(found)


def _x_of(line: QTextLine, place: int) -> float:
    """The horizontal place of a cursor in px; the binding answers with the place it settled on beside it."""
    answer: object = line.cursorToX(place)
    return float(answer[0]) if isinstance(answer, tuple) else float(str(answer))
