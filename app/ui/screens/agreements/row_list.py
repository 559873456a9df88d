"""The list of agreements: headings and rows in one list view, painted by a delegate."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.screens.agreements.parts import drawn, person_of
from app.ui.screens.agreements.state import Group, Line
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.dot_row import paint_dot
from app.ui.widgets.marks import paint_mark
from app.ui.widgets.painting import box, text

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_LINES: Final = 2
_HEADING_PX, _PAD_PX, _ABOVE_PX, _MARK_PX = 36, 10, 8, 15
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Headings (Group) and rows (Line) in the order shown. Headings can be neither chosen nor reached by keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[Group | Line, ...] = ()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show other rows; where the same ones stand, nothing is reset, so that nothing flickers."""
        rows: list[Group | Line] = []
        for group in groups:
            rows += [Group(group.heading, group.aside, ()), *group.lines]
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
        """Where one stands; an invalid index when it is not listed."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Line) and row.record == record:
                return self.index(number)
        return QModelIndex()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == LINE_ROLE:
            return row
        if isinstance(row, Group):
            return row.heading if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return row.words
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class RowDelegate(QStyledItemDelegate):
    """Paints a heading, or an agreement: its words in serif on one or two lines, whose it is, and its weeks."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self._hub = current_hub()
        self._broken: dict[tuple[str, int], list[str]] = {}
        self._hub.changed.connect(self._restyle)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._hub.theme
        row = index.data(LINE_ROLE)
        if not isinstance(row, Line):
            return QSize(theme.px(120), theme.px(_HEADING_PX + (10 if index.row() else 0)))
        lines = len(self._lines(row.words, self._view.viewport().width() - 2 * theme.px(_PAD_PX)))
        below = self._below_px(row, self._view.viewport().width())
        return QSize(theme.px(200), theme.px(2 * _ABOVE_PX + 3) + lines * theme.line_height("line") + below)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._hub.theme, index.data(LINE_ROLE)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if isinstance(row, Line):
            self._ground(painter, option, theme)
            self._row(painter, rect, row, theme, mirrored=mirrored)
        elif isinstance(row, Group):
            place = rect.adjusted(theme.px(_PAD_PX), 0, -theme.px(_PAD_PX), -theme.px(8))
            place.setTop(place.bottom() - theme.line_height("small"))
            near, far = _sides(mirrored=mirrored)
            text(painter, place, row.heading, theme, "small", "ink2", align=near)
            text(painter, place, row.aside, theme, "caption", "ink2", align=far)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -2.5)
        state, radius = option.state, theme.radius("control") + 1
        if state & QStyle.StateFlag.State_Selected:
            box(painter, rect, radius, fill=theme.color("card"), edge=theme.color("line"))
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect, radius, fill=theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, edge=theme.color("focus"), width_px=2)

    def _row(self, painter: QPainter, rect: QRectF, row: Line, theme: Theme, *, mirrored: bool) -> None:
        pad = theme.px(_PAD_PX)
        near, far = _sides(mirrored=mirrored)
        inner = rect.adjusted(pad, theme.px(_ABOVE_PX), -pad, 0)
        high = theme.line_height("line")
        for words in self._lines(row.words, round(inner.width())):
            text(
                painter, QRectF(inner.left(), inner.top(), inner.width(), high), words, theme, "line", "ink", align=near
            )
            inner.setTop(inner.top() + high)
        inner.setTop(inner.top() + theme.px(3))
        side = theme.px(_MARK_PX)
        used = self._marks(painter, inner, row, theme, side, mirrored=mirrored)
        rest = inner.adjusted(0 if mirrored else used, 0, -used if mirrored else 0, 0)
        aside = QFontMetrics(theme.font("caption")).horizontalAdvance(row.aside)
        line = QRectF(rest.left(), rest.top(), rest.width(), max(side, theme.line_height("caption")))
        text(painter, line, row.aside, theme, "caption", "ink2", align=far)
        room = rest.width() - aside - theme.px(8)
        if row.note:
            metrics = QFontMetrics(theme.font("caption"))
            if metrics.horizontalAdvance(row.note) > room:
                room = rest.width()
                line.translate(0, theme.line_height("caption"))
            said = metrics.elidedText(row.note, Qt.TextElideMode.ElideRight, round(room))
            text(painter, line, said, theme, "caption", "lamp", align=near)
            return
        self._dots(painter, rest, row, theme, room, side, mirrored=mirrored)

    def _marks(self, painter: QPainter, inner: QRectF, row: Line, theme: Theme, side: int, *, mirrored: bool) -> float:
        step = round(side * 0.8)
        for number, mark in enumerate(row.marks):
            x = inner.right() - side - number * step if mirrored else inner.left() + number * step
            paint_mark(painter, QRectF(x, inner.top(), side, side), person_of(mark), theme)
        return float((len(row.marks) - 1) * step + side + theme.px(8)) if row.marks else 0.0

    @staticmethod
    def _dots(
        painter: QPainter, rest: QRectF, row: Line, theme: Theme, room_px: float, side: int, *, mirrored: bool
    ) -> None:
        """The newest dots that have room; time runs to the right in every language."""
        dot, gap = theme.size("dot"), theme.size("dot_gap")
        fits = max(0, int((room_px + gap) // (dot + gap)))
        shown = row.dots[max(0, len(row.dots) - fits) :]
        wide = len(shown) * (dot + gap) - gap
        left = rest.right() - wide if mirrored else rest.left()
        for number, one in enumerate(shown):
            centre = QPointF(left + number * (dot + gap) + dot / 2, rest.top() + side / 2)
            paint_dot(painter, centre, dot, drawn(one), theme)

    def _below_px(self, row: Line, width: int) -> int:
        """The height of what stands below the words: a second line where the note has no room beside the rest."""
        theme = self._hub.theme
        metrics = QFontMetrics(theme.font("caption"))
        side = theme.px(_MARK_PX)
        one = max(side, theme.line_height("caption"))
        marks = (len(row.marks) - 1) * round(side * 0.8) + side + theme.px(8)
        room = width - 2 * theme.px(_PAD_PX) - marks - metrics.horizontalAdvance(row.aside) - theme.px(8)
        return one + (theme.line_height("caption") if metrics.horizontalAdvance(row.note) > room else 0)

    def _restyle(self, _theme: Theme) -> None:
        self._broken.clear()

    def _lines(self, words: str, width: int) -> list[str]:
        """The words on at most two lines of that width, the second with an ellipsis where it is cut."""
        key = (words, width)
        if key not in self._broken:
            self._broken[key] = _break(words, width, self._hub.theme)
        return self._broken[key]


class RowList(QListView):
    """One tab stop; arrows choose, and choosing opens."""

    chosen = Signal(str)
    """Emitted with the agreement a person goes to."""
    entered_row = Signal()
    """Emitted on Enter: the keyboard should go on into what is open."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = RowModel(self)
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        current_hub().changed.connect(self._restyle)

    def show_groups(self, groups: tuple[Group, ...], selected: str | None) -> None:
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
            self.entered_row.emit()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(LINE_ROLE) if current.isValid() else None
        if isinstance(row, Line) and not self._quiet:
            self.chosen.emit(row.record)

    def _restyle(self, _theme: Theme) -> None:
        self.scheduleDelayedItemsLayout()


def _key(row: Group | Line) -> str:
    return row.heading if isinstance(row, Group) else f"{row.record} {row.words} {row.note}"


def _sides(*, mirrored: bool) -> tuple[Qt.AlignmentFlag, Qt.AlignmentFlag]:
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    return (right, left) if mirrored else (left, right)


def _break(words: str, width: int, theme: Theme) -> list[str]:
    plain = " ".join(words.split())
    layout = QTextLayout(plain, theme.font("line"))
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    if len(starts) < _LINES:
        return [plain]
    if len(starts) == _LINES:
        return [plain[: starts[1]].rstrip(), plain[starts[1] :]]
    metrics = QFontMetrics(theme.font("line"))
    rest = metrics.elidedText(plain[starts[1] :], Qt.TextElideMode.ElideRight, width)
    return [plain[: starts[1]].rstrip(), rest]
