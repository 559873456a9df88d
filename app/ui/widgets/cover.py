"""What stands before a heavy entry: a few words and equal ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.care import CoverButtons
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout

_MEASURE_PX = 460
"""Narrow enough that the block stands in the middle of the card and not only its frame does."""


class CoverView(Surface):
    """Words in the middle of the card. All answers are the same size; the safety page comes first where it is meant."""

    opened = Signal()
    """Emitted when the entry should open."""
    declined = Signal()
    """Emitted on Not now."""
    calm_asked = Signal()
    """Emitted when Calm comes first."""
    safety_asked = Signal()
    """Emitted when the safety page should open."""

    def __init__(self, words: CoverButtons) -> None:
        super().__init__("card")
        self._thread = Label("", "read_title")
        self._title = Label("", "heading")
        self._words = Label("", "body", "ink2")
        self._safety = Button(tr("The safety page"), "plain")
        self.open = Button(words.open, "plain")
        self._not_now = Button(words.not_now, "plain")
        self._calm = Button(words.calm, "plain")
        pairs = (
            (self._safety, self.safety_asked), (self.open, self.opened), (self._not_now, self.declined),
            (self._calm, self.calm_asked),
        )  # fmt: skip
        answers = QWidget()
        row = FlowLayout(answers, gap_px=10, line_gap_px=10)
        widest = max(button.sizeHint().width() for button, _ in pairs[1:])
        for button, signal in pairs:
            button.setMinimumWidth(widest)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            row.addWidget(button)
        inner = QWidget()
        self._inner = inner
        column = self._column = QVBoxLayout(inner)
        for part in (self._thread, self._title, self._words, answers):
            column.addWidget(part)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 60)
        across.addStretch(1)
        self.body.addStretch(4)
        self.body.addLayout(across)
        self.body.addStretch(5)
        self._fit(self._hub.theme)
        self._hub.changed.connect(self._fit)

    def show_cover(self, name: str, title: str, words: str, *, safety: bool = False) -> None:
        """Stand before the entry of this name; `safety` offers the safety page first."""
        self._thread.setText(name)
        self._thread.setVisible(bool(name))
        self._title.setText(title)
        self._words.setText(words)
        self._safety.setVisible(safety)
        self.setAccessibleName(f"{title} {words}".strip())

    def _fit(self, theme: Theme) -> None:
        self._inner.setMaximumWidth(theme.px(_MEASURE_PX))
        self._column.setSpacing(theme.space("m"))

    def focus_first(self) -> None:
        """Put the keyboard on the first answer."""
        first = self._safety if self._safety.isVisibleTo(self) else self.open
        first.setFocus(Qt.FocusReason.OtherFocusReason)
