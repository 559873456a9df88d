"""A tile to choose a person by: the mark, and the word for it. Used where nobody is named, before anything is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.buttons import Radio
from app.ui.widgets.marks import Person, Shape, paint_mark
from app.ui.widgets.painting import box, painting, text

GAP_PX = 8
_PAD_PX = 13
_OVERLAP = 0.8
"""Two marks on one tile: how much of a mark's width the second one is moved by."""


class MarkTile(Radio):
    """One choice: a mark, or two that overlap, and a word. The chosen one is tinted, edged and of medium weight."""

    def __init__(self, words: str, shapes: Sequence[Shape]) -> None:
        super().__init__(words)
        self._shapes = tuple(shapes)

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        """The ring goes around the whole tile."""
        return QRectF(self.rect()), current_hub().theme.radius("control")

    @override
    def sizeHint(self) -> QSize:
        theme = current_hub().theme
        words = QFontMetrics(theme.font("body", weight=500)).horizontalAdvance(self.text())
        inner = self._marks_px() + theme.px(GAP_PX) + words
        return QSize(inner + 2 * theme.px(_PAD_PX), theme.px(38))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, chosen = current_hub().theme, self.isChecked()
        side, mirrored = theme.size("person_mark"), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        with painting(self, theme) as painter:
            ground: Role = "lee_tint" if chosen else "hover" if self.underMouse() else "field"
            edge: Role = ("lee" if chosen else "control") if self.isEnabled() else "line"
            box(painter, QRectF(self.rect()), theme.radius("control"), fill=theme.color(ground), edge=theme.color(edge))
            x = float(theme.px(_PAD_PX))
            for number, shape in enumerate(self._shapes):
                left = x + number * round(side * _OVERLAP)
                place = QRectF(self.width() - left - side if mirrored else left, (self.height() - side) / 2, side, side)
                paint_mark(painter, place, Person(shape, outline=True), theme, ground=ground)
            x += self._marks_px() + theme.px(GAP_PX)
            words = QRectF(0 if mirrored else x, 0, self.width() - x, self.height())
            align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            ink: Role = ("ink" if chosen else "ink2") if self.isEnabled() else "disabled"
            weight = 500 if chosen else 400
            align |= Qt.AlignmentFlag.AlignAbsolute
            text(painter, words, self.text(), theme, "body", ink, weight=weight, align=align)

    def _marks_px(self) -> int:
        side = current_hub().theme.size("person_mark")
        return side + (len(self._shapes) - 1) * round(side * _OVERLAP)
