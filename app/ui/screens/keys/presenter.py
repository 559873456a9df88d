"""Asks the desk for everything about keys: a passphrase is judged, proven and changed off the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal

from app import paths
from app.domain.errors import Code, LeewardError
from app.services.keys import KeyStatus, Rotated
from app.ui.context import Context, Toast
from app.ui.screens.keys.state import KeysState, Stage
from app.ui.text import Trouble, full_date, tr, trouble

if TYPE_CHECKING:
    from app.reports.recovery_sheet import Paper, SheetWords
    from app.services.desk import Desk

_JUDGE_AFTER_MS: Final = 180
_LETTER: Final = QLocale.MeasurementSystem.ImperialUSSystem
PRINT_DPI: Final = 200.0


class KeysPresenter(QObject):
    """`state(KeysState)` for one surface; `done()` when what it was opened for has happened."""

    state = Signal(object)
    suggested = Signal(str)
    done = Signal()
    _moved = Signal(float)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = KeysState()
        self._phrase = ""
        self._called_off = threading.Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_AFTER_MS)
        self._timer.timeout.connect(self._judge)
        self._moved.connect(self._show_share, Qt.ConnectionType.QueuedConnection)

    @property
    def shown(self) -> KeysState:
        """The state that was emitted last."""
        return self._shown

    def judge(self, phrase: str) -> None:
        """Estimate a phrase once the hands rest."""
        self._phrase = phrase
        if phrase:
            self._timer.start()
        else:
            self._timer.stop()
            self._show(replace(self._shown, strength=None))

    def suggest(self) -> None:
        """Draw words; they arrive by `suggested`."""
        from app.services.passphrases import suggest

        self.suggested.emit(suggest(paths.resources() / "content" / "words-en.txt"))

    def change(self, present: str, phrase: str) -> None:
        """Another passphrase for the same keys."""
        self._work(lambda desk: desk.keys.change(present, phrase), lambda _none: self._finish())

    def renew(self, present: str, phrase: str) -> None:
        """New keys for everything; can be called off until the header is turned."""
        self._called_off.clear()

        def work(desk: Desk) -> Rotated | None:
            return desk.keys.rotate(present, phrase, progress=self._moved.emit, cancelled=self._called_off.is_set)

        def renewed(found: Rotated | None) -> None:
            if found is None:
                self._show(KeysState(strength=self._shown.strength))
            else:
                kept = found.backups_kept
                self._show(KeysState(Stage.DONE, share=1.0, replaces=found.code_ended, backups_kept=kept))
                self.done.emit()

        self._show(replace(self._shown, stage=Stage.RENEWING, share=0.0))
        self._work(work, renewed)

    def call_off(self) -> None:
        """Stop what can still be stopped."""
        self._called_off.set()

    def draw_code(self, present: str) -> None:
        """Prove the passphrase, then draw a code and show it."""

        def work(desk: Desk) -> tuple[tuple[str, ...], KeyStatus]:
            desk.keys.prove(present)
            return desk.keys.draw_code(), desk.keys.status()

        def drawn(found: tuple[tuple[str, ...], KeyStatus]) -> None:
            groups, status = found
            self._show(KeysState(Stage.SHOWN, groups=groups, replaces=status.has_code))

        self._work(work, drawn)

    def type_back(self) -> None:
        """The code is on paper: ask for it."""
        self._show(replace(self._shown, stage=Stage.TYPE_BACK, trouble=None))

    def show_again(self) -> None:
        """Show the code once more."""
        self._show(replace(self._shown, stage=Stage.SHOWN, trouble=None))

    def confirm(self, typed: str) -> None:
        """Prove what was typed back by a real unlock."""

        def confirmed(_none: None) -> None:
            self._show(KeysState(Stage.DONE, replaces=self._shown.replaces))
            self.done.emit()

        self._work(lambda desk: desk.keys.confirm_code(typed), confirmed)

    def end_code(self, present: str) -> None:
        """End the recovery code."""

        def work(desk: Desk) -> None:
            desk.keys.prove(present)
            desk.keys.drop_code()

        self._work(work, lambda _none: self._finish())

    def drop_drawn(self) -> None:
        """The surface is gone: a code that was not typed back is forgotten."""
        self._timer.stop()
        self._context.tasks.run(lambda desk: desk.keys.drop_drawn(), _nothing)

    def for_printing(self, done: Callable[[tuple[bytes, ...]], None]) -> None:
        """The sheet finely enough for paper."""
        words = self._sheet_words()
        self._context.tasks.run(lambda desk: desk.keys.sheet_pages(words, PRINT_DPI), done, self._refused)

    def save(self, path: Path) -> None:
        """Write the sheet to a file of the person's choosing."""
        words = self._sheet_words()

        def saved(_none: None) -> None:
            self._context.shell.toast(Toast(tr("Saved. Move it off this computer once it is printed.")))

        self._context.tasks.run(lambda desk: desk.keys.save_sheet(words, path), saved, self._refused)

    def _sheet_words(self) -> SheetWords:
        """The words, on the paper that is usual where this computer stands."""
        from app.reports.recovery_sheet import SheetWords

        care = self._context.content.care.recovery
        made = care.sheet_made.format(date=full_date(self._context.now().date()))
        language = self._context.content.language
        paper: Paper = "us-letter" if QLocale.system().measurementSystem() is _LETTER else "a4"
        return SheetWords(care.sheet_title, care.lead, care.letters, made, care.sheet_lines, language, paper)

    def _judge(self) -> None:
        phrase, own = self._phrase, (self._context.person.name, self._context.partner or "")

        def work(_desk: Desk) -> int:
            from app.services.passphrases import strength

            return strength(phrase, own)

        self._context.tasks.run(work, self._judged, slot="keys-strength")

    def _judged(self, strength: int) -> None:
        self._show(replace(self._shown, strength=strength if self._phrase else None))

    def _work(self, work: Callable[[Desk], object], done: Callable[..., None]) -> None:
        self._show(replace(self._shown, busy=True, trouble=None))

        def finished(value: object) -> None:
            self._shown = replace(self._shown, busy=False)
            done(value)

        self._context.tasks.run(work, finished, self._refused)

    def _finish(self) -> None:
        self._show(replace(self._shown, stage=Stage.DONE, trouble=None))
        self.done.emit()

    def _refused(self, error: LeewardError) -> None:
        stage = Stage.ASK if self._shown.stage is Stage.RENEWING else self._shown.stage
        self._show(replace(self._shown, stage=stage, busy=False, trouble=self._words_for(error)))

    def _words_for(self, error: LeewardError) -> Trouble:
        said, group = trouble(error, self._context.content), error.detail.get("group")
        if error.code is Code.CODE_TYPO and group:
            return replace(said, happened=self._context.content.care.recovery.typo.format(group=group), next="")
        return said

    def _show_share(self, share: float) -> None:
        if self._shown.stage is Stage.RENEWING:
            self._show(replace(self._shown, share=share))

    def _show(self, state: KeysState) -> None:
        self._shown = state
        self.state.emit(state)


def _nothing(_value: object) -> None:
    """Nothing to do afterwards."""
