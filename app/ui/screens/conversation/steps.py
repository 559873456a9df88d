"""The list of steps at the left: what is done, where one is, what lies ahead, and what it is about."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.conversation.state import State, StepRow
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.label import Label
from app.ui.widgets.painting import PaintedWidget, box, painting
from app.ui.widgets.step_path import StepState, paint_node

_NODE_PX = 22
_PAD_PX = 8


class _Node(PaintedWidget):
    """The number of a step: checked, filled, or an outline."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._state = number, StepState.AHEAD

    def show_node(self, state: StepState) -> None:
        """Show another state."""
        self._state = state
        self.update()

    @override
    def wanted(self) -> QSize:
        side = self.theme.px(_NODE_PX) + 2
        return QSize(side, side)

    @override
    def draw(self, painter: QPainter) -> None:
        paint_node(painter, QRectF(1, 1, self.width() - 2, self.height() - 2), self._number, self._state, self)


class StepTile(QAbstractButton):
    """One step; the current one stands on a tint and says so to assistive technology too."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._hub = current_hub()
        self._here = self.reachable = False
        self._ring = RingKeeper(self, lambda: (QRectF(self.rect()), self._hub.theme.radius("control")))
        theme = self._hub.theme
        self._node = _Node(number)
        self._title, self._caption = Label("", "body"), Label("", "small", "ink2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(_PAD_PX), theme.px(_PAD_PX), theme.px(_PAD_PX), theme.px(_PAD_PX))
        row.setSpacing(theme.px(10))
        row.addWidget(self._node, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_row(self, row: StepRow) -> None:
        """Show a step in another state."""
        self._here = row.state is StepState.CURRENT
        self._node.show_node(row.state)
        self._title.setText(row.title)
        self._title.set_weight(600 if self._here else None)
        self._caption.setText(row.caption)
        self._caption.setVisible(bool(row.caption))
        self.reachable = row.reachable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row.reachable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if row.reachable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(", ".join(part for part in (row.title, row.caption, row.spoken) if part))
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else -1

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else QSize()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            if self._here:
                box(painter, QRectF(self.rect()), theme.radius("control"), fill=theme.color("lee_tint"))
            elif self.reachable and self.underMouse():
                box(painter, QRectF(self.rect()), theme.radius("control"), fill=theme.color("hover"))


class StepsCard(Card):
    """Every step of the talk."""

    chosen = Signal(int)
    """Emitted with the place of a step somebody opens."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[StepTile] = []
        self._sort = Label(tr("Guided conversation"), "small", "ink2", lines=1)
        self._title = Label("", "heading")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._rule = Rule()
        self._about_word = Label(tr("About"), "small", "ink2", lines=1)
        self._about = Label("", "line")
        self.add(self._sort)
        self.add(self._title)
        self.add(self._list)
        self.body.addStretch(1)
        for part in (self._rule, self._about_word, self._about):
            self.add(part)
        self.setAccessibleName(tr("Steps"))

    def show_state(self, state: State) -> None:
        """Show where the talk stands."""
        self._title.setText(state.title)
        if len(self._tiles) != len(state.steps):
            for tile in self._tiles:
                tile.hide()
                tile.deleteLater()
            self._tiles = [StepTile(number) for number in range(1, len(state.steps) + 1)]
            for place, tile in enumerate(self._tiles):
                tile.clicked.connect(lambda _checked=False, place=place: self._choose(place))
                self._list.addWidget(tile)
        for tile, row in zip(self._tiles, state.steps, strict=True):
            tile.show_row(row)
        for part in (self._rule, self._about_word, self._about):
            part.setVisible(bool(state.about))
        self._about.setText(state.about)

    def focus_current(self) -> None:
        """The keyboard goes to the first step that can be opened."""
        for tile in self._tiles:
            if tile.reachable:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _choose(self, place: int) -> None:
        if self._tiles[place].reachable:
            self.chosen.emit(place)
