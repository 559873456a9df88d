"""The page of a guided conversation: steps at the left, one thing in the middle, time and pause at the right.

Short of room the steps become a drawer over the page; shorter still, what stood at the right stands below.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.conversation.closing import ClosingPanel, KeepingPanel
from app.ui.screens.conversation.quiet_panels import PausePanel, SafetyPanel
from app.ui.screens.conversation.side import Side
from app.ui.screens.conversation.start_panel import StartPanel
from app.ui.screens.conversation.state import Part, State
from app.ui.screens.conversation.step_panel import StepPanel
from app.ui.screens.conversation.steps import StepsCard
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner

_STEPS_PX, _SIDE_PX, _DRAWER_PX = 226, 256, 284
_WITH_STEPS = frozenset({Part.STEP, Part.PAUSED, Part.SAFETY, Part.CLOSING, Part.KEEPING})
_WITH_SIDE = frozenset({Part.STEP, Part.CLOSING, Part.SAFETY})


class Drawer(QWidget):
    """Holds the steps over the page; Escape closes it and gives the keyboard back."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()

    def open(self, card: StepsCard) -> None:
        """Slide in with the card; at once where motion is reduced."""
        theme = current_hub().theme
        self._column.addWidget(card)
        card.show()
        wide = min(theme.px(_DRAWER_PX), self._ground.width())
        self.setGeometry(0, 0, wide, self._ground.height())
        self.raise_()
        self.show()
        if theme.drawer_ms():
            self._slide.setDuration(theme.drawer_ms())
            self._slide.setStartValue(QPoint(-wide, 0))
            self._slide.setEndValue(QPoint(0, 0))
            self._slide.start()
        card.focus_current()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class ConversationView(QWidget):
    """One `show_state(state)`; what a person does comes out of the panels' own signals."""

    def __init__(self, checks_title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        theme = current_hub().theme
        self._state = State()
        self._room = Breadth.WIDE
        self.steps, self.side = StepsCard(), Side()
        self.start, self.step = StartPanel(checks_title), StepPanel()
        self.safety, self.pause = SafetyPanel(), PausePanel()
        self.closing, self.keeping = ClosingPanel(), KeepingPanel()
        self._trouble = Banner("", tone="care", close_words=tr("Close"))
        self._trouble.hide()
        self._opener = Button(tr("Steps"), "plain", icon="list-dashes", small=True)
        self._opener.clicked.connect(lambda _checked=False: self._open_drawer())
        self._middle = QWidget()
        self._middle.setObjectName("page")
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        column.addWidget(self._opener, 0, Qt.AlignmentFlag.AlignLeading)
        self._panels: dict[Part, QWidget] = {
            Part.START: self.start,
            Part.SAFETY: self.safety,
            Part.STEP: self.step,
            Part.PAUSED: self.pause,
            Part.CLOSING: self.closing,
            Part.KEEPING: self.keeping,
        }
        for panel in self._panels.values():
            panel.hide()
            column.addWidget(panel, 1)
        self._assemble()

    def show_state(self, state: State) -> None:
        """Show a state; the keyboard moves only when another page comes to the middle."""
        before, self._state = self._state, state
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.say(state.trouble)
        self.steps.show_state(state)
        self.side.show_state(state)
        self._fill(state)
        for part, panel in self._panels.items():
            panel.setVisible(part is state.part)
        if state.part is Part.LOADING:
            self.keeping.forget()
        self._fit()
        if self._place_of(state) != self._place_of(before):
            self._scroll.verticalScrollBar().setValue(0)
            if state.step is None or not state.step.offer:
                self.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes to the first question of what stands in the middle."""
        panel = self._panels.get(self._state.part)
        if isinstance(panel, (StartPanel, SafetyPanel, StepPanel, PausePanel, ClosingPanel, KeepingPanel)):
            panel.focus_first()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _assemble(self) -> None:
        theme = current_hub().theme
        self._page = QWidget()
        self._page.setObjectName("page")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        self._row.setContentsMargins(0, 0, 0, theme.space("l"))
        self._row.setSpacing(theme.space("card_gap"))
        self._row.addWidget(self.steps)
        self._row.addWidget(self._middle, 1)
        self._row.addWidget(self.side)
        self._scroll = scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._trouble)
        whole.addWidget(scroll, 1)
        self._drawer = Drawer(self)
        self._drawer.closed.connect(self._close_drawer)
        self.steps.chosen.connect(lambda _place: self._close_drawer())
        current_hub().changed.connect(self._themed)

    def _fill(self, state: State) -> None:
        if state.begin is not None:
            self.start.show_begin(state.begin)
        if state.asked is not None:
            self.safety.show_asked(state.asked)
        if state.step is not None:
            self.step.show_page(state.step)
        if state.pause is not None:
            self.pause.show_page(state.pause)
        if state.closing is not None:
            self.closing.show_page(state.closing)
        if state.keeping is not None:
            self.keeping.show_page(state.keeping)

    def _place_of(self, state: State) -> tuple[object, ...]:
        step = state.step.key if state.step is not None else ""
        asked = state.asked.key if state.asked is not None else ""
        return (state.part, step, asked)

    def _themed(self, _theme: Theme) -> None:
        self._fit()

    def _fit(self) -> None:
        """Three columns, two and a drawer, or one."""
        theme = current_hub().theme
        room = self._room = breadth(self.window().width(), theme)
        steps = self._state.part in _WITH_STEPS
        side = self._state.part in _WITH_SIDE
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if room is Breadth.NARROW else ways.LeftToRight)
        if room is Breadth.WIDE and self._drawer.isVisible():
            self._close_drawer()
        if room is Breadth.WIDE and self.steps.parentWidget() is not self._page:
            self._row.insertWidget(0, self.steps)
        in_drawer = self._drawer.isVisible()
        self.steps.setVisible(steps and (room is Breadth.WIDE or in_drawer))
        self._opener.setVisible(steps and room is not Breadth.WIDE)
        self.side.setVisible(side)
        wide, free = theme.px(_SIDE_PX), 16_777_215
        self.side.setFixedWidth(wide) if room is not Breadth.NARROW else self._widen(self.side, free)
        if room is Breadth.WIDE:
            self.steps.setFixedWidth(theme.px(_STEPS_PX))
        else:
            self._widen(self.steps, free)
        if in_drawer:
            self._drawer.setGeometry(0, 0, min(theme.px(_DRAWER_PX), self.width()), self.height())

    def _widen(self, widget: QWidget, most: int) -> None:
        widget.setMinimumWidth(0)
        widget.setMaximumWidth(most)

    def _open_drawer(self) -> None:
        self._drawer.open(self.steps)
        self._fit()

    def _close_drawer(self) -> None:
        if self._drawer.isVisible():
            self._drawer.hide()
            self._row.insertWidget(0, self.steps)
            self._fit()
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
