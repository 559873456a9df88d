"""The other person sits down: their passphrase is judged and their part is made, off the window's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.domain.errors import Code, LeewardError, VaultError
from app.ui.context import Context
from app.ui.screens.people.state import Stage, WelcomeState
from app.ui.text import trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

_JUDGE_AFTER_MS: Final = 180


class WelcomePresenter(QObject):
    """`state(WelcomeState)`; `suggested(str)` brings drawn words. Nothing that was typed is kept here."""

    state = Signal(object)
    suggested = Signal(str)
    done = Signal()
    """Emitted once their part is made."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = WelcomeState()
        self._typed = ("", "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_AFTER_MS)
        self._timer.timeout.connect(self._judge)

    @property
    def shown(self) -> WelcomeState:
        """The state that was emitted last."""
        return self._shown

    def hand_over(self) -> None:
        """From here on the other person sits at the keyboard."""
        self._show(replace(self._shown, stage=Stage.HANDED_OVER))

    def judge(self, name: str, phrase: str) -> None:
        """Estimate a phrase once the hands rest."""
        self._typed = (name, phrase)
        if phrase:
            self._timer.start()
        else:
            self._timer.stop()
            self._show(replace(self._shown, strength=None))

    def suggest(self) -> None:
        """Draw words; they arrive by `suggested`."""
        from app.services.passphrases import suggest

        self.suggested.emit(suggest(paths.resources() / "content" / "words-en.txt"))

    def welcome(self, name: str, phrase: str) -> None:
        """Make their part and the space for both."""
        if self._shown.busy:
            return
        self.forget()
        self._show(replace(self._shown, busy=True, trouble=None))

        def work(desk: Desk) -> None:
            if desk.people is None:
                raise VaultError(Code.NO_SHARED_SPACE)
            desk.people.welcome(name, phrase)

        self._context.tasks.run(work, self._made, self._refused)

    def forget(self) -> None:
        """Drop what was typed."""
        self._timer.stop()
        self._typed = ("", "")

    def _judge(self) -> None:
        name, phrase = self._typed
        own = (name, self._context.person.name)

        def work(_desk: Desk) -> int:
            from app.services.passphrases import strength

            return strength(phrase, own)

        self._context.tasks.run(work, self._judged, slot="welcome-strength")

    def _judged(self, strength: int) -> None:
        self._show(replace(self._shown, strength=strength if self._typed[1] else None))

    def _made(self, _none: None) -> None:
        self._show(replace(self._shown, stage=Stage.DONE, busy=False))
        self.done.emit()

    def _refused(self, error: LeewardError) -> None:
        self._show(replace(self._shown, busy=False, trouble=trouble(error, self._context.content)))

    def _show(self, state: WelcomeState) -> None:
        self._shown = state
        self.state.emit(state)
