"""Work off the GUI thread: one worker owns the open spaces, results come back in order and only if still wanted.

`Tasks` is the interface screens use. `WorkerTasks` runs on a thread of its own; `InlineTasks` does the same at once,
for tests and the tour.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes
from app.ui.runtime.attempt import attempt
from app.ui.runtime.bus import Bus

if TYPE_CHECKING:
    from app.services.desk import Desk

T = TypeVar("T")
Failed = Callable[[LeewardError], None]
_STOP = object()


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote and a piece of work is to keep: the draft it would be. No answers: nothing is to be kept."""

    key: str
    kind: str
    answers: Mapping[str, object]


class Tasks(Protocol):
    """Where presenters bring their work. Work returns frozen values, never rows or Qt objects."""

    def run(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        slot: str | None = None,
        typed: Typed | None = None,
    ) -> None:
        """Run `work` with the desk, then `done` or `failed` on the GUI thread.

        Of several requests with the same `slot` only the newest result arrives: typing on drops the earlier searches.
        `typed` is what would be lost if the work failed or were never reached.
        """

    def close(self, patience_s: float | None = None) -> bool:
        """Finish what is queued, close the spaces on their thread, and drop every result still on its way.

        Waits at most `patience_s` (None: as long as it takes) and may be called again to wait longer. Returns whether
        everything is closed.
        """

    def unsaved(self) -> tuple[Typed, ...]:
        """What was typed and is not, or not yet, in the encrypted file."""


class _Result(QObject):
    """Carries a finished call from the worker to the GUI thread."""

    ready = Signal(object)


class _Requests:
    """Counts requests by slot, to tell a stale result."""

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}

    def next(self, slot: str | None) -> int:
        if slot is None:
            return 0
        self._newest[slot] = self._newest.get(slot, 0) + 1
        return self._newest[slot]

    def is_stale(self, slot: str | None, number: int) -> bool:
        return slot is not None and self._newest.get(slot) != number


class _Unsaved:
    """What was typed and is not saved, the newest of each key. Used from both threads."""

    def __init__(self) -> None:
        self._waiting: dict[str, Typed] = {}
        self._guard = threading.Lock()

    def expect(self, typed: Typed | None) -> None:
        """Work that keeps this was asked for."""
        if typed is not None:
            with self._guard:
                self._waiting[typed.key] = typed

    def kept(self, typed: Typed | None) -> None:
        """It was done; something newer of the same key still waits."""
        if typed is not None:
            with self._guard:
                if self._waiting.get(typed.key) is typed:
                    del self._waiting[typed.key]

    def left(self) -> tuple[Typed, ...]:
        """What still waits."""
        with self._guard:
            return tuple(typed for typed in self._waiting.values() if typed.answers)


class WorkerTasks:
    """One thread that opens the desk, works through a queue, and closes it."""

    def __init__(self, open_desk: Callable[[], Desk], bus: Bus) -> None:
        self._open_desk = open_desk
        self._bus = bus
        self._requests = _Requests()
        self._unsaved = _Unsaved()
        self._queue: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._result = _Result()
        self._result.ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="spaces", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        slot: str | None = None,
        typed: Typed | None = None,
    ) -> None:
        """See `Tasks.run`."""
        if not self._closed:
            self._unsaved.expect(typed)
            self._queue.put((work, done, failed, slot, self._requests.next(slot), typed))

    def close(self, patience_s: float | None = None) -> bool:
        """See `Tasks.close`. Of what is queued only what may write is done: nobody waits for answers any more."""
        if not self._closed:
            self._closed = True
            self._result.ready.disconnect(self._deliver)
            self._queue.put(_STOP)
        self._thread.join(patience_s)
        return not self._thread.is_alive()

    def unsaved(self) -> tuple[Typed, ...]:
        """See `Tasks.unsaved`."""
        return self._unsaved.left()

    def _serve(self) -> None:
        desk: Desk | None = None
        trouble: LeewardError | None = None
        opened, trouble = attempt(self._open_desk)
        if trouble is None:
            desk = cast("Desk", opened)
        while (job := self._queue.get()) is not _STOP:
            work, done, failed, slot, number, typed = cast("_Job", job)
            if self._requests.is_stale(slot, number) or (self._closed and slot is not None):
                continue
            value: object = None
            error, changes = trouble, Changes()
            if desk is not None:
                value, error = attempt(partial(work, desk))
                changes = desk.take_changes()
            if error is None:
                self._unsaved.kept(typed)
            self._result.ready.emit((done, failed, slot, number, value, error, changes))
        if desk is not None:
            # a full disk or exchanged files are refused here, after file and keys were closed; what was saved
            # is safe, and the next opening says what is wrong
            attempt(desk.close)

    def _deliver(self, finished: object) -> None:
        done, failed, slot, number, value, error, changes = cast("_Finished", finished)
        if self._closed:
            return
        if changes.records:
            self._bus.changed.emit(changes)
        if self._requests.is_stale(slot, number):
            return
        if error is None:
            done(value)
        elif failed is not None:
            failed(error)


class InlineTasks:
    """The same, at once and on the calling thread."""

    def __init__(self, desk: Desk, bus: Bus) -> None:
        self._desk = desk
        self._bus = bus
        self._unsaved = _Unsaved()
        self._closed = False

    def run(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        slot: str | None = None,  # noqa: ARG002  # nothing can become stale here
        typed: Typed | None = None,
    ) -> None:
        """See `Tasks.run`."""
        if self._closed:
            return
        self._unsaved.expect(typed)
        value, error = attempt(lambda: work(self._desk))
        changes = self._desk.take_changes()
        if changes.records:
            self._bus.changed.emit(changes)
        if error is None:
            self._unsaved.kept(typed)
            done(cast("T", value))
        elif failed is not None:
            failed(error)

    def close(self, patience_s: float | None = None) -> bool:  # noqa: ARG002  # nothing is left to wait for
        """See `Tasks.close`."""
        if not self._closed:
            self._closed = True
            self._desk.close()
        return True

    def unsaved(self) -> tuple[Typed, ...]:
        """See `Tasks.unsaved`."""
        return self._unsaved.left()


_Job = tuple[Callable[["Desk"], object], Callable[[object], None], Failed | None, str | None, int, Typed | None]
_Finished = tuple[Callable[[object], None], Failed | None, str | None, int, object, LeewardError | None, Changes]
