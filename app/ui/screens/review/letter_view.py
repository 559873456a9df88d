"""The letter as it is read: its dates, its paragraphs with the small chart among them, moments of these weeks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.screens.review.state import LetterCard, MomentLine
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Caption, Rule, Surface
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.text_link import TextLink

CHART_PX, MEASURE_PX = 176, 640


class LetterView(Surface):
    """One `show_letter`. The chart is kept and given another plot."""

    moment_opened = Signal(str)
    """Emitted with the record of a moment that should be read whole."""
    safety_asked = Signal()
    """Emitted on the quiet link at the foot."""

    def __init__(self) -> None:
        super().__init__("card")
        self._paragraphs: list[Label] = []
        self._rows: list[QWidget] = []
        self._dated = Label("", "small", "ink2", lines=1)
        self._title = Label("", "read_title")
        self._private = Caption(tr("Only you"), icon="private")
        self._changed = Banner("", icon="history")
        self._text = QVBoxLayout()
        self.chart = ChartView()
        self.chart.set_menu_words(tr("Show as table"), tr("Show as chart"))
        self._rule = Rule()
        self._moments_title = Label(tr("Moments you wrote down"), "label", "ink2")
        self._moments = QVBoxLayout()
        self.safety = TextLink(tr("If being together is not safe"), icon="shield")
        self.safety.clicked.connect(self.safety_asked)
        self._assemble()
        current_hub().changed.connect(self._measure)
        self._measure(current_hub().theme)

    def show_letter(self, card: LetterCard | None) -> None:
        """Show a letter, or let go of every word of one."""
        self._dated.setText(card.dated if card is not None else "")
        self._title.setText(card.title if card is not None else "")
        self._changed.say(card.changed if card is not None else "")
        self._changed.setVisible(card is not None and bool(card.changed))
        self._tell(card.paragraphs if card is not None else ())
        self.chart.set_plot(card.plot if card is not None else None)
        self.chart.setVisible(card is not None and card.plot is not None)
        self._show_moments(card.moments if card is not None else ())
        self.safety.setVisible(card is not None and (card.danger or card.harder))

    def words(self) -> tuple[str, ...]:
        """The paragraphs that stand there."""
        return tuple(label.text() for label in self._paragraphs)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._dated, 1)
        head.addWidget(self._private)
        self.body.addLayout(head)
        for part in (self._title, self._changed):
            self.body.addWidget(part)
        self.body.addLayout(self._text)
        self._text.addWidget(self.chart)
        self.body.addWidget(self._rule)
        self.body.addWidget(self._moments_title)
        self.body.addLayout(self._moments)
        self.body.addWidget(self.safety, 0, Qt.AlignmentFlag.AlignLeading)

    def _tell(self, paragraphs: tuple[str, ...]) -> None:
        """The chart stands after the first paragraph, which says how much was written."""
        if paragraphs == self.words():
            return
        for label in self._paragraphs:
            _drop(self._text, label)
        self._paragraphs = [Label(words, "reading") for words in paragraphs]
        for number, label in enumerate(self._paragraphs):
            label.setMaximumWidth(current_hub().theme.px(MEASURE_PX))
            self._text.insertWidget(number if number == 0 else number + 1, label)

    def _show_moments(self, moments: tuple[MomentLine, ...]) -> None:
        for row in self._rows:
            _drop(self._moments, row)
        self._rows = [self._row(one) for one in moments]
        for row in self._rows:
            self._moments.addWidget(row)
        for part in (self._rule, self._moments_title):
            part.setVisible(bool(moments))

    def _row(self, moment: MomentLine) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(current_hub().theme.space("m"))
        across.addWidget(Label(moment.line, "line", lines=2), 1)
        link = TextLink(moment.day, trailing="arrow-right")
        link.setAccessibleDescription(moment.line)
        link.clicked.connect(lambda _checked=False: self.moment_opened.emit(moment.record))
        across.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _measure(self, theme: Theme) -> None:
        self.chart.setFixedHeight(theme.px(CHART_PX))
        self.body.setSpacing(theme.space("s"))
        self._text.setSpacing(theme.space("l"))
        self._text.setContentsMargins(0, theme.space("s"), 0, theme.space("m"))
        self._moments.setSpacing(theme.space("xs"))
        for label in self._paragraphs:
            label.setMaximumWidth(theme.px(MEASURE_PX))


def _drop(box: QVBoxLayout, widget: QWidget) -> None:
    box.removeWidget(widget)
    widget.hide()
    widget.deleteLater()
