"""A chart's rows as a Qt model: the same numbers for whoever reads better than they look."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDate, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.charts.plot import Cell, Table
from app.ui.text import locale

_Index = QModelIndex | QPersistentModelIndex


class ChartTableModel(QAbstractTableModel):
    """A chart's rows for a table view; values are written in the reader's own locale, blanks stay blank."""

    def __init__(self, table: Table, locale: QLocale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._locale = locale

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._table.rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._table.columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._written(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, int | float):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            side = Qt.AlignmentFlag.AlignRight if self._is_figures(section) else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._table.columns[section]
        return None

    def _is_figures(self, column: int) -> bool:
        """Whether the first answer of a column is a number, so that its heading stands over the figures."""
        known = next((row[column] for row in self._table.rows if row[column] is not None), None)
        return isinstance(known, int | float)

    def _written(self, cell: Cell) -> str:
        match cell:
            case None:
                return ""
            case date():
                return str(
                    self._locale.toString(QDate(cell.year, cell.month, cell.day), QLocale.FormatType.ShortFormat)
                )
            case float():
                return str(self._locale.toString(cell, "f", 1))
            case int():
                return str(self._locale.toString(cell))
        return cell


class ChartTable(QTableView):
    """Stands where the chart stood: whole rows, columns as wide as there is room, the Tab key passing by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)

    def show_rows(self, table: Table, name: str) -> None:
        """Show these rows under this accessible name; the old ones are let go."""
        old = self.model()
        self.setModel(ChartTableModel(table, locale(), self))
        self.setAccessibleName(name)
        if old is not None:
            old.deleteLater()
