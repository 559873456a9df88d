"""A list of any length that lays out only what is in sight.

Its place is a row and the pixels of it that have passed the top; heights are measured when rows come into sight and
never summed, so a hundred thousand rows cost what twenty do. The scroll bar counts rows, each as `STEPS` steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCursor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem
from typing_extensions import override

STEPS: Final = 32
_NOTCH: Final = 120
_LINES: Final = 3
_LINE_PX: Final = 22


class LongList(QListView):
    """Subclasses say how high a row is (`row_height`) and which rows can be current (`can_stand`)."""

    def __init__(self) -> None:
        super().__init__()
        self._top, self._passed = 0, 0
        self._syncing = False
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def row_height(self, row: int) -> int:
        """The height of a row at the present width, in px."""
        raise NotImplementedError

    def can_stand(self, row: int) -> bool:
        """Whether the keyboard can stand on a row."""
        raise NotImplementedError

    def moved(self) -> None:
        """Called after the place, the size or the rows have changed."""

    def in_sight(self) -> Iterator[tuple[int, int, int]]:
        """The rows in sight, from the top: row, its upper edge and its height in px."""
        row, y, last = self._top, -self._passed, self._count() - 1
        bottom = self.viewport().height()
        while row <= last and y < bottom:
            high = self.row_height(row)
            yield row, y, high
            row, y = row + 1, y + high

    def scroll_px(self, down: int) -> None:
        """Move by so many pixels."""
        self._passed += down
        self._settle()

    def show_at_top(self, row: int, below_px: int = 0) -> None:
        """Put a row at the top, or so far below it."""
        self._top, self._passed = max(0, min(row, self._count() - 1)), -below_px
        self._settle()

    # ----------------------------------------------------------------------------------------------------- geometry

    @override
    def doItemsLayout(self) -> None:
        self._settle()

    @override
    def updateGeometries(self) -> None:
        self._sync()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._syncing or not self._count():
            return
        row, step = divmod(self.verticalScrollBar().value(), STEPS)
        self._top = min(row, self._count() - 1)
        self._passed = round(self.row_height(self._top) * step / STEPS)
        self.viewport().update()
        self.moved()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels = event.pixelDelta().y()
        turned = event.angleDelta().y()
        self.scroll_px(-(pixels or round(turned / _NOTCH * _LINES * _LINE_PX)))
        event.accept()

    @override
    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        wide, high = self.viewport().width(), self.viewport().height()
        if not index.isValid():
            return QRect()
        if index.row() < self._top:
            return QRect(0, -2 * high - 1, wide, 1)
        found = next(((y, tall) for row, y, tall in self.in_sight() if row == index.row()), None)
        return QRect(0, found[0], wide, found[1]) if found else QRect(0, 2 * high + 1, wide, 1)

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        for row, y, high in self.in_sight():
            if y <= p.y() < y + high:
                return self.model().index(row, 0)
        return QModelIndex()

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        rect, room, above = self.visualRect(index), self.viewport().height(), self.covered_px()
        at_top = hint is QAbstractItemView.ScrollHint.PositionAtTop
        if at_top or rect.top() < (above if self._top or self._passed else 0):
            self.show_at_top(index.row(), above)
        elif rect.bottom() >= room:
            self.show_at_top(index.row(), max(above, room - self.row_height(index.row())))

    def covered_px(self) -> int:
        """What lies over the top of the list, in px."""
        return 0

    @override
    def verticalOffset(self) -> int:
        return 0

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.topLeft())
        if index.isValid() and self.can_stand(index.row()):
            self.selectionModel().select(index, command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def _count(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    def _settle(self) -> None:
        """Bring the place back to a row that exists, with no empty room under the last one."""
        last = self._count() - 1
        if last < 0:
            self._top = self._passed = 0
        else:
            self._top = min(self._top, last)
            self._carry(last)
            end_row, end_passed = self._end(last)
            self._top, self._passed = min((self._top, self._passed), (end_row, end_passed))
        self._sync()
        self.viewport().update()
        self.moved()

    def _carry(self, last: int) -> None:
        while self._passed < 0 and self._top > 0:
            self._top -= 1
            self._passed += self.row_height(self._top)
        self._passed = max(0, self._passed)
        while self._top < last and self._passed >= (high := self.row_height(self._top)):
            self._passed -= high
            self._top += 1

    def _end(self, last: int) -> tuple[int, int]:
        """The place at which the last row stands at the bottom."""
        room, row = self.viewport().height(), last
        needed = self.row_height(row)
        while needed < room and row > 0:
            row -= 1
            needed += self.row_height(row)
        return row, max(0, needed - room)

    def _sync(self) -> None:
        """Let the scroll bar say where the list stands."""
        bar, last = self.verticalScrollBar(), self._count() - 1
        self._syncing = True
        if last < 0:
            bar.setRange(0, 0)
        else:
            row, passed = self._end(last)
            bar.setRange(0, self._steps(row, passed))
            bar.setPageStep(max(STEPS, sum(1 for _ in self.in_sight()) * STEPS))
            bar.setSingleStep(STEPS)
            bar.setValue(self._steps(self._top, self._passed))
        self._syncing = False

    def _steps(self, row: int, passed: int) -> int:
        return row * STEPS + round(passed * STEPS / max(1, self.row_height(row)))

    # ----------------------------------------------------------------------------------------------------- keyboard

    @override
    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        actions = QAbstractItemView.CursorAction
        here, last = self.currentIndex().row(), self._count() - 1
        if cursorAction is actions.MoveHome:
            return self._standing(0, 1)
        if cursorAction is actions.MoveEnd:
            return self._standing(last, -1)
        if here < 0:
            return self._standing(self._top, 1)
        if cursorAction in {actions.MoveDown, actions.MoveNext, actions.MoveRight}:
            return self._standing(here + 1, 1)
        if cursorAction in {actions.MoveUp, actions.MovePrevious, actions.MoveLeft}:
            return self._standing(here - 1, -1)
        way = 1 if cursorAction is actions.MovePageDown else -1
        return self._standing(self._a_screen_from(here, way), way)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; looking for words is the search's part."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self._standing(self.currentIndex().row() - 1, -1) == self.currentIndex():
            self.scroll_px(-self.viewport().height())
        super().keyPressEvent(event)

    def _standing(self, row: int, way: int) -> QModelIndex:
        """The nearest row the keyboard can stand on, first in one direction, else the current one."""
        while 0 <= row < self._count():
            if self.can_stand(row):
                return self.model().index(row, 0)
            row += way
        return self.currentIndex()

    def _a_screen_from(self, row: int, way: int) -> int:
        room = self.viewport().height() - self.covered_px() - self.row_height(row)
        while 0 <= row + way < self._count() and (room := room - self.row_height(row + way)) >= 0:
            row += way
        return max(0, min(self._count() - 1, row + (way if not self.can_stand(row) else 0)))

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus() and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    # ----------------------------------------------------------------------------------------------------- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        model, selection = self.model(), self.selectionModel()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, flags = option.state, QStyle.StateFlag
        pointed = self._pointed()
        painter = QPainter(self.viewport())
        for row, y, high in self.in_sight():
            rect = QRect(0, y, self.viewport().width(), high)
            if not event.rect().intersects(rect):
                continue
            index = model.index(row, 0)
            state = plain & ~(flags.State_Selected | flags.State_HasFocus | flags.State_MouseOver)
            if selection.isSelected(index):
                state |= flags.State_Selected
            if self.hasFocus() and index == self.currentIndex():
                state |= flags.State_HasFocus
            if row == pointed:
                state |= flags.State_MouseOver
            option.rect, option.state = rect, state
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _pointed(self) -> int:
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row()
