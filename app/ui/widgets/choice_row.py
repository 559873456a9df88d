"""Three to six words in a row of equal cells, and the segmented switch that shares its looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role, TypeName
from app.ui.widgets.cells import CellRow
from app.ui.widgets.painting import text

_ROOM_PX: Final = 10
"""Least room around the longest word of equal cells, at 100 %."""
_TIGHT_PX: Final = 3
"""Least room around the words where each cell is as wide as its own."""


class ChoiceRow(CellRow):
    """One of a few words ("no" to "yes"), with the keys of the scale. Unanswered is a valid answer.

    `apart` adds one more answer that is not on the scale ("no occasion"), drawn after a gap; its index is
    `len(words)`. Cells are equally wide unless the longest word would touch the edges of its cell.
    """

    def __init__(
        self,
        words: Sequence[str],
        *,
        apart: str = "",
        name: str = "",
        unanswered: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._words = (*words, apart) if apart else tuple(words)
        self._apart = bool(apart)
        self._unanswered = unanswered
        super().__init__(len(self._words), parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tell()

    def words(self) -> tuple[str, ...]:
        """The answers in order, the one apart last."""
        return self._words

    @override
    def describe(self) -> str:
        index = self.chosen()
        now = self._words[index] if index is not None else self._unanswered
        return "; ".join(part for part in (", ".join(self._words), now) if part)

    @override
    def word(self, index: int) -> str:
        return self._words[index]

    @override
    def is_gap_before(self, index: int) -> bool:
        return self._apart and index == len(self._words) - 1

    @override
    def wanted(self) -> QSize:
        pad = self.theme.px(24)
        joined = self._joined()
        width = max(self._word_w(w) for w in self._words[:joined]) + pad
        total = width * joined
        if self._apart:
            total += self._gap() + self._word_w(self._words[-1]) + pad
        return QSize(total, self.theme.size("choice"))

    @override
    def minimumSizeHint(self) -> QSize:
        """Cells as wide as their own words: where equal ones have no room, each takes what its word takes."""
        needed = sum(self._word_w(word) + self.theme.px(_TIGHT_PX) for word in self._words)
        return QSize(needed + (self._gap() if self._apart else 0), self.theme.size("choice"))

    @override
    def cell(self, index: int) -> QRectF:
        high, joined = float(self.theme.size("choice")), self._joined()
        apart_w = 0.0
        if self._apart:
            slack = max(0.0, min(1.0, (self.width() - self.minimumSizeHint().width()) / 80))
            apart_w = self._word_w(self._words[-1]) + self.theme.px(10) + round(self.theme.px(14) * slack)
        span = self.width() - 1 - (apart_w + self._gap() if self._apart else 0)
        if self.is_gap_before(index):
            rect = QRectF(self.width() - apart_w, 0, apart_w, high)
        else:
            left, right = self._edges(index, span, joined)
            rect = QRectF(left, 0, right - left + 1, high)
        if self._is_mirrored():
            rect.moveLeft(self.width() - rect.right())
        return rect

    @override
    def draw_word(self, painter: QPainter, index: int, rect: QRectF) -> None:
        chosen = index == self.chosen()
        role: Role = ("ink" if chosen else "ink2") if self.isEnabled() else "disabled"
        text(painter, rect, self._words[index], self.theme, self._style(), role, weight=600 if chosen else 400)

    def _edges(self, index: int, span: float, joined: int) -> tuple[int, int]:
        """Where a cell begins and ends: equal cells, or each by its word where the longest would touch its edges."""
        words = [self._word_w(word) for word in self._words[:joined]]
        if max(words) + self.theme.px(_ROOM_PX) <= span / joined:
            return round(index * span / joined), round((index + 1) * span / joined)
        pad = (span - sum(words)) / joined
        left = sum(words[:index]) + index * pad
        return round(left), round(left + words[index] + pad)

    def _style(self) -> TypeName:
        return "small"

    def _joined(self) -> int:
        return len(self._words) - (1 if self._apart else 0)

    def _gap(self) -> int:
        return self.theme.space("s")

    def _word_w(self, word: str) -> int:
        return self.metrics(self._style(), weight=600).horizontalAdvance(word)


class Segmented(CellRow):
    """A switch between a few views ("1 month | 3 | 6 months"): each cell as wide as its word, one always chosen."""

    clearable = False

    def __init__(self, words: Sequence[str], *, chosen: int = 0, name: str = "", parent: QWidget | None = None) -> None:
        self._words = tuple(words)
        super().__init__(len(self._words), parent)
        self.setAccessibleName(name)
        self.choose(chosen)

    @override
    def describe(self) -> str:
        index = self.chosen()
        return self._words[index] if index is not None else ""

    @override
    def word(self, index: int) -> str:
        return self._words[index]

    @override
    def wanted(self) -> QSize:
        return QSize(sum(self._widths()) + 1, max(self.theme.size("button_small"), self.theme.size("min_target")))

    @override
    def cell(self, index: int) -> QRectF:
        widths = self._widths()
        rect = QRectF(sum(widths[:index]), 0, widths[index] + 1, self.height())
        if self._is_mirrored():
            rect.moveLeft(self.width() - rect.right())
        return rect

    @override
    def draw_word(self, painter: QPainter, index: int, rect: QRectF) -> None:
        chosen = index == self.chosen()
        role: Role = ("ink" if chosen else "ink2") if self.isEnabled() else "disabled"
        text(painter, rect, self._words[index], self.theme, "small", role, weight=500 if chosen else 400)

    @override
    def take_digit(self, digit: int) -> bool:
        return False

    def _widths(self) -> list[int]:
        metrics, pad = self.metrics("small", weight=500), self.theme.px(20)
        return [max(self.theme.size("min_target"), metrics.horizontalAdvance(word) + pad) for word in self._words]
