"""The ground pages stand on: the window's colour with a rounded corner towards menus and rail."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.painting import outline, painting


class PageGround(QWidget):
    """Header and page lie on it. `set_bare` takes corner and margins away for a page that fills the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._bare = False
        self._side_px = 0
        self._hub.changed.connect(lambda _theme: self.update())

    def set_bare(self, bare: bool) -> None:  # a page either fills the window or not
        """Whether the page fills everything."""
        self._bare = bare
        self._pad()
        self.update()

    def set_margins(self, side_px: int) -> None:
        """How far header and page stay from the edges, in px."""
        self._side_px = side_px
        self._pad()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            if self._bare:
                painter.fillRect(self.rect(), theme.color("window"))
                return
            painter.fillRect(self.rect(), theme.color("rail"))
            radius = theme.radius("card")
            shape = QPainterPath()
            # two corners lie outside, so that only the one towards menus and rail is seen rounded
            shape.addRoundedRect(QRectF(0.5, 0.5, self.width() + 2 * radius, self.height() + 2 * radius), radius, radius)
            painter.fillPath(shape, theme.color("window"))
            painter.setPen(outline(theme.color("line")))
            painter.drawPath(shape)

    def _pad(self) -> None:
        layout = self.layout()
        if layout is not None:
            side = 0 if self._bare else self._side_px
            layout.setContentsMargins(side, 0 if self._bare else 2, side, 0)
