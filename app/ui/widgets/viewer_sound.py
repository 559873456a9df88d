"""A recording to listen to: play and pause, where it is, how long it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.label import Label
from app.ui.widgets.painting import box, painting

_STEP_MS: Final = 5_000
_PAGE_MS: Final = 30_000


class SeekBar(QAbstractSlider):
    """Where a recording is. Arrow keys go five seconds, Page Up and Page Down thirty."""

    sought = Signal(int)
    """Emitted with milliseconds when the person chose another place."""

    def __init__(self, length_ms: int) -> None:
        super().__init__()
        self._hub = current_hub()
        self._ring = RingKeeper(self, lambda: (QRectF(self.rect()), 6.0))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, max(1, length_ms))
        self.setSingleStep(_STEP_MS)
        self.setPageStep(_PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Place in the recording"))
        self.actionTriggered.connect(lambda _action: self.sought.emit(self.sliderPosition()))
        self.valueChanged.connect(lambda _value: self.update())

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(240), self._hub.theme.px(28))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            high, knob = theme.px(4), theme.px(14)
            groove = QRectF(knob / 2, (self.height() - high) / 2, self.width() - knob, high)
            part = self.value() / max(1, self.maximum())
            box(painter, groove, high / 2, fill=theme.color("line"))
            done = QRectF(groove)
            done.setWidth(groove.width() * part)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                done.moveRight(groove.right())
            box(painter, done, high / 2, fill=theme.color("lee"))
            x = done.left() if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else done.right()
            place = QRectF(x - knob / 2, (self.height() - knob) / 2, knob, knob)
            box(painter, place, knob / 2, fill=theme.color("lee"), edge=theme.color("card"), width_px=2)

    def _seek(self, event: QMouseEvent) -> None:
        part = min(1.0, max(0.0, event.position().x() / max(1, self.width())))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        self.setValue(round(part * self.maximum()))
        self.sought.emit(self.value())


class SoundView(QWidget):
    """Controls of one recording; knows no player."""

    play_asked = Signal()
    """Emitted by the button and by Space: go on, or pause."""
    sought = Signal(int)
    """Emitted with milliseconds."""

    def __init__(self, length_ms: int) -> None:
        super().__init__()
        self._length_ms = length_ms
        self.button = Button(tr("Play"), "primary", icon="play")
        self.bar = SeekBar(length_ms)
        self.at = Label("", "body", "ink2")
        self.note = Label("", "small", "ink2")
        self.note.hide()
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("m"))
        row.addWidget(self.button)
        row.addWidget(self.bar, 1)
        row.addWidget(self.at, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addStretch(1)
        self.button.clicked.connect(lambda _checked=False: self.play_asked.emit())
        self.bar.sought.connect(self.sought)
        self.show_at(0, playing=False)

    def show_at(self, at_ms: int, *, playing: bool) -> None:
        """Show where it is, and what the button does now."""
        if not self.bar.isSliderDown():
            self.bar.setValue(at_ms)
        self.button.setText(tr("Pause") if playing else tr("Play"))
        self.button.set_icon_name("pause" if playing else "play")
        whole = clock(self._length_ms)
        self.at.setText(tr("{at} of {whole}").format(at=clock(at_ms), whole=whole))

    def say(self, words: str) -> None:
        """Say why it cannot be heard."""
        self.note.setText(words)
        self.note.setVisible(bool(words))


def clock(length_ms: int) -> str:
    """Minutes and seconds, with hours where there are any: 3:07, 1:02:09."""
    seconds = length_ms // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
