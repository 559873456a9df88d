"""Second thoughts in the real window: written, taken back, done again, removed, brought back, an older version read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.records import RecordId
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.journal.view import JournalView
from app.ui.widgets.history import HistorySurface
from tests.fixtures.windows import Program
from tests.journeys.test_trigger import CTRL, asked, unlocked

REDO = CTRL | Qt.KeyboardModifier.ShiftModifier


def _rows(view: JournalView) -> list[str]:
    return [row.record for row in view.timeline.rows._rows if isinstance(row, EntryRow)]


def _press(program: Program, key: Qt.Key, how: Qt.KeyboardModifier) -> None:
    """A key of the window, pressed outside any text field."""
    session = program.running.session
    assert session is not None
    view = session.findChild(JournalView)
    assert view is not None
    view.timeline.setFocus()
    QTest.keyClick(view.timeline, key, how)


def _note(program: Program, session: MainWindow) -> RecordId:
    def write(desk: Desk) -> RecordId:
        record = desk.journal.add("note", {"body": "The rain began at four."})
        desk.journal.edit(record, {"body": "The rain began at five, and I stayed."})
        return record

    return RecordId(str(asked(program, session, write)))


def test_second_thoughts(program: Program) -> None:
    session = unlocked(program)
    record = _note(program, session)
    session.go("journal")
    view = session.findChild(JournalView)
    assert isinstance(view, JournalView)
    program.wait(lambda: _rows(view) == [record])
    undo = session._actions["undo"]
    program.wait(lambda: undo.text() == "Undo: note changed")

    _press(program, Qt.Key.Key_Z, CTRL)
    program.wait(lambda: undo.text() == "Undo: note added")
    assert "four" in str(asked(program, session, lambda desk: desk.journal.record(record).body))
    assert session._toast.words().startswith("Taken back: note changed.")
    _press(program, Qt.Key.Key_Z, CTRL)
    program.wait(lambda: _rows(view) == [])
    _press(program, Qt.Key.Key_Z, REDO)
    program.wait(lambda: _rows(view) == [record])
    _press(program, Qt.Key.Key_Z, REDO)
    program.wait(lambda: undo.text() == "Undo: note changed")
    assert "five" in str(asked(program, session, lambda desk: desk.journal.record(record).body))

    view.timeline.focus_first()
    QTest.keyClick(view.timeline, Qt.Key.Key_Delete)
    program.wait(view._removed.isVisible)
    view._removed.click()
    program.wait(lambda: _rows(view) == [record])
    view.timeline.focus_first()
    QTest.keyClick(view.timeline, Qt.Key.Key_Return)
    program.wait(lambda: QApplication.focusWidget() in view.reader._away)
    QTest.keyClick(view.reader._away[0], Qt.Key.Key_Space)
    program.wait(lambda: _rows(view) == [])
    view._removed.click()
    program.wait(lambda: _rows(view) == [record])

    view.timeline.opened.emit(record)
    program.wait(view.reader._standing[0].isVisible)
    view.reader._standing[1].click()
    program.wait(lambda: session.findChild(HistorySurface) is not None)
    surface = session.findChild(HistorySurface)
    assert isinstance(surface, HistorySurface)
    oldest = surface.rows[-1]
    assert oldest.version.changed == "Begun here."
    oldest.back.click()
    program.wait(lambda: session._toast.words() == "That version stands again.")
    assert "four" in str(asked(program, session, lambda desk: desk.journal.record(record).body))
    assert asked(program, session, lambda desk: desk.checks.verify().clean)


def test_in_a_text_field_the_key_takes_back_typing_only(program: Program) -> None:
    session = unlocked(program)
    record = _note(program, session)
    session.go("journal")
    view = session.findChild(JournalView)
    assert isinstance(view, JournalView)
    program.wait(view.search.hasFocus)
    QTest.keyClicks(view.search, "rain")
    QTest.keyClick(view.search, Qt.Key.Key_Z, CTRL)
    assert view.search.text() != "rain"
    assert "five" in str(asked(program, session, lambda desk: desk.journal.record(record).body))
