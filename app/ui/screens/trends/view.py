"""The Trends page: felt safety across the top, five small cards, the year."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.trends.further_view import FurtherView
from app.ui.screens.trends.keys import HeatKey
from app.ui.screens.trends.panels import ReadLine, Slot, SmallPanel
from app.ui.screens.trends.presenter import TrendsPresenter
from app.ui.screens.trends.state import PERIODS, TrendsPage
from app.ui.text import number, tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner, EmptyState
from app.ui.widgets.tab_chain import in_reading_order
from app.ui.widgets.text_link import TextLink

TRAIL_PX, YEAR_PX, YEAR_WORDS_PX = 222, 131, 196
_SMALL = 5
_DOWN_PX = 12
_ROWS = {Breadth.WIDE: (5,), Breadth.MIDDLE: (3, 2), Breadth.NARROW: (1, 1, 1, 1, 1)}


class TrendsView(QWidget):
    """Renders a `TrendsPage`; charts and labels are kept and updated in place."""

    def __init__(self, presenter: TrendsPresenter, *, solo: bool) -> None:
        super().__init__()
        self._presenter = presenter
        self._hub = current_hub()
        self._room: Breadth | None = None
        self.period = Segmented(
            (tr("1 month"), tr("3"), tr("6 months"), tr("12"), tr("All")),
            chosen=PERIODS.index(presenter.shown.period),
            name=tr("Period"),
            parent=self,
        )
        """Stands in the header; hidden until it is there."""
        self.period.hide()
        self._trouble = Banner("")
        self._empty = EmptyState(
            tr("Nothing here yet, and nothing is missing."),
            tr("After a few check-ins the dots appear here, and after eight a line."),
            action=tr("Go to today"),
            icon="sun-horizon",
        )
        self._sentence = Label("", "small", "ink2")
        self._trail = Slot()
        self._trail_line = ReadLine()
        self._review = TextLink("", trailing="arrow-right", elide=True)
        self._safety = self._safety_card()
        self._small = tuple(SmallPanel() for _ in range(_SMALL))
        self._year_chart = Slot()
        self._year_words = Label("", "small", "ink2")
        self._year_line = ReadLine()
        self._year_line.rest(tr("felt safety, one square a day"))
        self._year = self._year_card()
        self.further = FurtherView(presenter.further, presenter.pairs, solo=solo)
        self._build()
        self._connect()
        self._restyle(self._hub.theme)
        self.render_state(presenter.shown)

    def render_state(self, page: TrendsPage) -> None:
        """Show a page."""
        self.period.choose(PERIODS.index(page.period))
        self._trouble.setVisible(page.trouble is not None)
        if page.trouble is not None:
            self._trouble.say(page.trouble.paragraph)
        self._empty.setVisible(page.empty)
        drawn = page.safety is not None and not page.empty
        for widget in (self._safety, self._small_box, self._year, self.further):
            widget.setVisible(drawn)
        if page.safety is None or page.year is None:
            return
        self._trail.show_panel(page.safety)
        self._sentence.setText(page.safety.sentence)
        self._trail_line.rest(" ".join(page.notes))
        self._review.setText(page.review)
        for panel, card in zip(page.small, self._small, strict=True):
            card.show_panel(panel)
        self._year_chart.show_panel(page.year)
        self._year.set_heading(page.year.title)
        self._year_words.setText(page.year.sentence)
        in_reading_order(self)

    def focus_first(self) -> None:
        """Put the keyboard on the period."""
        self.period.setFocus()

    def toggle_table(self) -> None:
        """Chart to table and back, where the keyboard is, else at the top."""
        charts = self.charts()
        chosen = next((chart for chart in charts if chart.hasFocus() or chart.isAncestorOf(self.focusWidget())), None)
        (chosen or self._trail).toggle_table()

    def charts(self) -> tuple[Slot, ...]:
        """Every chart of the page, from top to bottom."""
        small = (card.chart for card in self._small)
        return (self._trail, *small, self._year_chart, *self.further.slots_shown)

    def scroll_to(self, part: QWidget) -> None:
        """Put a part of the page at the top of what is seen."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + part.mapTo(self._scroll.viewport(), QPoint(0, 0)).y())

    def let_go(self) -> None:
        """Forget everything that is shown; the journal is being locked."""
        for chart in (self._trail, self._year_chart):
            chart.show_panel(None)
        for card in self._small:
            card.show_panel(None)
        self.further.let_go()
        for label in (self._sentence, self._year_words, self._trail_line, self._review):
            label.setText("")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _safety_card(self) -> Card:
        card = Card(tr("Felt safety"))
        card.head.setStretchFactor(card.heading, 0)
        card.head.setAlignment(card.heading, Qt.AlignmentFlag.AlignTop)
        card.head.insertWidget(1, self._sentence, 1, Qt.AlignmentFlag.AlignTop)
        card.add(self._trail)
        foot = QHBoxLayout()
        foot.addWidget(self._trail_line, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._review, 0, Qt.AlignmentFlag.AlignVCenter)
        card.add(foot)
        return card

    def _year_card(self) -> Card:
        card = Card(tr("The year"))
        card.head.setStretchFactor(card.heading, 0)
        card.head.setAlignment(card.heading, Qt.AlignmentFlag.AlignTop)
        card.head.insertWidget(1, self._year_line, 1, Qt.AlignmentFlag.AlignVCenter)
        card.head.addWidget(HeatKey(number(0), number(10), tr("nothing written")), 0, Qt.AlignmentFlag.AlignVCenter)
        self._year_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._year_row.addWidget(self._year_chart, 1)
        self._year_row.addWidget(self._year_words, 0, Qt.AlignmentFlag.AlignVCenter)
        card.add(self._year_row)
        return card

    def _build(self) -> None:
        page = _Column()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        self._small_box = QWidget()
        self._grid = QVBoxLayout(self._small_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._rows = tuple(QHBoxLayout() for _ in range(_SMALL))
        for row in self._rows:
            self._grid.addLayout(row)
        for widget in (self._trouble, self._empty, self._safety, self._small_box, self._year, self.further):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        self.further.watch(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        self._presenter.state.connect(self.render_state)
        self._hub.changed.connect(self._restyle)
        self.period.changed.connect(self._choose)
        self._empty.acted.connect(self._presenter.check_in)
        self._review.clicked.connect(lambda _checked=False: self._presenter.look())
        self._trail_line.follow(self._trail)
        self._year_line.follow(self._year_chart)
        for chart in self.charts():
            chart.opened.connect(self._presenter.open)
            chart.words_asked.connect(self._presenter.say)
            chart.save_asked.connect(self._presenter.save)

    def _choose(self, index: object) -> None:
        if isinstance(index, int):
            self._presenter.load(PERIODS[index].value)

    def _arrange(self) -> None:
        """As many small cards beside each other as there is room for; the year's words beside or below its grid."""
        room = breadth(self.window().width(), self._hub.theme)
        if room is self._room:
            return
        self._room = room
        self.further.arrange(room)
        places = [row for row, count in enumerate(_ROWS[room]) for _ in range(count)]
        for row, card in zip(places, self._small, strict=True):
            self._rows[row].addWidget(card, 1)
        wide = room is Breadth.WIDE
        self._year_row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        limit = self._hub.theme.px(YEAR_WORDS_PX)
        self._year_words.setMinimumWidth(limit if wide else 0)
        self._year_words.setMaximumWidth(limit if wide else 16_777_215)

    def _restyle(self, theme: Theme) -> None:
        self._trail.setFixedHeight(theme.px(TRAIL_PX))
        self._year_chart.setFixedHeight(theme.px(YEAR_PX))
        self._column.setContentsMargins(0, 0, 0, theme.px(6))
        across, down = theme.space("card_pad_x"), theme.px(_DOWN_PX)
        for card in (self._safety, self._year):
            card.body.setContentsMargins(across, down, across, down)
            card.body.setSpacing(theme.px(2))
        gap = theme.space("card_gap")
        self._column.setSpacing(gap)
        self._grid.setSpacing(gap)
        for row in self._rows:
            row.setSpacing(gap)
        self._year_row.setSpacing(theme.px(20))
        self._room = None
        self._arrange()


class _Column(QWidget):
    """What scrolls: as high as it is at the width it has, not at the least width, or it would scroll without need."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
