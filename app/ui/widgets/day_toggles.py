"""Days of the week as seven small squares, any of which can be on: one tab stop, as chips but without their width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import PaintedWidget, box, text

_SIDE_PX, _GAP_PX = 28, 5


class DayToggles(PaintedWidget):
    """Arrows move, Space toggles, 1 to 7 toggle the nth. On is a tint, an edge and weight; the name is read out."""

    changed = Signal(object)
    """Emitted with the keys that are on, in order, when a person changes them."""

    spoken_role = QAccessible.Role.List

    def __init__(
        self, days: Sequence[tuple[str, str, str]], *, name: str, on: str, off: str, parent: QWidget | None = None
    ) -> None:
        """`days` are (key, letter, whole name); `on` and `off` say whether one is chosen, with {day} in them."""
        super().__init__(parent)
        self._days, self._words = tuple(days), (off, on)
        self._on: frozenset[str] = frozenset()
        self._cursor = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._ring = RingKeeper(self, self.focus_shape)
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """The keys that are on, in order."""
        return tuple(key for key, _, _ in self._days if key in self._on)

    def choose(self, keys: Sequence[str]) -> None:
        """Show a choice; nothing is said to have changed."""
        self._on = frozenset(keys)
        self._tell()

    @override
    def spoken_value(self) -> str:
        return self.accessibleDescription()

    @override
    def wanted(self) -> QSize:
        theme, count = self.theme, len(self._days)
        return QSize(count * theme.px(_SIDE_PX) + (count - 1) * theme.px(_GAP_PX), theme.px(_SIDE_PX))

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        return self._square(self._cursor), self.theme.radius("control")

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        for place, (key, letter, _) in enumerate(self._days):
            on, rect = key in self._on, self._square(place)
            edge: Role = "lee" if on else "control"
            fill: Role = "lee_tint" if on else "field"
            box(painter, rect, theme.radius("control"), fill=theme.color(fill), edge=theme.color(edge))
            text(painter, rect, letter, theme, "small", "ink" if on else "ink2", weight=600 if on else None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(len(self._days)):
            if self._square(place).contains(event.position()):
                self._toggle(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ahead, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            ahead, back = back, ahead
        goal = {ahead: self._cursor + 1, back: self._cursor - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._days)}
        if key in goal:
            self._cursor = min(len(self._days) - 1, max(0, goal[key]))
            self._tell()
        elif key is Qt.Key.Key_Space:
            self._toggle(self._cursor)
        elif event.text().isdecimal() and 1 <= int(event.text()) <= len(self._days):
            self._toggle(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _toggle(self, place: int) -> None:
        self._cursor = place
        self._on ^= {self._days[place][0]}
        self._tell()
        self.changed.emit(self.chosen())

    def _square(self, place: int) -> QRectF:
        side, gap = self.theme.px(_SIDE_PX), self.theme.px(_GAP_PX)
        left = place * (side + gap)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - side
        return QRectF(left, 0, side, side)

    def _tell(self) -> None:
        key, _, name = self._days[self._cursor]
        self.setAccessibleDescription(self._words[key in self._on].format(day=name))
        self.tell_value_changed()
        self._ring.place()
        self.update()
