"""A dialog made of bands: full-width stretches on their own grounds, a hairline between them, and a footer below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.painting import painting

_IN_SIGHT_PX: Final = 48
"""How much stays visible around what has the focus, at 100 %."""


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


class OverBar(QScrollBar):
    """A scroll bar that lies over the edge of its area: grounds reach from edge to edge, and nothing moves aside."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area, self._inner = area, area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner.rangeChanged.connect(self._follow)
        self._inner.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._inner.setValue)
        area.installEventFilter(self)
        self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._follow()
        return False

    def _follow(self) -> None:
        inner = self._inner
        if not isValid(inner):  # the area is being taken down
            return
        self.setRange(inner.minimum(), inner.maximum())
        self.setPageStep(inner.pageStep())
        self.setSingleStep(inner.singleStep())
        self.setValue(inner.value())
        self.setVisible(inner.maximum() > inner.minimum())
        wide = self.sizeHint().width()
        self.setGeometry(self._area.width() - wide, 0, wide, self._area.height())
        self.raise_()


class Sheet(DialogSurface):
    """A dialog whose content reaches from edge to edge; the bands in `body` bring their own padding."""

    def __init__(
        self, ground: QWidget, title: str, *, close_words: str, caption: str = "", caption_icon: str = ""
    ) -> None:
        super().__init__(ground, title, close_words=close_words, caption=caption, caption_icon=caption_icon)
        self.surface.body.setContentsMargins(1, 1, 1, 1)
        self.header.setStretch(0, 0)
        self.header.insertStretch(1, 1)
        self._bar = OverBar(self._scroll)
        self._unpad()
        self._hub.changed.connect(self._unpad)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def beside_title(self, widget: QWidget) -> None:
        """Put something small behind the title."""
        self.header.insertWidget(1, widget)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep what has the focus in sight, also when it came by a shortcut or by an answer that does not fit."""
        if new is not None and self._content.isAncestorOf(new):
            QTimer.singleShot(
                0, new, lambda: self._scroll.ensureWidgetVisible(new, 0, self._hub.theme.px(_IN_SIGHT_PX))
            )

    def _unpad(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
