"""Locking from every cause: covered at once, typed text kept, ended in any case, and nothing in its way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolTip

from app.domain.errors import Code, VaultError
from app.services import vaults
from app.services.choices import Choices
from app.services.desk import Desk
from app.ui.actions import commands, page_words, use_plain_labels
from app.ui.main_window import MainWindow
from app.ui.parting import DRAIN_S
from app.ui.platform.handover import Handover, Place
from app.ui.platform.system_watch import SystemWatch
from app.ui.runtime.tasks import Typed
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.settings.privacy import PrivacySection
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.shade import Shade
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.vault import PASSPHRASE, copied
from tests.fixtures.windows import Program

COVER_MS = 100
ELSEWHERE = {"twelve_hours"}
"""Choices that stand under Appearance."""


@pytest.fixture
def presenter(program: Program) -> UnlockPresenter:
    copied(program.folder)
    found = program.start().window.findChild(UnlockPresenter)
    assert isinstance(found, UnlockPresenter)
    return found


@pytest.fixture
def shell(program: Program, presenter: UnlockPresenter) -> MainWindow:
    presenter.try_passphrase(PASSPHRASE)
    program.wait(lambda: program.running.session)
    session = program.running.session
    assert session is not None
    return session


@pytest.fixture
def told_labels() -> Iterator[None]:
    yield
    use_plain_labels(False)


def desk_of(program: Program) -> Desk:
    return vaults.unlock(program.folder, PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE)


def test_the_window_is_covered_before_anything_else_is_done(program: Program, shell: MainWindow) -> None:
    window, seen = program.running.window, []
    original = program._start_again

    def started(folder: Path, told: Handover) -> bool:
        seen.append((window.covered, shell.isVisible(), program.running.session is shell))
        return original(folder, told)

    object.__setattr__(program.running._around, "start_again", started)
    begun = time.perf_counter()
    program.running._cover()
    covered_ms = (time.perf_counter() - begun) * 1000
    program.running.lock()

    assert seen == [(True, False, True)], "the fresh process starts early, and the cover is there by then"
    assert covered_ms <= COVER_MS
    shade = window.findChild(Shade)
    assert shade is not None
    assert shade.geometry() == window.rect()
    assert program.restarts == ["asked"]
    assert program.quits == 0
    program.wait(lambda: program.quits == 1)


def test_menus_tips_and_dialogs_that_are_windows_go_too(program: Program, shell: MainWindow) -> None:
    menu = QMenu(shell)
    menu.addAction("words")
    menu.popup(shell.mapToGlobal(QPoint(10, 10)))
    QToolTip.showText(shell.mapToGlobal(QPoint(40, 40)), "words", shell)
    dialog = QFileDialog(shell)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(program.folder.parent))
    dialog.open()
    QApplication.processEvents()
    program.running.lock()

    visible = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert visible == []
    assert program.restarts == ["asked"]


def test_words_typed_a_moment_ago_into_a_dialog_are_kept(program: Program, shell: MainWindow) -> None:
    surface = open_record_form(shell.context, "note")
    shell.open_over(surface)
    program.wait(lambda: surface._opened is not None)
    surface.form.set_answers({"body": "half a sent"})
    surface.form.changed.emit()
    program.running.lock()

    desk = desk_of(program)
    assert [draft.body["body"] for draft in desk.drafts.all()] == ["half a sent"]
    desk.close()


def test_what_a_busy_worker_cannot_save_is_sealed(
    program: Program, shell: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.parting.DRAIN_S", 0.05)
    let_go, ended = threading.Event(), []

    def end_now() -> None:
        ended.append(True)
        let_go.set()

    object.__setattr__(program.running._around, "end_now", end_now)
    monkeypatch.setattr("app.ui.parting.REST_S", 0.05)
    shell.context.tasks.run(lambda _desk: let_go.wait(20), lambda _value: None)
    shell.context.tasks.run(
        lambda desk: desk.drafts.keep("new:note", "note", {"body": "sealed words"}),
        lambda _none: None,
        typed=Typed("new:note", "note", {"body": "sealed words"}),
    )
    program.running.lock()

    assert ended == [True], "what still works is ended by force"
    sealed = list((program.folder / "inbox").iterdir())
    assert len(sealed) == 1
    assert b"sealed words" not in sealed[0].read_bytes()
    _until_free(program)


def _until_free(program: Program) -> None:
    """In a test the worker ends by itself in the end, since nothing kills it."""

    def opens() -> bool:
        try:
            desk_of(program).close()
        except VaultError:
            return False
        return True

    program.wait(opens)


def test_a_save_that_failed_is_sealed(program: Program, shell: MainWindow) -> None:
    def fails(_desk: Desk) -> None:
        raise VaultError(Code.DISK_FULL)

    told: list[object] = []
    typed = Typed("new:note", "note", {"body": "no room"})
    shell.context.tasks.run(fails, lambda _none: None, told.append, typed=typed)
    program.wait(lambda: told)
    program.running.lock()

    assert len(list((program.folder / "inbox").iterdir())) == 1


def test_what_was_saved_is_not_sealed(program: Program, shell: MainWindow) -> None:
    typed = Typed("new:note", "note", {"body": "words"})
    shell.context.tasks.run(
        lambda desk: desk.drafts.keep("new:note", "note", {"body": "words"}), lambda _none: None, typed=typed
    )
    program.running.lock()

    assert not (program.folder / "inbox").exists() or list((program.folder / "inbox").iterdir()) == []


def test_a_page_that_breaks_does_not_keep_the_journal_open(
    program: Program, shell: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ValueError("words of a page")

    monkeypatch.setattr(shell._pages, "leave", broken)
    program.running.lock("idle")

    assert program.restarts == ["idle"]
    desk_of(program).close()


def test_a_process_that_cannot_be_started_again_still_ends(program: Program, shell: MainWindow) -> None:
    def broken(_folder: Path, _told: Handover) -> bool:
        raise OSError

    object.__setattr__(program.running._around, "start_again", broken)
    program.running.lock()

    assert program.running.session is None
    desk_of(program).close()


@pytest.mark.parametrize("reason", ["sleep", "screen_lock", "user_switch", "clock"])
def test_the_system_locks(program: Program, shell: MainWindow, reason: str) -> None:
    assert shell.isVisible()
    program.running.system_asked(reason)

    assert program.restarts == [reason]


def test_what_was_chosen_not_to_lock_does_not(program: Program, shell: MainWindow) -> None:
    chosen = Choices(lock_on_sleep=False, lock_with_screen=False, lock_on_switch=False)
    shell._opened.bus.chosen.emit(chosen)
    for reason in ("sleep", "screen_lock", "user_switch"):
        program.running.system_asked(reason)
    assert program.restarts == []

    program.running.system_asked("clock")
    assert program.restarts == ["clock"]


def test_minimising_locks_where_it_was_chosen(program: Program, shell: MainWindow) -> None:
    program.running.window.put_away.emit()
    assert program.restarts == []

    shell._opened.bus.chosen.emit(Choices(lock_minimised=True))
    program.running.window.showMinimized()
    QApplication.processEvents()
    assert program.restarts == ["minimised"]


def test_the_watch_listens_once_the_window_is_there_and_its_word_locks(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Told(SystemWatch):
        started = stopped = 0

        def start(self) -> None:
            Told.started += 1

        def stop(self) -> None:
            Told.stopped += 1

    made: list[Told] = []

    def watch(parent: QObject) -> SystemWatch:
        made.append(Told(parent))
        return made[-1]

    vaults.create_vault(
        program.folder, "Noa", PASSPHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE
    ).close()
    application = program.start()
    object.__setattr__(application._around, "watch", watch)
    application._begin_watch()
    application._begin_watch()
    assert Told.started == 1
    presenter = application.window.findChild(UnlockPresenter)
    assert isinstance(presenter, UnlockPresenter)
    presenter.try_passphrase(PASSPHRASE)
    program.wait(lambda: application.session)
    made[0].lock_asked.emit("sleep")

    assert program.restarts == ["sleep"]
    assert Told.stopped == 1


def test_a_lock_while_locked_forgets_what_was_typed(program: Program, presenter: UnlockPresenter) -> None:
    view = program.running.window.content()
    field = view._field  # type: ignore[union-attr]  # the unlock view
    QTest.keyClicks(field, "half a pass")
    program.running.system_asked("screen_lock")

    assert field.text() == ""
    assert program.restarts == []


def test_locking_twice_is_locking_once(program: Program, shell: MainWindow) -> None:
    assert shell.isVisible()
    program.running.lock()
    program.running.lock("idle")
    program.running.system_asked("sleep")
    program.running.close()

    assert program.restarts == ["asked"]


def test_the_fresh_window_stands_where_the_other_stood(program: Program, shell: MainWindow) -> None:
    window = program.running.window
    window.setGeometry(40, 60, 1030, 720)
    assert shell.isVisible()
    place = window.place()
    assert place == Place(40, 60, 1030, 720)
    program.running.lock()

    following = program.start().window
    following.take_place(place)
    assert following.geometry().getRect() == (40, 60, 1030, 720)
    before = following.geometry()
    following.take_place(Place(90_000 % 32_767, 30_000, 800, 600))
    assert following.geometry() == before, "not on any screen"


def test_settings_say_and_take_every_choice(program: Program, shell: MainWindow, told_labels: None) -> None:
    del told_labels
    shell.go("settings")
    section = shell.findChild(PrivacySection)
    assert section is not None
    program.wait(section.isVisible)
    shell.context.bus.chosen.emit(Choices())
    declared = {name: getattr(Choices(), name) for name in Choices.__struct_fields__ if name not in ELSEWHERE}
    ticks = {name for name, value in declared.items() if isinstance(value, bool)}
    assert set(section._ticks) - {"out_of_pictures"} == ticks - {"out_of_pictures"}, "pictures: where it is offered"
    assert set(section._selects) == set(declared) - ticks
    told: list[Choices] = []
    shell._opened.bus.chosen.connect(told.append)
    section._ticks["lock_minimised"].click()
    program.wait(lambda: told)
    assert told[-1].lock_minimised
    assert shell.choices.locks_for("minimised")
    section._ticks["plain_labels"].click()
    program.wait(lambda: len(told) > 1)

    assert page_words("injuries") == "Threads"
    assert commands()["trigger"].words == "Quick note"
    assert shell._rail._rows["injuries"].text() == "Threads"
    assert shell._buttons["trigger"].text() == "Quick note"
    assert shell._actions["trigger"].text() == "Quick note"


def test_every_dialog_over_a_page_is_asked_to_leave(program: Program, shell: MainWindow) -> None:
    shell.log_trigger()
    shell.help("limits")
    program.wait(lambda: len(shell.findChildren(DialogSurface)) == 2)
    asked: list[int] = []
    for number, surface in enumerate(shell.findChildren(DialogSurface)):
        surface.dismissed.connect(lambda number=number: asked.append(number))
    program.running.lock()

    assert sorted(asked) == [0, 1]
    assert Qt.WindowState.WindowMinimized not in program.running.window.windowState()


def test_the_bounds_fit_into_the_whole() -> None:
    from app.ui.parting import BOUND_S, REST_S

    assert DRAIN_S + REST_S < BOUND_S
