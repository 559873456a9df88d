"""The breathing circle: grows and shrinks with the chosen pace, or stands still with a word and a number."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.calm import Breathing, Pace
from app.ui.screens.calm.breath import Moment, Phase, moment_at, stretched, turn_at
from app.ui.screens.calm.parts import announce
from app.ui.text import number, tr
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.marks import Person, paint_mark
from app.ui.widgets.painting import PaintedWidget, outline, text

_FRAME_MS = 33
_COUNT_MS = 250
_OUTER_PX = 330


class BreathCircle(PaintedWidget):
    """Space holds and goes on, the arrows make it slower or faster. It moves only while it is shown.

    `turned(words)`: another part of the breath has begun. That is what a screen reader says, once each time, while the
    figures that count the seconds stay silent. Between two people it can go in turns, some breaths each.
    """

    turned = Signal(str)

    def __init__(
        self, words: Breathing, clock_s: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._clock_s = words, clock_s
        self._pace: Pace = words.pace[0]
        self._stretch = 1.0
        self._begun_s = clock_s()
        self._held_s: float | None = None
        self._people: tuple[Person, ...] = ()
        self._in_turns = False
        self._seen: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._ring_key: object = None
        self._ring_pictures = (QPixmap(), QPixmap())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._ring = RingKeeper(self, self._shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.help)

    @property
    def pace(self) -> Pace:
        """How it breathes now."""
        return self._pace

    def choose(self, pace: Pace) -> None:
        """Breathe at another pace, from its beginning."""
        self._pace = pace
        self._begun_s, self._held_s = self._clock_s(), None
        self._pulse()
        self.update()

    def toggle_hold(self) -> None:
        """Stop where one is, or go on from there."""
        now_s = self._clock_s()
        if self._held_s is None:
            self._held_s = now_s
        else:
            self._begun_s += now_s - self._held_s
            self._held_s = None
        self._pulse()
        self.update()

    def share(self, people: tuple[Person, ...], *, in_turns: bool = False) -> None:
        """Breathe as two: both marks stand under the words, or whose turn it is. Nobody ends it."""
        self._people, self._in_turns = people, in_turns
        self._begun_s, self._held_s = self._clock_s(), None
        self._pulse()
        self.update()

    @property
    def moving(self) -> bool:
        """Whether a timer runs."""
        return self._timer.isActive()

    @override
    def spoken_value(self) -> str:
        return self._said(self.moment())

    def moment(self) -> Moment:
        """Where the breath is now."""
        return moment_at(self._pace, (self._held_s or self._clock_s()) - self._begun_s, self._stretch)

    @override
    def wanted(self) -> QSize:
        side = min(self.theme.px(_OUTER_PX), 480)
        return QSize(side, side)

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        moment = self.moment()
        under, over = self._rings()
        painter.drawPixmap(0, 0, under)
        painter.setBrush(theme.color("calm_inner"))
        painter.setPen(outline(theme.color("lee"), 1.5))
        radius = self._radius(moment)
        painter.drawEllipse(QPointF(self.width() / 2, self.height() / 2), radius, radius)
        painter.drawPixmap(0, 0, over)
        self._draw_words(painter, moment)
        self._draw_people(painter, moment)

    def _rings(self) -> tuple[QPixmap, QPixmap]:
        """What never moves, drawn once: the widest breath below the circle, the smallest as a dotted line above it.

        Dotted lines are by far the dearest thing here to draw thirty times a second.
        """
        key = (self.size(), self.devicePixelRatioF(), self.theme)
        if self._ring_key != key:
            outer, inner = self._radii()
            self._ring_key = key
            self._ring_pictures = (self._dotted(outer, filled=True), self._dotted(inner, filled=False))
        return self._ring_pictures

    def _dotted(self, radius: float, *, filled: bool) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dots = outline(self.theme.color("control"), 1.2)
        dots.setDashPattern([0.5, 4])
        dots.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(dots)
        painter.setBrush(self.theme.color("calm_outer") if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(self.width() / 2, self.height() / 2), radius, radius)
        painter.end()
        return made

    def _draw_words(self, painter: QPainter, moment: Moment) -> None:
        theme = self.theme
        word = self._word(moment)
        middle = self.height() / 2
        room = QRectF(0, middle - theme.px(30), self.width(), theme.px(34))
        text(painter, room, word, theme, "title", "ink", weight=500)
        if moment.of:
            said = tr("{n} of {all}").format(n=number(moment.count), all=number(moment.of))
            text(painter, room.translated(0, theme.px(30)), said, theme, "body", "ink2", tabular=True)

    def _draw_people(self, painter: QPainter, moment: Moment) -> None:
        """Two marks side by side; in turns the one who only watches is an outline."""
        if not self._people:
            return
        side, gap = self.theme.size("person_mark"), self.theme.px(8)
        turn = turn_at(moment, len(self._people))
        left = (self.width() - side * len(self._people) - gap * (len(self._people) - 1)) / 2
        top = self.height() / 2 + self.theme.px(38)
        for at, person in enumerate(self._people):
            waits = self._in_turns and at != turn
            shown = Person(person.shape, person.initial, person.name, outline=waits)
            rect = QRectF(left + at * (side + gap), top, side, side)
            paint_mark(painter, rect, shown, self.theme, ground="calm_inner")

    def _radii(self) -> tuple[float, float]:
        """Of the outer ring and of the smallest breath, in px."""
        outer = min(self.width(), self.height()) / 2 - 4
        return outer, outer * 0.585

    def _radius(self, moment: Moment) -> float:
        outer, inner = self._radii()
        still = self.theme.reduced_motion or not self._pace.round_s
        return inner + (outer - inner) * (0.5 if still else moment.fullness)

    def _beat(self) -> None:
        """Look at the clock; draw again only where something to be seen is different, speak once a phase."""
        moment = self.moment()
        drawn = (round(self._radius(moment)), moment.count, moment.phase, moment.breath)
        if drawn != self._drawn:
            self._drawn = drawn
            self.update()
        seen = (moment.phase, moment.breath)
        if seen != self._seen:
            self._seen = seen
            said = self._said(moment)
            self.turned.emit(said)
            announce(self, said)

    def _said(self, moment: Moment) -> str:
        """The word of a phase, and in turns whose breath it is."""
        word = self._word(moment)
        if not self._in_turns or not self._people:
            return word
        return tr("{name}: {word}").format(name=self._people[turn_at(moment, len(self._people))].name, word=word)

    def _word(self, moment: Moment) -> str:
        if self._held_s is not None:
            return tr("resting")
        return {
            Phase.IN: self._words.in_word,
            Phase.HOLD: self._words.hold_word,
            Phase.OUT: self._words.out_word,
            Phase.REST: self._words.hold_word,
        }[moment.phase]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.toggle_hold()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._stretch = stretched(self._stretch, slower=key == Qt.Key.Key_Left)
            self._begun_s = self._clock_s()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begun_s, self._held_s = self._clock_s(), None
        self._pulse()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @override
    def restyle(self) -> None:
        self._pulse()

    def _pulse(self) -> None:
        """Thirty pictures a second while it moves, four while only the number changes, none while it rests."""
        if not self.isVisible() or self._held_s is not None or not self._pace.round_s:
            self._timer.stop()
        else:
            self._timer.start(_COUNT_MS if self.theme.reduced_motion else _FRAME_MS)

    def _shape(self) -> tuple[QRectF, float]:
        side = min(self.width(), self.height())
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        return rect, side / 2
