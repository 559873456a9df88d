"""Beside the steps: the soft timer, the pause and its words, and how strong it is now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.conversation.state import Part, PausePage, State, Strength
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.bars import TimeBar
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.label import Label
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.scale import Scale


class TimerCard(Card):
    """Minutes and seconds at this step, in figures only. Nothing ends by itself, and nothing sounds."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_hub().theme
        self._passed = Label("", "title", lines=1)
        self._of = Label("", "small", "ink2", lines=1)
        self._bar = TimeBar(name=tr("Time at this step"))
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self._passed, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._of, 1, Qt.AlignmentFlag.AlignBottom)
        self.add(row)
        self.add(self._bar)
        self.add(Label(tr("A guide, not a limit. It makes no sound."), "small", "ink2"))
        self.setAccessibleName(tr("Time at this step"))

    def show_state(self, state: State) -> None:
        """Show the time as it is now."""
        self.setVisible(state.timer is not None and state.part is Part.STEP)
        if state.timer is not None:
            self._passed.setText(state.timer.passed)
            self._of.setText(state.timer.of)
            self._bar.show_part(state.timer.part, state.timer.spoken)


class PauseCard(Card):
    """One large button, and the words the pause was given on a calm day."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = Button(tr("Pause"), "plain", icon="hand-palm", hint="F9")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda _checked=False: self.asked.emit())
        self._line = Label("", "small", "ink2")
        self._rule = Rule()
        self._heading = Label("", "label")
        self._heading.set_weight(600)
        self._own = Label("", "line")
        for part in (self.button, self._line, self._rule, self._heading, self._own):
            self.add(part)
        self.setAccessibleName(tr("Pause"))
        self._shown: PausePage | None = None

    def show_state(self, state: State) -> None:
        """Show the words that were agreed, or only what a pause is."""
        page = state.pause
        self.setVisible(page is not None and state.part is not Part.PAUSED)
        if page is None or page == self._shown:
            return
        self._shown = page
        self._line.setText(page.line)
        for part in (self._rule, self._heading, self._own):
            part.setVisible(bool(page.own))
        self._heading.setText(page.heading)
        self._own.setText(" ".join(page.own))


class StrengthCard(Card):
    """How strong it is now for each who sits here; at 7 or more a pause is offered before the next step."""

    changed = Signal(int, object)
    """Emitted with a seat and a number from 0 to 10, or None."""
    calm_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scales: dict[int, Scale] = {}
        self._rows = QVBoxLayout()
        heading = Label(tr("How strong is it right now?"), "label")
        heading.set_weight(600)
        self._note = Label(tr("At 7 or more, Leeward offers a pause before the next step."), "small", "ink2")
        self._calm = Button("", "plain", icon="waves", small=True)
        self._calm.clicked.connect(lambda _checked=False: self.calm_asked.emit())
        self.add(heading)
        self.add(self._rows)
        self.add(self._note)
        self.body.addStretch(1)
        self.body.addWidget(self._calm, 0, Qt.AlignmentFlag.AlignLeading)
        self.setAccessibleName(tr("How strong is it right now?"))

    def show_state(self, state: State) -> None:
        """Show what each has said."""
        self.setVisible(bool(state.strengths))
        self._calm.setText(tr("Settle for a moment") if state.alone else tr("Settle side by side"))
        if tuple(self._scales) != tuple(one.seat for one in state.strengths):
            self._build(state.strengths)
        for one in state.strengths:
            if self._scales[one.seat].value() != one.value:
                self._scales[one.seat].set_value(one.value)

    def _build(self, strengths: tuple[Strength, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._scales = {}
        for one in strengths:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            scale = Scale(
                name=tr("How strong for {name}").format(name=one.person.name), unanswered=tr("open"), compact=True
            )
            scale.changed.connect(lambda value, seat=one.seat: self.changed.emit(seat, value))
            row.addWidget(PersonMark(one.person))
            row.addStretch(1)
            row.addWidget(scale)
            self._rows.addWidget(holder)
            self._scales[one.seat] = scale


class Side(QWidget):
    """The three of them in a column."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.timer, self.pause, self.strength = TimerCard(), PauseCard(), StrengthCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.space("card_gap"))
        column.addWidget(self.timer)
        column.addWidget(self.pause)
        column.addWidget(self.strength, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 0)

    def show_state(self, state: State) -> None:
        """Show the talk as it stands."""
        for card in (self.timer, self.pause, self.strength):
            card.show_state(state)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else -1
