"""Work that needs no open vault, beside the GUI thread: deriving keys, reading the content pack, judging a passphrase.

Each errand runs on a thread of its own and can be called off; what a called-off errand still brings back is discarded
(a vault that was unlocked too late is shut again, never shown).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.errors import LeewardError
from app.ui.runtime.attempt import attempt

T = TypeVar("T")
_PATIENCE_S: Final = 20.0


class Errand:
    """One piece of work under way."""

    def __init__(self) -> None:
        self._called_off = threading.Event()

    def call_off(self) -> None:
        """Its result is not wanted any more."""
        self._called_off.set()

    def is_called_off(self) -> bool:
        """Whether to stop as soon as possible. Safe to ask from any thread."""
        return self._called_off.is_set()


@dataclass(frozen=True, slots=True)
class _Outcome:
    errand: Errand
    value: object
    error: LeewardError | None
    done: Callable[[object], None]
    failed: Callable[[LeewardError], None] | None
    discard: Callable[[object], None] | None


class Aside(QObject):
    """Starts errands and brings their results to the GUI thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: dict[Errand, threading.Thread] = {}
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Errand], T],
        done: Callable[[T], None],
        failed: Callable[[LeewardError], None] | None = None,
        *,
        discard: Callable[[T], None] | None = None,
    ) -> Errand:
        """Run `work` on a thread of its own, then `done` or `failed` on the GUI thread.

        `discard` is given the value, on the GUI thread, when the errand was called off before it could be delivered.
        Once closed, nothing is started any more: a thread that outlives the window would end in the middle of a step.
        """
        errand = Errand()
        if self._closed:
            errand.call_off()
            return errand

        def run() -> None:
            value, error = attempt(lambda: work(errand))
            outcome = _Outcome(
                errand,
                value,
                error,
                cast("Callable[[object], None]", done),
                failed,
                cast("Callable[[object], None] | None", discard),
            )
            self._finished.emit(outcome)

        thread = threading.Thread(target=run, name="aside", daemon=True)
        self._under_way[errand] = thread
        thread.start()
        return errand

    def close(self) -> None:
        """Call everything off, wait for what cannot be interrupted, and discard what it brought."""
        self._closed = True
        for errand, thread in list(self._under_way.items()):
            errand.call_off()
            thread.join(_PATIENCE_S)

    def _deliver(self, thing: object) -> None:
        outcome = cast("_Outcome", thing)
        self._under_way.pop(outcome.errand, None)
        if outcome.errand.is_called_off():
            if outcome.error is None and outcome.discard is not None:
                outcome.discard(outcome.value)
        elif outcome.error is None:
            outcome.done(outcome.value)
        elif outcome.failed is not None:
            outcome.failed(outcome.error)
