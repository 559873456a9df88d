"""Back to a copy from the locked screen: the live file does not open, and the passphrase alone finds what does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.ui.text import Trouble, trouble

if TYPE_CHECKING:
    from app.domain.content import Content
    from app.services.restoring import Found, Restored, WayBack
    from app.ui.runtime.aside import Aside, Errand

HELPS = frozenset(
    {
        Code.DAMAGED_HEADER,
        Code.INCOMPLETE_COPY,
        Code.EMPTY_FILE,
        Code.PLAIN_DATABASE,
        Code.DAMAGED_ENTRIES,
        Code.OLDER_COPY,
    }
)
"""Refusals after which a copy is the way on, as their sentences say."""


@dataclass(frozen=True, slots=True)
class WayBackState:
    """`ways` is None until the folder was looked through, then newest first. `part` of a restore is done, 0 to 1.

    `key_file_only`: the entries are whole, and only the key file has to be put back. `ended`: it was, or a copy has
    taken the place of the live file.
    """

    ways: tuple[WayBack, ...] | None = None
    key_file_only: bool = False
    restoring: bool = False
    part: float = 0.0
    trouble: Trouble | None = None
    ended: bool = False


class WayBackOpening(QObject):
    """`state(WayBackState)` after every step. Holds the passphrase that was typed until `forget`."""

    state = Signal(object)
    _moved = Signal(float)

    def __init__(self, aside: Aside, folder: Path, passphrase: str, content: Content) -> None:
        super().__init__()
        self._aside, self._folder, self._content = aside, folder, content
        self._passphrase = passphrase
        self._errand: Errand | None = None
        self._stopped = threading.Event()
        self._shown = WayBackState()
        self._moved.connect(self._show_part)

    @property
    def shown(self) -> WayBackState:
        """The state that was emitted last."""
        return self._shown

    @property
    def passphrase(self) -> str:
        """What was typed, to open with once a copy stands in place; empty after `forget`."""
        return self._passphrase

    def look(self) -> None:
        """Find the copies this passphrase opens."""
        folder, phrase = self._folder, self._passphrase

        def work(_errand: Errand) -> Found:
            from app.services import restoring

            return restoring.find(folder, phrase)

        def looked(found: Found) -> None:
            self._errand = None
            self._show(WayBackState(found.ways, found.key_file_only))

        self._errand = self._aside.start(work, looked, self._refused)

    def restore(self, name: str) -> None:
        """Put one copy in the place of the live file, which is kept beside it."""
        if self._shown.restoring:
            return
        folder, phrase = self._folder, self._passphrase

        def work(errand: Errand) -> Restored | None:
            from app.services import restoring

            def cancelled() -> bool:
                return errand.is_called_off() or self._stopped.is_set()

            return restoring.restore_here(folder, phrase, name, cancelled=cancelled, progress=self._moved.emit)

        self._stopped.clear()
        self._show(replace(self._shown, restoring=True, part=0.0, trouble=None))
        self._errand = self._aside.start(work, self._restored, self._refused)

    def put_key_file_back(self) -> None:
        """Put a whole key file in the place of the damaged one; nothing else changes."""
        if self._shown.restoring:
            return
        folder, phrase = self._folder, self._passphrase

        def work(_errand: Errand) -> None:
            from app.services import restoring

            restoring.put_key_file_back(folder, phrase)

        def put_back(_none: None) -> None:
            self._errand = None
            self._show(replace(self._shown, restoring=False, ended=True))

        self._show(replace(self._shown, restoring=True, part=0.0, trouble=None))
        self._errand = self._aside.start(work, put_back, self._refused)

    def stop(self) -> None:
        """Stop a restore where it still can be; how it ended is shown when it has."""
        self._stopped.set()

    def forget(self) -> None:
        """The surface is gone: drop what was typed, and stop what is under way."""
        if self._errand is not None:
            self._errand.call_off()
        self._passphrase = ""

    def _restored(self, found: Restored | None) -> None:
        self._errand = None
        self._show(replace(self._shown, restoring=False, ended=found is not None, key_file_only=False))

    def _refused(self, error: LeewardError) -> None:
        self._errand = None
        none_found = error.code is Code.INCOMPLETE_COPY and error.detail.get("missing") == "backup"
        ways = () if none_found or self._shown.ways is None else self._shown.ways
        said = None if none_found else trouble(error, self._content)
        self._show(WayBackState(ways, self._shown.key_file_only, trouble=said))

    def _show_part(self, part: float) -> None:
        if self._shown.restoring:
            self._show(replace(self._shown, part=part))

    def _show(self, state: WayBackState) -> None:
        self._shown = state
        self.state.emit(state)
