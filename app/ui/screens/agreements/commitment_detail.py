"""The pane of one promise: its words, whose it is, how it has gone, and what the other noticed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.agreements.commitment_presenter import CommitmentPresenter
from app.ui.screens.agreements.commitment_state import PromiseState
from app.ui.screens.agreements.history_panel import HISTORY_KEY
from app.ui.screens.agreements.occasions import OccasionList
from app.ui.screens.agreements.parts import dot_mark
from app.ui.screens.agreements.state import Act, Dot, Section, State, Tile
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Icon, Rule, Surface
from app.ui.widgets.dot_row import DotRow
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, FlowLayout, breadth
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.notes import Banner
from app.ui.widgets.scroll_part import ScrollPart
from app.ui.widgets.tab_chain import in_reading_order

PROMISE = "commitment"


class CommitmentPane(Surface):
    """A card that scrolls between its head and what is asked at its foot. Follows the page by `follow`."""

    back_asked = Signal()
    """Emitted when the list should be shown again where only one pane has room."""

    def __init__(self, presenter: CommitmentPresenter) -> None:
        super().__init__("card")
        self.presenter = presenter
        presenter.setParent(self)
        self._state = PromiseState()
        self._ask_buttons: dict[str, Button] = {}
        self._went_buttons: dict[str, Button] = {}
        self._head()
        self._middle()
        self._foot = Surface("sunken", radius_px=8)
        self._foot_row = QHBoxLayout()
        self._foot_row.setSpacing(10)
        self._asked = Label("", "body")
        self._foot_row.addWidget(Icon("calendar-blank", "lee"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._foot_row.addWidget(self._asked, 1, Qt.AlignmentFlag.AlignVCenter)
        self._asks = QHBoxLayout()
        self._foot_row.addLayout(self._asks)
        self._foot.body.addLayout(self._foot_row)
        self._foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self._foot)
        presenter.state.connect(self.show_state)
        self.show_state(PromiseState())
        history = QShortcut(QKeySequence(HISTORY_KEY), self)
        history.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        history.activated.connect(partial(presenter.act, "history"))

    def follow(self, page: State) -> None:
        """Open the promise that is chosen on the page, or let go of the one that was."""
        wanted = page.selected if page.kind == PROMISE else None
        if (wanted or "") != self._state.record:
            self.presenter.open(wanted)

    def show_state(self, state: PromiseState) -> None:
        """Show a promise; what did not change is left as it is."""
        before, self._state = self._state, state
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.say(state.trouble)
        self.setAccessibleName(state.words)
        self._sort.setText(state.sort)
        self._since.setText(state.since)
        self.words.setText(state.words)
        self._keepers.show_people(state.keepers)
        self._keepers.setVisible(bool(state.keepers))
        self._keeper_words.setText(state.keeper_words)
        self._keeper_words.setVisible(bool(state.keeper_words))
        self._facts.setText(state.facts)
        self._facts.setVisible(bool(state.facts))
        if before.sections != state.sections or before.tiles != state.tiles:
            self._show_sections(state.sections, state.tiles)
        self._show_gone(state)
        self._change.setVisible(state.mine)
        if before.went != state.went:
            self._fill(self._went, state.went, self._went_buttons)
        self._went_box.setVisible(bool(state.went))
        self._asked.setText(state.asked)
        if before.asks != state.asks:
            self._fill(self._asks, state.asks, self._ask_buttons)
        self._foot.setVisible(bool(state.asked))
        in_reading_order(self)
        if before.record != state.record:
            self.part.verticalScrollBar().setValue(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.back.setVisible(breadth(self.window().width(), self._hub.theme) is Breadth.NARROW)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes to what is asked now, else to how it went, else to the first thing that can be done."""
        goal: QWidget = next(iter((*self._ask_buttons.values(), *self._went_buttons.values(), self.more)))
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------------------------------------------- assembly

    def _head(self) -> None:
        theme = self._hub.theme
        self.back = IconButton("arrow-left", tr("All agreements"))
        self.back.hide()
        self.back.clicked.connect(lambda _checked=False: self.back_asked.emit())
        chip = Surface("sunken", radius_px=12, edge="line", pad_px=(9, 2))
        self._sort = Label("", "caption", "ink2", lines=1)
        chip.body.addWidget(self._sort)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._since = Label("", "small", "ink2", lines=1, elide=True)
        self._change = Button(tr("Change…"), "plain", icon="pencil-simple", small=True, collapsible=True)
        self._change.clicked.connect(lambda _checked=False: self.presenter.act("change_words"))
        self._history = Button(tr("History"), "plain", icon="history", small=True, collapsible=True)
        self._history.clicked.connect(lambda _checked=False: self.presenter.act("history"))
        self.more = IconButton("dots-three", tr("More for this promise"), "plain")
        self.more.clicked.connect(lambda _checked=False: self._pop_menu())
        self._menu = QMenu(self)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self.back)
        row.addWidget(chip)
        row.addWidget(self._since, 1)
        for button in (self._change, self._history, self.more):
            row.addWidget(button)
        self.body.addLayout(row)

    def _middle(self) -> None:
        theme = self._hub.theme
        self.part = ScrollPart(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.space("xs"), 0)
        column.setSpacing(theme.space("s"))
        self._trouble = Banner("", tone="care")
        self.words = Label("", "agreement")
        self._keepers = PersonMark()
        self._keeper_words = Label("", "small", "ink2", lines=1)
        self._facts = Label("", "small", "ink2")
        whose = QHBoxLayout()
        whose.setSpacing(theme.space("s"))
        whose.addWidget(self._keepers)
        whose.addWidget(self._keeper_words)
        whose.addStretch(1)
        for part in (self._trouble, self.words):
            column.addWidget(part)
        column.addLayout(whose)
        column.addWidget(self._facts)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(theme.space("xs"))
        column.addLayout(self._sections)
        column.addWidget(Rule())
        self._build_gone(column)
        column.addStretch(1)
        self.part.setWidget(inner)
        self.body.addWidget(self.part, 1)

    def _build_gone(self, column: QVBoxLayout) -> None:
        theme = self._hub.theme
        top = QHBoxLayout()
        top.addWidget(Label(tr("How it has gone"), "label", lines=1, elide=True), 1)
        top.addWidget(Label(tr("each mark is a time"), "small", "ink2", lines=1, elide=True))
        column.addLayout(top)
        self._dots = DotRow(name=tr("How it has gone, time by time"), explorable=True)
        column.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignLeading)
        self._legend = Label("", "small", "ink2")
        column.addWidget(self._legend)
        self._nothing = Label("", "small", "ink3")
        column.addWidget(self._nothing)
        self._went_box = _wrapping()
        self._went = FlowLayout(self._went_box, gap_px=theme.space("s"))
        column.addWidget(self._went_box)
        self.events = OccasionList()
        self.events.acted.connect(self.presenter.act_on_event)
        column.addWidget(self.events)

    # ---------------------------------------------------------------------------------------------------- showing

    def _show_gone(self, state: PromiseState) -> None:
        counted = ", ".join(words for _, words in state.legend)
        self._dots.show_marks([dot_mark(dot) for dot in _newest(state.dots)], counted)
        self._dots.setVisible(bool(state.dots))
        said = " · ".join(part for part in (counted, state.held) if part)
        self._legend.setText(said)
        self._legend.setVisible(bool(said))
        self._nothing.setText(state.nothing)
        self._nothing.setVisible(bool(state.nothing))
        self.events.show_entries(state.events)

    def _show_sections(self, sections: tuple[Section, ...], tiles: tuple[Tile, ...]) -> None:
        _emptied(self._sections)
        for section in sections:
            self._sections.addWidget(Rule())
            self._sections.addWidget(Label(section.question, "label"))
            self._sections.addWidget(Label(section.words, "line"))
        if tiles:
            self._sections.addWidget(Rule())
            self._sections.addWidget(Label(tr("Marks"), "label"))
            for tile in tiles:
                self._sections.addWidget(_tile(tile))

    def _fill(self, layout: QLayout, acts: tuple[Act, ...], held: dict[str, Button]) -> None:
        focused = next((name for name, button in held.items() if button.hasFocus()), "")
        _emptied(layout)
        held.clear()
        for act in acts:
            button = Button(act.words, act.role, small=True)
            button.setAccessibleDescription(self._state.words)
            button.clicked.connect(lambda _checked=False, asked=act.id: self.presenter.act(asked))
            held[act.id] = button
            layout.addWidget(button)
            if act.id == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pop_menu(self) -> None:
        self._menu.clear()
        for act in self._state.more:
            self._menu.addAction(act.words, partial(self.presenter.act, act.id))
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


_SHOWN = 30


def _newest(dots: tuple[Dot, ...]) -> tuple[Dot, ...]:
    """The newest times that have room in one row."""
    return dots[-_SHOWN:]


def _tile(tile: Tile) -> QWidget:
    made = Surface("field", radius_px=8, pad_px=(12, 7))
    px = current_hub().theme.px
    row = QHBoxLayout()
    row.setSpacing(px(10))
    row.addWidget(PersonMark(tile.mark), 0, Qt.AlignmentFlag.AlignVCenter)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(tile.mark.name, "body", lines=1, elide=True))
    words.addWidget(Label(tile.words, "caption", "ink2" if tile.done else "lamp"))
    row.addLayout(words, 1)
    if tile.done:
        row.addWidget(Icon("check", "lee", words=tr("marked")), 0, Qt.AlignmentFlag.AlignVCenter)
    made.body.addLayout(row)
    return made


def _wrapping() -> QWidget:
    made = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _emptied(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
