"""What is asked before a restore, and before erasing: plain words, equal answers, nothing chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.care import Erase
from app.domain.errors import LeewardError
from app.ui.text import tr
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field, Labelled, PassphraseField
from app.ui.widgets.label import Label
from app.ui.widgets.passphrases import points

TYPED_WORD = "erase"


def restore_surface(ground: QWidget, when: str) -> AskSurface:
    """Before going back to a copy."""
    return AskSurface(
        ground,
        tr("Go back to this copy"),
        tr(
            "{when}. What you wrote after it will not be in the journal any more; the file as it is now is kept beside "
            "it, and you can come back to that one from here. The shared space stays as it is. The journal locks, and "
            "you open it again with your passphrase."
        ).format(when=when),
        yes=tr("Go back to it"),
        no=tr("Stay here"),
    )


class EraseSurface(DialogSurface):
    """Erasing one's part: what goes, what cannot be reached, the passphrase, the typed word, and a day's wait."""

    chosen = Signal(str, bool, bool)
    """The passphrase, whether at once, whether the whole journal. Emitted while the surface stands: it closes once
    the passphrase has proven right."""

    def __init__(self, ground: QWidget, care: Erase, *, alone: bool) -> None:
        super().__init__(ground, care.title, close_words=care.no)
        self._word = TYPED_WORD
        self._listed(care)
        self.phrase = PassphraseField(name=tr("Your passphrase"), show_words=tr("Show it"), hide_words=tr("Hide it"))
        self._phrase_row = Labelled(tr("Your passphrase"), self.phrase)
        self.word = Field(name=care.type_word)
        self._now = TickBox(tr("Now, without waiting a day"))
        self._whole = TickBox(tr("The whole journal with its folder; nobody else has a part in it")) if alone else None
        waits = Label(care.wait, "small", "ink2")
        for part in (self._phrase_row, Labelled(care.type_word, self.word), waits, self._now):
            self.body.addWidget(part)
        if self._whole is not None:
            self.body.addWidget(self._whole)
        self.body.addStretch(1)
        stay, self._go = Button(care.no, "plain"), Button(care.yes, "plain")
        self._missing = Label("", "small", "ink3")
        self.footer.addWidget(self._missing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(stay)
        self.footer.addWidget(self._go)
        self._changed()
        self.phrase.textChanged.connect(self._changed)
        self.word.textChanged.connect(self._changed)
        stay.clicked.connect(lambda _checked=False: self.close_surface())
        self._go.clicked.connect(lambda _checked=False: self.go())
        self.dismissed.connect(self.close_surface)

    def go(self) -> None:
        """Hand over what was typed, once both are there."""
        if self._complete():
            self._go.setEnabled(False)
            whole = self._whole is not None and self._whole.isChecked()
            self.chosen.emit(self.phrase.text(), self._now.isChecked(), whole)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.phrase)

    def refuse(self, _error: LeewardError) -> None:
        """The passphrase did not fit, or it cannot be done: say so, and leave everything as it was."""
        self._phrase_row.show_trouble(tr("That didn’t open it. Nothing was changed. Take your time."))
        self._changed()

    def _listed(self, care: Erase) -> None:
        self.body.addWidget(Label(care.lead, "body"))
        for heading, lines in ((tr("What goes"), care.removes), (tr("What it cannot reach"), care.cannot_reach)):
            self.body.addWidget(Label(heading, "label"))
            self.body.addWidget(points(lines))
        self.body.addWidget(Label(care.before, "small", "ink2"))
        self.body.addWidget(Label(care.alone_note, "small", "ink2"))

    def _complete(self) -> bool:
        return bool(self.phrase.text()) and self.word.text().strip().casefold() == self._word

    def _changed(self) -> None:
        complete = self._complete()
        self._go.setEnabled(complete)
        self._missing.setText("" if complete else tr("It takes your passphrase and the word"))
