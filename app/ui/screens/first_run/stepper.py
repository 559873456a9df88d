"""The steps of the first run at the left: done ones with a check and open to the pointer, the current one filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.first_run.state import Step
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import box, painting, text


class StepRow(QAbstractButton):
    """One step: a numbered circle, its name, and a few words below."""

    def __init__(self, step: Step, words: str, below: str) -> None:
        super().__init__()
        self._hub = current_hub()
        self._step, self._below = step, below
        self._current, self._done = False, False
        self._ring = RingKeeper(self, self._shape)
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(below)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._hub.changed.connect(self._theme_changed)

    def show_place(self, *, current: bool, done: bool) -> None:
        """Where the person is: on this step, past it, or before it."""
        self._current, self._done = current, done
        self.setEnabled(current or done)
        state = tr("now") if current else tr("done") if done else tr("later")
        self.setAccessibleDescription(f"{self._below}, {state}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._hub.theme
        widest = max(
            QFontMetrics(theme.font("body", weight=500)).horizontalAdvance(self.text()),
            QFontMetrics(theme.font("caption")).horizontalAdvance(self._below),
        )
        return QSize(theme.px(46) + widest + theme.px(12), theme.px(56))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(80), self._hub.theme.px(56))

    @override
    def paintEvent(self, event: object) -> None:
        theme, rect = self._hub.theme, QRectF(self.rect())
        with painting(self, theme) as painter:
            if self._current:
                box(painter, rect, theme.radius("control"), fill=theme.color("card"), edge=theme.color("line"))
            elif self._done and self.underMouse():
                box(painter, rect, theme.radius("control"), fill=theme.color("hover"))
            self._draw_node(painter)
            left = theme.px(46)
            room = self.width() - left - theme.px(8)
            align = Qt.AlignmentFlag.AlignLeft
            title = QRectF(left, theme.px(9), room, theme.px(20))
            role: Role = "ink" if self._current else "ink2"
            text(painter, title, self.text(), theme, "body", role, align=align, weight=500)
            below = QRectF(left, theme.px(29), room, theme.px(16))
            fitted = QFontMetrics(theme.font("caption")).elidedText(
                self._below, Qt.TextElideMode.ElideRight, round(room)
            )
            text(painter, below, fitted, theme, "caption", "ink3", align=align)

    def _draw_node(self, painter: QPainter) -> None:
        theme, side = self._hub.theme, self._hub.theme.size("step_node")
        node = QRectF(theme.px(11), (self.height() - side) / 2, side, side)
        if self._current:
            box(painter, node, side / 2, fill=theme.color("lee"))
            text(painter, node, str(int(self._step)), theme, "small", "on_lee")
        else:
            box(painter, node, side / 2, edge=theme.color("lee" if self._done else "ink3"))
            if self._done:
                paint_icon(painter, node.adjusted(5, 5, -5, -5), "check", "lee", self._hub)
            else:
                text(painter, node, str(int(self._step)), theme, "small", "ink3")

    def _theme_changed(self, _theme: object) -> None:
        self.updateGeometry()
        self.update()

    def _shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()).adjusted(3, 3, -3, -3), self._hub.theme.radius("control") - 2


class Stepper(QFrame):
    """`chosen(Step)` when a person goes back to a step that is done."""

    chosen = Signal(object)

    def __init__(self, head: QWidget, steps: Sequence[tuple[Step, str, str]]) -> None:
        super().__init__()
        self._hub = current_hub()
        self._rows: dict[Step, StepRow] = {}
        self._column = column = QVBoxLayout(self)
        column.setSpacing(self._hub.theme.px(6))
        column.addWidget(head)
        column.addSpacing(self._hub.theme.px(40))
        for step, words, below in steps:
            row = StepRow(step, words, below)
            row.clicked.connect(lambda _checked=False, step=step: self.chosen.emit(step))
            self._rows[step] = row
            column.addWidget(row)
        column.addStretch(1)
        self.setAccessibleName(tr("Steps"))
        self._restyle()
        self._hub.changed.connect(self._restyle)

    def show_step(self, current: Step, reached: Step) -> None:
        """Mark where the person is."""
        for step, row in self._rows.items():
            row.show_place(current=step is current, done=step < current or (step <= reached and step is not current))

    @override
    def paintEvent(self, event: object) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("rail"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))

    def _restyle(self, _theme: object = None) -> None:
        theme = self._hub.theme
        self.setFixedWidth(theme.px(248))
        self._column.setContentsMargins(theme.px(12), theme.px(24), theme.px(13), theme.px(16))
