"""The veil: covers the page at once, leaves its shape and takes away everything that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Surface
from app.ui.widgets.cells import CellRow
from app.ui.widgets.nav_rail import NavRail, NavRow
from app.ui.widgets.painting import PaintedWidget, box, painting, text

ShapeKind = Literal["card", "rail", "row", "frame", "cell", "button", "bars", "flat"]
_STEP_PX = 40


@dataclass(frozen=True, slots=True)
class VeilShape:
    """One thing left visible: where it was, in px of the covered page, and how it is drawn."""

    rect: QRect
    kind: ShapeKind


def shapes_of(page: QWidget) -> tuple[VeilShape, ...]:
    """The outlines of a page: cards and fields keep their frame, words become bars, everything else a flat box.

    Lengths of bars are rounded to steps of 40 px, so that they do not follow the length of the text.
    """
    return tuple(_walk(page, page))


def _walk(page: QWidget, widget: QWidget) -> Iterator[VeilShape]:
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isVisible() or child.isWindow():
            continue
        rect = QRect(child.mapTo(page, QPoint(0, 0)), child.size())
        kind = _kind(child)
        if isinstance(child, CellRow):
            for index in range(child.count()):
                yield VeilShape(child.cell(index).toRect().translated(rect.topLeft()), "cell")
        elif kind is not None:
            yield VeilShape(_shortened(child, rect) if kind == "bars" else rect, kind)
        if kind in {None, "card", "rail"}:
            yield from _walk(page, child)


def _kind(widget: QWidget) -> ShapeKind | None:
    if isinstance(widget, Surface):
        return "card"
    if isinstance(widget, NavRail):
        return "rail"
    if isinstance(widget, NavRow):
        return "row"
    if isinstance(widget, QLineEdit | QTextEdit | QComboBox | CellRow):
        return "frame"
    if isinstance(widget, QPushButton):
        return "button" if widget.property("role") != "quiet" else "bars"
    if isinstance(widget, QLabel | QAbstractButton):
        return "bars"
    if isinstance(widget, QAbstractItemView):
        return "flat"
    return "flat" if isinstance(widget, PaintedWidget) or _is_picture(widget) else None


def _is_picture(widget: QWidget) -> bool:
    """Whether a widget fills its whole ground itself, as a drawn chart does; scroll bars do too, but are thin."""
    whole = widget.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    return whole and min(widget.width(), widget.height()) > _STEP_PX


def _shortened(widget: QWidget, rect: QRect) -> QRect:
    """The room of a text with its length rounded down to steps."""
    wide = min(rect.width(), widget.sizeHint().width())
    return QRect(rect.left(), rect.top(), min(rect.width(), max(_STEP_PX, wide // _STEP_PX * _STEP_PX)), rect.height())


class VeilOverlay(QWidget):
    """Lies over `ground`. While it is on, the page under it is hidden, so that no key, no pointer and no screen
    reader reaches it; the session stays open. F8, Enter, Space or a click asks to come back.
    """

    unveil_asked = Signal()
    """Emitted when the person asks to see the page again."""

    def __init__(self, ground: QWidget, *, before: str, key: str, after: str) -> None:
        super().__init__(ground)
        self._hub = current_hub()
        self._before, self._key, self._after = before, key, after
        self._shapes: tuple[VeilShape, ...] = ()
        self._page: QWidget | None = None
        self._focused: QWidget | None = None
        self.setAccessibleName(f"{before} {key} {after}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        ground.installEventFilter(self)
        self.hide()

    @property
    def veiled(self) -> bool:
        """Whether the page is covered now."""
        return self._page is not None

    def cover(self, page: QWidget) -> None:
        """Cover `page` (a child of the ground) at once; calling it again changes nothing."""
        if self._page is not None:
            return
        self._shapes = shapes_of(page)
        self._focused = page.focusWidget()
        policy = page.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        page.setSizePolicy(policy)
        self._page = page
        self._place()
        self.show()
        self.raise_()
        self.repaint()
        page.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show the page again with focus where it was."""
        page, self._page = self._page, None
        if page is None:
            return
        page.show()
        self.hide()
        self._shapes = ()
        focused, self._focused = self._focused, None
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F8, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.unveil_asked.emit()
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.unveil_asked.emit()
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._page is not None and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("window"))
            pill = self._pill(theme)
            for shape in self._shapes:
                if shape.kind in {"card", "rail"} or not pill.intersects(QRectF(shape.rect)):
                    _draw_shape(painter, shape, theme)
            self._draw_pill(painter, pill, theme)

    def _place(self) -> None:
        if self._page is not None:
            self.setGeometry(self._page.geometry())

    def _parts(self, theme: Theme) -> tuple[int, int, int]:
        """How wide the words before the key, the key and the words after it are, in px."""
        body = QFontMetrics(theme.font("body"))
        key = body.horizontalAdvance(self._key) + theme.px(12)
        return body.horizontalAdvance(self._before), key, body.horizontalAdvance(self._after)

    def _pill(self, theme: Theme) -> QRectF:
        """Where the words stand that say how to come back."""
        wide = theme.size("icon") + sum(self._parts(theme)) + 3 * theme.px(10) + theme.px(32)
        return QRectF((self.width() - wide) / 2, theme.px(12), wide, theme.size("button"))

    def _draw_pill(self, painter: QPainter, pill: QRectF, theme: Theme) -> None:
        icon, gap, high = theme.size("icon"), theme.px(10), pill.height()
        before, key, after = self._parts(theme)
        box(painter, pill, theme.radius("control"), fill=theme.color("card"), edge=theme.color("control"))
        x = pill.left() + theme.px(16)
        paint_icon(painter, QRectF(x, pill.top(), icon, high), "veil", "ink2", self._hub)
        x += icon + gap
        text(painter, QRectF(x, pill.top(), before, high), self._before, theme, "body", "ink")
        x += before + gap
        cap = QRectF(x, pill.top() + theme.px(7), key, high - theme.px(14))
        box(painter, cap, 4, edge=theme.color("line"))
        text(painter, cap, self._key, theme, "caption", "ink2")
        x += key + gap
        text(painter, QRectF(x, pill.top(), after, high), self._after, theme, "body", "ink")


def _draw_shape(painter: QPainter, shape: VeilShape, theme: Theme) -> None:
    rect = QRectF(shape.rect)
    if shape.kind == "card":
        box(painter, rect, theme.radius("card"), fill=theme.color("card"), edge=theme.color("line"))
    elif shape.kind in {"frame", "cell"}:
        radius = theme.radius("control") if shape.kind == "frame" else 2.0
        box(painter, rect, radius, fill=theme.color("field"), edge=theme.color("control"))
    elif shape.kind == "button":
        box(painter, rect, theme.radius("control"), fill=theme.color("card"), edge=theme.color("control"))
        inset = min(theme.px(12), rect.width() / 4)
        bar = QRectF(rect.left() + inset, rect.center().y() - theme.px(4), rect.width() - 2 * inset, theme.px(9))
        box(painter, bar, 3, fill=theme.color("line"))
    elif shape.kind == "row":
        _draw_row(painter, rect, theme)
    elif shape.kind == "rail":
        painter.fillRect(rect, theme.color("rail"))
    elif shape.kind == "flat":
        box(painter, rect, 3, fill=theme.color("sunken"))
    else:
        thick = theme.px(9)
        lines = max(1, round(rect.height() / theme.px(24)))
        pitch = rect.height() / lines
        for number in range(lines):
            wide = rect.width() * (0.62 if lines > 1 and number == lines - 1 else 1.0)
            bar = QRectF(rect.left(), rect.top() + number * pitch + (pitch - thick) / 2, wide, thick)
            box(painter, bar, 3, fill=theme.color("line"))


def _draw_row(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """A row of the rail: where its icon was, and a bar of one length for every page."""
    side = theme.size("icon_small")
    alone = rect.width() < theme.px(80)
    left = rect.left() + ((rect.width() - side) / 2 if alone else theme.px(11))
    box(painter, QRectF(left, rect.center().y() - side / 2, side, side), 3, fill=theme.color("line"))
    if not alone:
        thick = theme.px(9)
        bar = QRectF(rect.left() + theme.px(40), rect.center().y() - thick / 2, theme.px(56), thick)
        box(painter, bar, 3, fill=theme.color("line"))
