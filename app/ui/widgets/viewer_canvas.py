"""Pixels to look at closely: fitted or enlarged, moved by keys, wheel and hand. Nothing of them leaves the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets import spoken
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import painting

STEP: Final = 1.25
LARGEST: Final = 8.0
_WHEEL_NOTCH: Final = 120
_KEY_STEP_PX: Final = 60


class ViewerCanvas(QWidget):
    """One picture or one page. Its zoom is relative to fitting: 1 shows all of it, never larger than it is."""

    zoomed = Signal(float)
    """Emitted with the zoom whenever it changes."""
    turned = Signal(int)
    """Emitted on Page Up (−1), Page Down (1), and where moving on would leave the page."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        spoken.install()
        self._hub = current_hub()
        self._image = QImage()
        self._whole = QSize()
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self._ring = RingKeeper(self, lambda: (QRectF(self.rect()).adjusted(2, 2, -2, -2), 4.0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._hub.changed.connect(self._theme_changed)

    def show_image(self, image: QImage, whole: QSize | None = None) -> None:
        """Show pixels; `whole` is how large they are meant to be, where they came in another size."""
        former, self._image, self._whole = self._whole, image, whole or image.size()
        if former != self._whole:
            self._middle = QPointF(0.5, 0.0 if self._zoom > 1 else 0.5)
        self.update()

    def spoken_value(self) -> str:
        """See `Spoken`: its description says what it shows."""
        return ""

    @property
    def zoom(self) -> float:
        """How much larger than fitting."""
        return self._zoom

    def scale(self) -> float:
        """Pixels on the screen for each of the whole's, at the present zoom."""
        if self._whole.isEmpty() or self.width() < 8 or self.height() < 8:
            return 1.0
        fitting = min(self.width() / self._whole.width(), self.height() / self._whole.height(), 1.0)
        return fitting * self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show it so much larger than fitting."""
        self._zoom = max(1.0, min(LARGEST, zoom))
        if self._zoom == 1.0:
            self._middle = QPointF(0.5, 0.5)
        self.zoomed.emit(self._zoom)
        self.update()

    def step(self, steps: int) -> None:
        """Larger or smaller by steps; 0 fits it again."""
        self.set_zoom(self._zoom * STEP**steps if steps else 1.0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 240)  # it takes whatever room there is

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, 160)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)
        }  # fmt: skip
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in zooms:
            self.step(zooms[key])
        elif key in turns:
            self.turned.emit(turns[key])
        elif key in moves:
            across, down = moves[key]
            if not self._move(across * _KEY_STEP_PX, down * _KEY_STEP_PX) and down:
                self.turned.emit(down)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        down, across = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * STEP ** (down / _WHEEL_NOTCH))
        elif not self._move(-across, -down) and abs(down) >= _WHEEL_NOTCH:
            self.turned.emit(-1 if down > 0 else 1)
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            moved = self._held - event.position()
            self._held = event.position()
            self._move(moved.x(), moved.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.set_zoom(1.0 if self._zoom > 1 else 2.0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.zoomed.emit(self._zoom)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("sunken"))
            if not self._image.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self._place(), self._image)

    def _theme_changed(self, _theme: Theme) -> None:
        self.update()

    def _place(self) -> QRectF:
        scale = self.scale()
        wide, high = self._whole.width() * scale, self._whole.height() * scale
        left = (self.width() - wide) / 2 if wide <= self.width() else self.width() / 2 - self._middle.x() * wide
        top = (self.height() - high) / 2 if high <= self.height() else self.height() / 2 - self._middle.y() * high
        left = min(0.0, max(self.width() - wide, left)) if wide > self.width() else left
        top = min(0.0, max(self.height() - high, top)) if high > self.height() else top
        return QRectF(left, top, wide, high)

    def _move(self, across_px: float, down_px: float) -> bool:
        """Move what is looked at; returns whether anything moved."""
        before = self._place()
        wanted = before.translated(-across_px, -down_px)
        centre = QPointF(self.width() / 2, self.height() / 2)
        if before.width() > self.width():
            self._middle.setX((centre.x() - wanted.left()) / before.width())
        if before.height() > self.height():
            self._middle.setY((centre.y() - wanted.top()) / before.height())
        after = self._place()
        self._middle = QPointF(
            (centre.x() - after.left()) / max(1.0, after.width()), (centre.y() - after.top()) / max(1.0, after.height())
        )
        self.update()
        return after != before
