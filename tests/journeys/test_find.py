"""Finding something written long ago, with the worker thread between keyboard and store: Ctrl+K, words, Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.crypto.kdf import FLOOR
from app.services import vaults
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.unlock.view import UnlockView
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"
CTRL = Qt.KeyboardModifier.ControlModifier


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_words_from_years_ago_are_found_from_any_page_and_read(program: Program) -> None:
    desk = vaults.create_vault(
        program.folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    )
    desk.journal.add("note", {"body": "The drinks machine in the corridor.", "at": {"day": "2023-03-09"}})
    for number in range(120):
        desk.journal.add("note", {"body": f"An ordinary evening, {number}."})
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

    program.wait(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(_focused(), Qt.Key.Key_K, CTRL)
    screen = session._pages.current
    assert isinstance(screen, JournalScreen)
    program.wait(screen._view.search.hasFocus)
    QTest.keyClicks(_focused(), "drinks mach")

    def found() -> list[EntryRow]:
        return [row for row in screen._presenter.shown.rows if isinstance(row, EntryRow)]

    program.wait(lambda: len(found()) == 1)
    QTest.keyClick(_focused(), Qt.Key.Key_Down)
    QTest.keyClick(_focused(), Qt.Key.Key_Return)
    program.wait(lambda: screen._presenter.shown.reading is not None)

    reading = screen._presenter.shown.reading
    assert reading is not None
    assert (reading.title, reading.when) == ("The drinks machine in the corridor.", "Thursday 9 March 2023")
    assert reading.late.startswith("looking back")
