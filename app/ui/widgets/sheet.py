"""A dialog made of bands: full-width stretches on their own grounds, a hairline between them, and a footer below."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.painting import painting


class Band(QWidget):
    """A full-width stretch of a sheet on its own ground, with a hairline above it. Children go in `body`."""

    def __init__(self, ground: Role = "card", *, line: bool = True) -> None:
        super().__init__()
        self._hub = current_hub()
        self._line = line
        self._ground: Role = ground
        self.body = QVBoxLayout(self)
        self._pad()
        self._hub.changed.connect(self._pad)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color(self._ground))
            if self._line:
                painter.fillRect(0, 0, self.width(), 1, theme.color("line"))

    def _pad(self) -> None:
        theme = self._hub.theme
        across, down = theme.space("xl"), theme.space("m")
        self.body.setContentsMargins(across, down, across, theme.space("l"))
        self.body.setSpacing(theme.space("m"))


class Sheet(DialogSurface):
    """A dialog whose content reaches from edge to edge; the bands in `body` bring their own padding."""

    def __init__(
        self, ground: QWidget, title: str, *, close_words: str, caption: str = "", caption_icon: str = ""
    ) -> None:
        super().__init__(ground, title, close_words=close_words, caption=caption, caption_icon=caption_icon)
        self.surface.body.setContentsMargins(1, 1, 1, 1)
        self.header.setStretch(0, 0)
        self.header.insertStretch(1, 1)
        self._unpad()
        self._hub.changed.connect(self._unpad)

    def beside_title(self, widget: QWidget) -> None:
        """Put something small behind the title."""
        self.header.insertWidget(1, widget)

    def _unpad(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
