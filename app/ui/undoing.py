"""Undo and Redo of the window: a text field takes its own typing back; elsewhere the last deed on an entry is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.domain.content import Content
from app.domain.errors import LeewardError
from app.domain.kinds.attachment import ATTACHMENT
from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.steps import Step, Verb
from app.services.undo import Offered
from app.ui import text
from app.ui.context import Context, Shell, Toast
from app.ui.menus import EditCommands
from app.ui.runtime.bus import Bus
from app.ui.runtime.tasks import Tasks
from app.ui.text import tr


def undo_toast(ctx: Context, words: str, record: RecordId) -> None:
    """Say that something was done to a record, with a button that takes exactly that back."""

    def failed(error: LeewardError) -> None:
        ctx.shell.toast(Toast(text.trouble(error, ctx.content).paragraph))

    def take_back() -> None:
        ctx.tasks.run(lambda desk: desk.undo.take_back(record), _nothing, failed)

    ctx.shell.toast(Toast(words, tr("Undo"), take_back))


class Undoing(QObject):
    """Runs both commands and keeps their names saying what they would do."""

    def __init__(self, tasks: Tasks, bus: Bus, content: Content, shell: Shell) -> None:
        super().__init__()
        self._tasks, self._content, self._shell = tasks, content, shell
        self._edit = EditCommands()
        self._actions: tuple[QAction, QAction] | None = None
        bus.changed.connect(self._ask)

    def name(self, undo: QAction, redo: QAction) -> None:
        """Keep the names of these two commands."""
        self._actions = (undo, redo)
        self._ask()

    def undo(self) -> None:
        """Take the last typing back, or the last thing done."""
        if not self._edit.undo():
            self._run(lambda desk: desk.undo.undo(), tr("Taken back: {what}."), tr("Redo"), self.redo)

    def redo(self) -> None:
        """Do it again."""
        if not self._edit.redo():
            self._run(lambda desk: desk.undo.redo(), tr("Done again: {what}."), tr("Undo"), self.undo)

    def _run(self, work: Callable[[Desk], Step | None], said: str, turn: str, back: Callable[[], None]) -> None:
        def done(step: Step | None) -> None:
            if step is not None:
                self._shell.toast(Toast(said.format(what=self._what(step)), turn, back))

        self._tasks.run(work, done, self._failed)

    def _failed(self, error: LeewardError) -> None:
        self._shell.toast(Toast(text.trouble(error, self._content).paragraph))
        self._ask()

    def _ask(self, _changes: object = None) -> None:
        self._tasks.run(lambda desk: desk.undo.offered(), self._rename, _nothing, slot="undo")

    def _rename(self, offered: Offered) -> None:
        if self._actions is None:
            return
        undo, redo = self._actions
        undo.setText(tr("Undo: {what}").format(what=self._what(offered.undo)) if offered.undo else tr("Undo"))
        redo.setText(tr("Redo: {what}").format(what=self._what(offered.redo)) if offered.redo else tr("Redo"))

    def _what(self, step: Step) -> str:
        kind = tr("file") if step.kind == ATTACHMENT else self._content.kind(step.kind).singular
        words = {
            Verb.ADDED: tr("{kind} added"),
            Verb.EDITED: tr("{kind} changed"),
            Verb.REMOVED: tr("{kind} removed"),
            Verb.RESTORED: tr("{kind} brought back"),
        }[step.said]
        return words.format(kind=kind)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
