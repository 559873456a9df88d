"""Backup and moving: where copies are, whether they open, and how to get one back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.services.backups import Standing
from app.ui.context import Context
from app.ui.screens.backups import words
from app.ui.screens.backups.presenter import BackupPresenter
from app.ui.screens.backups.state import BackupState
from app.ui.screens.backups.surfaces import EraseSurface, restore_surface
from app.ui.screens.settings import rows
from app.ui.screens.settings.section import Section
from app.ui.screens.taking_out.in_surface import InSurface
from app.ui.screens.taking_out.out_surface import OutSurface
from app.ui.text import day_and_time, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import FillingLine


class BackupSection(Section):
    """Copies of the journal, checks of the live one, and how to take it away for good."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.presenter = BackupPresenter(context, self)
        self._state = BackupState(context.now().date())
        self._listed: Standing | None = None
        self._began_at: QWidget | None = None
        self._of_copies: list[tuple[Button, bool]] = []
        self._make_controls()
        self._build()
        self.presenter.state.connect(self.render_state)

    @override
    def enter(self) -> None:
        self.presenter.load()

    def render_state(self, state: BackupState) -> None:
        """Show how things stand and what is under way."""
        self._state = state
        standing = state.standing
        good = standing.last_good if standing is not None else None
        starting, ended = state.busy and self._progress.isHidden(), not state.busy and not self._progress.isHidden()
        began = self._began_at
        if starting:
            self._began_at = began = QApplication.focusWidget()
        self._progress.setVisible(state.busy)
        self._doing.setText(words.doing(state.doing))
        self._bar.show_share(state.part, words.doing(state.doing))
        for button in (self._make, self._test, self._copy, self._check):
            button.setEnabled(not state.busy)
        self._test.setEnabled(not state.busy and good is not None)
        self._copy.setEnabled(not state.busy and good is not None)
        self._say(state)
        if standing is not None:
            self._last_line.setText(words.last_good(good, state.today))
            self._place_line.setText(str(standing.place))
            self._test_line.setText(words.tested(standing.tested, state.today, due=standing.test_due))
            if standing != self._listed:
                self._listed = standing
                self._list(standing)
        for button, usable in self._of_copies:
            button.setEnabled(usable and not state.busy)
        if starting:
            self._come_to_progress()
            self._stop.setFocus()
        if ended and began is not None and isValid(began) and self.isAncestorOf(began):
            began.setFocus()  # rather than on whatever stands next, which may be the button that erases
        due = state.ending.due if state.ending is not None else None
        self._keep.setVisible(due is not None)
        self._erase.setVisible(due is None)
        care = self._context.content.care.erase
        self._erase_line.setText(
            care.lead if due is None else tr("Planned for {when}.").format(when=day_and_time(due, state.today))
        )

    def _come_to_progress(self) -> None:
        """What is under way, and what it found, stand at the top: go there from a row far below."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.verticalScrollBar().setValue(0)

    def _say(self, state: BackupState) -> None:
        quiet, care = self._said, self._careful
        quiet.setVisible(bool(state.said) and not state.care)
        care.setVisible(bool(state.said) and state.care)
        (care if state.care else quiet).say(state.said)
        self._rebuild.setVisible(state.rebuildable and not state.busy)

    def _make_controls(self) -> None:
        self._make = _button(tr("Back up now"), self.presenter.back_up)
        self._test = _button(tr("Try it"), self.presenter.test)
        self._copy = _button(tr("Copy…"), self._choose_folder)
        self._check = _button(tr("Check"), self.presenter.check)
        self._rebuild = _button(tr("Make them again"), self.presenter.rebuild)
        self._erase = _button(tr("Erase my part…"), self._ask_erase)
        self._keep = _button(tr("Keep it"), self.presenter.keep)
        self._last_line, self._place_line, self._test_line, self._erase_line = (_line() for _ in range(4))
        self._said = Banner(" ", icon="check", tone="open")
        self._careful = Banner(" ", tone="care")
        self._progress = Surface("sunken", radius_px=current_hub().theme.radius("banner"))
        across = QHBoxLayout()
        across.setSpacing(current_hub().theme.space("l"))
        self._progress.body.addLayout(across)
        self._doing, self._bar = Label("", "small", "ink2"), FillingLine()
        down = QVBoxLayout()
        down.addWidget(self._doing)
        down.addWidget(self._bar)
        across.addLayout(down, 1)
        self._stop = _button(tr("Stop"), self.presenter.stop)
        across.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignVCenter)

    def _build(self) -> None:
        self._sets = QWidget()
        self._set_rows = QVBoxLayout(self._sets)
        self._set_rows.setContentsMargins(0, 0, 0, 0)
        self._set_rows.setSpacing(current_hub().theme.px(4))
        copies = rows.card(
            tr("Copies on this computer"),
            _told(tr("Last good copy"), self._last_line, self._make),
            _told(tr("Try one"), self._test_line, self._test),
            _told(tr("Where they are"), self._place_line),
            rows.row(
                tr("Take one along"),
                tr("A whole copy in a new folder, on a stick for example. It opens with your passphrase."),
                self._copy,
            ),
        )
        for part in (self._progress, self._said, self._careful, self._rebuild):
            part.hide()
        for part in (self._progress, self._said, self._careful):
            self.add(part)
        self.add(copies)
        self.add(
            rows.card(
                tr("The journal itself"),
                rows.row(
                    tr("Check the journal"),
                    tr("Looks at every page, every entry and the key file. You can go on writing meanwhile."),
                    _side_by_side(self._rebuild, self._check),
                ),
            )
        )
        self.add(self._elsewhere())
        self._list_card = rows.card(tr("Go back to a copy"), self._sets)
        self.add(self._list_card)
        self.add(
            rows.card(
                self._context.content.care.erase.title,
                _told("", self._erase_line, _side_by_side(self._erase, self._keep)),
            )
        )

    def _elsewhere(self) -> QWidget:
        context = self._context
        return rows.card(
            tr("Elsewhere and back"),
            rows.row(
                tr("Take everything out"),
                tr("All your entries in one locked archive, or as text and tables that other programs read."),
                _button(tr("Take out…"), lambda: context.shell.open_over(OutSurface(context))),
            ),
            rows.row(
                tr("Bring in"),
                tr("What was taken out before comes back, each entry once. You see first what it would bring."),
                _button(tr("Bring in…"), lambda: context.shell.open_over(InSurface(context))),
            ),
        )

    def _list(self, standing: Standing) -> None:
        while (item := self._set_rows.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()
        self._of_copies.clear()
        today = self._state.today
        lines = [(row.id, words.when(row, today), words.about(row), row.good) for row in standing.sets]
        lines += [(row.name, words.kept_when(row, today), words.kept_about(row), True) for row in standing.kept]
        for number, (name, title, about, usable) in enumerate(lines):
            if number:
                self._set_rows.addWidget(Rule())
            self._set_rows.addWidget(self._copy_row(name, title, about, usable=usable))
        if not lines:
            self._set_rows.addWidget(Label(tr("No copies yet."), "small", "ink3"))

    def _copy_row(self, name: str, title: str, about: str, *, usable: bool) -> QWidget:
        buttons: list[Button] = []
        for said, spoken, act in (
            (tr("Try"), tr("Try the copy: {when}"), partial(self.presenter.test, name)),
            (tr("Go back…"), tr("Go back to the copy: {when}"), partial(self._ask_restore, name, title)),
        ):
            button = _button(said, act)
            button.setAccessibleName(spoken.format(when=title))
            buttons.append(button)
            self._of_copies.append((button, usable))
        return rows.row(title, about, _side_by_side(*buttons))

    def _ask_restore(self, name: str, when: str) -> None:
        if self._state.busy:
            return
        surface = restore_surface(self._context.shell.ground(), when)
        surface.agreed.connect(lambda: self.presenter.restore(name))
        self._context.shell.open_over(surface)

    def _ask_erase(self) -> None:
        alone = self._state.ending is not None and self._state.ending.alone
        surface = EraseSurface(self._context.shell.ground(), self._context.content.care.erase, alone=alone)

        def chosen(phrase: str, now: bool, whole: bool) -> None:  # the signal brings plain values
            self.presenter.erase(phrase, now=now, whole=whole, refused=surface.refuse)

        surface.chosen.connect(chosen)
        self.presenter.accepted.connect(surface.close_surface)
        self._context.shell.open_over(surface)

    def _choose_folder(self) -> None:
        """Ask for a folder in our own dialog: the system's would note it among its recent ones."""
        from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

        dialog = QFileDialog(self, tr("Choose where the copy goes"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOptions(QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.presenter.copy_to(Path(path)))
        dialog.open()


def _button(said: str, act: Callable[[], None]) -> Button:
    button = Button(said, "plain", small=True)
    button.clicked.connect(lambda _checked=False: act())
    return button


def _side_by_side(*buttons: Button) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(current_hub().theme.space("s"))
    for button in buttons:
        across.addWidget(button)
    return made


def _line() -> Label:
    return Label("", "small", "ink3")


def _told(name: str, line: Label, control: QWidget | None = None) -> QWidget:
    """A row whose line changes."""
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(current_hub().theme.space("l"))
    down = QVBoxLayout()
    down.setSpacing(1)
    if name:
        down.addWidget(Label(name, "body"))
        down.addWidget(line)
    else:  # alone, it stands in the middle, as the control beside it does
        down.addStretch(1)
        down.addWidget(line)
        down.addStretch(1)
    across.addLayout(down, 1)
    if control is not None:
        across.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    made.setMinimumHeight(current_hub().theme.px(36))
    return made
