"""What stands on a dialog: a titled surface with content that scrolls and a footer. The window dims what is behind it.

A sheet places itself in the middle of its parent where the parent has no layout for it, keeps the focus inside, and
asks: Esc asks to leave, Ctrl+Enter asks to confirm. Its owner answers by calling `close_sheet`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Caption
from app.ui.widgets.label import Label
from app.ui.widgets.painting import box, painting


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


class Sheet(QWidget):
    """The surface of a dialog, at most 776 px wide at 100 %."""

    closed = Signal()
    """Emitted once the sheet is done with; whoever shows it takes it away."""
    dismissed = Signal()
    """Esc or the close button."""
    confirmed = Signal()
    """Ctrl+Enter."""

    def __init__(self, title: str, *, close_words: str, caption: str = "", caption_icon: str = "") -> None:
        super().__init__()
        self._hub = current_hub()
        self.setAccessibleName(title)
        self.head = QHBoxLayout()
        self.title = Label(title, "title", lines=1, elide=True)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        if caption:
            self.head.addWidget(Caption(caption, icon=caption_icon))
        close = IconButton("x", close_words)
        close.clicked.connect(self.dismissed)
        self.head.addWidget(close)
        self._content = QWidget()
        self._content.setObjectName("page")
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        self._footing = Band("card")
        self.foot = QHBoxLayout()
        self._footing.body.addLayout(self.foot)
        whole = QVBoxLayout(self)
        whole.setSpacing(0)
        whole.addLayout(self.head)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._footing)
        self._keys()
        self._pad()
        self._content.installEventFilter(self)
        self._hub.changed.connect(self._pad)

    def close_sheet(self) -> None:
        """Say that this sheet is done with."""
        self.closed.emit()

    @override
    def sizeHint(self) -> QSize:
        wide = self._hub.theme.size("dialog_max_w")
        return QSize(wide, self._height_at(wide))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(280), self._hub.theme.px(160))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            parent.installEventFilter(self)
        self.place()
        QTimer.singleShot(0, self, self.place)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and self.isVisible():
            QTimer.singleShot(0, self, self.place)
        return False

    @override
    def focusNextPrevChild(self, next: bool) -> bool:  # Qt's name for it
        stops = self.stops()
        if not stops:
            return True
        focused = QApplication.focusWidget()
        at = stops.index(focused) if focused in stops else -1
        goal = stops[(at + (1 if next else -1)) % len(stops)]
        goal.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        if self._content.isAncestorOf(goal):
            self._scroll.ensureWidgetVisible(goal, 0, self._hub.theme.px(40))
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            box(
                painter, QRectF(self.rect()), theme.radius("dialog"), fill=theme.color("card"), edge=theme.color("line")
            )

    def stops(self) -> list[QWidget]:
        """Everything Tab reaches, content first, then footer, then header."""
        found: list[QWidget] = []
        current = self.nextInFocusChain()
        while current is not None and current is not self:
            if self.isAncestorOf(current) and _takes_tab(current):
                found.append(current)
            current = current.nextInFocusChain()
        middle = self._scroll.mapTo(self, QPoint(0, 0)).y()
        above = [
            widget for widget in found if widget.mapTo(self, QPoint(0, 0)).y() < middle and not self._inside(widget)
        ]
        return [widget for widget in found if widget not in above] + above

    def place(self) -> None:
        """Stand in the middle of the parent, as high as the content needs and the parent has room for."""
        parent = self.parentWidget()
        if parent is None or parent.layout() is not None:
            return
        theme = self._hub.theme
        room = theme.tokens.spaces["l"]
        wide = min(theme.size("dialog_max_w"), parent.width() - 2 * room)
        high = min(self._height_at(wide), parent.height() - 2 * room)
        self.setGeometry((parent.width() - wide) // 2, max(room, (parent.height() - high) * 2 // 5), wide, high)

    def _inside(self, widget: QWidget) -> bool:
        return self._content.isAncestorOf(widget)

    def _height_at(self, wide: int) -> int:
        inner = (
            self.body.totalHeightForWidth(wide - 2) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
        )
        head = self.head.sizeHint().height()
        return inner + head + self._footing.sizeHint().height() + 2

    def _keys(self) -> None:
        for keys, signal in (("Esc", self.dismissed), ("Ctrl+Return", self.confirmed), ("Ctrl+Enter", self.confirmed)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)

    def _pad(self) -> None:
        theme = self._hub.theme
        across, down = theme.space("xl"), theme.px(11)
        self.head.setContentsMargins(across, down, theme.px(16), down)
        self.head.setSpacing(theme.space("m"))
        self.foot.setSpacing(theme.space("s"))
        self._footing.body.setContentsMargins(across, down, across, down)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(1, 1, 1, 1)
        self.updateGeometry()


def _takes_tab(widget: QWidget) -> bool:
    tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tab) and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None
