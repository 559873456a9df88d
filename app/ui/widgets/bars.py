"""Small bars: a ritual's strength, the eight steps of a thread, time in a conversation."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role
from app.ui.widgets.painting import PaintedWidget, box, text


class StrengthBar(PaintedWidget):
    """How firmly a ritual has taken hold: a bar, the number, and its word. Grey while resting.

    `words` is the text after the number, already in the reader's language ("taking hold").
    """

    spoken_role = QAccessible.Role.ProgressBar

    def __init__(
        self, value: int = 0, words: str = "", *, resting: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value, self._words, self._resting = value, words, resting
        self.setAccessibleName(name)
        self.show_strength(value, words, resting=resting)

    @override
    def spoken_value(self) -> str:
        return str(self._value)

    def show_strength(self, value: int, words: str, *, resting: bool = False) -> None:
        """Show another strength, 0 to 100."""
        self._value, self._words, self._resting = max(0, min(100, value)), words, resting
        self.setAccessibleDescription(f"{self._value}, {words}" if words else str(self._value))
        self.tell_value_changed()
        self.updateGeometry()
        self.update()

    @override
    def wanted(self) -> QSize:
        theme = self.theme
        wide = theme.size("strength_bar_w")
        if self._words:
            wide += theme.px(9) + self._number_w() + self.metrics("small").horizontalAdvance(self._tail())
        return QSize(wide, theme.px(18))

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        wide, high = theme.size("strength_bar_w"), theme.size("strength_bar_h")
        left = self.width() - wide if mirrored else 0
        track = QRectF(left, round((self.height() - high) / 2), wide, high)
        box(painter, track, theme.radius("bar"), fill=theme.color("line"))
        if self._value:
            part = QRectF(track)
            part.setWidth(max(high, wide * self._value / 100))
            if mirrored:
                part.moveRight(track.right())
            role: Role = "control" if self._resting else "lee"
            box(painter, part, theme.radius("bar"), fill=theme.color(role))
        if self._words:
            self._draw_words(painter, wide + theme.px(9), mirrored=mirrored)

    def _draw_words(self, painter: QPainter, start: int, *, mirrored: bool) -> None:
        number_w = self._number_w()
        tail_w = self.metrics("small").horizontalAdvance(self._tail())
        first, second = QRectF(start, 0, number_w, self.height()), QRectF(start + number_w, 0, tail_w, self.height())
        if mirrored:
            first.moveRight(self.width() - start)
            second.moveRight(first.left())
        text(painter, first, str(self._value), self.theme, "small", "ink", weight=600)
        tail = self._tail() if not mirrored else f"{self._words} · "
        text(painter, second, tail, self.theme, "small", "ink2")

    def _tail(self) -> str:
        return f" · {self._words}"

    def _number_w(self) -> int:
        return self.metrics("small", weight=600).horizontalAdvance(str(self._value))


class MiniBar(PaintedWidget):
    """How far along a thread is: one short segment a step, filled up to the current one. Grey when settled."""

    def __init__(
        self,
        done: int = 0,
        count: int = 8,
        *,
        settled: bool = False,
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._done, self._count, self._settled = done, count, settled
        self.setAccessibleName(description)

    def show_steps(self, done: int, *, settled: bool = False, description: str = "") -> None:
        """Show another state."""
        self._done, self._settled = done, settled
        self.setAccessibleName(description)
        self.tell_value_changed()
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self._count * self.theme.px(11) - self.theme.px(2), self.theme.px(16))

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        pitch, wide, high = theme.px(11), theme.px(9), theme.px(4)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for number in range(self._count):
            left = number * pitch
            rect = QRectF(self.width() - left - wide if mirrored else left, (self.height() - high) / 2, wide, high)
            role: Role = "line" if number >= self._done else "control" if self._settled else "lee"
            box(painter, rect, high / 2, fill=theme.color(role))


class TimeBar(PaintedWidget):
    """Time passed of a soft timer, 0 to 1; it never turns into a warning."""

    def __init__(self, part: float = 0.0, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float, description: str = "") -> None:
        """Show another part of the time, held within 0 to 1."""
        self._part = min(1.0, max(0.0, part))
        self.setAccessibleDescription(description)
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.size("strength_bar_h"))

    @override
    def draw(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        box(painter, rect, theme.radius("bar"), fill=theme.color("line"))
        rect.setWidth(rect.width() * self._part)
        box(painter, rect, theme.radius("bar"), fill=theme.color("control"))
