"""The rows of a long timeline as a Qt model: days as headings, entries between them.

A timeline has all its rows from the beginning, most of them waiting: what comes into sight is asked for. What a search
finds grows at its end instead.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from typing_extensions import override

from app.ui.widgets.marks import Person

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
STILL_MS: Final = 30
"""How long the list stands still after a leap before it asks for what is in sight."""
_NEAR: Final = 10
"""Rows before the end at which more of a search is fetched."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DayRow:
    """The heading of a day (ordinal; 0 where it does not matter). `words` are empty until it comes into sight."""

    words: str
    day: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `found` ones hold the words that were looked for."""

    words: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: when, what kind, its title (a person's own or the app's), what follows of it, and facts about it.

    `line` is the title in stretches where words were found in it; `dated` rows have a day where others have a time.
    A shared one carries its writer's `mark` and says in `where` who shared it.
    """

    record: str
    kind: str
    kind_words: str
    time: str
    icon: str
    title: str
    personal: bool
    pieces: tuple[Piece, ...] = ()
    meta: str = ""
    late: str = ""
    line: tuple[Piece, ...] = ()
    dated: bool = False
    mark: Person | None = None
    where: str = ""

    @property
    def under(self) -> tuple[Piece, ...]:
        """What stands below the title, in stretches."""
        between = (Piece(" · "),) if self.pieces and self.meta else ()
        return (*self.pieces, *between, *((Piece(self.meta),) if self.meta else ()))

    @property
    def spoken(self) -> str:
        """The whole row for assistive technology."""
        rest = "".join(piece.words for piece in self.pieces)
        parts = (self.kind_words, self.time, self.title, rest, self.meta, self.late, self.where)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An entry whose row has not been read yet."""


WAITING: Final = WaitingRow()
Row = DayRow | EntryRow | WaitingRow


class TimelineModel(QAbstractListModel):
    """Rows in the order shown. Asks for more through `more_wanted` while `has_more`; nothing is fetched twice."""

    more_wanted = Signal()
    """Emitted when the view came near the end."""
    window_wanted = Signal(int, int)
    """Emitted with the first and the last row in sight, where some of them wait."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._places: dict[str, int] | None = None
        self._months: list[tuple[int, int]] | None = None
        self._has_more = False
        self._asked = False
        self._sight = (0, 0)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(lambda: self.window_wanted.emit(*self._sight))

    def show_rows(self, rows: tuple[Row, ...], *, has_more: bool) -> None:
        """Show these rows. Where they only go on at the end, or some were read that waited, nothing else is touched."""
        self._has_more, self._asked = has_more, False
        before, now = len(self._rows), len(rows)
        if rows is self._rows or rows == self._rows:
            return
        self._places = self._months = None
        if before and now > before and rows[:before] == self._rows:
            self.beginInsertRows(QModelIndex(), before, now - 1)
            self._rows = rows
            self.endInsertRows()
        elif before == now:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(now - 1))
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def look(self, first: int, last: int) -> None:
        """These rows are in sight: ask for what waits among them, and for more when the end is near."""
        if any(row is WAITING for row in self._rows[max(0, first) : last + 1]):
            far = abs(first - self._sight[0]) > last - first
            self._sight = (first, last)
            if far:  # the bar is dragged: what flies by is not read
                self._still.start()
            elif not self._still.isActive():
                self.window_wanted.emit(first, last)
            return
        self._sight = (first, last)
        if last + _NEAR >= len(self._rows):
            self.fetchMore(QModelIndex())

    def row(self, number: int) -> Row | None:
        """One row, or None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def day_above(self, number: int) -> str:
        """The heading under which a row stands."""
        for at in range(min(number, len(self._rows) - 1), -1, -1):
            row = self._rows[at]
            if isinstance(row, DayRow):
                return row.words
        return ""

    def month_starts(self) -> list[tuple[int, int]]:
        """The heading each month begins with, newest first: its row and its day (ordinal)."""
        if self._months is None:
            found: dict[tuple[int, int], tuple[int, int]] = {}
            for at, row in enumerate(self._rows):
                if isinstance(row, DayRow) and row.day:
                    date = dt.date.fromordinal(row.day)
                    found.setdefault((date.year, date.month), (at, row.day))
            self._months = list(found.values())
        return self._months

    def index_of(self, record: str) -> QModelIndex:
        """Where an entry stands; an invalid index when it is not shown."""
        if not record:
            return QModelIndex()
        if self._places is None:
            self._places = {row.record: at for at, row in enumerate(self._rows) if isinstance(row, EntryRow)}
        return self.index(self._places[record]) if record in self._places else QModelIndex()

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more and not self._asked

    @override
    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), DayRow):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if isinstance(row, WaitingRow):
            return None
        if isinstance(row, DayRow):
            return row.words if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.kind_words if row.title == row.kind_words else f"{row.kind_words}\n{row.title}"
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None
