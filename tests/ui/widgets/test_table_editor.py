"""Tables in forms: every table of the content pack comes back as it was, by hand and by any values."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.fields import Column, Field, FieldType
from app.domain.kinds import intake
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.editor_choice import editor_for
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.form import Form
from app.ui.widgets.table_editor import TableEditor
from app.ui.widgets.text_link import TextLink
from tests.fixtures.session import shipped_content

ME, OTHER = "me-id", "Jules"
NOT_SHRUNK = (Phase.explicit, Phase.generate)


def _needs(*, solo: bool = False) -> Needs:
    people = (Chip(ME, "Noa"), Chip(OTHER, "Jules"))
    return Needs(solo, "Jules", lambda: dt.datetime(2026, 5, 14, tzinfo=dt.UTC), "Europe/Paris", people, None, ME)


def _tables() -> list[tuple[str, Field]]:
    kinds = shipped_content().kinds.values()
    return [
        (f"{kind.id}.{field.id}", field) for kind in kinds for field in kind.fields if field.type is FieldType.TABLE
    ]


TABLES = _tables()


def _table(name: str, *, solo: bool = False) -> TableEditor:
    made = editor_for(dict(TABLES)[name], _needs(solo=solo))
    assert isinstance(made, TableEditor)
    return made


_words = st.text(string.ascii_letters + "éß ", min_size=1, max_size=20).filter(str.strip)


def _cells(column: Column) -> st.SearchStrategy[object]:
    if column.type is FieldType.CHOICE:
        return st.sampled_from([option.id for option in column.options])
    if column.type is FieldType.CHECKBOX:
        return st.just(True)  # a cell, not a switch
    if column.type is FieldType.WHEN:
        return st.sampled_from(["2026-05-14", "2025-11", "2024"])
    return _words


def _rows(field: Field) -> st.SearchStrategy[list[dict[str, object]]]:
    shown = [column for column in field.columns if column.by != "other"]
    cells = st.fixed_dictionaries(
        {shown[0].id: _cells(shown[0])}, optional={column.id: _cells(column) for column in shown[1:-1]}
    )
    if not field.rows:
        return st.lists(cells, max_size=5)
    keys = st.lists(st.sampled_from([row.id for row in field.rows]), unique=True, max_size=4)
    return st.tuples(keys, st.lists(cells, min_size=4, max_size=4)).map(_named)


def _named(drawn: tuple[list[str], list[dict[str, object]]]) -> list[dict[str, object]]:
    return [{"row": key, **cell} for key, cell in zip(*drawn, strict=False)]


@pytest.mark.parametrize("name", [name for name, _ in TABLES])
def test_any_rows_come_back_as_they_were(name: str, qtbot: QtBot, pytestconfig: pytest.Config) -> None:
    """Into one editor, as a person changes what stands there; a fresh one is made per table, not per example."""
    field = dict(TABLES)[name]
    order = [row.id for row in field.rows]
    editor = _table(name)
    qtbot.addWidget(editor)

    @settings(max_examples=40 if pytestconfig.getoption("--full") else 5, phases=NOT_SHRUNK)
    @given(_rows(field))
    def comes_back(rows: list[dict[str, object]]) -> None:
        editor.show_answer(rows)
        found = editor.answer()
        wanted = sorted(rows, key=lambda row: order.index(str(row["row"]))) if field.rows else rows
        assert found == (wanted or None)
        if wanted:
            assert intake.answer(field, found) == tuple(wanted)

    comes_back()


def _take_away(editor: TableEditor) -> None:
    button = editor._rows[0].findChild(IconButton)
    assert button is not None
    button.click()


def test_rows_are_added_named_moved_and_taken_away_by_keyboard(qtbot: QtBot) -> None:
    editor = _table("closeness_ladder.rungs")
    qtbot.addWidget(editor)
    editor.resize(500, 600)
    editor.show()
    QTest.keyClicks(editor.findChildren(GrowingText)[0], "One")
    next(button for button in editor.findChildren(TextLink)).click()
    QTest.keyClicks(editor.findChildren(GrowingText)[2], "Two")
    assert editor.answer() == [{"rung": "One"}, {"rung": "Two"}]
    row = editor._rows[1]
    QTest.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert editor.answer() == [{"rung": "Two"}, {"rung": "One"}]
    QTest.keyClick(editor._rows[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert editor.answer() == [{"rung": "Two"}, {"rung": "One"}]
    _take_away(editor)
    assert editor.answer() == [{"rung": "One"}]
    _take_away(editor)
    assert editor.answer() is None
    assert len(editor._rows) == 1


def test_the_other_persons_cells_are_kept_and_not_asked(qtbot: QtBot) -> None:
    editor = _table("emotion_responses.rows")
    qtbot.addWidget(editor)
    stored = [{"row": "fear", "shows": "Quiet.", "guess": "You go quiet", "confirmed": True}]
    editor.show_answer(stored)
    assert editor.answer() == stored
    editor.show_answer([{"row": "fear", "guess": "You go quiet"}])
    assert editor.answer() == [{"row": "fear", "guess": "You go quiet"}]


def test_every_cell_has_a_name_of_its_own(qtbot: QtBot) -> None:
    form = Form(shipped_content().kind("emotion_responses"), _needs())
    qtbot.addWidget(form)
    table = form.editor("rows")
    names = [
        cell.accessibleName() for cell in table.findChildren(QWidget) if cell.focusPolicy() and cell.accessibleName()
    ]
    cells = [name for name in names if ":" in name]
    assert len(cells) == len(set(cells)) >= 21


def test_an_own_answer_leaves_the_others_alone(qtbot: QtBot) -> None:
    field = next(f for f in shipped_content().kind("conversation").fields if f.id == "taking")
    editor = editor_for(field, _needs())
    qtbot.addWidget(editor)
    editor.show_answer({OTHER: "Theirs", ME: "Mine"})
    assert editor.answer() == {OTHER: "Theirs", ME: "Mine"}
    editor.show_answer({OTHER: "Theirs"})
    assert editor.answer() == {OTHER: "Theirs"}
    assert [text.words() for text in editor.findChildren(GrowingText)] == [""]


@pytest.mark.parametrize(("wide", "beside"), [(760, 3), (500, 2), (300, 1)])
def test_cells_stand_beside_each_other_where_there_is_room(qtbot: QtBot, wide: int, beside: int) -> None:
    editor = _table("emotion_responses.rows")
    qtbot.addWidget(editor)
    editor.resize(wide, 900)
    editor.show()
    row = editor._rows[0]
    row.enter(0)
    qtbot.wait(10)
    tops = {holder.y() for holder in row._boxes if holder.isVisible()}
    shown = sum(holder.isVisible() for holder in row._boxes)
    assert len(tops) == -(-shown // beside)
    assert all(holder.geometry().right() <= row.width() for holder in row._boxes if holder.isVisible())


def test_the_keyboard_goes_down_and_up_a_column_and_adds_a_row_below_the_last(qtbot: QtBot) -> None:
    editor = _table("closeness_ladder.rungs")
    qtbot.addWidget(editor)
    editor.resize(700, 600)
    editor.show()
    editor.activateWindow()
    note = editor._rows[0]._cells[2][1]
    note.setFocus()
    control = note.focusProxy()
    assert control is not None
    qtbot.waitUntil(control.hasFocus)
    QTest.keyClick(control, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert len(editor._rows) == 1  # an empty row is enough
    QTest.keyClicks(control, "One")
    QTest.keyClick(control, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert len(editor._rows) == 2
    below = editor._rows[1]._cells[2][1].focusProxy()
    assert below is not None
    assert below.hasFocus()
    QTest.keyClick(below, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert control.hasFocus()


def test_a_folded_row_opens_for_the_keyboard_and_the_answer_to_a_guess_waits_for_it(qtbot: QtBot) -> None:
    editor = _table("emotion_responses.rows")
    qtbot.addWidget(editor)
    editor.resize(700, 900)
    editor.show()
    editor.activateWindow()
    toggle = editor._rows[0].first()
    toggle.setFocus()
    qtbot.waitUntil(toggle.hasFocus)
    QTest.keyClick(toggle, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    first = editor._rows[1]._cells[0][1].focusProxy()
    assert first is not None
    assert first.hasFocus()
    confirmed = [holder for row in editor._rows for holder in row._boxes[3:]]
    assert confirmed
    assert not any(holder.isVisible() for holder in confirmed)
    editor.show_answer([{"row": "anger", "guess": "You go loud"}])
    assert editor._rows[0]._boxes[3].isVisibleTo(editor._rows[0])
