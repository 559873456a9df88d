"""From nothing to a written evening, by keyboard: make a journal, check in, lock, unlock, and it is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.screens.first_run.pages import PassphrasePage
from app.ui.screens.first_run.state import Step
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.unlock.view import UnlockView
from app.ui.widgets.buttons import Radio
from app.ui.widgets.scale import Scale
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focused(), key, modifier)


def _confirm() -> None:
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _first_run(program: Program) -> FirstRunView:
    view = program.start().window.content()
    assert isinstance(view, FirstRunView)
    program.running.window.activateWindow()
    program.wait(lambda: program.running._warmup.peek() is not None and QApplication.focusWidget() is not None)
    return view


def _step_to(program: Program, view: FirstRunView, step: Step) -> None:
    program.wait(lambda: view._presenter.shown.step is step)


def _make_by_keyboard(program: Program) -> MainWindow:
    view = _first_run(program)
    _press(Qt.Key.Key_Space)  # Begin a journal
    _step_to(program, view, Step.BEFORE)
    program.wait(lambda: isinstance(QApplication.focusWidget(), Radio))  # the first question has the keyboard
    _press(Qt.Key.Key_Space)
    _confirm()
    _step_to(program, view, Step.PLACE)
    _confirm()
    _step_to(program, view, Step.PASSPHRASE)
    QTest.keyClicks(_focused(), PHRASE)
    passphrase = view.page(Step.PASSPHRASE)
    assert isinstance(passphrase, PassphrasePage)
    passphrase._again.setFocus()
    QTest.keyClicks(_focused(), PHRASE)
    program.wait(lambda: view._presenter.shown.can_go_on)
    _confirm()
    _step_to(program, view, Step.WHO)
    assert isinstance(_focused(), QLineEdit)
    QTest.keyClicks(_focused(), "Noa")
    _confirm()
    program.wait(lambda: program.running.session is not None)
    session = program.running.session
    assert session is not None
    return session


def _answered_today(program: Program, session: MainWindow) -> list[int | None]:
    found: list[int | None] = []
    session.context.tasks.run(_safety, found.append)
    program.wait(lambda: found)
    return found


def _safety(desk: Desk) -> int | None:
    row = desk.session.connection.execute(
        "SELECT value FROM measure WHERE name = 'felt_safety' ORDER BY day DESC LIMIT 1"
    ).fetchone()
    return None if row is None else round(float(row[0]))


def test_a_journal_is_made_written_locked_and_opened_again(program: Program) -> None:
    session = _make_by_keyboard(program)
    program.wait(lambda: isinstance(QApplication.focusWidget(), Scale))  # Today asks its first question
    _press(Qt.Key.Key_6)
    _confirm()
    program.wait(lambda: _answered_today(program, session)[0] == 6)

    _press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: program.quits)
    assert program.restarts == ["asked"]
    assert program.running.session is None
    assert not program.running.window.isVisible()

    view = program.start("asked").window.content()
    assert isinstance(view, UnlockView)
    program.running.window.activateWindow()
    program.wait(view._field.hasFocus)
    QTest.keyClicks(view._field, "not these words")
    _press(Qt.Key.Key_Return)
    program.wait(lambda: view._state.trouble is not None)
    assert program.running.session is None
    QTest.keyClicks(view._field, PHRASE)  # what was typed before is selected and replaced
    _press(Qt.Key.Key_Return)
    program.wait(lambda: program.running.session is not None)
    again = program.running.session
    assert again is not None
    assert _answered_today(program, again) == [6]
