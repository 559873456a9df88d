"""Bring in: which file, its words if it is locked, what it would bring, and only then bringing it in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.services.importing.report import Found
from app.ui.context import Context
from app.ui.screens.taking_out import words
from app.ui.screens.taking_out.parts import WayOutSurface, ask_file
from app.ui.screens.taking_out.presenter import InPresenter
from app.ui.screens.taking_out.state import InState
from app.ui.text import number, tr
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.fields import Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.passphrases import passphrase_field, points

SHOWN = 12


class InSurface(WayOutSurface):
    """A file is only looked at until the person says to bring it in."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Bring in"), tr("Bring it in"))
        self.presenter = InPresenter(context, self)
        self._file = Label("", "body", lines=1, elide=True)
        self._pick = Button(tr("Choose a file…"), "plain", small=True)
        self.phrase = passphrase_field(tr("The words of the archive"))
        self._asked = Labelled(tr("The words of the archive"), self.phrase)
        self._found = QWidget()
        self._found_column = QVBoxLayout(self._found)
        self._found_column.setContentsMargins(0, 0, 0, 0)
        self._leave_out = TickBox(tr("Leave those lines out and bring in the rest"))
        self._shown: Found | None = None
        lead = tr(
            "A file that Leeward wrote: a locked archive, or a readable file. All of it comes into your private part."
        )
        for part in (Label(lead, "body", "ink2"), self._pick, self._file, self._asked, self._found, self._leave_out):
            self.column.addWidget(part)
        self._connect()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self._pick)

    def choose(self, path: Path) -> None:
        """Look at this file."""
        self.presenter.choose(path)

    def render_state(self, state: InState) -> None:
        """Show what the file is, and what it brings."""
        self._file.setText(state.name)
        self._file.setVisible(bool(state.name))
        self._asked.setVisible(state.asks_phrase)
        self._asked.show_trouble(tr("These words do not open it. Take your time.") if state.refused else "")
        self.show_trouble(state.trouble)
        self.show_progress(state.part, tr("Reading the file"), busy=state.busy)
        if state.found != self._shown:
            self._list(state.found)
        found = state.found
        written = found is not None and found.written
        self._pick.setVisible(not written)
        self._leave_out.setVisible(found is not None and bool(found.trouble) and not written)
        if written:
            self.go_on.setText(tr("Done"))
            self.stay.setVisible(state.busy)
        else:
            self.go_on.setText(tr("Open it") if state.asks_phrase else tr("Bring it in"))
        self._look()

    def confirm(self) -> None:
        """The button on: open the archive, bring in, or close when it is done."""
        state = self.presenter.shown
        if not self.go_on.isEnabled():
            return
        if state.found is not None and state.found.written:
            self.leave()
        elif state.asks_phrase:
            self.presenter.look(self.phrase.text())
        else:
            self.presenter.bring_in()

    def leave(self) -> None:
        """The button out: stop what is under way, else close and forget."""
        if self.presenter.shown.busy:
            self.presenter.stop()
            return
        self.phrase.clear()
        self.presenter.let_go()
        self.close_surface()

    def _look(self) -> None:
        state = self.presenter.shown
        missing, found = "", state.found
        if not state.name:
            missing = tr("A file first")
        elif state.asks_phrase and not self.phrase.text():
            missing = tr("The words it was locked with")
        elif found is not None and not found.written:
            if found.trouble and not state.leaving_out:
                missing = tr("With lines that do not fit, nothing is brought in")
            elif not found.fresh and not found.attached:
                missing = tr("There is nothing new to bring in")
        self.missing.setText(missing)
        ready = state.asks_phrase or found is not None
        self.go_on.setEnabled(ready and not missing and not state.busy)

    def _list(self, found: Found | None) -> None:
        self._shown = found
        while (item := self._found_column.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()
        if found is None:
            return
        self._found_column.addWidget(Label(words.headline(found), "heading"))
        if days := words.days(found):
            self._found_column.addWidget(Label(days, "body", "ink2"))
        if found.problems:
            self._found_column.addWidget(Label(tr("What does not fit"), "label"))
            self._found_column.addWidget(points([words.problem(one) for one in found.problems[:SHOWN]]))
        if lines := (*self._kinds(found), *words.lines(found)):
            self._found_column.addWidget(points(lines))
        if found.written:
            self._found_column.addWidget(Label(self.context.content.care.import_done.body, "body", "ink2"))

    def _kinds(self, found: Found) -> tuple[str, ...]:
        kinds = self.context.content.kinds
        most = sorted(found.kinds.items(), key=lambda pair: -pair[1])
        said = [
            tr("{name}: {n}").format(name=kinds[kind].title if kind in kinds else kind, n=number(count))
            for kind, count in most[:SHOWN]
        ]
        if rest := sum(count for _, count in most[SHOWN:]):
            said.append(tr("of other kinds: {n}").format(n=number(rest)))
        return tuple(said)

    def _connect(self) -> None:
        self._pick.clicked.connect(lambda _checked=False: ask_file(self, self.choose))
        self._leave_out.toggled.connect(self.presenter.leave_out)
        self.phrase.textChanged.connect(lambda _text: self._look())
        self.phrase.returnPressed.connect(self.confirm)
        self.go_on.clicked.connect(lambda _checked=False: self.confirm())
        self.stay.clicked.connect(lambda _checked=False: self.leave())
        self.confirmed.connect(self.confirm)
        self.dismissed.connect(self.leave)
        self.presenter.state.connect(self.render_state)
        self.render_state(self.presenter.shown)
