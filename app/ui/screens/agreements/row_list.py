"""How a row of the list of agreements is painted: its words on one or two lines, whose it is, and its weeks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QListView
from typing_extensions import override

from app.ui.screens.agreements.parts import drawn
from app.ui.screens.agreements.state import Line
from app.ui.theme.tokens import Theme
from app.ui.widgets.dot_row import paint_dot
from app.ui.widgets.grouped_list import GroupedDelegate, sides
from app.ui.widgets.marks import paint_mark
from app.ui.widgets.painting import text

_LINES: Final = 2
_PAD_PX, _ABOVE_PX, _MARK_PX = 10, 8, 15


class AgreementRows(GroupedDelegate):
    """Paints an agreement: its words in serif on one or two lines, whose it is, and its weeks."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._broken: dict[tuple[str, int], list[str]] = {}
        self.hub.changed.connect(self._restyle)

    @override
    def row_height(self, row: object, theme: Theme) -> int:
        assert isinstance(row, Line)  # noqa: S101  # the page shows no others
        width = self.view.viewport().width()
        lines = len(self._lines(row.words, width - 2 * theme.px(_PAD_PX)))
        return theme.px(2 * _ABOVE_PX + 3) + lines * theme.line_height("line") + self._below_px(row, width)

    @override
    def paint_row(self, painter: QPainter, rect: QRectF, row: object, theme: Theme, *, mirrored: bool) -> None:
        assert isinstance(row, Line)  # noqa: S101  # the page shows no others
        self._row(painter, rect, row, theme, mirrored=mirrored)

    def _row(self, painter: QPainter, rect: QRectF, row: Line, theme: Theme, *, mirrored: bool) -> None:
        pad = theme.px(_PAD_PX)
        near, far = sides(mirrored=mirrored)
        inner = rect.adjusted(pad, theme.px(_ABOVE_PX), -pad, 0)
        high = theme.line_height("line")
        for words in self._lines(row.words, round(inner.width())):
            text(
                painter, QRectF(inner.left(), inner.top(), inner.width(), high), words, theme, "line", "ink", align=near
            )
            inner.setTop(inner.top() + high)
        inner.setTop(inner.top() + theme.px(3))
        side = theme.px(_MARK_PX)
        used = self._marks(painter, inner, row, theme, side, mirrored=mirrored)
        rest = inner.adjusted(0 if mirrored else used, 0, -used if mirrored else 0, 0)
        aside = QFontMetrics(theme.font("caption")).horizontalAdvance(row.aside)
        line = QRectF(rest.left(), rest.top(), rest.width(), max(side, theme.line_height("caption")))
        text(painter, line, row.aside, theme, "caption", "ink2", align=far)
        room = rest.width() - aside - theme.px(8)
        if row.note:
            metrics = QFontMetrics(theme.font("caption"))
            if metrics.horizontalAdvance(row.note) > room:
                room = rest.width()
                line.translate(0, theme.line_height("caption"))
            said = metrics.elidedText(row.note, Qt.TextElideMode.ElideRight, round(room))
            text(painter, line, said, theme, "caption", "lamp", align=near)
            return
        self._dots(painter, rest, row, theme, room, side, mirrored=mirrored)

    def _marks(self, painter: QPainter, inner: QRectF, row: Line, theme: Theme, side: int, *, mirrored: bool) -> float:
        step = round(side * 0.8)
        for number, mark in enumerate(row.marks):
            x = inner.right() - side - number * step if mirrored else inner.left() + number * step
            paint_mark(painter, QRectF(x, inner.top(), side, side), mark, theme)
        return float((len(row.marks) - 1) * step + side + theme.px(8)) if row.marks else 0.0

    @staticmethod
    def _dots(
        painter: QPainter, rest: QRectF, row: Line, theme: Theme, room_px: float, side: int, *, mirrored: bool
    ) -> None:
        """The newest dots that have room; time runs to the right in every language."""
        dot, gap = theme.size("dot"), theme.size("dot_gap")
        fits = max(0, int((room_px + gap) // (dot + gap)))
        shown = row.dots[max(0, len(row.dots) - fits) :]
        wide = len(shown) * (dot + gap) - gap
        left = rest.right() - wide if mirrored else rest.left()
        for number, one in enumerate(shown):
            centre = QPointF(left + number * (dot + gap) + dot / 2, rest.top() + side / 2)
            paint_dot(painter, centre, dot, drawn(one), theme)

    def _below_px(self, row: Line, width: int) -> int:
        """The height of what stands below the words: a second line where the note has no room beside the rest."""
        theme = self.hub.theme
        metrics = QFontMetrics(theme.font("caption"))
        side = theme.px(_MARK_PX)
        one = max(side, theme.line_height("caption"))
        marks = (len(row.marks) - 1) * round(side * 0.8) + side + theme.px(8)
        room = width - 2 * theme.px(_PAD_PX) - marks - metrics.horizontalAdvance(row.aside) - theme.px(8)
        return one + (theme.line_height("caption") if metrics.horizontalAdvance(row.note) > room else 0)

    def _restyle(self, _theme: Theme) -> None:
        self._broken.clear()

    def _lines(self, words: str, width: int) -> list[str]:
        """The words on at most two lines of that width, the second with an ellipsis where it is cut."""
        key = (words, width)
        if key not in self._broken:
            self._broken[key] = _break(words, width, self.hub.theme)
        return self._broken[key]


def _break(words: str, width: int, theme: Theme) -> list[str]:
    plain = " ".join(words.split())
    layout = QTextLayout(plain, theme.font("line"))
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    if len(starts) < _LINES:
        return [plain]
    if len(starts) == _LINES:
        return [plain[: starts[1]].rstrip(), plain[starts[1] :]]
    metrics = QFontMetrics(theme.font("line"))
    rest = metrics.elidedText(plain[starts[1] :], Qt.TextElideMode.ElideRight, width)
    return [plain[: starts[1]].rstrip(), rest]
