"""The recovery sheet while a journal is being made: what it is, both risks, and when it is to be made, if at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from app.ui.screens.first_run.state import FirstRunState
from app.ui.sheet_wish import SheetWish
from app.ui.text import tr
from app.ui.widgets.buttons import Radio
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.domain.care import Recovery

_ORDER: Final = (SheetWish.NOW, SheetWish.LATER, SheetWish.NONE)


class SheetCard(Card):
    """`wished(SheetWish)` when a person chooses; a choice made for them by an earlier answer says nothing."""

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Your recovery sheet"))
        self._lead = Label("", "small", "ink2")
        self._others = Label("", "small", "ink2")
        self._others.hide()
        self._risks = (Label("", "small", "ink2"), Label("", "small", "ink2"))
        self._radios = {wish: Radio("") for wish in _ORDER}
        self._group = QButtonGroup(self)
        self.add(self._lead)
        for risk in self._risks:
            self.add(risk)
        for wish, radio in self._radios.items():
            self._group.addButton(radio)
            radio.clicked.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
            self.add(radio)
        self.add(self._others)

    def show_words(self, words: Recovery) -> None:
        """Fill in the sentences."""
        self._lead.setText(words.lead)
        self._others.setText(words.shared_computer)
        for label, risk in zip(self._risks, words.risks, strict=True):
            label.setText(f"{risk.label}: {risk.line}")
        for wish, said in zip(_ORDER, (words.make_now, words.later, words.none), strict=True):
            self._radios[wish].setText(said)
            self._radios[wish].setAccessibleName(said)

    def show_state(self, state: FirstRunState) -> None:
        """Show the wish in force."""
        self._radios[state.sheet].setChecked(True)
        self._others.setVisible(state.others_here)
