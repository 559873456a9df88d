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
        kept = tr("kept at hand") if card.favourite else ""
        said = (card.title, card.line, card.found, card.minutes, card.done, kept)
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setMinimumHeight(theme.px(_LEAST_HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(theme.space("s") + 2)
        head.addWidget(Icon(card.icon, "lee"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(_marked(Label(card.title, "label", lines=2), card.wanted), 1)
        if card.favourite:
            head.addWidget(Icon("leaf", "lee", small=True, words=tr("kept at hand")), 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(theme.space("s"))
        if card.two and people:
            foot.addWidget(PersonMark(*people, size="small"))
        else:
            foot.addWidget(Icon("users" if card.two else "user", "ink3", small=True))
        foot.addWidget(Label(card.minutes, "small", "ink3", lines=1))
        foot.addStretch(1)
        foot.addWidget(Label(card.done, "small", "ink3", lines=1))
        self.body.addLayout(head)
        self.body.addWidget(_marked(Label(card.line, "small", "ink2"), card.wanted))
        if card.found:
            self.body.addWidget(_marked(Label(card.found, "caption", "ink3"), card.wanted))
        self.body.addStretch(1)
        self.body.addLayout(foot)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

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

    def __init__(self, cards: Sequence[PracticeCard], people: Sequence[Person]) -> None:
        super().__init__()
        gap = current_hub().theme.space("card_gap")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._columns = 0
        self.tiles = [Tile(card, people) for card in cards]
        for tile in self.tiles:
            tile.opened.connect(self.opened)
        self._arrange(1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = current_hub().theme
        room = self.width()
        self._arrange(3 if room >= theme.px(_THREE_PX) else 2 if room >= theme.px(_TWO_PX) else 1)

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
        if columns == self._columns:
            return
        self._columns = columns
        for tile in self.tiles:
            self._grid.removeWidget(tile)
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))


def _marked(label: Label, wanted: Sequence[str]) -> Label:
    """The label with the words looked for marked, where it holds them."""
    label.set_marks(
        [TextMark(start, length, tint="lee_tint", weight=600) for start, length in places(label.text(), wanted)]
    )
    return label
