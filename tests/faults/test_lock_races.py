"""A lock at any moment, from any cause, wins: it ends locked, nothing is drawn after it, and the vault is whole."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTextEdit, QWidget
from typing_extensions import override

from app.domain.errors import VaultError
from app.services import vaults
from app.ui.main_window import MainWindow
from app.ui.platform.system_watch import CLOCK
from app.ui.platform.watch import Clocks, ClockWatch
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.widgets.shade import Shade
from tests.faults.table import Faults
from tests.fixtures import vault as vaults_made
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program, running_program

CAUSES = ("asked", "idle", "sleep", "screen_lock", "user_switch", "minimised", "keys_changed")


class DrawnAfter(QObject):
    """Notices every widget painted since the lock that shows more than the cover."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            plain = watched is self._window or isinstance(watched, Shade)
            if not plain and watched.isVisible():
                self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    vaults_made.made(tmp_path / "vault").close()
    yield from running_program(qapp, tmp_path / "vault", monkeypatch)


@dataclass
class Race:
    """One run of the program, to be locked at some moment."""

    program: Program
    chance: random.Random

    def begin(self) -> UnlockPresenter:
        found = self.program.start().window.findChild(UnlockPresenter)
        assert isinstance(found, UnlockPresenter)
        found.try_passphrase(vaults_made.PASSPHRASE)
        return found

    def opened(self) -> MainWindow:
        self.begin()
        self.program.wait(lambda: self.program.running.session)
        session = self.program.running.session
        assert session is not None
        return session

    def rest(self, most_s: float) -> None:
        """Let the program work for a moment of unknown length."""
        end = time.monotonic() + self.chance.uniform(0, most_s)
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.001)


def during_unlock(race: Race) -> None:
    race.begin()
    race.rest(0.5)


def at_first_paint(race: Race) -> None:
    race.opened()


def during_save(race: Race) -> None:
    session = race.opened()
    surface = open_record_form(session.context, "note")
    session.open_over(surface)
    race.program.wait(lambda: surface._opened is not None)
    field = surface.form.findChild(QTextEdit)
    assert field is not None
    QTest.keyClicks(field, "words in a race")
    surface.save()
    race.rest(0.02)


def during_long_work(race: Race) -> None:
    session = race.opened()
    for _ in range(race.chance.randrange(1, 6)):
        session.context.tasks.run(lambda _desk: time.sleep(0.03), lambda _none: None)
    session.context.tasks.run(lambda desk: desk.journal.search("words"), lambda _found: None, slot="search")
    race.rest(0.05)


def with_a_dialog(race: Race) -> None:
    session = race.opened()
    session.log_trigger()
    race.rest(0.2)


def with_a_file_dialog(race: Race) -> None:
    session = race.opened()
    dialog = QFileDialog(session)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(race.program.folder.parent))
    dialog.open()
    race.rest(0.1)


def while_pages_turn(race: Race) -> None:
    session = race.opened()
    for page in race.chance.sample(("journal", "injuries", "trends", "summary", "settings", "today"), 3):
        session.go(page)
        race.rest(0.05)


def under_the_veil(race: Race) -> None:
    session = race.opened()
    session.veil()
    race.rest(0.05)


MOMENTS: tuple[Callable[[Race], None], ...] = (
    during_unlock,
    during_unlock,
    at_first_paint,
    during_save,
    during_long_work,
    with_a_dialog,
    with_a_file_dialog,
    while_pages_turn,
    under_the_veil,
)


def lock(program: Program, cause: str) -> None:
    """As the cause would."""
    if cause in {"sleep", "screen_lock", "user_switch"}:
        program.running.system_asked(cause)
    else:
        program.running.lock(cause)


def run_race(race: Race, moment: Callable[[Race], None], cause: str) -> str:
    """What did not hold after one race, or nothing."""
    program = race.program
    moment(race)
    running, restarts = program.running, len(program.restarts)
    was_open = running.session is not None or running._tasks is not None
    after = DrawnAfter(running.window)
    lock(program, cause)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(after)
    for thread in list(running._aside._under_way.values()):
        thread.join(20)  # what was derived meanwhile arrives now
    end = time.monotonic() + 0.15
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.002)
    application.removeEventFilter(after)
    if running.session is not None or running._tasks is not None:
        return "open after all"
    if was_open and (len(program.restarts) != restarts + 1 or after.seen):
        return f"restarts {len(program.restarts) - restarts}, drawn {sorted(set(after.seen))}"
    running._aside.close()
    program.end()
    desk = vaults.unlock(
        program.folder, vaults_made.PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE
    )
    clean = desk.checks.verify().clean
    desk.close()
    return "" if clean else "not whole"


def test_a_lock_wins_every_race(program: Program, faults: Faults, request: pytest.FixtureRequest) -> None:
    tried = 60 if request.config.getoption("--full") else 15
    chance = random.Random(15)
    missed = []
    for number in range(tried):
        moment, cause = MOMENTS[number % len(MOMENTS)], CAUSES[number % len(CAUSES)]
        what = run_race(Race(program, chance), moment, cause)
        if what:
            missed.append(f"{moment.__name__} / {cause}: {what}")
    assert missed == []
    faults.report("F15", "locks raced with unlocking, saving, work and dialogs", tried, tried - len(missed))


def test_a_lock_wins_while_the_derived_key_is_on_its_way(
    program: Program, faults: Faults, request: pytest.FixtureRequest
) -> None:
    """The narrowest moment: the thread has brought the open door, and the window has not looked yet."""
    tried = 3 if request.config.getoption("--full") else 1
    locked = 0
    for _ in range(tried):
        running = program.start()
        presenter = running.window.findChild(UnlockPresenter)
        assert isinstance(presenter, UnlockPresenter)
        presenter.try_passphrase(vaults_made.PASSPHRASE)
        (thread,) = running._aside._under_way.values()
        thread.join(20)
        running.system_asked("screen_lock")
        for _ in range(20):
            QCoreApplication.processEvents()
        locked += running.session is None and running._tasks is None
        program.end()
        vaults_made.opened(program.folder).close()
    faults.report("F15", "locks after the key was derived and before it was taken", tried, locked)


def test_a_clock_that_jumps_locks(program: Program, faults: Faults) -> None:
    shown = [Clocks(0.0, 0.0, 0.0)]
    jumps = (Clocks(2.0, 600.0, 600.0), Clocks(2.0, 2.0, 86_400.0), Clocks(2.0, 2.0, -86_400.0))
    ended = []
    for jumped in jumps:
        race = Race(program, random.Random(1))
        race.opened()
        shown[0] = Clocks(0.0, 0.0, 0.0)
        watch = ClockWatch(read=lambda: shown[0])
        watch.lock_asked.connect(program.running.system_asked)
        watch.start()
        shown[0] = jumped
        watch.look()
        watch.stop()
        ended.append(program.running.session is None)
    assert program.restarts == ["sleep", CLOCK, CLOCK]
    faults.report("F15", "clocks that jumped", len(jumps), sum(ended))


def test_a_worker_that_never_comes_back_ends_sealed(
    program: Program, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long work that cannot be stopped: the words in the form are sealed, and the process would be ended by force."""
    monkeypatch.setattr("app.ui.parting.DRAIN_S", 0.05)
    monkeypatch.setattr("app.ui.parting.REST_S", 0.05)
    session = Race(program, random.Random(2)).opened()
    surface = open_record_form(session.context, "note")
    session.open_over(surface)
    program.wait(lambda: surface._opened is not None)
    stuck = threading.Event()
    session.context.tasks.run(lambda _desk: stuck.wait(20), lambda _none: None)
    field = surface.form.findChild(QTextEdit)
    assert field is not None
    QTest.keyClicks(field, "words in the middle of a sent")
    forced: list[bool] = []

    def end_now() -> None:
        forced.append(len(list((program.folder / "inbox").iterdir())) == 1)
        stuck.set()

    object.__setattr__(program.running._around, "end_now", end_now)
    begun = time.monotonic()
    program.running.lock("sleep")
    took_s = time.monotonic() - begun

    assert took_s < 2
    faults.report("F15", "locks over work that does not end: sealed, then ended by force", 1, sum(forced))
    program.end()
    _until_free(program.folder)
    desk = vaults_made.opened(program.folder)
    assert any("in the middle of a sent" in str(draft.body) for draft in desk.drafts.all()), "joined at the next unlock"
    desk.close()


def _until_free(folder: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            vaults_made.opened(folder).close()
        except VaultError:
            time.sleep(0.02)
        else:
            return
