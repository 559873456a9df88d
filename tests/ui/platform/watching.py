"""Prints every reason the watch on this system gives. Not a test."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from app import offline

with offline.without_sockets():
    import typing_extensions  # noqa: F401  # as in the program

from app.ui.platform.watch import watch_system


def main() -> int:
    """Until a line comes in."""
    qt = QCoreApplication(["watching"])
    watch = watch_system()

    def tell(words: str) -> None:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()

    watch.lock_asked.connect(tell)
    watch.start()
    QTimer.singleShot(0, watch, lambda: tell("watching"))
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(qt.quit)
    status = qt.exec()
    watch.stop()
    loaded = {name for name in sys.modules if name in {"socket", "_socket", "PySide6.QtNetwork"}}
    tell(f"loaded {sorted(loaded)}")
    return status


if __name__ == "__main__":
    sys.exit(main())
