"""Where two people differ: for each of three answers one track, and on it how it was pictured and how it landed.

The marks are those of the two people; where they would cover each other they stand side by side.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from app.services.trend_perception import DifferCard, DifferRow
from app.ui.text import number, tr
from app.ui.theme.tokens import Role
from app.ui.widgets.painting import PaintedWidget, box, text

TOP: Final = 4.0
"""The end of the scale."""
_ROW_PX, _HEAD_PX, _MARK_PX, _TITLE_SHARE = 40, 24, 11.0, 0.32
_SIDE_PX: Final = 26
_LINK_PX: Final = 4.0


class DifferTrack(PaintedWidget):
    """The three tracks under one scale. Assistive technology reads every row in words."""

    def __init__(self) -> None:
        super().__init__()
        self._card: DifferCard | None = None
        self._levels: tuple[str, ...] = ()
        self._names: tuple[str, str] = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_card(self, card: DifferCard | None, levels: tuple[str, ...], names: tuple[str, str]) -> None:
        """Show another direction, or nothing."""
        self._card, self._levels, self._names = card, levels, names
        self.setAccessibleName(card.title if card else "")
        self.setAccessibleDescription(self.spoken_value())
        self.updateGeometry()
        self.update()

    @override
    def spoken_value(self) -> str:
        """Every row in words, with its numbers of 0 to 4."""
        rows = self._card.rows if self._card else ()
        return " ".join(self._row_words(row) for row in rows)

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), self.theme.radius("control")

    @override
    def wanted(self) -> QSize:
        rows = len(self._card.rows) if self._card else 0
        least = sum(self.metrics("caption").horizontalAdvance(word) + 10 for word in self._levels) * 3 // 2
        return QSize(least, self.theme.px(_HEAD_PX + _ROW_PX * rows))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.wanted().height())

    @override
    def draw(self, painter: QPainter) -> None:
        if self._card is None:
            return
        px = self.theme.px
        left, right = self.width() * _TITLE_SHARE, self.width() - px(_SIDE_PX)
        for level, word in enumerate(self._levels):
            x = left + px(8) + (right - left - px(8)) * level / TOP
            wide = self.metrics("caption").horizontalAdvance(word)
            if level in {0, len(self._levels) - 1} or wide + 8 < (right - left) / TOP:
                text(painter, QRectF(x - wide / 2, 0, wide, px(_HEAD_PX)), word, self.theme, "caption", "ink2")
        for place, row in enumerate(self._card.rows):
            middle = px(_HEAD_PX) + px(_ROW_PX) * (place + 0.5)
            self._track(painter, row, QRectF(left + px(8), middle, right - left - px(8), 0))
            title = QRectF(0, middle - px(_ROW_PX) / 2, left, px(_ROW_PX))
            text(painter, title, row.title, self.theme, "body", "ink", align=Qt.AlignmentFlag.AlignLeft)

    def _track(self, painter: QPainter, row: DifferRow, line: QRectF) -> None:
        px, y = self.theme.px, line.top()
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.drawLine(QPointF(line.left(), y), QPointF(line.right(), y))
        for level in range(int(TOP) + 1):
            x = line.left() + line.width() * level / TOP
            painter.drawLine(QPointF(x, y - px(4)), QPointF(x, y + px(4)))
        seat = self._card.seat if self._card else 0
        values = (row.pictured, row.received) if seat == 0 else (row.received, row.pictured)
        xs = [line.left() + line.width() * value / TOP for value in values]
        mark = px(_MARK_PX)
        if abs(xs[0] - xs[1]) < mark + 1:
            middle, aside = sum(xs) / 2, (mark + 1) / 2
            order = -1 if xs[0] <= xs[1] else 1
            xs = [middle + order * aside, middle - order * aside]
        painter.setPen(QPen(self.theme.color("control"), px(_LINK_PX)))
        painter.setOpacity(0.45)
        painter.drawLine(QPointF(xs[0], y), QPointF(xs[1], y))
        painter.setOpacity(1.0)
        fills: tuple[Role, Role] = ("lee", "lamp_mark")
        for person, x in enumerate(xs):
            place = QRectF(x - mark / 2, y - mark / 2, mark, mark)
            box(painter, place, mark / 2 if person == 0 else px(2), fill=self.theme.color(fills[person]))

    def _row_words(self, row: DifferRow) -> str:
        if self._card is None:
            return ""
        own, other = self._names[self._card.seat], self._names[1 - self._card.seat]
        return tr("{answer}: pictured by {one} {first}, felt by {other} {second}, of 4.").format(
            answer=row.title, one=own, other=other, first=number(row.pictured, 1), second=number(row.received, 1)
        )
