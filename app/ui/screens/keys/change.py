"""Another passphrase, and the end of the recovery sheet: the two quick changes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.context import Context, Toast
from app.ui.screens.keys.state import KeysState
from app.ui.screens.keys.surface import KeysSurface
from app.ui.text import tr
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label
from app.ui.widgets.passphrases import NewPassphrase


class ChangeSurface(KeysSurface):
    """The present phrase, then the new one twice."""

    def __init__(self, context: Context) -> None:
        care = context.content.care.passphrase
        super().__init__(context, care.change_title, care.change_quick)
        self.new = NewPassphrase(care)
        for part in (Label(care.change_quick_line, "body", "ink2"), self.banner, self.asked, Rule(), self.new):
            self.body.addWidget(part)
        self.body.addWidget(Label(care.changed_notice, "small", "ink3"))
        self.body.addWidget(Label(care.no_reset, "small", "ink3"))
        self.body.addStretch(1)
        self.new.typed.connect(self.presenter.judge)
        self.new.changed.connect(self.look)
        self.new.suggest_asked.connect(self.presenter.suggest)
        self.presenter.suggested.connect(self.new.take)
        self.presenter.done.connect(self._changed)
        self.look()

    @override
    def render_state(self, state: KeysState) -> None:
        self.new.show_strength(state.strength)
        self.go_on.setText(tr("Changing it…") if state.busy else self.care.change_quick)
        super().render_state(state)

    @override
    def fields(self) -> tuple[QWidget, ...]:
        return (self.present, self.new)

    @override
    def missing_words(self) -> str:
        return super().missing_words() or self.new.missing

    @override
    def confirm(self) -> None:
        if self.go_on.isEnabled():
            self.presenter.change(self.present.text(), self.new.phrase.text())

    @override
    def forget(self) -> None:
        super().forget()
        self.new.forget()

    def _changed(self) -> None:
        self.forget()
        self.close_surface()
        self.context.shell.toast(Toast(tr("The passphrase was changed.")))


class EndSheetSurface(KeysSurface):
    """The recovery code stops working, after the present passphrase."""

    def __init__(self, context: Context) -> None:
        words = context.content.care.recovery
        super().__init__(context, words.end, words.end)
        for part in (Label(words.end_line, "body", "ink2"), self.banner, self.asked):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.presenter.done.connect(self._ended)
        self.look()

    @override
    def confirm(self) -> None:
        if self.go_on.isEnabled():
            self.presenter.end_code(self.present.text())

    def _ended(self) -> None:
        self.forget()
        self.close_surface()
        self.context.shell.toast(Toast(self.context.content.care.recovery.ended))
