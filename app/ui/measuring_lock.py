"""Locking measured in real processes: from the request until the window is covered, and until the fresh one is painted.

Started by the benchmark as a process of its own, with a passphrase on the first line of standard input. It unlocks,
opens a page with a form over it, and locks. It prints the milliseconds until the cover was painted; the fresh process
it starts prints the milliseconds since the request when it was painted, and ends. With "bare" it measures a plain
widget raised over another plain widget instead, and starts nothing.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import start
from app.ui.platform.handover import Handover
from app.ui.platform.process import FIRST_PAINT, STARTED, start_again
from app.ui.screens.unlock.presenter import UnlockPresenter

_SIZE = (1280, 800)
_SETTLED_MS = 700


def main(vault: Path, passphrase: str) -> int:
    """Unlock, lock, and leave the rest to the fresh process."""
    qt = start.qt_application()
    asked_ns: list[int] = []

    def started(folder: Path, told: Handover) -> bool:
        covered_ms = (time.time_ns() - asked_ns[0]) / 1e6
        sys.stdout.write(f"cover {covered_ms:.3f}\n")
        sys.stdout.flush()
        clock = {STARTED: str(asked_ns[0]), FIRST_PAINT: "1"}
        return start_again(folder, {**told.told(), **clock})

    application = start.compose(qt, vault, Handover(), started)
    application.show_first()
    presenter = application.window.findChild(UnlockPresenter)
    if not isinstance(presenter, UnlockPresenter):
        raise TypeError("no unlock screen")
    QTimer.singleShot(0, presenter, lambda: presenter.try_passphrase(passphrase))

    def lock() -> None:
        asked_ns.append(time.time_ns())
        application.lock()

    timer = QTimer(application)

    def look() -> None:
        if application.session is not None:
            timer.stop()
            application.session.log_trigger()
            QTimer.singleShot(_SETTLED_MS, application, lock)

    timer.timeout.connect(look)
    timer.start(20)
    return qt.exec()


def bare() -> None:
    """The least there can be: a widget without content is raised over another and painted."""
    qt = QApplication([sys.argv[0]])
    window = QWidget()
    window.resize(*_SIZE)
    window.show()
    cover = QWidget(window)
    cover.setAutoFillBackground(True)
    cover.setGeometry(window.rect())
    cover.hide()
    qt.processEvents()
    begun = time.perf_counter_ns()
    cover.show()
    cover.raise_()
    cover.repaint()
    sys.stdout.write(f"cover {(time.perf_counter_ns() - begun) / 1e6:.3f}\n")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1] == "bare":
        bare()
    else:
        sys.exit(main(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n")))
