"""Five senses to name, from five things to one: a number that turns into a check, and a line that may stay empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.calm import Sense
from app.ui.text import number
from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.painting import PaintedWidget, box, painting, text

_LINE_PX: Final = 26


class CountNode(PaintedWidget):
    """How many things there are to name; filled while it is their turn, with a check once something stands there."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count, self._current, self._named = count, False, False

    def show_place(self, *, current: bool, named: bool) -> None:
        """Whether the keyboard is there, and whether something was written."""
        self._current, self._named = current, named
        self.update()

    @override
    def wanted(self) -> QSize:
        side = self.theme.size("step_node")
        return QSize(side, side)

    @override
    def draw(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        if self._current:
            box(painter, rect, rect.height() / 2, fill=theme.color("lee"))
            text(painter, rect, number(self._count), theme, "small", "on_lee")
            return
        box(painter, rect, rect.height() / 2, edge=theme.color("lee" if self._named else "ink3"))
        if self._named:
            inset = rect.height() * 0.24
            paint_icon(painter, rect.adjusted(inset, inset, -inset, -inset), "check", "lee", self.hub)
        else:
            text(painter, rect, number(self._count), theme, "small", "ink3")


class BareField(Field):
    """A line to write on without a frame: the tinted row around it shows where the keyboard is."""

    def __init__(self, *, name: str, placeholder: str) -> None:
        super().__init__(name=name, placeholder=placeholder)
        self.setProperty("ground", "bare")
        self.setFrame(False)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_hub().theme.px(_LINE_PX))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), current_hub().theme.px(_LINE_PX))


class SenseRow(QWidget):
    """One sense. Its ground is tinted while it has the keyboard; what is written is dropped with the page."""

    def __init__(self, sense: Sense, after: Callable[[], None]) -> None:
        """`after` is called on Enter."""
        super().__init__()
        self._hub = current_hub()
        theme = self._hub.theme
        self._node = CountNode(sense.count)
        self.field = BareField(name=f"{number(sense.count)} {sense.label}", placeholder=sense.line)
        self.field.returnPressed.connect(after)
        self.field.textChanged.connect(lambda _words: self._show())
        self.field.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), theme.px(7), theme.px(6), theme.px(8))
        row.setSpacing(theme.px(10))
        row.addWidget(self._node, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(sense.label, "body", "ink2"))
        column.addWidget(self.field)
        row.addLayout(column, 1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._show(current=event.type() is QEvent.Type.FocusIn)
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.field.hasFocus():
            theme = self._hub.theme
            with painting(self, theme) as painter:
                box(painter, QRectF(self.rect()), theme.radius("control"), fill=theme.color("lee_tint"))

    def _show(self, *, current: bool | None = None) -> None:
        here = self.field.hasFocus() if current is None else current
        self._node.show_place(current=here, named=bool(self.field.text().strip()))
        self.update()
