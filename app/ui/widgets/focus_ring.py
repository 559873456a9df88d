"""The focus ring: 2 px with a 1 px gap, drawn around a painted widget without taking room from its layout.

The ring is a transparent overlay beside the widget, so a focused button stays exactly where it was. It is made when
focus arrives and removed when focus leaves.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.painting import box, painting

_FOLLOW = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ZOrderChange})


class FocusRing(QWidget):
    """The ring itself. `reach_px` is how far it goes beyond what it surrounds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._radius = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def reach_px(self) -> int:
        """Ring and gap together."""
        return self._hub.theme.size("focus_ring") + self._hub.theme.size("focus_gap")

    def surround(self, rect: QRect, radius_px: float) -> None:
        """Go around `rect`, in the parent's px."""
        reach = self.reach_px
        self._radius = radius_px + reach
        self.setGeometry(rect.adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            width = float(theme.size("focus_ring"))
            box(painter, QRectF(self.rect()), self._radius, edge=theme.color("focus"), width_px=width)


class RingKeeper(QObject):
    """Gives a widget its focus ring: shows it on focus, moves it with the widget, removes it afterwards."""

    def __init__(self, widget: QWidget, shape: Callable[[], tuple[QRectF, float]]) -> None:
        super().__init__(widget)
        self._widget, self._shape = widget, shape
        self._ring: FocusRing | None = None
        self._ground: QWidget = widget
        self._watched: list[QWidget] = []
        widget.installEventFilter(self)

    def show(self) -> None:
        """Show the ring now."""
        if self._ring is None:
            ground = self._ground = _ground(self._widget)
            self._ring = FocusRing(ground)
            self._widget.destroyed.connect(self._ring.deleteLater)
            above = self._widget.parentWidget()
            while above is not None and above is not ground:
                above.installEventFilter(self)
                self._watched.append(above)
                above = above.parentWidget()
        self.place()

    def hide(self) -> None:
        """Take the ring away."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched.clear()
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None

    def place(self) -> None:
        """Go to where the focused thing is now; nothing happens without a ring."""
        if self._ring is None:
            return
        if not self._widget.isVisible():  # what has the keyboard can stand in a part that is put away
            self.hide()
            return
        shape, radius = self._shape()
        corner = QPoint(0, 0) if self._ground is self._widget else self._widget.mapTo(self._ground, QPoint(0, 0))
        self._ring.surround(shape.toAlignedRect().translated(corner), radius)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _FOLLOW:
            self.place()
        elif watched is self._widget:
            if kind is QEvent.Type.FocusIn:
                self.show()
            elif kind in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
                self.hide()
        return False


def _ground(widget: QWidget) -> QWidget:
    """The nearest ancestor that may carry a ring: what a scroll area scrolls, or the window."""
    current = widget
    while not current.isWindow():
        above = current.parentWidget()
        if above is None:
            break
        beyond = above.parentWidget()
        if current is not widget and isinstance(beyond, QAbstractScrollArea) and beyond.viewport() is above:
            break
        current = above
    return current
