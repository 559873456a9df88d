"""The strip at the very top: menus, the promise that nothing leaves this computer, Veil and Lock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QMenuBar, QSizePolicy
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Caption
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import box, painting, text


class StripButton(QAbstractButton):
    """An icon, a word and a key cap, in caption type. Words go first when the strip is narrow, the icon never."""

    def __init__(self, words: str, icon: str, key: str) -> None:
        super().__init__()
        self._hub = current_hub()
        self._icon, self._key = icon, key
        self._short = False
        self._ring = RingKeeper(self, self._shape)
        self.setText(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{words}  {key}")

    def say(self, words: str) -> None:
        """Change the words ("Veil" and "Unveil")."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {self._key}")
        self.updateGeometry()

    def set_short(self, short: bool) -> None:
        """Show the icon alone."""
        self._short = short
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._hub.theme
        wide = theme.size("icon_small") + theme.px(12)
        if not self._short:
            wide += theme.px(6) + self._advance(self.text()) + theme.px(7) + self._key_w()
        return QSize(max(wide, theme.size("min_target")), theme.size("menubar"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            if self.underMouse():
                box(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), 5, fill=theme.color("hover"))
            side = theme.size("icon_small")
            parts: list[tuple[str, int]] = [("icon", side)]
            if not self._short:
                parts += [("words", self._advance(self.text())), ("key", self._key_w())]
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            x = theme.px(6) if not self._short else (self.width() - side) // 2
            for kind, wide in parts:
                rect = QRectF(self.width() - x - wide if mirrored else x, 0, wide, self.height())
                if kind == "icon":
                    paint_icon(painter, rect, self._icon, "ink2", self._hub)
                elif kind == "words":
                    text(painter, rect, self.text(), theme, "caption", "ink2")
                else:
                    cap = theme.px(16)
                    key = QRectF(rect.left(), (self.height() - cap) / 2, wide, cap)
                    box(painter, key, 4, fill=theme.color("rail"), edge=theme.color("line"))
                    text(painter, key, self._key, theme, "hint", "ink2")
                x += wide + theme.px(7)

    def _advance(self, words: str) -> int:
        return QFontMetrics(self._hub.theme.font("caption")).horizontalAdvance(words)

    def _key_w(self) -> int:
        return QFontMetrics(self._hub.theme.font("hint")).horizontalAdvance(self._key) + self._hub.theme.px(10)

    def _shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()).adjusted(2, 3, -2, -3), 4.0


class PageGround(QFrame):
    """The ground a page stands on, with a rounded corner where the strip and the rail meet."""

    def __init__(self) -> None:
        super().__init__()
        self._hub = current_hub()
        self._hub.changed.connect(self._theme_changed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        radius = theme.radius("card")
        rect = QRectF(self.rect())
        beyond = 2 * radius
        left = 0.0 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -beyond
        with painting(self, theme) as painter:
            painter.fillRect(rect, theme.color("rail"))
            ground = QRectF(left, 0, rect.width() + beyond, rect.height() + beyond)
            box(painter, ground, radius, fill=theme.color("window"), edge=theme.color("line"))

    def _theme_changed(self, _theme: Theme) -> None:
        self.update()


class MenuStrip(QFrame):
    """Menus at the start; at the end what stays in reach on every page: the promise, Veil and Lock."""

    veil_asked = Signal()
    """Emitted by Veil."""
    lock_asked = Signal()
    """Emitted by Lock."""

    def __init__(self, *, promise: str, veil: str, veil_key: str, lock: str, lock_key: str) -> None:
        super().__init__()
        self._hub = current_hub()
        self._row = QHBoxLayout(self)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._promise = Caption(promise, icon="local_only", role="ink2")
        self.veil = StripButton(veil, "veil", veil_key)
        self.lock = StripButton(lock, "lock", lock_key)
        self.veil.clicked.connect(self.veil_asked)
        self.lock.clicked.connect(self.lock_asked)
        self._row.addWidget(self.menus)
        self._row.addStretch(1)
        for part in (self._promise, self.veil, self.lock):
            self._row.addWidget(part)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def add_menu(self, words: str) -> QMenu:
        """A new menu at the end of the menus; `&` marks its access key."""
        return self.menus.addMenu(words)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._hub.theme.size("menubar"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        logical = self.width() / self._hub.theme.text_scale
        self._promise.setVisible(logical >= self._hub.theme.tokens.breakpoints["two_columns"])
        short = logical < self._hub.theme.tokens.breakpoints["window_min_w"]
        self.veil.set_short(short)
        self.lock.set_short(short)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self, self._hub.theme) as painter:
            painter.fillRect(self.rect(), self._hub.theme.color("rail"))

    def _restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.size("menubar"))
        self.menus.setFont(theme.font("small"))
        self._row.setContentsMargins(theme.px(9), 0, theme.px(12), 0)
        self._row.setSpacing(theme.px(8))
        self.update()
