"""Icons: single-colour SVG files, tinted with a token role when they are drawn.

Nothing is kept on disk and no icon font is loaded. An icon made here follows the theme by itself: its engine asks for
the colour each time it draws, and drawn pixmaps are remembered per file, colour, size and device pixel ratio.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from app.ui.theme.hub import ThemeHub, current_hub
from app.ui.theme.tokens import Role, icon_file

_CACHE_LIMIT: Final = 512
_pixmaps: dict[tuple[str, int, int, int], QPixmap] = {}


@lru_cache(maxsize=256)
def _svg(name: str) -> bytes:
    return icon_file(name).read_bytes()


def pixmap(name: str, colour_hex: str, size: QSize, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap of `size` logical px at a device pixel ratio, in one colour ("#rrggbb")."""
    wide, high = round(size.width() * ratio), round(size.height() * ratio)
    key = (name + colour_hex, wide, high, round(ratio * 100))
    found = _pixmaps.get(key)
    if found is not None:
        return found
    renderer = QSvgRenderer(QByteArray(_svg(name).replace(b"currentColor", colour_hex.encode())))
    made = QPixmap(max(1, wide), max(1, high))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    if len(_pixmaps) >= _CACHE_LIMIT:
        _pixmaps.clear()
    _pixmaps[key] = made
    return made


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, role: Role, hub: ThemeHub) -> None:
    """Draw an icon centred in `rect`, as large as its shorter side, in the colour of a role."""
    side = round(min(rect.width(), rect.height()))
    device = painter.device()
    ratio = device.devicePixelRatio()
    image = pixmap(name, hub.theme.hex(role), QSize(side, side), ratio)
    centre = QRectF(rect).center()
    painter.drawPixmap(QPoint(round(centre.x() - side / 2), round(centre.y() - side / 2)), image)


class TintedIconEngine(QIconEngine):
    """Draws one icon in the theme's colours: a role at rest, another when checked or selected, grey when disabled."""

    def __init__(self, name: str, rest: Role, on: Role, hub: ThemeHub) -> None:
        super().__init__()
        self._name, self._rest, self._on, self._hub = name, rest, on, hub

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, self._role(mode, state), self._hub)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._name, self._hub.theme.hex(self._role(mode, state)), size)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return pixmap(self._name, self._hub.theme.hex(self._role(mode, state)), size, scale)

    @override
    def clone(self) -> QIconEngine:
        return TintedIconEngine(self._name, self._rest, self._on, self._hub)

    def _role(self, mode: QIcon.Mode, state: QIcon.State) -> Role:
        if mode is QIcon.Mode.Disabled:
            return "disabled"
        return self._on if state is QIcon.State.On or mode is QIcon.Mode.Selected else self._rest


def icon(name: str, role: Role = "ink3", on: Role = "lee") -> QIcon:
    """A theme-following QIcon for menus and actions. `name` is a Phosphor name or a role of the token file."""
    return QIcon(TintedIconEngine(name, role, on, current_hub()))
