"""Asks the desk how copies stand and carries long work out beside it, one piece at a time; each can be stopped.

Preparing happens on the worker (an instant); the work itself on a thread of its own, with keys lent for it. Locking
calls it off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.services.backups import Opened, Ready, Standing, Work
from app.services.checking import Checked
from app.services.erasing import Ending
from app.ui.context import Context
from app.ui.runtime.aside import Aside, Errand
from app.ui.screens.backups import words
from app.ui.screens.backups.state import BackupState, Doing
from app.ui.text import tr, trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

T = TypeVar("T")


class BackupPresenter(QObject):
    """`state(BackupState)` after every step."""

    state = Signal(object)
    accepted = Signal()
    """Emitted when an erasing was proven and planned, or begun."""
    _moved = Signal(float)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._aside = Aside(self)
        self._errand: Errand | None = None
        self._shown = BackupState(context.now().date())
        self._moved.connect(self._show_part)
        context.bus.locking.connect(self._aside.close)

    @property
    def shown(self) -> BackupState:
        """The state that was emitted last."""
        return self._shown

    def load(self) -> None:
        """Ask how things stand."""

        def read(desk: Desk) -> tuple[Standing, Ending]:
            return desk.backups.standing(), desk.erasing.standing()

        self._context.tasks.run(read, self._loaded, self._failed, slot="backups")

    def back_up(self) -> None:
        """Make a copy now."""

        def done(_made: object) -> None:
            self._settle(tr("A copy is made, opened and checked."))

        self._carry_out(Doing.BACKING_UP, lambda desk: desk.backups.making(), done)

    def test(self, name: str = "") -> None:
        """Open a copy for real; the newest good one without a name."""
        chosen = name or self._newest()

        def done(found: Opened) -> None:
            self._context.tasks.run(lambda desk: desk.backups.note_tried(), lambda _: None, self._failed)
            self._settle(words.opened(found))

        if chosen:
            self._carry_out(Doing.TESTING, lambda desk: desk.backups.trying(chosen), done)

    def copy_to(self, folder: Path) -> None:
        """Lay the newest good copy out in a new folder there."""
        chosen = self._newest()

        def done(made: Path) -> None:
            self._settle(tr("Copied to {place}. It opens there with your passphrase.").format(place=str(made)))

        if chosen:
            self._carry_out(Doing.COPYING, lambda desk: desk.backups.taking_along(chosen, folder), done)

    def restore(self, name: str) -> None:
        """Go back to a copy: it is laid ready and checked first, then the journal locks and the files are exchanged."""

        def ready(prepared: Ready) -> None:
            self._context.tasks.run(
                lambda desk: desk.backups.go_back(prepared), lambda _: self._context.shell.lock(), self._failed
            )

        self._carry_out(Doing.RESTORING, lambda desk: desk.backups.going_back(name), ready)

    def check(self) -> None:
        """Check all of the live journal."""

        def done(found: Checked) -> None:
            self._settle(words.checked(found), care=not found.clean, rebuildable=found.rebuildable)

        self._carry_out(Doing.CHECKING, lambda desk: desk.checking.checking(), done)

    def rebuild(self) -> None:
        """Make lists and search again from the entries."""
        self._context.tasks.run(
            lambda desk: desk.checking.rebuild(),
            lambda _count: self._settle(tr("Lists and search were made again from your entries.")),
            self._failed,
        )

    def stop(self) -> None:
        """Stop what is under way; what it made half is taken away."""
        if self._errand is not None:
            self._errand.call_off()
            self._errand = None
        self._settle(tr("Stopped. Nothing was changed."))

    def erase(self, passphrase: str, *, now: bool, whole: bool, refused: Callable[[LeewardError], None]) -> None:
        """Prove the passphrase, then erase at once or after a day. `refused` is told when it does not fit."""

        def proven(_: None) -> None:
            self.accepted.emit()
            if now:
                self._context.tasks.run(
                    lambda desk: desk.erasing.erase(whole=whole), lambda _done: self._context.shell.lock(), refused
                )
            else:
                self._context.tasks.run(
                    lambda desk: desk.erasing.put_off(whole=whole), lambda _due: self.load(), refused
                )

        def prove(confirm: Callable[[str], None]) -> None:
            self._aside.start(lambda _errand: confirm(passphrase), proven, refused)

        self._context.tasks.run(lambda desk: desk.erasing.confirm, prove, refused)

    def keep(self) -> None:
        """Take a planned erasing back."""
        self._context.tasks.run(lambda desk: desk.erasing.keep(), lambda _: self.load(), self._failed)

    # ------------------------------------------------------------------------------------------------ within

    def _carry_out(self, doing: Doing, prepare: Callable[[Desk], Work[T | None]], done: Callable[[T], None]) -> None:
        if self._shown.busy:
            return
        self._show(replace(self._shown, doing=doing, part=0.0, said="", care=False, rebuildable=False))

        def finished(value: T | None) -> None:
            self._errand = None
            if value is not None:
                done(value)

        def start(work: Work[T | None]) -> None:
            self._errand = self._aside.start(
                lambda errand: work(errand.is_called_off, self._moved.emit), finished, self._failed
            )

        self._context.tasks.run(prepare, start, self._failed)

    def _newest(self) -> str:
        standing = self._shown.standing
        good = standing.last_good if standing is not None else None
        return good.id if good is not None else ""

    def _loaded(self, found: tuple[Standing, Ending]) -> None:
        standing, ending = found
        self._show(replace(self._shown, today=self._context.now().date(), standing=standing, ending=ending))

    def _settle(self, said: str, *, care: bool = False, rebuildable: bool = False) -> None:
        self._show(replace(self._shown, doing=Doing.NOTHING, said=said, care=care, rebuildable=rebuildable))
        self.load()

    def _failed(self, error: LeewardError) -> None:
        self._errand = None
        said = trouble(error, self._context.content)
        self._show(replace(self._shown, doing=Doing.NOTHING, said=f"{said.title}. {said.paragraph}", care=True))

    def _show_part(self, part: float) -> None:
        if self._shown.busy:
            self._show(replace(self._shown, part=part))

    def _show(self, state: BackupState) -> None:
        self._shown = state
        self.state.emit(state)
