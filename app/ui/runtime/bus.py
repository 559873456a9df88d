"""What happened that several screens care about. Signals only: nobody asks the bus anything."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """`changed(Changes)`: something was saved. `locking()`: let go of all that is shown. `veiled(bool)`: covered?"""

    changed = Signal(object)
    chosen = Signal(object)
    renamed = Signal(str)
    locking = Signal()
    veiled = Signal(bool)
