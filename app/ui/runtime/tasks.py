"""Work off the GUI thread: one worker owns the open spaces, results come back in order and only if still wanted.

`Tasks` is the interface screens use. `WorkerTasks` runs on a thread of its own; `InlineTasks` does the same at once,
for tests and the tour.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
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


class Tasks(Protocol):
    """Where presenters bring their work. Work returns frozen values, never rows or Qt objects."""

    def run(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        slot: str | None = None,
    ) -> None:
        """Run `work` with the desk, then `done` or `failed` on the GUI thread.

        Of several requests with the same `slot` only the newest result arrives: typing on drops the earlier searches.
        """

    def close(self) -> None:
        """Finish what is queued, close the spaces on their thread, and drop every result still on its way."""


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


class WorkerTasks:
    """One thread that opens the desk, works through a queue, and closes it."""

    def __init__(self, open_desk: Callable[[], Desk], bus: Bus) -> None:
        self._open_desk = open_desk
        self._bus = bus
        self._requests = _Requests()
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
    ) -> None:
        """See `Tasks.run`."""
        if not self._closed:
            self._queue.put((work, done, failed, slot, self._requests.next(slot)))

    def close(self) -> None:
        """See `Tasks.close`."""
        if self._closed:
            return
        self._closed = True
        self._result.ready.disconnect(self._deliver)
        self._queue.put(_STOP)
        self._thread.join()

    def _serve(self) -> None:
        desk: Desk | None = None
        trouble: LeewardError | None = None
        opened, trouble = attempt(self._open_desk)
        if trouble is None:
            desk = cast("Desk", opened)
        while (job := self._queue.get()) is not _STOP:
            work, done, failed, slot, number = cast("_Job", job)
            if self._requests.is_stale(slot, number):
                continue
            value: object = None
            error, changes = trouble, Changes()
            if desk is not None:
                value, error = attempt(partial(work, desk))
                changes = desk.take_changes()
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
        self._closed = False

    def run(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        slot: str | None = None,  # noqa: ARG002  # nothing can become stale here
    ) -> None:
        """See `Tasks.run`."""
        if self._closed:
            return
        value, error = attempt(lambda: work(self._desk))
        changes = self._desk.take_changes()
        if changes.records:
            self._bus.changed.emit(changes)
        if error is None:
            done(cast("T", value))
        elif failed is not None:
            failed(error)

    def close(self) -> None:
        """See `Tasks.close`."""
        if not self._closed:
            self._closed = True
            self._desk.close()


_Job = tuple[Callable[["Desk"], object], Callable[[object], None], Failed | None, str | None, int]
_Finished = tuple[Callable[[object], None], Failed | None, str | None, int, object, LeewardError | None, Changes]
