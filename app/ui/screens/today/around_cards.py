"""The cards around the check-in: rituals due, a look that is due, what lies ahead, one small suggestion."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.ui.screens.today.state import AheadLine, LookCard, RitualLine, RitualsCard, SuggestionCard
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.bars import StrengthBar
from app.ui.widgets.buttons import Button, IconButton, TickBox
from app.ui.widgets.card import Card, Rule, Surface
from app.ui.widgets.dot_row import DotRow
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.text_link import TextLink


class _RitualRow(QWidget):
    """One ritual: tick and name, who and when; below them the bar and how it went lately."""

    ticked = Signal(bool)
    """Emitted when the person ticks it, or opens it again."""

    def __init__(self, line: RitualLine) -> None:
        super().__init__()
        theme = current_hub().theme
        across = QHBoxLayout(self)
        across.setContentsMargins(0, theme.px(1), 0, theme.px(5))
        across.setSpacing(theme.px(6))
        self.box = TickBox(name=line.title)
        self.box.clicked.connect(self.ticked)
        across.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout()
        rows.setContentsMargins(0, (theme.size("min_target") - theme.line_height("body")) // 2, 0, 0)
        rows.setSpacing(theme.px(2))
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(theme.px(6))
        lower.setSpacing(theme.space("s"))
        self._title = Label("", "body", lines=1, elide=True)
        self._title.set_weight(500)
        self._marks = _Beside()
        self._at = Label("", "small", "ink2", lines=1)
        upper.addWidget(self._title, 1)
        upper.addWidget(self._marks)
        upper.addWidget(self._at)
        self._bar = StrengthBar(name=tr("Strength"))
        self._lately = Label("", "small", "ink2", lines=1)
        lower.addWidget(self._bar)
        lower.addStretch(1)
        lower.addWidget(self._lately)
        rows.addLayout(upper)
        rows.addLayout(lower)
        across.addLayout(rows, 1)
        self.show_line(line)

    def show_line(self, line: RitualLine) -> None:
        """Show the ritual as it stands now."""
        self.box.setChecked(line.ticked)
        self.box.setAccessibleName(line.title)
        self.box.setAccessibleDescription(line.spoken)
        self._title.setText(line.title)
        self._marks.show_people(line)
        self._at.setText(line.at)
        self._at.setVisible(bool(line.at))
        self._bar.setVisible(bool(line.strength_words))
        if line.strength_words:
            self._bar.show_strength(line.strength, line.strength_words)
        self._lately.setText(line.lately)


class _Beside(QWidget):
    """The marks of the people of a ritual, side by side as on a row of a list."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current_hub().theme.px(3))
        self._shown: tuple[object, ...] = ()

    def show_people(self, line: RitualLine) -> None:
        """Show these; marks that stay the same stay in place."""
        if line.people == self._shown:
            return
        self._shown = line.people
        _emptied(self._row)
        for person in line.people:
            self._row.addWidget(PersonMark(person, size="small"))


class RitualsView(Card):
    """What is due today by its rhythm."""

    tick = Signal(str, bool)
    """Emitted with a ritual and whether it is ticked now."""

    def __init__(self) -> None:
        super().__init__(tr("Rituals today"))
        self._rows: dict[str, _RitualRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add(self._list)

    def show_card(self, card: RitualsCard | None) -> None:
        """Show these; the same rituals stay in place, so that the keyboard does, too."""
        self.setVisible(card is not None)
        if card is None:
            return
        self.set_caption(card.so_far)
        wanted = [line.record for line in card.lines]
        if wanted != list(self._rows):
            _emptied(self._list)
            self._rows = {}
            for number, line in enumerate(card.lines):
                if number:
                    self._list.addWidget(Rule())
                row = _RitualRow(line)
                row.ticked.connect(lambda on, record=line.record: self.tick.emit(record, on))
                self._rows[line.record] = row
                self._list.addWidget(row)
            return
        for line in card.lines:
            self._rows[line.record].show_line(line)


class LookView(Card):
    """An agreement whose look is due, or whose words wait for a mark."""

    look = Signal()
    """Emitted when it should be opened."""
    later = Signal()
    """Emitted when it can wait for a week."""

    def __init__(self) -> None:
        super().__init__(tr("Due for a look"))
        theme = current_hub().theme
        self._words = Label("", "line", "ink", lines=3)
        self._plain = Label("", "body", "ink")
        held = QHBoxLayout()
        held.setSpacing(theme.space("s"))
        self._dots = DotRow(name=tr("How it has gone"))
        self._counted = Label("", "small", "ink2", lines=1, elide=True)
        held.addWidget(self._dots)
        held.addWidget(self._counted, 1)
        foot = QWidget()
        row = FlowLayout(foot, gap_px=theme.px(18))
        self._open = Button("", "plain", small=True)
        self._open.clicked.connect(lambda _checked=False: self.look.emit())
        self._later = TextLink(tr("Next week"))
        self._later.clicked.connect(lambda _checked=False: self.later.emit())
        self._more = Label("", "small", "ink3", lines=1)
        self._more.setFixedHeight(theme.size("button_small"))
        for part in (self._open, self._later, self._more):
            row.addWidget(part)
        self.add(self._words)
        self.add(self._plain)
        self.add(held)
        self.body.addSpacing(theme.px(3))
        self.add(foot)

    def show_card(self, card: LookCard | None) -> None:
        """Show it, or nothing."""
        self.setVisible(card is not None)
        if card is None:
            return
        self.set_heading(card.heading)
        self.set_caption(card.caption)
        self._words.setText(card.words if card.written else "")
        self._words.setVisible(card.written)
        self._plain.setText("" if card.written else card.words)
        self._plain.setVisible(not card.written)
        self._dots.show_marks(card.dots, card.counted)
        self._dots.setVisible(bool(card.dots))
        self._counted.setText(card.counted)
        self._counted.setVisible(bool(card.counted))
        self._open.setText(card.action)
        self._open.setAccessibleDescription(card.words)
        self._more.setText(card.more)
        self._more.setVisible(bool(card.more))


class AheadView(Card):
    """What lies ahead or waits, in single lines: a talk, a session, one's own promises, a longer look."""

    act = Signal(object)
    """Emitted with the AheadLine to go on with."""
    later = Signal(object)
    """Emitted with the AheadLine to put aside."""

    def __init__(self) -> None:
        super().__init__(tr("Coming up"))
        self._lines: tuple[AheadLine, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(current_hub().theme.px(2))
        self.add(self._list)

    def show_lines(self, lines: tuple[AheadLine, ...]) -> None:
        """Show these; nothing is touched while they stay the same."""
        self.setVisible(bool(lines))
        if lines == self._lines:
            return
        self._lines = lines
        _emptied(self._list)
        for number, line in enumerate(lines):
            if number:
                self._list.addWidget(Rule())
            self._list.addWidget(self._row(line))

    def _row(self, line: AheadLine) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(current_hub().theme.space("xs"))
        words = QVBoxLayout()
        words.setSpacing(0)
        title = Label(line.title, "line" if line.written else "body", "ink", lines=2)
        words.addWidget(title)
        if line.caption:
            words.addWidget(Label(line.caption, "caption", "ink3", lines=1, elide=True))
        across.addLayout(words, 1)
        button = Button(line.action, "plain", small=True)
        button.setAccessibleDescription(line.title)
        button.clicked.connect(lambda _checked=False: self.act.emit(line))
        across.addWidget(button)
        if line.later:
            drop = IconButton("x", line.later)
            drop.setAccessibleDescription(line.title)
            drop.clicked.connect(lambda _checked=False: self.later.emit(line))
            across.addWidget(drop)
        return made


class SuggestionView(Surface):
    """One small thing to try, in a quiet well; closed, it does not come back."""

    taken = Signal()
    """Emitted when the practice should be opened."""
    closed = Signal()
    """Emitted when it was closed."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=8)
        theme = current_hub().theme
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        self._heading = Label(tr("Something small, if you like"), "caption", "ink3", lines=1, elide=True)
        self._line = Label("", "small", "ink2")
        self.open = TextLink("", trailing="arrow-right")
        self.open.clicked.connect(lambda _checked=False: self.taken.emit())
        words.addWidget(self._heading)
        words.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeading)
        words.addWidget(self._line)
        row.addLayout(words, 1)
        close = IconButton("x", tr("Not this one"))
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_card(self, card: SuggestionCard | None) -> None:
        """Show it, or nothing."""
        self.setVisible(card is not None)
        if card is None:
            return
        self.open.setText(tr("{title}, {minutes}").format(title=card.title, minutes=card.minutes))
        self._line.setText(card.line)
        self.setAccessibleName(card.title)

    def _pad(self) -> None:
        px = current_hub().theme.px
        self.body.setContentsMargins(px(18), px(9), px(10), px(11))


def _emptied(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
