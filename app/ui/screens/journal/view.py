"""The Journal page: search and kinds above the timeline, one entry beside it or, with less room, in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.care import CoverButtons
from app.services.filtering import NO_FILTER, Filter
from app.ui.screens.journal.filter_bar import FilterBar
from app.ui.screens.journal.filter_words import Choice, without
from app.ui.screens.journal.look_back import LookBackCard
from app.ui.screens.journal.reader import Reader
from app.ui.screens.journal.state import State
from app.ui.screens.journal.timeline_view import TimelineView
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner, EmptyState

_LIST_PX = (340, 520)
"""The list is as wide as this where an entry stands beside it; the entry has the rest."""
_LIST_SHARE = 0.475
_SEARCH_PX = 190
"""What the search keeps when the buttons beside it have to say less."""


class SearchField(Field):
    """Arrow down goes on into what was found, Esc empties the field."""

    down = Signal()
    """Emitted when the keyboard should go into the list."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class JournalView(QWidget):
    """One `show_state(state)`; what a person does comes out as signals."""

    write_asked = Signal()
    """Emitted when a note should be written."""
    removed_asked = Signal(bool)
    """Emitted with whether to show what was removed."""

    filter_asked = Signal()
    """Emitted when somebody wants to choose filters."""
    filtered = Signal(object)
    """Emitted with a Filter to keep to."""

    def __init__(self, buttons: CoverButtons, write_words: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._hub = current_hub()
        self._state = State()
        self._focus_waits = False
        self._reads_next = ""
        words = tr("Search everything you wrote")
        self.search = SearchField(name=words, placeholder=words, voice="app", leading="magnifying-glass")
        self.filter = Button(tr("Filter"), "plain", icon="funnel", collapsible=True)
        self.filter.clicked.connect(lambda _checked=False: self.filter_asked.emit())
        self.month = Button(tr("Go to month"), "quiet", icon="calendar-blank", hint=tr("G"), collapsible=True)
        self.bar = FilterBar()
        self.bar.taken_off.connect(self._take_off)
        self.bar.cleared.connect(lambda: self.filtered.emit(NO_FILTER))
        self.back = LookBackCard()
        self.drop = Button("", "plain", small=True)
        self.drop.clicked.connect(lambda _checked=False: self._drop())
        self.timeline = TimelineView(tr("Timeline"))
        self.reader = Reader(buttons)
        self._write = Button(write_words, "plain", icon="plus", hint=tr("Ctrl+N"), collapsible=True)
        self._write.clicked.connect(lambda _checked=False: self.write_asked.emit())
        self._removed = Button(tr("Removed"), "quiet", icon="trash", collapsible=True)
        self._removed.clicked.connect(lambda _checked=False: self.removed_asked.emit(not self._state.removed))
        self._heading = Label(tr("Removed"), "heading")
        self._nothing = Label("", "caption", "ink3")
        self._empty = EmptyState(
            tr("Nothing here yet, and nothing has to be."),
            tr("What you write, on any page, is found here by its day."),
            action=write_words,
        )
        self._empty.acted.connect(self.write_asked)
        self._trouble = Banner("", tone="care", close_words=tr("Close"))
        self._assemble()
        self.search.down.connect(self.timeline.focus_first)
        self.month.clicked.connect(lambda _checked=False: self.timeline.month_asked.emit())
        self.timeline.search_asked.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.timeline.kind_asked.connect(lambda kind: self.filtered.emit(Filter(kinds=(kind,))))
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_state(self, state: State) -> None:
        """Show a state; what did not change is left as it is."""
        before, self._state = self._state, state
        listed = state.listed
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.say(state.trouble)
        selected = state.reading.record if state.reading is not None else None
        self.timeline.show_rows(listed.rows, has_more=listed.has_more, generation=listed.generation, selected=selected)
        self._nothing.setText(listed.nothing_found or listed.found)
        self.bar.show_choices(() if state.removed else listed.choices, listed.count)
        if listed.drop is not None:
            self.drop.setText(listed.drop.words)
        self.reader.show_reading(state.reading)
        self._show_panes()
        if self._focus_waits and state.loaded:
            self.focus_first()
        if state.reading is not None and (before.reading is None or state.reading.record == self._reads_next):
            self._reads_next = ""
            self.reader.focus_first()
        elif before.reading is not None and state.reading is None and state.loaded:
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before.reading is not None and before.reading.covered and not (state.reading and state.reading.covered):
            self.reader.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes to the search, the first question of this page; at the latest when it is shown."""
        self._focus_waits = not self._state.loaded
        first = self._removed if self._state.removed else self.search
        target = self._empty.button if self._state.listed.empty else first
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_reading(self, record: str) -> None:
        """The keyboard goes to this entry as soon as it is open, whatever was open before."""
        self._reads_next = record

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panes()

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(self._hub.theme.space("s"))
        top.addWidget(self.search, 100)
        top.addWidget(self.filter)
        top.addWidget(self.month)
        top.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._write)
        top.addStretch(1)
        top.addWidget(self._removed)
        self._filters = QWidget()
        filters = self._filters_column = QVBoxLayout(self._filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.addLayout(top)
        filters.addWidget(self.bar)
        self._list_pane = Surface("card")
        left = self._list_pane.body
        self._note = QHBoxLayout()
        self._note.addWidget(self._nothing)
        left.addLayout(self._note)
        self._note_below = QHBoxLayout()
        self._note_below.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(self._note_below)
        left.addWidget(self.back)
        left.addWidget(self.timeline, 1)
        self._split = QWidget()
        split = QHBoxLayout(self._split)
        split.setContentsMargins(0, 0, 0, 0)
        split.setSpacing(self._hub.theme.space("card_gap"))
        split.addWidget(self._list_pane)
        split.addWidget(self.reader)
        self._split_row = split
        self._rest = QWidget()
        self._column = QVBoxLayout(self)
        for part in (self._trouble, self._empty):
            part.hide()
            self._column.addWidget(part)
        self._column.addWidget(self._filters)
        self._column.addWidget(self._split, 1)
        self._column.addWidget(self._rest, 1)

    def _take_off(self, choice: Choice) -> None:
        self.filtered.emit(without(self._state.listed.filter, choice))
        if len(self._state.listed.choices) == 0:
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        drop = self._state.listed.drop
        if drop is not None:
            self.filtered.emit(drop.filter)
            self.timeline.focus_first()

    def _show_panes(self) -> None:
        state = self._state
        listed = state.listed
        empty = listed.empty and not state.removed
        self._empty.setVisible(empty)
        self._rest.setVisible(empty)
        beside = breadth(self.window().width(), self._hub.theme) is not Breadth.NARROW
        reading = state.reading is not None
        self._split.setVisible(state.loaded and not empty)
        gone = state.removed or bool(state.removed_count)
        self._filters.setVisible((gone or not empty) and (beside or not reading))
        for part in (self.search, self.filter, self._write):
            part.setVisible(not state.removed and not empty)
        self.month.setVisible(not state.removed and len(listed.outline) > 1)
        self.drop.setVisible(listed.drop is not None)
        self.back.show_lines(() if state.away else listed.back if beside else listed.back[:1])
        self._removed.setVisible(gone)
        self._heading.setVisible(state.removed)
        words, mark = (tr("Back to the timeline"), "arrow-left") if state.removed else (tr("Removed"), "trash")
        if self._removed.text() != words:
            self._removed.setText(words)
            self._removed.set_icon_name(mark)
        self._nothing.setVisible(bool(listed.nothing_found or listed.found))
        self._list_pane.setVisible(beside or not reading)
        self.reader.setVisible(beside or reading)
        least, most = (self._hub.theme.px(part) for part in _LIST_PX)
        wide = min(most, max(least, round(self.width() * _LIST_SHARE)))
        self._list_pane.setMinimumWidth(wide if beside else 0)
        self._list_pane.setMaximumWidth(wide if beside else 16_777_215)
        self.search.setMaximumWidth(wide if beside else 16_777_215)

    def _restyle(self, theme: Theme) -> None:
        self._column.setContentsMargins(0, 0, 0, theme.px(20))
        self._column.setSpacing(theme.space("m"))
        self._filters_column.setSpacing(theme.space("s"))
        air = theme.px(6)
        self._list_pane.body.setContentsMargins(air, air, theme.px(3), air)
        self._note.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), 0)
        self._note_below.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        self.search.setMinimumWidth(theme.px(_SEARCH_PX))
        self._show_panes()
