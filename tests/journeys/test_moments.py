"""Small moments in the whole program by keyboard alone: each kind with at most twelve keys besides its words.

Somebody who types forty words a minute and needs a second for each other key is done with the longest of these in
under half a minute; the count is held here, not the clock of this computer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.desk import Desk
from app.ui.screens.moments.view import MomentsSurface
from tests.journeys.hands import CTRL, Hands, new_journal

MOST_KEYS = 12
KEY_S, LETTER_S, MOST_S = 1.0, 0.3, 30.0
TAB, DIGIT = Qt.Key.Key_Tab, Qt.Key.Key_0


class Counted:
    """Hands on the keyboard, counting what is no letter of the words."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.keys = self.letters = 0

    def press(self, key: int, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, or one chord."""
        self.keys += 1
        QTest.keyClick(self.hands.focused(), Qt.Key(key), how)

    def write(self, words: str) -> None:
        """Words, wherever the keyboard is."""
        self.letters += len(words)
        QTest.keyClicks(self.hands.focused(), words)

    @property
    def seconds(self) -> float:
        """How long this takes an unhurried person."""
        return self.keys * KEY_S + self.letters * LETTER_S


def _bodies(hands: Hands) -> dict[str, dict[str, object]]:
    """The answers of what was written, by kind."""
    found: dict[str, dict[str, object]] = {}

    def look(desk: Desk) -> bool:
        for entry in desk.journal.page().entries:
            body = desk.journal.record(entry.id).body
            found[entry.kind] = {name: getattr(body, name) for name in body.__struct_fields__}
        return True

    assert hands.asked(look)
    return found


def _enters(hands: Hands) -> None:
    """Unlock, and wait for the keyboard to be on the page."""
    hands.unlocks()
    hands.program.wait(lambda: QApplication.focusWidget() is not None)


JOURNEYS = [
    pytest.param(
        ("moment", 1, "A sigh at the sink, and a hand", (1, 1, 1)),
        {"for_what": "A sigh at the sink, and a hand", "reached": "me", "read_right": "yes", "turned": "toward"},
        id="turning-point",
    ),
    pytest.param(
        ("appreciation", 2, "Tea was standing there when I came home", (2, 1)),
        {"line": "Tea was standing there when I came home", "said": "yes"},
        id="good-thing",
    ),
    pytest.param(
        ("setback", 3, "The old silence after dinner", ()),
        {"happened": "The old silence after dinner"},
        id="setback",
    ),
    pytest.param(
        ("new_experience", 4, "Asked to be held, and was", ()),
        {"happened": "Asked to be held, and was"},
        id="new-moment",
    ),
]


@pytest.mark.parametrize(("typed", "kept"), JOURNEYS)
def test_a_moment_is_noted_in_few_keys(
    hands: Hands, program: object, tmp_path: Path, typed: tuple[str, int, str, Sequence[int]], kept: dict[str, object]
) -> None:
    new_journal(tmp_path / "vault").close()
    _enters(hands)
    kind, number, words, digits = typed
    counted = Counted(hands)

    counted.press(Qt.Key.Key_M, CTRL)
    _surface(hands)
    counted.press(DIGIT + number)
    counted.write(words)
    for digit in digits:
        counted.press(TAB)
        counted.press(DIGIT + digit)
    counted.press(Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: hands.asked(lambda desk: desk.journal.counts()) == {kind: 1})

    answers = _bodies(hands)[kind]
    assert {name: answers[name] for name in kept} == kept
    assert counted.keys <= MOST_KEYS
    assert counted.seconds < MOST_S
    hands.sees("Saved, only for you.", "Undo")


def test_a_setback_with_its_thread_and_what_was_new(hands: Hands, program: object, tmp_path: Path) -> None:
    desk = new_journal(tmp_path / "vault")
    thread = desk.journal.add("injury", {"title": "The hospital"})
    desk.close()
    _enters(hands)
    counted = Counted(hands)

    counted.press(Qt.Key.Key_M, CTRL)
    surface = _surface(hands)
    counted.press(DIGIT + 3)
    counted.write("The hospital smell again")
    hands.program.wait(lambda: surface.presenter.shown.offer is not None)
    counted.press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    hands.program.wait(lambda: surface.answers().get("thread") == thread)
    counted.press(Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: hands.asked(lambda desk: desk.journal.counts().get("setback")))

    assert _bodies(hands)["setback"]["thread"] == thread
    assert counted.keys <= MOST_KEYS
    assert counted.seconds < MOST_S


def _surface(hands: Hands) -> MomentsSurface:
    """The sheet, once it can be written in."""

    def there() -> list[MomentsSurface]:
        found = hands.session.findChildren(MomentsSurface)
        return [one for one in found if one.isVisible() and one.presenter.shown.edition]

    hands.program.wait(there)
    return there()[0]
