"""The one window of the program: a neutral title, one content at a time, and room for surfaces over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDrag, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.platform.handover import Place
from app.ui.theme.hub import current_hub
from app.ui.theme.icons import icon
from app.ui.widgets.painting import painting
from app.ui.widgets.shade import Shade

TITLE = "Leeward"
_FIRST_SIZE = (1280, 800)


class Window(QWidget):
    """Shows the screens before unlock, then the session. Remembers no place and no size on disk."""

    closing = Signal()
    """The person wants to close the window: finish, then quit."""
    deactivated = Signal()
    """Another window has the keyboard now."""
    put_away = Signal()
    """The window was minimised."""
    painted = Signal()
    """Emitted once, after the first content was painted."""

    def __init__(self) -> None:
        super().__init__()
        hub = current_hub()
        self._hub = hub
        self._content: QWidget | None = None
        self._shade: Shade | None = None
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

    def cover(self, words: str) -> None:
        """Before this returns, nothing of the content can be seen, reached or heard any more, menus and dialogs too."""
        if self._shade is None:
            self._shade = Shade(self, words)
        self._shade.cover(self)
        _put_away_everything_but(self)
        if self._content is not None:
            self._content.hide()
        self._shade.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def covered(self) -> bool:
        """Whether the window is covered for good."""
        return self._shade is not None

    def place(self) -> Place:
        """Where the window stands, for the one that follows it."""
        whole = self.isMaximized() or self.isFullScreen()
        spot = self.normalGeometry() if whole else self.geometry()
        spot = spot if spot.isValid() else self.geometry()
        return Place(spot.x(), spot.y(), spot.width(), spot.height(), whole)

    def take_place(self, place: Place) -> None:
        """Stand where another stood, if that is still on some screen."""
        wanted = QRect(place.x, place.y, place.wide, place.high)
        if any(screen.availableGeometry().intersects(wanted) for screen in QGuiApplication.screens()):
            self.setGeometry(wanted)
            if place.whole:
                self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

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
        if event.type() is QEvent.Type.WindowStateChange and self.isMinimized():
            self.put_away.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shade is not None:
            self._shade.setGeometry(self.rect())

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


def _put_away_everything_but(window: QWidget) -> None:
    """End what holds the pointer or the keyboard, then close menus, tips, lists and dialogs that are windows."""
    if QGuiApplication.platformName() not in {"offscreen", "minimal"}:  # nothing can be dragged there
        QDrag.cancel()
    for grabbing in (QWidget.mouseGrabber(), QWidget.keyboardGrabber()):
        if grabbing is not None:
            grabbing.releaseMouse()
            grabbing.releaseKeyboard()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
        if popup is QApplication.activePopupWidget():
            break
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.hide()
            other.close()
