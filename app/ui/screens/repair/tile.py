"""The cards of the gallery, and the grid they stand in: three beside each other, two or one where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.screens.repair.finding import places
from app.ui.screens.repair.state import PracticeCard
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.marks import Person, PersonMark

_THREE_PX, _TWO_PX = 840, 520
_LEAST_HEIGHT_PX: Final = 132


class Tile(Surface):
    """One practice: its name, what it is in a line, how long it takes, when it was done. Opens by click or Enter."""

    opened = Signal(str)
    """Emitted with the practice's id."""

    def __init__(self, card: PracticeCard, people: Sequence[Person]) -> None:
        super().__init__("card")
        theme = self._hub.theme
        self.card = card
        self._ring = RingKeeper(self, lambda: (QRectF(self.rect()), theme.radius("card")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(theme.px(_LEAST_HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title = Label("", "label", lines=2)
        self._line, self._found = Label("", "small", "ink2"), Label("", "caption", "ink3")
        self._done = Label("", "small", "ink3", lines=1)
        self._kept = Icon("leaf", "lee", small=True, words=tr("kept at hand"))
        head = QHBoxLayout()
        head.setSpacing(theme.space("s") + 2)
        head.addWidget(Icon(card.icon, "lee"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._kept, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(theme.space("s"))
        if card.two and people:
            foot.addWidget(PersonMark(*people, size="small"))
        else:
            foot.addWidget(Icon("users" if card.two else "user", "ink3", small=True))
        foot.addWidget(Label(card.minutes, "small", "ink3", lines=1))
        foot.addStretch(1)
        foot.addWidget(self._done)
        self.body.addLayout(head)
        self.body.addWidget(self._line)
        self.body.addWidget(self._found)
        self.body.addStretch(1)
        self.body.addLayout(foot)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_card(card)

    def show_card(self, card: PracticeCard) -> None:
        """Show how the same practice stands now; words that are the same are not set anew."""
        self.card = card
        kept = tr("kept at hand") if card.favourite else ""
        said = (card.title, card.line, card.found, card.minutes, card.done, kept)
        self.setAccessibleName(". ".join(part for part in said if part))
        for label, words in ((self._title, card.title), (self._line, card.line), (self._found, card.found)):
            _show_marked(label, words, card.wanted)
        self._found.setVisible(bool(card.found))
        self._kept.setVisible(card.favourite)
        if self._done.text() != card.done:
            self._done.setText(card.done)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self.card.practice)
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.card.practice)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.set_ground("card", "control")

    @override
    def leaveEvent(self, event: object) -> None:
        self.set_ground("card")


class TileGrid(QWidget):
    """The cards of one group. Arrow keys go from card to card, also over the end of a line and into the next group."""

    opened = Signal(str)
    """Emitted with the practice's id."""
    left = Signal(int, bool)
    """Emitted when the keyboard goes past the last line (True) or above the first, with its column."""
    reached = Signal(QWidget)
    """Emitted with the card the keyboard came to."""

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__()
        gap = current_hub().theme.space("card_gap")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._columns = 1
        self._people = tuple(people)
        self._known: dict[tuple[str, bool], Tile] = {}
        self.tiles: list[Tile] = []

    def show_cards(self, cards: Sequence[PracticeCard]) -> None:
        """Show these cards; those that were here before stay, so that nothing flickers while one types."""
        before, self.tiles = self.tiles, [self._tile(card) for card in cards]
        if self.tiles != before:
            self._arrange(self._columns)

    def _tile(self, card: PracticeCard) -> Tile:
        key = (card.practice, card.two)  # for one person alone it carries another mark
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Tile(card, self._people)
            known.opened.connect(self.opened)
        elif known.card != card:
            known.show_card(card)
        return known

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = current_hub().theme
        room = self.width()
        columns = 3 if room >= theme.px(_THREE_PX) else 2 if room >= theme.px(_TWO_PX) else 1
        if columns != self._columns:
            self._arrange(columns)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        key = Qt.Key(event.key())
        here = next((at for at, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        if key not in steps or here is None:
            super().keyPressEvent(event)
        elif 0 <= here + steps[key] < len(self.tiles):
            self._go_to(here + steps[key])
        elif key is Qt.Key.Key_Down and here // self._columns < (len(self.tiles) - 1) // self._columns:
            self._go_to(len(self.tiles) - 1)  # the line below is shorter
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            self.left.emit(here % self._columns if key is Qt.Key.Key_Down else 0, True)
        else:
            self.left.emit(here % self._columns if key is Qt.Key.Key_Up else self._columns, False)

    def enter(self, column: int, *, below: bool) -> None:
        """The keyboard comes from another group: to the first line from above, to the last from below."""
        last = len(self.tiles) - 1
        row = 0 if below else last // self._columns
        self._go_to(min(row * self._columns + column, last))

    def _go_to(self, at: int) -> None:
        self.tiles[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.reached.emit(self.tiles[at])

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for tile in self._known.values():
            self._grid.removeWidget(tile)
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
        for tile in self._known.values():
            tile.setVisible(tile in self.tiles)
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))


def _show_marked(label: Label, words: str, wanted: Sequence[str]) -> None:
    """Show words, with those looked for marked."""
    if label.text() != words:
        label.setText(words)
    label.set_marks([TextMark(start, length, tint="lee_tint", weight=600) for start, length in places(words, wanted)])
