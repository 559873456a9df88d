"""Small pieces the cards of Calm share: numbered lines, a quotation with a bar, figures that count down in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.local_time import Now
from app.ui.screens.calm.words import Filled, left_words
from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Icon
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.painting import PaintedWidget, box, painting, text
from app.ui.widgets.text_link import TextLink

_SECOND_MS = 1_000
_BAR_PX = 3


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something once."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def lines(words: Iterable[str], *, icon: str = "leaf") -> QWidget:
    """Short lines below each other, each behind a small leaf."""
    theme = current_hub().theme
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(7))
    for line in words:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(Icon(icon, "ink3", small=True), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(line, "body", "ink2"), 1)
        column.addLayout(row)
    return made


def link(words: str, icon: str, run: Callable[[], None]) -> TextLink:
    """A quiet way to something else."""
    made = TextLink(words, icon=icon)
    made.clicked.connect(lambda _checked=False: run())
    return made


class Quote(QWidget):
    """Words to say aloud, in reading type behind a bar. The time to come back is underlined."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_hub().theme
        self._label = Label("", "reading")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), 0, 0, 0)
        column.addWidget(self._label)

    def say(self, filled: Filled) -> None:
        """Show these words."""
        if self._label.text() != filled.words:
            self._label.setText(filled.words)
            if filled.time_at is not None:
                self._label.set_marks((TextMark(*filled.time_at, underline=True),))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_hub().theme
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        with painting(self, theme) as painter:
            bar = QRectF(self.width() - _BAR_PX if right else 0, 0, _BAR_PX, self.height())
            box(painter, bar, 0, fill=theme.color("lee"))


class Countdown(PaintedWidget):
    """What is left of a pause, in figures that change once a second and are never read out by themselves.

    It follows the clock on the wall, so that sleep or a page turned away from changes nothing; it only ticks while it
    is shown. `over()` comes once.
    """

    over = Signal()

    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now
        self._until: dt.datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, until: dt.datetime, said: str) -> None:
        """Count to a moment; `said` is its name for assistive technology."""
        self._until = until
        self.setAccessibleName(said)
        if self.isVisible():
            self._timer.start()
        self.look()

    def stop(self) -> None:
        """Count no longer."""
        self._until = None
        self._timer.stop()

    @property
    def ticking(self) -> bool:
        """Whether a timer runs."""
        return self._timer.isActive()

    def look(self) -> None:
        """Compare with the clock; called by a timer."""
        if self._until is None:
            return
        if self._now() >= self._until:
            self.stop()
            self.over.emit()
        self.update()

    @override
    def wanted(self) -> QSize:
        metrics = self.metrics("title")
        return QSize(metrics.horizontalAdvance("88:88:88"), metrics.height() + self.theme.px(4))

    @override
    def draw(self, painter: QPainter) -> None:
        if self._until is not None:
            left_s = (self._until - self._now()).total_seconds()
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            text(
                painter, QRectF(self.rect()), left_words(left_s), self.theme, "title", "ink", align=align, tabular=True
            )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._until is not None:
            self._timer.start()
            self.look()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
