"""The page: the list at the left, one agreement in the middle, its history at the right or in a drawer over it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.agreements.commitment_detail import CommitmentPane
from app.ui.screens.agreements.detail_view import DetailView
from app.ui.screens.agreements.history_panel import HistoryPanel
from app.ui.screens.agreements.row_list import AgreementRows
from app.ui.screens.agreements.state import State
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.grouped_list import GroupedList
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner, EmptyState
from app.ui.widgets.tab_chain import in_reading_order

_LIST_PX, _HISTORY_PX = 304, 242
_ANY_PX = 16_777_215


class AgreementsView(QWidget):
    """One `show_state(state)`; what a person does comes out as signals."""

    begin_asked = Signal()
    """Emitted when one should be worded."""
    promise_asked = Signal()
    """Emitted when a promise should be made."""
    retired_asked = Signal(bool)
    """Emitted by the switch above the list."""
    history_asked = Signal()
    """Emitted when the history should open or close."""
    back_asked = Signal()
    """Emitted when the list should be shown again where only one pane has room."""
    safety_asked = Signal()
    """Emitted by the caution above the page."""

    def __init__(self, promise: CommitmentPane | None = None) -> None:
        """`promise` is the pane that opens a promise of the plan of action."""
        super().__init__()
        self.setObjectName("page")
        self._hub = current_hub()
        self._state = State()
        self._focus_waits = False
        self._breadth: Breadth | None = None
        self.which = Segmented([tr("Current"), tr("Retired")], chosen=0, name=tr("Which agreements"))
        self.which.changed.connect(lambda index: self.retired_asked.emit(index == 1))
        self.add = Button(tr("New"), "plain", icon="plus", small=True)
        self.add.clicked.connect(lambda _checked=False: self._begin())
        self._menu = QMenu(self)
        self.list = GroupedList(tr("Agreements"), AgreementRows)
        self._nothing = Label("", "small", "ink3")
        self.detail = DetailView()
        self.detail.head.back.clicked.connect(lambda _checked=False: self.back_asked.emit())
        self.detail.history_asked.connect(self.history_asked)
        self.promise = promise
        self.history = HistoryPanel()
        self.history.closed.connect(self._close_history)
        self.history.hide()
        self._empty: EmptyState | None = None
        self._assemble()
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_state(self, state: State) -> None:
        """Show a state; what did not change is left as it is."""
        before, self._state = self._state, state
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.say(state.trouble)
        self._caution.setVisible(bool(state.caution))
        if state.caution:
            self._caution.say(state.caution)
        self.add.setAccessibleName(state.add_words)
        if self.which.chosen() != int(state.retired):
            self.which.choose(int(state.retired))
        self.list.show_groups(state.groups, state.selected)
        self._nothing.setText(state.nothing)
        self._nothing.setVisible(bool(state.nothing))
        if state.detail is not None:
            self.detail.show_detail(state.detail)
            self.history.show_entries(state.detail.history)
        elif before.detail is not None:
            self.detail.let_go()
            self.history.show_entries(())
        self.detail.head.history.setChecked(state.history_open)
        self._show_pane(state)
        in_reading_order(self)
        if state.history_open and not before.history_open and self.history.isVisible():
            self.history.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._focus_waits and state.loaded:
            self.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes to the list, or to what stands there instead; at the latest when there is something."""
        self._focus_waits = not self._state.loaded
        if self._empty is not None and self._state.empty:
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.list.isVisible() and self._state.groups:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._state.loaded and not self._list_pane.isVisible():
            self.focus_open()
        elif self._state.loaded:
            self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_open(self) -> None:
        """The keyboard goes on into what is open."""
        if self._state.detail is not None:
            self.detail.focus_first()
        elif self.promise is not None and self._state.kind:
            self.promise.focus_first()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_pane(self._state)

    def name_both(self, boundary: str, promise: str) -> None:
        """Let New ask which: one of each is begun here."""
        self._menu.addAction(boundary, self.begin_asked.emit)
        self._menu.addAction(promise, self.promise_asked.emit)

    def _begin(self) -> None:
        if self._menu.isEmpty():
            self.begin_asked.emit()
        else:
            self._menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    # --------------------------------------------------------------------------------------------------- assembly

    def _assemble(self) -> None:
        self._list_pane = QWidget()
        left = QVBoxLayout(self._list_pane)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(self._hub.theme.space("xs"))
        top = QHBoxLayout()
        top.addWidget(self.which)
        top.addStretch(1)
        top.addWidget(self.add)
        left.addLayout(top)
        left.addWidget(self._nothing)
        left.addWidget(self.list, 1)
        self._blank = _blank()
        self._panes = QStackedWidget()
        for pane in (self._blank, self.detail, self.promise):
            if pane is not None:
                self._panes.addWidget(pane)
        self._split = QWidget()
        self._row = QHBoxLayout(self._split)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._list_pane)
        self._row.addWidget(self._panes, 1)
        self._trouble = Banner("", tone="care", close_words=tr("Close"))
        self._trouble.hide()
        self._caution = Banner("", tone="care", icon="shield", action=tr("If being together is not safe"))
        self._caution.acted.connect(self.safety_asked)
        self._caution.hide()
        self._rest = QWidget()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._trouble)
        self._column.addWidget(self._caution)
        self._column.addWidget(self._split, 1)
        self._column.addWidget(self._rest, 1)

    def _show_pane(self, state: State) -> None:
        if state.empty and self._empty is None:
            self._make_empty(state)
        if self._empty is not None:
            self._empty.setVisible(bool(state.empty))
        self._rest.setVisible(bool(state.empty) or not state.loaded)
        self._split.setVisible(state.loaded and not state.empty)
        pane = self.detail if state.detail is not None else self.promise if state.kind and self.promise else self._blank
        if self._panes.currentWidget() is not pane:
            self._panes.setCurrentWidget(pane)
        room = breadth(self.window().width(), self._hub.theme)
        alone, opened = room is Breadth.NARROW, state.selected is not None
        self._list_pane.setVisible(not alone or not opened)
        self._panes.setVisible(not alone or opened)
        self.detail.head.back.setVisible(alone)
        wide = self._hub.theme.px(_LIST_PX)
        self._list_pane.setMinimumWidth(0 if alone else wide)
        self._list_pane.setMaximumWidth(_ANY_PX if alone else wide)
        self._show_history(room, shown=state.history_open and state.detail is not None)

    def _show_history(self, room: Breadth, *, shown: bool) -> None:
        """A third column where there is room, else a drawer over what is below it."""
        wide = self._hub.theme.px(_HISTORY_PX)
        if room is Breadth.WIDE:
            if self._row.indexOf(self.history) < 0:
                self.history.setParent(self._split)
                self._row.addWidget(self.history)
            self.history.setFixedWidth(wide)
        else:
            if self._row.indexOf(self.history) >= 0:
                self._row.removeWidget(self.history)
            if self.history.parent() is not self:
                self.history.setParent(self)
            wide = min(wide, self.width())
            self.history.setMinimumWidth(0)
            self.history.setMaximumWidth(_ANY_PX)
            area = self._split.geometry()
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            x = area.left() if mirrored else area.right() + 1 - wide
            self.history.setGeometry(x, area.top(), wide, area.height())
            self.history.raise_()
        self.history.setVisible(shown)

    def _close_history(self) -> None:
        self.history_asked.emit()
        self.detail.head.history.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_empty(self, state: State) -> None:
        """The first sentence lets off the hook, the rest says what it is for."""
        first, _, more = state.empty.partition(". ")
        self._empty = EmptyState(first + "." if more else first, more, action=state.add_words)
        self._empty.acted.connect(self.begin_asked)
        self._column.insertWidget(2, self._empty)

    def _restyle(self, theme: Theme) -> None:
        self._column.setContentsMargins(0, 0, 0, theme.px(20))
        self._row.setSpacing(theme.space("card_gap"))
        self._show_pane(self._state)


def _blank() -> Surface:
    made = Surface("plain")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    words = tr("Open one when you want to. Nothing here waits.")
    made.body.addStretch(2)
    made.body.addWidget(Label(words, "body", "ink3", align=Qt.AlignmentFlag.AlignHCenter))
    made.body.addStretch(3)
    return made
