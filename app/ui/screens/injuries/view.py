"""The Injuries page: the list of threads at the left, one thread or its cover at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.care import CoverButtons
from app.ui.screens.injuries.detail_view import DetailView
from app.ui.screens.injuries.dialogs import standing_actions
from app.ui.screens.injuries.state import State
from app.ui.screens.injuries.thread_list import ThreadRows
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Surface
from app.ui.widgets.cover import CoverView, Heaviness
from app.ui.widgets.fields import Field
from app.ui.widgets.grouped_list import GroupedList
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner, EmptyState

_LIST_PX = 268


class InjuriesView(QWidget):
    """One `show_state(state)`; what a person does comes out as signals."""

    begin_asked = Signal()
    """Emitted when a thread should be begun."""
    history_asked = Signal()
    """Emitted from the menu of a thread."""
    remove_asked = Signal()
    """Emitted from the menu of a thread."""
    share_asked = Signal()
    """Emitted from the menu of a private thread that could be shared."""
    session_asked = Signal(bool)
    """Emitted from the menu of a thread: whether it should wait on the list for a session."""
    hide_asked = Signal()
    """Emitted from the menu of a thread the other person shared."""
    standing_asked = Signal(str)
    """Emitted with resting, settled or open."""
    back_asked = Signal()
    """Emitted when the list should be shown again where only one pane has room."""

    def __init__(self, buttons: CoverButtons, add_words: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._hub = current_hub()
        self._state = State()
        self._focus_waits = False
        self._add_words = add_words
        self.filter = Field(
            name=tr("Find in threads"), placeholder=tr("Find in threads"), voice="app", leading="magnifying-glass"
        )
        self._add = IconButton("plus", add_words, "plain", small=False)
        self._add.clicked.connect(lambda _checked=False: self.begin_asked.emit())
        self.list = GroupedList(tr("Threads"), ThreadRows)
        self._nothing = Label("", "small", "ink3")
        self.detail = DetailView()
        self.cover = CoverView(buttons)
        self._empty_words = ""
        self._assemble()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.detail.heading.more.clicked.connect(self._pop_menu)
        self.detail.heading.back.clicked.connect(lambda _checked=False: self.back_asked.emit())
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_state(self, state: State) -> None:
        """Show a state; what did not change is left as it is."""
        before, self._state = self._state, state
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.say(state.trouble)
        self.list.show_groups(state.groups, state.selected)
        self._nothing.setText(state.nothing_found)
        self._nothing.setVisible(bool(state.nothing_found))
        if state.detail is not None and state.detail is not before.detail:
            self.detail.render_detail(state.detail)
        if state.cover is not None and state.cover != before.cover:
            cover = state.cover
            heavy = Heaviness(*cover.heavy) if cover.heavy is not None else None
            self.cover.show_cover(
                cover.thread, cover.title, cover.words, safety=cover.safety, listed=cover.listed, heavy=heavy
            )
        if state.cover is None and before.cover is not None:
            self.cover.show_cover("", "", "")
        if state.detail is None and before.detail is not None:
            self.detail.let_go()
        self._show_pane(state)
        if self._focus_waits and state.loaded:
            self.focus_first()
        if state.detail is not None and before.cover is not None and state.cover is None:
            self._focus_detail(state.detail.theirs)

    def focus_first(self) -> None:
        """The keyboard goes to the list, or to what stands there instead; at the latest when there is something."""
        self._focus_waits = not self._state.loaded
        if self._state.empty:
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._state.cover is not None:
            self.cover.focus_first()

    def focus_thread(self) -> None:
        """The keyboard goes on into what is open."""
        if self._state.cover is not None:
            self.cover.focus_first()
        elif self._state.detail is not None:
            self._focus_detail(self._state.detail.theirs)

    def _focus_detail(self, theirs: bool) -> None:  # a plain fact of what is shown
        """The first thing that can be done with a thread."""
        heading = self.detail.heading
        (heading.more if theirs else heading.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_pane(self._state)

    # --------------------------------------------------------------------------------------------------- assembly

    def _assemble(self) -> None:
        self._list_pane = QWidget()
        left = QVBoxLayout(self._list_pane)
        left.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.setSpacing(self._hub.theme.space("s"))
        top.addWidget(self.filter, 1)
        top.addWidget(self._add)
        left.addLayout(top)
        left.addWidget(self._nothing)
        left.addWidget(self.list, 1)
        self._blank = _blank()
        self._panes = QStackedWidget()
        for pane in (self._blank, self.cover, self.detail):
            self._panes.addWidget(pane)
        self._split = QWidget()
        split = QHBoxLayout(self._split)
        split.setContentsMargins(0, 0, 0, 0)
        split.setSpacing(self._hub.theme.space("card_gap"))
        split.addWidget(self._list_pane)
        split.addWidget(self._panes, 1)
        self._trouble = Banner("", tone="care", close_words=tr("Close"))
        self._trouble.hide()
        self._empty = EmptyState("", action=self._add_words)
        self._empty.acted.connect(self.begin_asked)
        self._empty.hide()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._trouble)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._split, 1)
        self._rest = QWidget()
        self._column.addWidget(self._rest, 1)

    def _show_pane(self, state: State) -> None:
        if state.empty and state.empty != self._empty_words:
            self._replace_empty(state.empty)
        self._empty.setVisible(bool(state.empty))
        self._rest.setVisible(bool(state.empty) or not state.loaded)
        self._split.setVisible(state.loaded and not state.empty)
        pane = self.detail if state.detail else self.cover if state.cover else self._blank
        if self._panes.currentWidget() is not pane:
            self._panes.setCurrentWidget(pane)
        alone = breadth(self.window().width(), self._hub.theme) is Breadth.NARROW
        opened = state.selected is not None
        self._list_pane.setVisible(not alone or not opened)
        self._panes.setVisible(not alone or opened)
        self.detail.heading.back.setVisible(alone)
        wide = self._hub.theme.px(_LIST_PX)
        self._list_pane.setMinimumWidth(0 if alone else wide)
        self._list_pane.setMaximumWidth(16_777_215 if alone else wide)

    def _replace_empty(self, words: str) -> None:
        """The first sentence lets off the hook, the rest says what it is for."""
        self._empty_words = words
        first, _, more = words.partition(". ")
        old = self._empty
        self._empty = EmptyState(first + "." if more else first, more, action=self._add_words)
        self._empty.acted.connect(self.begin_asked)
        self._column.replaceWidget(old, self._empty)
        old.hide()
        old.deleteLater()

    def _pop_menu(self) -> None:
        more = self.detail.heading.more
        self._menu.popup(more.mapToGlobal(more.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self._menu.clear()
        detail = self._state.detail
        if detail is None:
            return
        listed = tr("Take it off the list for a session") if detail.listed else tr("Keep it for a session")
        self._menu.addAction(listed, partial(self.session_asked.emit, not detail.listed))
        if detail.theirs:
            self._menu.addAction(tr("History"), self.history_asked.emit)
            self._menu.addAction(tr("Hide for me"), self.hide_asked.emit)
            return
        for standing, words in standing_actions(detail.standing):
            self._menu.addAction(words, partial(self.standing_asked.emit, standing))
        self._menu.addSeparator()
        self._menu.addAction(tr("History"), self.history_asked.emit)
        if detail.shareable:
            self._menu.addAction(tr("Share…"), self.share_asked.emit)
        self._menu.addAction(tr("Remove…"), self.remove_asked.emit)

    def _restyle(self, theme: Theme) -> None:
        self._column.setContentsMargins(0, 0, 0, theme.px(20))
        self._show_pane(self._state)


def _blank() -> Surface:
    made = Surface("plain")
    made.body.addStretch(2)
    made.body.addWidget(
        Label(
            tr("Open a thread when you want to. Nothing here waits."),
            "body",
            "ink3",
            align=Qt.AlignmentFlag.AlignHCenter,
        )
    )
    made.body.addStretch(3)
    return made
