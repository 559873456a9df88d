"""What is there to mark and what is asked now: both marks with one's own button, and the foot of the card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.agreements.state import Act, Foot, Tile
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import PersonMark

_SIDE_BY_SIDE_PX = 380
"""Room from which both marks stand side by side."""


class MarksPart(QWidget):
    """Both marks side by side, or below each other where room is short; and what one can do about one's own."""

    acted = Signal(str)
    """Emitted with what a button asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[Tile, ...], tuple[Act, ...]] | None = None
        self._tiles: list[QWidget] = []
        self._buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.space("s"))
        top = QHBoxLayout()
        self._heading = Label("", "label")
        top.addWidget(self._heading, 1)
        self._actions = QHBoxLayout()
        top.addLayout(self._actions)
        column.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setSpacing(current_hub().theme.space("s"))
        column.addLayout(self._grid)

    def first(self) -> Button | None:
        """Where the keyboard begins here, if there is anything to do."""
        return next((button for button in self._buttons if button.isVisible()), None)

    def show_marks(self, heading: str, tiles: tuple[Tile, ...], acts: tuple[Act, ...]) -> None:
        """Show these marks; the keyboard stays among the buttons where it was there."""
        if (heading, tiles, acts) == self._shown:
            return
        had = any(button.hasFocus() for button in self._buttons)
        self._shown = (heading, tiles, acts)
        self._heading.setText(heading)
        for old in self._tiles:
            old.hide()
            old.deleteLater()
        self._tiles = [_tile(tile) for tile in tiles]
        while (item := self._actions.takeAt(0)) is not None:
            old_button = item.widget()
            if old_button is not None:
                old_button.hide()
                old_button.deleteLater()
        self._buttons = _buttons(acts, self.acted.emit)
        for button in self._buttons:
            self._actions.addWidget(button)
        self._place()
        if had and self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        beside = self.width() >= current_hub().theme.px(_SIDE_BY_SIDE_PX)
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, 0 if beside else number, number if beside else 0)
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < (len(self._tiles) if beside else 1) else 0)


class FootPart(Surface):
    """What is asked now: its words, and at most three buttons; below each other where room is short."""

    acted = Signal(str)
    """Emitted with what a button asks for."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=8)
        self._shown: Foot | None = None
        self._buttons: list[Button] = []
        self._line = QHBoxLayout()
        self._line.setSpacing(10)
        self._icon = Icon("calendar-blank", "lee")
        self._words = Label("", "body")
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._beside = QHBoxLayout()
        self._line.addLayout(self._beside)
        self._below = QWidget()
        self._flow = FlowLayout(self._below, gap_px=8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._below.setSizePolicy(policy)
        self.body.addLayout(self._line)
        self.body.addWidget(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def first(self) -> Button | None:
        """Where the keyboard begins here, if there is anything to do."""
        return next((button for button in self._buttons if button.isVisible()), None)

    def show_foot(self, foot: Foot) -> None:
        """Ask this; without words nothing is shown."""
        if foot == self._shown:
            return
        had = any(button.hasFocus() for button in self._buttons)
        self._shown = foot
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._icon.show_icon(foot.icon, "lamp" if foot.care else "lee")
        self._words.setText(foot.words)
        self._buttons = _buttons(foot.acts, self.acted.emit)
        self.setVisible(bool(foot.words))
        self._place()
        if had and self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        theme = current_hub().theme
        wanted = sum(button.sizeHint().width() + 10 for button in self._buttons) + theme.px(150)
        beside = self.width() >= wanted
        for layout in (self._beside, self._flow):
            while layout.takeAt(0) is not None:
                pass
        for button in self._buttons:
            if beside:
                button.setParent(self)
                self._beside.addWidget(button)
            else:
                button.setParent(self._below)
                self._flow.addWidget(button)
            button.show()
        self._below.setVisible(not beside and bool(self._buttons))

    @override
    def _pad(self) -> None:
        px = current_hub().theme.px
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        self.body.setSpacing(px(6))


def _tile(tile: Tile) -> QWidget:
    made = Surface("field", radius_px=8, pad_px=(12, 8))
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(PersonMark(tile.mark), 0, Qt.AlignmentFlag.AlignVCenter)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Label(tile.mark.name, "body", lines=1, elide=True))
    column.addWidget(Label(tile.words, "caption", "ink2" if tile.done else "lamp"))
    row.addLayout(column, 1)
    if tile.done:
        row.addWidget(Icon("check", "lee", words=tr("marked")), 0, Qt.AlignmentFlag.AlignVCenter)
    made.body.addLayout(row)
    return made


def _buttons(acts: tuple[Act, ...], emit: Callable[[str], None]) -> list[Button]:
    made = []
    for act in acts:
        button = Button(act.words, act.role, small=True)
        button.clicked.connect(lambda _checked=False, asked=act.id: emit(asked))
        made.append(button)
    return made
