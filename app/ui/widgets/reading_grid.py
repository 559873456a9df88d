"""A table set for reading: a real grid with hairlines where there is room, a block for each row where there is not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayoutItem, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.label import Label
from app.ui.widgets.painting import painting
from app.ui.widgets.reading_shapes import Cell, Grid

_COLUMN_PX: Final = 118
"""Least width of a column at 100 %; with less for any of them the rows become blocks."""
_LEAST, _MOST = 10, 30
"""Letters between which columns share the width by their longest cells."""


class GridView(QWidget):
    """Rows below their column names, or each row as a block of its own; it turns as its width changes."""

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self._hub = current_hub()
        self._grid = grid
        self._blocks: bool | None = None
        self._page: QWidget | None = None
        self._lines: list[QWidget] = []
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._arrange()
        self._hub.changed.connect(self._arrange_anew)

    @property
    def in_blocks(self) -> bool:
        """Whether rows stand as blocks."""
        return bool(self._blocks)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairlines above every row; the grid has no other frame."""
        theme = self._hub.theme
        with painting(self, theme) as painter:
            for first in self._lines:
                above = first.mapTo(self, first.rect().topLeft()).y() - theme.px(5)
                painter.fillRect(0, above, self.width(), 1, theme.color("line_soft"))

    def _arrange_anew(self, _theme: Theme) -> None:
        self._blocks = None
        self._arrange()

    def _arrange(self) -> None:
        theme = self._hub.theme
        blocks = self.width() < theme.px(_COLUMN_PX) * len(self._grid.columns)
        if blocks == self._blocks:
            return
        self._blocks = blocks
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page = QWidget()
        self._lines = []
        grid = QGridLayout(self._page)
        grid.setContentsMargins(0, 0, 0, theme.px(4))
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(3 if blocks else 10))
        if blocks:
            self._fill_blocks(grid)
        else:
            self._fill_grid(grid)
        self._around.addWidget(self._page)

    def _fill_grid(self, grid: QGridLayout) -> None:
        columns = self._grid.columns
        for at, words in enumerate(columns):
            grid.addWidget(Label(words, "caption", "ink3"), 0, at, Qt.AlignmentFlag.AlignBottom)
            longest = max(len(row[at].words) for row in self._grid.rows)
            grid.setColumnStretch(at, min(_MOST, max(_LEAST, longest, len(words))))
        for number, row in enumerate(self._grid.rows, start=1):
            for at, cell in enumerate(row):
                label = _label(cell, name=at == 0)
                label.setAccessibleName(self._spoken(at, cell))
                grid.addWidget(label, number, at, Qt.AlignmentFlag.AlignTop)
            first = grid.itemAtPosition(number, 0)
            self._keep(first)

    def _fill_blocks(self, grid: QGridLayout) -> None:
        line = 0
        for row in self._grid.rows:
            for at, cell in enumerate(row):
                if not cell.words:
                    continue
                label = _label(cell, name=at == 0)
                label.setAccessibleName(self._spoken(at, cell))
                if at:
                    grid.addWidget(Label(self._grid.columns[at], "caption", "ink3"), line, 0)
                    line += 1
                grid.addWidget(label, line, 0)
                if at == 0:
                    grid.setRowMinimumHeight(line, label.sizeHint().height() + self._hub.theme.px(4))
                    self._keep(grid.itemAtPosition(line, 0))
                line += 1
            grid.setRowMinimumHeight(line, self._hub.theme.px(8))
            line += 1

    def _keep(self, item: QLayoutItem | None) -> None:
        widget = item.widget() if item is not None else None
        if widget is not None:
            self._lines.append(widget)

    def _spoken(self, at: int, cell: Cell) -> str:
        column = self._grid.columns[at]
        words = cell.words or tr("left open")
        return tr("{column}: {words}").format(column=column, words=words) if column else words


def _label(cell: Cell, *, name: bool) -> Label:
    label = Label(cell.words, "line" if cell.personal else "body")
    if name:
        label.set_weight(600 if not cell.personal else None)
    return label
