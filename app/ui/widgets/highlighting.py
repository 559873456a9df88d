"""Gentle marks in what is being written: a soft line under a wording, and one quiet sentence about it below the field.

Only paragraphs that change are looked through, so a long text costs no more than a short one. Nothing is ever refused.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget
from typing_extensions import override

from app.domain.gentle import GentleMark, GentleWords
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Icon
from app.ui.widgets.label import Label

LOOKED_THROUGH: Final = 20_000
"""Characters of one paragraph that are looked through; longer ones are pasted, not written."""
NOTED_AFTER_MS: Final = 700
"""How long the hands rest before something is said about a wording: never in the middle of a sentence."""


class SoftMarks(QSyntaxHighlighter):
    """Draws a dotted line under every wording of a list."""

    def __init__(self, control: QTextEdit, words: GentleWords) -> None:
        super().__init__(control)
        self._words = words
        self._look = QTextCharFormat()
        self._hub = current_hub()
        self._hub.changed.connect(self._restyle)
        self._color(self._hub.theme)
        self.setDocument(control.document())

    @override
    def highlightBlock(self, text: str) -> None:
        for mark in self._words.find(text[:LOOKED_THROUGH]):
            self.setFormat(mark.start, mark.length, self._look)

    def _color(self, theme: Theme) -> None:
        self._look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self._look.setUnderlineColor(theme.color("lamp_mark"))

    def _restyle(self, theme: Theme) -> None:
        self._color(theme)
        self.rehighlight()


class GentleNote(QWidget):
    """The sentence about the wording nearest before the cursor, in the paragraph one is writing; else nothing.

    A screen reader hears each sentence once for a form, politely.
    """

    def __init__(self, control: QTextEdit, words: GentleWords) -> None:
        super().__init__()
        self._control, self._words = control, words
        self.marks = SoftMarks(control, words)
        self._heard: set[str] = set()
        self._shown: GentleMark | None = None
        self._label = Label("", "caption", "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_hub().theme.space("xs"))
        row.addWidget(Icon("info", "ink3", small=True), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.hide()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(NOTED_AFTER_MS)
        self._resting.timeout.connect(self.look)
        control.textChanged.connect(self._resting.start)
        control.cursorPositionChanged.connect(self._resting.start)

    def said(self) -> str:
        """The sentence that stands there now; empty when none does."""
        return self._label.text() if self._shown is not None else ""

    def look(self) -> None:
        """Look at the paragraph with the cursor now."""
        cursor = self._control.textCursor()
        block = cursor.block().text()[:LOOKED_THROUGH]
        found = self._words.find(block)
        before = [mark for mark in found if mark.start < max(1, cursor.positionInBlock())]
        self._show(block, before[-1] if before else next(iter(found), None))

    def _show(self, block: str, mark: GentleMark | None) -> None:
        self._shown = mark
        self.setVisible(mark is not None)
        if mark is None:
            return
        wording = " ".join(block[mark.start : mark.start + mark.length].split())
        words = tr("“{wording}”: {line}").format(wording=wording, line=mark.line)
        self._label.setText(words)
        self._control.setAccessibleDescription(words)
        if mark.item not in self._heard:
            self._heard.add(mark.item)
            if QAccessible.isActive():
                told = QAccessibleAnnouncementEvent(self._control, words)
                told.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
                QAccessible.updateAccessibility(told)
