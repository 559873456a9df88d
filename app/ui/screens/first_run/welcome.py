"""The first page of all: two ways in, and a third for a journal that is here already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from typing_extensions import override

from app.ui.screens.first_run.parts import Page, ask_folder, column, start
from app.ui.screens.first_run.state import FirstRunState
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label


class WelcomePage(Page):
    """Two ways in: a journal of one's own, or a look around."""

    begin = Signal()
    look_around = Signal()
    open_existing = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        cards = column(self)
        card = Card(tr("A journal of your own"))
        card.add(Label(tr("It is made on this computer, locked with a passphrase only you have."), role="ink2"))
        self._begin = Button(tr("Begin a journal"), "primary")
        self.first = self._begin
        self._begin.clicked.connect(lambda _checked=False: self.begin.emit())
        card.add(start(self._begin))
        cards.addWidget(card)
        sample = Card(tr("Look around first"))
        sample.add(
            Label(tr("Opens a journal with nine months of invented entries. Nothing in it is yours."), role="ink2")
        )
        self.look = Button(tr("Look around with sample data"), "plain")
        self.look.clicked.connect(lambda _checked=False: self.look_around.emit())
        sample.add(start(self.look))
        cards.addWidget(sample)
        existing = Button(tr("Open a journal that is here already…"), "quiet", small=True)
        existing.clicked.connect(lambda _checked=False: ask_folder(self, self.open_existing.emit))
        cards.addWidget(start(existing))

    @override
    def show_state(self, state: FirstRunState) -> None:
        """Both ways wait while the sample is made."""
        self._begin.setEnabled(not state.busy)
        self.look.setEnabled(not state.busy)
        self.look.setText(tr("Making the sample journal…") if state.busy else tr("Look around with sample data"))
