"""One question of a form: its words, its editor, help, and what is said when an answer does not fit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.card import Icon
from app.ui.widgets.field_editors import Editor
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink

LATER_KEY: Final = "Alt+N"
"""Not now: leaves the question with the focus for later."""
LABEL_PX: Final = 148
"""Width of the column of questions, in px at 100 %."""
_LATER_MIDDLE_PX: Final = 4
"""What `Editor.middle_px` is for the button."""
_SHORT: Final = 72
"""Letters of a question that still stands beside its control; a longer one would be a tall, narrow block there."""
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


class LaterButton(TextLink):
    """Leaves a question for later: quiet until it is pointed at. The keyboard has `LATER_KEY` on the question itself,
    so that a long form does not need two steps a question.
    """

    def __init__(self) -> None:
        super().__init__(tr("later"))
        words = tr("Leave for later ({key})").format(key=LATER_KEY)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def _ink(self) -> Role:
        return "lee" if self.underMouse() else "ink3"


class Waiting(QWidget):
    """What stands in place of a question that was left for later, on one line."""

    def __init__(self, question: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_hub().theme.space("m"))
        self.answer = TextLink(tr("Answer now"))
        self.answer.setAccessibleDescription(question)
        row.addWidget(Label(tr("left for later"), "small", "ink3", lines=1))
        row.addWidget(self.answer)
        row.addStretch(1)


class Question(QWidget):
    """Words beside the control, or above it where there is no room; help and trouble always below it.

    With `may_wait` it can be left for later while it is open: it folds to one line that says so. False keeps the room
    for that beside the control, so that the controls of a form end on one line; None keeps none.
    """

    waited = Signal(bool)
    """A person left it for later, or took it up again."""

    def __init__(
        self,
        words: str,
        editor: Editor,
        help_words: str = "",
        *,
        label_px: int = LABEL_PX,
        may_wait: bool | None = None,
    ) -> None:
        super().__init__()
        self._later = LaterButton() if may_wait is not None else None
        self._may_wait = bool(may_wait)
        self._later_room = QWidget(self)
        self._later_box = QVBoxLayout(self._later_room)
        self._waiting: Waiting | None = None
        self._question = words
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
        if self._later is not None:
            keeps_room = self._later.sizePolicy()
            keeps_room.setRetainSizeWhenHidden(True)
            self._later.setSizePolicy(keeps_room)
            self._later_box.addWidget(self._later)
            self._later.clicked.connect(self.leave)
            self._later.setVisible(self._may_wait)
        self.arrange(beside=True)
        self._hub.changed.connect(self._theme_changed)

    def arrange(self, *, beside: bool) -> None:
        """Put the words beside the control or above it."""
        beside = beside and not self.editor.is_wide and len(self._question) <= _SHORT
        if beside == self._beside:
            return
        self._beside = beside
        column, first = (1, 0) if beside else (0, 1)
        for part in (self._holder, self.editor, self._help, self._trouble):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._holder, 0, 0)
        for row, part in enumerate((self.editor, self._help, self._trouble), first):
            self._grid.addWidget(part, row, column, 1, 1 if beside else 2)
        self._grid.setColumnStretch(column, 1)
        self._grid.setColumnStretch(1 - column, 0)
        if self._later is not None:
            self._grid.removeWidget(self._later_room)
            self._grid.addWidget(self._later_room, 0, 2 if beside else 1, Qt.AlignmentFlag.AlignTop)
        self._place_waiting()
        self._place_below()
        self._measure()

    @property
    def may_wait(self) -> bool:
        """Whether it can be left for later."""
        return self._may_wait

    @property
    def waits(self) -> bool:
        """Whether it is left for later."""
        return self._waiting is not None and not self._waiting.isHidden()

    def leave(self) -> None:
        """A person leaves it for later."""
        if self.may_wait and not self.waits and self.editor.answer() is None:
            self.show_waiting(waits=True)
            self.waited.emit(True)

    def take_up(self) -> None:
        """A person answers it after all."""
        self.show_waiting(waits=False)
        self.editor.setFocus()
        self.waited.emit(False)

    def show_waiting(self, *, waits: bool) -> None:
        """Fold it to its line, or unfold it."""
        if waits == self.waits or not self._may_wait:
            return
        if self._waiting is None:
            self._waiting = Waiting(self._question)
            self._waiting.answer.clicked.connect(self.take_up)
            self._place_waiting()
        self._waiting.setVisible(waits)
        self.editor.setVisible(not waits)
        self._help.setVisible(not waits and bool(self._help.text()))
        for part in self._below:
            part.setVisible(not waits)
        if waits:
            self._trouble.say("")
        self.show_open(is_open=not waits)

    def show_open(self, *, is_open: bool) -> None:
        """Offer to leave it for later while it is open."""
        if self._later is not None:
            self._later.setVisible(self._may_wait and is_open and not self.waits)

    def stops(self) -> QWidget:
        """What the keyboard goes to."""
        return self._waiting.answer if self.waits and self._waiting is not None else self.editor

    def _place_waiting(self) -> None:
        if self._waiting is not None:
            self._grid.removeWidget(self._waiting)
            self._grid.addWidget(self._waiting, *((0, 1, 1, 1) if self._beside else (1, 0, 1, 2)))

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
            self._grid.addWidget(widget, row, column, 1, 1 if self._beside else 2)

    def _measure(self) -> None:
        theme = self._hub.theme
        level = theme.px(max(0, self.editor.middle_px - _LATER_MIDDLE_PX)) if self._beside else 0
        self._later_box.setContentsMargins(theme.space("s"), level, 0, 0)
        if self._beside:
            self._box.setContentsMargins(0, theme.px(self.editor.middle_px), theme.px(12), 0)
            self._holder.setFixedWidth(theme.px(self._label_px))
        else:
            level = theme.px(_LATER_MIDDLE_PX) if self._later is not None else 0
            self._box.setContentsMargins(0, level, 0, 0)
            self._holder.setMinimumWidth(0)
            self._holder.setMaximumWidth(_ANY_WIDTH)

    def _theme_changed(self, _theme: Theme) -> None:
        self._measure()
