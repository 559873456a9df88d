"""The list of the timeline: rows painted by a delegate, the day one reads kept in sight at the top."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.models.timeline_rows import ROW_ROLE, DayRow, EntryRow, Index, Piece, Row, TimelineModel, WaitingRow
from app.ui.screens.journal.line_layout import Lines, Look
from app.ui.screens.journal.long_list import LongList
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets.marks import paint_mark
from app.ui.widgets.painting import box, diamond, painting, text

_TIME_PX: Final = 54
_DAY_PX: Final = 88
_HEAD_PX: Final = 38
_ABOVE_PX: Final = 28
_MARK_PX: Final = 22
_AIR_PX: Final = 7
_MOST_LINES: Final = 2
_MOST_BROKEN: Final = 120
"""Rows whose lines are kept for painting: a few screens."""
_MOST_MEASURED: Final = 5_000
"""Heights that are remembered at once."""


class EntryDelegate(QStyledItemDelegate):
    """Paints days and entries. A line that is too long goes on in a second one; heights are measured once a width."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._list = parent
        self._hub = current_hub()
        self._measured: dict[tuple[str, str, int], int] = {}
        self._broken: dict[tuple[EntryRow, float, bool], tuple[Lines, Lines | None]] = {}
        self._hub.changed.connect(lambda _theme: self.forget())

    def forget(self) -> None:
        """Let go of the lines that were measured and broken."""
        self._measured.clear()
        self._broken.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, row = self._hub.theme, index.data(ROW_ROLE)
        return QSize(theme.px(200), self.height_of(row))

    def height_of(self, row: Row | None) -> int:
        """How high a row is at the present width, in px; one that waits is taken to be like most."""
        theme, wide = self._hub.theme, self._list.viewport().width()
        if isinstance(row, DayRow):
            return theme.px(_HEAD_PX)
        if not isinstance(row, EntryRow):
            return theme.line_height("line") + theme.line_height("caption") + theme.px(_AIR_PX) * 2 + 2
        key = (row.record, row.title, wide)
        high = self._measured.get(key)
        if high is None:
            if len(self._measured) > _MOST_MEASURED:
                self._measured.clear()
            high = self._measured[key] = self._height(row, wide - 1, theme)
        return high

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._hub.theme
        if isinstance(row, DayRow):
            rect = QRectF(option.rect).adjusted(theme.px(10), 0, -theme.px(10), -theme.px(5))
            rect.setTop(rect.bottom() - theme.line_height("label"))
            text(painter, rect, row.words, theme, "label", "ink2", align=_align(option), weight=600)
        elif isinstance(row, WaitingRow):
            self._waiting(painter, QRectF(option.rect), theme)
        elif isinstance(row, EntryRow):
            self._ground(painter, option, theme)
            self._entry(painter, option, row, theme)
        painter.restore()

    @staticmethod
    def _waiting(painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Two quiet bars where words will stand."""
        start, high = theme.px(10 + _TIME_PX + _MARK_PX), theme.px(8)
        for top, share in ((0.28, 0.5), (0.62, 0.34)):
            bar = QRectF(rect.left() + start, rect.top() + rect.height() * top, rect.width() * share, high)
            box(painter, bar, high / 2, fill=theme.color("sunken"))

    def _height(self, row: EntryRow, wide: float, theme: Theme) -> int:
        lines = _title(row, theme, self._room(row, wide, theme)[1], mirrored=False).count
        under = theme.line_height("caption") if row.under else 0
        return lines * theme.line_height("line") + under + theme.px(_AIR_PX) * 2 + 2

    @staticmethod
    def _room(row: EntryRow, wide: float, theme: Theme) -> tuple[float, float]:
        """Where a title starts, and the px it has."""
        pad = theme.px(10)
        start = pad + theme.px(_DAY_PX if row.dated else _TIME_PX) + theme.px(_MARK_PX)
        return start, max(1.0, wide - start - pad - _late_px(row, theme) - _author_px(row, theme))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        rect, radius = QRectF(option.rect).adjusted(0, 0, -1, -2), theme.radius("control") + 1
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, rect, radius, fill=theme.color("lee_tint"), edge=theme.color("line"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect, radius, fill=theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            box(painter, rect, radius, edge=theme.color("focus"), width_px=2)

    def _entry(self, painter: QPainter, option: QStyleOptionViewItem, row: EntryRow, theme: Theme) -> None:
        rect = QRectF(option.rect).adjusted(0, 0, -1, -2)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        align = _align(option)
        title_h, rest_h, pad, top = (
            theme.line_height("line"), theme.line_height("caption"), theme.px(10), theme.px(_AIR_PX),
        )  # fmt: skip

        def place(x: float, y: float, wide: float, high: float) -> QRectF:
            left = rect.right() - x - wide if mirrored else rect.left() + x
            return QRectF(left, rect.top() + y, wide, high)

        first = theme.px(_DAY_PX if row.dated else _TIME_PX)
        text(painter, place(pad, top, first, title_h), row.time, theme, "caption", "ink3",
             align=align, tabular=True)  # fmt: skip
        side = theme.size("icon_small")
        mark = place(pad + first, top + (title_h - side) / 2, side, side)
        if row.icon:
            paint_icon(painter, mark, row.icon, "ink3", self._hub)
        else:
            diamond(painter, mark.center(), theme.px(6), theme.color("plum"))
        start, wide = self._room(row, rect.width(), theme)
        late, author = _late_px(row, theme), _author_px(row, theme)
        if row.mark is not None:
            small = theme.size("person_mark_small")
            at = place(rect.width() - pad - small, top + (title_h - small) / 2, small, small)
            paint_mark(painter, at, row.mark, theme)
        if late:
            at = place(rect.width() - pad - late - author, top, late, title_h)
            text(painter, at, row.late, theme, "caption", "lamp")
        below = rect.width() - start - pad
        title, rest = self._lines(row, theme, wide, below, mirrored=mirrored)
        title.draw(painter, place(start, top, wide, title_h).topLeft())
        if rest is not None:
            rest.draw(painter, place(start, top + title_h * title.count, below, rest_h).topLeft())

    def _lines(
        self, row: EntryRow, theme: Theme, wide: float, below: float, *, mirrored: bool
    ) -> tuple[Lines, Lines | None]:
        """A row's title and what stands under it, broken into lines once for all the times it is painted."""
        key = (row, wide, mirrored)
        found = self._broken.get(key)
        if found is None:
            while len(self._broken) >= _MOST_BROKEN:
                del self._broken[next(iter(self._broken))]
            rest = Lines(row.under, Look(theme, "caption", "ink3", mirrored), below) if row.under else None
            found = self._broken[key] = (_title(row, theme, wide, mirrored=mirrored), rest)
        return found


def _title(row: EntryRow, theme: Theme, wide: float, *, mirrored: bool) -> Lines:
    style: TypeName = "line" if row.personal else "body"
    role: Role = "ink" if row.personal else "ink2"
    return Lines(row.line or (Piece(row.title),), Look(theme, style, role, mirrored, _MOST_LINES), wide)


def _late_px(row: EntryRow, theme: Theme) -> float:
    """The room at the far end that says that an entry looks back."""
    if not row.late:
        return 0.0
    return QFontMetrics(theme.font("caption")).horizontalAdvance(row.late) + theme.px(8)


def _author_px(row: EntryRow, theme: Theme) -> float:
    """The room at the far end for the mark of whoever shared it."""
    return float(theme.size("person_mark_small") + theme.px(8)) if row.mark is not None else 0.0


class DayAbove(QWidget):
    """The day under which one reads, over the top of the list while its own heading is out of sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str) -> None:
        """Show a day, or nothing."""
        self.setVisible(bool(words))
        if words != self._words:
            self._words = words
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("card"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line_soft"))
            rect = QRectF(self.rect()).adjusted(theme.px(10), 0, -theme.px(10), -1)
            side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
            align = side | Qt.AlignmentFlag.AlignAbsolute
            text(painter, rect, self._words, theme, "label", "ink2", align=align, weight=600)


class TimelineView(LongList):
    """One tab stop. Arrows, J and K, Home, End and the page keys move, Enter or a click opens, Delete removes, brackets
    go by months, G asks for one, a slash for the search; the menu key says what can be done with an entry.
    """

    opened = Signal(str)
    """Emitted with the entry to read."""
    remove_asked = Signal(str)
    """Emitted with the entry that should go, on the Delete key."""
    month_asked = Signal()
    """Emitted when somebody wants to go to a month."""
    search_asked = Signal()
    """Emitted when the keyboard should go to the search."""
    kind_asked = Signal(str)
    """Emitted with a kind to keep alone."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = TimelineModel(self)
        self._generation = -1
        self.setModel(self.rows)
        self._delegate = EntryDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self._above = DayAbove(self)
        self.clicked.connect(self._open)
        current_hub().changed.connect(self._restyle)

    def show_rows(self, rows: tuple[Row, ...], *, has_more: bool, generation: int, selected: str | None) -> None:
        """Show these rows; the place stays while the generation does."""
        same = generation == self._generation
        current = self.currentIndex().data(ROW_ROLE)
        held = current.record if isinstance(current, EntryRow) and same else ""
        if not same:
            self._delegate.forget()
        self._generation = generation
        self.rows.show_rows(rows, has_more=has_more)
        index = self.rows.index_of(selected or held)
        if index.isValid() and index != self.currentIndex():
            flags = QItemSelectionModel.SelectionFlag
            flag = flags.ClearAndSelect if selected else flags.NoUpdate
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(index, flag)
            self.setAutoScroll(True)
        elif index.isValid() and selected:
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not selected:
            self.clearSelection()
        if same:
            self.doItemsLayout()
        else:
            self.show_at_top(0)
            if self.hasFocus():
                self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into the list, on its first entry in sight when none is current."""
        if not self.currentIndex().isValid():
            first = next((row for row, _, _ in self.in_sight() if self.can_stand(row)), -1)
            self._stand(first)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, row: int) -> None:
        """Bring a day's heading to the top and put the keyboard on its first entry."""
        self.show_at_top(row)
        self._stand(row + 1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def row_height(self, row: int) -> int:
        return self._delegate.height_of(self.rows.row(row))

    @override
    def can_stand(self, row: int) -> bool:
        return not isinstance(self.rows.row(row), DayRow)

    @override
    def covered_px(self) -> int:
        return current_hub().theme.px(_ABOVE_PX)

    @override
    def moved(self) -> None:
        sight = [row for row, _, _ in self.in_sight()]
        if sight:
            self.rows.look(sight[0], sight[-1])
        self._follow()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW_ROLE)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and isinstance(row, EntryRow):
            self.remove_asked.emit(row.record)
        elif event.modifiers() or not self._letter(event.text()):
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = index.data(ROW_ROLE)
        if isinstance(row, EntryRow):
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_of(row).popup(self.viewport().mapToGlobal(at))

    def menu_of(self, row: EntryRow) -> QMenu:
        """What can be done with an entry from the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Read"), lambda: self.opened.emit(row.record))
        if row.kind_words:
            only = tr("Show only this kind: {kind}").format(kind=row.kind_words)
            menu.addAction(only, lambda: self.kind_asked.emit(row.kind))
        menu.addSeparator()
        menu.addAction(tr("Remove…"), lambda: self.remove_asked.emit(row.record))
        return menu

    def _letter(self, key: str) -> bool:
        """Whether a letter is a command of the list, and if so do it."""
        here = self.currentIndex().row()
        if key in {"j", "k"}:
            self._stand(self._standing(here + (1 if key == "j" else -1), 1 if key == "j" else -1).row())
        elif key in {"[", "]"}:
            self._by_month(1 if key == "[" else -1)
        elif key == "g":
            self.month_asked.emit()
        elif key == "/":
            self.search_asked.emit()
        else:
            return False
        return True

    def _by_month(self, way: int) -> None:
        """Go to the newest day of the month before (older) or after (newer) the one in sight."""
        here = max(0, self.currentIndex().row())
        starts = self.rows.month_starts()
        at = bisect_right([row for row, _ in starts], here) - 1 + way
        if 0 <= at < len(starts):
            self.go_to(starts[at][0])

    def _stand(self, row: int) -> None:
        index = self.rows.index(row) if row >= 0 else QModelIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, EntryRow):
            self.opened.emit(row.record)

    def _follow(self) -> None:
        """Keep the day of the topmost entry in sight."""
        high = self.covered_px()
        first = next(self.in_sight(), None)
        shown = False
        if first is not None and self.verticalScrollBar().value() > 0:
            row, y, tall = first
            shown = not (isinstance(self.rows.row(row), DayRow) and y + tall >= high)
        self._above.setGeometry(0, 0, self.viewport().width(), high)
        self._above.say(self.rows.day_above(first[0]) if shown and first is not None else "")

    def _restyle(self, _theme: Theme) -> None:
        self.scheduleDelayedItemsLayout()
        self._follow()


def _align(option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
    mirrored = option.direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute
