"""The painted shore behind the unlock and calm pages: four flat tones, nothing that names a subject."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role
from app.ui.widgets.painting import PaintedWidget

Curve = tuple[tuple[float, float], ...]

# Shapes on a 1280 x 240 ground, as (x, y) of a cubic path: start, then control, control, end, and so on.
_GROUND_W: Final = 1280.0
_GROUND_H: Final = 240.0
_FAR: Final[Curve] = ((0, 72), (160, 58), (300, 32), (420, 32), (540, 32), (700, 62), (790, 62),
                      (900, 62), (960, 10), (1280, 2))  # fmt: skip
_MIDDLE_LEFT: Final[Curve] = ((0, 90), (90, 82), (190, 88), (250, 106), (280, 114), (290, 115), (310, 116))
_MIDDLE_RIGHT: Final[Curve] = ((820, 116), (900, 111), (970, 108), (1040, 98), (1120, 84), (1180, 44), (1280, 36))
_NEAR: Final[Curve] = ((0, 176), (120, 160), (230, 160), (370, 182), (520, 204), (590, 218), (700, 218),
                       (880, 218), (980, 190), (1090, 170), (1170, 156), (1230, 154), (1280, 148))  # fmt: skip
_WATERLINE: Final = 116.0
_GLINTS: Final = (
    (470, 136, 90), (600, 136, 26), (520, 150, 54), (700, 143, 120), (850, 143, 20), (905, 132, 60),
    (742, 157, 64), (610, 168, 40),
)  # fmt: skip


class Shore(PaintedWidget):
    """Fills its lower part with the shore. It carries no information, and has no accessible name on purpose."""

    def __init__(self, parent: QWidget | None = None, *, part: float = 0.3) -> None:
        """`part` is how much of the height the shore takes, 0 to 1; less where a page needs the room."""
        super().__init__(parent)
        self._part = part
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def wanted(self) -> QSize:
        return QSize(0, 0)

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        painter.fillRect(self.rect(), theme.color("window"))
        wide, high = float(self.width()), min(self.height() * self._part, 320.0)
        painter.translate(0, self.height() - high)
        painter.scale(wide / _GROUND_W, high / _GROUND_H)
        self._hill(painter, _FAR, "scene_1", _GROUND_H)
        self._hill(painter, _MIDDLE_LEFT, "scene_3", _WATERLINE)
        self._hill(painter, _MIDDLE_RIGHT, "scene_3", _WATERLINE)
        painter.fillRect(QRectF(0, _WATERLINE, _GROUND_W, _GROUND_H - _WATERLINE), theme.color("scene_2"))
        for x, y, length in _GLINTS:
            painter.fillRect(QRectF(x, y, length, 1.6), theme.color("scene_5"))
        self._hill(painter, _NEAR, "scene_4", _GROUND_H)

    def _hill(self, painter: QPainter, curve: Curve, role: Role, foot: float) -> None:
        points = [QPointF(x, y) for x, y in curve]
        path = QPainterPath(points[0])
        for first, second, end in zip(points[1::3], points[2::3], points[3::3], strict=True):
            path.cubicTo(first, second, end)
        path.lineTo(points[-1].x(), foot)
        path.lineTo(points[0].x(), foot)
        path.closeSubpath()
        painter.fillPath(path, self.theme.color(role))
