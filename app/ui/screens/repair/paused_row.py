"""A conversation that waits, above the cards: where it stands, who is in it, and one way back into it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.screens.repair.state import PausedTalk
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark


class PausedRow(Surface):
    """Nothing counts how long it has waited."""

    taken_up = Signal(str)
    """Emitted with the key of the conversation."""

    def __init__(self, talk: PausedTalk, people: Sequence[Person]) -> None:
        super().__init__("card")
        words = QVBoxLayout()
        words.setSpacing(0)
        title = Label(talk.title, "body")
        title.set_weight(500)
        words.addWidget(title)
        words.addWidget(Label(talk.line, "small", "ink2"))
        self.again = Button(tr("Pick it up again"), "primary", small=True)
        self.again.setAccessibleName(tr("Pick up again: {title}, {line}").format(title=talk.title, line=talk.line))
        self.again.clicked.connect(lambda _checked=False: self.taken_up.emit(talk.key))
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("m"))
        row.addWidget(Icon("chats-circle", "lee"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(PersonMark(*(people if talk.two else people[:1])), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.setAccessibleName(talk.title)


class PausedRows(QWidget):
    """All of them, the newest first; nothing where none waits."""

    taken_up = Signal(str)
    """Emitted with the key of a conversation."""

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__()
        self._people = tuple(people)
        theme = current_hub().theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.space("s"), 0)
        self._column.setSpacing(theme.space("s"))
        self.hide()

    def show_talks(self, talks: Sequence[PausedTalk]) -> None:
        """Show these."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for talk in talks:
            row = PausedRow(talk, self._people)
            row.taken_up.connect(self.taken_up)
            self._column.addWidget(row)
        self.setVisible(bool(talks))
