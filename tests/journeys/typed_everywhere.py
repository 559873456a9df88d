"""Types a marker word into every field of every page of the real window, then locks. Run by test_leaks; no test."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.services.preferences import Preferences
from app.ui.actions import PAGES
from app.ui.application import Application, Surroundings
from app.ui.looks import Looks
from app.ui.main_window import MainWindow
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.theme.hub import ThemeHub
from app.ui.widgets.dialog import DialogSurface
from tests.fixtures.session import EVENING, ZONE
from tests.fixtures.vault import made
from tests.journeys.written_everywhere import MARK, NAME, PHRASE, write

EVERY_PAGE = (*PAGES, "review", "conversation", "calm")
_PATIENCE_S = 30.0


def wait(until: Callable[[], object], quiet_s: float = 0.0) -> None:
    """Let the window work until something is so, and a moment more."""
    end = time.monotonic() + _PATIENCE_S
    while not until():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.005)
    rest = time.monotonic() + quiet_s
    while time.monotonic() < rest:
        QApplication.processEvents()
        time.sleep(0.005)


def type_into(place: QWidget) -> int:
    """Type the marker into every field in sight; returns how many there were."""
    fields = [field for kind in (QLineEdit, QTextEdit, QPlainTextEdit) for field in place.findChildren(kind)]
    fields = [field for field in fields if field.isVisible() and field.isEnabled() and not field.isReadOnly()]
    for field in fields:
        field.setFocus()
        QTest.keyClicks(field, f" {MARK}")
    wait(lambda: True, 0.7)
    place.grab()
    return len(fields)


def main(path: Path) -> None:
    """Write everything, unlock, walk every page, type, lock; tells how many fields took the word on each."""
    desk = made(path, f"Person {NAME}", PHRASE, f"Other {NAME}")
    write(desk)
    desk.close()
    qt = QApplication([sys.argv[0]])
    hub = ThemeHub(qt, "light")
    around = Surroundings(path, lambda _f, _r: True, qt.quit, now=lambda: EVENING, zone=ZONE)
    application = Application(hub, Looks(hub, Preferences(), None), around)
    application.show_first()
    presenter = application.window.findChild(UnlockPresenter)
    if not isinstance(presenter, UnlockPresenter):
        raise TypeError("no unlock screen")
    typed = [type_into(application.window)]
    presenter.try_passphrase(PHRASE)
    wait(lambda: application.session)
    session = application.session
    if not isinstance(session, MainWindow):
        raise TypeError("not open")
    for page in EVERY_PAGE:
        session.go(page)
        wait(lambda: True, 0.6)
        typed.append(type_into(session))
    session.log_trigger()
    wait(lambda: session.findChildren(DialogSurface), 0.4)
    typed.append(type_into(session))
    application.lock()
    wait(lambda: True, 0.3)
    sys.stdout.write(f"typed {' '.join(map(str, typed))}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
