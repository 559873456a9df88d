"""The top of a page: its title, one quiet fact beside it, and its actions at the end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label


class HeaderBar(QWidget):
    """Title, subtitle, actions. Narrow, the subtitle gives way first, then hints and words of the actions."""

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._row = QHBoxLayout(self)
        self._title = Label(title, "title", lines=1, elide=True)
        self._subtitle = Label(subtitle, "small", "ink3", lines=1, elide=True)
        self._row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignVCenter)
        self._actions = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page and say one thing about it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def title(self) -> str:
        """What the page is called."""
        return self._title.text()

    def add_action(self, widget: QWidget, *, divided: bool = False) -> None:
        """Put an action at the end; `divided` draws a hairline before it."""
        if divided and self._actions:
            self._row.addWidget(Rule(vertical=True))
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._actions += 1

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._hub.theme.size("header"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        actions = [self._row.itemAt(i) for i in range(2, self._row.count())]
        taken = sum(item.sizeHint().width() + self._row.spacing() for item in actions if item is not None)
        room = self.width() - taken - self._title.sizeHint().width()
        self._subtitle.setMaximumWidth(16_777_215 if room > self._hub.theme.px(60) else 0)

    def _restyle(self, theme: Theme) -> None:
        self._row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._row.setSpacing(theme.px(10))
        self.updateGeometry()
