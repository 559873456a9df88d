"""The one window of the program: a neutral title, one content at a time, and room for surfaces over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import icon
from app.ui.widgets.painting import painting

TITLE = "Leeward"
_FIRST_SIZE = (1280, 800)


class Window(QWidget):
    """Shows the screens before unlock, then the session. Remembers no place and no size on disk."""

    closing = Signal()
    """The person wants to close the window: finish, then quit."""
    deactivated = Signal()
    """Another window has the keyboard now."""
    painted = Signal()
    """Emitted once, after the first content was painted."""

    def __init__(self) -> None:
        super().__init__()
        hub = current_hub()
        self._hub = hub
        self._content: QWidget | None = None
        self._may_close = False
        self._seen = False
        self.setWindowTitle(TITLE)
        self.setWindowIcon(icon("brand", "lee"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        points = hub.theme.tokens.breakpoints
        self.setMinimumSize(points["window_min_w"], points["window_min_h"])
        self.resize(*_FIRST_SIZE)

    @property
    def seen(self) -> bool:
        """Whether anything was painted yet."""
        return self._seen

    def content(self) -> QWidget | None:
        """What the window shows now."""
        return self._content

    def show_content(self, content: QWidget) -> None:
        """Show `content` instead of what was there, which is deleted."""
        before, self._content = self._content, content
        if before is not None:
            self._box.removeWidget(before)
            before.hide()
            before.setParent(None)
            before.deleteLater()
        self._box.addWidget(content)
        content.show()
        if not self._seen:
            content.installEventFilter(self)

    def close_for_good(self) -> None:
        """Close without asking anyone: everything is kept and locked already."""
        self._may_close = True
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.deactivated.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self, self._hub.theme) as painter:
            painter.fillRect(self.rect(), self._hub.theme.color("window"))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._seen:
            self._seen = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)
        return False
