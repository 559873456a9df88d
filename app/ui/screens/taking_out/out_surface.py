"""Take everything out: as what, what goes along, who could find it, the passphrase once more."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.reports.summary import neutral_name
from app.services.exporting.choice import Offer, Target
from app.ui.context import Context
from app.ui.screens.taking_out import words
from app.ui.screens.taking_out.parts import WayOutSurface, ask_place
from app.ui.screens.taking_out.presenter import OutPresenter
from app.ui.screens.taking_out.state import OutState
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Radio, TickBox
from app.ui.widgets.card import Surface
from app.ui.widgets.fields import Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.passphrases import passphrase_field


class OutSurface(WayOutSurface):
    """Nothing is written before the passphrase has proven right and a place was chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Take everything out"), tr("Choose where…"))
        self._care = context.content.care.export
        self.presenter = OutPresenter(context, self)
        self._phrase = Label("", "title", lines=0)
        self._targets: dict[Target, Radio] = {}
        self._ticks: dict[str, TickBox] = {}
        self._there = Label("", "small", "ink2")
        self.agreed = TickBox(self._care.plain_yes)
        self.passphrase = passphrase_field(self._care.passphrase_again)
        self._asked = Labelled(self._care.passphrase_again, self.passphrase)
        self._result = Label("", "body")
        self._told_where = Label("", "small", "ink2")
        self._build()
        self._connect()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self._targets[Target.ARCHIVE])
        self.presenter.load()

    def render_state(self, state: OutState) -> None:
        """Show what is chosen and what came of it."""
        finished = state.done is not None
        self.page.setVisible(not finished)
        self._result.setVisible(finished)
        self._told_where.setVisible(finished)
        if state.done is not None:
            self._result.setText(words.done(state.done))
            self._told_where.setText(state.done.place)
        if state.offer is not None:
            self._offer(state.offer)
        self._targets[state.target].setChecked(True)
        self._locked.setVisible(state.target.is_locked)
        self._plain.setVisible(not state.target.is_locked)
        for name in ("history", "trash", "attachments"):
            self._ticks[name].setEnabled(not state.target.is_folder)
        self._phrase.setText(state.phrase)
        self.show_trouble(state.trouble)
        self._asked.show_trouble(tr("That didn’t open it. Take your time.") if state.refused else "")
        self.show_progress(state.part, tr("Taking it out"), busy=state.busy)
        self._look()
        if finished:
            self.go_on.setText(tr("Done"))
            self.go_on.setEnabled(True)
            self.stay.hide()
            self.missing.setText("")
            self.go_on.setFocus()

    def confirm(self) -> None:
        """The button on: prove the passphrase and ask for a place, or close when it is done."""
        if self.presenter.shown.done is not None:
            self.leave()
        elif self.go_on.isEnabled():
            self.presenter.prove(self.passphrase.text(), self._choose)

    def leave(self) -> None:
        """The button out: stop what is under way, else close and forget."""
        if self.presenter.shown.busy:
            self.presenter.stop()
            return
        self.passphrase.clear()
        self.presenter.let_go()
        self.close_surface()

    def _choose(self) -> None:
        target = self.presenter.shown.target
        name = neutral_name(self.context.now().date()).removesuffix(".pdf") + target.ending
        ask_place(self, tr("Choose where it goes"), name, target.ending, self.presenter.take_out)

    def _offer(self, offer: Offer) -> None:
        self._there.setText(words.there(offer) + ". " + words.tender())
        self._ticks["attachments"].setVisible(bool(offer.attached))
        self._ticks["attachments"].setText(words.files(offer))
        self._ticks["trash"].setVisible(bool(offer.trashed))
        self._ticks["others"].setVisible(bool(offer.others))
        self._ticks["others"].setText(words.others(offer))

    def _look(self) -> None:
        state = self.presenter.shown
        missing = ""
        if state.offer is not None and not state.offer.own:
            missing = tr("There is nothing to take out yet")
        elif not state.target.is_locked and not self.agreed.isChecked():
            missing = tr("Plain text needs your tick")
        elif not self.passphrase.text():
            missing = tr("Your passphrase once more")
        self.missing.setText(missing)
        self.go_on.setEnabled(not missing and not state.busy and state.offer is not None)

    def _build(self) -> None:
        for line in self._care.body:
            self.column.addWidget(Label(line, "body", "ink2"))
        self.column.addWidget(self._there)
        self.column.addWidget(Label(tr("As what"), "label"))
        group = QButtonGroup(self)
        for target in Target:
            name, line = words.target(target)
            radio = Radio(name)
            radio.setAccessibleDescription(line)
            group.addButton(radio)
            self._targets[target] = radio
            self.column.addWidget(_with_line(radio, line))
        self.column.addWidget(Label(tr("What goes along"), "label"))
        for name, said in (
            ("history", tr("Earlier wordings of every entry")),
            ("trash", tr("What lies in the trash")),
            ("attachments", tr("Added files with their content")),
            ("others", tr("What the other person shared, if they agree")),
        ):
            self._ticks[name] = TickBox(said)
            self.column.addWidget(self._ticks[name])
        self._locked = self._phrase_well()
        self._plain = QWidget()
        plain = QVBoxLayout(self._plain)
        plain.setContentsMargins(0, 0, 0, 0)
        plain.addWidget(Label(self._care.plain_warning, "body", "ink2"))
        plain.addWidget(self.agreed)
        for part in (self._locked, self._plain, self._asked):
            self.column.addWidget(part)
        for part in (self._result, self._told_where):
            part.hide()
            self.body.insertWidget(2, part)

    def _phrase_well(self) -> QWidget:
        well = Surface("sunken", radius_px=current_hub().theme.radius("control"))
        well.body.addWidget(Label(tr("The archive opens with these words"), "label"))
        well.body.addWidget(self._phrase)
        across = QHBoxLayout()
        across.setSpacing(current_hub().theme.space("m"))
        other = Button(tr("Other words"), "plain", icon="arrows-clockwise", small=True)
        other.clicked.connect(lambda _checked=False: self.presenter.other_words())
        note = tr("Write them down before you go on. They are kept nowhere, and nothing else opens the archive.")
        across.addWidget(Label(note, "small", "ink2"), 1)
        across.addWidget(other)
        well.body.addLayout(across)
        return well

    def _connect(self) -> None:
        for target, radio in self._targets.items():
            radio.clicked.connect(lambda _checked=False, target=target: self.presenter.choose_target(target))
        for name, box in self._ticks.items():
            box.toggled.connect(lambda on, name=name: self.presenter.tick(**{name: on}))
        self.agreed.toggled.connect(lambda _on: self._look())
        self.passphrase.textChanged.connect(lambda _text: self._look())
        self.passphrase.returnPressed.connect(self.confirm)
        self.go_on.clicked.connect(lambda _checked=False: self.confirm())
        self.stay.clicked.connect(lambda _checked=False: self.leave())
        self.confirmed.connect(self.confirm)
        self.dismissed.connect(self.leave)
        self.presenter.state.connect(self.render_state)
        self.render_state(self.presenter.shown)


def _with_line(control: QWidget, line: str) -> QWidget:
    made = QWidget()
    across = QVBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(control)
    indented = QHBoxLayout()
    indented.addSpacing(current_hub().theme.px(27))
    indented.addWidget(Label(line, "small", "ink3"), 1)
    across.addLayout(indented)
    return made
