"""The real program, opened, written into and locked by itself, so that both processes can be looked at. Not a test.

Run as `python -m tests.faults.lock_program FOLDER PAUSE_S`; the passphrase and the words to type come in as lines on
standard input. It says how it protects itself once it is open and the words stand in a form, waits `PAUSE_S`, locks.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from app import bootstrap, logs
from app.crypto.kdf import FLOOR
from app.services import vaults
from app.ui import start
from app.ui.platform.handover import Handover
from app.ui.screens.record_form.surface import RecordSurface, open_record_form
from app.ui.screens.unlock.presenter import UnlockPresenter

_PR_GET_DUMPABLE = 3


def protection() -> str:
    """Whether memory may be dumped, and how large a core file may become."""
    dumpable = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    return json.dumps({"pid": os.getpid(), "dumpable": dumpable, "core": resource.getrlimit(resource.RLIMIT_CORE)})


def main(folder: Path, pause_s: float, passphrase: str, words: str) -> int:
    """Open, type, say so, lock."""
    logs.install()
    qt = start.qt_application()
    application = start.compose(qt, folder, Handover(), bootstrap._start_again)
    application.show_first()
    presenter = application.window.findChild(UnlockPresenter)
    assert presenter is not None
    QTimer.singleShot(0, presenter, lambda: presenter.try_passphrase(passphrase))
    timer = QTimer()

    def type_words(surface: RecordSurface) -> None:
        field = surface.form.findChild(QTextEdit)
        assert field is not None
        QTest.keyClicks(field, words)
        sys.stdout.write(protection() + "\n")
        sys.stdout.flush()
        QTimer.singleShot(round(pause_s * 1000), application, application.lock)

    def look() -> None:
        if application.session is None:
            return
        timer.stop()
        surface = open_record_form(application.session.context, "note")
        application.session.open_over(surface)
        QTimer.singleShot(150, surface, lambda: type_words(surface))

    timer.timeout.connect(look)
    timer.start(20)
    return qt.exec()


if __name__ == "__main__":
    vaults.POLICY = FLOOR  # opening must not raise the costs of a vault made for a test
    told = sys.stdin.read().splitlines()
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), told[0], told[1]))
