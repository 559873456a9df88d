"""Tries a passphrase beside the window, can be called off at any moment, and waits a little longer after each miss.

How long is counted in the vault's folder, so that it holds over restarts (`app.data.tries`). A passphrase that is
handed over during a wait is tried when the wait is over, unless it is called off.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.ui.runtime.aside import Aside, Errand
from app.ui.runtime.warmup import Warmup
from app.ui.screens.unlock.state import Owner, Remedy, UnlockState
from app.ui.screens.unlock.way_back import HELPS
from app.ui.text import trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.vaults import Door, Words
    from app.ui.screens.unlock.recovery import RecoveryOpening


class UnlockPresenter(QObject):
    """`state(UnlockState)` for the view; `opened(Door, accept_older)` when a passphrase fitted."""

    state = Signal(object)
    opened = Signal(object, bool)

    def __init__(self, aside: Aside, warmup: Warmup, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aside, self._warmup, self._folder = aside, warmup, folder
        self._errand: Errand | None = None
        self._looking: Errand | None = None
        self.has_looked = False
        self._queued: tuple[str, Remedy | None] | None = None
        self._recovering: RecoveryOpening | None = None
        self._shown = UnlockState()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)

    @property
    def shown(self) -> UnlockState:
        """The state that was emitted last."""
        return self._shown

    @property
    def folder(self) -> Path:
        """The journal that would be opened."""
        return self._folder

    def choose(self, folder: Path) -> None:
        """Look at another journal instead; nothing about it is remembered."""
        self.cancel()
        self._folder = folder
        self._tick.stop()
        self._show(UnlockState())
        self.look()

    def look(self) -> None:
        """Ask, beside the window, who can open this journal and whether the next try still has to wait."""
        if self._looking is not None:
            self._looking.call_off()
        folder, chosen = self._folder, self._shown.chosen or None

        def work(_errand: Errand) -> tuple[tuple[Owner, ...], float]:
            from app.services import vaults
            from app.services.inbox import cards_of

            wait_s = vaults.wait_s(folder, chosen)
            try:
                cards = cards_of(folder)
            except LeewardError:
                return (), wait_s
            owners = tuple(Owner(card.person_file, card.mark, card.label) for card in cards)
            return (owners if len(owners) > 1 else ()), wait_s

        self._looking = self._aside.start(work, self._looked)

    def choose_owner(self, person_file: str) -> None:
        """Try only this person's part; empty for both. How long the next try waits is counted for each apart."""
        if person_file != self._shown.chosen:
            self._show(replace(self._shown, chosen=person_file))
            self.look()

    def try_passphrase(self, passphrase: str, remedy: Remedy | None = None) -> None:
        """Derive and open, unless something is under way already. `remedy` is what the person agreed to."""
        if not self._shown.can_try:
            return
        if self._shown.waiting_s:
            self._queued = (passphrase, remedy)
            self._show(replace(self._shown, queued=True))
            return
        chosen = self._shown.chosen or None
        folder, earlier = self._folder, remedy is Remedy.EARLIER_KEYS

        def work(errand: Errand) -> Door | None:
            from app.services import vaults

            self._warmup.wait()
            cancelled = errand.is_called_off
            return vaults.prove(folder, passphrase, cancelled=cancelled, earlier=earlier, person_file=chosen)

        self._show(self._calm(busy=True))
        older = remedy is Remedy.OLDER_COPY

        def fitted(door: Door | None) -> None:
            self._fitted(door, older)

        self._errand = self._aside.start(work, fitted, self.refused, discard=_shut)

    def cancel(self) -> None:
        """Give up what is under way or waits for its turn; its result will be discarded."""
        self._queued = None
        if self._recovering is not None:
            self._recovering.call_off()
        if self._errand is not None:
            self._errand.call_off()
            self._errand = None
        if self._shown.busy:
            self._show(self._calm())
        elif self._shown.queued:
            self._show(replace(self._shown, queued=False))

    def recover(self, ground: QWidget) -> None:
        """Bring the surface for the recovery sheet over `ground`, once the words for it are there."""
        folder = self._folder

        def show(words: Words) -> None:
            from shiboken6 import isValid

            from app.ui.screens.unlock.recovery import RecoveryOpening, RecoverySurface

            if not isValid(ground) or self._recovering is not None or self._shown.busy:
                return
            opening = RecoveryOpening(self._aside, folder, words.content)
            surface = RecoverySurface(ground, opening, words.content)
            self._recovering = opening
            opening.opened.connect(lambda door: self.opened.emit(door, False))
            surface.finished.connect(self._recovery_left)
            surface.finished.connect(surface.deleteLater)
            surface.open()

        self.cancel()
        self._aside.start(lambda _errand: self._warmup.wait(), show)

    def go_back(self, ground: QWidget, passphrase: str) -> None:
        """Bring the surface with the copies this passphrase opens over `ground`; opens what was put in place."""
        from shiboken6 import isValid

        from app.services.local_time import system_now
        from app.ui.screens.unlock.way_back import WayBackOpening
        from app.ui.screens.unlock.way_back_view import WayBackSurface

        folder = self._folder

        def show(words: Words) -> None:
            if not isValid(ground) or self._shown.busy:
                return
            opening = WayBackOpening(self._aside, folder, passphrase, words.content)
            surface = WayBackSurface(ground, opening, system_now().date())
            surface.finished.connect(self.look)
            surface.open_asked.connect(self.try_passphrase)
            surface.finished.connect(surface.deleteLater)
            surface.start()

        self._aside.start(lambda _errand: self._warmup.wait(), show)

    def read(self, ground: QWidget, passphrase: str) -> None:
        """Bring what can still be read of the journal over `ground`; nothing of it is changed."""
        from shiboken6 import isValid

        from app.services.local_time import system_now
        from app.ui.screens.unlock.reading import ReadingOpening
        from app.ui.screens.unlock.reading_view import ReadingSurface

        folder = self._folder

        def show(words: Words) -> None:
            if not isValid(ground) or self._shown.busy:
                return
            opening = ReadingOpening(self._aside, folder, passphrase, words, system_now)
            surface = ReadingSurface(ground, opening, words.content.care)
            surface.finished.connect(self.look)
            surface.finished.connect(surface.deleteLater)
            surface.start()

        self._aside.start(lambda _errand: self._warmup.wait(), show)

    def _recovery_left(self) -> None:
        self._recovering = None

    def refused(self, error: LeewardError) -> None:
        """Say why it did not open: also called by the window when the file behind a fitting passphrase would not."""
        self._errand = None
        words = self._warmup.peek()
        said = trouble(error, words.content if words else None)
        self._show(replace(self._calm(), trouble=said, remedy=_remedy(error), way_back=error.code in HELPS))
        if error.code is Code.WRONG_PASSPHRASE:
            self.look()

    def _looked(self, found: tuple[tuple[Owner, ...], float]) -> None:
        self._looking, self.has_looked = None, True
        owners, wait_s = found
        chosen = self._shown.chosen if any(one.person_file == self._shown.chosen for one in owners) else ""
        seconds = math.ceil(wait_s)
        self._show(replace(self._shown, owners=owners, chosen=chosen, waiting_s=seconds))
        if seconds:
            self._tick.start()

    def _fitted(self, door: Door | None, older: bool) -> None:
        self._errand = None
        if door is None:
            self._show(self._calm())
        else:
            self.opened.emit(door, older)

    def _count_down(self) -> None:
        left = max(0, self._shown.waiting_s - 1)
        if left == 0:
            self._tick.stop()
        self._show(replace(self._shown, waiting_s=left))
        if left == 0 and self._queued is not None:
            queued, self._queued = self._queued, None
            self._show(replace(self._shown, queued=False))
            self.try_passphrase(*queued)

    def _calm(self, *, busy: bool = False) -> UnlockState:
        """Nothing to report; who is here and who was chosen stays."""
        return UnlockState(busy=busy, owners=self._shown.owners, chosen=self._shown.chosen)

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
