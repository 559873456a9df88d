"""One chart below the first screen: its question, its sentence, the chart or what it waits for, its small line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.chart_names import Chart
from app.ui.screens.trends.keys import SampleMarks
from app.ui.screens.trends.panels import ReadLine, Slot
from app.ui.screens.trends.state import Panel
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth
from app.ui.widgets.text_link import TextLink

USUAL_PX: Final = {
    Chart.LATELY: 200,
    Chart.PANELS: 400,
    Chart.ARE: 360,
    Chart.TRIGGERS: 240,
    Chart.CUES: 260,
    Chart.HELPED: 200,
    Chart.SETTLING: 240,
    Chart.AGREEMENTS: 240,
    Chart.PROMISES: 260,
    Chart.CONVERSATIONS: 330,
    Chart.SCORES: 240,
}
"""The room kept for a chart until it was read: about what it will take, so that what is below stays where it is."""
_SAMPLE_PX: Final = (300, 72)
_TABLE_PX: Final = 300
_DOWN_PX: Final = 12


class FurtherCard(Card):
    """Empty until `show_panel`; the figure and its canvas are made when the first one comes, and kept."""

    def __init__(self, chart: Chart, aside: QWidget | None = None) -> None:
        """`aside` stands beside the question: a control that changes what this chart shows."""
        super().__init__(" ")
        self.chart_name = chart
        self._panel: Panel | None = None
        if aside is not None:
            self.head.addWidget(aside, 0, Qt.AlignmentFlag.AlignVCenter)
        self._sentence = Label("", "small", "ink2")
        self.chart = Slot()
        self.chart.hide()
        self._sample = SampleMarks()
        self._sample.hide()
        self._room = QWidget()
        stage = QVBoxLayout()
        stage.setContentsMargins(0, 0, 0, 0)
        for widget in (self._room, self.chart, self._sample):
            stage.addWidget(widget)
        self._line = ReadLine()
        self.in_words = TextLink(tr("In words"))
        self.as_table = TextLink(tr("As a table"))
        self.save = TextLink(tr("Save this chart…"))
        self._links = QWidget()
        self._link_row = QHBoxLayout(self._links)
        self._link_row.setContentsMargins(0, 0, 0, 0)
        for link in (self.in_words, self.as_table, self.save):
            self._link_row.addWidget(link)
        self.head.addWidget(self._links, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(self._sentence)
        self.add(stage)
        self.add(self._line)
        self._line.follow(self.chart)
        self.in_words.clicked.connect(lambda _checked=False: self.chart.ask_words())
        self.as_table.clicked.connect(lambda _checked=False: self.chart.toggle_table())
        self.save.clicked.connect(lambda _checked=False: self.chart.ask_save())
        self.chart.table_toggled.connect(self._toggled)
        self._hub.changed.connect(self._restyle)
        self._show_links(known=False, enough=False)
        self._restyle(self._hub.theme)

    @property
    def panel(self) -> Panel | None:
        """What it shows; None until it was read, and again after it was let go."""
        return self._panel

    def show_panel(self, panel: Panel | None) -> None:
        """Show a chart in place; None lets go of everything and keeps the room."""
        self._panel = panel
        enough = panel is not None and panel.enough
        self.set_heading(panel.title if panel is not None else " ")
        self._sentence.setText(panel.sentence if panel is not None else "")
        self._line.rest(" ".join(panel.notes) if panel is not None and enough else "")
        self._line.setVisible(enough)
        if not enough:
            self.chart.show_table(on=False)
        self.chart.show_panel(panel)
        self._room.setVisible(panel is None)
        self._sample.setVisible(panel is not None and not enough)
        self._show_links(known=panel is not None, enough=enough)
        self.set_ground("card" if panel is None or enough else "dashed")
        self._restyle(self._hub.theme)
        self.chart.setVisible(enough)

    def arrange(self, room: Breadth) -> None:
        """The links beside the question, or below everything where there is little room."""
        below = room is Breadth.NARROW
        if below != (self.body.indexOf(self._links) >= 0):
            (self.head if below else self.body).removeWidget(self._links)
            if below:
                self.body.addWidget(self._links, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self.head.addWidget(self._links, 0, Qt.AlignmentFlag.AlignVCenter)

    def _show_links(self, *, known: bool, enough: bool) -> None:
        self.in_words.setVisible(known)
        self.as_table.setVisible(enough)
        self.save.setVisible(enough)

    def _toggled(self, shown: bool) -> None:
        self.as_table.setText(tr("As a chart") if shown else tr("As a table"))
        self._restyle(self._hub.theme)

    def _height_px(self) -> float:
        if self._panel is None or self._panel.card is None:
            return USUAL_PX[self.chart_name]
        return max(self._panel.card.height_px, _TABLE_PX if self.chart.table_shown else 0)

    def _restyle(self, theme: Theme) -> None:
        for widget in (self._room, self.chart):
            widget.setFixedHeight(theme.px(self._height_px()))
        self._sample.setMaximumWidth(theme.px(_SAMPLE_PX[0]))
        self._sample.setFixedHeight(theme.px(_SAMPLE_PX[1]))
        across, down = theme.space("card_pad_x"), theme.px(_DOWN_PX)
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(theme.px(4))
        self._link_row.setSpacing(theme.px(18))
        self.head.setSpacing(theme.px(18))
