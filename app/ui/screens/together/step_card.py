"""One next step, at the end of the page; either of the two may pass, and passing is not noted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout


class StepCard(Card):
    """A small promise, a ritual, or other words for a boundary; or nothing."""

    wished = Signal(str)
    """Emitted with the kind of record to begin."""

    def __init__(self) -> None:
        super().__init__(tr("One next step"), caption=tr("either of you may pass"))
        self._words = Label("", "small", "ink2")
        self.promise = Button(tr("A small promise…"), "plain", small=True)
        self.ritual = Button(tr("A ritual…"), "plain", small=True)
        self.boundary = Button(tr("A boundary in words…"), "plain", small=True)
        self.leave = Button(tr("Not this time"), "quiet", small=True)
        row = FlowLayout(gap_px=8)
        self._ways = QWidget()
        self._ways.setLayout(row)
        for button in (self.promise, self.ritual, self.boundary, self.leave):
            row.addWidget(button)
        self.add(self._words)
        self.add(self._ways)
        self.promise.clicked.connect(lambda: self.wished.emit("commitment"))
        self.ritual.clicked.connect(lambda: self.wished.emit("ritual"))
        self.boundary.clicked.connect(lambda: self.wished.emit("boundary"))
        self.leave.clicked.connect(self._pass)
        self.show_again()

    def show_again(self) -> None:
        """Offer it, as on every new look."""
        self._words.setText(
            tr("One thing I am taking with me. Say it, or write one small thing the two of you will try.")
        )
        self._ways.show()

    def _pass(self) -> None:
        self._words.setText(tr("That is fine. Nothing is noted."))
        self._ways.hide()
