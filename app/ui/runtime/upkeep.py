"""What the program does by itself while a journal is open: the day's copy after the first change, an erasing due, and
the last step of a change of keys that was cut short.

The copy waits for a quiet moment, is prepared on the worker in an instant, and made on a thread of its own. Nobody
asked for it and nobody waits: where it fails, the next change tries again, and the settings show how the last one went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

from app.services.backups import Work
from app.ui.context import Context, Toast
from app.ui.runtime.aside import Aside

if TYPE_CHECKING:
    from app.services.desk import Desk

QUIET_MS: Final = 20_000


class Upkeep(QObject):
    """Lives as long as its session; locking ends it."""

    def __init__(self, context: Context, parent: QObject | None = None, *, quiet_ms: int = QUIET_MS) -> None:
        super().__init__(parent)
        self._context = context
        self._aside = Aside(self)
        self._making = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(quiet_ms)
        self._timer.timeout.connect(self._copy_of_the_day)
        context.bus.changed.connect(self._changed)
        context.bus.locking.connect(self._end, Qt.ConnectionType.SingleShotConnection)

    def start(self) -> None:
        """See whether an erasing that was put off is due, and whether copies under ended keys are still to go."""

        def due(desk: Desk) -> bool:
            if not desk.erasing.is_due():
                return False
            desk.erasing.erase_as_planned()
            return True

        self._context.tasks.run(due, lambda so: self._context.shell.lock() if so else None)
        self._context.tasks.run(lambda desk: desk.backups.finishing(), self._finish)

    def _changed(self, _changes: object) -> None:
        if not self._making:
            self._timer.start()

    def _copy_of_the_day(self) -> None:
        self._context.tasks.run(lambda desk: desk.backups.daily(), self._make)

    def _make(self, work: Work[object] | None) -> None:
        if work is None:
            return
        self._making = True
        self._aside.start(lambda errand: work(errand.is_called_off, lambda _part: None), self._made, self._made)

    def _finish(self, work: Work[object] | None) -> None:
        if work is None:
            return
        words = self._context.content.care.passphrase

        def told(said: str) -> None:
            self._making = False
            self._context.shell.toast(Toast(said))

        self._making = True
        self._aside.start(
            lambda errand: work(errand.is_called_off, lambda _part: None),
            lambda made: told(words.backups_replaced if made is not None else words.backups_kept),
            lambda _error: told(words.backups_kept),
        )

    def _made(self, _outcome: object) -> None:
        self._making = False

    def _end(self) -> None:
        self._context.bus.changed.disconnect(self._changed)
        self._timer.stop()
        self._aside.close()
