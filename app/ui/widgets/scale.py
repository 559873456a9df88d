"""The 0 to 10 scale: eleven joined cells, one tab stop, unanswered until somebody answers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role
from app.ui.widgets.cells import CellRow
from app.ui.widgets.painting import box, text

TEN_WITHIN_MS: Final = 600
_CELLS: Final = 11


class Scale(CellRow):
    """A choice of a whole number from 0 to 10; only the chosen cell is filled, because it is not a gauge.

    Digits set it, `1` then `0` within 0.6 s means 10, arrows, Home and End move, Backspace clears. `compact` is the
    strip of small digits for two people in one card: there the row is the target, without boxes or words.
    Numbers keep their direction in right-to-left languages; the words at the ends keep theirs with the numbers.
    """

    mirrored = False

    def __init__(
        self,
        *,
        name: str = "",
        low: str = "",
        middle: str = "",
        high: str = "",
        unanswered: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_CELLS, parent)
        self._low, self._middle, self._high, self._unanswered = low, middle, high, unanswered
        self._compact = compact
        self._since_one = QElapsedTimer()
        self.setAccessibleName(name)
        policy = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.tell()

    def value(self) -> int | None:
        """The number chosen, 0 to 10, or None while unanswered."""
        return self.chosen()

    def set_value(self, value: int | None) -> None:
        """Show a number without emitting `changed`. IndexError outside 0 to 10."""
        self.choose(value)

    @override
    def describe(self) -> str:
        ends = ", ".join(f"{n} {word}" for n, word in ((0, self._low), (5, self._middle), (10, self._high)) if word)
        now = str(self.chosen()) if self.chosen() is not None else self._unanswered
        return "; ".join(part for part in (ends, now) if part)

    @override
    def word(self, index: int) -> str:
        return str(index)

    @override
    def filled(self) -> bool:
        return True

    @override
    def wanted(self) -> QSize:
        theme = self.theme
        if self._compact:
            return QSize(theme.size("strip_cell_w") * _CELLS, max(theme.size("strip_cell_h"), theme.size("min_target")))
        words = theme.px(4) + theme.line_height("caption") if self._has_words() else 0
        return QSize(theme.size("scale_cell_w") * _CELLS, theme.size("scale_cell_h") + words)

    @override
    def minimumSizeHint(self) -> QSize:
        size = self.wanted()
        if not self._compact:
            least = max(self.theme.tokens.sizes["scale_cell_min_w"], self.metrics("body").horizontalAdvance("10") + 8)
            size.setWidth(least * _CELLS)
        return size

    @override
    def cell(self, index: int) -> QRectF:
        if self._compact:
            wide, high = self.width() / _CELLS, self.theme.size("strip_cell_h")
            return QRectF(index * wide, (self.height() - high) / 2, wide, high)
        edges = [round(i * (self.width() - 1) / _CELLS) for i in (index, index + 1)]
        return QRectF(edges[0], 0, edges[1] - edges[0] + 1, self.theme.size("scale_cell_h"))

    @override
    def draw(self, painter: QPainter) -> None:
        if self._compact:
            for index in range(_CELLS):
                self._draw_small(painter, index)
            return
        super().draw(painter)
        if self._has_words():
            self._draw_words(painter)

    @override
    def draw_word(self, painter: QPainter, index: int, rect: QRectF) -> None:
        chosen = index == self.chosen()
        role: Role = ("on_lee" if chosen else "ink2") if self.isEnabled() else "disabled"
        text(painter, rect, str(index), self.theme, "body", role, weight=600 if chosen else 400, tabular=True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_0, Qt.Key.Key_1}:
            self._since_one.invalidate()
        super().keyPressEvent(event)

    @override
    def take_digit(self, digit: int) -> bool:
        ten = digit == 0 and self._since_one.isValid() and self._since_one.elapsed() < TEN_WITHIN_MS
        self._since_one.invalidate()
        if digit == 1:
            self._since_one.start()
        self._set(10 if ten else digit)
        return True

    def _has_words(self) -> bool:
        return bool(self._low or self._middle or self._high)

    def _draw_small(self, painter: QPainter, index: int) -> None:
        rect, chosen = self.cell(index), index == self.chosen()
        if chosen:
            box(painter, rect, 3, fill=self.theme.color("lee" if self.isEnabled() else "control"))
        role: Role = "on_lee" if chosen else ("lee" if index == self._hover else "ink2")
        text(painter, rect, str(index), self.theme, "hint", role, weight=600 if chosen else 400, tabular=True)

    def _draw_words(self, painter: QPainter) -> None:
        top = self.theme.size("scale_cell_h") + self.theme.px(4)
        line = QRectF(0, top, self.width(), self.theme.line_height("caption"))
        for words, align in (
            (self._low, Qt.AlignmentFlag.AlignLeft),
            (self._middle, Qt.AlignmentFlag.AlignHCenter),
            (self._high, Qt.AlignmentFlag.AlignRight),
        ):
            absolute = align | Qt.AlignmentFlag.AlignAbsolute
            text(painter, line, words, self.theme, "caption", "ink3", align=absolute)
