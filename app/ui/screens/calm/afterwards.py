"""Afterwards: a few kind lines, and one tap for what helped. Nothing is asked of anybody, and nothing kept unasked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.calm import After, CalmScreen
from app.ui.screens.calm.parts import lines
from app.ui.screens.calm.ways import Way
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.label import Label


class AfterWay(Way):
    """`helped(key, on)`: a word was tapped, or tapped again. `answered(words, keep)`: what was said to the question.

    Without an open journal there is nothing to tap.
    """

    helped = Signal(str, bool)
    answered = Signal(str, bool)

    def __init__(self, words: After, screen: CalmScreen, *, keeps: bool) -> None:
        super().__init__(gap_px=10)
        self._on: tuple[str, ...] = ()
        self._asked = ""
        self.add(lines(words.lines, icon="waves"))
        self.add(Label(screen.more_help, "small", "ink3"))
        self.chips = Chips([], name=tr("What helped"), add=tr("other"), parent=self)
        self._question = self._make_question(screen)
        self._question.hide()
        if not keeps:
            self.chips.hide()
            return
        self.chips.changed.connect(self._changed)
        self.add(Rule())
        self.add(Label(tr("What helped, if you want it remembered"), "label"))
        self.add(self.chips)
        self.add(self._question)
        self.add(Label(tr("One tap keeps it, only for you. It moves up in your kit."), "small", "ink3"))

    def offer(self, words: Sequence[tuple[str, str]]) -> None:
        """What can be tapped: (key, words). Nothing moves any more once something was."""
        if self._on:
            return
        self.chips.offer([Chip(key, word) for key, word in words])

    def ask(self, words: str) -> None:
        """Ask whether own words join the kit."""
        self._asked = words
        self._question.show()

    def start_afresh(self) -> None:
        """Nothing is tapped when Calm is opened again; what was kept stays kept."""
        self._on = ()
        self.chips.choose(())
        self._question.hide()

    def _make_question(self, screen: CalmScreen) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_hub().theme.space("s"))
        row.addWidget(Label(screen.keep_question, "body", "ink2"), 1)
        self.yes, self.no = Button(screen.keep_yes, "plain", small=True), Button(screen.keep_no, "quiet", small=True)
        for button, keep in ((self.yes, True), (self.no, False)):
            button.clicked.connect(lambda _checked=False, keep=keep: self._answer(keep=keep))
            row.addWidget(button)
        return made

    def _changed(self, keys: object) -> None:
        now = tuple(keys) if isinstance(keys, tuple) else ()
        for key in now:
            if key not in self._on:
                self.helped.emit(key, True)
        for key in self._on:
            if key not in now:
                self.helped.emit(key, False)
        self._on = now

    def _answer(self, *, keep: bool) -> None:
        self._question.hide()
        self.chips.setFocus()
        self.answered.emit(self._asked, keep)
