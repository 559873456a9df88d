"""How a row of the list of threads is painted: its title, who carries it, eight small parts, and how it stands."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from typing_extensions import override

from app.ui.screens.injuries.state import ThreadLine
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.grouped_list import GroupedDelegate, sides
from app.ui.widgets.marks import paint_mark
from app.ui.widgets.painting import box, text

_PARTS: Final = 8
_ROW_PX: Final = 63


class ThreadRows(GroupedDelegate):
    """Paints a thread: its title in serif, who carries it, eight small parts, and how it stands."""

    @override
    def row_height(self, row: object, theme: Theme) -> int:
        return theme.px(_ROW_PX)

    @override
    def paint_row(self, painter: QPainter, rect: QRectF, row: object, theme: Theme, *, mirrored: bool) -> None:
        assert isinstance(row, ThreadLine)  # noqa: S101  # the page shows no others
        align, _ = sides(mirrored=mirrored)
        self._thread(painter, rect, row, theme, mirrored=mirrored, align=align)

    def _thread(
        self, painter: QPainter, rect: QRectF, line: ThreadLine, theme: Theme, *, mirrored: bool,
        align: Qt.AlignmentFlag,
    ) -> None:  # fmt: skip
        pad = theme.px(12)

        def place(x: float, y: float, wide: float, high: float) -> QRectF:
            left = rect.right() - x - wide if mirrored else rect.left() + x
            return QRectF(left, rect.top() + y, wide, high)

        wide = rect.width() - 2 * pad
        title_h = theme.px(24)
        if line.private:
            sign = theme.size("icon_small")
            at = place(rect.width() - pad - sign, theme.px(9) + (title_h - sign) / 2, sign, sign)
            paint_icon(painter, at, "private", "ink3", self.hub)
            wide -= sign + theme.px(8)
        font = theme.font("reading")
        words = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideRight, round(wide))
        quiet: Role = "ink2" if line.settled else "ink"
        text(painter, place(pad, theme.px(9), wide, title_h), words, theme, "reading", quiet, align=align)
        top = theme.px(9) + title_h + theme.px(1)
        x: float = pad
        small = theme.px(16)
        if line.mark is not None:
            paint_mark(painter, place(x, top, small, small), line.mark, theme)
            x += small + theme.px(8)
        pitch, part, high = theme.px(11), theme.px(9), theme.px(4)
        for number in range(_PARTS):
            done: Role = "control" if line.settled else "lee"
            fill = theme.color(done if number < line.step else "line")
            box(painter, place(x, top + (small - high) / 2, part, high), high / 2, fill=fill)
            x += pitch
        x += theme.px(6)
        rest = place(x, top, max(0.0, rect.width() - pad - x), small)
        meta = QFontMetrics(theme.font("caption"))
        said = meta.elidedText(line.words, Qt.TextElideMode.ElideRight, round(rest.width()))
        text(painter, rest, said, theme, "caption", "ink2", align=align)
