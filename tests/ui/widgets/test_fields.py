"""Fields: voices, growth, line height, passphrase."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QFontInfo, QKeyEvent, QTextBlockFormat
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub
from app.ui.widgets.fields import Field, GrowingText, Labelled, PassphraseField
from tests.ui.widgets.conftest import Stage


def family(widget: QLineEdit | GrowingText) -> str:
    widget.ensurePolished()
    return QFontInfo(widget.font()).family()


def test_a_person_writes_in_the_reading_type(stage: Stage) -> None:
    mine, search = Field(name="line"), Field(name="find", voice="app")
    stage(mine, search)
    assert family(mine) == "Gentium Book Plus"
    assert family(search) == "Inter"
    assert mine.height() == search.height() == 34


def test_a_placeholder_is_the_apps_voice_until_something_is_written(stage: Stage, qtbot: QtBot) -> None:
    field = Field(placeholder="or leave it empty")
    stage(field)
    assert family(field) == "Inter"
    qtbot.keyClicks(field, "calm")
    assert family(field) == "Gentium Book Plus"
    field.clear()
    assert family(field) == "Inter"


def test_a_field_does_not_jump_when_it_takes_focus(stage: Stage, qtbot: QtBot) -> None:
    field, other = Field(name="line"), Field(name="other")
    stage(other, field)
    other.setFocus()
    before = (field.geometry(), field.cursorRect().center())
    field.setFocus()
    QApplication.processEvents()
    assert (field.geometry(), field.cursorRect().center()) == before


def test_a_passphrase_is_hidden_until_shown(stage: Stage, qtbot: QtBot) -> None:
    field = PassphraseField(name="passphrase", show_words="show", hide_words="hide")
    stage(field)
    qtbot.keyClicks(field, "four small words")
    assert field.displayText() != "four small words"
    reveal = field.reveal
    assert field.rect().contains(reveal.geometry())
    qtbot.mouseClick(reveal, Qt.MouseButton.LeftButton)
    assert field.displayText() == "four small words"
    assert reveal.accessibleName() == reveal.toolTip() == "hide"
    qtbot.mouseClick(reveal, Qt.MouseButton.LeftButton)
    assert field.displayText() != "four small words"
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


@pytest.mark.parametrize(
    ("letter", "shift", "on"),
    [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True)],
)
def test_caps_lock_is_noticed_from_the_case_of_letters(
    stage: Stage, qtbot: QtBot, letter: str, shift: bool, on: bool
) -> None:
    field = PassphraseField(name="passphrase", show_words="show", hide_words="hide")
    stage(field)
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(field.caps_lock) as told:
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, letter))
    assert told.args == [on]
    with qtbot.assertNotEmitted(field.caps_lock):
        qtbot.keyClick(field, "4")


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_every_line_has_the_reading_line_height(hub: ThemeHub, stage: Stage, text_scale: float) -> None:
    text = GrowingText(name="narrative")
    stage(text)
    text.set_words("one\ntwo\nthree")
    hub.set_text_scale(text_scale)
    block = text.document().begin()
    while block.isValid():
        assert block.blockFormat().lineHeightType() == QTextBlockFormat.LineHeightTypes.FixedHeight.value
        assert block.blockFormat().lineHeight() == 27 * text_scale
        block = block.next()


def test_text_grows_to_eight_lines_and_then_scrolls(stage: Stage, qtbot: QtBot) -> None:
    text = GrowingText(name="narrative")
    stage(text, height=700)
    one = text.height()
    heights = []
    for count in range(2, 13):
        text.set_words("\n".join("word" for _ in range(count)))
        heights.append(text.height())
    assert heights[:7] == [one + 27 * n for n in range(1, 8)]
    assert heights[7:] == [heights[6]] * 4


def test_typed_lines_grow_the_field_and_keep_the_line_height(stage: Stage, qtbot: QtBot) -> None:
    text = GrowingText(name="narrative")
    stage(text)
    before = text.height()
    qtbot.keyClicks(text, "one")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "two")
    assert text.words() == "one\ntwo"
    assert text.height() == before + 27
    assert text.document().lastBlock().blockFormat().lineHeight() == 27


def test_undo_undoes_words_and_not_their_shape(stage: Stage, qtbot: QtBot) -> None:
    text = GrowingText(name="narrative")
    stage(text)
    qtbot.keyClicks(text, "one")
    text.undo()
    assert text.words() == ""
    assert text.document().firstBlock().blockFormat().lineHeight() == 27


def test_pasted_markup_arrives_as_words(stage: Stage) -> None:
    text = GrowingText(name="narrative")
    stage(text)
    data = QMimeData()
    data.setHtml("<b>loud</b>")
    data.setText("loud")
    text.insertFromMimeData(data)
    assert text.words() == "loud"
    assert "font-weight:700" not in text.toHtml()
    assert text.document().firstBlock().blockFormat().lineHeight() == 27


def test_tab_leaves_a_text(stage: Stage, qtbot: QtBot) -> None:
    text, other = GrowingText(name="narrative"), Field(name="next")
    stage(text, other)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert other.hasFocus()
    assert text.words() == ""


def test_reading_text_shows_everything_without_a_frame(stage: Stage) -> None:
    text = GrowingText(name="narrative", reading=True)
    stage(text, height=900)
    text.set_words("\n".join("line" for _ in range(20)))
    assert text.isReadOnly()
    assert text.height() >= 20 * 27


def test_trouble_is_said_beside_the_field_and_to_assistive_technology(stage: Stage) -> None:
    field = Field(name="")
    part = Labelled("Again", field, help_words="the same once more")
    stage(part)
    assert field.accessibleName() == "Again"
    part.show_trouble("These two do not match yet.")
    assert field.accessibleDescription() == "These two do not match yet."
    part.show_trouble("")
    assert field.accessibleDescription() == ""


def test_another_look_of_the_same_words_is_no_typing(stage: Stage, hub: ThemeHub, qtbot: QtBot) -> None:
    field = GrowingText(name="story")
    stage(field)
    field.set_words("It rained.\nNobody came.")
    heard: list[str] = []
    field.textChanged.connect(lambda: heard.append(field.words()))
    hub.set_text_scale(1.6)
    QApplication.processEvents()
    hub.set_text_scale(1.0)
    QApplication.processEvents()
    assert heard == []
    qtbot.keyClicks(field, "x")
    assert heard == ["xIt rained.\nNobody came."]
