"""What stands below the first screen: charts in sections with plain headings, each read when somebody comes near it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from app.domain.chart_names import Chart
from app.services.trend_cues import Response
from app.services.trend_promises import Whose
from app.ui.screens.trends.further_card import FurtherCard
from app.ui.screens.trends.further_presenter import FurtherPresenter
from app.ui.screens.trends.nearness import Nearness
from app.ui.screens.trends.pairs_card import PairsCard
from app.ui.screens.trends.pairs_presenter import PairsPresenter
from app.ui.screens.trends.panels import Slot
from app.ui.screens.trends.scores_section import ScoresSection
from app.ui.screens.trends.state import Narrowing, Panel
from app.ui.text import sentence_case, tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Select
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, FlowLayout

_RESPONSES: Final = (Response.MOVE, Response.CAME_BACK)
_WHOSE: Final = (Whose.ALL, Whose.MINE, Whose.OURS)
_HEADED_PX: Final = 16


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and the charts below it."""

    heading: Label
    charts: tuple[Chart, ...]


class FurtherView(QWidget):
    """The cards of `FurtherPresenter` and the picked pairs. Nothing is read before `watch` sees it come near."""

    def __init__(self, presenter: FurtherPresenter, pairs: PairsPresenter, *, solo: bool) -> None:
        super().__init__()
        self._presenter, self._pairs = presenter, pairs
        self._hub = current_hub()
        self._nearness: Nearness | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._settle)
        self._response = Segmented((tr("what was done"), tr("what came back")), name=tr("Set beside the cue"))
        names = (tr("all"), tr("mine")) if solo else (tr("all"), tr("mine"), tr("ours"))
        self._whose = Segmented(names, name=tr("Whose rituals and promises"), parent=self)
        self._cue = Select(name=tr("Only triggers with this cue"))
        self._thread = Select(name=tr("Only triggers of this thread"), voice="person")
        self._whose.setHidden(solo)
        asides = {Chart.CUES: self._response} | ({} if solo else {Chart.PROMISES: self._whose})
        self._scores = ScoresSection(presenter)
        self.cards = {
            chart: self._scores.card if chart is Chart.SCORES else FurtherCard(chart, asides.get(chart))
            for chart in Chart
        }
        self.pairs = PairsCard(pairs)
        self._filters = QWidget()
        flow = FlowLayout(self._filters)
        for box in (self._cue, self._thread):
            flow.addWidget(box)
        self._sections = (
            _Section(_heading(tr("Is it changing?")), (Chart.LATELY, Chart.PANELS, Chart.ARE)),
            _Section(
                _heading(tr("Triggers and what helps")), (Chart.TRIGGERS, Chart.CUES, Chart.HELPED, Chart.SETTLING)
            ),
            _Section(
                _heading(tr("What I planned") if solo else tr("What we agreed on")), (Chart.AGREEMENTS, Chart.PROMISES)
            ),
            _Section(_heading(tr("Talking it through")), (Chart.CONVERSATIONS,)),
            _Section(_heading(tr("Two things at once")), ()),
        )
        """All but the last, which is the one of `_scores`."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._build()
        self._connect()
        self._fill(presenter.narrowing)
        self._restyle(self._hub.theme)

    @property
    def slots_shown(self) -> tuple[Slot, ...]:
        """Every chart below the first screen, in the order of the page."""
        return tuple(card.chart for card in self.cards.values())

    def watch(self, scroll: QScrollArea) -> None:
        """Read what comes near in this page from now on."""
        self._nearness = Nearness(scroll, (*self.cards.values(), self._filters, self.pairs))
        self._nearness.near.connect(self._near)

    def look(self) -> None:
        """See what is near, soon."""
        if self._nearness is not None:
            self._nearness.soon()

    def arrange(self, room: Breadth) -> None:
        """Give way as the window gets narrow."""
        for card in self.cards.values():
            card.arrange(room)
        self.pairs.arrange(room)

    def let_go(self) -> None:
        """Forget everything that is shown; the journal is being locked."""
        for card in self.cards.values():
            card.show_panel(None)
        self._scores.show_panel(None)
        self.pairs.let_go()
        self._presenter.let_go()
        self._fill(self._presenter.narrowing)

    def _build(self) -> None:
        for section in self._sections:
            self._column.addWidget(section.heading)
            if Chart.TRIGGERS in section.charts:
                self._column.addWidget(self._filters)
            for chart in section.charts:
                self._column.addWidget(self.cards[chart])
        for part in (self.pairs, self._scores.heading, self._scores.card):
            self._column.addWidget(part)

    def _connect(self) -> None:
        self._presenter.read.connect(self._read)
        self._presenter.stale.connect(self.look)
        self._presenter.narrowed.connect(self._fill)
        self._response.changed.connect(lambda index: self._presenter.set_beside(_RESPONSES[int(index)]))
        self._whose.changed.connect(lambda index: self._presenter.show_whose(_WHOSE[int(index)]))
        for box in (self._cue, self._thread):
            box.activated.connect(lambda _index: self._narrow())
        for card in self.cards.values():
            card.chart.table_toggled.connect(lambda _shown: self._settling.start())
        self._hub.changed.connect(self._restyle)

    def _near(self, part: object) -> None:
        if isinstance(part, FurtherCard):
            self._presenter.want(part.chart_name)
        elif part is self._filters and not self._presenter.narrowing.offered.cues:
            self._presenter.offer()
        elif part is self.pairs:
            self._pairs.want()
            self._presenter.want(Chart.SCORES)  # what comes next, if there is any: only reading it can tell

    def _read(self, chart: Chart, panel: Panel) -> None:
        (self._scores if chart is Chart.SCORES else self.cards[chart]).show_panel(panel)
        self._settling.start()

    def _settle(self) -> None:
        """Let every card have the height it needs now: of many at once, the layouts above notice only some."""
        for card in self.cards.values():
            card.updateGeometry()
        part: QWidget | None = self
        while part is not None and not isinstance(part, QScrollArea):
            QApplication.sendEvent(part, QEvent(QEvent.Type.LayoutRequest))
            part = part.parentWidget()
        self.look()

    def _narrow(self) -> None:
        self._presenter.narrow(str(self._cue.currentData() or ""), str(self._thread.currentData() or ""))

    def _fill(self, now: Narrowing) -> None:
        """What can be chosen, and what is; names of threads are gone with the lock."""
        both = (
            (self._cue, tr("Every cue"), now.offered.cues, now.cue),
            (self._thread, tr("Every thread"), now.offered.threads, now.thread),
        )
        for box, every, options, chosen in both:
            box.clear()
            box.addItem(every, "")
            for key, name in options:
                box.addItem(sentence_case(name), key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self._response.choose(_RESPONSES.index(now.response))
        self._whose.choose(_WHOSE.index(now.whose))

    def _restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.space("card_gap"))
        for heading in (*(section.heading for section in self._sections), self._scores.heading):
            heading.setContentsMargins(0, theme.px(_HEADED_PX), 0, 0)
        longest = theme.px(280)
        for box in (self._cue, self._thread):
            box.setMaximumWidth(longest)
        self._settling.start()


def _heading(words: str) -> Label:
    return Label(words, "title", lines=1, elide=True)
