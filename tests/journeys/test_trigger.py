"""A trigger in the whole program by keyboard alone: Ctrl+T, words, Tab, digit, Tab, digit, Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.crypto.kdf import FLOOR
from app.domain.kinds.trigger import Trigger
from app.services import vaults
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.screens.trigger.view import TriggerSurface
from app.ui.screens.unlock.view import UnlockView
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"
CTRL = Qt.KeyboardModifier.ControlModifier


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def unlocked(program: Program) -> MainWindow:
    """A journal for two, opened by its passphrase."""
    desk = vaults.create_vault(
        program.folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    )
    desk.close()
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


def asked(program: Program, session: MainWindow, question: Callable[[Desk], object]) -> object:
    """What the desk answers, on its own thread."""
    found: list[object] = []
    session.context.tasks.run(question, found.append)
    program.wait(lambda: found)
    return found[0]


def _newest(desk: Desk) -> object:
    entries = desk.journal.page(kinds=("trigger",)).entries
    return [desk.journal.record(entry.id).body for entry in entries]


def _surface(program: Program, session: MainWindow) -> TriggerSurface:
    program.wait(lambda: [s for s in session.findChildren(TriggerSurface) if s.isVisible() and s.presenter.ready])
    return next(s for s in session.findChildren(TriggerSurface) if s.isVisible())


def _closing(surface: TriggerSurface) -> list[bool]:
    """Becomes true once the surface is done with."""
    gone: list[bool] = []
    surface.finished.connect(lambda: gone.append(True))
    return gone


def test_three_things_by_keyboard(program: Program) -> None:
    session = unlocked(program)
    program.wait(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(_focused(), Qt.Key.Key_T, CTRL)
    gone = _closing(_surface(program, session))

    QTest.keyClicks(_focused(), "Phone face down on the table")
    QTest.keyClick(_focused(), Qt.Key.Key_Tab)
    QTest.keyClick(_focused(), Qt.Key.Key_7)
    QTest.keyClick(_focused(), Qt.Key.Key_Tab)
    QTest.keyClick(_focused(), Qt.Key.Key_2)
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    program.wait(lambda: gone)

    saved = asked(program, session, _newest)
    assert isinstance(saved, list)
    assert len(saved) == 1
    body = saved[0]
    assert isinstance(body, Trigger)
    assert (body.cue, body.peak, body.move) == ("Phone face down on the table", 7, ("withdraw",))
    assert body.at is not None
    assert (body.at.day, body.at.time) == (EVENING.date(), EVENING.time())


def test_escape_keeps_it_on_today_and_it_can_be_completed(program: Program) -> None:
    session = unlocked(program)
    program.wait(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(_focused(), Qt.Key.Key_T, CTRL)
    gone = _closing(_surface(program, session))
    QTest.keyClicks(_focused(), "Keys in the door")
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    program.wait(lambda: gone)

    unfinished = asked(program, session, lambda desk: desk.today.state(EVENING).unfinished)
    assert isinstance(unfinished, tuple)
    assert [(item.reason, item.title) for item in unfinished] == [("draft", "Keys in the door")]
    session.log_trigger()
    again = _surface(program, session)
    gone = _closing(again)
    assert again.answers()["cue"] == "Keys in the door"
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    program.wait(lambda: gone)
    assert asked(program, session, lambda desk: desk.drafts.all()) == []
