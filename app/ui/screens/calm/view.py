"""Calm: a circle to breathe with, one way to settle beside it, the pause and the ways out. Nothing on it is recorded
unless it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.calm import Calm
from app.services.local_time import Now
from app.ui.actions import key_words
from app.ui.screens.calm.circle import BreathCircle
from app.ui.screens.calm.doors import Doors
from app.ui.screens.calm.parts import link
from app.ui.screens.calm.pause import PausePart
from app.ui.screens.calm.state import CalmState
from app.ui.screens.calm.way_card import WayCard
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, ColumnsLayout, breadth
from app.ui.widgets.layouts import column as column_of
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.shore import Shore

_SHORE = 0.3
_SIDE_PX, _EDGE_PX = 340, 24
"""How wide the cards at both sides are, and how far they stand in from the line of words above them."""


class _Columns(ColumnsLayout):
    """Columns whose cards grow and shrink while they are shown: another way, a pause that begins.

    Where there is room for one only, the middle one comes first: the circle is what one came for.
    """

    def __init__(self, columns: Sequence[tuple[QWidget, int, int]]) -> None:
        self._order = [widget for widget, _, _ in columns]
        super().__init__(columns)

    @override
    def _place(self, width: int, *, move: bool) -> int:
        left, middle, right = sorted(self._columns, key=lambda one: self._order.index(one[0]))
        alone = self.side_by_side() == 1
        self._columns = (middle, left, right) if alone else (left, middle, right)
        return super()._place(width, move=move)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._reflow()
            self.updateGeometry()
        return done


class CalmView(QWidget):
    """Built from the content's Calm section. `doors` are what its links do; what is a person's own comes later."""

    def __init__(self, words: Calm, doors: Doors, now: Now, *, keeps: bool = False) -> None:
        """`keeps`: a journal is open, so that what helped can be kept."""
        super().__init__()
        self._words = words
        self._shore = Shore(self, part=_SHORE)
        self.circle = BreathCircle(words.breathing)
        self.ways = WayCard(words, self.circle, doors.write, keeps=keeps)
        self.pause = PausePart(words.pause, now)
        self._scroll = QScrollArea()
        self._build(doors, keeps=keeps)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(doors.back)

    def begin(self, way: str = "senses") -> None:
        """Show a way, give the circle the keyboard and bring it into view."""
        self.ways.start_afresh()
        self.ways.choose(way)
        self.circle.setFocus()
        self._scroll.ensureWidgetVisible(self.circle)

    def render_state(self, state: CalmState) -> None:
        """Show what is this person's own."""
        self.ways.show_own(state)
        self.pause.may_write(state.write_pause)
        self._not_safe.setVisible(bool(state.others))
        self.pause.show_pause(state.own.pause, for_two=bool(state.others), marked=state.marked)

    def forget(self) -> None:
        """Drop what was typed: nothing here is recorded."""
        self.ways.forget()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shore.setGeometry(self.rect())

    def _build(self, doors: Doors, *, keeps: bool) -> None:
        theme = current_hub().theme
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.px(32), theme.px(22), theme.px(28), theme.px(24))
        top = QHBoxLayout()
        top.addWidget(Label(self._words.screen.note, "small", "ink2"), 1, Qt.AlignmentFlag.AlignVCenter)
        leave = Button(self._words.screen.back, "plain", hint=key_words("Esc"))
        leave.clicked.connect(lambda _checked=False: doors.back())
        top.addWidget(leave)
        column.addLayout(top)
        column.addSpacing(theme.px(34))
        left = column_of(self.ways, stretch_last=False)
        right = column_of(self._around(doors, keeps=keeps), stretch_last=False)
        self._columns = _Columns([(left, 0, _SIDE_PX), (self._breathing(), 1, 0), (right, 0, _SIDE_PX)])
        self._inset = QHBoxLayout()
        self._inset.addWidget(self._columns)
        column.addLayout(self._inset)
        column.addStretch(1)
        scroll = self._scroll
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._shore.lower()
        self._columns.reflowed.connect(self._fit)

    def _fit(self, _columns: int) -> None:
        """Where three columns stand, the outer ones are drawn in a little; with less room every pixel counts."""
        theme = current_hub().theme
        edge = theme.px(_EDGE_PX) if breadth(self.window().width(), theme) is Breadth.WIDE else 0
        self._inset.setContentsMargins(edge, 0, edge, 0)

    def _breathing(self) -> QWidget:
        theme, words = current_hub().theme, self._words.breathing
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.space("m"))
        column.addWidget(self.circle, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        paces = Segmented([pace.label for pace in words.pace], chosen=0, name=words.title)
        line = Label(words.pace[0].line, "small", "ink3", align=Qt.AlignmentFlag.AlignHCenter)

        def choose(index: object) -> None:
            if isinstance(index, int):
                self.circle.choose(words.pace[index])
                line.setText(words.pace[index].line)

        paces.changed.connect(choose)
        column.addWidget(paces, 0, Qt.AlignmentFlag.AlignHCenter)
        keys = QHBoxLayout()
        keys.setSpacing(theme.px(5))
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

    def _around(self, doors: Doors, *, keeps: bool) -> QWidget:
        screen = self._words.screen
        card = Card()
        card.add(self.pause)
        if doors.write is not None:
            write = doors.write
            self.pause.write.clicked.connect(lambda _checked=False: write("pause_script"))
        card.add(Rule())
        ways: list[tuple[str, str, Callable[[], None]]] = [(screen.log_link, "trigger", doors.log)]
        if keeps:
            ways.append((screen.ring_link, "user", lambda: self.ways.turn_to("ring")))
        ways.append((screen.safety_link, "shield", doors.safety))
        links = QVBoxLayout()
        links.setSpacing(0)
        for words, icon, run in ways:
            links.addWidget(link(words, icon, run), 0, Qt.AlignmentFlag.AlignLeft)
        card.add(links)
        self._not_safe = Label(self._words.pause.not_safe, "small", "ink3")
        self._not_safe.hide()
        card.add(self._not_safe)
        card.add(Label(screen.not_for, "small", "ink3"))
        return card
