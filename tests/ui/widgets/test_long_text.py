"""Long text: a key costs what it costs in an empty editor and a little more, and nothing of the words is changed."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.kinds import intake
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.form import Form
from app.ui.widgets.text_editors import TextEditor
from tests.fixtures.session import shipped_content

WORDS = 50_000
KEY_MS = 16.0
"""What a key may cost, whole, in time of the window's thread: time given to other programs is not the editor's."""
BARE_MS = 0.5
"""What a key in an empty bare editor takes at most on a computer of today; one on which it takes more gets more."""
TIMES_BARE = 60
"""Against a key in an empty bare editor (a quarter of a millisecond); a paragraph set anew takes five hundred."""
LINE = " ".join(["leaf", "rain", "harbour", "lantern", "quiet"] * (WORDS // 5))
PARAGRAPHS = "\n".join(LINE[at : at + 600] for at in range(0, len(LINE), 600))


def _key_ms(widget: QWidget, beside: QWidget, keys: int = 40) -> tuple[float, float]:
    """The middle of what one key took in each, from the key to the painted picture, in milliseconds.

    Turn by turn, so that whatever else the machine does weighs on both; and of this thread's own time.
    """
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(keys):
        for one, times in zip((widget, beside), took, strict=True):
            key = Qt.Key.Key_A if number % 6 else Qt.Key.Key_Space
            times.append(_took_ms(lambda one=one, key=key: _press(one, key)))
    return statistics.median(took[0]), statistics.median(took[1])


def _press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)
    QCoreApplication.processEvents()


@pytest.mark.parametrize("text", [LINE, PARAGRAPHS], ids=["one paragraph", "many"])
@pytest.mark.parametrize("place", [QTextCursor.MoveOperation.Start, QTextCursor.MoveOperation.End])
def test_typing_into_fifty_thousand_words(qtbot: QtBot, text: str, place: QTextCursor.MoveOperation) -> None:
    now = dt.datetime(2026, 5, 14, 18, 42, tzinfo=ZoneInfo("Europe/Paris"))
    bare = QTextEdit()
    qtbot.addWidget(bare)
    bare.show()
    form = Form(shipped_content().kind("note"), Needs(True, "", lambda: now))
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.resize(720, 600)
    area.show()
    form.set_answers({"title": "Long", "body": text})
    editor = form.editor("body")
    assert isinstance(editor, TextEditor)
    editor.control.moveCursor(place)
    QCoreApplication.processEvents()

    key_ms, empty_ms = _key_ms(editor.control, bare)

    print(f"long text: {key_ms:.2f} ms a key, {key_ms / empty_ms:.0f} times an empty editor")  # noqa: T201  # the figure
    assert key_ms < KEY_MS * max(1.0, empty_ms / BARE_MS)
    assert key_ms < max(empty_ms, 0.2) * TIMES_BARE
    assert str(form.answers()["body"]).replace("a", "").replace(" ", "") == text.replace("a", "").replace(" ", "")


def test_reading_a_long_answer_out_and_checking_it_fits_between_two_keys(qtbot: QtBot) -> None:
    """What happens on the window's thread when the hands rest; encoding and encrypting are the worker's."""
    editor = GrowingText()
    qtbot.addWidget(editor)
    editor.set_words(LINE)
    field = shipped_content().kind("note").field("body")
    assert field is not None

    best_ms = min(_took_ms(lambda: intake.answer(field, editor.words())) for _ in range(5))

    assert best_ms < KEY_MS


def _took_ms(work: Callable[[], object]) -> float:
    before = time.thread_time()
    work()
    return (time.thread_time() - before) * 1000


@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), max_size=40),
            st.builds(
                lambda word, times: word * times,
                st.sampled_from(["word ", "\u00e9", "\u0634 ", "\u8a9e"]),
                st.integers(1, 9_000),
            ),
        ),
        max_size=4,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_come_back_as_they_were(qtbot: QtBot, paragraphs: list[str]) -> None:
    words = "\n".join(paragraphs)
    editor = GrowingText()
    qtbot.addWidget(editor)
    editor.set_words(words)

    assert editor.words() == words


def test_fixed_spaces_stay_what_they_are(qtbot: QtBot) -> None:
    editor = GrowingText()
    qtbot.addWidget(editor)
    editor.set_words("Pourquoi\u202f? Il dit\u00a0: non.")

    assert editor.words() == "Pourquoi\u202f? Il dit\u00a0: non."


def test_seams_follow_edits_undo_and_copies(qtbot: QtBot) -> None:
    editor = GrowingText()
    qtbot.addWidget(editor)
    editor.set_words(LINE)
    assert editor.document().blockCount() > 10  # the paragraph is laid out in parts
    cursor = editor.textCursor()
    cursor.setPosition(40_000)
    cursor.insertText("x\ny")
    changed = editor.words()
    assert changed.count("\n") == 1
    assert changed.replace("x\ny", "") == LINE
    editor.undo()
    assert editor.words() == LINE
    editor.selectAll()
    assert editor.createMimeDataFromSelection().text() == LINE

    pasted = QMimeData()
    pasted.setText(LINE)
    editor.insertFromMimeData(pasted)
    assert editor.words() == LINE
    assert editor.document().blockCount() > 10
