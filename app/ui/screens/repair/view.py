"""The Repair page: filters and search above the cards in their groups, or one practice in their place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.care import CoverButtons
from app.ui.screens.repair.paused_row import PausedRows
from app.ui.screens.repair.practice_view import PracticeView
from app.ui.screens.repair.state import Filter, Group, State
from app.ui.screens.repair.tile import Tile, TileGrid
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Select
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person
from app.ui.widgets.notes import Banner

_BESIDE_PX = 1000
"""Room from which the search stands beside the filters."""


class _Search(Field):
    """The keyboard goes on to the cards with Down or Enter; Escape empties it first."""

    down = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _GroupPart(QWidget):
    """One group: its heading above its cards."""

    def __init__(self, heading: str, people: Sequence[Person]) -> None:
        super().__init__()
        self.grid = TileGrid(people)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.space("s"))
        column.addWidget(Label(heading, "small", "ink2", lines=1))
        column.addWidget(self.grid)


class RepairView(QWidget):
    """One `show_state(state)`; what a person does comes out as signals."""

    chosen = Signal(object)
    """Emitted with a frozen set of Filters; empty for every card."""
    model_chosen = Signal(str)
    opened = Signal(str)
    """Emitted with a practice's id."""
    taken_up = Signal(str)
    """Emitted with the key of a conversation that waits."""

    def __init__(
        self, buttons: CoverButtons, people: Sequence[Person], models: Sequence[str], headings: Sequence[str]
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        theme = current_hub().theme
        self._people = tuple(people)
        self._state = State()
        self._grids: list[TileGrid] = []
        self._headings = tuple(headings)
        self._known: dict[str, _GroupPart] = {}
        self._came_from = ""
        self.filters = Chips((), name=tr("Which practices"))
        self.filters.changed.connect(self._filtered)
        self.models = Select(name=tr("Way of working"))
        self.models.addItem(tr("Every way of working"), "")
        for model in models:
            self.models.addItem(model, model)
        self.models.activated.connect(lambda _index: self.model_chosen.emit(str(self.models.currentData())))
        words = tr("Find a practice")
        self.search = _Search(name=words, placeholder=words, voice="app", leading="magnifying-glass")
        self.search.setMaximumWidth(theme.px(240))
        self.search.down.connect(self._to_cards)
        self._trouble = Banner("", tone="care", close_words=tr("Close"))
        self._nothing = Label("", "body", "ink3")
        self._cards = QWidget()
        self._cards.setObjectName("page")
        self._rows = QVBoxLayout(self._cards)
        self._rows.setContentsMargins(0, 0, theme.space("s"), theme.space("page"))
        self._rows.setSpacing(theme.space("m"))
        self._rows.addWidget(self._nothing)
        self._rows.addStretch(1)
        self.paused = PausedRows(people)
        self.paused.taken_up.connect(self.taken_up)
        self.practice = PracticeView(buttons)
        self._assemble()

    def show_state(self, state: State) -> None:
        """Show a state; cards that did not change stay as they are."""
        before, self._state = self._state, state
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            self._trouble.say(state.trouble)
        if state.filters != before.filters:
            self.filters.offer(_chips(state.filters))
        self.filters.choose([shown.value for shown in state.filters if shown in (state.shown or {Filter.ALL})])
        if state.paused != before.paused:
            self.paused.show_talks(state.paused)
        if state.groups != before.groups or state.nothing != before.nothing:
            self._show_cards()
        self._stack.setCurrentIndex(int(state.page is not None))
        if state.page is not None and state.page != before.page:
            self.practice.show_page(state.page)
            if before.page is None or before.page.practice != state.page.practice or before.page.covered:
                self._came_from = state.page.practice
                self.practice.focus_first()
        elif state.page is None and before.page is not None:
            self.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes into the practice that is open, to the card one came from, or to the filters."""
        if self._state.page is not None:
            self.practice.focus_first()
            return
        tile = self.tile(self._came_from)
        (tile or self.filters).setFocus(Qt.FocusReason.OtherFocusReason)

    def tile(self, practice: str) -> Tile | None:
        """The card of a practice, while it is shown."""
        return next((tile for grid in self._grids for tile in grid.tiles if tile.card.practice == practice), None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= current_hub().theme.px(_BESIDE_PX)
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _assemble(self) -> None:
        theme = current_hub().theme
        tools = QHBoxLayout()
        tools.setSpacing(theme.space("s"))
        tools.addWidget(self.models)
        tools.addWidget(self.search, 1)
        top = self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(theme.space("m"))
        top.addWidget(self.filters, 1)
        top.addLayout(tools)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setObjectName("page")
        below = QVBoxLayout(content)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.space("m"))
        below.addWidget(self.paused)
        below.addWidget(self._cards, 1)
        scroll.setWidget(content)
        self._scroll = scroll
        gallery = QWidget()
        column = QVBoxLayout(gallery)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        column.addLayout(top)
        column.addWidget(scroll, 1)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(gallery)
        self._stack.addWidget(self.practice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._trouble)
        whole.addWidget(holder, 1)

    def _show_cards(self) -> None:
        if not self._state.loaded:
            self._forget_cards()
        shown = [self._part(group) for group in self._state.groups]
        for part in self._known.values():
            part.setVisible(part in shown)
        self._grids = [part.grid for part in shown]
        self._nothing.setText(self._state.nothing)
        self._nothing.setVisible(bool(self._state.nothing))

    def _part(self, group: Group) -> _GroupPart:
        """The cards of a group; one that is shown for the first time takes its place among the others."""
        part = self._known.get(group.heading)
        if part is None:
            part = self._known[group.heading] = _GroupPart(group.heading, self._people)
            part.grid.opened.connect(self.opened)
            grid = part.grid
            grid.left.connect(lambda column, below: self._beyond(grid, column, below=below))
            part.grid.reached.connect(self._show_tile)
            self._rows.insertWidget(sorted(self._known, key=self._headings.index).index(group.heading), part)
        part.grid.show_cards(group.cards)
        return part

    def _forget_cards(self) -> None:
        for part in self._known.values():
            part.hide()
            part.deleteLater()
        self._known.clear()

    def _to_cards(self) -> None:
        if self._grids:
            self._grids[0].enter(0, below=True)

    def _beyond(self, grid: TileGrid, column: int, *, below: bool) -> None:
        """Past the last line of a group the keyboard goes on in the next one; above the first, to the filters."""
        at = self._grids.index(grid) + (1 if below else -1)
        if at < 0:
            self.filters.setFocus(Qt.FocusReason.TabFocusReason)
        elif at < len(self._grids):
            self._grids[at].enter(column, below=below)

    def _show_tile(self, tile: QWidget) -> None:
        self._scroll.ensureWidgetVisible(tile)

    def _filtered(self, keys: object) -> None:
        chosen = frozenset(Filter(key) for key in keys) if isinstance(keys, tuple) else frozenset()
        before = self._state.shown
        self.chosen.emit(frozenset() if Filter.ALL in chosen and before else chosen - {Filter.ALL})


def _chips(filters: Sequence[Filter]) -> list[Chip]:
    words = {
        Filter.ALL: tr("All"),
        Filter.TWO: tr("For two"),
        Filter.OWN: tr("On my own"),
        Filter.SHORT: tr("Under ten minutes"),
        Filter.HARD_DAY: tr("After a hard day"),
        Filter.FAVOURITE: tr("At hand"),
        Filter.ASIDE: tr("Set aside"),
    }
    return [Chip(shown.value, words[shown]) for shown in filters]
