"""The breathing circle: grows and shrinks with the chosen pace, or stands still with a word and a number."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.calm import Breathing, Pace
from app.ui.screens.calm.breath import Moment, Phase, moment_at, stretched
from app.ui.text import number, tr
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import PaintedWidget, outline, text

_FRAME_MS = 33
_COUNT_MS = 250
_OUTER_PX = 330


class BreathCircle(PaintedWidget):
    """Space holds and goes on, the arrows make it slower or faster. It moves only while it is shown."""

    def __init__(
        self, words: Breathing, clock_s: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._clock_s = words, clock_s
        self._pace: Pace = words.pace[0]
        self._stretch = 1.0
        self._begun_s = clock_s()
        self._held_s: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.update)
        self._ring = RingKeeper(self, self._shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.help)

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
        centre = QPointF(self.width() / 2, self.height() / 2)
        outer = min(self.width(), self.height()) / 2 - 4
        inner = outer * 0.585
        still = theme.reduced_motion or not self._pace.round_s
        radius = inner + (outer - inner) * (0.5 if still else moment.fullness)
        dots = outline(theme.color("control"), 1.2)
        dots.setDashPattern([0.5, 4])
        dots.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setBrush(theme.color("calm_outer"))
        painter.setPen(dots)
        painter.drawEllipse(centre, outer, outer)
        painter.setBrush(theme.color("calm_inner"))
        painter.setPen(outline(theme.color("lee"), 1.5))
        painter.drawEllipse(centre, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dots)
        painter.drawEllipse(centre, inner, inner)
        self._draw_words(painter, moment)

    def _draw_words(self, painter: QPainter, moment: Moment) -> None:
        theme = self.theme
        word = self._word(moment)
        middle = self.height() / 2
        room = QRectF(0, middle - theme.px(30), self.width(), theme.px(34))
        text(painter, room, word, theme, "title", "ink", weight=500)
        if moment.of:
            said = tr("{n} of {all}").format(n=number(moment.count), all=number(moment.of))
            text(painter, room.translated(0, theme.px(30)), said, theme, "body", "ink2", tabular=True)

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
