"""A table as a person fills it in: one block a row, each cell with the editor of its column.

The cells of a row stand beside each other where there is room, and below each other where there is not. Tab goes from
cell to cell, Ctrl+Down and Ctrl+Up to the same column of the next row and the one before.

Rows that are given (feelings, kinds of touch) stand in their order and open one by one, so that a long table is not a
wall; rows of one's own are added, moved and taken away. Nothing has to be filled in: an empty row is not stored.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.fields import Column, Field, FieldType, Option
from app.domain.wording import is_offered, label_for
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Rule
from app.ui.widgets.field_editors import Editor, LineEditor, Needs
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink

ROWS_LIMIT: Final = 200
"""More rows than anybody fills in by hand; what was stored beyond it stays stored."""
ROW: Final = "row"
_OPEN_COLUMNS: Final = 2
"""Tables of up to this many columns show every given row open."""

_CELL_PX: Final = 208
"""The least room of a cell that stands beside another, at 100 %."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier

_TICKS: Final = frozenset({FieldType.CHECKBOX})

MakeCell = Callable[[Field], Editor]


class TableEditor(Editor):
    """The blocks of a table. Cells this form does not ask (the other person's) come back as they were given."""

    middle_px = 4
    is_wide = True

    def __init__(self, field: Field, needs: Needs, make: MakeCell) -> None:
        super().__init__()
        self._field, self._needs, self._make = field, needs, make
        self._columns = [column for column in field.columns if _is_asked(column, needs)]
        pairs = itertools.pairwise(field.columns)
        self._replies = {tick.id: asked.id for asked, tick in pairs if asked.by == "other" and tick.type in _TICKS}
        self._given = {option.id: option for option in field.rows if is_offered(option, solo=needs.solo)}
        self._rows: list[_Row] = []
        self._kept: list[dict[str, object]] = []
        self._question = ""
        theme = current_hub().theme
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("s"))
        self._stack = QVBoxLayout()
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme.space("m"))
        box.addLayout(self._stack)
        self._add = TextLink(tr("Add a row"), icon="plus")
        self._add.clicked.connect(self._add_asked)
        box.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.setVisible(self._may_grow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.show_answer(None)

    @override
    def answer(self) -> object:
        rows = [row.answer() for row in self._rows]
        return [*(row for row in rows if row), *self._kept] or None

    @override
    def show_answer(self, value: object) -> None:
        stored = [dict(row) for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []
        by_row = {str(row.get(ROW)): row for row in stored if row.get(ROW) in self._given}
        own = [row for row in stored if row.get(ROW) not in self._given]
        shown, self._kept = own[:ROWS_LIMIT], own[ROWS_LIMIT:]
        while self._rows:
            self._drop(self._rows[-1])
        for key, option in self._given.items():
            self._grow(by_row.get(key, {ROW: key}), given=option)
        for row in shown:
            self._grow(row)
        if not self._rows:
            self._grow({})
        self.setFocusProxy(self._rows[0].first())

    @override
    def call(self, question: str) -> None:
        self._question = question
        for row in self._rows:
            row.call(question)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _step_of(event)
        if step:
            self._go(step)
            return
        super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """To the same column of another row; below the last one a row is added, where rows may be."""
        focused = QApplication.focusWidget()
        at = next((n for n, row in enumerate(self._rows) if focused is not None and row.isAncestorOf(focused)), None)
        if at is None or focused is None:
            return
        column = self._rows[at].column_of(focused)
        to = at + step
        if to == len(self._rows) and self._may_grow and self._rows[at].answer() and to < ROWS_LIMIT:
            self._grow({})
        if 0 <= to < len(self._rows):
            self._rows[to].enter(column)

    def _arrange(self) -> None:
        """As many cells beside each other as fit, the same number in every row."""
        least = max((row.least_px() for row in self._rows), default=1)
        beside = max(1, min(len(self._columns), self.width() // max(least, current_hub().theme.px(_CELL_PX))))
        for row in self._rows:
            row.arrange(beside)

    @property
    def _may_grow(self) -> bool:
        return not self._field.rows or self._field.own

    def _grow(self, stored: Mapping[str, object], given: Option | None = None) -> _Row:
        heading = self._needs.words(label_for(given, solo=self._needs.solo)) if given is not None else ""
        named = bool(self._field.rows) and given is None
        cells = [(column, self._make(_as_field(column))) for column in self._columns]
        folds = given is not None and len(self._columns) > _OPEN_COLUMNS
        row = _Row(heading, cells, self._needs, named=named, folds=folds, line=bool(self._rows), replies=self._replies)
        row.show_stored(stored)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda step: self._move(row, step))
        row.stepped.connect(self._go)
        row.call(self._question)
        self._rows.append(row)
        self._stack.addWidget(row)
        self._arrange()
        return row

    def _add_asked(self) -> None:
        if len(self._rows) < ROWS_LIMIT:
            self._grow({}).first().setFocus()

    def _remove(self, row: _Row) -> None:
        at = self._rows.index(row)
        self._drop(row)
        if not self._rows:
            self._grow({})
        self._rows[min(at, len(self._rows) - 1)].first().setFocus()
        self.changed.emit()

    def _move(self, row: _Row, step: int) -> None:
        """Move an own row among own rows."""
        at = self._rows.index(row)
        to = at + step
        if len(self._given) <= to < len(self._rows):
            self._rows.insert(to, self._rows.pop(at))
            self._stack.removeWidget(row)
            self._stack.insertWidget(to, row)
            row.hold_focus()
            self.changed.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._stack.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QWidget):
    """One row: its heading or name, its cells, and for own rows a way to take it off and to move it (Alt+Up, Alt+Down).

    Emits `changed`, `removed`, `moved` with -1 or 1, and `stepped` with -1 or 1 where its heading has the focus.
    """

    changed = Signal()
    removed = Signal()
    moved = Signal(int)
    stepped = Signal(int)

    def __init__(
        self,
        heading: str,
        cells: list[tuple[Column, Editor]],
        needs: Needs,
        *,
        named: bool,
        folds: bool,
        line: bool,
        replies: Mapping[str, str],
    ) -> None:
        """`replies` names, for a tick that answers the other person's cell, that cell: without it nothing is asked."""
        super().__init__()
        theme = current_hub().theme
        self._heading, self._needs, self._cells, self._replies = heading, needs, cells, replies
        self._stored: dict[str, object] = {}
        self._name = LineEditor(tr("its name")) if named else None
        self._toggle = TextLink(heading, icon="caret-right") if folds else None
        self._body = QWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("xs"))
        if line:
            box.addWidget(Rule())
        top = QHBoxLayout()
        top.setSpacing(theme.space("s"))
        box.addLayout(top)
        if self._toggle is not None:
            self._toggle.clicked.connect(lambda: self._fold(folded=self._body.isVisibleTo(self)))
            self._toggle.installEventFilter(self)
            top.addWidget(self._toggle)
            top.addStretch(1)
        elif heading:
            top.addWidget(Label(heading, "body", "ink"), 1)
        elif self._name is not None:
            self._name.changed.connect(self.changed)
            top.addWidget(self._name, 1)
        self._remove = IconButton("x", tr("Take this row away"), parent=self)
        self._remove.clicked.connect(self.removed)
        self._beside = 0
        self._grid = _grid_in(self._body)
        self._boxes = [self._boxed(column, editor) for column, editor in cells]
        if not heading and self._name is not None:
            top.addWidget(self._remove)
        self._remove.setVisible(not heading)
        self.arrange(1)
        box.addWidget(self._body)
        if folds:
            self._fold(folded=True)

    def answer(self) -> dict[str, object]:
        """The cells that hold something, with those not asked here; empty when there are none."""
        asked = {column.id for column, _ in self._cells}
        found = {key: value for key, value in self._stored.items() if key not in asked}
        found |= {column.id: value for column, editor in self._cells if (value := editor.answer()) is not None}
        if self._name is not None:
            name = self._name.answer()
            found = {**found, ROW: name} if name is not None else {k: v for k, v in found.items() if k != ROW}
        return {} if not found.keys() - {ROW} else found

    def show_stored(self, stored: Mapping[str, object]) -> None:
        """Show a stored row; a folded one opens when it holds something."""
        self._stored = dict(stored)
        for (column, editor), holder in zip(self._cells, self._boxes, strict=True):
            editor.show_answer(stored.get(column.id))
            replied = self._replies.get(column.id)
            holder.setVisible(replied is None or bool(stored.get(replied)))
        if self._name is not None:
            self._name.show_answer(stored.get(ROW))
        if self._toggle is not None:
            self._fold(folded=not (stored.keys() - {ROW}))

    def call(self, question: str) -> None:
        """Name every control: the question, the row, the column."""
        if self._name is not None:
            self._name.call(tr("{question}: name of the row").format(question=question))
        for column, editor in self._cells:
            words = self._needs.words(label_for(column, solo=self._needs.solo))
            editor.call(": ".join(part for part in (question, self._heading, words) if part))
            editor.setToolTip("")

    def first(self) -> QWidget:
        """What the keyboard goes to first."""
        if self._toggle is not None:
            return self._toggle
        first = self._name or self._cells[0][1]
        return first.focusProxy() or first

    def column_of(self, focused: QWidget) -> int:
        """Which cell a control belongs to; 0 for the name and the heading."""
        return next((n for n, holder in enumerate(self._boxes) if holder.isAncestorOf(focused)), 0)

    def enter(self, column: int) -> None:
        """Go to a cell; a folded row opens."""
        if self._toggle is not None:
            self._fold(folded=False)
        self._cells[column][1].setFocus()

    def least_px(self) -> int:
        """The least width a cell asks for."""
        return max((holder.minimumSizeHint().width() for holder in self._boxes), default=1)

    def arrange(self, beside: int) -> None:
        """Put so many cells on a line."""
        if beside == self._beside:
            return
        self._beside = beside
        for placed in (*self._boxes, self._remove):
            self._grid.removeWidget(placed)  # an item only taken out would go on standing for its cell's size
        for number, holder in enumerate(self._boxes):
            self._grid.addWidget(holder, number // beside, number % beside)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < beside else 0)
        if not self._heading and self._name is None:
            self._grid.addWidget(self._remove, 0, beside, Qt.AlignmentFlag.AlignTop)

    def hold_focus(self) -> None:
        """After moving: the keyboard stays in this row."""
        self.first().setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if not self._heading and step is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button would take the arrows for itself."""
        is_press = event.type() is QEvent.Type.KeyPress
        step = _step_of(event) if is_press and isinstance(event, QKeyEvent) else 0
        if step:
            self.stepped.emit(step)
        return bool(step)

    def _boxed(self, column: Column, editor: Editor) -> QWidget:
        """A cell: its column's words above its editor."""
        editor.changed.connect(self.changed)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(current_hub().theme.space("xs"))
        if column.type is not FieldType.CHECKBOX:
            words = self._needs.words(label_for(column, solo=self._needs.solo))
            box.addWidget(Label(words, "caption", "ink3"))
        box.addWidget(editor)
        box.addStretch(1)  # cells of one line begin at one height
        return holder

    def _fold(self, *, folded: bool) -> None:
        self._body.setVisible(not folded)
        if self._toggle is not None:
            self._toggle.set_icon_name("caret-right" if folded else "caret-down")


def _step_of(event: QKeyEvent) -> int:
    """-1 for Ctrl+Up, 1 for Ctrl+Down, else 0."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != _CONTROL:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)


def _is_asked(column: Column, needs: Needs) -> bool:
    """Columns that only the other person fills in are shown on shared pages, not asked here."""
    return is_offered(column, solo=needs.solo) and column.by != "other"


def _as_field(column: Column) -> Field:
    return Field(id=column.id, type=column.type, label=column.label, options=column.options)


def _grid_in(body: QWidget) -> QGridLayout:
    theme = current_hub().theme
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.space("m"))
    grid.setVerticalSpacing(theme.space("xs"))
    return grid
