"""One question of a form: its words, its editor, help, and what is said when an answer does not fit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Icon
from app.ui.widgets.field_editors import Editor
from app.ui.widgets.label import Label

LABEL_PX: Final = 148
"""Width of the column of questions, in px at 100 %."""
_ANY_WIDTH: Final = 16_777_215


class Trouble(QWidget):
    """A calm line in lamp text with an icon; wraps, and is hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._words = Label("", "caption", "lamp")
        row.addWidget(Icon("info", "lamp", small=True), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str) -> None:
        """Say it, or nothing with empty words."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What is said now."""
        return self._words.text()


class Question(QWidget):
    """Words beside the control, or above it where there is no room; help and trouble always below it."""

    def __init__(self, words: str, editor: Editor, help_words: str = "", *, label_px: int = LABEL_PX) -> None:
        super().__init__()
        self.editor = editor
        self._hub = current_hub()
        self._label_px = label_px
        self._beside: bool | None = None
        self._below: list[QWidget] = []
        self._words = Label(words, "body", "ink")
        self._holder = QWidget()
        self._box = QVBoxLayout(self._holder)
        self._box.addWidget(self._words, 0, Qt.AlignmentFlag.AlignTop)
        below = [part for part in (help_words, editor.hint()) if part]
        self._help = Label(" ".join(below), "caption", "ink3")
        if not below:
            self._help.hide()
        self._trouble = Trouble()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if words:
            editor.call(words)
        self.arrange(beside=True)
        self._hub.changed.connect(self._theme_changed)

    def arrange(self, *, beside: bool) -> None:
        """Put the words beside the control or above it."""
        if beside == self._beside:
            return
        self._beside = beside
        column, first = (1, 0) if beside else (0, 1)
        for part in (self._holder, self.editor, self._help, self._trouble):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._holder, 0, 0)
        for row, part in enumerate((self.editor, self._help, self._trouble), first):
            self._grid.addWidget(part, row, column)
        self._grid.setColumnStretch(column, 1)
        self._grid.setColumnStretch(1 - column, 0)
        self._place_below()
        self._measure()

    def add_below(self, widget: QWidget) -> None:
        """Put something below the control and its help: suggestions, recent words."""
        self._below.append(widget)
        self._place_below()

    def show_trouble(self, words: str) -> None:
        """Say what does not fit and what to do; nothing with empty words."""
        self._trouble.say(words)
        control = self.editor.focusProxy()
        if control is not None and words:
            control.setAccessibleDescription(words)

    def trouble(self) -> str:
        """What is said about this answer now; empty when it fits."""
        return self._trouble.words()

    def _place_below(self) -> None:
        column, first = (1, 4) if self._beside else (0, 5)
        for row, widget in enumerate(self._below, first):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, row, column)

    def _measure(self) -> None:
        theme = self._hub.theme
        if self._beside:
            self._box.setContentsMargins(0, theme.px(self.editor.middle_px), theme.px(12), 0)
            self._holder.setFixedWidth(theme.px(self._label_px))
        else:
            self._box.setContentsMargins(0, 0, 0, 0)
            self._holder.setMinimumWidth(0)
            self._holder.setMaximumWidth(_ANY_WIDTH)

    def _theme_changed(self, _theme: Theme) -> None:
        self._measure()
