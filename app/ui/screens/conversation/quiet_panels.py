"""The two pages that ask for nothing else: how safe it feels, and the pause."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.screens.conversation.state import Asked, PausePage
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout, MeasuredLayout
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.scale import Scale
from app.ui.widgets.tab_chain import tab_after

_MEASURE_PX = 560


class SafetyPanel(Card):
    """One person answers, unseen by the other; the scale is empty again before the next one looks."""

    answered = Signal(object)
    """Emitted with a number from 0 to 10, or None when it is left open."""

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._who = QWidget()
        self._more = False
        self._mark = PersonMark(size="large")
        self._name = Label("", "heading", lines=1)
        self._aside = Label("", "body", "ink2")
        self._question = Label("", "title")
        self._question.set_weight(500)
        self._help = Label("", "small", "ink2")
        self._holder = QVBoxLayout()
        self._scale = Scale()
        self._done = Button("", "primary", hint="Ctrl+Enter")
        self._done.clicked.connect(lambda _checked=False: self.answer())
        self._holder.addWidget(self._scale)
        self._assemble()

    def show_asked(self, asked: Asked) -> None:
        """Ask whoever answers now."""
        if asked.key == self._key:
            return
        self._key = asked.key
        self._who.setVisible(asked.person is not None)
        self._aside.setVisible(asked.person is not None)
        if asked.person is not None:
            name = asked.person.name
            self._mark.show_people((asked.person,))
            self._name.setText(name)
            words = tr("This is for {name} alone. Whoever else is here looks away for a moment.")
            self._aside.setText(words.format(name=name))
        self._question.setText(asked.question)
        self._help.setText(asked.help)
        self._renew(asked)
        self._more = asked.more
        self._tell()

    def focus_first(self) -> None:
        """The keyboard goes to the scale."""
        self._scale.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> None:
        """Hand the answer over; the scale forgets it at once."""
        value = self._scale.value()
        self._scale.set_value(None)
        self.answered.emit(value)

    def _assemble(self) -> None:
        theme = current_hub().theme
        row = QHBoxLayout(self._who)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("m"))
        row.addWidget(self._mark)
        row.addWidget(self._name, 1)
        column = QWidget()
        inner = MeasuredLayout(column, _MEASURE_PX)
        inner.setSpacing(theme.space("m"))
        for part in (self._who, self._aside, self._question):
            inner.addWidget(part)
        inner.addLayout(self._holder)
        inner.addWidget(self._help)
        inner.addWidget(self._done, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(column)
        self.body.addStretch(1)

    def _renew(self, asked: Asked) -> None:
        """An empty scale in the place of the last one; it takes the keyboard over before that one goes."""
        old = self._scale
        self._scale = scale = Scale(name=asked.question, low=asked.ends[0], high=asked.ends[1], unanswered=tr("open"))
        scale.changed.connect(lambda _value: self._tell())
        self._holder.addWidget(scale)
        scale.show()
        tab_after(old, (scale,))
        if self.isVisible():
            scale.setFocus(Qt.FocusReason.OtherFocusReason)
        old.hide()
        old.deleteLater()

    def _tell(self) -> None:
        said = self._scale.value() is not None
        if self._more:
            self._done.setText(tr("Hide it and pass on") if said else tr("Leave it open and pass on"))
        else:
            self._done.setText(tr("Hide it and go on") if said else tr("Leave it open and go on"))


class PausePanel(Card):
    """The pause words, large and quiet, and three ways on of the same size."""

    back_asked = Signal(bool)
    """Emitted with whether to come back one step earlier."""
    leave_asked = Signal()
    calm_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Label(tr("A pause"), "read_title")
        self._line = Label("", "body", "ink2")
        self._heading = Label("", "label")
        self._heading.set_weight(600)
        self._own = Label("", "reading")
        self._back_at = Label("", "body")
        self._ways = Label("", "body", "ink2")
        self.back = Button(tr("Take it up again"), "plain")
        self._earlier = Button(tr("Back one step"), "plain")
        self._leave = Button(tr("Leave for now"), "plain")
        self._calm = Button(tr("Calm"), "plain", icon="waves", hint="Ctrl+G")
        self.back.clicked.connect(lambda _checked=False: self.back_asked.emit(False))
        self._earlier.clicked.connect(lambda _checked=False: self.back_asked.emit(True))
        self._leave.clicked.connect(lambda _checked=False: self.leave_asked.emit())
        self._calm.clicked.connect(lambda _checked=False: self.calm_asked.emit())
        theme = current_hub().theme
        ways = QWidget()
        flow = FlowLayout(ways, gap_px=theme.space("s"))
        for button in (self.back, self._earlier, self._leave, self._calm):
            flow.addWidget(button)
        column = QWidget()
        inner = MeasuredLayout(column, _MEASURE_PX)
        inner.setSpacing(theme.space("m"))
        for part in (self._title, self._line, self._heading, self._own, self._back_at, self._ways, ways):
            inner.addWidget(part)
        self.body.addStretch(1)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 60)
        across.addStretch(1)
        self.body.addLayout(across)
        self.body.addStretch(2)

    def show_page(self, page: PausePage) -> None:
        """Show the words that were agreed, or only what a pause is."""
        self._line.setText(page.line)
        self._heading.setText(page.heading)
        self._own.setText("\n".join(page.own))
        self._back_at.setText(page.back_at)
        for part, there in ((self._heading, page.own), (self._own, page.own), (self._back_at, page.back_at)):
            part.setVisible(bool(there))
        self._ways.setText(page.ways)

    def focus_first(self) -> None:
        """The keyboard goes to the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
