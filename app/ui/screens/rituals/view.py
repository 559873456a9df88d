"""The Rituals page: the month across the top, the curve of one ritual and its schedule below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.context import Context
from app.ui.screens.rituals.presenter import RitualsPresenter
from app.ui.screens.rituals.schedule_card import ScheduleCard
from app.ui.screens.rituals.state import RitualsPage, Told
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card, Icon, Surface
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.layouts import Breadth, ColumnsLayout, breadth
from app.ui.widgets.month_grid import Cell, DayCell, MonthGrid, paint_cell
from app.ui.widgets.notes import Banner, EmptyState
from app.ui.widgets.painting import PaintedWidget

_CURVE_PX = 196
_SIDE_PX = 322


class RitualsView(QWidget):
    """Renders a `RitualsPage`; every part is kept and updated in place."""

    new_asked = Signal()
    pause_asked = Signal()

    def __init__(self, ctx: Context, presenter: RitualsPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        self._placed = False
        self._hub = ctx.hub
        kind = ctx.content.kind("ritual")
        empty = (kind.solo_empty_state if ctx.solo else None) or kind.empty_state
        self._trouble = Banner("", tone="care")
        self._paused = Banner("", icon="pause", tone="open", action=tr("Go on today"))
        self._empty = EmptyState(
            empty, tr("Days off change nothing, and nothing here counts against anyone."), action=kind.add
        )
        self.before = IconButton("caret-left", tr("Month before"), "plain")
        self.after = IconButton("caret-right", tr("Month after"), "plain")
        self._month = Label("", "body", lines=1)
        self._month.set_weight(600)
        self.add = Button(tr("New ritual"), "plain", icon="plus", small=True)
        self.pause = Button(tr("Let everything rest"), "quiet", icon="pause", small=True)
        self._legend = Legend()
        self.grid = MonthGrid(name=tr("Days of the month"))
        self._top = self._grid_card()
        self._curve = Card("", caption=" ")
        self._span = Label("", "caption", "ink2", lines=1)
        self._runs = Label("", "hint", "ink3", lines=1)
        self.curve = ChartView()
        self.curve.set_menu_words(tr("Show as table"), tr("Show as chart"))
        self._early = Label("", "body", "ink2")
        self._note = Note()
        self.schedule = ScheduleCard(ctx)
        self._columns = ColumnsLayout(((self._curve_card(), 1, 0), (self.schedule, 0, _SIDE_PX)))
        self._build()
        self._connect()
        self._restyle(self._hub.theme)
        self.render_state(presenter.shown)

    def render_state(self, page: RitualsPage) -> None:
        """Show a page."""
        self._trouble.setVisible(page.trouble is not None)
        if page.trouble is not None:
            self._trouble.say(page.trouble.paragraph)
        self._paused.setVisible(bool(page.paused))
        if page.paused:
            self._paused.say(page.paused)
        self.pause.setVisible(not page.paused)
        self._empty.setVisible(page.loaded and page.empty)
        self._top.setVisible(page.loaded and not page.empty)
        self._columns.setVisible(page.told is not None)
        self._month.setText(page.title)
        self.grid.show_days(page.heads, page.rows, page.selected)
        if page.selected >= 0 and not self._placed:
            self._placed = True
            self.grid.go_to(page.selected)
        self._fit_grid()
        self._show_told(page.told)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focus_first(self) -> None:
        """Put the keyboard on the month, or on the way to begin."""
        (self._empty.button if self._presenter.shown.empty else self.grid).setFocus()

    def toggle_table(self) -> None:
        """Curve to table and back."""
        self.curve.toggle_table()

    def _show_told(self, told: Told | None) -> None:
        self.schedule.show_told(told)
        if told is None:
            self.curve.set_plot(None)
            return
        self._curve.set_heading(told.title)
        self._curve.set_caption(told.kept)
        self._span.setText(told.span)
        self._runs.setText(told.runs)
        self._runs.setVisible(bool(told.runs))
        self.curve.setVisible(told.plot is not None)
        self.curve.set_plot(told.plot)
        self._early.setVisible(bool(told.early))
        self._early.setText(told.early)
        self._note.say(*told.banner)

    def _grid_card(self) -> Surface:
        card = Surface("card")
        self._head = QHBoxLayout()
        for widget in (self.before, self._month, self.after):
            self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addStretch(1)
        self._head.addWidget(self._legend)
        self._head.addWidget(self.pause)
        self._head.addWidget(self.add)
        card.body.addLayout(self._head)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()  # carries the grid's focus ring
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.grid)
        self._area.setWidget(holder)
        self._area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        card.body.addWidget(self._area)
        return card

    def _curve_card(self) -> Surface:
        card = self._curve
        card.head.setStretchFactor(card.heading, 0)
        card.head.insertWidget(1, self._span, 1, Qt.AlignmentFlag.AlignVCenter)
        card.head.insertWidget(2, self._runs, 0, Qt.AlignmentFlag.AlignVCenter)
        card.add(self.curve)
        card.add(self._early)
        card.body.addStretch(1)
        card.add(self._note)
        return card

    def _build(self) -> None:
        page = self._page = _Column()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        for widget in (self._trouble, self._paused, self._empty, self._top, self._columns):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state.connect(self.render_state)
        self._hub.changed.connect(self._restyle)
        self.before.clicked.connect(lambda: presenter.turn(-1))
        self.after.clicked.connect(lambda: presenter.turn(1))
        self.add.clicked.connect(self.new_asked)
        self._empty.acted.connect(self.new_asked)
        self.pause.clicked.connect(self.pause_asked)
        self._paused.acted.connect(presenter.resume_all)
        self.grid.moved_on.connect(presenter.move_on)
        self.grid.chosen.connect(presenter.choose)
        self.grid.walked.connect(self._show_cursor)
        self.schedule.saved.connect(presenter.save)
        self.schedule.stood.connect(presenter.stand)

    def _show_cursor(self, where: QRect) -> None:
        """Scroll the month sideways and the page down to the cursor."""
        centre = where.center()
        self._area.ensureVisible(centre.x(), 0, self._hub.theme.px(40), 0)
        place = self.grid.mapTo(self._page, centre)
        self._scroll.ensureVisible(0, place.y(), 0, self._hub.theme.px(40))

    def _arrange(self) -> None:
        """The legend stands beside the month where there is room, else below the grid."""
        wide = breadth(self.window().width(), self._hub.theme) is not Breadth.NARROW
        where = self._head if wide else self._top.body
        if where.indexOf(self._legend) < 0:
            if wide:
                self._head.insertWidget(self._head.indexOf(self.pause), self._legend)
            else:
                self._top.body.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit_grid()

    def _fit_grid(self) -> None:
        """As high as its rows, and a scroll bar where the month is wider than the window."""
        wanted = self.grid.wanted()
        bar = self._area.horizontalScrollBar().sizeHint().height() if wanted.width() > self._area.width() else 0
        self._area.setFixedHeight(wanted.height() + bar)

    def _restyle(self, theme: Theme) -> None:
        self.curve.setFixedHeight(theme.px(_CURVE_PX))
        self._column.setContentsMargins(0, 0, 0, theme.px(6))
        self._column.setSpacing(theme.space("card_gap"))
        self._head.setContentsMargins(theme.px(18), 0, theme.px(18), 0)
        self._head.setSpacing(theme.px(8))
        self._top_pad(theme)
        self._fit_grid()

    def _top_pad(self, theme: Theme) -> None:
        body = self._top.body
        body.setContentsMargins(0, theme.px(11), 0, theme.px(8))
        body.setSpacing(theme.px(4))


class Legend(QWidget):
    """What the four marks say."""

    def __init__(self) -> None:
        super().__init__()
        flow = QHBoxLayout(self)
        flow.setContentsMargins(0, 0, 8, 0)
        flow.setSpacing(14)
        listed = ((Cell.DONE, tr("done")), (Cell.SMALL, tr("part of it")), (Cell.OPEN, tr("open")))
        for cell, words in (*listed, (Cell.REST, tr("resting"))):
            part = QWidget()
            row = QHBoxLayout(part)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(_Key(cell), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(Label(words, "caption", "ink2", lines=1))
            flow.addWidget(part)


class _Key(PaintedWidget):
    """One mark of the legend; the word beside it says the same."""

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self._cell = DayCell(cell, "")

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(12), self.theme.px(12))

    @override
    def draw(self, painter: QPainter) -> None:
        paint_cell(painter, QRectF(self.rect()), self._cell, self.theme)


class Note(Surface):
    """The promise of the page, its first words strong, with this ritual's own figures."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Icon("leaf", "lee"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = Label("", "small", "ink2")
        row.addWidget(self._words, 1)
        self.body.addLayout(row)

    def say(self, strong: str, rest: str) -> None:
        """Say something else."""
        self._words.setText(f"{strong} {rest}".strip())
        self._words.set_marks([TextMark(0, len(strong), weight=600)])


class _Column(QWidget):
    """What scrolls: as high as it is at the width it has, not at the least width, or it would scroll without need."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
