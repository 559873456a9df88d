"""Two people talk at one keyboard and the power goes: what stood on the disk at that second opens at the same step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.conversing import Talk
from app.services.desk import Desk
from app.ui.screens.calm.cover import CalmCover
from app.ui.screens.conversation.presenter import BEGIN, TYPED_AFTER_MS
from app.ui.screens.conversation.screen import ConversationScreen
from app.ui.screens.conversation.state import Part
from app.ui.screens.repair.paused_row import PausedRow
from app.ui.screens.repair.screen import RepairScreen
from app.ui.widgets.fields import GrowingText
from tests.fixtures.two import OTHER_PASSPHRASE, copied
from tests.fixtures.vault import PASSPHRASE
from tests.fixtures.windows import Program
from tests.journeys.hands import CTRL, Hands

SCRIPT = "hearing-an-old-hurt"
SAID = "I rang, and it rang out"
SAFE = ("7", "6")


@pytest.fixture
def two(hands: Hands, program: Program) -> Hands:
    """The window of a vault in which both have their part."""
    copied(program.folder)
    return hands


def _page(hands: Hands, target: str) -> ConversationScreen:
    hands.session.go("conversation", target)
    screen = hands.session._pages.current
    assert isinstance(screen, ConversationScreen)
    hands.program.wait(lambda: screen._presenter.shown.part is not Part.LOADING)
    return screen


def _talk(screen: ConversationScreen) -> Talk:
    talk = screen._presenter.talk
    assert talk is not None
    return talk


def _notes(screen: ConversationScreen) -> GrowingText:
    notes = screen._view.step._notes
    assert isinstance(notes, GrowingText)
    return notes


def _to_the_first_note(hands: Hands) -> ConversationScreen:
    """Begin, answer how safe it feels in turn, and go on to a step that takes notes."""
    screen = _page(hands, BEGIN + SCRIPT)
    for box in screen._view.start._checks:
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)
        if not box.isChecked():
            box.click()
    QTest.keyClick(screen._view.start, Qt.Key.Key_Return, CTRL)
    for digit in SAFE:
        hands.program.wait(lambda: screen._presenter.shown.part is Part.SAFETY)
        hands.program.wait(lambda: screen._view.safety._scale.value() is None)
        QTest.keyClicks(screen._view.safety._scale, digit)
        QTest.keyClick(screen._view.safety._scale, Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: screen._presenter.shown.part is Part.STEP)
    hands.program.wait(_notes(screen).isVisible)
    return screen


def _power_goes(hands: Hands, program: Program, to: Path) -> None:
    """Nothing is closed, saved or said any more: only what is on the disk at this second is left."""
    shutil.copytree(program.folder, to)
    program.end()
    program.folder = to


def test_a_conversation_of_two_goes_on_where_the_power_went(two: Hands, program: Program, tmp_path: Path) -> None:
    two.unlocks(PASSPHRASE)
    screen = _to_the_first_note(two)
    _notes(screen).setFocus()
    QTest.keyClicks(_notes(screen), SAID)
    step = _talk(screen).step
    QTest.qWait(TYPED_AFTER_MS * 2)  # at the most so much of what was typed is not on the disk yet
    two.asked(lambda desk: desk.session.person.id)
    _power_goes(two, program, tmp_path / "as it stood")

    two.unlocks(PASSPHRASE)
    two.session.go("repair")
    cards = two.session._pages.current
    assert isinstance(cards, RepairScreen)
    program.wait(lambda: [row for row in cards._view.paused.findChildren(PausedRow) if row.isVisible()])
    (row,) = [row for row in cards._view.paused.findChildren(PausedRow) if row.isVisible()]
    assert SAID not in two.words(), "where it stands above the cards it does not say what was written"
    QTest.mouseClick(row.again, Qt.MouseButton.LeftButton)
    program.wait(lambda: two.session._pages.name == "conversation")
    again = two.session._pages.current
    assert isinstance(again, ConversationScreen)
    program.wait(lambda: again._presenter.shown.part in {Part.STEP, Part.PAUSED})
    if again._presenter.shown.part is Part.PAUSED:
        again._view.pause.back.click()
    assert _talk(again).step == step
    assert _notes(again).words() == SAID
    assert not any(value in two.words() for value in ("7 of 10", "6 of 10")), "how safe it felt is nobody's to read"
    two.picture("two-talk-resumed")


def test_what_is_paused_by_one_waits_for_them_and_the_other_is_told_nothing(two: Hands) -> None:
    two.unlocks(PASSPHRASE)
    screen = _to_the_first_note(two)
    QTest.keyClicks(_notes(screen), SAID)
    screen._leave.click()
    two.program.wait(lambda: two.session._pages.name == "repair")
    assert len(_waiting(two)) == 1

    two.unlocks(OTHER_PASSPHRASE)
    assert _waiting(two) == ()
    for page in ("today", "repair", "journal"):
        two.session.go(page)
        assert two.session._pages.name == page
        assert SAID not in two.words()


def _waiting(hands: Hands) -> tuple[object, ...]:
    def paused(desk: Desk) -> tuple[object, ...]:
        return tuple(desk.conversations.paused())

    found = hands.asked(paused)
    assert isinstance(found, tuple)
    return found


def test_calm_at_the_locked_screen_of_two_names_nobody_and_leads_back(two: Hands, program: Program) -> None:
    view = two.at_the_locked_screen()
    before = {path: path.read_bytes() for path in program.folder.rglob("*") if path.is_file()}
    QTest.keyClick(view._field, Qt.Key.Key_G, CTRL)
    program.wait(lambda: view.findChildren(CalmCover))
    cover = view.findChild(CalmCover)
    assert isinstance(cover, CalmCover)
    said = two.words(cover)
    assert "Noa" not in said and "Jules" not in said
    two.picture("two-calm-locked")
    QTest.keyClick(cover.view.circle, Qt.Key.Key_Escape)
    program.wait(view._field.hasFocus)
    assert {path: path.read_bytes() for path in program.folder.rglob("*") if path.is_file()} == before
    two.tries(OTHER_PASSPHRASE)
    program.wait(lambda: program.running.session is not None)
