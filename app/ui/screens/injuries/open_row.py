"""A row that is one button: a tab stop of its own, which Enter, Space or a click opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets import spoken
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import box, painting


class OpenRow(QWidget):
    """What stands in it goes into `row`; `record` is what it opens."""

    opened = Signal(str)
    """Emitted with the record."""

    spoken_role = QAccessible.Role.Button

    def __init__(self, record: str) -> None:
        super().__init__()
        spoken.install()
        self._record = record
        self._hub = current_hub()
        self._ring = RingKeeper(self, self.focus_shape)
        self.row = QHBoxLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def spoken_value(self) -> str:
        """See `Spoken`: its name says all of it."""
        return ""

    def focus_shape(self) -> tuple[QRectF, float]:
        """What the focus ring goes around."""
        return QRectF(self.rect()).adjusted(2, 2, -2, -2), self._hub.theme.radius("control")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self._record)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._record)

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
