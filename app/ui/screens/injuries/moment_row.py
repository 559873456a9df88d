"""A new moment beside the story: its day, its diamond, its line. The whole row opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.ui.screens.injuries.open_row import OpenRow
from app.ui.screens.injuries.state import MomentLine
from app.ui.theme.tokens import Theme
from app.ui.widgets.label import Label
from app.ui.widgets.marks import MomentMark

_DATE_PX = 46


class MomentRow(OpenRow):
    """A tab stop; Enter, Space or a click opens."""

    def __init__(self, moment: MomentLine, longest_date: str = "") -> None:
        """`longest_date` is the longest date of the list, so that all rows begin at one line."""
        super().__init__(moment.record)
        self._longest = longest_date or moment.date
        self._date = Label(moment.date, "caption", "ink2", lines=1)
        words = Label(moment.words, "line", lines=3)
        top = Qt.AlignmentFlag.AlignTop
        self.row.addWidget(self._date, 0, top)
        self.row.addWidget(MomentMark(), 0, top)
        self.row.addWidget(words, 1, top)
        self.setAccessibleName(f"{moment.day or moment.date}, {moment.words}")
        self.setToolTip(f"{moment.day or moment.date}\n{moment.words}")
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def _restyle(self, theme: Theme) -> None:
        self.row.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        self.row.setSpacing(theme.px(5))
        longest = QFontMetrics(theme.font("caption")).horizontalAdvance(self._longest) + 1
        self._date.setMinimumWidth(max(theme.px(_DATE_PX), longest))
        self._date.setFixedHeight(theme.line_height("line"))
