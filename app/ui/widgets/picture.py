"""Shows the pictures of worksheets, at any size, on screen and on paper; keys and buttons zoom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent
from typing_extensions import override

from app.ui.theme.tokens import Theme
from app.ui.widgets.painting import PaintedWidget
from app.ui.widgets.picture_house import HouseDrawing
from app.ui.widgets.picture_loop import loop_drawing
from app.ui.widgets.picture_paint import Drawing
from app.ui.widgets.picture_parts import Beside, Chart, House, Loop, Picture
from app.ui.widgets.picture_sheets import BesideDrawing, ChartDrawing, LadderDrawing

SMALLEST, LARGEST, STEP = 0.5, 3.0, 1.25
_WHOLE_DEGREES: Final = 120
"""What a wheel turns by at a time; finer ones add up to it."""


class PictureView(PaintedWidget):
    """One picture. Plus, minus and 0 zoom while it has the keyboard, and Ctrl with the wheel."""

    zoomed = Signal(float)
    """Emitted with the new size, 1 being the usual one."""

    def __init__(self, picture: Picture, room_px: float | None = None) -> None:
        """`room_px`: the width it is laid out for at its usual size; None means as wide as it likes."""
        super().__init__()
        self._picture = picture
        self._room = room_px
        self._zoom = 1.0
        self._turned = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_picture(picture)

    @property
    def picture(self) -> Picture:
        """What is drawn."""
        return self._picture

    @property
    def zoom(self) -> float:
        """How much larger than usual it is drawn, 0.5 to 3."""
        return self._zoom

    def show_picture(self, picture: Picture) -> None:
        """Draw another picture at the same size."""
        self._picture = picture
        self.setAccessibleName(picture.name)
        self.setAccessibleDescription(picture.told())
        self._fit()
        self.tell_value_changed()

    def set_room(self, room_px: float) -> None:
        """Lay it out for another width."""
        if room_px != self._room:
            self._room = room_px
            self._fit()

    def set_zoom(self, zoom: float) -> None:
        """Draw it larger or smaller."""
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        self._fit()
        self.zoomed.emit(self._zoom)

    def step(self, steps: int) -> None:
        """Larger by some steps, smaller by negative ones, as usual by 0."""
        self.set_zoom(self._zoom * STEP**steps if steps else 1.0)

    @override
    def restyle(self) -> None:
        self._fit()

    @override
    def spoken_value(self) -> str:
        return self._picture.told()

    @override
    def wanted(self) -> QSize:
        size = size_of(self._picture, self.theme, self._room) * self._zoom
        return QSize(int(size.width() + 0.999), int(size.height() + 0.999))

    @override
    def draw(self, painter: QPainter) -> None:
        painter.scale(self._zoom, self._zoom)
        paint_picture(painter, self._picture, self.theme, self._room)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.step(wanted)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        whole = int(self._turned / _WHOLE_DEGREES)
        if whole:
            self._turned -= whole * _WHOLE_DEGREES
            self.step(whole)
        event.accept()

    def _fit(self) -> None:
        self.updateGeometry()
        self.resize(self.wanted())
        self.update()


def drawing_of(picture: Picture, theme: Theme, room_px: float | None = None) -> Drawing:
    """A picture laid out for a width in px; None means its usual one."""
    if isinstance(picture, Loop):
        return loop_drawing(picture, theme, room_px)
    if isinstance(picture, House):
        return HouseDrawing(picture, theme, room_px)
    if isinstance(picture, Beside):
        return BesideDrawing(picture, theme, room_px)
    if isinstance(picture, Chart):
        return ChartDrawing(picture, theme, room_px)
    return LadderDrawing(picture, theme, room_px)


def size_of(picture: Picture, theme: Theme, room_px: float | None = None) -> QSizeF:
    """How much room a picture needs at its usual size, in px."""
    return drawing_of(picture, theme, room_px).size


def paint_picture(painter: QPainter, picture: Picture, theme: Theme, room_px: float | None = None) -> None:
    """Draw at the painter's origin, at the usual size; the caller scales for screen or paper."""
    drawing_of(picture, theme, room_px).paint(painter)
