"""One stream on the surface of releases: what it is, whether it is let out, and what the other would see of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.released import Release, ReleasedWeeks, Stream
from app.ui.screens.together_door import releases_words as words
from app.ui.screens.together_door.state import StreamShown
from app.ui.text import count_of, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.card import Rule, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout

_WEEKS_SHOWN: Final = 12
_SELECT_PX: Final = 220


class StreamRow(QWidget):
    """Closed, looked at, or let out. Nothing is let out by looking."""

    look_asked = Signal(object, object)
    """Emitted with the first and the last day of a range; both None to begin with."""
    share_asked = Signal()
    not_now_asked = Signal()
    withdraw_asked = Signal()

    def __init__(self, stream: Stream, partner: str, yes: str, no: str, today: int) -> None:
        """`yes` and `no` are the two answers of the content pack, `today` an ordinal."""
        super().__init__()
        self.stream, self._partner, self._today = stream, partner, today
        self._ranged: Release | None = None
        name = words.stream_name(stream)
        self._state = Label("", "small", "ink3")
        self.look = Button(tr("Look first…"), "plain", small=True)
        self.withdraw = Button(tr("Take back"), "plain", small=True)
        self.first, self.last = Select(name=tr("From")), Select(name=tr("Until"))
        self.share, self.not_now = Button(yes, "plain", small=True), Button(no, "plain", small=True)
        self.preview = Preview(partner)
        for button in (self.look, self.withdraw, self.share, self.not_now):
            button.setAccessibleDescription(name)
        for select in (self.first, self.last):
            select.setMinimumWidth(current_hub().theme.px(_SELECT_PX))
        self._build(name)
        self._connect()

    def render_row(self, shown: StreamShown, *, both_here: bool) -> None:
        """Show how it stands."""
        looking, released = shown.looked_at is not None, shown.release is not None
        self._state.setText(tr("may be seen") if released else tr("closed"))
        self._state.set_role("lee" if released else "ink3")
        self.look.setVisible(not looking and not both_here)
        self.look.setText(tr("Change…") if released else tr("Look first…"))
        self.withdraw.setVisible(released)
        self._range.setVisible(looking)
        self._answers.setVisible(looking)
        if shown.looked_at is not None and shown.looked_at != self._ranged:
            self._fill(shown.looked_at)
        self.preview.setVisible(shown.preview is not None)
        if shown.preview is not None:
            self.preview.show_weeks(shown.preview, self._today)

    def _build(self, name: str) -> None:
        theme = current_hub().theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.space("xs"), 0, theme.space("xs"))
        column.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        head.setSpacing(theme.space("s"))
        lead = QVBoxLayout()
        lead.setSpacing(1)
        lead.addWidget(Label(name, "label"))
        lead.addWidget(Label(words.stream_line(self.stream), "small", "ink3"))
        head.addLayout(lead, 1)
        beside: tuple[QWidget, ...] = (self._state, self.look, self.withdraw)
        for part in beside:
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._range, self._answers = QWidget(), QWidget()
        ranged = FlowLayout(self._range, gap_px=theme.space("s"), line_gap_px=theme.space("xs"))
        ranged.addWidget(self.first)
        ranged.addWidget(self.last)
        answers = FlowLayout(self._answers, gap_px=theme.space("s"), line_gap_px=theme.space("xs"))
        answers.addWidget(self.share)
        answers.addWidget(self.not_now)
        column.addWidget(Rule())
        column.addLayout(head)
        for below in (self._range, self.preview, self._answers):
            below.hide()
            column.addWidget(below)

    def _connect(self) -> None:
        self.look.clicked.connect(lambda _checked=False: self._look())
        self.withdraw.clicked.connect(lambda _checked=False: self.withdraw_asked.emit())
        self.share.clicked.connect(lambda _checked=False: self.share_asked.emit())
        self.not_now.clicked.connect(lambda _checked=False: self.not_now_asked.emit())
        for select in (self.first, self.last):
            select.activated.connect(lambda _index: self._ask())

    def _look(self) -> None:
        self.look_asked.emit(None, None)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self.look_asked.emit(self.first.currentData(), self.last.currentData())

    def _fill(self, chosen: Release) -> None:
        self._ranged = chosen
        for select, options, value in (
            (self.first, words.first_choices(self._today, chosen), chosen.first),
            (self.last, words.last_choices(self._today, chosen), chosen.last),
        ):
            select.clear()
            for said, each in options:
                select.addItem(said, each)
            select.setCurrentIndex(next(at for at, (_, each) in enumerate(options) if each == value))


class Preview(Surface):
    """Exactly what the other person sees: the weeks and their values, nothing else."""

    def __init__(self, partner: str) -> None:
        super().__init__("sunken", radius_px=current_hub().theme.radius("control"))
        self._shown: ReleasedWeeks | None = None
        theme = current_hub().theme
        self.body.setSpacing(theme.px(4))
        self._head = Label(tr("As {name} sees it").format(name=partner), "caption", "ink3")
        self._cells = QWidget()
        self._flow = FlowLayout(self._cells, gap_px=theme.space("m"), line_gap_px=theme.space("s"))
        self._more = Label("", "caption", "ink3")
        for part in (self._head, self._cells, self._more):
            self.body.addWidget(part)

    def show_weeks(self, weeks: ReleasedWeeks, today: int) -> None:
        """Show a stream's weeks, the newest twelve; how many came before is said."""
        if weeks == self._shown:
            return
        self._shown = weeks
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        mondays = sorted({monday for row in weeks.rows for monday in row.mondays})
        if mondays and len(weeks.rows) > 1:
            self._flow.addWidget(_cell("", [words.row_name(weeks.stream, row.id) for row in weeks.rows]))
        for monday in mondays[-_WEEKS_SHOWN:]:
            self._flow.addWidget(_cell(words.week_words(monday, today), _values(weeks, monday)))
        earlier = len(mondays) - _WEEKS_SHOWN
        if not mondays:
            self._more.setText(tr("Nothing yet. A week is seen once it is over and has three of your days."))
        else:
            said = count_of(earlier, tr("and one week before"), tr("and {n} weeks before"))
            self._more.setText(said if earlier > 0 else "")
        self._more.setVisible(bool(self._more.text()))
        self._cells.setVisible(bool(mondays))


def _values(weeks: ReleasedWeeks, monday: int) -> list[str]:
    return [words.value_words(row, row.mondays.index(monday)) if monday in row.mondays else "" for row in weeks.rows]


def _cell(head: str, lines: list[str]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(head, "caption", "ink3", lines=1))
    for line in lines:
        column.addWidget(Label(line, "small", lines=1))
    return made
