"""The cards of the page for two: each person's lines, what was kept, charts, where you differ, readings, a trigger."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.trend_perception import DifferCard
from app.ui.screens.together.differ_track import DifferTrack
from app.ui.screens.together.state import OwnLines, OwnTrigger, Picture, SomeoneHere, TogetherPage, TwoReadings
from app.ui.text import number, tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card, Rule, Surface
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark, Shape
from app.ui.widgets.painting import PaintedWidget

CHART_PX, GAP_PX = 168, 150
ROWS_FIRST = 2
"""How many rows a card shows before somebody asks for all."""


def marked(who: SomeoneHere) -> Person:
    """The mark of one of the two."""
    return Person(Shape.of(who.mark), who.name.strip()[:1].upper(), who.name)


class MoreButton(Button):
    """All of the rows, or the first ones again."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__("", "quiet", small=True)
        self.all = False
        self.clicked.connect(self._turn)
        self.hide()

    def shown(self, count: int) -> int:
        """How many of `count` rows are to stand there; the button offers the others."""
        self.setVisible(count > ROWS_FIRST)
        self.setText(tr("Fewer") if self.all else tr("All {n}").format(n=number(count)))
        return count if self.all else ROWS_FIRST

    def _turn(self) -> None:
        self.all = not self.all
        self.turned.emit()


class LinesCard(Card):
    """One person's own lines by week, in reading type, and the newest good thing they noticed."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._mark = PersonMark()
        self._own: OwnLines | None = None
        self._only_good = False
        self.more = MoreButton()
        self.more.turned.connect(self._show)
        self.head.insertWidget(0, self._mark)
        self.head.addWidget(self.more)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add(self._list)
        self._empty = Label(tr("Lines put into the space for two stand here."), "small", "ink3")
        self.add(self._empty)
        self.body.addStretch(1)
        self._air = self.body.count() - 1
        self._noted = Label("", "small", "ink2")
        self.add(self._noted)
        self._good = _Quote()
        self.add(self._good)
        self.body.addStretch(0)

    def show_lines(self, own: OwnLines | None, *, only_good: bool = False) -> None:
        """Show one person's lines, or only the good thing; None lets go of everything."""
        self._own, self._only_good = own, only_good
        self._show()

    def _show(self) -> None:
        own, only_good = self._own, self._only_good
        emptied(self._list)
        self._mark.show_people((marked(own.who),) if own else ())
        self.set_heading(tr("{name}’s lines").format(name=own.who.name) if own else "")
        lines = own.lines if own is not None and not only_good else ()
        for week, words in lines[: self.more.shown(len(lines))]:
            self._list.addWidget(Rule())
            self._list.addWidget(_line(week, words))
        noted = own.noted if own is not None and not only_good else ""
        self._noted.setText(noted)
        self._noted.setVisible(bool(noted))
        self.body.setStretch(self._air, 1 if lines else 0)  # with nothing above it the quotation stands at the top
        self.body.setStretch(self.body.count() - 1, 0 if lines else 1)
        self._empty.setVisible(own is not None and not lines and not own.noticed)
        self._good.show_words(own)


class _Bar(PaintedWidget):
    """The upright bar beside a quotation, in its owner's colour."""

    def __init__(self) -> None:
        super().__init__()
        self._role: Role = "lee"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_role(self, role: Role) -> None:
        """Stand in another colour."""
        self._role = role
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(3), self.theme.px(20))

    @override
    def draw(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.color(self._role))


class _Quote(QWidget):
    """What somebody noticed and liked, with a bar in their colour at its side."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._bar = _Bar()
        row.addWidget(self._bar)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(tr("noticed and appreciated"), "small", "ink3"))
        self._words = Label("", "line")
        words.addWidget(self._words)
        row.addLayout(words, 1)

    def show_words(self, own: OwnLines | None) -> None:
        """Show it where there is one."""
        self.setVisible(own is not None and bool(own.noticed))
        self._words.setText(own.noticed if own else "")
        if own is not None:
            self._bar.show_role("lee" if own.who.mark == 1 else "lamp_mark")


class CountedCard(Card):
    """Things of one sort with how often, in the order they came to be; never by how often."""

    def __init__(self, heading: str, empty: str) -> None:
        super().__init__(heading, caption=tr("in these weeks"))
        self._rows: tuple[tuple[str, str], ...] = ()
        self.more = MoreButton()
        self.more.turned.connect(self._show)
        self.head.addWidget(self.more)
        self._list = QVBoxLayout()
        self._list.setSpacing(current_hub().theme.px(4))
        self.add(self._list)
        self._empty = Label(empty, "small", "ink3")
        self.add(self._empty)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show (words, how often)."""
        self._rows = tuple(rows)
        self._show()

    def _show(self) -> None:
        emptied(self._list)
        for words, often in self._rows[: self.more.shown(len(self._rows))]:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(Label(words, "line", lines=1, elide=True), 1)
            across.addWidget(Label(often, "small", "ink2", lines=1), 0, Qt.AlignmentFlag.AlignTop)
            self._list.addWidget(row)
        self._empty.setVisible(not self._rows)


class PictureCard(Card):
    """A chart, its sentence, and the line that reads it out. With several pictures, a switch between them."""

    def __init__(self, high_px: int) -> None:
        super().__init__(" ")
        self._high_px = high_px
        self._pictures: tuple[Picture, ...] = ()
        self._place = 0
        self.chart = ChartView()
        self.chart.set_menu_words(tr("Show as table"), tr("Show as chart"))
        self._words = Label("", "small", "ink2")
        self.other = Button("", "quiet", small=True)
        self.head.addWidget(self.other)
        self.add(self.chart)
        self.add(self._words)
        self.body.addStretch(1)
        self.other.clicked.connect(self._turn)
        self.chart.reading_changed.connect(self._read)
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show the first of these; none lets go of everything."""
        self._pictures = tuple(pictures)
        self._place = min(self._place, max(len(self._pictures) - 1, 0))
        self._show()

    def _show(self) -> None:
        shown = self._pictures[self._place] if self._pictures else None
        self.set_heading(shown.title if shown else "")
        self.set_caption(shown.caption if shown else "")
        self._words.setText(shown.sentence if shown else "")
        self.chart.set_plot(shown.plot if shown else None)
        self.chart.setVisible(shown is not None and shown.plot is not None)
        self.other.setVisible(len(self._pictures) > 1)
        if len(self._pictures) > 1:
            self.other.setText(self._pictures[1 - self._place].title)

    def _turn(self) -> None:
        self._place = 1 - self._place
        self._show()

    def _read(self, _index: object, words: str) -> None:
        if self._pictures:
            self._words.setText(words or self._pictures[self._place].sentence)

    def _restyle(self, theme: Theme) -> None:
        self.chart.setFixedHeight(theme.px(self._high_px))


class DifferView(Card):
    """Where you differ: three tracks, for one direction at a time."""

    def __init__(self) -> None:
        super().__init__(tr("Where you differ"))
        self._page = TogetherPage()
        self._which: Segmented | None = None
        self._names: tuple[str, ...] = ()
        self.track = DifferTrack()
        self._words = Label("", "small", "ink2")
        self.add(self.track)
        self.add(self._words)
        self.body.addStretch(1)

    def show_page(self, page: TogetherPage) -> None:
        """Show the direction that was looked at last, or else one that has something to show."""
        self._page = page
        names = tuple(who.name for who in page.people)
        fresh = names != self._names
        if fresh:
            self._offer(names)
        seat = self._which.chosen() or 0 if self._which is not None else 0
        if fresh and self._which is not None and _says_more(page.differ[1 - seat], page.differ[seat]):
            self._which.choose(1 - seat)
        self._show()

    def _offer(self, names: tuple[str, ...]) -> None:
        self._names = names
        if self._which is not None:
            self._which.hide()
            self._which.deleteLater()
            self._which = None
        if names and len(names) == len(self._page.differ):
            words = tuple(tr("how {name} came across").format(name=name) for name in names)
            self._which = Segmented(words, name=tr("Whose picture"), parent=self)
            self._which.changed.connect(self._show)
            self.body.insertWidget(1, self._which, 0, Qt.AlignmentFlag.AlignLeading)

    def _show(self, _index: object = None) -> None:
        seat = self._which.chosen() or 0 if self._which is not None else 0
        card: DifferCard | None = self._page.differ[seat] if self._page.differ else None
        first, second = self._names if len(self._names) > 1 else ("", "")
        self.track.show_card(card, self._page.levels, (first, second))
        self.track.setVisible(card is not None and bool(card.rows))
        self._words.setText(card.sentence if card else "")


def _says_more(one: DifferCard, other: DifferCard) -> bool:
    """Whether this direction is the one to show first: it points at an answer, or it has any at all."""
    return (bool(one.widest), bool(one.rows)) > (bool(other.widest), bool(other.rows))


class ReadingsCard(Card):
    """Occasions read in two ways, side by side. Neither stands over the other, and nothing is settled here."""

    def __init__(self) -> None:
        super().__init__(tr("Agreements, seen from two sides"))
        self._list = QVBoxLayout()
        self._list.setSpacing(current_hub().theme.space("m"))
        self.add(self._list)

    def show_readings(self, found: Sequence[TwoReadings]) -> None:
        """Show these; without any the card is not there."""
        emptied(self._list)
        self.setVisible(bool(found))
        for one in found:
            well = Surface("sunken", radius_px=8)
            well.body.addWidget(Label(one.agreement, "line"))
            well.body.addWidget(Label(one.week, "caption", "ink3", lines=1))
            beside = QHBoxLayout()
            beside.setSpacing(current_hub().theme.space("l"))
            for who, outcome, words in one.readings:
                beside.addLayout(_reading(who, outcome, words), 1)
            well.body.addLayout(beside)
            self._list.addWidget(well)
        if found:
            self._list.addWidget(
                Label(tr("Seen differently: in no count, until both of you let it rest."), "small", "ink2")
            )


class TriggerCard(Card):
    """One trigger somebody chose. Only they open it, here and now; before that nothing of it stands here."""

    opened = Signal(int)
    closed = Signal(int)

    def __init__(self) -> None:
        super().__init__(tr("One alarm, from inside"))
        self._list = QVBoxLayout()
        self._list.setSpacing(current_hub().theme.space("m"))
        self.add(self._list)

    def show_triggers(self, found: Sequence[OwnTrigger]) -> None:
        """Show whose it is to open, and the words of what was opened."""
        emptied(self._list)
        self.setVisible(bool(found))
        for one in found:
            row = QHBoxLayout()
            row.setSpacing(current_hub().theme.space("s"))
            row.addWidget(PersonMark(marked(one.who)))
            row.addWidget(Label(_trigger_words(one), "small", "ink2"), 1)
            row.addWidget(self._button(one))
            self._list.addLayout(row)
            for question, answer in one.lines:
                told = QVBoxLayout()
                told.setSpacing(0)
                told.addWidget(Label(question, "caption", "ink3"))
                told.addWidget(Label(answer, "line"))
                self._list.addLayout(told)

    def _button(self, one: OwnTrigger) -> Button:
        mark, is_open = one.who.mark, bool(one.lines)
        button = Button(tr("Close it again") if is_open else tr("I am {name}: open it").format(name=one.who.name),
                        "plain", small=True)  # fmt: skip
        asked: Callable[[int], None] = self.closed.emit if is_open else self.opened.emit
        button.clicked.connect(lambda _checked=False: asked(mark))
        return button


def _trigger_words(one: OwnTrigger) -> str:
    if one.lines:
        return tr("Opened by {name}. The other listens, and says back what they heard.").format(name=one.who.name)
    return tr("{name} chose one to show, and may also leave it closed.").format(name=one.who.name)


def _reading(who: SomeoneHere, outcome: str, words: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(PersonMark(marked(who), size="small"))
    head.addWidget(Label(tr("{name}: {reading}").format(name=who.name, reading=outcome), "label"), 1)
    column.addLayout(head)
    if words:
        column.addWidget(Label(words, "line"))
    column.addStretch(1)
    return column


def _line(week: str, words: str) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 6, 0, 6)
    column.setSpacing(0)
    column.addWidget(Label(week, "caption", "ink3", lines=1))
    column.addWidget(Label(words, "line", lines=2))
    return row


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; widgets go with it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
            inner.deleteLater()
