"""Two versions of one text side by side, and an editor for the one text they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import GrowingText, Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import ColumnsLayout


@dataclass(frozen=True, slots=True)
class TextPair:
    """A question and its two answers, each with when it was saved."""

    field: str
    question: str
    earlier: str
    earlier_when: str
    later: str
    later_when: str

    @property
    def both(self) -> str:
        """One after the other, a blank line between them."""
        return "\n\n".join(part for part in (self.earlier.strip(), self.later.strip()) if part)


class TwoTextsSurface(DialogSurface):
    """Nothing is chosen beforehand: the editor begins with both texts, either can be taken whole with one button."""

    joined = Signal(object)
    """Emitted, after the surface is gone, with a mapping of field ids to texts."""

    def __init__(self, ground: QWidget, pairs: Sequence[TextPair]) -> None:
        super().__init__(ground, tr("Two versions"), close_words=tr("Later"))
        self._pairs = {pair.field: pair for pair in pairs}
        self._editors: dict[str, GrowingText] = {}
        words = tr("Both were saved without knowing of each other. Make one text of them; both stay in the history.")
        self.body.addWidget(Label(words, "body", "ink2"))
        for pair in pairs:
            self._add_pair(pair)
        self.body.addStretch(1)
        later = Button(tr("Later"), "quiet")
        later.clicked.connect(lambda _checked=False: self.close_surface())
        words = tr("Keep this text") if len(pairs) == 1 else tr("Keep these texts")
        save = Button(words, "primary", hint=tr("Ctrl+Enter"))
        save.clicked.connect(lambda _checked=False: self.join())
        self.footer.addStretch(1)
        self.footer.addWidget(later)
        self.footer.addWidget(save)
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.join)

    def editor(self, field: str) -> GrowingText:
        """Where the one text of a question is written."""
        return self._editors[field]

    def take(self, field: str, *, later: bool) -> None:
        """Put one of the two versions into the editor, whole."""
        pair = self._pairs[field]
        self._editors[field].set_words(pair.later if later else pair.earlier)
        self._editors[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def join(self) -> None:
        """Hand over what stands in the editors."""
        texts = {field: editor.words() for field, editor in self._editors.items()}
        self.close_surface()
        self.joined.emit(texts)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or next(iter(self._editors.values()), None))

    def _add_pair(self, pair: TextPair) -> None:
        self.body.addWidget(Label(pair.question, "heading"))
        earlier = self._version(pair.earlier_when, pair.earlier, partial(self.take, pair.field, later=False))
        later = self._version(pair.later_when, pair.later, partial(self.take, pair.field, later=True))
        self.body.addWidget(ColumnsLayout([(earlier, 1, 0), (later, 1, 0)]))
        editor = GrowingText(name=pair.question, least=3, most=12)
        editor.set_words(pair.both)
        self._editors[pair.field] = editor
        self.body.addWidget(Labelled(tr("How it reads from now on"), editor))

    @staticmethod
    def _version(when: str, words: str, take: partial[None]) -> Surface:
        well = Surface("sunken", radius_px=8)
        well.body.addWidget(Label(when, "caption", "ink3"))
        well.body.addWidget(Label(words or tr("left empty"), "line", "ink" if words else "ink3"))
        button = Button(tr("Take this one"), "plain", small=True)
        button.setAccessibleDescription(when)
        button.clicked.connect(lambda _checked=False: take())
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        well.body.addLayout(column)
        return well
