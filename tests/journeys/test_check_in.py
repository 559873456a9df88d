"""An evening's check-in in the whole program: a number, saved, changed later, and a half-written one that survives."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.desk import Desk
from app.services.today import CheckinDay
from app.ui.main_window import MainWindow
from app.ui.screens.today.checkin_card import CheckinView
from app.ui.widgets.scale import Scale
from tests.fixtures.session import EVENING
from tests.fixtures.windows import Program
from tests.journeys.test_trigger import asked, unlocked

CTRL = Qt.KeyboardModifier.ControlModifier


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _card(program: Program, session: MainWindow) -> CheckinView:
    program.wait(lambda: isinstance(QApplication.focusWidget(), Scale))
    return session.findChildren(CheckinView)[0]


def _day(desk: Desk) -> CheckinDay:
    return desk.today.state(EVENING).checkin


def test_a_number_is_enough_and_can_be_changed_later(program: Program) -> None:
    session = unlocked(program)
    card = _card(program, session)
    QTest.keyClick(_focused(), Qt.Key.Key_1)
    QTest.keyClick(_focused(), Qt.Key.Key_0)
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    program.wait(card._folded.isVisible)
    program.wait(card._edit.hasFocus)

    QTest.keyClick(_focused(), Qt.Key.Key_Space)
    program.wait(lambda: card._open.isVisible() and isinstance(QApplication.focusWidget(), Scale))
    QTest.keyClick(_focused(), Qt.Key.Key_4)
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    program.wait(card._folded.isVisible)

    found = asked(program, session, _day)
    assert isinstance(found, CheckinDay)
    assert found.saved is not None
    assert found.saved.answers["felt_safety"] == 4
    record = found.saved.record
    assert asked(program, session, lambda desk: len(desk.journal.history(record))) == 2


def test_what_was_half_written_is_there_after_a_lock(program: Program) -> None:
    session = unlocked(program)
    _card(program, session)
    QTest.keyClick(_focused(), Qt.Key.Key_3)
    QTest.keyClick(_focused(), Qt.Key.Key_L, CTRL)
    program.wait(lambda: program.quits)

    view = program.start("asked").window.content()
    program.running.window.activateWindow()
    assert view is not None
    field = view._field  # type: ignore[attr-defined]  # the unlock screen's
    program.wait(field.hasFocus)
    QTest.keyClicks(field, "amber kettle orchard seven")
    QTest.keyClick(field, Qt.Key.Key_Return)
    program.wait(lambda: program.running.session is not None)
    again = program.running.session
    assert again is not None
    card = _card(program, again)
    program.wait(lambda: card.answers() == {"felt_safety": 3})
