"""The list below a link field: a name on each row, and what it is and when it was written behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.field_editors import LinkChoice
from app.ui.widgets.painting import box, text

ABOUT = Qt.ItemDataRole.UserRole + 1
_PAD_PX, _LINE_PX = 10, 3
_NOWHERE = QModelIndex()


class Choices(QAbstractListModel):
    """The records found. Rows read out as name, kind and day."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._choices: tuple[LinkChoice, ...] = ()

    def show_choices(self, choices: Sequence[LinkChoice]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> LinkChoice:
        """The record of a row."""
        return self._choices[row]

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._choices)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return choice.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.title, choice.about) if part)
        return choice.about if role == ABOUT else None


class LinkList(QListView):
    """The popup itself, on a ground of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("popup", True)
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)


class _Rows(QStyledItemDelegate):
    """Two lines a row: the name, and below it in caption type what it is."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = current_hub().theme
        lines = theme.line_height("body") + theme.line_height("caption")
        return QSize(theme.px(200), lines + 2 * theme.px(_LINE_PX))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current_hub().theme
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            box(painter, rect, theme.radius("control"), fill=theme.color("lee_tint"))
        pad, line = theme.px(_PAD_PX), theme.px(_LINE_PX)
        inner = rect.adjusted(pad, line, -pad, -line)
        first = QRectF(inner.left(), inner.top(), inner.width(), theme.line_height("body"))
        second = QRectF(inner.left(), first.bottom(), inner.width(), theme.line_height("caption"))
        title, about = str(index.data() or ""), str(index.data(ABOUT) or "")
        wide = int(inner.width())
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        align = (
            Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        ) | Qt.AlignmentFlag.AlignVCenter
        for words, place, style, role in ((title, first, "body", "ink"), (about, second, "caption", "ink2")):
            metrics = QFontMetrics(theme.font(style))  # type: ignore[arg-type]  # one of the two above
            short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
            text(painter, place, short, theme, style, role, align=align)  # type: ignore[arg-type]  # the same
