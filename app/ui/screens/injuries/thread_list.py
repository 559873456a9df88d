"""The list of threads: headings and rows in one list view, painted by a delegate."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.screens.injuries.parts import person_of
from app.ui.screens.injuries.state import Group, ThreadLine
from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.marks import paint_mark
from app.ui.widgets.painting import box, text

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_PARTS: Final = 8
Index = QModelIndex | QPersistentModelIndex


class ThreadModel(QAbstractListModel):
    """Headings (str) and rows (ThreadLine) in the order shown. Headings can be neither chosen nor reached by keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[str | ThreadLine, ...] = ()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show other threads; unchanged rows stay where they are, so that nothing flickers."""
        rows: list[str | ThreadLine] = []
        for group in groups:
            rows += [group.heading, *group.lines]
        if tuple(rows) == self._rows:
            return
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def index_of(self, record: str | None) -> QModelIndex:
        """Where a thread stands; an invalid index when it is not listed."""
        for number, row in enumerate(self._rows):
            if isinstance(row, ThreadLine) and row.record == record:
                return self.index(number)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == LINE_ROLE:
            return row
        if isinstance(row, str):
            return row if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.mark.name if row.mark else "", row.words, row.where)
            return ", ".join(part for part in parts if part)
        return None


class ThreadDelegate(QStyledItemDelegate):
    """Paints a heading, or a thread: its title in serif, who carries it, eight small parts, and how it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = current_hub()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._hub.theme
        if isinstance(index.data(LINE_ROLE), str):
            return QSize(theme.px(120), theme.px(46 if index.row() else 36))
        return QSize(theme.px(200), theme.px(63))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._hub.theme, index.data(LINE_ROLE)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        align = side | Qt.AlignmentFlag.AlignAbsolute
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if isinstance(line, str):
            place = rect.adjusted(theme.px(10), 0, -theme.px(10), -theme.px(8))
            place.setTop(place.bottom() - theme.line_height("small"))
            text(painter, place, line, theme, "small", "ink3", align=align)
        elif isinstance(line, ThreadLine):
            self._ground(painter, option, theme)
            self._thread(painter, rect, line, theme, mirrored=mirrored, align=align)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        rect = QRectF(option.rect).adjusted(0, 0, 0, -2)
        state, radius = option.state, theme.radius("control") + 1
        if state & QStyle.StateFlag.State_Selected:
            box(painter, rect, radius, fill=theme.color("card"), edge=theme.color("line"))
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect, radius, fill=theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, rect, radius, edge=theme.color("focus"), width_px=2)

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
            paint_icon(painter, at, "private", "ink3", self._hub)
            wide -= sign + theme.px(8)
        font = theme.font("reading")
        words = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideRight, round(wide))
        quiet: Role = "ink2" if line.settled else "ink"
        text(painter, place(pad, theme.px(9), wide, title_h), words, theme, "reading", quiet, align=align)
        top = theme.px(9) + title_h + theme.px(1)
        x: float = pad
        small = theme.px(16)
        if line.mark is not None:
            paint_mark(painter, place(x, top, small, small), person_of(line.mark), theme)
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


class ThreadList(QListView):
    """One tab stop; arrows choose, and choosing opens."""

    chosen = Signal(str)
    """Emitted with the thread a person goes to."""
    entered_thread = Signal()
    """Emitted on Enter: the keyboard should go on into the thread."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = ThreadModel(self)
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(ThreadDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        current_hub().changed.connect(self._restyle)

    def show_groups(self, groups: tuple[Group, ...], selected: str | None) -> None:
        """Show these threads, one of them chosen."""
        self._quiet = True
        self._model.show_groups(groups)
        index = self._model.index_of(selected)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.selectionModel().clear()
        self._quiet = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered_thread.emit()
            return
        super().keyPressEvent(event)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = current.data(LINE_ROLE) if current.isValid() else None
        if isinstance(line, ThreadLine) and not self._quiet:
            self.chosen.emit(line.record)

    def _restyle(self, _theme: Theme) -> None:
        self.scheduleDelayedItemsLayout()


def _key(row: str | ThreadLine) -> str:
    return row if isinstance(row, str) else row.record
