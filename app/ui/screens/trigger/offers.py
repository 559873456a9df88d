"""Something offered below a question, with its reason: taken or let go with one press, never taken by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.text_link import TextLink


class OfferRow(QWidget):
    """A button that takes what is offered, a quiet one that lets it go, and why it is offered. Hidden while empty."""

    taken = Signal()
    declined = Signal()

    def __init__(self, *, icon: str = "", key: str = "", decline: str = "") -> None:
        super().__init__()
        theme = current_hub().theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.space("xs"), 0, 0)
        column.setSpacing(2)
        line = QWidget()
        flow = FlowLayout(line, gap_px=theme.space("m"))
        self.take = Button("", "plain", icon=icon, hint=key, small=True)
        self.take.clicked.connect(self.taken)
        flow.addWidget(self.take)
        self.decline = TextLink(decline)
        if not decline:
            self.decline.hide()
        self.decline.clicked.connect(self.declined)
        flow.addWidget(self.decline)
        self._why = Label("", "caption", "ink3")
        column.addWidget(self._why)
        column.addWidget(line)
        self.hide()

    def offer(self, words: str, why: str) -> None:
        """Offer this; no words hide the row. Both are read out together."""
        self.setVisible(bool(words))
        self.take.setText(words)
        self.take.setAccessibleDescription(why)
        self._why.setText(why)

    def why(self) -> str:
        """The reason that is shown."""
        return self._why.text()
