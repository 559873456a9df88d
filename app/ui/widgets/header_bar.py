"""The top of a page: its title, one quiet fact beside it, and its actions at the end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label

_AFTER_SUBTITLE, _HAIRLINE_PX, _WIDEST_PX = 2, 20, 16_777_215


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
        self._tools: QWidget | None = None
        self._tools_end = Rule(vertical=True)
        self._row.addWidget(self._tools_end, 0, Qt.AlignmentFlag.AlignVCenter)
        self._tools_end.hide()
        self._actions = 0
        self._ends: list[QWidget] = [self._tools_end]
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

    def set_tools(self, widget: QWidget | None) -> None:
        """Put a page's own control before the actions, with a hairline between them; None leaves the place empty.

        A control stays the header's once it was here, hidden while another page is shown.
        """
        if widget is self._tools:
            return
        if self._tools is not None:
            self._row.removeWidget(self._tools)
            self._tools.hide()
        self._tools = widget
        if widget is not None:
            self._row.insertWidget(_AFTER_SUBTITLE, widget, 0, Qt.AlignmentFlag.AlignVCenter)
            self._keep_order(widget)
            widget.show()
        self._tools_end.setVisible(widget is not None)
        self._give_way()

    def fit(self) -> None:
        """Give way anew. A page asks for it whose own control has grown or shrunk."""
        self._give_way()

    def add_action(self, widget: QWidget, *, divided: bool = False) -> None:
        """Put an action at the end; `divided` draws a hairline before it."""
        if divided and self._actions:
            self._ends.append(rule := Rule(vertical=True))
            self._row.addWidget(rule)
        self._ends.append(widget)
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
        self._give_way()

    def _keep_order(self, widget: QWidget) -> None:
        """Let the keyboard come to `widget` right before the first action."""
        last = self._row.itemAt(self._row.count() - self._actions) if self._actions else None
        action = last.widget() if last is not None else None
        if action is not None:
            before = action.previousInFocusChain()
            if before is not None and before is not widget:
                QWidget.setTabOrder(before, widget)
                QWidget.setTabOrder(widget, action)

    def _give_way(self) -> None:
        """Say the subtitle, and the actions' words, only where there is room; without words buttons are square."""
        beside = [*([self._tools] if self._tools is not None else []), *self._ends]
        shown = [part for part in beside if not part.isHidden()]
        taken = sum(part.sizeHint().width() + self._row.spacing() for part in shown)
        room = self.width() - taken - self._title.sizeHint().width() - self._row.spacing()
        worded = [button for button in self._ends if isinstance(button, Button)]
        spare = room + sum(button.sizeHint().width() - button.worded_px() for button in worded)
        for button in worded:
            least = button.worded_px() if spare >= 0 else button.minimumSizeHint().width()
            button.setMaximumWidth(_WIDEST_PX if room >= 0 else least)
        self._subtitle.setMaximumWidth(_WIDEST_PX if room > self._hub.theme.px(60) else 0)

    def _restyle(self, theme: Theme) -> None:
        self._row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._row.setSpacing(theme.px(10))
        self._tools_end.setFixedHeight(theme.px(_HAIRLINE_PX))
        self.updateGeometry()
