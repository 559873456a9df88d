"""What is open on this page and what stays closed, and the offer to stop or to stay with what was good."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.layouts import FlowLayout

_BESIDE_PX: Final = 760
"""Narrower than this its parts stand below each other."""


class OpenStrip(Surface):
    """One line across the page: what can be seen here, what cannot, and where to change it."""

    def __init__(self) -> None:
        super().__init__("lee_tint", radius_px=8)
        self._open = Label("", "small")
        self._closed = Label("", "small", "ink2")
        self.good = TickBox(tr("Only good things"))
        self.change = Button(tr("Change"), "quiet", small=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(10)
        self._row.addLayout(_beside("eye", "lee", self._open), 3)
        self._row.addLayout(_beside("eye-slash", "ink2", self._closed), 3)
        ways = QHBoxLayout()
        ways.addWidget(self.good)
        ways.addWidget(self.change)
        ways.addStretch(1)
        self._row.addLayout(ways)
        self.body.addLayout(self._row)
        lead = tr("Stays closed:")
        _led(self._closed, lead, tr("private threads, trigger logs, every other line."))

    def show_words(self, open_here: str, *, only_good: bool) -> None:
        """Say what is open, and whether only what was good is shown."""
        blocked = self.good.blockSignals(True)
        self.good.setChecked(only_good)
        self.good.blockSignals(blocked)
        _led(self._open, tr("Open here:"), tr("{things}.").format(things=open_here) if open_here else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= current_hub().theme.px(_BESIDE_PX)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _pad(self) -> None:
        px = current_hub().theme.px
        self.body.setContentsMargins(px(12), px(4), px(6), px(4))


class TenderOffer(Surface):
    """Shown when today is hard for somebody here. It does not say for whom, and any answer is fine."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=8)
        self.body.addWidget(Label(tr("Today may be tender. You can stop here, or stay with what was good."), "body"))
        self.stay = Button(tr("Stay with what was good"), "plain")
        self.stop = Button(tr("Stop for today"), "plain")
        self.go_on = Button(tr("Go on with the page"), "quiet")
        row = FlowLayout(gap_px=current_hub().theme.space("s"))
        for button in (self.stay, self.stop, self.go_on):
            row.addWidget(button)
        holder = QWidget()
        holder.setLayout(row)
        self.body.addWidget(holder)


def _beside(icon: str, role: Role, label: Label) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Icon(icon, role), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
    return row


def _led(label: Label, lead: str, words: str) -> None:
    label.setText(f"{lead} {words}" if words else "")
    if words:
        label.set_marks((TextMark(0, len(lead), weight=600),))
