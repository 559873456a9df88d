"""The real window, typed into without a rest, while the disk fills up and empties; until it locks itself or is killed.

    python -m tests.faults.soak_program FOLDER SEED FIRST     (the passphrase comes in on standard input)

Every word typed is a number. What it says, a line each: `typed N`, `kept N` once a draft that holds the word can be
read back, `saved N` once its record can, `locking N` before it locks by itself. Started by test_soak; not a test.
"""

from __future__ import annotations

import errno
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from app.crypto.kdf import FLOOR
from app.domain.records import RecordId
from app.services import vaults
from app.services.desk import Desk
from app.services.preferences import Preferences
from app.ui.application import Application, Surroundings
from app.ui.looks import Looks
from app.ui.main_window import MainWindow
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.theme.hub import ThemeHub
from tests.faults.file_calls import Call, Watch
from tests.fixtures.session import EVENING, ZONE

_PATIENCE_S = 60.0
_LOCK, _SAVE, _FULL = 0.08, 0.25, 0.15


def say(what: str, number: int) -> None:
    """One line for the test, at once."""
    sys.stdout.write(f"{what} {number}\n")
    sys.stdout.flush()


def wait(until: Callable[[], object], at_most_s: float = _PATIENCE_S) -> bool:
    """Let the window work until something is so; whether it came to be."""
    end = time.monotonic() + at_most_s
    while not until():
        if time.monotonic() > end:
            return False
        QApplication.processEvents()
        time.sleep(0.002)
    return True


class Disk:
    """Full while it is said to be."""

    def __init__(self) -> None:
        self.full = False

    def __call__(self, call: Call) -> int | None:
        """Refuse what would need room."""
        return errno.ENOSPC if self.full and call.kind in {"write", "create"} else None


class Typist:
    """Somebody who does not stop."""

    def __init__(self, application: Application, session: MainWindow, disk: Disk, seed: int, first: int) -> None:
        """`first` is the first number that was not typed yet."""
        self._application, self._session, self._disk = application, session, disk
        self._chance = random.Random(seed)
        self._number = first
        self._waiting: list[int] = []

    def go_on(self) -> None:
        """Until a lock."""
        while True:
            surface = self._surface()
            for _ in range(self._chance.randint(1, 6)):
                field = surface.form.findChild(QTextEdit)
                assert field is not None
                QTest.keyClicks(field, f" {self._number} ")
                say("typed", self._number)
                self._waiting.append(self._number)
                self._number += 1
            self._disk.full = self._chance.random() < _FULL
            choice = self._chance.random()
            if choice < _LOCK:
                self._disk.full = False
                say("locking", self._number - 1)
                self._application.lock()
                return
            if choice < _LOCK + _SAVE:
                self._save(surface)
            elif choice < 0.8:
                self._rest()

    def _surface(self) -> RecordSurface:
        open_now = [one for one in self._session.findChildren(RecordSurface) if one.isVisible()]
        if open_now:
            return open_now[0]
        surface = RecordSurface(self._session.context, "note")
        self._session.open_over(surface)
        surface.load()
        assert wait(lambda: surface._opened is not None)
        return surface

    def _rest(self) -> None:
        """A pause, long enough for a draft; then see whether it is there."""
        wait(lambda: False, 0.5)
        self._disk.full = False
        text = str(self._asked(lambda desk: [draft.body for draft in desk.drafts.all()]))
        for number in [number for number in self._waiting if f" {number} " in text]:
            say("kept", number)

    def _save(self, surface: RecordSurface) -> None:
        surface.save()
        done = wait(lambda: not surface.isVisible() or not surface._saving, 5.0)
        self._disk.full = False
        if not done or surface.isVisible():
            return  # refused: the words stand in the form and are given again
        numbers, self._waiting = self._waiting, []
        notes = str(self._asked(_notes))
        for number in [number for number in numbers if f" {number} " in notes]:
            say("saved", number)

    def _asked(self, question: Callable[[Desk], object]) -> object:
        found: list[object] = []
        self._session.context.tasks.run(question, found.append, lambda error: found.append(error.code))
        assert wait(lambda: found)
        return found[0]


def _notes(desk: Desk) -> list[object]:
    page = desk.journal.page(kinds=("note",), limit=3)
    return [desk.journal.record(RecordId(entry.id)).body for entry in page.entries]


def main(folder: Path, phrase: str, seed: int, first: int) -> None:
    """Unlock, type, lock."""
    qt = QApplication([sys.argv[0]])
    hub = ThemeHub(qt, "light")
    disk = Disk()
    with Watch(folder, disk):
        around = Surroundings(folder, lambda _f, _r: True, qt.quit, now=lambda: EVENING, zone=ZONE)
        application = Application(hub, Looks(hub, Preferences(), None), around)
        application.show_first()
        presenter = application.window.findChild(UnlockPresenter)
        assert isinstance(presenter, UnlockPresenter)
        presenter.try_passphrase(phrase)
        assert wait(lambda: application.session)
        session = application.session
        assert isinstance(session, MainWindow)
        Typist(application, session, disk, seed, first).go_on()
        wait(lambda: False, 1.0)
    sys.stdout.write("locked 0\n")


if __name__ == "__main__":
    vaults.POLICY = FLOOR  # opening must not raise the costs of a vault made for a test
    main(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n"), int(sys.argv[2]), int(sys.argv[3]))
