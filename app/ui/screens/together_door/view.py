"""The page before the page for two: what it is, whom it is not for, and the second passphrase."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.both import MINUTES, Standing
from app.ui.context import Context
from app.ui.screens.together_door.presenter import DoorPresenter
from app.ui.screens.together_door.state import DoorShown
from app.ui.text import count_of, duration, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption, Card, Rule, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark, Shape
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import passphrase_field, points

_BESIDE_PX: Final = 820


class DoorView(QWidget):
    """One state at a time: closed with an invitation, or one of the reasons why there is none."""

    change_asked = Signal()

    def __init__(self, presenter: DoorPresenter, ctx: Context) -> None:
        super().__init__()
        self._presenter, self._ctx = presenter, ctx
        self._card = Card(tr("A page for two, while both are here"))
        self._points = QVBoxLayout()
        self.safety = Banner(
            tr("If either of you is afraid of the other, please leave this page closed. The safety page is for you."),
            tone="care",
            icon="shield",
            action=tr("Read"),
        )
        self._told = QWidget()
        self._invite = Surface("sunken")
        self._mark = PersonMark(Person(Shape.SQUARE, outline=True), size="large")
        self._whose = Label("", "heading")
        self._asked = Label("", "small", "ink2")
        self.field = passphrase_field(tr("Passphrase"))
        self._caps = Caption(tr("Caps Lock is on"), icon="info")
        self._trouble = Banner("", tone="care")
        self._wait = Caption("", icon="info")
        self.open_button = Button(tr("Open together"), "primary")
        self._ends = Label("", "caption", "ink3")
        self._released = Label("", "small", "ink2")
        self.change = Button(tr("Choose what may be seen…"), "plain")
        self._why = Card(tr("This page stays closed for now"))
        self._why_words = Label("", "body")
        self._why_more = Label("", "small", "ink2")
        self._why_way = Button("", "plain")
        self._focus_waits = False
        self._build()
        self._connect()
        self.render_state(presenter.shown)

    def render_state(self, state: DoorShown) -> None:
        """Show a state; what is typed stays."""
        closed = state.standing is Standing.CLOSED
        self._card.setVisible(closed and state.loaded)
        self._why.setVisible(state.loaded and state.standing in {Standing.SOLO, Standing.DANGER, Standing.ELSEWHERE})
        if closed:
            self._render_invitation(state)
        elif not self._why.isHidden():
            self._render_why(state)
        if self._focus_waits:
            self.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes to the passphrase, or to the way out offered instead, as soon as one of them is there."""
        goal = self.field if not self._card.isHidden() else None if self._why.isHidden() else self._why_way
        self._focus_waits = goal is None
        if goal is not None:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drop what was typed."""
        self.field.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= current_hub().theme.px(_BESIDE_PX)
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    # ------------------------------------------------------------------------------------------------------- states

    def _render_invitation(self, state: DoorShown) -> None:
        name = state.name or tr("the other person")
        self._mark.show_people((Person(Shape.of(state.mark), state.name[:1].upper(), state.name, outline=True),))
        self._whose.setText(tr("Invite {name} to unlock").format(name=name))
        self._asked.setText(
            tr("{name} types the passphrase of their own part. Please look away meanwhile.").format(name=name)
        )
        self.field.setReadOnly(state.busy)
        self.open_button.setEnabled(state.can_try)
        self.open_button.setText(tr("Opening…") if state.busy else tr("Open together"))
        self._trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._trouble.say(f"{state.trouble.title}. {state.trouble.paragraph}")
            self.field.selectAll()
        self._wait.setVisible(state.waiting_s > 0)
        left = count_of(state.waiting_s, tr("{n} second"), tr("{n} seconds"))
        self._wait.show_words(tr("A short wait before the next try: {time}").format(time=left), "info")
        self._released.setText(_released_words(state.released, name))

    def _render_why(self, state: DoorShown) -> None:
        name = state.name or tr("the other person")
        danger = state.standing is Standing.DANGER
        if danger:
            self._why_words.setText(  # whoever reads this over a shoulder learns nothing of what was written
                tr("The two parts do not open beside each other right now. There can be several reasons for that.")
            )
            self._why_more.setText(tr("Each part opens alone as ever. The safety page and Calm are there at any time."))
        elif state.standing is Standing.ELSEWHERE:
            self._why_words.setText(tr("It needs both parts in one journal, on this computer."))
            self._why_more.setText(
                tr("The part of {name} does not lie here, or nothing is shared between you yet.").format(name=name)
            )
        else:
            self._why_words.setText(tr("It is for two people who each keep a part of this journal."))
            self._why_more.setText(tr("Everything else in Leeward is there for you as it is."))
        self._why_way.setText(tr("The safety page") if danger else tr("People and sharing"))

    # ----------------------------------------------------------------------------------------------------- building

    def _build(self) -> None:
        theme = current_hub().theme
        self._build_told()
        self._build_invite()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.space("page"))
        self._sides.addWidget(self._told, 5)
        self._sides.addWidget(self._invite, 4, Qt.AlignmentFlag.AlignTop)
        self._card.body.addLayout(self._sides)
        for part in (self._why_words, self._why_more):
            self._why.body.addWidget(part)
        self._why.body.addWidget(self._why_way, 0, Qt.AlignmentFlag.AlignLeading)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for card in (self._card, self._why):
            column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _build_told(self) -> None:
        theme = current_hub().theme
        column = QVBoxLayout(self._told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("m"))
        column.addWidget(
            Label(tr("You look at the same weeks side by side, and leave it when either of you likes."), "reading")
        )
        column.addWidget(
            points(
                (
                    tr("You see of each other only what each let out: one value a week, and lines ticked to be seen."),
                    tr("What stands in your shared space is shown as well. Everything else stays closed."),
                    tr("There is no score for the two of you, and no line is the right one."),
                    tr("Either of you closes it with one click, without a reason."),
                )
            )
        )
        column.addWidget(self.safety)
        column.addWidget(Rule())
        column.addWidget(self._released)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)

    def _build_invite(self) -> None:
        theme = current_hub().theme
        head = QHBoxLayout()
        head.setSpacing(theme.space("m"))
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        lead = QVBoxLayout()
        lead.setSpacing(2)
        lead.addWidget(self._whose)
        lead.addWidget(self._asked)
        head.addLayout(lead, 1)
        self._invite.body.addLayout(head)
        label = Label(tr("Passphrase"), "label", lines=1)
        label.setBuddy(self.field)
        self._trouble.hide()
        self._caps.hide()
        self._wait.hide()
        for part in (label, self.field, self._caps, self._trouble, self._wait):
            self._invite.body.addWidget(part)
        self.open_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._invite.body.addWidget(self.open_button)
        self._ends.setText(
            tr("Both parts close by themselves after {time}, on locking, and when the page is left.").format(
                time=duration(MINUTES)
            )
        )
        self._invite.body.addWidget(self._ends)

    def _connect(self) -> None:
        self._presenter.state.connect(self.render_state)
        self._presenter.opened.connect(lambda _until: self.forget())
        self.field.returnPressed.connect(self._try)
        self.field.caps_lock.connect(self._caps.setVisible)
        self.open_button.clicked.connect(lambda _checked=False: self._try())
        self.change.clicked.connect(lambda _checked=False: self.change_asked.emit())
        self.safety.acted.connect(lambda: self._ctx.shell.help("safety"))
        self._why_way.clicked.connect(lambda _checked=False: self._leave())
        self._ctx.bus.locking.connect(self.forget)

    def _try(self) -> None:
        if not self.field.text():
            self.field.setFocus()
            return
        self._presenter.unlock(self.field.text())

    def _leave(self) -> None:
        if self._presenter.shown.standing is Standing.DANGER:
            self._ctx.shell.help("safety")
        else:
            self._ctx.shell.go("settings")


def _released_words(streams: int, name: str) -> str:
    if not streams:
        return tr("Of your own weeks {name} sees nothing so far.").format(name=name)
    return count_of(streams, tr("One of your lines may be seen here."), tr("{n} of your lines may be seen here."))
