"""Chips: one tab stop, keys, own words, strengths, lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub
from app.ui.widgets.chips import Chip, Chips
from tests.ui.widgets.conftest import Stage

FELT = [Chip("fear", "fear"), Chip("sad", "sadness"), Chip("anger", "anger")]


@pytest.fixture
def chips(stage: Stage) -> Chips:
    made = Chips(FELT, name="What I felt", add="other", graded=True, numbered=True)
    stage(made)
    made.setFocus()
    return made


def open_field(chips: Chips, qtbot: QtBot) -> QLineEdit:
    qtbot.keyClick(chips, Qt.Key.Key_End)
    qtbot.keyClick(chips, Qt.Key.Key_Space)
    (field,) = chips.findChildren(QLineEdit)
    return field


def test_digits_toggle_and_tell(chips: Chips, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chips.changed) as told:
        qtbot.keyClick(chips, "2")
    assert told.args == [("sad",)]
    qtbot.keyClick(chips, "2")
    assert chips.chosen() == ()
    qtbot.keyClick(chips, "9")
    assert chips.chosen() == ()


def test_arrows_move_and_space_toggles(chips: Chips, qtbot: QtBot) -> None:
    qtbot.keyClick(chips, Qt.Key.Key_Right)
    qtbot.keyClick(chips, Qt.Key.Key_Right)
    qtbot.keyClick(chips, Qt.Key.Key_Space)
    qtbot.keyClick(chips, Qt.Key.Key_Home)
    qtbot.keyClick(chips, Qt.Key.Key_Space)
    assert chips.chosen() == ("fear", "anger")
    assert chips.accessibleDescription() == "fear, anger; fear"


def test_single_keeps_at_most_one(stage: Stage, qtbot: QtBot) -> None:
    made = Chips(FELT, single=True)
    stage(made)
    qtbot.keyClicks(made, "12")
    assert made.chosen() == ("sad",)


def test_a_strength_is_given_with_plus_and_held_at_four(chips: Chips, qtbot: QtBot) -> None:
    for _ in range(6):
        qtbot.keyClick(chips, Qt.Key.Key_Plus)
    assert chips.grades() == {"fear": 4}
    qtbot.keyClick(chips, Qt.Key.Key_Minus)
    assert chips.grades() == {"fear": 3}
    assert chips.accessibleDescription().startswith("fear 3")


def test_an_own_word_joins_the_chips_chosen(chips: Chips, qtbot: QtBot) -> None:
    field = open_field(chips, qtbot)
    qtbot.keyClicks(field, "  a kind   of shame ")
    with qtbot.waitSignal(chips.changed) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [("a kind of shame",)]
    assert chips.own_words() == ("a kind of shame",)


def test_an_own_word_that_exists_chooses_that_one(chips: Chips, qtbot: QtBot) -> None:
    field = open_field(chips, qtbot)
    qtbot.keyClicks(field, "Sadness")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chips.chosen() == ("sad",)
    assert chips.own_words() == ()


def test_escape_gives_the_word_up_and_goes_no_further(chips: Chips, qtbot: QtBot) -> None:
    field = open_field(chips, qtbot)
    qtbot.keyClicks(field, "shame")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert chips.own_words() == ()
    assert not field.isVisible()


def test_what_was_stored_comes_back_with_own_words(chips: Chips) -> None:
    chips.choose(["sad", "relief"], {"sad": 2})
    assert chips.chosen() == ("sad", "relief")
    assert chips.own_words() == ("relief",)
    assert chips.grades() == {"sad": 2, "relief": 0}


def test_other_offers_keep_what_still_is_offered(chips: Chips) -> None:
    chips.choose(["sad", "fear"])
    chips.offer([Chip("sad", "sadness"), Chip("joy", "joy")])
    assert chips.chosen() == ("sad",)


@pytest.mark.parametrize("rtl", [False, True])
def test_a_click_hits_the_chip_that_is_drawn_there(stage: Stage, qtbot: QtBot, rtl: bool) -> None:
    made = Chips(FELT)
    stage(made, rtl=rtl)
    x = 10 if not rtl else made.width() - 10
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.rect().topLeft().__class__(x, 14))
    assert made.chosen() == ("fear",)


@given(
    words=st.lists(st.text("abcdefghij", min_size=1, max_size=18), min_size=1, max_size=14, unique=True),
    width=st.integers(140, 700),
)
def test_chips_never_overlap_and_never_leave_their_room(qapp: QApplication, words: list[str], width: int) -> None:
    made = Chips([Chip(word, word) for word in words], add="other")
    rects = made._rects(width)  # the layout itself is what is asked about
    assert max(rect.right() for rect in rects) <= width
    assert max(rect.bottom() for rect in rects) == made.heightForWidth(width)
    for number, rect in enumerate(rects):
        assert rect.height() >= 28
        assert not any(rect.intersects(other) for other in rects[number + 1 :])
    made.deleteLater()


def test_chips_grow_taller_with_the_text(hub: ThemeHub, stage: Stage) -> None:
    made = Chips(FELT, add="other")
    stage(made, width=300)
    before = made.height()
    hub.set_text_scale(2.0)
    QApplication.processEvents()
    assert made.height() >= made.heightForWidth(made.width()) > before
