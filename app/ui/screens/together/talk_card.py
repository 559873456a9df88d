"""Ten minutes on this? Three questions, take one or none; then one speaks and one listens. Nothing is kept of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.together.cards import emptied, marked
from app.ui.screens.together.state import Prompt, SomeoneHere, TogetherPage
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.buttons import Button, Radio
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.painting import box, painting

_PAD_X_PX, _PAD_Y_PX = 12, 8


class PromptTile(Radio):
    """One question to choose: its name in stronger letters, then the question. The whole tile is the target."""

    def __init__(self, prompt: Prompt) -> None:
        super().__init__("")
        words = f"{prompt.lead} {prompt.words}"
        self._label = Label(words, "small")
        self._label.set_marks((TextMark(0, len(prompt.lead), weight=600),))
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme = current_hub().theme
        across, down = theme.px(_PAD_X_PX), theme.px(_PAD_Y_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(across, down, across, down)
        column.addWidget(self._label)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), current_hub().theme.radius("control")

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        theme = current_hub().theme
        return self._label.heightForWidth(width - 2 * theme.px(_PAD_X_PX)) + 2 * theme.px(_PAD_Y_PX)

    @override
    def sizeHint(self) -> QSize:
        wide = self._label.sizeHint().width() + 2 * current_hub().theme.px(_PAD_X_PX)
        return QSize(wide, self.heightForWidth(wide))

    @override
    def minimumSizeHint(self) -> QSize:
        theme = current_hub().theme
        return QSize(self._label.minimumSizeHint().width() + 2 * theme.px(_PAD_X_PX), theme.size("min_target"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, chosen = current_hub().theme, self.isChecked()
        ground: Role = "lee_tint" if chosen else "hover" if self.underMouse() else "field"
        with painting(self, theme) as painter:
            edge = theme.color("lee" if chosen else "line")
            box(painter, QRectF(self.rect()), theme.radius("control"), fill=theme.color(ground), edge=edge)


class TalkCard(Card):
    """Choosing a question, and the turns of talking about it: one speaks, the other says back what they heard."""

    talked = Signal()
    """Emitted when the two say that they talked; only the date is to be kept."""

    def __init__(self) -> None:
        super().__init__(tr("Ten minutes on this?"), caption=tr("take one, or none"))
        self._page = TogetherPage()
        self._tiles: list[PromptTile] = []
        self._asking = QWidget()
        self._list = QVBoxLayout(self._asking)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(current_hub().theme.space("s"))
        self._turns = _Turns()
        self.start = Button(tr("Start with this one"), "primary", icon="chat-circle")
        self.we_talked = Button(tr("We talked"), "plain")
        foot = FlowLayout(gap_px=8)
        foot.addWidget(self.start)
        foot.addWidget(self.we_talked)
        self.add(self._asking)
        self.add(self._turns)
        self.body.addStretch(1)
        self.add(foot)
        self._turns.hide()
        self.start.clicked.connect(self._begin)
        self.we_talked.clicked.connect(self._end)
        self._turns.stopped.connect(self._choose)

    def show_page(self, page: TogetherPage) -> None:
        """Offer a page's questions; a talk that goes on with the same two stays."""
        same = page.offered == self._page.offered and page.people == self._page.people
        self._page = page
        if not same:
            self._offer()
            self._choose()

    def _offer(self) -> None:
        emptied(self._list)
        self._tiles = [PromptTile(prompt) for prompt in self._page.offered]
        for tile in self._tiles:
            self._list.addWidget(tile)
        if self._tiles:
            self._tiles[0].setChecked(True)

    def _begin(self) -> None:
        chosen = next((place for place, tile in enumerate(self._tiles) if tile.isChecked()), 0)
        if self._page.offered:
            self._turns.begin(self._page.offered[chosen], self._page.people)
            self._talking(True)

    def _choose(self) -> None:
        self._talking(False)

    def _end(self) -> None:
        self._talking(False)
        self.talked.emit()

    def _talking(self, on: bool) -> None:
        self._asking.setVisible(not on)
        self._turns.setVisible(on)
        self.start.setVisible(not on)


class _Turns(QWidget):
    """The question, who speaks and who listens; the places are changed when the two want to. A pause logs nothing."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[SomeoneHere, ...] = ()
        self._speaker = 0
        theme = current_hub().theme
        self._prompt = Label("", "body")
        self._speaks, self._listens = _Seat(), _Seat()
        self._hint = Label("", "small", "ink2")
        self.change = Button(tr("Change places"), "plain", small=True)
        self.pause = Button(tr("Pause"), "plain", small=True)
        self.stop = Button(tr("Another question"), "quiet", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        for widget in (self._prompt, self._speaks, self._listens, self._hint):
            column.addWidget(widget)
        row = FlowLayout(gap_px=8)
        for button in (self.change, self.pause, self.stop):
            row.addWidget(button)
        column.addLayout(row)
        self.change.clicked.connect(self._change)
        self.pause.clicked.connect(self._pause)
        self.stop.clicked.connect(self.stopped)

    def begin(self, prompt: Prompt, people: tuple[SomeoneHere, ...]) -> None:
        """Take up a question."""
        self._people, self._speaker = people, prompt.speaker
        self._prompt.setText(f"{prompt.lead} {prompt.words}")
        self._prompt.set_marks((TextMark(0, len(prompt.lead), weight=600),))
        self.pause.setText(tr("Pause"))
        self._say()

    def _change(self) -> None:
        self._speaker = 1 - self._speaker
        self._say()

    def _pause(self) -> None:
        paused = self.pause.text() == tr("Pause")
        self.pause.setText(tr("Go on") if paused else tr("Pause"))
        self._hint.setText(tr("A pause. Nobody needs a reason, and nothing is noted.") if paused else _listener())

    def _say(self) -> None:
        if len(self._people) > 1:
            self._speaks.show_seat(self._people[self._speaker], tr("{name} speaks"))
            self._listens.show_seat(self._people[1 - self._speaker], tr("{name} listens"))
        self._hint.setText(_listener())


class _Seat(QWidget):
    """A mark and what its owner does now."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._mark = PersonMark()
        self._words = Label("", "label", lines=1)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)

    def show_seat(self, who: SomeoneHere, pattern: str) -> None:
        """Say what somebody does."""
        self._mark.show_people((marked(who),))
        self._words.setText(pattern.format(name=who.name))


def _listener() -> str:
    return tr("Listener: say back what you heard before you add anything.")
