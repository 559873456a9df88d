"""The other cards of Today: the thread to go on with, what can be finished, two weeks of felt safety."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.charts import empty, fortnight
from app.charts.plot import Caption as ChartCaption
from app.charts.plot import Tick
from app.domain.content import Content
from app.ui.actions import commands
from app.ui.screens.today.lifted import LiftedCard
from app.ui.screens.today.state import FinishRow, FortnightCard, ThreadCard
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card, Icon, Rule
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.text_link import TextLink

CHART_PX = 158
SMALLER = (("life_marker", "calendar"), ("note", "pencil-simple"))


class ThreadView(LiftedCard):
    """The newest open thread with a story, and smaller things to do."""

    keep_writing = Signal()
    toggle_previews = Signal()
    write = Signal(str)
    note = Signal()
    """Emitted when a small moment should be noted."""

    def __init__(self, content: Content, *, solo: bool) -> None:
        super().__init__(" ")
        theme = current_hub().theme
        self._previews = TextLink("", icon="private")
        self._previews.clicked.connect(self.toggle_previews)
        self.head.addWidget(self._previews)
        self._thread = QWidget()
        box = QVBoxLayout(self._thread)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("xs"))
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self._title = Label("", "reading", lines=1, elide=True)
        self._step = Label("", "small", "ink3", lines=1)
        row.addWidget(self._title)
        row.addWidget(self._step, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._tail = Label("", "line", "ink2")
        policy = self._tail.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self._tail.setSizePolicy(policy)
        keep = QHBoxLayout()
        self._keep = TextLink(tr("Keep writing"), trailing="arrow-right", small=False)
        self._keep.clicked.connect(self.keep_writing)
        self._keep.setFixedHeight(theme.size("min_target"))
        keep.addWidget(self._keep)
        keep.addStretch(1)
        box.addLayout(row)
        box.addWidget(self._tail)
        box.addLayout(keep)
        self.add(self._thread)
        self._rule = Rule()
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self._rule)
        foot.addWidget(self._smaller(content, solo=solo))
        self.add(foot)

    def show_card(self, card: ThreadCard | None, *, hidden: bool) -> None:
        """Show the thread; without one only the smaller things stay."""
        self._thread.setVisible(card is not None)
        self._rule.setVisible(card is not None)
        self._previews.setVisible(card is not None)
        self._or.setVisible(card is not None)
        self._previews.setText(tr("Show previews") if hidden else tr("Hide previews"))
        self._previews.set_icon_name("eye" if hidden else "private")
        self.set_heading(tr("Continue where you left off") if card is not None else tr("Something small, if you like"))
        if card is not None:
            self._title.setText(card.title)
            self._step.setText(card.step_words)
            self._tail.setText(card.tail)
            self._tail.setVisible(bool(card.tail))
            self._keep.setAccessibleDescription(card.title)

    def _smaller(self, content: Content, *, solo: bool) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap_px=current_hub().theme.px(16))
        self._or = Label(tr("or something smaller"), "small", "ink2", lines=1)
        self._or.setFixedHeight(current_hub().theme.size("button_small"))
        flow.addWidget(self._or)
        moment = commands()["moment"]
        note = TextLink(moment.words, icon=moment.icon)
        note.setToolTip(moment.shown_key)
        note.clicked.connect(self.note)
        flow.addWidget(note)
        for kind_id, icon in SMALLER:
            kind = content.kind(kind_id)
            words = kind.solo_add if solo and kind.solo_add else kind.add
            button = TextLink(words, icon=icon)
            button.clicked.connect(partial(self.write.emit, kind_id))
            flow.addWidget(button)
        return row


class FinishView(Card):
    """What was begun and can be completed, or left."""

    finish = Signal(object)
    let_go = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("To finish, if you like"))
        self._rows: tuple[FinishRow, ...] = ()
        self._parts: list[QWidget] = []

    def show_rows(self, rows: tuple[FinishRow, ...]) -> None:
        """Show these; rows that stay the same stay in place."""
        if rows == self._rows:
            return
        self._rows = rows
        for part in self._parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for number, row in enumerate(rows):
            if number:
                self._parts.append(Rule())
            self._parts.append(self._row(row))
        for part in self._parts:
            self.add(part)

    def _row(self, row: FinishRow) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(current_hub().theme.space("xs"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(row.title, "line" if row.written else "body", "ink", lines=2))
        words.addWidget(Label(row.caption, "caption", "ink3", lines=1, elide=True))
        across.addLayout(words, 1)
        button = Button(row.action, "plain", small=True)
        button.setAccessibleDescription(row.title)
        button.clicked.connect(lambda: self.finish.emit(row.item))
        across.addWidget(button)
        if row.item.key is not None or row.item.reason == "later":
            waits = row.item.reason == "later"
            drop = IconButton("x", tr("Leave it as it is") if waits else tr("Let this note go"))
            drop.clicked.connect(lambda: self.let_go.emit(row.item))
            across.addWidget(drop)
        return made


class FortnightView(Card):
    """Two weeks in a small line with its sentence."""

    def __init__(self) -> None:
        super().__init__(tr("Felt safety"), caption=tr("14 days"))
        self._card: FortnightCard | None = None
        self._chart = ChartView()
        self._chart.set_menu_words(tr("Show as table"), tr("Show as chart"))
        self._sentence = Label("", "small", "ink2")
        self.add(self._chart)
        self.add(self._sentence)
        self._measure(self._hub.theme)
        self._hub.changed.connect(self._measure)

    def show_card(self, card: FortnightCard | None) -> None:
        """Show the line, or how much is still needed for one."""
        self.setVisible(card is not None)
        if card is None or card == self._card:
            return
        self._card = card
        self._sentence.setText(card.sentence)
        self._sentence.setVisible(bool(card.sentence))
        name = tr("Felt safety, 14 days")
        if card.missing:
            self._chart.set_plot(empty.plot(card.missing, name))
            return
        found = card.data
        values = np.array([np.nan if value is None else value for value in found.values])
        band = (found.low, found.high) if found.low is not None and found.high is not None else None
        data = fortnight.FortnightData(np.array(found.days, dtype=np.int64), values, band)
        ticks = tuple(Tick(day, words) for day, words in card.ticks)
        labels = fortnight.FortnightLabels(ticks, (tr("Day"), tr("Felt safety")))
        readouts = card.readouts
        self._chart.set_plot(fortnight.plot(data, labels, ChartCaption(name, card.sentence, lambda i: readouts[i])))

    def _measure(self, theme: Theme) -> None:
        self._chart.setFixedHeight(theme.px(CHART_PX))


class PlaceView(Card):
    """What this place is for, while nothing has been written in it yet."""

    def __init__(self) -> None:
        super().__init__(tr("What this place is for"))
        first = tr("A minute a day is plenty. A day left out stays open and counts against nobody.")
        self.add(Label(first, "body", "ink2"))
        sets_off = tr("Three things are enough. The rest can wait, or stay out.")
        thread = tr("A thread holds it, a few words at a time and at your own pace.")
        trends = tr("What you note becomes lines and sentences, never a verdict.")
        here = tr("Everything is encrypted and stays on this computer.")
        self.add(self._row("trigger", tr("When something sets you off"), sets_off))
        self.add(self._row("injuries", tr("What happened"), thread))
        self.add(self._row("trends", tr("What shifts with time"), trends))
        self.add(self._row("private", tr("Only here"), here))

    def _row(self, icon: str, title: str, words: str) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, current_hub().theme.px(6), 0, 0)
        across.setSpacing(current_hub().theme.space("m"))
        across.addWidget(Icon(icon, "lee"), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        heading = Label(title, "label", "ink")
        lines.addWidget(heading)
        lines.addWidget(Label(words, "small", "ink2"))
        across.addLayout(lines, 1)
        return made
