"""The recovery sheet: both risks, then the code on paper, then typed back and proven."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.ui import leaving
from app.ui.context import Context, Toast
from app.ui.screens.keys.state import KeysState, Stage
from app.ui.screens.keys.surface import KeysSurface
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.passphrases import CodeGroups, column_on, points
from app.ui.widgets.text_link import TextLink

_FILE_NAME = "sheet.pdf"


class SheetSurface(KeysSurface):
    """Three steps on one surface. Nothing counts before the last; `made` when it does."""

    made = Signal()

    def __init__(self, context: Context) -> None:
        self.words = context.content.care.recovery
        super().__init__(context, self.words.title, self.words.write_down)
        self._ask, self._paper, self._back = QWidget(), QWidget(), QWidget()
        self._groups = CodeGroups()
        self._print = Button(self.words.print_now, "plain", icon="printer")
        self._save = Button(tr("Save as PDF…"), "plain")
        self._typed = Field(name=tr("The code"), voice="app")
        self._again = TextLink(tr("Show the code again"))
        self._replaces = Label(tr("Making a new sheet ends the one you have."), "small", "ink2")
        self._fill_ask()
        self._fill_paper()
        self._fill_back()
        for part in (Label(self.words.lead, "body", "ink2"), self.banner, self._ask, self._paper, self._back):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._print.clicked.connect(lambda _checked=False: leaving.before_printing(context, self._to_paper))
        self._save.clicked.connect(lambda _checked=False: leaving.choose_file(self, _FILE_NAME, self.presenter.save))
        self._typed.textChanged.connect(lambda _text: self.look())
        self._typed.returnPressed.connect(self.confirm)
        self._again.clicked.connect(lambda _checked=False: self.presenter.show_again())
        self.presenter.done.connect(self._made)
        self.finished.connect(self.presenter.drop_drawn)
        self._stage = Stage.DONE
        self.render_state(self.presenter.shown)

    @override
    def render_state(self, state: KeysState) -> None:
        pages = {Stage.ASK: self._ask, Stage.SHOWN: self._paper, Stage.TYPE_BACK: self._back}
        for stage, page in pages.items():
            page.setVisible(stage is state.stage)
        self._groups.show_groups(state.groups if state.stage is Stage.SHOWN else ())
        self._replaces.setVisible(state.replaces)
        self.go_on.setText(_on_words(state, self.words.write_down))
        arrived, self._stage = state.stage is not self._stage, state.stage
        super().render_state(state)
        if arrived and self.isVisible():
            self._arrive()

    @override
    def fields(self) -> tuple[QWidget, ...]:
        return (self.present, self._typed)

    @override
    def first_field(self) -> QWidget:
        return self._typed if self._stage is Stage.TYPE_BACK else self.present

    @override
    def missing_words(self) -> str:
        stage = self.shown.stage
        if stage is Stage.TYPE_BACK:
            return "" if self._typed.text().strip() else tr("The code as it stands on your paper")
        return super().missing_words() if stage is Stage.ASK else ""

    @override
    def confirm(self) -> None:
        if not self.go_on.isEnabled():
            return
        stage = self.shown.stage
        if stage is Stage.ASK:
            self.presenter.draw_code(self.present.text())
        elif stage is Stage.SHOWN:
            self.presenter.type_back()
        elif stage is Stage.TYPE_BACK:
            self.presenter.confirm(self._typed.text())

    @override
    def forget(self) -> None:
        super().forget()
        self._typed.clear()
        self._groups.show_groups(())

    def _arrive(self) -> None:
        if self._stage is Stage.SHOWN:
            self.present.clear()
            self._print.setFocus()
        elif self._stage is Stage.TYPE_BACK:
            self._typed.clear()
            self._typed.setFocus()
        self.show_top()

    def _to_paper(self) -> None:
        name = self.words.sheet_title
        self.presenter.for_printing(lambda pages: leaving.print_pages(self, pages, name))

    def _made(self) -> None:
        said = self.words.replaced if self.shown.replaces else self.words.saved
        self.forget()
        self.close_surface()
        self.context.shell.toast(Toast(said))
        self.made.emit()

    def _fill_ask(self) -> None:
        column = column_on(self._ask)
        for risk in self.words.risks:
            column.addWidget(Label(risk.label, "label"))
            column.addWidget(Label(risk.line, "body", "ink2"))
        column.addWidget(points(self.words.body))
        for part in (Rule(), self.asked):
            column.addWidget(part)

    def _fill_paper(self) -> None:
        column = column_on(self._paper)
        column.addWidget(self._groups)
        column.addWidget(Label(self.words.letters, "small", "ink3"))
        ways = QHBoxLayout()
        ways.setSpacing(current_hub().theme.space("s"))
        for button in (self._print, self._save):
            ways.addWidget(button)
        ways.addStretch(1)
        column.addLayout(ways)
        column.addWidget(points(self.words.body[1:]))
        column.addWidget(self._replaces)

    def _fill_back(self) -> None:
        column = column_on(self._back)
        column.addWidget(Label(self.words.confirm, "body"))
        column.addWidget(Labelled(tr("The code"), self._typed, help_words=self.words.use_line))
        row = QHBoxLayout()
        row.addWidget(self._again)
        row.addStretch(1)
        column.addLayout(row)


def _on_words(state: KeysState, write_down: str) -> str:
    if state.busy:
        return tr("One moment…")
    return {Stage.SHOWN: tr("I have it on paper"), Stage.TYPE_BACK: tr("Check it")}.get(state.stage, write_down)
