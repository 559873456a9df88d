"""The cards of the Trends page: a chart with its sentence, and the line that reads it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.services.chart_cards import Behind
from app.ui.screens.trends.keys import MarkKeys, SampleMarks
from app.ui.screens.trends.state import Panel
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Surface
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.label import Label

SMALL_CHART_PX = 90


class Slot(ChartView):
    """A chart of this page, with what its menu offers. The panel it shows says what its stops stand for."""

    opened = Signal(object)
    """What Enter or a double click asks for: a `Behind`."""
    words_asked = Signal(object)
    """The panel is to be read as words."""
    save_asked = Signal(object)
    """The panel is to be saved as a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel: Panel | None = None
        self.set_menu_words(tr("Show as table"), tr("Show as chart"))
        self.add_to_menu(tr("In words…"), self.ask_words)
        self.add_to_menu(tr("Save this chart…"), self.ask_save)
        self.activated.connect(self._open)

    @property
    def panel(self) -> Panel | None:
        """What it shows."""
        return self._panel

    def show_panel(self, panel: Panel | None) -> None:
        """Show another panel in place; None lets go of everything."""
        self._panel = panel
        self.set_plot(panel.plot if panel is not None and panel.enough else None)

    def ask_words(self) -> None:
        """Ask for the chart in words."""
        if self._panel is not None:
            self.words_asked.emit(self._panel)

    def ask_save(self) -> None:
        """Ask for the chart as a file; there is none while there is not enough."""
        if self._panel is not None and self._panel.enough:
            self.save_asked.emit(self._panel)

    def _open(self, stop: int) -> None:
        behind = self._panel.behind(stop) if self._panel is not None else Behind()
        if not behind.is_empty:
            self.opened.emit(behind)


class SmallPanel(Surface):
    """A heading, a small chart, its sentence; dashed with too little to draw."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", parent=parent)
        self._panel: Panel | None = None
        self._title = Label("", "label", lines=1, elide=True)
        self._title.set_weight(600)
        self.chart = Slot()
        self._words = Label("", "small", "ink2")
        self._rest = QWidget()
        self._keys = MarkKeys()
        self._sample = SampleMarks()
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.body.addWidget(self.chart)
        self.body.addWidget(self._sample)
        self.body.addWidget(self._words)
        self.body.addWidget(self._rest, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.chart.reading_changed.connect(self._read)
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_panel(self, panel: Panel | None) -> None:
        """Show another panel in place; None lets go of everything."""
        self._panel = panel
        self._title.setText(panel.title if panel else "")
        self._words.setText(panel.sentence if panel else "")
        self.setAccessibleName(panel.title if panel else "")
        self.chart.show_panel(panel)
        self.chart.setVisible(panel is None or panel.enough)
        self._sample.setVisible(panel is not None and not panel.enough)
        self._keys.show_keys(panel.keys if panel else ())
        self.set_ground("dashed" if panel and not panel.enough else "card")
        self._restyle(self._hub.theme)

    def _read(self, _index: object, words: str) -> None:
        if self._panel is not None:
            self._words.setText(words or self._panel.sentence)

    def _restyle(self, theme: Theme) -> None:
        for picture in (self.chart, self._sample):
            picture.setFixedHeight(theme.px(SMALL_CHART_PX))
        self.body.setContentsMargins(theme.px(13), theme.px(10), theme.px(11), theme.px(10))
        self.body.setSpacing(theme.px(4))


class ReadLine(Label):
    """The line under a chart: what it is, or, while the reading line stands somewhere, what it reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "caption", "ink3")
        self._resting = ""
        if parent is not None:
            self.setParent(parent)

    def rest(self, words: str) -> None:
        """What stands here while nothing is read."""
        self._resting = words
        self.setText(words)

    def follow(self, chart: ChartView) -> None:
        """Echo a chart's reading."""
        chart.reading_changed.connect(self._read)

    def _read(self, _index: object, words: str) -> None:
        self.setText(words or self._resting)
        self.set_role("ink" if words else "ink3")
