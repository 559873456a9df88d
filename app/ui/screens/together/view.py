"""The page for two: slow, from what is safe to what is harder. It scrolls as a whole.

The order is that of the couple review (insights.md 4): what was noticed and kept, rituals, two views of safety, how
each came across, agreements seen from two sides, one alarm its owner opens, one next step.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.together.cards import (
    CHART_PX,
    GAP_PX,
    CountedCard,
    DifferView,
    LinesCard,
    PictureCard,
    ReadingsCard,
    TriggerCard,
)
from app.ui.screens.together.presenter import TogetherPresenter
from app.ui.screens.together.state import TogetherPage
from app.ui.screens.together.step_card import StepCard
from app.ui.screens.together.strip import OpenStrip, TenderOffer
from app.ui.screens.together.talk_card import TalkCard
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.header_bar import HeaderBar
from app.ui.widgets.layouts import ColumnsLayout
from app.ui.widgets.notes import Banner
from app.ui.widgets.tab_chain import in_reading_order


class TogetherView(QWidget):
    """Renders a `TogetherPage`; cards are kept and filled anew, so an empty page holds nothing any more."""

    close_asked = Signal()
    change_asked = Signal()

    def __init__(self, presenter: TogetherPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self._hub = current_hub()
        self.tools = _Tools(self)
        """Stand in the header; hidden until they are there."""
        self.tools.hide()
        self.strip = OpenStrip()
        self.offer = TenderOffer()
        self._trouble = Banner("", tone="care")
        self._lines = (LinesCard(), LinesCard())
        self.talk = TalkCard()
        self._kept = CountedCard(tr("Promises that were kept"), tr("Kept promises of these weeks stand here."))
        self._done = CountedCard(tr("Rituals"), tr("Rituals of these weeks stand here."))
        self.views = PictureCard(CHART_PX)
        self.differ = DifferView()
        self.gaps = (PictureCard(GAP_PX), PictureCard(GAP_PX))
        self._readings = ReadingsCard()
        self.triggers = TriggerCard()
        self.step = StepCard()
        self._harder: tuple[QWidget, ...] = ()
        self._build()
        self._connect()
        self._restyle(self._hub.theme)
        self.render_state(presenter.shown)

    def render_state(self, page: TogetherPage) -> None:
        """Show a page, or let go of everything with an empty one."""
        good = page.only_good
        self.tools.show_page(page)
        self.strip.show_words(page.open_here, only_good=good)
        self.offer.setVisible(page.tender)
        self._trouble.setVisible(page.trouble is not None)
        if page.trouble is not None:
            self._trouble.say(page.trouble.paragraph)
        own = page.lines or (None, None)
        for card, lines in zip(self._lines, own, strict=True):
            card.show_lines(lines, only_good=good)
        self.talk.show_page(page)
        self._kept.show_rows(page.kept)
        self._done.show_rows(page.done)
        self.views.show_pictures(page.views)
        self.differ.show_page(page)
        for gap, picture in zip(self.gaps, page.gaps or (None, None), strict=True):
            gap.show_pictures((picture,) if picture is not None else ())
        self._readings.show_readings(page.differently)
        self.triggers.show_triggers(page.triggers)
        self.step.show_again()
        for widget in self._harder:
            widget.setVisible(not good)
        self._readings.setVisible(bool(page.differently) and not good)
        self.triggers.setVisible(bool(page.triggers) and not good)
        in_reading_order(self)

    def focus_first(self) -> None:
        """Put the keyboard on the offer while it stands, else on the weeks."""
        (self.offer.stay if not self.offer.isHidden() else self.tools.earlier).setFocus(Qt.FocusReason.OtherFocusReason)

    def scroll_to(self, part: QWidget | None) -> None:
        """Bring a part of the page into sight; None is its beginning."""
        if part is None:
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self._scroll.ensureWidgetVisible(part, 0, part.height())

    def toggle_table(self) -> None:
        """Chart to table and back, where the keyboard is, else the two views."""
        charts = [card.chart for card in (self.views, *self.gaps)]
        chosen = next((chart for chart in charts if chart.hasFocus() or chart.isAncestorOf(self.focusWidget())), None)
        (chosen or self.views.chart).toggle_table()

    def _build(self) -> None:
        page = _Column()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        kept = _Columns([(self._kept, 1, 0), (self._done, 1, 0)])
        views = _Columns([(self.views, 1, 0), (self.differ, 1, 0)])
        gaps = _Columns([(card, 1, 0) for card in self.gaps])
        first = _Columns([*((card, 1, 0) for card in self._lines), (self.talk, 1, 0)])
        self._harder = (views, gaps, self._readings, self.triggers)
        whole: Sequence[QWidget] = (self.strip, self.offer, self._trouble, first, kept, *self._harder, self.step)
        for widget in whole:
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        ask = self.presenter
        ask.state.connect(self.render_state)
        self._hub.changed.connect(self._restyle)
        self.tools.earlier.clicked.connect(lambda: ask.turn(-1))
        self.tools.later.clicked.connect(lambda: ask.turn(1))
        self.tools.close_page.clicked.connect(self.close_asked)
        self.strip.change.clicked.connect(self.change_asked)
        self.offer.stop.clicked.connect(self.close_asked)
        self.offer.stay.clicked.connect(lambda: ask.stay_on_good(on=True))
        self.offer.go_on.clicked.connect(ask.go_on)
        self.strip.good.toggled.connect(lambda on: ask.stay_on_good(on=on))
        self.talk.talked.connect(ask.talked)
        self.triggers.opened.connect(ask.open_trigger)
        self.triggers.closed.connect(ask.close_trigger)

    def _restyle(self, theme: Theme) -> None:
        self._column.setContentsMargins(0, 0, 0, theme.px(6))
        self._column.setSpacing(theme.space("card_gap"))


class _Tools(QWidget):
    """What stands in the header: earlier and later weeks, and the neutral close."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.earlier = IconButton("caret-left", tr("Four weeks earlier"), "plain", small=False)
        self.later = IconButton("caret-right", tr("Four weeks later"), "plain", small=False)
        self.close_page = Button(tr("Close"), "plain", icon="x", collapsible=True)
        for button in (self.earlier, self.later, self.close_page):
            row.addWidget(button)
            button.hide()

    def show_page(self, page: TogetherPage) -> None:
        """Only while both are here; there is nothing later than now."""
        for button in (self.earlier, self.later, self.close_page):
            button.setVisible(page.loaded)
        self.later.setEnabled(page.later)
        header = self.parentWidget()
        if isinstance(header, HeaderBar):
            header.fit()


class _Columns(ColumnsLayout):
    """Columns whose cards grow and shrink while they are shown: all rows, a talk that begins."""

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._reflow()
            self.updateGeometry()
        return done


class _Column(QWidget):
    """What scrolls: as high as it is at the width it has, not at the least width, or it would scroll without need."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
