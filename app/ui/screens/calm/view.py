"""Calm: a circle to breathe with, five senses to name, and the ways out. Nothing on it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.calm import Calm
from app.ui.actions import key_words
from app.ui.screens.calm.circle import BreathCircle
from app.ui.screens.calm.senses import SenseRow
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card, Icon, Rule
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import ColumnsLayout
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.shore import Shore

_SHORE = 0.26


class CalmView(QWidget):
    """Built from the content's Calm section; `back`, `log` and `safety` are what its three links do."""

    def __init__(
        self, words: Calm, back: Callable[[], None], log: Callable[[], None], safety: Callable[[], None]
    ) -> None:
        super().__init__()
        self._words = words
        self._shore = Shore(self, part=_SHORE)
        self.circle = BreathCircle(words.breathing)
        self._fields: list[Field] = []
        self._scroll = QScrollArea()
        self._build(back, log, safety)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(back)

    def begin(self) -> None:
        """Give the circle the keyboard and bring it into view."""
        self.circle.setFocus()
        self._scroll.ensureWidgetVisible(self.circle)

    def forget(self) -> None:
        """Drop what was typed: nothing here is recorded."""
        for field in self._fields:
            field.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shore.setGeometry(self.rect())

    def _build(self, back: Callable[[], None], log: Callable[[], None], safety: Callable[[], None]) -> None:
        theme = current_hub().theme
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.px(32), theme.px(18), theme.px(28), theme.px(24))
        top = QHBoxLayout()
        top.addWidget(Label(self._words.screen.note, "small", "ink2"), 1)
        leave = Button(self._words.screen.back, "plain", hint=key_words("Esc"))
        leave.clicked.connect(lambda _checked=False: back())
        top.addWidget(leave)
        column.addLayout(top)
        column.addSpacing(theme.px(28))
        middle = self._breathing()
        columns = ColumnsLayout([(self._senses(), 0, 372), (middle, 1, 0), (self._around(log, safety), 0, 348)])
        column.addWidget(columns)
        column.addStretch(1)
        scroll = self._scroll
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._shore.lower()

    def _breathing(self) -> QWidget:
        theme, words = current_hub().theme, self._words.breathing
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        column.addWidget(self.circle, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(20))
        paces = Segmented([pace.label for pace in words.pace], chosen=0, name=words.title)
        line = Label(words.pace[0].line, "small", "ink3", align=Qt.AlignmentFlag.AlignHCenter)

        def choose(index: object) -> None:
            if isinstance(index, int):
                self.circle.choose(words.pace[index])
                line.setText(words.pace[index].line)

        paces.changed.connect(choose)
        column.addWidget(paces, 0, Qt.AlignmentFlag.AlignHCenter)
        keys = QHBoxLayout()
        keys.addStretch(1)
        for key, meaning in (("Space", tr("hold")), ("Left", tr("slower")), ("Right", tr("faster"))):
            keys.addWidget(KeyHint({"Left": "←", "Right": "→"}.get(key, key_words(key))))
            keys.addWidget(Label(meaning, "small", "ink3", lines=1))
            keys.addSpacing(theme.px(8))
        keys.addStretch(1)
        column.addLayout(keys)
        column.addWidget(line)
        care = Label(words.care, "small", "ink3", align=Qt.AlignmentFlag.AlignHCenter)
        care.setMaximumWidth(theme.px(430))
        column.addWidget(care, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return made

    def _senses(self) -> QWidget:
        words = self._words.senses
        card = Card(words.title)
        card.body.setSpacing(current_hub().theme.px(2))
        card.add(Label(words.help, "small", "ink3"))
        for sense in words.step:
            made = SenseRow(sense, partial(self._after, len(self._fields)))
            self._fields.append(made.field)
            card.add(made)
        card.add(Label(words.stuck, "small", "ink3"))
        return card

    def _after(self, at: int) -> None:
        """Enter moves on; after the last one the circle has the keyboard again."""
        (self._fields[at + 1] if at + 1 < len(self._fields) else self.circle).setFocus()

    def _around(self, log: Callable[[], None], safety: Callable[[], None]) -> QWidget:
        words = self._words.orienting
        card = Card(words.title)
        card.add(Label(words.help, "small", "ink3"))
        for step in words.steps:
            row = QHBoxLayout()
            row.setSpacing(current_hub().theme.space("s"))
            row.addWidget(Icon("leaf", "ink3", small=True), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(step, "body", "ink2"), 1)
            card.add(row)
        card.add(Rule())
        links = ((self._words.screen.log_link, "trigger", log), (self._words.screen.safety_link, "shield", safety))
        for label, icon, run in links:
            link = Button(label, "quiet", icon=icon, small=True)
            link.clicked.connect(lambda _checked=False, run=run: run())
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            card.add(row)
        card.add(Label(self._words.screen.not_for, "small", "ink3"))
        return card
