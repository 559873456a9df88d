"""A new moment beside the story: its day, its diamond, its line. The whole row opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.screens.injuries.state import MomentLine
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.label import Label
from app.ui.widgets.marks import MomentMark
from app.ui.widgets.painting import box, painting

_DATE_PX = 46


class MomentRow(QWidget):
    """A tab stop; Enter, Space or a click opens."""

    opened = Signal(str)
    """Emitted with the record of the moment."""

    def __init__(self, moment: MomentLine, longest_date: str = "") -> None:
        """`longest_date` is the longest date of the list, so that all rows begin at one line."""
        super().__init__()
        self._longest = longest_date or moment.date
        self._hub = current_hub()
        self._moment = moment
        self._ring = RingKeeper(self, self.focus_shape)
        self._row = QHBoxLayout(self)
        self._date = Label(moment.date, "caption", "ink2", lines=1)
        words = Label(moment.words, "line", lines=3)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self._date, 0, top)
        self._row.addWidget(MomentMark(), 0, top)
        self._row.addWidget(words, 1, top)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{moment.day or moment.date}, {moment.words}")
        self.setToolTip(f"{moment.day or moment.date}\n{moment.words}")
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def focus_shape(self) -> tuple[QRectF, float]:
        """What the focus ring goes around."""
        return QRectF(self.rect()).adjusted(2, 2, -2, -2), self._hub.theme.radius("control")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self._moment.record)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._moment.record)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            with painting(self, self._hub.theme) as painter:
                box(painter, QRectF(self.rect()), 6, fill=self._hub.theme.color("hover"))

    def _restyle(self, theme: Theme) -> None:
        self._row.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        self._row.setSpacing(theme.px(5))
        longest = QFontMetrics(theme.font("caption")).horizontalAdvance(self._longest) + 1
        self._date.setMinimumWidth(max(theme.px(_DATE_PX), longest))
        self._date.setFixedHeight(theme.line_height("line"))
