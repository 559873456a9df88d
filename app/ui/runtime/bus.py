"""What happened that several screens care about. Signals only: nobody asks the bus anything."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """`changed(Changes)`: something was saved. `locking()`: let go of everything shown. `veiled(bool)`: covered or not."""

    changed = Signal(object)
    locking = Signal()
    veiled = Signal(bool)
