"""What every surface for keys shares: a banner for trouble, a footer with a way out, one button on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.context import Context
from app.ui.screens.keys.presenter import KeysPresenter
from app.ui.screens.keys.state import KeysState
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import passphrase_field


class KeysSurface(DialogSurface):
    """Asks for the present passphrase first. Subclasses fill `body` and say what the state means for them."""

    def __init__(self, context: Context, title: str, yes: str) -> None:
        super().__init__(context.shell.ground(), title, close_words=tr("Close"))
        self.context = context
        self.care = context.content.care.passphrase
        self.presenter = KeysPresenter(context, self)
        self.shown = self.presenter.shown
        self.banner = Banner("", tone="care")
        self.banner.hide()
        self.present = passphrase_field(self.care.present)
        self.asked = Labelled(self.care.present, self.present, help_words=self.care.present_note)
        self.missing = Label("", "small", "ink3")
        self.stay = Button(tr("Not now"), "plain")
        self.go_on = Button(yes, "primary")
        self.footer.addWidget(self.missing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.stay)
        self.footer.addWidget(self.go_on)
        self.stay.clicked.connect(lambda _checked=False: self.leave())
        self.go_on.clicked.connect(lambda _checked=False: self.confirm())
        self.dismissed.connect(self.leave)
        self.confirmed.connect(self.confirm)
        self.present.returnPressed.connect(self.confirm)
        self.present.textChanged.connect(lambda _text: self.look())
        self.presenter.state.connect(self.render_state)
        context.bus.locking.connect(self.forget)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.present)

    def confirm(self) -> None:
        """The person pressed the button on."""
        raise NotImplementedError

    def render_state(self, state: KeysState) -> None:
        """Show a state; what is typed stays. `shown` is the one that stands from then on."""
        self.shown = state
        had = not self.banner.isHidden()
        self.banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self.banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        for field in self.fields():
            field.setEnabled(not state.busy)
        self.look()
        if state.trouble is not None and not had:
            self.first_field().setFocus()

    def fields(self) -> tuple[QWidget, ...]:
        """What cannot be changed while something is under way."""
        return (self.present,)

    def first_field(self) -> QWidget:
        """Where the keyboard goes when something did not work."""
        return self.present

    def look(self) -> None:
        """Whether the button on is open, and what it waits for."""
        missing = self.missing_words()
        self.missing.setText(missing)
        self.go_on.setEnabled(not missing and not self.shown.busy)

    def missing_words(self) -> str:
        """What is still to be done, in words; empty when nothing is."""
        return "" if self.present.text().strip() else tr("Your present passphrase comes first")

    def leave(self) -> None:
        """Close, and drop what was typed. Not while something is under way that cannot be stopped."""
        if not self.shown.busy:
            self.forget()
            self.close_surface()

    def forget(self) -> None:
        """Drop what was typed."""
        self.present.clear()
