"""A dialog inside the window: a flat dim over the page and a surface on it. No window of its own, no nested loop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Caption, Rule, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.painting import painting


class DialogSurface(QWidget):
    """Covers `ground` while it is open. Esc asks to leave, Ctrl+Enter asks to confirm; both are only asked.

    Keyboard focus stays inside and goes back to where it was when the dialog closes. Content goes into `body`,
    buttons into `footer`. The content scrolls when the window is too low for it.
    """

    dismissed = Signal()
    """Emitted on Esc and on the close button. The owner keeps a draft and calls `close_surface`."""
    confirmed = Signal()
    """Emitted on Ctrl+Enter."""
    finished = Signal()
    """Emitted after the surface is gone."""
    took_over = Signal()
    """Emitted when somebody else sits down before it: from then on it `covers_all` until the journal is locked."""

    def __init__(
        self, ground: QWidget, title: str, *, close_words: str, caption: str = "", caption_icon: str = ""
    ) -> None:
        super().__init__(ground)
        self._hub = current_hub()
        self._ground = ground
        self._opener: QWidget | None = None
        self.setAccessibleName(title)
        self.surface = Surface("card", radius_px=self._hub.theme.radius("dialog"), parent=self)
        self.header = QHBoxLayout()
        self.header.setSpacing(12)
        self.title = Label(title, "title", lines=1, elide=True)
        self.header.addWidget(self.title, 1)
        self.caption = Caption(caption, icon=caption_icon)
        if not caption:
            self.caption.hide()
        self.header.addWidget(self.caption)
        close = IconButton("x", close_words)
        close.clicked.connect(self.dismissed)
        self.header.addWidget(close)
        self._content = _Page()
        self._content.setObjectName("page")
        self.body = QVBoxLayout(self._content)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        self._scroll.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        self.footer = QHBoxLayout()
        self.footer.setSpacing(10)
        self.surface.body.addLayout(self.header)
        self.surface.body.addWidget(_hairline())
        self.surface.body.addWidget(self._scroll, 1)
        self.surface.body.addWidget(_hairline())
        self.surface.body.addLayout(self.footer)
        self._pad()
        self._content.installEventFilter(self)
        ground.installEventFilter(self)
        self._hub.changed.connect(self._pad)
        self.hide()

    @property
    def covers_all(self) -> bool:
        """Whether nothing of the journal may be shown or reached beside it."""
        return False

    def open(self, first: QWidget | None = None) -> None:
        """Show the dialog and put focus on `first`, or on the first control of the content."""
        self._opener = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self._place()
        goal = first or next(iter(self._stops()), None)
        if goal is not None:
            goal.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_top(self) -> None:
        """Begin at the top again, when what is shown has been exchanged for something else."""
        self._scroll.verticalScrollBar().setValue(0)

    def close_surface(self) -> None:
        """Take the dialog away, give focus back, and say `finished`."""
        self.hide()
        opener, self._opener = self._opener, None
        if opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.finished.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirmed.emit()
        elif event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        event.accept()

    def _turn(self, pages: int) -> None:
        """Scroll by whole pages, so that a long text without any control can be read from the keyboard."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        stops = self._stops()
        if not stops:
            return True
        at = stops.index(focused) if (focused := QApplication.focusWidget()) in stops else -1
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self, self._hub.theme) as painter:
            painter.fillRect(self.rect(), self._hub.theme.color("scrim"))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = {QEvent.Type.Resize, QEvent.Type.LayoutRequest}
        if event.type() in kinds and self.isVisible():
            self._place()
        return False

    def _stops(self) -> list[QWidget]:
        """Everything inside that Tab reaches: the content as it stands on the page, the footer, then the header."""
        found: list[QWidget] = []
        current = self.nextInFocusChain()
        while current is not None and current is not self:
            if self.isAncestorOf(current) and _takes_tab(current):
                found.append(current)
            current = current.nextInFocusChain()
        within = [widget for widget in found if self._content.isAncestorOf(widget)]
        around = [widget for widget in found if widget not in within]
        edge = self._scroll.mapTo(self, QPoint(0, 0)).y()
        above = [widget for widget in around if widget.mapTo(self, QPoint(0, 0)).y() < edge]
        below = [widget for widget in around if widget not in above]
        return [*in_rows(within, self._content), *in_rows(below, self), *above]

    def _pad(self) -> None:
        theme = self._hub.theme
        self.surface.body.setContentsMargins(0, 0, 0, 0)  # after every theme, as a surface gives itself its own again
        self.surface.body.setSpacing(0)
        across, down = theme.space("xl"), theme.px(12)
        self.header.setContentsMargins(across, down, theme.px(16), down)
        self.body.setContentsMargins(across, theme.space("m"), across, theme.space("m"))
        self.body.setSpacing(theme.space("m"))
        self.footer.setContentsMargins(across, down, across, down)

    def _place(self) -> None:
        ground = self._ground
        self.setGeometry(ground.rect())
        theme = self._hub.theme
        wide = min(theme.size("dialog_max_w"), ground.width() - 2 * theme.space("l"))
        inner = self._content.needed_px(wide)
        heads = self.header.sizeHint().height() + self.footer.sizeHint().height() + 2
        high = min(inner + heads + 2, ground.height() - 2 * theme.space("l"))
        top = max(theme.space("l"), (ground.height() - high) * 2 // 5)
        self.surface.setGeometry((ground.width() - wide) // 2, top, wide, high)


def in_rows(widgets: Sequence[QWidget], ground: QWidget) -> list[QWidget]:
    """The widgets as they are read: row after row, and along each row in the direction of the script.

    Widgets share a row when one's middle lies beside the other.
    """
    mirrored = ground.layoutDirection() is Qt.LayoutDirection.RightToLeft
    rows: list[tuple[int, list[tuple[int, QWidget]]]] = []
    placed = [(widget, widget.mapTo(ground, QPoint(0, 0))) for widget in widgets]
    for widget, at in sorted(placed, key=lambda one: one[1].y()):
        if not rows or at.y() > rows[-1][0]:
            rows.append((at.y() + widget.height() // 2, []))
        rows[-1][1].append((-at.x() if mirrored else at.x(), widget))
    return [widget for _, row in rows for _, widget in sorted(row, key=lambda one: one[0])]


class _Page(QWidget):
    """What scrolls. It needs the height its words take at their real width, not at the width they would like best:
    otherwise the surface ends below its content, and a scroll bar stands beside what could be seen whole.
    """

    def needed_px(self, width: int) -> int:
        """How high it is when it is `width` wide, in px."""
        layout = self.layout()
        if layout is None:
            return 0
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.needed_px(self.width()))


def _hairline() -> Rule:
    rule = Rule()
    rule.setFixedHeight(1)
    return rule


def _takes_tab(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None
