"""Locks after quiet time: watches keys and pointer, warns a minute before, and counts the time the computer slept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from typing_extensions import override

_CHECK_MS: Final = 5_000
_WARNING_S: Final = 60.0
_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


def _clock_s() -> float:
    """Seconds that also pass while the computer sleeps, where the system has such a clock."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class IdleWatch(QObject):
    """`warned()` a minute before, `expired()` when the time is over. Any key or pointer starts it afresh."""

    warned = Signal()
    expired = Signal()

    def __init__(self, minutes: int, parent: QObject, clock_s: Callable[[], float] = _clock_s) -> None:
        """`clock_s` gives seconds on any scale that never goes back."""
        super().__init__(parent)
        self._clock_s = clock_s
        self._limit_s = minutes * 60.0
        self._last_s = clock_s()
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Begin watching the whole program."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._alive()
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Another length of quiet time, from now on."""
        self._limit_s = minutes * 60.0
        self._alive()

    def check(self) -> None:
        """Compare the clock with the last sign of life; called by a timer."""
        quiet_s = self._clock_s() - self._last_s
        if quiet_s >= self._limit_s:
            self.stop()
            self.expired.emit()
        elif quiet_s >= self._limit_s - _WARNING_S and not self._warned:
            self._warned = True
            self.warned.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._alive()
        return False

    def _alive(self) -> None:
        self._last_s = self._clock_s()
        self._warned = False
