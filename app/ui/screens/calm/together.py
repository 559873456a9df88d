"""Settling side by side: asked first, then six short steps that move on by themselves or by hand, in silence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.calm import Together
from app.ui.screens.calm.circle import BreathCircle
from app.ui.screens.calm.parts import announce, lines
from app.ui.screens.calm.ways import Way
from app.ui.text import duration, number, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import Person

_BREATHING = "in_step"
"""The step in which the circle breathes for two."""
_HALF_MIN_S = 45


class TogetherWay(Way):
    """For two who feel safe with each other. Either stops it with one key, without a reason.

    `leave` goes back to the senses. The circle carries both marks while this way is shown.
    """

    def __init__(
        self, words: Together, circle: BreathCircle, people: tuple[Person, ...], leave: Callable[[], None]
    ) -> None:
        super().__init__(gap_px=9)
        self._words, self._circle, self._people, self._leave = words, circle, people, leave
        self._at: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go_on)
        self._intro, self._steps = self._introduction(), self._walk()
        self.add(self._intro)
        self.add(self._steps)
        self._stand()

    @property
    def step(self) -> int | None:
        """Which step is shown, counted from 0; None before the beginning and after the end."""
        return self._at

    def begin(self) -> None:
        """The first step."""
        self._show(0)
        self.next.setFocus()

    def go_on(self) -> None:
        """The next step, or the end."""
        if self._at is not None:
            self._show(self._at + 1)

    def end(self) -> None:
        """Stop here. Nothing was kept."""
        self._at = None
        self._timer.stop()
        self._stand()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._circle.share(self._people, in_turns=self._turns.chosen() == 1)
        if self._at is not None:
            self._wait()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._circle.share(())

    # ---------------------------------------------------------------------------------------------------- building

    def _introduction(self) -> Way:
        words = self._words
        made = Way(gap_px=9)
        made.add(Label(words.help, "small", "ink3"))
        made.add(Label(words.not_for, "small", "ink2"))
        made.add(Rule())
        made.add(Label(words.ask_first, "body", "ink2"))
        nearness = QWidget()
        flow = FlowLayout(nearness, gap_px=10, line_gap_px=2)
        for choice in words.choices:
            flow.addWidget(Label(choice.label, "small", "ink3", lines=1))
        made.add(nearness)
        made.add(Label(words.stop_word, "body", "ink2"))
        self._turns = Segmented([tr("in step"), tr("in turns")], name=tr("How we breathe"))
        self._turns.changed.connect(lambda _at: self._circle.share(self._people, in_turns=self._turns.chosen() == 1))
        made.add(self._turns, left=True)
        made.add(Label(tr("In turns: three breaths each, while the other only watches."), "small", "ink3"))
        start = Button(tr("Begin side by side"), "primary", icon="users", small=True)
        start.clicked.connect(lambda _checked=False: self.begin())
        made.add(start, left=True)
        made.add(Rule())
        made.add(Label(tr("Or one thing through the senses"), "label"))
        senses = (tr("{name}: {line}").format(name=one.label, line=one.line) for one in words.sense)
        made.add(lines(senses))
        return made

    def _walk(self) -> Way:
        made = Way(gap_px=9)
        self._place, self._title = Label("", "small", "ink3"), Label("", "heading")
        self._line, self._long = Label("", "body", "ink2"), Label("", "small", "ink3")
        for label in (self._place, self._title, self._line, self._long):
            made.add(label)
        self.next = Button(tr("Go on"), "plain", small=True)
        self.next.clicked.connect(lambda _checked=False: self.go_on())
        self.stop = Button(tr("Stop"), "quiet", small=True)
        self.stop.clicked.connect(lambda _checked=False: self.end())
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(current_hub().theme.space("s"))
        box.addWidget(self.next)
        box.addWidget(self.stop)
        box.addStretch(1)
        made.add(row)
        made.add(Label(tr("Either of you may stop at any time, without a reason."), "small", "ink3"))
        return made

    # ----------------------------------------------------------------------------------------------------- showing

    def _show(self, at: int) -> None:
        steps = self._words.step
        if at >= len(steps):
            self.end()
            self._leave()
            return
        self._at = at
        step = steps[at]
        if step.id == _BREATHING:
            self._circle.share(self._people, in_turns=self._turns.chosen() == 1)
        self._place.setText(tr("{n} of {all}").format(n=number(at + 1), all=number(len(steps))))
        self._title.setText(step.label)
        self._line.setText(step.line)
        seconds = step.seconds or 0
        self._long.setText(
            tr("About {time}; it moves on by itself.").format(
                time=tr("half a minute") if seconds <= _HALF_MIN_S else duration(round(seconds / 60))
            )
        )
        self._stand()
        self._wait()
        announce(self, tr("{name}. {line}").format(name=step.label, line=step.line))

    def _wait(self) -> None:
        seconds = self._words.step[self._at].seconds if self._at is not None else None
        if seconds and self.isVisible():
            self._timer.start(seconds * 1_000)

    def _stand(self) -> None:
        self._intro.setVisible(self._at is None)
        self._steps.setVisible(self._at is not None)
