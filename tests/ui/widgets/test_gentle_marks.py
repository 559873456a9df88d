"""Gentle marks: a line under the wording, one sentence below the field, nothing refused, and no cost in long texts."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.gentle import GentleWords
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.form import Form
from app.ui.widgets.highlighting import GentleNote
from app.ui.widgets.text_editors import TextEditor
from tests.fixtures.session import shipped_content

NOW = dt.datetime(2026, 5, 14, 18, 42, tzinfo=ZoneInfo("Europe/Paris"))


def _form(qtbot: QtBot, kind: str) -> Form:
    content = shipped_content()
    form = Form(
        content.kind(kind), Needs(False, "Jules", lambda: NOW, watch=lambda name: GentleWords(content.list(name).items))
    )
    qtbot.addWidget(form)
    form.resize(720, 900)
    form.show()
    return form


def _written(form: Form, field: str) -> tuple[TextEditor, GentleNote]:
    editor = form.editor(field)
    assert isinstance(editor, TextEditor)
    assert editor.note is not None
    return editor, editor.note


def _lines(editor: TextEditor) -> list[str]:
    """The wordings with a line under them."""
    found = []
    block = editor.control.document().firstBlock()
    while block.isValid():
        for look in block.layout().formats():
            if look.format.underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine:
                found.append(block.text()[look.start : look.start + look.length])
        block = block.next()
    return found


def test_an_apology_is_marked_softly_and_saved_as_it_is(qtbot: QtBot) -> None:
    form = _form(qtbot, "apology")
    editor, note = _written(form, "whole")
    words = "I am sorry, but I was tired. At least I called."
    QTest.keyClicks(editor.control, words)
    QCoreApplication.processEvents()

    assert _lines(editor) == ["but", "At least"]
    assert note.isHidden()  # nobody is spoken to in the middle of a sentence
    qtbot.waitUntil(note.isVisible, timeout=3000)
    assert note.said().startswith("\u201cAt least\u201d: ")
    assert editor.control.accessibleDescription() == note.said()
    assert form.check()
    assert form.answers()["whole"] == words


def test_the_sentence_follows_the_cursor_and_goes_with_the_wording(qtbot: QtBot) -> None:
    form = _form(qtbot, "apology")
    editor, note = _written(form, "sorry")
    editor.show_answer("But I left.\nI am sorry for the silence.")
    editor.control.moveCursor(QTextCursor.MoveOperation.End)
    note.look()
    assert note.said() == ""
    editor.control.moveCursor(QTextCursor.MoveOperation.Start)
    note.look()
    assert note.said().startswith("\u201cBut\u201d")
    editor.show_answer("I left.")
    note.look()
    assert note.said() == ""
    assert _lines(editor) == []


def test_words_that_ask_have_a_list_of_their_own_and_other_fields_none(qtbot: QtBot) -> None:
    form = _form(qtbot, "boundary")
    editor, _ = _written(form, "wording")
    editor.show_answer("You should never do that")
    QCoreApplication.processEvents()
    assert _lines(editor) == ["You should", "never"]
    plain = form.editor("why")
    assert isinstance(plain, TextEditor)
    assert plain.note is None


def test_reasons_for_leaving_a_text_open_stand_until_something_is_written(qtbot: QtBot) -> None:
    form = _form(qtbot, "forgiveness_work")
    form.set_answers({"p_own": "not_now", "p_self": "a word"})
    assert form.answers()["p_own"] == "not_now"
    editor = form.editor("p_own")
    assert isinstance(editor, TextEditor)
    assert editor.control.words() == ""
    QTest.keyClicks(editor.control, "more sleep")
    assert form.answers()["p_own"] == "more sleep"
    assert form.answers()["p_self"] == "a word"
