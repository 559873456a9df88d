"""Layouts that Qt does not have: words that flow, and columns that give way as the window gets narrow."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme


class Breadth(IntEnum):
    """How much room a page has, by logical width: window width divided by text scale."""

    NARROW = 1
    MIDDLE = 2
    WIDE = 3


def breadth(width_px: int, theme: Theme) -> Breadth:
    """The breadth of a window `width_px` wide: below 860, 860 to 1199, from 1200."""
    logical = width_px / theme.text_scale
    if logical >= theme.tokens.breakpoints["rail_full"]:
        return Breadth.WIDE
    return Breadth.MIDDLE if logical >= theme.tokens.breakpoints["two_columns"] else Breadth.NARROW


class FlowLayout(QLayout):
    """Places widgets in a line and goes on in the next line when the width is used up. Mirrors for right-to-left."""

    def __init__(self, parent: QWidget | None = None, *, gap_px: int = 8, line_gap_px: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap_px, line_gap_px
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        margins = self.contentsMargins()
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        height = max((size.height() for size in shown), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    @override
    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the items into `rect` (or only measure) and return the height used, in px."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        y = inner.top()
        for line in self._lines(inner.width()):
            high = max(size.height() for _, size in line)
            x = 0
            for item, size in line:
                left = inner.right() + 1 - x - size.width() if mirrored else inner.left() + x
                if move:
                    item.setGeometry(QRect(QPoint(left, y + (high - size.height()) // 2), size))
                x += size.width() + self._gap
            y += high + self._line_gap
        return max(0, y - self._line_gap - rect.top()) + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items that share a line, with the size each gets."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = width + 1
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(item.minimumSize().width(), width)))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self._gap
        return lines


class TopLayout(QVBoxLayout):
    """A column whose content stays at the top when there is more room than it needs, unless something in it expands."""

    @override
    def setGeometry(self, rect: QRect) -> None:
        if not self.expandingDirections() & Qt.Orientation.Vertical:
            hfw = self.totalHeightForWidth(rect.width()) if self.hasHeightForWidth() else -1
            wanted = hfw if hfw >= 0 else self.totalSizeHint().height()
            rect = QRect(rect.left(), rect.top(), rect.width(), min(rect.height(), wanted))
        super().setGeometry(rect)


class MeasuredLayout(QVBoxLayout):
    """A column no wider than reads well, however much room there is. It asks for the height it needs at that width,
    which a widget with a largest width does not: its layout is asked about all of the room.

    `most_px` is at 100 %.
    """

    def __init__(self, parent: QWidget, most_px: int) -> None:
        super().__init__(parent)
        self._most_px = most_px
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(self._wide(width))

    @override
    def minimumHeightForWidth(self, width: int) -> int:
        return super().minimumHeightForWidth(self._wide(width))

    @override
    def setGeometry(self, rect: QRect) -> None:
        wide, parent = self._wide(rect.width()), self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = rect.right() + 1 - wide if mirrored else rect.left()
        super().setGeometry(QRect(left, rect.top(), wide, rect.height()))

    def _wide(self, width: int) -> int:
        return min(width, current_hub().theme.px(self._most_px))


class ColumnsLayout(QWidget):
    """Columns of cards that become fewer as the room shrinks: the last columns move below the first.

    Each column is (widget, stretch, fixed width in px at 100 % or 0). `reflowed` tells a screen when the number of
    columns changed, so that it can turn a third column into a drawer.
    """

    reflowed = Signal(int)
    """Emitted with the number of columns now side by side."""

    def __init__(self, columns: Sequence[tuple[QWidget, int, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._columns = tuple(columns)
        self._shown = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for widget, _, _ in self._columns:
            widget.setParent(self)
            widget.show()
        self._hub.changed.connect(self._theme_changed)

    def side_by_side(self) -> int:
        """How many columns stand beside each other now."""
        room = breadth(self._window_width(), self._hub.theme)
        return max(1, min(len(self._columns), int(room)))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), 320)
        return QSize(width, self._place(width, move=False))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max((w.minimumSizeHint().width() for w, _, _ in self._columns), default=0), 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._reflow()

    def _reflow(self) -> None:
        count = self.side_by_side()
        self._place(self.width(), move=True)
        if count != self._shown:
            self._shown = count
            self.updateGeometry()
            self.reflowed.emit(count)

    def _place(self, width: int, *, move: bool) -> int:
        gap = self._hub.theme.space("card_gap")
        count = self.side_by_side()
        beside, below = self._columns[:count], self._columns[count:]
        widths = self._widths(width - gap * (count - 1), beside)
        needed = max((_height(w, wide) for (w, _, _), wide in zip(beside, widths, strict=True)), default=0)
        tail = [(w, _height(w, width)) for w, _, _ in below]
        total = needed + sum(h + gap for _, h in tail)
        if move:
            row_h = max(needed, self.height() - sum(h + gap for _, h in tail))
            self._move(list(zip(beside, widths, strict=True)), tail, (width, row_h, gap))
        return total

    def _move(
        self,
        beside: list[tuple[tuple[QWidget, int, int], int]],
        tail: list[tuple[QWidget, int]],
        frame: tuple[int, int, int],
    ) -> None:
        width, row_h, gap = frame
        x = 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for (widget, _, _), wide in beside:
            widget.setGeometry(width - x - wide if mirrored else x, 0, wide, row_h)
            x += wide + gap
        y = row_h
        for widget, high in tail:
            widget.setGeometry(0, y + gap, width, high)
            y += gap + high

    def _widths(self, room: int, columns: Sequence[tuple[QWidget, int, int]]) -> list[int]:
        fixed = [self._hub.theme.px(px) if px and len(columns) > 1 else 0 for _, _, px in columns]
        stretch = [0 if wide else max(1, part) for wide, (_, part, _) in zip(fixed, columns, strict=True)]
        left = max(0, room - sum(fixed))
        total = sum(stretch)
        widths = [wide or left * part // max(1, total) for wide, part in zip(fixed, stretch, strict=True)]
        if widths:
            widths[-1] += room - sum(widths)
        return widths

    def _window_width(self) -> int:
        return self.window().width()

    def _theme_changed(self, _theme: Theme) -> None:
        self._reflow()
        self.updateGeometry()


def _height(widget: QWidget, width: int) -> int:
    """The height a widget wants at a width, in px."""
    own = widget.heightForWidth(width) if widget.hasHeightForWidth() else -1
    layout = widget.layout()
    if own < 0 and layout is not None and layout.hasHeightForWidth():
        own = layout.totalHeightForWidth(width)
    return max(own if own >= 0 else widget.sizeHint().height(), widget.minimumSizeHint().height())


def column(*widgets: QWidget, stretch_last: bool = True) -> QWidget:
    """A plain column of cards with the usual gap, for use in ColumnsLayout."""
    made = QWidget()
    made.setObjectName("page")
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(current_hub().theme.space("card_gap"))
    for number, widget in enumerate(widgets):
        last = number == len(widgets) - 1
        box.addWidget(widget, 1 if last and stretch_last else 0)
    if not stretch_last:
        box.addStretch(1)
    return made
