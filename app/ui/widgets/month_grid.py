"""A month of days as a grid: one row a ritual, one cell a day, strength at the right.

One tab stop. Arrows walk days and rows, Space or a click moves a day on, Enter chooses the row, Home and End go to the
ends of a row. Days to come are points and locked; days before the beginning are empty.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import PaintedWidget, box, text

_NAME_PX, _NAME_LEAST_PX = 206, 120
_BAR_PX, _FIGURE_PX = 88, 34
_EDGE_PX, _SIDE_PX, _ROW_PX, _HEAD_PX = 18, 14, 39, 34
_PITCH_LEAST_PX: Final = 17


class Cell(StrEnum):
    """What one day shows."""

    NONE = "none"
    DONE = "done"
    SMALL = "small"
    OPEN = "open"
    REST = "rest"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class DayHead:
    """A column: the weekday's letter, the figure, and whether it is today."""

    letter: str
    figure: str
    today: bool = False


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a row: what is shown, whether it can be changed, whether it was entered late, and its words."""

    cell: Cell
    words: str
    locked: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its name and rhythm, its days, and at the end a strength (0 to 100) or words in its place."""

    key: str
    title: str
    meta: str
    cells: tuple[DayCell, ...]
    strength: int | None
    told: str
    resting: bool = False


class MonthGrid(PaintedWidget):
    """See the module. `moved_on(row, day)` with places from 0 when a day is to change; `chosen(row)` for a row."""

    moved_on = Signal(int, int)
    chosen = Signal(int)
    asked = Signal(int, int)
    """A person wants to say more about a day: the menu key, or the other mouse button."""

    walked = Signal(object)
    """Emitted with the rectangle (QRect) of the day the cursor came to, so that what scrolls can show it."""

    spoken_role = QAccessible.Role.Table

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[DayHead, ...] = ()
        self._rows: tuple[GridRow, ...] = ()
        self._row = self._day = 0
        self._selected = -1
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ring = RingKeeper(self, self.focus_shape)

    def show_days(self, heads: Sequence[DayHead], rows: Sequence[GridRow], selected: int) -> None:
        """Show a month; `selected` is the row that is told below, -1 for none. The cursor stays where it was."""
        new_month = [head.letter for head in heads] != [head.letter for head in self._heads]
        self._heads, self._rows, self._selected = tuple(heads), tuple(rows), selected
        self._row = min(max(0, self._row), max(0, len(rows) - 1))
        if new_month:
            self._day = next((place for place, head in enumerate(heads) if head.today), 0)
        self._day = min(self._day, max(0, len(heads) - 1))
        self._tell()
        self.updateGeometry()
        self._ring.place()
        self.update()

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """What is shown."""
        return self._rows

    def go_to(self, row: int) -> None:
        """Put the cursor on a row."""
        self._row = row
        self._tell()
        self._ring.place()
        self.update()

    @override
    def spoken_value(self) -> str:
        return self.accessibleDescription()

    @override
    def wanted(self) -> QSize:
        theme = self.theme
        least = theme.px(_NAME_LEAST_PX + _FIGURE_PX + 2 * _EDGE_PX) + len(self._heads) * theme.px(_PITCH_LEAST_PX)
        return QSize(least, theme.px(_HEAD_PX) + len(self._rows) * self._row_high() + theme.px(4))

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        if not (self._rows and self._heads):
            return QRectF(self.rect()), self.theme.radius("control")
        return self._square(self._row, self._day).adjusted(-1, -1, 1, 1), self.theme.px(4)

    # ------------------------------------------------------------------------------------------------------- painting

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        for place, head in enumerate(self._heads):
            self._draw_head(painter, place, head)
        for number, row in enumerate(self._rows):
            self._draw_row(painter, number, row)
        painter.fillRect(QRectF(0, theme.px(_HEAD_PX), self.width(), 1), theme.color("line"))

    def _draw_head(self, painter: QPainter, place: int, head: DayHead) -> None:
        theme, pitch = self.theme, self._pitch()
        centre = self._x(place) + pitch / 2
        role: Role = "lee" if head.today else "ink3"
        weight = 600 if head.today else None
        high = theme.px(15)
        align = Qt.AlignmentFlag.AlignHCenter
        letter = QRectF(centre - pitch, 0, 2 * pitch, high)
        text(painter, letter, head.letter, theme, "hint", role, align=align, weight=weight)
        figure = QRectF(centre - pitch, high, 2 * pitch, high)
        shown: Role = "lee" if head.today else "ink2"
        text(painter, figure, head.figure, theme, "hint", shown, align=align, weight=weight)

    def _draw_row(self, painter: QPainter, number: int, row: GridRow) -> None:
        theme, top, high = self.theme, self._y(number), self._row_high()
        if number == self._selected:
            painter.fillRect(QRectF(0, top + 1, self.width(), high - 1), theme.color("sunken"))
            edge = 0 if not self._mirrored() else self.width() - theme.px(3)
            painter.fillRect(QRectF(edge, top + 1, theme.px(3), high - 1), theme.color("lee"))
        elif number:
            inset = theme.px(_EDGE_PX)
            painter.fillRect(QRectF(inset, top, self.width() - 2 * inset, 1), theme.color("line"))
        name = self._name_rect(number)
        half = name.height() / 2
        title = self.metrics("small", weight=500).elidedText(row.title, Qt.TextElideMode.ElideRight, int(name.width()))
        meta = self.metrics("hint").elidedText(row.meta, Qt.TextElideMode.ElideRight, int(name.width()))
        side = Qt.AlignmentFlag.AlignRight if self._mirrored() else Qt.AlignmentFlag.AlignLeft
        upper, lower = QRectF(name), QRectF(name)
        upper.setHeight(half)
        lower.setTop(name.top() + half)
        text(painter, upper, title, theme, "small", "ink", align=side, weight=500)
        text(painter, lower, meta, theme, "hint", "ink2", align=side)
        for place, cell in enumerate(row.cells):
            paint_cell(painter, self._square(number, place), cell, theme, today=self._heads[place].today)
        self._draw_strength(painter, number, row)

    def _draw_strength(self, painter: QPainter, number: int, row: GridRow) -> None:
        theme, area = self.theme, self._end_rect(number)
        if row.strength is None:
            side = Qt.AlignmentFlag.AlignRight if self._mirrored() else Qt.AlignmentFlag.AlignLeft
            text(painter, area, row.told, theme, "hint", "ink2", align=side)
            return
        figure_px, bar_px = theme.px(_FIGURE_PX) - theme.px(8), area.width() - theme.px(_FIGURE_PX)
        left = area.left()
        if bar_px >= theme.px(30):
            high = theme.size("strength_bar_h")
            track = QRectF(left, area.center().y() - high / 2, bar_px, high)
            if self._mirrored():
                track.moveRight(area.right())
            box(painter, track, theme.radius("bar"), fill=theme.color("line"))
            if row.strength:
                part = QRectF(track)
                part.setWidth(max(high, track.width() * row.strength / 100))
                if self._mirrored():
                    part.moveRight(track.right())
                box(painter, part, theme.radius("bar"), fill=theme.color("control" if row.resting else "lee"))
        figure = QRectF(area.right() - figure_px, area.top(), figure_px, area.height())
        if self._mirrored():
            figure.moveLeft(area.left())
        text(painter, figure, str(row.strength), theme, "caption", "ink")

    # ------------------------------------------------------------------------------------------------------- places

    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _row_high(self) -> int:
        return max(self.theme.px(_ROW_PX), self.metrics("small").height() + self.metrics("hint").height() + 4)

    def _name_px(self) -> float:
        wide = self.theme.px(_NAME_PX)
        spare = self.width() - self.theme.px(2 * _EDGE_PX + _BAR_PX + _FIGURE_PX)
        room = spare - len(self._heads) * self.theme.px(_PITCH_LEAST_PX)
        return float(min(wide, max(self.theme.px(_NAME_LEAST_PX), room)))

    def _end_px(self) -> float:
        wide = self.theme.px(_BAR_PX + _FIGURE_PX)
        days = len(self._heads) * self.theme.px(_PITCH_LEAST_PX)
        room = self.width() - self.theme.px(2 * _EDGE_PX) - self._name_px() - days
        return float(max(self.theme.px(_FIGURE_PX), min(wide, room)))

    def _pitch(self) -> float:
        between = self.width() - self.theme.px(2 * _EDGE_PX) - self._name_px() - self._end_px() - self.theme.px(14)
        return max(1.0, between / max(1, len(self._heads)))

    def _x(self, place: int) -> float:
        """The left edge of a day: time keeps its direction in every script, the columns around it change sides."""
        before = self._end_px() + self.theme.px(14) if self._mirrored() else self._name_px()
        return self.theme.px(_EDGE_PX) + before + place * self._pitch()

    def _y(self, row: int) -> int:
        return self.theme.px(_HEAD_PX) + row * self._row_high()

    def _square(self, row: int, place: int) -> QRectF:
        side = min(self.theme.px(_SIDE_PX), self._pitch() - 2)
        centre = QPointF(self._x(place) + self._pitch() / 2, self._y(row) + self._row_high() / 2)
        return QRectF(round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)

    def _name_rect(self, row: int) -> QRectF:
        gap = self.theme.px(10)
        wide, high = self._name_px() - gap, self._row_high() - 4
        left = self.width() - self.theme.px(_EDGE_PX) - wide if self._mirrored() else self.theme.px(_EDGE_PX)
        return QRectF(left, self._y(row) + 2, wide, high)

    def _end_rect(self, row: int) -> QRectF:
        wide = self._end_px()
        left = self.theme.px(_EDGE_PX) if self._mirrored() else self.width() - self.theme.px(_EDGE_PX) - wide
        return QRectF(left, self._y(row), wide, self._row_high())

    def _at(self, spot: QPointF) -> tuple[int, int | None] | None:
        """The row and, over its days, the day of a point."""
        row = int((spot.y() - self.theme.px(_HEAD_PX)) // self._row_high())
        if not 0 <= row < len(self._rows):
            return None
        place = int((spot.x() - self._x(0)) // self._pitch())
        return row, place if 0 <= place < len(self._heads) else None

    # ------------------------------------------------------------------------------------------------------- hands

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is None:
            return
        self._row, day = found
        if day is not None:
            self._day = day
        self._settle()
        if day is None:
            self.chosen.emit(self._row)
        elif event.button() is Qt.MouseButton.RightButton:
            self._ask()
        else:
            self._move_on()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -len(self._heads)),
            Qt.Key.Key_End: (0, len(self._heads)),
        }
        if not self._rows or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in steps:
            down, across = steps[key]
            self._row = min(len(self._rows) - 1, max(0, self._row + down))
            self._day = min(len(self._heads) - 1, max(0, self._day + across))
            self._settle()
        elif key is Qt.Key.Key_Space:
            self._move_on()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self._row)
        elif key in {Qt.Key.Key_Menu, Qt.Key.Key_F2}:
            self._ask()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            words = ""
            if found is not None:
                row = self._rows[found[0]]
                words = row.title if found[1] is None else row.cells[found[1]].words
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _move_on(self) -> None:
        if not self._rows[self._row].cells[self._day].locked:
            self.moved_on.emit(self._row, self._day)

    def _ask(self) -> None:
        if not self._rows[self._row].cells[self._day].locked:
            self.asked.emit(self._row, self._day)

    def cursor_rect(self) -> QRect:
        """Where the cursor is, in px of the grid."""
        return self.focus_shape()[0].toAlignedRect()

    def _settle(self) -> None:
        self._tell()
        self._ring.place()
        self.walked.emit(self.cursor_rect())
        self.update()

    def _tell(self) -> None:
        with contextlib.suppress(IndexError):
            row = self._rows[self._row]
            self.setAccessibleDescription(f"{row.title}, {row.cells[self._day].words}")
            self.tell_value_changed()


def paint_cell(painter: QPainter, rect: QRectF, cell: DayCell, theme: Theme, *, today: bool = False) -> None:
    """Draw one day into a square: filled, half filled, outlined, a dash or a point; each a shape of its own."""
    radius = max(2.0, rect.width() / 4.5)
    if cell.cell is Cell.NONE and not today:
        return
    if cell.cell is Cell.AHEAD:
        side = max(3.0, rect.width() / 4)
        point = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        box(painter, point, side / 2, fill=theme.color("line"))
    elif cell.cell is Cell.REST:
        bar = QRectF(rect.left() + rect.width() / 8, rect.center().y() - 1, rect.width() * 3 / 4, 2)
        box(painter, bar, 1, fill=theme.color("ink3"))
    elif cell.cell is Cell.DONE:
        box(painter, rect, radius, fill=theme.color("lee"))
    elif cell.cell in {Cell.OPEN, Cell.SMALL}:
        edge: Role = "lee" if today or cell.cell is Cell.SMALL else "control"
        width = 2.0 if today else 1.2
        if cell.cell is Cell.SMALL:
            shape = QPainterPath()
            shape.addRoundedRect(rect, radius, radius)
            lower = QPainterPath()
            lower.addRect(QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2))
            painter.fillPath(shape.intersected(lower), theme.color("lee"))
        inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        box(painter, inner, radius, edge=theme.color(edge), width_px=width)
    if cell.late:
        side = max(2.5, rect.width() / 5)
        box(
            painter,
            QRectF(rect.center().x() - side / 2, rect.bottom() + 2, side, side),
            side / 2,
            fill=theme.color("ink3"),
        )
