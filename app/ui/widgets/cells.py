"""A row of joined cells of which at most one is chosen: the shared body of scale, choice row and segmented switch."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.tokens import Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import PaintedWidget, end_rounded, outline


class CellRow(PaintedWidget):
    """One tab stop with cells side by side. The cursor and the choice are two things: arrows choose as they move,
    but a row that has no answer yet stays without one until a key or a click gives it.
    """

    changed = Signal(object)
    """Emitted with the chosen index (int), or None after clearing, when a person changes it."""

    spoken_role = QAccessible.Role.Slider
    clearable = True
    mirrored = True
    first_digit = 1
    """The digit that chooses the first cell."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._chosen: int | None = None
        self._cursor = 0
        self._hover: int | None = None
        self._ring = RingKeeper(self, self.focus_shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @abstractmethod
    def cell(self, index: int) -> QRectF:
        """Where a cell is, in widget px, the 1 px outlines of neighbours lying on each other."""

    @abstractmethod
    def draw_word(self, painter: QPainter, index: int, rect: QRectF) -> None:
        """Draw what stands in a cell."""

    @abstractmethod
    def describe(self) -> str:
        """The accessible description, from words given by the caller: what the ends mean and what is chosen."""

    @override
    def spoken_value(self) -> str:
        return self.word(self._chosen) if self._chosen is not None else ""

    @abstractmethod
    def word(self, index: int) -> str:
        """What stands in a cell, as text."""

    def count(self) -> int:
        """How many cells there are."""
        return self._count

    def chosen(self) -> int | None:
        """The index of the chosen cell, or None while unanswered."""
        return self._chosen

    def choose(self, index: int | None) -> None:
        """Show a choice without emitting `changed`. IndexError outside the cells."""
        if index is not None and not 0 <= index < self._count:
            raise IndexError(index)
        self._chosen = index
        if index is not None:
            self._cursor = index
        self.tell()

    def tell(self) -> None:
        """Refresh description and pixels after a change."""
        self.setAccessibleDescription(self.describe())
        self.tell_value_changed()
        self.update()
        self.focus_moved()

    def focus_moved(self) -> None:
        """Let the focus ring follow the cursor inside the row."""
        self._ring.place()

    def is_gap_before(self, _index: int) -> bool:
        """Whether a cell stands apart from the one before it."""
        return False

    def filled(self) -> bool:
        """Whether the chosen cell is filled with the accent (a number) rather than tinted (a word)."""
        return False

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        cells = [self.cell(i) for i in range(self._count)]
        for index, rect in enumerate(cells):
            if index != self._chosen:
                self._draw_cell(painter, index, rect, theme)
        if self._chosen is not None:
            self._draw_cell(painter, self._chosen, cells[self._chosen], theme)

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        return self.cell(self._cursor), 3.0

    def cursor_index(self) -> int:
        """The cell the keyboard is on."""
        return self._cursor

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if index is not None and event.button() is Qt.MouseButton.LeftButton:
            self._set(index)
        super().mousePressEvent(event)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self._at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if chord or not self.take_key(event.key()):
            super().keyPressEvent(event)

    def take_key(self, key: int) -> bool:
        """Act on a key and say whether it was one of this row's."""
        step = self._step(key)
        if step is not None:
            start = self._cursor if self._chosen is not None else self._cursor - (max(0, step))
            self._set(min(self._count - 1, max(0, start + step)))
        elif key == Qt.Key.Key_Home:
            self._set(0)
        elif key == Qt.Key.Key_End:
            self._set(self._count - 1)
        elif key == Qt.Key.Key_Space:
            self._set(self._cursor)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and self.clearable:
            self._set(None)
        else:
            return self.take_digit(key - Qt.Key.Key_0) if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 else False
        return True

    def take_digit(self, digit: int) -> bool:
        """A digit chooses the nth cell, counted from `first_digit`."""
        index = digit - self.first_digit
        if not 0 <= index < self._count:
            return False
        self._set(index)
        return True

    def _step(self, key: int) -> int | None:
        towards_end = Qt.Key.Key_Right if not self._is_mirrored() else Qt.Key.Key_Left
        towards_start = Qt.Key.Key_Left if not self._is_mirrored() else Qt.Key.Key_Right
        if key in {towards_end, Qt.Key.Key_Up}:
            return 1
        return -1 if key in {towards_start, Qt.Key.Key_Down} else None

    def _is_mirrored(self) -> bool:
        return self.mirrored and self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _at(self, point: QPointF) -> int | None:
        return next((i for i in range(self._count) if self.cell(i).contains(point)), None)

    def _set(self, index: int | None) -> None:
        before = self._chosen
        self._chosen = index
        self._cursor = index if index is not None else self._cursor
        self.tell()
        if before != index:
            self.changed.emit(index)

    def _set_hover(self, index: int | None) -> None:
        if index != self._hover:
            self._hover = index
            self.update()

    def _draw_cell(self, painter: QPainter, index: int, rect: QRectF, theme: Theme) -> None:
        chosen, enabled = index == self._chosen, self.isEnabled()
        if chosen:
            fill = theme.color("lee" if self.filled() else "lee_tint")
        elif enabled and index == self._hover:
            fill = theme.color("lee_tint" if self.filled() else "hover")
        else:
            fill = theme.color("field" if enabled else "sunken")
        edge = theme.color(("lee" if chosen else "control") if enabled else "line")
        first = index == 0 or self.is_gap_before(index)
        last = index == self._count - 1 or self.is_gap_before(index + 1)
        if self._is_mirrored():
            first, last = last, first
        painter.setPen(outline(edge))
        painter.setBrush(fill)
        shape = end_rounded(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("control"), left=first, right=last)
        painter.drawPath(shape)
        self.draw_word(painter, index, rect)
