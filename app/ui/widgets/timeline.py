"""Rows of things that happened: a date, a mark, a serif line; and the same painted by a delegate for long lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.theme.hub import ThemeHub, current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, paint_mark
from app.ui.widgets.painting import PaintedWidget, box, diamond, painting, text

RowMark = Literal["none", "diamond", "dot", "icon"]
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What one row shows. `words` are a person's; `date`, `meta` and `icon` are the app's."""

    date: str
    words: str
    meta: str = ""
    mark: RowMark = "diamond"
    icon: str = ""
    person: Person | None = None
    private: bool = False


def paint_row_mark(painter: QPainter, rect: QRectF, entry: TimelineEntry, hub: ThemeHub) -> None:
    """Draw what stands between date and words."""
    theme = hub.theme
    if entry.icon:
        paint_icon(painter, rect, entry.icon, "ink3", hub)
    elif entry.person is not None:
        side = theme.size("person_mark_small")
        centre = rect.center()
        paint_mark(painter, QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), entry.person, theme)
    elif entry.mark == "diamond":
        diamond(painter, rect.center(), theme.px(6), theme.color("plum"))
    elif entry.mark == "dot":
        half = theme.px(3)
        centre = rect.center()
        dot = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
        box(painter, dot, half, fill=theme.color("ink3"))


class _RowMark(PaintedWidget):
    def __init__(self, entry: TimelineEntry) -> None:
        super().__init__()
        self._entry = entry

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.size("icon"), self.theme.line_height("line"))

    @override
    def draw(self, painter: QPainter) -> None:
        paint_row_mark(painter, QRectF(self.rect()), self._entry, self.hub)


class TimelineRow(QWidget):
    """One row for a short list inside a card; hover or focus shows its one action."""

    opened = Signal()
    """Emitted by the row's action."""

    spoken_role = QAccessible.Role.ListItem

    def __init__(
        self, entry: TimelineEntry, *, action: str = "", date_px: int = 46, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._date_px = date_px
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 2, 6, 2)
        self._date = Label(entry.date, "caption", "ink3", lines=1)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self._date, 0, top)
        self._row.addWidget(_RowMark(entry), 0, top)
        self._words = Label(entry.words, "line", lines=2)
        self._row.addWidget(self._words, 1, top)
        if entry.meta:
            self._row.addWidget(Label(entry.meta, "caption", "ink3", lines=1), 0, top)
        self._action = Button(action, "quiet", small=True)
        self._action.clicked.connect(self.opened)
        policy = self._action.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._action.setSizePolicy(policy)
        self._action.hide()
        self._action.installEventFilter(self)
        if action:
            self._row.addWidget(self._action, 0, top)
        self._has_action = bool(action)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if action else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(", ".join(part for part in (entry.date, entry.words, entry.meta) if part))
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def spoken_value(self) -> str:
        """The row as text."""
        return self.accessibleName()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._show_action(True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._show_action(self.hasFocus() or self._action.hasFocus())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and self._has_action:
            self._show_action(True)
            self._action.setFocus(Qt.FocusReason.TabFocusReason)
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._action.isVisible() or (self._has_action and self.underMouse()):
            with painting(self, self._hub.theme) as painter:
                box(painter, QRectF(self.rect()), 6, fill=self._hub.theme.color("hover"))

    def _show_action(self, shown: bool) -> None:
        if self._has_action:
            self._action.setVisible(shown)
        self.update()

    def _restyle(self, theme: Theme) -> None:
        self._date.setMinimumWidth(theme.px(self._date_px))
        self._date.setFixedHeight(theme.line_height("line"))
        self._row.setSpacing(theme.px(6))
        self.setMinimumHeight(theme.size("min_target"))


class TimelineDelegate(QStyledItemDelegate):
    """Paints `TimelineEntry` values of a model (role `ROW_ROLE`): two serif lines at most, meta line below.

    The model gives the full text as its tooltip and accessible-text roles; this only draws.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = current_hub()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = self._hub.theme
        entry = index.data(ROW_ROLE)
        if not isinstance(entry, TimelineEntry):
            return super().sizeHint(option, index)
        width = max(theme.px(160), option.rect.width()) - self._start() - theme.px(12)
        lines = min(2, len(_lines(entry.words, width, theme)))
        high = lines * theme.line_height("line") + (theme.line_height("caption") + 2 if entry.meta else 0)
        return QSize(theme.px(200), max(theme.size("min_target"), high + theme.px(12)))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ROW_ROLE)
        if not isinstance(entry, TimelineEntry):
            super().paint(painter, option, index)
            return
        theme = self._hub.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, theme)
        self._words(painter, QRectF(option.rect), entry, theme, option.direction)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            box(painter, rect, 8, fill=theme.color("card"), edge=theme.color("line"))
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect, 8, fill=theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, rect, 8, edge=theme.color("focus"), width_px=2)

    def _words(
        self, painter: QPainter, rect: QRectF, entry: TimelineEntry, theme: Theme, direction: Qt.LayoutDirection
    ) -> None:
        mirrored = direction is Qt.LayoutDirection.RightToLeft
        align = (
            Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        ) | Qt.AlignmentFlag.AlignAbsolute
        top, line_px, start = rect.top() + theme.px(6), theme.line_height("line"), self._start()
        width = rect.width() - start - theme.px(12)

        def place(x: float, y: float, wide: float, high: float) -> QRectF:
            return QRectF(rect.right() - x - wide if mirrored else rect.left() + x, y, wide, high)

        text(
            painter, place(theme.px(10), top, theme.px(64), line_px), entry.date, theme, "caption", "ink3", align=align
        )
        paint_row_mark(painter, place(theme.px(78), top, theme.size("icon"), line_px), entry, self._hub)
        for line in _shown(entry.words, width, theme):
            text(painter, place(start, top, width, line_px), line, theme, "line", "ink", align=align)
            top += line_px
        if entry.meta:
            high = theme.line_height("caption")
            text(painter, place(start, top + 2, width, high), entry.meta, theme, "caption", "ink3", align=align)
        if entry.private:
            side = theme.size("icon_small")
            paint_icon(
                painter, place(rect.width() - side - 8, rect.top() + 8, side, side), "private", "ink3", self._hub
            )

    def _start(self) -> int:
        return self._hub.theme.px(104)


def _lines(words: str, width: float, theme: Theme) -> list[str]:
    """Break words into lines of the one-line serif style, by words."""
    metrics = QFontMetrics(theme.font("line"))
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _shown(words: str, width: float, theme: Theme) -> list[str]:
    """The one or two lines shown, the last with an ellipsis if something is left over."""
    lines = _lines(words, width, theme)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    metrics = QFontMetrics(theme.font("line"))
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, round(width)) for line in lines]
