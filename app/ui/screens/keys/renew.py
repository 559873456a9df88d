"""Somebody may know it: new keys for everything, step by step, and what that cannot reach."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.services.rotating import TURNED
from app.ui.context import Context
from app.ui.screens.keys.state import KeysState, Stage
from app.ui.screens.keys.surface import KeysSurface
from app.ui.text import number, tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label
from app.ui.widgets.passphrases import FillingLine, NewPassphrase, column_on, points


class RenewSurface(KeysSurface):
    """Asks, shows how far it is, and ends by locking; `sheet_asked` when a new recovery sheet comes first."""

    sheet_asked = Signal()

    def __init__(self, context: Context) -> None:
        care = context.content.care.passphrase
        super().__init__(context, care.change_known, tr("Make new keys"))
        self.new = NewPassphrase(care)
        self._ask, self._under_way, self._after = QWidget(), QWidget(), QWidget()
        self._line = FillingLine()
        self._far = Label("", "small", "ink2")
        self._ended = Label(context.content.care.recovery.ended, "body", "ink2")
        self._backups = Label(care.backups_kept, "body", "ink2")
        self._sheet = Button(tr("New recovery sheet…"), "plain")
        self._fill_ask()
        self._fill_under_way()
        self._fill_after()
        self.body.addWidget(self.banner)
        for page in (self._ask, self._under_way, self._after):
            self.body.addWidget(page)
        self.body.addStretch(1)
        self.footer.insertWidget(2, self._sheet)
        self._sheet.hide()
        self._sheet.clicked.connect(lambda _checked=False: self._make_sheet())
        self.new.typed.connect(self.presenter.judge)
        self.new.changed.connect(self.look)
        self.new.suggest_asked.connect(self.presenter.suggest)
        self.presenter.suggested.connect(self.new.take)
        self.presenter.done.connect(self._renewed)
        self.render_state(self.presenter.shown)

    @override
    def render_state(self, state: KeysState) -> None:
        self.new.show_strength(state.strength)
        pages = {Stage.ASK: self._ask, Stage.RENEWING: self._under_way, Stage.DONE: self._after}
        for stage, page in pages.items():
            page.setVisible(stage is state.stage)
        far = tr("{n} % done").format(n=number(round(state.share * 100)))
        self._line.show_share(state.share, far)
        self._far.setText(far)
        done = state.stage is Stage.DONE
        self._ended.setVisible(state.replaces)
        self._backups.setVisible(state.backups_kept)
        self._sheet.setVisible(done)
        self.stay.setVisible(not done)
        self.stay.setText(tr("Stop") if state.stage is Stage.RENEWING else tr("Not now"))
        self.stay.setEnabled(state.share < TURNED)
        self.go_on.setVisible(state.stage is not Stage.RENEWING)
        self.go_on.setText(tr("Lock now") if done else tr("Make new keys"))
        super().render_state(state)

    @override
    def fields(self) -> tuple[QWidget, ...]:
        return (self.present, self.new)

    @override
    def missing_words(self) -> str:
        stage = self.shown.stage
        if stage is Stage.RENEWING:
            return _stopping_words(self.shown.share)
        return "" if stage is Stage.DONE else super().missing_words() or self.new.missing

    @override
    def confirm(self) -> None:
        if not self.go_on.isEnabled():
            return
        if self.shown.stage is Stage.DONE:
            self._lock()
        else:
            self.presenter.renew(self.present.text(), self.new.phrase.text())

    @override
    def leave(self) -> None:
        stage = self.shown.stage
        if stage is Stage.RENEWING:
            self.presenter.call_off()
        elif stage is Stage.DONE:
            self._lock()
        else:
            super().leave()

    @override
    def forget(self) -> None:
        super().forget()
        self.new.forget()

    def _renewed(self) -> None:
        self.forget()
        self.go_on.setFocus()

    def _lock(self) -> None:
        self.close_surface()
        self.context.shell.lock("keys_changed")

    def _make_sheet(self) -> None:
        self.close_surface()
        self.sheet_asked.emit()

    def _fill_ask(self) -> None:
        column = column_on(self._ask)
        column.addWidget(Label(self.care.change_known_line, "body", "ink2"))
        column.addWidget(points(self.care.renew_does))
        column.addWidget(Label(self.care.renew_ends, "small", "ink2"))
        for part in (Rule(), self.asked, self.new, Rule()):
            column.addWidget(part)
        column.addWidget(Label(tr("What it cannot reach"), "label"))
        column.addWidget(points(self.care.cannot_reach))
        column.addWidget(Label(self.care.changed_notice, "small", "ink3"))

    def _fill_under_way(self) -> None:
        column = column_on(self._under_way)
        column.addWidget(Label(tr("Locking everything anew. The old file stays until the new one is checked."), "body"))
        column.addWidget(self._line)
        column.addWidget(self._far)

    def _fill_after(self) -> None:
        column = column_on(self._after)
        column.addWidget(Label(self.care.renewed, "body"))
        column.addWidget(self._ended)
        column.addWidget(self._backups)
        column.addWidget(Label(tr("What it could not reach"), "label"))
        column.addWidget(points(self.care.cannot_reach))


def _stopping_words(share: float) -> str:
    if share < TURNED:
        return tr("For now it can be stopped, and nothing has changed.")
    return tr("The new keys count. The earlier backups are being replaced.")
