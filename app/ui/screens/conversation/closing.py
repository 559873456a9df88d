"""The end of a talk: a few last words, and what of it stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import text
from app.ui.screens.conversation.state import ClosingPage, ClosingSeat, KeepingPage, KeepRow
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.fields import Field, GrowingText, Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout, MeasuredLayout
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.scale import Scale
from app.ui.widgets.tab_chain import tab_after

_MEASURE_PX = 640
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class LastWords:
    """What stands on the closing page, by seat where it is each one's own."""

    heard: tuple[int | None, int | None]
    taking: tuple[str, str]
    left_open: str
    topic: str
    next_day: dt.date | None


class ClosingPanel(Card):
    """Everything here is optional, and none of it is kept before both have said so."""

    typed = Signal(object)
    """Emitted with LastWords."""
    went_on = Signal()
    went_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._scales: dict[int, Scale] = {}
        self._takes: dict[int, GrowingText] = {}
        self._rows = QVBoxLayout()
        self._topic = Field(name=tr("The topic, in a few words"))
        self._open = GrowingText(name=tr("What stays open"), least=1, most=5)
        self._later = TickBox(tr("Come back to it on"))
        self._day = QDateEdit()
        self._assemble()

    def show_page(self, page: ClosingPage) -> None:
        """Show the end; what is being typed stays in place."""
        if page.key == self._key:
            return
        self._key = ""
        self._build(page)
        self._topic.setText(page.topic)
        self._open.set_words(page.left_open)
        day = page.next_day or page.today + dt.timedelta(days=_WEEK_DAYS)
        self._day.setMinimumDate(QDate(page.today.year, page.today.month, page.today.day))
        self._day.setDate(QDate(day.year, day.month, day.day))
        self._later.setChecked(page.next_day is not None)
        self._day.setEnabled(page.next_day is not None)
        self._low.setText(page.low)
        self._low.setVisible(bool(page.low))
        self._key = page.key

    def focus_first(self) -> None:
        """The keyboard goes to the first scale."""
        if self._scales:
            next(iter(self._scales.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_on(self) -> None:
        """Go on by key."""
        self.went_on.emit()

    def _assemble(self) -> None:
        theme = current_hub().theme
        title = Label(tr("To the end"), "title")
        self._low = Label("", "body", "lamp")
        self._day.setDisplayFormat("d MMM yyyy")
        self._day.setLocale(text.locale())
        self._day.setAccessibleName(tr("The day to come back to it"))
        self._day.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._day.setMinimumHeight(theme.size("field"))
        for edit in self._day.findChildren(QWidget):
            edit.setAccessibleName(tr("The day to come back to it"))
        self._day.lineEdit().setTextMargins(theme.px(9), 0, theme.px(9), 0)
        later = QWidget()
        row = FlowLayout(later, gap_px=theme.space("m"))
        row.addWidget(self._later)
        row.addWidget(self._day)
        back, on = Button(tr("Back one step"), "plain"), Button(tr("What stays"), "primary", hint="Ctrl+Enter")
        back.clicked.connect(lambda _checked=False: self.went_back.emit())
        on.clicked.connect(lambda _checked=False: self.went_on.emit())
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(on)
        column = QWidget()
        inner = MeasuredLayout(column, _MEASURE_PX)
        inner.setSpacing(theme.space("m"))
        inner.addWidget(title)
        inner.addWidget(self._low)
        inner.addLayout(self._rows)
        inner.addWidget(Labelled(tr("The topic, in a few words"), self._topic))
        inner.addWidget(Labelled(tr("What stays open"), self._open))
        inner.addWidget(later)
        self.body.addWidget(column)
        self.body.addStretch(1)
        self.body.addLayout(foot)
        self._topic.textChanged.connect(lambda _words: self._tell())
        self._open.textChanged.connect(self._tell)
        self._later.toggled.connect(self._day.setEnabled)
        self._later.toggled.connect(lambda _on: self._tell())
        self._day.dateChanged.connect(lambda _day: self._tell())

    def _build(self, page: ClosingPage) -> None:
        _empty(self._rows)
        self._scales, self._takes = {}, {}
        for seat in page.seats:
            self._rows.addWidget(self._seat(page, seat, several=len(page.seats) > 1))
        tab_after(self._low, (part for seat in self._scales for part in (self._scales[seat], self._takes[seat])))

    def _seat(self, page: ClosingPage, seat: ClosingSeat, *, several: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.space("s"))
        if several:
            head = QHBoxLayout()
            head.addWidget(PersonMark(seat.person))
            head.addWidget(Label(seat.person.name, "label", lines=1), 1)
            column.addLayout(head)
        whose = f"{seat.person.name}: {page.question}" if several else page.question
        scale = Scale(name=whose, low=page.ends[0], high=page.ends[1], unanswered=tr("open"))
        scale.set_value(seat.heard)
        scale.changed.connect(lambda _value: self._tell())
        take = GrowingText(name=page.taking, least=1, most=4)
        take.set_words(seat.taking)
        take.textChanged.connect(self._tell)
        column.addWidget(Label(page.question, "label"))
        column.addWidget(scale)
        column.addWidget(Labelled(page.taking, take))
        column.addWidget(Rule())
        self._scales[seat.seat], self._takes[seat.seat] = scale, take
        return holder

    def _tell(self) -> None:
        if not self._key:
            return
        heard = tuple(self._scales[seat].value() if seat in self._scales else None for seat in (0, 1))
        taking = tuple(self._takes[seat].words() if seat in self._takes else "" for seat in (0, 1))
        day = self._day.date()
        self.typed.emit(
            LastWords(
                (heard[0], heard[1]),
                (taking[0], taking[1]),
                self._open.words(),
                self._topic.text(),
                dt.date(day.year(), day.month(), day.day()) if self._later.isChecked() else None,
            )
        )


class KeepingPanel(Card):
    """Row by row, one tick for each who sits here. What lacks one is let go."""

    ticked = Signal(str, int, bool)
    """Emitted with an item, whose tick it is (a place among the people shown), and whether it is on."""
    ended = Signal()
    went_back = Signal()
    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[str, ...] | None = None
        self._boxes: dict[tuple[str, int], TickBox] = {}
        self._all: list[TickBox] = []
        theme = current_hub().theme
        self._question = Label("", "title")
        self._note = Label("", "body", "ink2")
        self._outcome = Label("", "body")
        self._where = Label("", "small", "ink2")
        self._professional = Label("", "small", "ink2")
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("m"))
        self._grid.setVerticalSpacing(theme.space("s"))
        self._grid.setColumnStretch(0, 1)
        back, go = Button(tr("Back one step"), "plain"), Button(tr("Let it all go"), "quiet")
        self._end = Button(tr("That is all for today"), "primary", hint="Ctrl+Enter")
        back.clicked.connect(lambda _checked=False: self.went_back.emit())
        go.clicked.connect(lambda _checked=False: self.let_go.emit())
        self._end.clicked.connect(lambda _checked=False: self.ended.emit())
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addWidget(go)
        foot.addStretch(1)
        foot.addWidget(self._end)
        column = QWidget()
        inner = MeasuredLayout(column, _MEASURE_PX)
        inner.setSpacing(theme.space("m"))
        parts = (self._question, self._note, self._outcome, self._grid_holder, self._where, self._professional)
        for part in parts:
            inner.addWidget(part)
        self.body.addWidget(column)
        self.body.addStretch(1)
        self.body.addLayout(foot)

    def show_page(self, page: KeepingPage) -> None:
        """Show what there is and who has said what."""
        self._question.setText(page.question)
        self._note.setText(page.note)
        self._outcome.setText(page.outcome)
        self._where.setText(page.where)
        self._professional.setText(page.professional)
        items = tuple(row.item for row in page.rows)
        if items != self._items:
            self._items = items
            self._build(page)
        for row in page.rows:
            for place, on in row.ticks.items():
                self._boxes[row.item, place].setChecked(on)
        common = [row for row in page.rows if not row.own]
        for place, box in enumerate(self._all):
            box.setChecked(bool(common) and all(row.ticks[place] for row in common))

    def forget(self) -> None:
        """Let go of the words shown."""
        self._items = None
        self._clear()

    def focus_first(self) -> None:
        """The keyboard goes to the first tick, else to the end."""
        first = self._all[0] if self._all else next(iter(self._boxes.values()), self._end)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        _empty(self._grid)
        self._boxes, self._all = {}, []

    def _build(self, page: KeepingPage) -> None:
        self._clear()
        top = 0
        if len(page.rows) > 1:
            all_of_it = Label(tr("All of it"), "label")
            self._grid.addWidget(all_of_it, 1, 0)
            for place, person in enumerate(page.people):
                box = TickBox(name=tr("All of it, {name}").format(name=person.name))
                box.clicked.connect(lambda on, place=place: self._tick_all(place, on=on))
                self._all.append(box)
                self._grid.addWidget(box, 1, place + 1, Qt.AlignmentFlag.AlignHCenter)
            top = 2
        for place, person in enumerate(page.people):
            self._grid.addWidget(PersonMark(person), 0, place + 1, Qt.AlignmentFlag.AlignHCenter)
        for number, row in enumerate(page.rows, max(1, top)):
            self._grid.addWidget(self._named(row), number, 0)
            for place in row.ticks:
                who = page.people[place].name if not row.own else tr("for me alone")
                box = TickBox(name=tr("{item}, {name}").format(item=row.name, name=who))
                box.clicked.connect(lambda on, item=row.item, place=place: self.ticked.emit(item, place, on))
                self._boxes[row.item, place] = box
                self._grid.addWidget(box, number, place + 1, Qt.AlignmentFlag.AlignCenter)
        tab_after(self._question, (*self._all, *self._boxes.values()))

    def _named(self, row: KeepRow) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(row.name, "label"))
        if row.words:
            style = Label(row.words, "small", "ink2") if row.plain else Label(row.words, "line", "ink2", lines=2)
            column.addWidget(style)
        return holder

    def _tick_all(self, place: int, *, on: bool) -> None:
        for (item, whose), box in list(self._boxes.items()):
            if whose == place and box.isChecked() != on and item != "safety":
                self.ticked.emit(item, place, on)


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
