"""What every watch over the system has in common: one signal, and the reasons it may give."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

SLEEP: Final = "sleep"
SCREEN_LOCK: Final = "screen_lock"
USER_SWITCH: Final = "user_switch"
CLOCK: Final = "clock"


class SystemWatch(QObject):
    """`lock_asked(reason)` with one of the reasons above. No network: a local bus, window messages, clocks."""

    lock_asked = Signal(str)

    def start(self) -> None:
        """Begin to listen; quietly does nothing where the system offers nothing."""

    def stop(self) -> None:
        """Listen no longer. Safe to call more than once."""
