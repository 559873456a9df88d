"""Asks how things stand between the two people of a journal, and does what one of them decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app import paths
from app.domain.errors import Code, LeewardError, VaultError
from app.domain.records import RecordId
from app.services.people import Waiting, compared_words
from app.ui.context import Context, Toast
from app.ui.screens.people.state import PeopleState
from app.ui.text import tr, trouble

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.people import People


class PeoplePresenter(QObject):
    """`state(PeopleState)` for the section; `turned()` when a space was entered or left and other pages are stale."""

    state = Signal(object)
    turned = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = PeopleState()

    @property
    def shown(self) -> PeopleState:
        """The state that was emitted last."""
        return self._shown

    def load(self) -> None:
        """Ask how things stand."""
        self._context.tasks.run(_look, self._show, self._failed, slot="people")

    def show_label(self, label: str) -> None:
        """Let a name or an initial stand on the locked screen; "" for the mark alone."""
        before = self._shown.together.label if self._shown.together is not None else ""
        if label == before:
            return

        def done(_label: str) -> None:
            self.load()
            said = tr("The locked screen shows it from now on.") if label else tr("The locked screen shows your mark.")
            self._context.shell.toast(Toast(said, tr("Undo"), lambda: self.show_label(before)))

        self._context.tasks.run(lambda desk: _people(desk).show_label(label), done, self._failed)

    def accept(self, waiting: Waiting) -> None:
        """Enter the space of an invitation, or trust the changed keys."""
        said = tr("The changed keys are yours to trust now.") if waiting.keys_changed else tr("You are in.")
        self._act(lambda desk: _people(desk).accept(waiting), said)

    def invite(self) -> None:
        """Put a key away for the other person; they decide at their next opening."""
        self._act(lambda desk: _people(desk).invite(), tr("A key waits for them. They decide when they open."))

    def leave(self) -> None:
        """Leave the shared space, alone."""
        self._act(lambda desk: _people(desk).leave(), tr("You have left the shared space."))

    def open_older(self) -> None:
        """Open the shared space although it lacks words that were seen."""
        self._act(lambda desk: _people(desk).open_older(), tr("The older copy is open."))

    def unhide(self, record: RecordId) -> None:
        """Let a shared entry stand in the lists again."""

        def done(_none: None) -> None:
            self.load()
            self._context.shell.toast(Toast(tr("It stands in your lists again.")))

        self._context.tasks.run(lambda desk: desk.sharing.unhide(record), done, self._failed)

    def _act(self, act: Callable[[Desk], None], said: str) -> None:
        if self._shown.busy:
            return
        self._show(replace(self._shown, busy=True))

        def done(_none: None) -> None:
            self.load()
            self._context.shell.toast(Toast(said))
            self.turned.emit()

        self._context.tasks.run(act, done, self._failed)

    def _failed(self, error: LeewardError) -> None:
        said = trouble(error, self._context.content)
        self._context.shell.toast(Toast(f"{said.title}. {said.safe}"))
        self._show(replace(self._shown, busy=False))

    def _show(self, state: PeopleState) -> None:
        self._shown = state
        self.state.emit(state)


def _people(desk: Desk) -> People:
    if desk.people is None:
        raise VaultError(Code.NO_SHARED_SPACE)
    return desk.people


def _look(desk: Desk) -> PeopleState:
    people, hidden = desk.people, desk.sharing.hidden() if desk.session.shared is not None else ()
    if people is None:
        return PeopleState(hidden=hidden)
    together = people.together()
    words = paths.resources() / "content" / "words-en.txt"
    return PeopleState(
        together=together,
        hidden=hidden,
        own_words=compared_words(people.own_fingerprint, words),
        other_words=compared_words(together.other.fingerprint, words) if together.other is not None else (),
        waiting_words=tuple((one.id, compared_words(one.fingerprint, words)) for one in together.waiting),
    )
