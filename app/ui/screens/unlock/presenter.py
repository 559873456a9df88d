"""Tries a passphrase beside the window, can be called off at any moment, and waits a little longer after each miss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.ui.runtime.aside import Aside, Errand
from app.ui.runtime.warmup import Warmup
from app.ui.screens.unlock.state import Remedy, UnlockState
from app.ui.text import trouble

if TYPE_CHECKING:
    from app.services.vaults import Door

WAITS_S: Final = (0, 0, 1, 2, 4, 8, 15)
"""Seconds before the next try after so many misses; against someone at the keyboard, not against the files."""


class UnlockPresenter(QObject):
    """`state(UnlockState)` for the view; `opened(Door, accept_older)` when a passphrase fitted."""

    state = Signal(object)
    opened = Signal(object, bool)

    def __init__(self, aside: Aside, warmup: Warmup, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aside, self._warmup, self._folder = aside, warmup, folder
        self._errand: Errand | None = None
        self._misses = 0
        self._shown = UnlockState()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)

    @property
    def folder(self) -> Path:
        """The journal that would be opened."""
        return self._folder

    def choose(self, folder: Path) -> None:
        """Look at another journal instead; nothing about it is remembered."""
        self.cancel()
        self._folder = folder
        self._show(UnlockState())

    def try_passphrase(self, passphrase: str, remedy: Remedy | None = None) -> None:
        """Derive and open, unless something is under way already. `remedy` is what the person agreed to."""
        if not self._shown.can_try:
            return
        folder, earlier = self._folder, remedy is Remedy.EARLIER_KEYS

        def work(errand: Errand) -> Door | None:
            from app.services import vaults

            self._warmup.wait()
            return vaults.prove(folder, passphrase, cancelled=errand.is_called_off, earlier=earlier)

        self._show(UnlockState(busy=True))
        older = remedy is Remedy.OLDER_COPY

        def fitted(door: Door | None) -> None:
            self._fitted(door, older)

        self._errand = self._aside.start(work, fitted, self.refused, discard=_shut)

    def cancel(self) -> None:
        """Give up what is under way; its result will be discarded."""
        if self._errand is not None:
            self._errand.call_off()
            self._errand = None
        if self._shown.busy:
            self._show(UnlockState())

    def refused(self, error: LeewardError) -> None:
        """Say why it did not open: also called by the window when the file behind a fitting passphrase would not."""
        self._errand = None
        words = self._warmup.peek()
        said = trouble(error, words.content if words else None)
        wait_s = 0
        if error.code is Code.WRONG_PASSPHRASE:
            wait_s = WAITS_S[min(self._misses, len(WAITS_S) - 1)]
            self._misses += 1
        self._show(UnlockState(trouble=said, remedy=_remedy(error), waiting_s=wait_s))
        if wait_s:
            self._tick.start()

    def _fitted(self, door: Door | None, older: bool) -> None:
        self._errand = None
        if door is None:
            self._show(UnlockState())
        else:
            self.opened.emit(door, older)

    def _count_down(self) -> None:
        left = max(0, self._shown.waiting_s - 1)
        if left == 0:
            self._tick.stop()
        self._show(replace(self._shown, waiting_s=left))

    def _show(self, state: UnlockState) -> None:
        self._shown = state
        self.state.emit(state)


def _shut(door: Door | None) -> None:
    if door is not None:
        door.shut()


def _remedy(error: LeewardError) -> Remedy | None:
    if error.code is Code.OLDER_COPY:
        return Remedy.OLDER_COPY
    if error.detail.get("earlier") == 1:
        return Remedy.EARLIER_KEYS
    return None
