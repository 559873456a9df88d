"""Scale, choice row and segmented switch: keys, words, sizes, directions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub
from app.ui.widgets.choice_row import ChoiceRow, Segmented
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.scale import TEN_WITHIN_MS, Scale
from tests.ui.widgets.conftest import Stage

WORDS = ("no", "a little", "partly", "mostly", "yes")


@pytest.fixture
def scale(stage: Stage) -> Scale:
    made = Scale(name="Felt safety", low="not at all", high="entirely", unanswered="open")
    stage(made)
    made.setFocus()
    return made


def test_a_scale_starts_without_an_answer(scale: Scale) -> None:
    assert scale.value() is None
    assert scale.accessibleName() == "Felt safety"
    assert scale.accessibleDescription() == "0 not at all, 10 entirely; open"


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_sets_the_number(scale: Scale, qtbot: QtBot, digit: int) -> None:
    with qtbot.waitSignal(scale.changed) as told:
        qtbot.keyClick(scale, str(digit))
    assert (told.args, scale.value()) == ([digit], digit)
    assert scale.accessibleDescription().endswith(f"; {digit}")


def test_one_then_nought_soon_is_ten(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClicks(scale, "10")
    assert scale.value() == 10


def test_one_then_nought_late_is_nought(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClick(scale, "1")
    qtbot.wait(TEN_WITHIN_MS + 60)
    qtbot.keyClick(scale, "0")
    assert scale.value() == 0


def test_one_another_digit_and_nought_is_nought(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClicks(scale, "150")
    assert scale.value() == 0


def test_ten_then_nought_is_nought(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClicks(scale, "100")
    assert scale.value() == 0


def test_the_first_arrow_answers_at_the_start(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClick(scale, Qt.Key.Key_Right)
    assert scale.value() == 0
    qtbot.keyClick(scale, Qt.Key.Key_Right)
    assert scale.value() == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Right, 6), (Qt.Key.Key_Up, 6), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 10), (Qt.Key.Key_Backspace, None), (Qt.Key.Key_Delete, None),
    ],
)  # fmt: skip
def test_keys_move_and_clear(scale: Scale, qtbot: QtBot, key: Qt.Key, value: int | None) -> None:
    scale.set_value(5)
    qtbot.keyClick(scale, key)
    assert scale.value() == value


def test_showing_a_value_is_silent_and_repeating_one_too(scale: Scale, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(scale.changed):
        scale.set_value(7)
        qtbot.keyClick(scale, "7")


def test_a_shortcut_is_left_to_the_window(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClick(scale, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert scale.value() is None


@given(presses=st.lists(st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Backspace])))
def test_no_sequence_of_keys_leaves_the_scale(qapp: QApplication, presses: list[Qt.Key]) -> None:
    made = Scale()
    for key in presses:
        made.take_key(key)
    value = made.value()
    assert value is None or 0 <= value <= 10
    made.deleteLater()


def test_a_value_beyond_the_cells_is_refused(scale: Scale) -> None:
    with pytest.raises(IndexError):
        scale.set_value(11)


@pytest.mark.parametrize("rtl", [False, True])
def test_numbers_keep_their_direction(stage: Stage, qtbot: QtBot, rtl: bool) -> None:
    made = Scale()
    stage(made, rtl=rtl)
    assert made.cell(0).left() < made.cell(10).left()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.cell(8).center().toPoint())
    assert made.value() == 8
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.value() == 9


def test_cells_join_and_fill_the_row(scale: Scale) -> None:
    cells = [scale.cell(i) for i in range(11)]
    assert cells[0].left() == 0
    assert cells[-1].right() == scale.width()
    for left, right in pairwise(cells):
        assert left.right() - right.left() == 1


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_no_cell_is_too_small_for_a_finger_or_its_number(hub: ThemeHub, stage: Stage, text_scale: float) -> None:
    hub.set_text_scale(text_scale)
    made = Scale()
    made.resize(made.minimumSizeHint().width(), made.sizeHint().height())
    for index in range(11):
        assert made.cell(index).width() >= 28
        assert made.cell(index).height() >= 34
        wide = QFontMetrics(hub.theme.font("body", weight=600)).horizontalAdvance(str(index))
        assert made.cell(index).width() >= wide
    made.deleteLater()


def test_the_compact_strip_is_one_row_of_small_digits(stage: Stage, qtbot: QtBot) -> None:
    made = Scale(compact=True)
    stage(made)
    assert made.width() == 11 * 15
    assert made.height() >= 28
    qtbot.keyClicks(made, "10")
    assert made.value() == 10


def test_the_ring_goes_around_the_cell_the_keyboard_is_on(scale: Scale, qtbot: QtBot) -> None:
    qtbot.keyClick(scale, "3")
    qtbot.waitUntil(lambda: bool(scale.window().findChildren(FocusRing)))
    (ring,) = scale.window().findChildren(FocusRing)
    cell = scale.cell(3).toAlignedRect().translated(scale.mapTo(scale.window(), QPoint(0, 0)))
    assert ring.geometry() == cell.adjusted(-3, -3, 3, 3)
    qtbot.keyClick(scale, "7")
    assert ring.geometry().left() == scale.cell(7).left() + scale.x() - 3


def test_assistive_technology_meets_a_slider_with_a_value(scale: Scale) -> None:
    scale.set_value(6)
    spoken = QAccessible.queryAccessibleInterface(scale)
    assert spoken.role() == QAccessible.Role.Slider
    assert spoken.text(QAccessible.Text.Name) == "Felt safety"
    assert spoken.text(QAccessible.Text.Value) == "6"
    assert "10 entirely" in spoken.text(QAccessible.Text.Description)


@pytest.fixture
def row(stage: Stage) -> ChoiceRow:
    made = ChoiceRow(WORDS, apart="no occasion", name="I could reach you", unanswered="open")
    stage(made)
    made.setFocus()
    return made


def test_cells_are_equal_until_the_longest_word_would_touch_its_edges(stage: Stage) -> None:
    made = ChoiceRow(("none", "a little", "some", "a lot", "a great deal"), name="Weight")
    stage(made, width=900)
    roomy = {round(made.cell(index).width()) for index in range(5)}
    assert max(roomy) - min(roomy) <= 1

    made.setFixedWidth(360)
    for index, word in enumerate(made.words()):
        assert made.cell(index).width() >= made._word_w(word) + 8  # room around every word
    assert made.cell(4).right() <= made.width()
    assert made.cell(0).left() == 0


def test_the_answer_apart_stands_after_a_gap(row: ChoiceRow) -> None:
    assert row.cell(5).left() - row.cell(4).right() >= 6
    joined = [row.cell(i).width() for i in range(5)]
    assert max(joined) - min(joined) <= 1


def test_digits_choose_words_in_order_and_the_one_apart(row: ChoiceRow, qtbot: QtBot) -> None:
    qtbot.keyClick(row, "4")
    assert row.chosen() == 3
    assert row.accessibleDescription().endswith("; mostly")
    qtbot.keyClick(row, "6")
    assert row.chosen() == len(WORDS)
    qtbot.keyClick(row, "7")
    assert row.chosen() == len(WORDS)


def test_a_choice_row_can_be_cleared(row: ChoiceRow, qtbot: QtBot) -> None:
    row.choose(2)
    with qtbot.waitSignal(row.changed) as told:
        qtbot.keyClick(row, Qt.Key.Key_Backspace)
    assert told.args == [None]
    assert row.accessibleDescription().endswith("; open")


def test_a_choice_row_mirrors(stage: Stage, qtbot: QtBot) -> None:
    made = ChoiceRow(WORDS, apart="no occasion")
    stage(made, rtl=True)
    assert made.cell(0).left() > made.cell(4).left() > made.cell(5).left()
    made.choose(1)
    qtbot.keyClick(made, Qt.Key.Key_Left)
    assert made.chosen() == 2


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("words", [WORDS, ("gar nicht", "ein wenig", "teilweise", "überwiegend", "vollständig")])
def test_words_fit_at_the_least_width(hub: ThemeHub, qtbot: QtBot, text_scale: float, words: tuple[str, ...]) -> None:
    hub.set_text_scale(text_scale)
    made = ChoiceRow(words, apart="kein Anlass dafür")
    qtbot.addWidget(made)
    made.resize(made.minimumSizeHint())
    metrics = QFontMetrics(hub.theme.font("small", weight=600))
    for index, word in enumerate(made.words()):
        assert made.cell(index).width() >= metrics.horizontalAdvance(word) + 2, word


def test_a_segmented_switch_always_has_a_choice(stage: Stage, qtbot: QtBot) -> None:
    made = Segmented(["1 month", "3", "6 months"], chosen=2, name="period")
    stage(made)
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Backspace)
    assert made.chosen() == 2
    qtbot.keyClick(made, "1")
    assert made.chosen() == 2
    qtbot.keyClick(made, Qt.Key.Key_Left)
    assert made.chosen() == 1
    assert made.cell(1).width() >= 28


def test_disabled_rows_take_no_keys_or_clicks(row: ChoiceRow, qtbot: QtBot) -> None:
    row.setEnabled(False)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.cell(1).center().toPoint())
    qtbot.keyClick(row, "2")
    assert row.chosen() is None
