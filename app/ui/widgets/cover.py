"""What stands before a heavy entry: a few words and equal ways on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.care import CoverButtons
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.bars import MiniBar
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout

_MEASURE_PX = 460
"""Narrow enough that the block stands in the middle of the card and not only its frame does."""
_HEAVIEST = 10


@dataclass(frozen=True, slots=True)
class Heaviness:
    """How heavy its writer last said it is, 0 to 10, and the same in words."""

    value: int
    words: str


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
    session_asked = Signal(bool)
    """Emitted when the entry should be on the list for a session, or not any more; it stays covered."""

    def __init__(self, words: CoverButtons) -> None:
        super().__init__("card")
        self._said = words
        self._listed = False
        self._thread = Label("", "read_title")
        self._title = Label("", "heading")
        self._words = Label("", "body", "ink2")
        self._safety = Button(tr("The safety page"), "plain")
        self.open = Button(words.open, "plain")
        self._not_now = Button(words.not_now, "plain")
        self.session = Button(words.session, "plain")
        self._calm = Button(words.calm, "plain")
        self._calm.setToolTip(tr("Ctrl+G"))
        self._list_words = QWidget()
        listed = QHBoxLayout(self._list_words)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addWidget(Icon("list-dashes", small=True), 0, Qt.AlignmentFlag.AlignTop)
        listed.addWidget(Label(words.listed, "caption", "ink3"), 1)
        pairs = (
            (self._safety, self.safety_asked), (self.open, self.opened), (self._not_now, self.declined),
        )  # fmt: skip
        answers = QWidget()
        row = FlowLayout(answers, gap_px=10, line_gap_px=10)
        for button, signal in pairs:
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            row.addWidget(button)
        self.session.clicked.connect(lambda _checked=False: self.session_asked.emit(not self._listed))
        self._calm.clicked.connect(lambda _checked=False: self.calm_asked.emit())
        row.addWidget(self.session)
        row.addWidget(self._calm)
        self._build_heaviness()
        self._assemble(answers)
        self._fit(self._hub.theme)
        self._hub.changed.connect(self._fit)

    def show_cover(
        self,
        name: str,
        title: str,
        words: str,
        *,
        safety: bool = False,
        listed: bool | None = None,
        heavy: Heaviness | None = None,
    ) -> None:
        """Stand before the entry of this name; `safety` offers the safety page first. `listed`: whether the entry is
        on the list for a session, None where it cannot be put there.
        """
        self._thread.setText(name)
        self._thread.setVisible(bool(name))
        self._title.setText(title)
        self._words.setText(words)
        self._safety.setVisible(safety)
        self._listed = listed is True
        self.session.setVisible(listed is not None)
        self.session.setText(self._said.unlist if self._listed else self._said.session)
        self._list_words.setVisible(self._listed)
        self._heavy.setVisible(heavy is not None)
        self._pips.show_steps(heavy.value if heavy else 0, description=heavy.words if heavy else "")
        self._heavy_words.setText(heavy.words if heavy else "")
        listed_words = self._said.listed if self._listed else ""
        parts = (title, words, heavy.words if heavy else "", listed_words)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self._fit(self._hub.theme)

    def focus_first(self) -> None:
        """Put the keyboard on the first answer."""
        first = self._safety if self._safety.isVisibleTo(self) else self.open
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_heaviness(self) -> None:
        self._heavy = QWidget()
        self._pips = MiniBar(count=_HEAVIEST)
        self._heavy_words = Label("", "caption", "ink3")
        row = QHBoxLayout(self._heavy)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._pips, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._heavy_words, 1)
        self._heavy.hide()

    def _assemble(self, answers: QWidget) -> None:
        inner = QWidget()
        self._inner = inner
        column = self._column = QVBoxLayout(inner)
        for part in (self._thread, self._heavy, self._title, self._words, answers, self._list_words):
            column.addWidget(part)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 60)
        across.addStretch(1)
        self.body.addStretch(4)
        self.body.addLayout(across)
        self.body.addStretch(5)

    def _fit(self, theme: Theme) -> None:
        self._inner.setMaximumWidth(theme.px(_MEASURE_PX))
        self._column.setSpacing(theme.space("m"))
        answers = [self.open, self._not_now, self._calm]
        answers += [button for button in (self._safety, self.session) if not button.isHidden()]
        for button in answers:
            button.setMinimumWidth(0)
        widest = max(button.sizeHint().width() for button in answers)
        for button in answers:
            button.setMinimumWidth(widest)
