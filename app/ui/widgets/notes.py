"""Short notes to the person: the toast after saving, the banner on a page, the empty state of a list."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.label import Label

TOAST_MS = 6_000
_BOTTOM_PX = 20


class Toast(Surface):
    """What was just done, at the bottom centre of `ground`, with one way to take it back.

    It goes after 6 s, but stays while the pointer is on it or focus is in it. It never takes focus by itself.
    """

    acted = Signal()
    """Emitted when the person pressed the toast's action."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__("field", radius_px=7, edge="control", parent=ground)
        self._ground_widget = ground
        self._icon = Icon("check", "lee")
        self._label = Label("", "body", lines=1)
        self._action = Button("", "quiet", small=True)
        self._action.clicked.connect(self._act)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self._leave)
        self._fade = QPropertyAnimation(self)
        ground.installEventFilter(self)
        self.hide()

    def say(self, words: str, action: str = "", icon: str = "check") -> None:
        """Show words and, if named, an action. A toast that is still showing is replaced."""
        self._icon.show_icon(icon)
        self._label.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self._appear()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def words(self) -> str:
        """What is shown now; empty when nothing is."""
        return self._label.text() if self.isVisible() else ""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _pad(self) -> None:
        self.body.setContentsMargins(14, 0, 8, 0)
        self.setFixedHeight(self._hub.theme.size("toast"))

    def _place(self) -> None:
        ground = self._ground_widget
        self.adjustSize()
        self.setFixedWidth(min(max(self.sizeHint().width(), self._hub.theme.px(280)), ground.width() - 32))
        bottom = ground.height() - self.height() - self._hub.theme.px(_BOTTOM_PX)
        self.move((ground.width() - self.width()) // 2, bottom)

    def _appear(self) -> None:
        duration = self._hub.theme.fade_ms()
        self._fade.stop()
        if not duration:
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade.setTargetObject(effect)
        self._fade.setPropertyName(b"opacity")
        self._fade.setDuration(duration)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.start()

    def _act(self) -> None:
        self._timer.stop()
        self.hide()
        self.acted.emit()

    def _leave(self) -> None:
        if self.underMouse() or self._action.hasFocus():
            self._timer.start()
        else:
            self.hide()


class Banner(Surface):
    """One note on a page: sunken for information, warm for "take care". Never modal; closable unless told otherwise."""

    acted = Signal()
    """Emitted when the person pressed the banner's action."""
    closed = Signal()
    """Emitted when the person closed it."""

    def __init__(
        self,
        words: str,
        *,
        icon: str = "info",
        tone: Literal["info", "care", "open"] = "info",
        action: str = "",
        close_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        grounds: dict[str, Literal["sunken", "lamp_tint", "lee_tint"]] = {
            "info": "sunken", "care": "lamp_tint", "open": "lee_tint",
        }  # fmt: skip
        super().__init__(grounds[tone], radius_px=8, parent=parent)
        role: Role = "lamp" if tone == "care" else "lee"
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon(icon, role), 0, Qt.AlignmentFlag.AlignVCenter)
        self._label = Label(words, "small")
        row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(words)
        if action:
            button = Button(action, "quiet", small=True)
            button.clicked.connect(self.acted)
            row.addWidget(button)
        if close_words:
            close = IconButton("x", close_words)
            close.clicked.connect(self._close)
            row.addWidget(close)

    def say(self, words: str) -> None:
        """Change the words."""
        self._label.setText(words)
        self.setAccessibleName(words)

    def _pad(self) -> None:
        self.body.setContentsMargins(12, 7, 10, 7)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(Surface):
    """A place with nothing in it yet: a dashed outline, one sentence that asks for nothing, one on what it is for,
    and one button.
    """

    acted = Signal()
    """Emitted when the person pressed the button."""

    def __init__(
        self, words: str, more: str = "", *, action: str = "", icon: str = "plus", parent: QWidget | None = None
    ) -> None:
        super().__init__("dashed", radius_px=8, parent=parent)
        self.body.addWidget(_weighted(Label(words, "body"), 500))
        if more:
            self.body.addWidget(Label(more, "small", "ink2"))
        self.button = Button(action, "plain", icon=icon, small=True)
        if not action:
            self.button.hide()
        self.button.clicked.connect(self.acted)
        if action:
            self.body.addSpacing(6)
            self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(words)

    def _pad(self) -> None:
        super()._pad()
        self.body.setSpacing(self._hub.theme.px(4))


def _weighted(label: Label, weight: int) -> Label:
    label.set_weight(weight)
    return label
