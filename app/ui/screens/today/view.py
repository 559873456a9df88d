"""Today: the check-in, the thread and what is coming up at the left; rituals, a look and two weeks at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.today.around_cards import AheadView, LookView, RitualsView, SuggestionView
from app.ui.screens.today.around_presenter import AroundPresenter
from app.ui.screens.today.cards import FinishView, FortnightView, PlaceView, ThreadView
from app.ui.screens.today.checkin_card import CheckinView
from app.ui.screens.today.presenter import TodayPresenter
from app.ui.screens.today.review_notice import ReviewNotice
from app.ui.screens.today.sheet_notice import SheetNotice
from app.ui.screens.today.state import AroundPage, TodayPage
from app.ui.screens.today.week_card import WeekCard
from app.ui.screens.today.week_presenter import WeekPresenter
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.layouts import Breadth, breadth, column
from app.ui.widgets.question import Trouble
from app.ui.widgets.tab_chain import in_reading_order

LEFT, RIGHT = 64, 36
"""How the two columns share the page: 656 and 372 px in a window of 1280."""


class TodayView(QWidget):
    """The page. One `render_state`; the cards update in place."""

    def __init__(self, ctx: Context, presenter: TodayPresenter, around: AroundPresenter) -> None:
        super().__init__()
        self._trouble = Trouble()
        self.checkin = CheckinView(ctx.content, needs_of(ctx), ctx.partner)
        self.story = ThreadView(ctx.content, solo=ctx.solo)
        self.finish = FinishView()
        self.fortnight = FortnightView()
        self.place = PlaceView()
        self.rituals, self.look, self.ahead = RitualsView(), LookView(), AheadView()
        self.suggestion = SuggestionView()
        self.sheet = SheetNotice(ctx)
        self.review = ReviewNotice(ctx)
        self.weekly = WeekPresenter(ctx, self)
        self.week = WeekCard(ctx, self.weekly)
        above = (self._trouble, self.sheet, self.review, self.checkin, self.week)
        left = column(*above, self.story, self.ahead, self.finish, stretch_last=False)
        right = column(self.place, self.rituals, self.look, self.fortnight, self.suggestion, stretch_last=False)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._box.addWidget(left, LEFT)
        self._box.addWidget(right, RIGHT)
        self._scroll.setWidget(self._page)
        self._scroll.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._pad(current_hub().theme)
        current_hub().changed.connect(self._pad)
        self._connect(presenter)
        self._connect_around(around)
        self.render_around(AroundPage())

    def render_around(self, page: AroundPage) -> None:
        """Show the day besides its check-in."""
        self.rituals.show_card(page.rituals)
        self.look.show_card(page.look)
        self.ahead.show_lines(page.ahead)
        self.suggestion.show_card(page.suggestion)
        in_reading_order(self)

    def render_state(self, page: TodayPage) -> None:
        """Show the page. Cards with nothing in them are left out."""
        self._trouble.say(page.trouble)
        if page.trouble or page.checkin.refused_reason:
            self._scroll.verticalScrollBar().setValue(0)
        self.place.setVisible(page.is_new)
        self.story.setVisible(not page.is_new)
        self.checkin.show_card(page.checkin)
        self.story.show_card(page.thread, hidden=page.hide_previews)
        self.finish.show_rows(page.finish)
        self.finish.setVisible(bool(page.finish))
        self.fortnight.show_card(page.fortnight)
        in_reading_order(self)

    def focus_first(self) -> None:
        """Go to the first question of the check-in, and show it."""
        self.checkin.focus_first()
        self._scroll.verticalScrollBar().setValue(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def _connect(self, presenter: TodayPresenter) -> None:
        presenter.state.connect(self.render_state)
        checkin = self.checkin
        checkin.edited.connect(presenter.edited)
        checkin.save.connect(presenter.save)
        checkin.edit.connect(presenter.edit)
        checkin.edit.connect(self.focus_first)
        checkin.not_tonight.connect(presenter.not_tonight)
        checkin.reopen.connect(presenter.reopen)
        checkin.day_chosen.connect(presenter.choose_day)
        self.story.keep_writing.connect(presenter.keep_writing)
        self.story.toggle_previews.connect(presenter.toggle_previews)
        self.story.write.connect(presenter.write)
        self.story.note.connect(presenter.note_moment)
        self.finish.finish.connect(presenter.finish)
        self.finish.let_go.connect(presenter.let_go)

    def _connect_around(self, around: AroundPresenter) -> None:
        around.state.connect(self.render_around)
        self.rituals.tick.connect(around.tick)
        self.look.look.connect(around.look)
        self.look.later.connect(around.look_later)
        self.ahead.act.connect(around.act)
        self.ahead.later.connect(around.put_aside)
        self.suggestion.taken.connect(around.take_suggestion)
        self.suggestion.closed.connect(around.close_suggestion)

    def _pad(self, theme: Theme) -> None:
        self._box.setContentsMargins(0, 0, 0, theme.space("l") + 4)
        self._box.setSpacing(theme.space("card_gap"))
        self._reflow()

    def _reflow(self) -> None:
        """One column in a narrow window, two beside each other otherwise."""
        narrow = breadth(self.window().width(), current_hub().theme) is Breadth.NARROW
        along = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() is not along:
            self._box.setDirection(along)
            self._box.setStretch(0, 0 if narrow else LEFT)
            self._box.setStretch(1, 1 if narrow else RIGHT)
