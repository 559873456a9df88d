"""A question before something that cannot be taken back, and a single line asked for before something begins."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.label import Label


class AskSurface(DialogSurface):
    """Two plain answers of equal weight. Closing means no; focus begins on no."""

    agreed = Signal()
    """Emitted, after the surface is gone, when the person said yes."""

    def __init__(self, ground: QWidget, title: str, words: str, *, yes: str, no: str) -> None:
        super().__init__(ground, title, close_words=no)
        self.body.addWidget(Label(words, "body", "ink2"))
        self.body.addStretch(1)
        self._no = Button(no, "plain")
        self._yes = Button(yes, "plain")
        self.footer.addStretch(1)
        self.footer.addWidget(self._no)
        self.footer.addWidget(self._yes)
        self._no.clicked.connect(lambda _checked=False: self.close_surface())
        self._yes.clicked.connect(lambda _checked=False: self.agree())
        self.dismissed.connect(self.close_surface)

    def agree(self) -> None:
        """The answer is yes."""
        self.close_surface()
        self.agreed.emit()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self._no)


class LineSurface(DialogSurface):
    """One line is asked for, nothing else; it is needed before the surface can be confirmed."""

    given = Signal(str)
    """Emitted with the line, after the surface is gone."""

    def __init__(self, ground: QWidget, title: str, question: str, *, help_words: str, yes: str, no: str) -> None:
        super().__init__(ground, title, close_words=no)
        self.line = Field(name=question)
        self.body.addWidget(Labelled(question, self.line))
        self.body.addWidget(Label(help_words, "caption", "ink3"))
        self.body.addStretch(1)
        later = Button(no, "quiet")
        self._yes = Button(yes, "primary", hint="Ctrl+Enter")
        self.footer.addStretch(1)
        self.footer.addWidget(later)
        self.footer.addWidget(self._yes)
        later.clicked.connect(lambda _checked=False: self.close_surface())
        self._yes.clicked.connect(lambda _checked=False: self.give())
        self.line.returnPressed.connect(self.give)
        self.line.textChanged.connect(lambda words: self._yes.setEnabled(bool(words.strip())))
        self._yes.setEnabled(False)
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.give)

    def give(self) -> None:
        """Hand the line over, if there is one."""
        words = self.line.text().strip()
        if words:
            self.close_surface()
            self.given.emit(words)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.line)
