"""A thread in the whole program: begun with a title, told, weighed, found after the next unlock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.crypto.kdf import FLOOR
from app.services import vaults
from app.ui.main_window import MainWindow
from app.ui.screens.injuries.screen import InjuriesScreen
from app.ui.screens.unlock.view import UnlockView
from app.ui.widgets.ask import LineSurface
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"
CTRL = Qt.KeyboardModifier.ControlModifier


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _unlocked(program: Program) -> MainWindow:
    view = program.start().window.content()
    assert isinstance(view, UnlockView)
    program.running.window.activateWindow()
    program.wait(view._field.hasFocus)
    QTest.keyClicks(view._field, PHRASE)
    QTest.keyClick(_focused(), Qt.Key.Key_Return)
    program.wait(lambda: program.running.session is not None)
    session = program.running.session
    assert session is not None
    return session


def _page(program: Program, session: MainWindow) -> InjuriesScreen:
    session.go("injuries")
    screen = session._pages.current
    assert isinstance(screen, InjuriesScreen)
    program.wait(lambda: screen._presenter.shown.loaded and QApplication.focusWidget() is not None)
    return screen


def test_a_thread_from_its_title_to_the_next_day(program: Program) -> None:
    desk = vaults.create_vault(
        program.folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    )
    desk.close()
    session = _unlocked(program)
    screen = _page(program, session)
    presenter = screen._presenter

    QTest.keyClick(_focused(), Qt.Key.Key_N, CTRL)
    program.wait(lambda: session._stage.findChildren(LineSurface))
    QTest.keyClicks(_focused(), "The night at the hospital")
    QTest.keyClick(_focused(), Qt.Key.Key_Return)
    program.wait(lambda: presenter.shown.detail is not None)
    detail = screen._view.detail
    QTest.mouseClick(detail._keep, Qt.MouseButton.LeftButton)
    QTest.keyClicks(detail._editor, "Eleven calls.")
    QTest.keyClick(detail._editor, Qt.Key.Key_Return, CTRL)
    program.wait(lambda: presenter.shown.detail is not None and presenter.shown.detail.story == "Eleven calls.")
    scale = detail.side._scale
    scale.setFocus()
    QTest.keyClick(scale, Qt.Key.Key_7)
    program.wait(lambda: presenter.shown.detail is not None and presenter.shown.detail.weight.value == 7)
    detail.write_asked.emit()
    QTest.keyClicks(detail._editor, " Then none.")
    QTest.keyClick(_focused(), Qt.Key.Key_L, CTRL)  # locking keeps what is being written
    program.wait(lambda: program.running.session is None)
    assert not presenter.shown.groups

    screen = _page(program, _unlocked(program))
    assert screen.subtitle == "one thread"
    assert screen._presenter.shown.cover is not None
    screen._view.cover.open.click()
    program.wait(lambda: screen._presenter.shown.detail is not None)
    shown = screen._presenter.shown.detail
    assert shown is not None
    assert (shown.title, shown.story) == ("The night at the hospital", "Eleven calls. Then none.")
    assert shown.weight.value == 7
