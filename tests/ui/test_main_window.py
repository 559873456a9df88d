"""The shell of an open journal: pages, veil, menus, looks and the way out, in the real program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.data.tries import WAITS_S
from app.services import vaults
from app.ui.actions import PAGES
from app.ui.main_window import MainWindow
from app.ui.screens.settings.state import SECTIONS
from app.ui.screens.settings.view import SettingsView
from app.ui.screens.unlock.view import UnlockView
from app.ui.theme.hub import current_hub
from app.ui.widgets.dialog import DialogSurface
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.vault import PASSPHRASE, copied
from tests.fixtures.windows import Program


@pytest.fixture
def locked(program: Program) -> UnlockView:
    copied(program.folder)
    view = program.start().window.content()
    assert isinstance(view, UnlockView)
    return view


@pytest.fixture
def shell(program: Program, locked: UnlockView) -> MainWindow:
    locked._presenter.try_passphrase(PASSPHRASE)
    program.wait(lambda: program.running.session)
    session = program.running.session
    assert session is not None
    return session


def test_the_window_is_neutral_and_names_nobody_before_unlock(program: Program, locked: UnlockView) -> None:
    words = " ".join(label.text() for label in locked.findChildren(type(locked._trouble_title)))

    assert program.running.window.windowTitle() == "Leeward"
    assert "Noa" not in words
    assert "Jules" not in words


def test_misses_wait_longer_and_a_try_meanwhile_waits_its_turn(program: Program, locked: UnlockView) -> None:
    presenter = locked._presenter
    for misses in range(1, 4):
        presenter.try_passphrase("not these words")
        program.wait(lambda: presenter.shown.trouble is not None and presenter._looking is None)
        assert presenter.shown.waiting_s == WAITS_S[misses]
    assert locked._open.isEnabled() and locked._wait.isVisible()
    presenter.try_passphrase(PASSPHRASE)
    assert presenter.shown.queued and locked._stop.isVisible()
    presenter.cancel()
    assert not presenter.shown.queued and presenter.shown.waiting_s > 0
    presenter.try_passphrase(PASSPHRASE)
    program.wait(lambda: program.running.session is not None)


def test_unlocking_can_be_called_off(program: Program, locked: UnlockView) -> None:
    locked._presenter.try_passphrase(PASSPHRASE)
    locked._presenter.cancel()
    program.running._aside.close()
    QTest.qWait(50)

    assert program.running.session is None
    assert not locked._state.busy
    vaults.unlock(program.folder, PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE).close()


def test_locking_wins_over_an_unlock_that_derives(program: Program, locked: UnlockView) -> None:
    locked._presenter.try_passphrase(PASSPHRASE)
    program.running.lock()
    assert not locked._state.busy
    program.running._aside.close()
    QTest.qWait(50)

    assert program.running.session is None
    assert program.restarts == []  # no key was ever used: the same process may go on


def test_locking_wins_over_an_unlock_that_opens(program: Program, locked: UnlockView) -> None:
    locked._presenter.try_passphrase(PASSPHRASE)
    program.wait(lambda: program.running._tasks)
    program.running.lock()
    program.wait(lambda: program.quits)

    assert program.running.session is None
    assert program.restarts == ["asked"]
    vaults.unlock(program.folder, PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE).close()


def test_every_page_opens_and_back_returns(shell: MainWindow) -> None:
    for page in PAGES:
        shell.go(page)
        assert shell._pages.name == page
        assert shell._header.title()
    shell.back()
    assert shell._pages.name == PAGES[-2]


def test_the_veil_hides_the_page_and_what_lies_over_it(shell: MainWindow) -> None:
    shell.help("limits")
    surface = shell.findChild(DialogSurface)
    assert surface is not None
    shell.veil()
    assert not shell._stage.isVisible()
    assert not surface.isVisible()
    assert shell._veil.isVisible()
    shell.unveil()
    assert shell._stage.isVisible()


def test_pages_cannot_be_changed_under_the_veil(shell: MainWindow) -> None:
    shell.veil()
    for name in ("trends", "trigger", "calm", "search", "new", "back", "limits"):
        shell._actions[name].trigger()

    assert shell._pages.name == "today"
    assert shell.findChildren(DialogSurface) == []


def test_nothing_but_the_window_is_ever_shown_as_a_window(program: Program, shell: MainWindow) -> None:
    """A part that is shown before it has a parent flashes as a window of its own and takes the keyboard away."""
    spy = _Windows()
    program.qt.installEventFilter(spy)
    try:
        for page in (*PAGES, "calm"):
            shell.go(page)
            QTest.qWait(60)
        shell.log_trigger()
        for name in ("help", "limits", "safety", "licences"):
            shell.help(name)
        QTest.qWait(20)
    finally:
        program.qt.removeEventFilter(spy)

    assert spy.seen == []


class _Windows(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_a_long_page_of_help_is_read_by_keyboard(shell: MainWindow) -> None:
    shell.window().activateWindow()
    shell.help("limits")
    surface = shell.findChild(DialogSurface)
    assert surface is not None
    QTest.qWait(20)
    bar = surface._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    focused = surface.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(focused, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_text_size_follows_the_keys(shell: MainWindow) -> None:
    try:
        shell._actions["text_larger"].trigger()
        assert current_hub().theme.text_scale == 1.1
        shell._actions["text_smaller"].trigger()
        shell._actions["text_smaller"].trigger()
        assert current_hub().theme.text_scale == 1.0
    finally:
        shell._actions["text_normal"].trigger()


def test_calm_fills_the_window_and_escape_returns(shell: MainWindow) -> None:
    shell.go("settings")
    shell.calm()
    assert not shell._rail.isVisible()
    shell.back()
    assert shell._rail.isVisible()
    assert shell._pages.name == "settings"


def test_choices_are_stored_and_applied_at_once(program: Program, shell: MainWindow) -> None:
    shell.go("settings")
    presenter = shell._pages.current._presenter  # type: ignore[union-attr]
    presenter.choose(veil_on_switch=True)
    program.wait(lambda: shell._choices.veil_on_switch)
    program.running.window.deactivated.emit()
    assert shell._veil.veiled


def test_another_name_is_in_the_questions_at_once_and_can_be_taken_back(program: Program, shell: MainWindow) -> None:
    program.wait(lambda: "With Jules" in _read(shell))
    shell.go("settings")
    presenter = shell._pages.current._presenter  # type: ignore[union-attr]
    presenter.name_partner("Robin")
    program.wait(lambda: shell.context.partner == "Robin")
    shell.go("today")
    program.wait(lambda: "With Robin" in _read(shell))
    assert "Jules" not in _read(shell)

    shell._toast_acted()
    program.wait(lambda: shell.context.partner == "Jules")
    for page in PAGES:
        shell.go(page)


def _read(shell: MainWindow) -> str:
    """Everything that stands on the page."""
    return " ".join(label.text() for label in shell._pages.findChildren(QLabel) if label.isVisible())


def test_in_a_narrow_window_the_settings_are_chosen_from_a_list_that_folds(shell: MainWindow) -> None:
    try:
        shell.go("settings")
        view = shell._pages.current.widget()  # type: ignore[union-attr]
        assert isinstance(view, SettingsView)
        current_hub().set_text_scale(2.0)
        assert view._chooser.isVisible()
        assert not view._list.isVisible()
        view._chooser.setCurrentIndex(SECTIONS.index("about"))
        view._chooser.activated.emit(view._chooser.currentIndex())
        assert view._cards["about"].isVisible()
    finally:
        current_hub().set_text_scale(1.0)
    assert view._list.isVisible()


def test_locking_covers_at_once_closes_everything_and_starts_afresh(program: Program, shell: MainWindow) -> None:
    shell._strip.lock.click()
    assert program.restarts == ["asked"]
    assert not program.running.window.isVisible()
    program.wait(lambda: program.quits)
    # the vault is free again: the lock was given back and the keys are gone from this run
    vaults.unlock(program.folder, PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE).close()


def test_closing_the_window_closes_the_journal_and_starts_nothing(program: Program, shell: MainWindow) -> None:
    assert shell.isVisible()
    program.running.window.close()
    program.wait(lambda: program.quits)

    assert program.restarts == []
    vaults.unlock(program.folder, PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE).close()


def test_f6_goes_round_the_parts_of_the_window(shell: MainWindow) -> None:
    shell.window().activateWindow()
    seen = set()
    for _ in range(4):
        shell._pane(1)
        focused = shell.focusWidget()
        assert focused is not None
        seen.add(focused)
    assert len(seen) >= 3
    QTest.keyClick(shell, Qt.Key.Key_F6)
