"""Answering the questions of a form by the keyboard: each reached with Tab, each answered as its sort wants it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.fields import FieldType, Kind
from app.ui.widgets.field_editors import Editor
from app.ui.widgets.table_editor import TableEditor
from tests.journeys.practices.keyboard import Keyboard
from tests.journeys.practices.written import Answer, Answers, Cell

_CHOSEN = {FieldType.CHOICE, FieldType.CHIPS}


class Answering:
    """Fills in forms of one kind."""

    def __init__(self, keys: Keyboard, kind: Kind) -> None:
        self._keys, self._kind = keys, kind

    def fill(self, place: QWidget, editors: Callable[[str], Editor], answers: Answers) -> None:
        """Answer questions in their order."""
        for field_id, answer in answers:
            editor = editors(field_id)
            self._keys.tab_to(editor, place)
            self._answer(field_id, editor, answer, place)
            assert editor.answer() is not None, f"{self._keys.name}: {field_id} stays open"

    def _answer(self, field_id: str, editor: Editor, answer: Answer, place: QWidget) -> None:
        field = self._kind.field(field_id)
        assert field is not None
        if isinstance(editor, TableEditor):
            assert isinstance(answer, list)
            for cell in answer:
                self._cell(editor, cell, place)
        elif field.type is FieldType.LINK:
            self._link(editor, str(answer))
        elif field.type in _CHOSEN:
            self._pick([option.id for option in field.options], answer)
        elif field.is_scale:
            self._rate(field.type, answer)
        else:
            self._keys.to_the_end()
            self._keys.write(str(answer))

    def _pick(self, ids: list[str], answer: Answer) -> None:
        for wanted in answer if isinstance(answer, tuple) else (answer,):
            self._keys.press(Qt.Key.Key_Home)
            for _ in range(ids.index(str(wanted))):
                self._keys.press(Qt.Key.Key_Right)
            self._keys.press(Qt.Key.Key_Space)

    def _rate(self, sort: FieldType, answer: Answer) -> None:
        assert isinstance(answer, int)
        if sort is FieldType.SCALE_0_10:
            self._keys.write(str(answer))
            return
        self._keys.press(Qt.Key.Key_Home)
        for _ in range(answer - (1 if sort is FieldType.SCALE_1_7 else 0)):
            self._keys.press(Qt.Key.Key_Right)

    def _link(self, editor: Editor, words: str) -> None:
        """A few letters of its name; it is the first of what is offered below them."""
        self._keys.write(words[:9])
        self._keys.wait(lambda: QApplication.activePopupWidget() is not None)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        self._keys.wait(lambda: editor.answer() is not None)

    def _cell(self, table: TableEditor, cell: Cell, place: QWidget) -> None:
        row_at, column_id, answer = cell
        self._keys.wait(lambda: len(table._rows) > row_at and table._rows[row_at].isVisible())  # rows may be built anew
        row = table._rows[row_at]
        column, editor = next((column, editor) for column, editor in row._cells if column.id == column_id)
        self._keys.tab_to(editor, place)
        if column.options:
            self._pick([option.id for option in column.options], answer)
        else:
            self._keys.write(str(answer))
