"""A note, a trigger and a tally left at the locked screen join in their order, and are told of once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit

from app.ui.screens.drop.view import DropSurface
from tests.journeys.hands import CTRL, Hands, new_journal

ALT = Qt.KeyboardModifier.AltModifier


def _waiting(folder: Path) -> int:
    return len(list((folder / "inbox").iterdir()))


def test_three_things_join_in_order_and_once(hands: Hands, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    new_journal(folder).close()
    hands.at_the_locked_screen()
    hands.press("Leave a note without opening")
    hands.program.wait(lambda: isinstance(hands.top(), DropSurface))
    surface = hands.top()
    assert isinstance(surface, DropSurface)
    hands.program.wait(lambda: surface._owners and surface._note.hasFocus())
    QTest.keyClicks(hands.focused(), "before it slips away")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: _waiting(folder) == 1 and not surface._note.words())

    surface._what.choose(1)
    surface._what.changed.emit(1)
    field = next(
        part
        for kind in (QLineEdit, QTextEdit)
        for part in surface._form.findChildren(kind)
        if part.isVisible() and part.isEnabled()
    )
    field.setFocus()
    QTest.keyClicks(field, "a door that shut")
    hands.picture("drop-trigger")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: _waiting(folder) == 2)
    hands.program.wait(lambda: surface._kept == 2)
    hands.key(Qt.Key.Key_T, ALT)
    hands.program.wait(lambda: _waiting(folder) == 3)
    hands.program.wait(lambda: surface._kept == 3)
    hands.picture("drop-tally")
    assert "slips" not in hands.words()
    assert "door" not in hands.words()
    hands.key(Qt.Key.Key_Escape)
    hands.program.wait(lambda: hands.top() is hands.window)

    hands.tries("amber kettle orchard seven")
    hands.program.wait(lambda: hands.program.running.session is not None)
    hands.sees("3 things kept while locked have joined your journal.")
    hands.press("Show")
    hands.program.wait(lambda: hands.session._pages.name == "journal")
    order = hands.asked(
        lambda desk: [row[0] for row in desk.session.connection.execute("SELECT kind FROM record ORDER BY number")]
    )
    assert order == ["note", "trigger", "trigger"]
    assert _waiting(folder) == 0
    hands.locks()
    hands.unlocks()
    for _ in range(3):
        hands.asked(lambda _desk: None)
    assert "kept while locked" not in hands.words(), "told once"
