"""Words of one's own: text that grows, and lists of short things."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor
from typing_extensions import override

from app.domain.gentle import GentleWords
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.field_editors import Editor
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.highlighting import GentleNote


class TextEditor(Editor):
    """Words that grow with what is written; long texts start with more room and read as reading type.

    `reasons` ("not now") can stand where nothing is written: they go with the first word. `watch` marks wordings.
    """

    def __init__(self, *, long: bool, reasons: Sequence[Chip] = (), watch: GentleWords | None = None) -> None:
        super().__init__()
        self.control = GrowingText(style="reading" if long else "line", least=4 if long else 1, most=14 if long else 6)
        self._showing = True
        self.control.textChanged.connect(self._edited)
        self._reasons = Chips(reasons, single=True) if reasons else None
        self.note = GentleNote(self.control, watch) if watch is not None else None
        below = (part for part in (self.note, self._reasons) if part is not None)
        self._hold(self.control, *below)
        self._showing = False
        if self._reasons is not None:
            self._reasons.changed.connect(lambda _keys: self.changed.emit())

    def answer(self) -> object:
        """The words, a reason's id, or None for nothing but space."""
        words = self.control.words()
        if words.strip():
            return words
        return next(iter(self._reasons.chosen()), None) if self._reasons is not None else None

    def show_answer(self, value: object) -> None:
        """Show the words or the reason; undo starts afresh."""
        reason = self._reasons is not None and isinstance(value, str) and value in self._reasons.given_keys()
        self._showing = True
        self.control.set_words(value if isinstance(value, str) and not reason else "")
        self._showing = False
        if self._reasons is not None:
            self._reasons.choose((str(value),) if reason else ())
        self._make_room()

    @override
    def go_on(self) -> None:
        super().go_on()
        self.control.moveCursor(QTextCursor.MoveOperation.End)

    @override
    def call(self, question: str) -> None:
        super().call(question)
        if self._reasons is not None:
            self._reasons.setAccessibleName(question)

    def _edited(self) -> None:
        if self._showing:
            return
        self._make_room()
        self.changed.emit()

    def _make_room(self) -> None:
        """A reason stands only where nothing is written."""
        if self._reasons is None:
            return
        empty = self.control.document().isEmpty()
        if not empty and self._reasons.chosen():
            self._reasons.choose(())
        self._reasons.setVisible(empty)


class ListEditor(TextEditor):
    """Several short things, one a line."""

    def __init__(self) -> None:
        super().__init__(long=False)

    def answer(self) -> object:
        """The lines that hold something."""
        lines = [line for line in self.control.words().splitlines() if line.strip()]
        return lines or None

    def show_answer(self, value: object) -> None:
        """Show each on its line."""
        super().show_answer("\n".join(str(part) for part in value) if isinstance(value, (list, tuple)) else "")
