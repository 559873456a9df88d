"""The real program, unlocked and locked again by itself, so that its fresh process can be looked at. Not a test.

Run as `python -m tests.journeys.locking_program FOLDER`; the passphrase comes in on standard input. With `--stay` it
says "open" once the journal is open and waits to be ended from outside.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from app import bootstrap
from app.crypto.kdf import FLOOR
from app.services import vaults
from app.ui import start
from app.ui.platform.handover import Handover
from app.ui.screens.unlock.presenter import UnlockPresenter


def main(folder: Path, passphrase: str, *, stay: bool) -> int:
    """Open, and lock as Ctrl+L does."""
    qt = start.qt_application()
    application = start.compose(qt, folder, Handover(), bootstrap._start_again)
    application.show_first()
    presenter = application.window.findChild(UnlockPresenter)
    assert presenter is not None
    QTimer.singleShot(0, presenter, lambda: presenter.try_passphrase(passphrase))

    def look() -> None:
        if application.session is None:
            return
        timer.stop()
        if stay:
            sys.stdout.write("open\n")
            sys.stdout.flush()
        else:
            application.session.lock()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    return qt.exec()


if __name__ == "__main__":
    vaults.POLICY = FLOOR  # opening must not raise the costs of a vault made for a test
    sys.exit(main(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n"), stay="--stay" in sys.argv))
