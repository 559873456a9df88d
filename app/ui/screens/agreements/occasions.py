"""The newest occasions of an agreement: the day, what each of the two noted, and what this person can do about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.agreements.parts import drawn
from app.ui.screens.agreements.state import Act, Dot, OccasionEntry
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Rule
from app.ui.widgets.dot_row import paint_dot
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.painting import PaintedWidget
from app.ui.widgets.text_link import TextLink

_DATE_PX, _LINK_PX = 62, 28


class OccasionList(QWidget):
    """Rows with a hairline between them; unchanged ones stay."""

    acted = Signal(str, str, str)
    """Emitted with what is asked, the occasion's first note, and this person's own reading or ""."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[OccasionEntry, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        current_hub().changed.connect(self._restyle)

    def show_entries(self, entries: tuple[OccasionEntry, ...]) -> None:
        """Show these, newest first."""
        if entries == self._entries:
            return
        self._entries = entries
        self._fill()

    def links(self, record: str) -> dict[str, TextLink]:
        """The buttons of one occasion by what they ask for."""
        return {
            str(link.property("act")): link
            for link in self.findChildren(TextLink)
            if link.property("record") == record and not link.isHidden()
        }

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        dates = [Label(entry.date, "small", "ink2", lines=1) for entry in self._entries]
        wide = max([current_hub().theme.px(_DATE_PX), *(date.sizeHint().width() for date in dates)])
        for entry, date in zip(self._entries, dates, strict=True):
            date.setFixedWidth(wide)  # what was noted begins at one edge, with a year in the date or without
            self._column.addWidget(Rule())
            self._column.addWidget(self._row(entry, date))
        self.updateGeometry()

    def _restyle(self, _theme: Theme) -> None:
        self._fill()

    def _row(self, entry: OccasionEntry, date: Label) -> QWidget:
        theme = current_hub().theme
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        top = Qt.AlignmentFlag.AlignTop
        lower_px = (
            theme.px(_LINK_PX) // 2 - theme.line_height("small") // 2
        )  # first lines stand beside the link's words
        when = QHBoxLayout()
        when.setContentsMargins(0, lower_px, 0, 0)
        when.setSpacing(theme.space("s"))
        when.addWidget(_OccasionDot(entry.dot), 0, top)
        when.addWidget(date, 0, top)
        row.addLayout(when)
        column = QVBoxLayout()
        column.setContentsMargins(0, lower_px, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(entry.words, "small", "ink2"))
        for mark, words in entry.readings:
            said = QHBoxLayout()
            said.setSpacing(theme.space("s"))
            said.addWidget(PersonMark(mark, size="small"), 0, top)
            said.addWidget(Label(words, "line"), 1)
            column.addLayout(said)
        alone = len(entry.acts) == 1
        if entry.acts and not alone:
            column.addWidget(self._acts(entry))
        row.addLayout(column, 1)
        if alone:
            row.addWidget(self._link(entry, entry.acts[0]), 0, top)
        return made

    def _acts(self, entry: OccasionEntry) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap_px=current_hub().theme.space("l"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        for act in entry.acts:
            flow.addWidget(self._link(entry, act))
        return box

    def _link(self, entry: OccasionEntry, act: Act) -> TextLink:
        link = TextLink(act.words)
        link.setProperty("act", act.id)
        link.setProperty("record", entry.record)
        link.setAccessibleDescription(f"{entry.date}, {entry.words}")
        link.clicked.connect(lambda _checked=False: self.acted.emit(act.id, entry.record, entry.mine))
        return link


class _OccasionDot(PaintedWidget):
    """The mark of one occasion."""

    def __init__(self, dot: Dot) -> None:
        super().__init__()
        self._dot = drawn(dot)
        self.setAccessibleName(dot.words)

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(14), self.theme.line_height("small"))

    @override
    def draw(self, painter: QPainter) -> None:
        paint_dot(painter, QPointF(self.rect().center()), self.theme.size("dot"), self._dot, self.theme)
