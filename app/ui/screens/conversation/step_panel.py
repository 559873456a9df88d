"""One step: who speaks and who listens, one prompt, help with the words, notes, and the way on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.conversation.state import StepPage, Turn
from app.ui.screens.conversation.word_frames import WordHelper
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.card import Card, Icon, Surface
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.highlighting import GentleNote
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import PersonMark, Shape
from app.ui.widgets.painting import box, painting
from app.ui.widgets.tab_chain import tab_after
from app.ui.widgets.text_link import TextLink


class SeatTile(QWidget):
    """One of the two: the mark, what they do in this step, and the name. Whose turn it is stands on their tint."""

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self._hub = current_hub()
        theme = self._hub.theme
        self._turn = turn
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(turn.doing, "small", "ink2", lines=1))
        name = Label(turn.person.name, "body", lines=1)
        name.set_weight(500)
        names.addWidget(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(16), theme.px(6))
        row.setSpacing(theme.px(10))
        row.addWidget(PersonMark(turn.person, size="large"))
        row.addLayout(names)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{turn.person.name}, {turn.doing}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        first = self._turn.person.shape is Shape.CIRCLE
        tint: Role = "lee_tint" if first else "lamp_tint"
        edge: Role = "lee" if first else "lamp_mark"
        with painting(self, theme) as painter:
            active = self._turn.active
            box(
                painter,
                QRectF(self.rect()),
                theme.radius("control"),
                fill=theme.color(tint if active else "card"),
                edge=theme.color(edge if active else "line"),
            )


class _Offer(Surface):
    """A pause is offered: taking it and going on are the same size."""

    pause_asked = Signal()
    on_asked = Signal()

    def __init__(self) -> None:
        super().__init__("lamp_tint")
        self._words = Label("", "body")
        self.pause = Button(tr("Take a pause"), "plain", icon="hand-palm", hint="F9")
        self.on = Button(tr("Go on as it is"), "plain")
        self.pause.clicked.connect(lambda _checked=False: self.pause_asked.emit())
        self.on.clicked.connect(lambda _checked=False: self.on_asked.emit())
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.addWidget(self.pause)
        flow.addWidget(self.on)
        self.body.addWidget(self._words)
        self.body.addWidget(ways)
        self.hide()

    def offer(self, words: str) -> None:
        """Offer it in these words, or not with none."""
        arrives = bool(words) and self.isHidden()
        self.setVisible(bool(words))
        self._words.setText(words)
        if arrives:
            self.pause.setFocus(Qt.FocusReason.OtherFocusReason)


class StepPanel(Card):
    """Built anew for each step; while one types, only the sentence under the helpers changes."""

    filled = Signal(object)
    """Emitted with what stands in the gaps, frame by frame."""
    noted = Signal(str)
    swapped = Signal()
    went_on = Signal()
    not_quite = Signal()
    went_back = Signal()
    pause_asked = Signal()
    given = Signal(bool)
    ended_here = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._helper: WordHelper | None = None
        self._notes: GrowingText | None = None
        self._seats = QWidget()
        self._seat_row = FlowLayout(self._seats, gap_px=current_hub().theme.px(10))
        self._swap = Button(tr("Swap"), "quiet", icon="arrows-clockwise")
        self._place = Label("", "small", "ink2", lines=1)
        self._prompt = Label("", "title")
        self._prompt.set_weight(500)
        self._hint = Label("", "body", "ink2")
        self._low = _line("info")
        self._typed = QVBoxLayout()
        self._typed.setSpacing(current_hub().theme.space("m"))
        self._note = Label("", "small", "ink2")
        self._given = TickBox("")
        self._offer = _Offer()
        self._back = Button(tr("Back one step"), "plain")
        self._end = TextLink(tr("End here for today"))
        self._not_quite = Button("", "plain")
        self._on = Button("", "primary", hint="Ctrl+Enter")
        self._assemble()
        self._connect()

    def show_page(self, page: StepPage) -> None:
        """Show a step as it stands."""
        if page.key != self._key:
            self._key = page.key
            self._rebuild(page)
        if self._helper is not None:
            self._helper.show_sentence(page)
        self._note.setText(page.not_quite_note)
        self._note.setVisible(bool(page.not_quite_note))
        self._given.setChecked(page.is_given)
        self._offer.offer(page.offer)
        self._on.setEnabled(not page.offer)

    def focus_first(self) -> None:
        """The keyboard goes to the first place to write, else to the way on."""
        first = self._helper.first() if self._helper is not None else None
        target = first or self._notes or self._on
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_on(self) -> None:
        """Go on by key; while a pause is offered the keyboard has to choose."""
        if self._on.isEnabled():
            self.went_on.emit()

    def _assemble(self) -> None:
        theme = current_hub().theme
        self.body.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        head.addWidget(self._seats, 1)
        head.addWidget(self._swap, 0, Qt.AlignmentFlag.AlignVCenter)
        foot = QWidget()
        ways = QHBoxLayout(foot)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(theme.space("s"))
        ways.addWidget(self._back)
        ways.addStretch(1)
        ways.addWidget(self._not_quite)
        ways.addWidget(self._on)
        self.add(head)
        self.body.addSpacing(theme.space("s"))
        for part in (self._low, self._place, self._prompt, self._hint, self._offer):
            self.add(part)
        self.body.addSpacing(theme.space("s"))
        self.add(self._typed)
        self.add(self._given)
        self.add(self._note)
        self.body.addSpacing(theme.space("s"))
        self.body.addStretch(1)
        self.add(foot)
        self.body.addWidget(self._end, 0, Qt.AlignmentFlag.AlignLeading)

    def _connect(self) -> None:
        self._swap.clicked.connect(lambda _checked=False: self.swapped.emit())
        self._back.clicked.connect(lambda _checked=False: self.went_back.emit())
        self._end.clicked.connect(lambda _checked=False: self.ended_here.emit())
        self._not_quite.clicked.connect(lambda _checked=False: self.not_quite.emit())
        self._on.clicked.connect(lambda _checked=False: self.went_on.emit())
        self._given.clicked.connect(self.given)
        self._offer.pause_asked.connect(self.pause_asked)
        self._offer.on_asked.connect(self.went_on)

    def _rebuild(self, page: StepPage) -> None:
        _empty(self._seat_row)
        for turn in page.turns:
            self._seat_row.addWidget(SeatTile(turn))
        self._seats.setVisible(bool(page.turns))
        self._swap.setVisible(bool(page.turns))
        self._low.setVisible(bool(page.low))
        _say(self._low, page.low)
        self._place.setText(page.place)
        self._prompt.setText(page.prompt)
        self._hint.setText(page.hint)
        self._given.setText(page.given)
        self._given.setVisible(bool(page.given))
        self._not_quite.setText(page.not_quite)
        self._not_quite.setVisible(bool(page.not_quite))
        self._back.setVisible(page.back)
        self._end.setVisible(page.may_end)
        self._on.setText(page.go_on)
        _empty(self._typed)
        self._helper, self._notes = None, None
        if page.rows or page.phrases:
            self._helper = WordHelper(page, self)
            self._helper.filled.connect(self.filled)
            self._typed.addWidget(self._helper)
            self._helper.show()
        stops = [*self._helper.stops()] if self._helper is not None else []
        if page.notes is not None:
            stops.append(self._add_notes(page))
        tab_after(self._prompt, stops)

    def _add_notes(self, page: StepPage) -> GrowingText:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.space("xs"))
        words = Label(tr("Notes, if you like"), "label")
        self._notes = notes = GrowingText(name=tr("Notes, if you like"), style="line", least=1, most=6)
        notes.set_words(page.notes or "")
        notes.textChanged.connect(lambda: self.noted.emit(notes.words()))
        column.addWidget(words)
        column.addWidget(notes)
        column.addWidget(GentleNote(notes, page.words))
        self._typed.addWidget(holder)
        return notes


def _line(icon: str) -> Surface:
    note = Surface("lamp_tint")
    row = QHBoxLayout()
    row.addWidget(Icon(icon, "lamp"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label("", "body"), 1)
    note.body.addLayout(row)
    return note


def _say(note: Surface, words: str) -> None:
    for label in note.findChildren(Label):
        label.setText(words)


def _empty(layout: FlowLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
