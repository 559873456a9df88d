"""Before a conversation begins: what it is, when it is not the right help, a few checks, and who is here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.conversation.state import Begin
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Select, TickBox
from app.ui.widgets.card import Card, Icon, Surface
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout

_MEASURE_PX, _BESIDE_PX = 640, 820
_TITLE_SIGNS = 56


@dataclass(frozen=True, slots=True)
class Wish:
    """How a conversation is to begin. `first` is the place of whoever speaks first, the first person being 0."""

    alone: bool
    first: int
    topic: str
    thread: str | None


class StartPanel(Card):
    """Asks for nothing it does not need. Beginning waits until every check is ticked; another day is as good."""

    begin_asked = Signal(object)
    """Emitted with a Wish."""
    another_day = Signal()
    safety_asked = Signal()
    alone_asked = Signal()
    """Emitted when what waits for two is to be begun alone instead."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._shown: Begin | None = None
        self._checks: list[TickBox] = []
        self._line = Label("", "reading")
        self._time = Label("", "small", "ink2")
        self._fear = _note("shield")
        self._fear_words = Label("", "body")
        self._safety = Button(tr("The safety page"), "plain")
        self._safety.clicked.connect(lambda _checked=False: self.safety_asked.emit())
        self._rules = QVBoxLayout()
        self._not_for = Label("", "small", "ink2")
        self._who = Segmented((tr("Together"), tr("On my own")), name=tr("Who is here"))
        self._who_word = Label(tr("Who is here"), "label")
        self._first = Select(name=tr("Who speaks first"))
        self._first_row = Labelled(tr("Who speaks first"), self._first)
        self._about = Select(name=tr("About"), voice="person")
        self._about_row = Labelled(tr("About, if you like"), self._about)
        self._topic = Field(name=tr("The topic, in a few words"))
        self._topic_row = Labelled(tr("The topic, in a few words, if you like"), self._topic)
        self._title = Label(title, "heading")
        self._boxes = QVBoxLayout()
        self._no = Label("", "small", "ink2")
        self._begin = Button(tr("Begin"), "primary")
        self._later = Button(tr("Another day"), "plain")
        self._instead = Button(tr("Go through it on my own"), "plain")
        self._held = Label("", "body", "ink2")
        self._assemble()
        self._who.changed.connect(lambda _value: self._turn())
        self._begin.clicked.connect(lambda _checked=False: self._ask())
        self._later.clicked.connect(lambda _checked=False: self.another_day.emit())
        self._instead.clicked.connect(lambda _checked=False: self.alone_asked.emit())

    def show_begin(self, begin: Begin) -> None:
        """Show what stands before this conversation; the same one stays as it is filled in."""
        if begin == self._shown:
            return
        self._shown = begin
        self._line.setText(begin.line)
        self._time.setText(begin.time)
        self._not_for.setText(begin.not_for)
        self._fear.setVisible(begin.danger)
        self._fear_words.setText(begin.fear)
        self._held.setVisible(begin.held)
        self._held.setText(tr("What you had begun stays kept as it is."))
        _refill(self._rules, [Label(rule, "body") for rule in begin.rules])
        self._first.clear()
        for name in begin.names:
            self._first.addItem(name)
        self._who.choose(0 if begin.both else 1)
        self._topic.clear()
        self._turn()

    def focus_first(self) -> None:
        """The keyboard goes to the safety page where it comes first, else to who is here, else to the first check."""
        begin = self._shown
        if begin is not None and begin.danger:
            self._safety.setFocus(Qt.FocusReason.OtherFocusReason)
        elif begin is not None and begin.both:
            self._who.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._checks:
            self._checks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_begin(self) -> None:
        """Begin by key, where it can begin."""
        if self._begin.isEnabled() and self._begin.isVisibleTo(self):
            self._ask()

    def _assemble(self) -> None:
        theme = current_hub().theme
        row = self._fear.body
        row.addWidget(self._fear_words)
        row.addWidget(self._safety, 0, Qt.AlignmentFlag.AlignLeading)
        who = QHBoxLayout()
        who.setSpacing(theme.space("m"))
        who.addWidget(self._who_word, 0, Qt.AlignmentFlag.AlignVCenter)
        who.addWidget(self._who)
        who.addStretch(1)
        buttons = QWidget()
        ways = FlowLayout(buttons, gap_px=theme.space("s"))
        for button in (self._begin, self._instead, self._later):
            ways.addWidget(button)
        checks = Surface("sunken")
        checks.body.addWidget(self._title)
        checks.body.addLayout(self._boxes)
        checks.body.addWidget(self._no)
        self._rules.setSpacing(theme.space("xs"))
        told, asked = QWidget(), QWidget()
        for side in (told, asked):
            side.setMaximumWidth(theme.px(_MEASURE_PX))
        left, right = QVBoxLayout(told), QVBoxLayout(asked)
        for inner in (left, right):
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(theme.space("m"))
        for part in (self._line, self._time, self._fear, self._held):
            left.addWidget(part)
        left.addLayout(self._rules)
        left.addWidget(self._not_for)
        left.addLayout(who)
        self._asks_of = (checks, self._topic_row)
        for below in (self._first_row, self._about_row, self._topic_row):
            left.addWidget(below)
        left.addStretch(1)
        right.addWidget(checks)
        right.addWidget(buttons)
        right.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.space("page"))
        self._sides.addWidget(told, 5)
        self._sides.addWidget(asked, 4)
        self.body.addLayout(self._sides)
        self.body.addStretch(1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= current_hub().theme.px(_BESIDE_PX)
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _turn(self) -> None:
        """Two are here, or one."""
        begin = self._shown
        if begin is None:
            return
        alone = self._alone()
        self._who.setVisible(begin.both)
        self._who_word.setVisible(begin.both)
        self._first_row.setVisible(not alone)
        self._about.clear()
        self._about.addItem(tr("Nothing in particular"), None)
        for record, title in begin.about_own if alone else begin.about_both:
            self._about.addItem(_short(title), record)
        self._about_row.setVisible(self._about.count() > 1 and not begin.held)
        for part in self._asks_of:
            part.setVisible(not begin.held)
        self._no.setText(begin.no)
        self._checks = [TickBox(words) for words in (begin.solo_checks if alone else begin.checks)]
        for box in self._checks:
            box.toggled.connect(lambda _on: self._may_begin())
        _refill(self._boxes, self._checks)
        self._begin.setVisible(not begin.held)
        self._instead.setVisible(begin.held)
        self._may_begin()

    def _may_begin(self) -> None:
        ready = all(box.isChecked() for box in self._checks)
        self._begin.setEnabled(ready)
        self._no.setVisible(not ready)

    def _alone(self) -> bool:
        return self._shown is None or not self._shown.both or self._who.chosen() == 1

    def _ask(self) -> None:
        thread = self._about.currentData()
        wish = Wish(self._alone(), max(0, self._first.currentIndex()), self._topic.text().strip(), thread or None)
        self.begin_asked.emit(wish)


def _short(title: str) -> str:
    return title if len(title) <= _TITLE_SIGNS else title[: _TITLE_SIGNS - 1].rstrip() + "…"


def _note(icon: str) -> Surface:
    note = Surface("lamp_tint")
    note.body.addWidget(Icon(icon, "lamp"), 0, Qt.AlignmentFlag.AlignLeading)
    return note


def _refill(column: QVBoxLayout, widgets: list[TickBox] | list[Label]) -> None:
    while (item := column.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        column.addWidget(widget)
