"""Did they come together? The pairs somebody picked, each as one sentence, and where to pick another."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.insights.together import MOST_PAIRS
from app.services.going_together import Pair, Statement
from app.ui.screens.trends.pairs_presenter import PairsPage, PairsPresenter
from app.ui.text import sentence_case, short_date, tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth
from app.ui.widgets.text_link import TextLink


class PairsCard(Card):
    """Sentences in the order they were picked; picking is two lists and a button, gone while three are picked."""

    def __init__(self, presenter: PairsPresenter) -> None:
        super().__init__(" ")
        self._presenter = presenter
        self._page: PairsPage | None = None
        self._said = QVBoxLayout()
        self._rows: list[QWidget] = []
        self._empty = Label("", "small", "ink2")
        self._caution = Label("", "small", "ink2")
        self._window = Label("", "caption", "ink3")
        self._thing = Select(name=tr("Something that is there on a day or not"))
        self._measure = Select(name=tr("An answer to look at"))
        self._add = Button(tr("Look at these two"), "plain", small=True)
        self._picking = QWidget()
        self._pick_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._picking)
        self._pick_row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._thing, Label(tr("and"), "small", "ink2", lines=1), self._measure, self._add):
            self._pick_row.addWidget(widget, 0)
        self._pick_row.addStretch(1)
        for part in (self._empty, self._said, self._caution, self._picking, self._window):
            self.add(part)
        self._add.clicked.connect(lambda _checked=False: self._pick())
        presenter.state.connect(self.show_page)
        self._hub.changed.connect(self._restyle)
        self.let_go()
        self._restyle(self._hub.theme)

    def show_page(self, page: PairsPage) -> None:
        """Show what was picked and what came of it."""
        self._page = page
        together = page.together
        self.set_heading(together.title)
        self._clear()
        for statement in together.statements:
            self._rows.append(self._row(statement))
            self._said.addWidget(self._rows[-1])
        self._say(self._empty, together.empty)
        self._say(self._caution, together.caution)
        first, last = (short_date(dt.date.fromordinal(day)) for day in (together.first_day, together.last_day))
        window = tr("Days from {first} to {last}, up to the last look at four weeks.").format(first=first, last=last)
        self._say(self._window, window if together.statements else "")
        self._offer(page)

    def let_go(self) -> None:
        """Forget everything that is shown."""
        self._page = None
        self.set_heading(" ")
        self._clear()
        for label in (self._empty, self._caution, self._window):
            self._say(label, "")
        for box in (self._thing, self._measure):
            box.clear()
        self._picking.hide()
        self._presenter.renew()

    def arrange(self, room: Breadth) -> None:
        """The two lists beside each other, or below each other where there is little room."""
        narrow = room is Breadth.NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pick_row.setDirection(down if narrow else across)

    def _offer(self, page: PairsPage) -> None:
        """Fill the lists anew, and keep what stood in them."""
        sides = (
            (self._thing, [(sentence_case(one.name), (one.sort, one.key)) for one in page.offered.things]),
            (self._measure, [(sentence_case(name), field) for field, name in page.offered.measures]),
        )
        for box, entries in sides:
            stood = box.currentIndex()
            box.clear()
            for name, data in entries:
                box.addItem(name, data)
            box.setCurrentIndex(min(max(stood, 0), len(entries) - 1))
        self._picking.setVisible(len(page.together.statements) < MOST_PAIRS)

    def _row(self, statement: Statement) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(statement.sentence, "body"), 1)
        away = TextLink(tr("Put away"))
        said = tr("Put away: {name} and {measure}").format(name=statement.name, measure=statement.measure_name)
        away.setAccessibleName(said)
        away.clicked.connect(partial(self._put_away, statement.pair))
        line.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _pick(self) -> None:
        thing, measure = self._thing.currentData(), self._measure.currentData()
        if self._page is not None and thing is not None and measure is not None:
            self._presenter.pick((*self._picked(), Pair(thing[0], thing[1], measure)))

    def _put_away(self, pair: Pair, _checked: bool = False) -> None:
        self._presenter.pick(tuple(one for one in self._picked() if one != pair))

    def _picked(self) -> tuple[Pair, ...]:
        return tuple(one.pair for one in self._page.together.statements) if self._page is not None else ()

    def _clear(self) -> None:
        for row in self._rows:
            self._said.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()

    @staticmethod
    def _say(label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _restyle(self, theme: Theme) -> None:
        across, down = theme.space("card_pad_x"), theme.px(12)
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(theme.px(8))
        self._said.setSpacing(theme.px(8))
        self._pick_row.setSpacing(theme.px(10))
