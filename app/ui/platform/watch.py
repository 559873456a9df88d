"""Tells when the computer goes to sleep, the screen is locked or the login changes: one interface, a file per system.

Beside what the system says, a pair of clocks is compared everywhere: a system that tells nothing still cannot hide that
it slept, and somebody who turns the clock does not win quiet time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.ui.platform.system_watch import CLOCK, SLEEP, SystemWatch

_LOOK_MS: Final = 2_000
_SLEPT_S: Final = 4.0
_TURNED_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """Three readings in seconds: one that stands still during sleep, one that counts it, and the time of day."""

    awake_s: float
    always_s: float
    wall_s: float


def read_clocks() -> Clocks:
    """What the clocks show now. Where no clock counts sleep, the time of day has to tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    awake_s = time.monotonic()
    return Clocks(awake_s, time.clock_gettime(boot) if boot is not None else awake_s, time.time())


def jump(before: Clocks, now: Clocks) -> str:
    """Why the step from one reading to the next is no ordinary one, or nothing.

    Sleep shows as time that passed on one clock only; a turned clock as a time of day that moved against both.
    """
    always_s = now.always_s - before.always_s
    if always_s - (now.awake_s - before.awake_s) >= _SLEPT_S:
        return SLEEP
    if abs((now.wall_s - before.wall_s) - always_s) >= _TURNED_S:
        return CLOCK
    return ""


class ClockWatch(SystemWatch):
    """Compares the clocks every two seconds."""

    def __init__(self, parent: QObject | None = None, read: Callable[[], Clocks] = read_clocks) -> None:
        super().__init__(parent)
        self._read = read
        self._before = read()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to compare."""
        self._before = self._read()
        self._timer.start()

    def stop(self) -> None:
        """Compare no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Compare once; called by a timer."""
        before, self._before = self._before, self._read()
        reason = jump(before, self._before)
        if reason:
            self.lock_asked.emit(reason)


class EveryWatch(SystemWatch):
    """Several watches as one."""

    def __init__(self, parts: tuple[SystemWatch, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        for part in parts:
            part.setParent(self)
            part.lock_asked.connect(self.lock_asked)

    def start(self) -> None:
        """Begin all of them."""
        for part in self._parts:
            part.start()

    def stop(self) -> None:
        """Stop all of them."""
        for part in self._parts:
            part.stop()


def watch_system(parent: QObject | None = None) -> SystemWatch:
    """Everything this system has to tell, and the clocks."""
    own = _own()
    return EveryWatch((ClockWatch(),) if own is None else (own, ClockWatch()), parent)


def _own() -> SystemWatch | None:
    found: SystemWatch | None = None
    if sys.platform == "win32":
        from app.ui.platform.watch_windows import WindowsWatch

        found = WindowsWatch()
    elif sys.platform == "darwin":
        from app.ui.platform.watch_macos import MacWatch

        found = MacWatch()
    elif sys.platform == "linux":
        from app.ui.platform.watch_linux import LinuxWatch

        found = LinuxWatch()
    return found
