"""A list of things that can be opened, in groups under headings: one tab stop, painted by a delegate of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

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
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.painting import box, text

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_HEADING_PX, _APART_PX, _PAD_PX, _BELOW_PX = 36, 10, 10, 8
Index = QModelIndex | QPersistentModelIndex


class Row(Protocol):
    """What a list asks of a row: where it leads, its name, how it is read out, and what makes it the same row."""

    @property
    def record(self) -> str:
        """What it opens."""

    @property
    def name(self) -> str:
        """What stands in it, for those who see."""

    @property
    def spoken(self) -> str:
        """What is read out."""

    @property
    def key(self) -> str:
        """Rows of equal keys keep their place and their height."""


class Group(Protocol):
    """Rows under one heading."""

    @property
    def heading(self) -> str:
        """The heading."""

    @property
    def aside(self) -> str:
        """The name of what stands at the right, if anything."""

    @property
    def lines(self) -> Sequence[Row]:
        """The rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among the rows."""

    words: str
    aside: str = ""

    @property
    def key(self) -> str:
        """See `Row`."""
        return self.words


class GroupedModel(QAbstractListModel):
    """Headings and rows in the order shown. Headings can be neither chosen nor reached by keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[Heading | Row, ...] = ()

    def show_groups(self, groups: Iterable[Group]) -> None:
        """Show other rows; where the same ones stand nothing is reset, so that nothing flickers."""
        rows: list[Heading | Row] = []
        for group in groups:
            rows += [Heading(group.heading, group.aside), *group.lines]
        if tuple(rows) == self._rows:
            return
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def index_of(self, record: str | None) -> QModelIndex:
        """Where one stands; an invalid index when it is not listed."""
        for number, row in enumerate(self._rows):
            if not isinstance(row, Heading) and row.record == record:
                return self.index(number)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, Heading):
            return row.words if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return row.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class GroupedDelegate(QStyledItemDelegate):
    """Paints headings and the ground of rows; a page paints what stands in its rows."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.view = parent
        self.hub = current_hub()

    def row_height(self, row: object, theme: Theme) -> int:
        """How high a row is, in device pixels."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, rect: QRectF, row: object, theme: Theme, *, mirrored: bool) -> None:
        """Paint what stands in a row; `mirrored` where reading goes from right to left."""
        raise NotImplementedError

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, row = self.hub.theme, index.data(ROW_ROLE)
        if isinstance(row, Heading):
            return QSize(theme.px(120), theme.px(_HEADING_PX + (_APART_PX if index.row() else 0)))
        return QSize(theme.px(200), self.row_height(row, theme))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.hub.theme, index.data(ROW_ROLE)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            place = rect.adjusted(theme.px(_PAD_PX), 0, -theme.px(_PAD_PX), -theme.px(_BELOW_PX))
            place.setTop(place.bottom() - theme.line_height("small"))
            near, far = sides(mirrored=mirrored)
            text(painter, place, row.words, theme, "small", "ink2", align=near)
            text(painter, place, row.aside, theme, "caption", "ink2", align=far)
        elif row is not None:
            _ground(painter, option, theme)
            self.paint_row(painter, rect, row, theme, mirrored=mirrored)
        painter.restore()


class GroupedList(QListView):
    """One tab stop; arrows choose, and choosing opens."""

    chosen = Signal(str)
    """Emitted with the record a person goes to."""
    entered = Signal()
    """Emitted on Enter: the keyboard should go on into what is open."""

    def __init__(self, name: str, delegate: Callable[[QListView], GroupedDelegate]) -> None:
        super().__init__()
        self._model = GroupedModel(self)
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(delegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        current_hub().changed.connect(self._restyle)

    def show_groups(self, groups: Iterable[Group], selected: str | None) -> None:
        """Show these, one of them chosen."""
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
            self.entered.emit()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        if row is not None and not isinstance(row, Heading) and not self._quiet:
            self.chosen.emit(row.record)

    def _restyle(self, _theme: Theme) -> None:
        self.scheduleDelayedItemsLayout()


def sides(*, mirrored: bool) -> tuple[Qt.AlignmentFlag, Qt.AlignmentFlag]:
    """Where a line of words begins, and where it ends."""
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    return (right, left) if mirrored else (left, right)


def _ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -2.5)
    state, radius = option.state, theme.radius("control") + 1
    if state & QStyle.StateFlag.State_Selected:
        box(painter, rect, radius, fill=theme.color("card"), edge=theme.color("line"))
    elif state & QStyle.StateFlag.State_MouseOver:
        box(painter, rect, radius, fill=theme.color("hover"))
    if state & QStyle.StateFlag.State_HasFocus:
        box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, edge=theme.color("focus"), width_px=2)
