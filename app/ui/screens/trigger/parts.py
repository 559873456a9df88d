"""Pieces of the trigger form that no other form has: then beside now, recent cues, and the row that opens more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption
from app.ui.widgets.field_editors import Editor, LineEditor
from app.ui.widgets.label import Label
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.painting import PaintedWidget, box, text
from app.ui.widgets.text_link import TextLink

_TAG_GAP_PX = 6


class ThenNow(Editor):
    """Two lines side by side: what it took me back to, and what is different today. The answer is a pair."""

    middle_px = 23

    def __init__(self, then: str, now: str) -> None:
        super().__init__()
        self._lines = (LineEditor(), LineEditor())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for column, (words, line) in enumerate(zip((then, now), self._lines, strict=True)):
            grid.addWidget(Label(words.lower(), "caption", "ink3", lines=1), 0, column)
            grid.addWidget(line, 1, column)
            grid.setColumnStretch(column, 1)
            line.call(words)
            line.changed.connect(self.changed)
        self.setFocusProxy(self._lines[0])

    def answer(self) -> object:
        """Both lines, or None while both are open."""
        pair = tuple(line.answer() for line in self._lines)
        return pair if any(part is not None for part in pair) else None

    def show_answer(self, value: object) -> None:
        """Show both."""
        pair = value if isinstance(value, tuple) else (None, None)
        for line, part in zip(self._lines, pair, strict=True):
            line.show_answer(part)

    def call(self, question: str) -> None:
        """Both lines carry their own names."""


class Tag(PaintedWidget):
    """A small word to take with one click. Not a tab stop: the field above offers the same words with the down key."""

    taken = Signal(str)

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(word)

    @override
    def wanted(self) -> QSize:
        wide = self.metrics("caption").horizontalAdvance(self.word) + self.theme.px(18)
        return QSize(wide, self.theme.px(22))

    @override
    def draw(self, painter: QPainter) -> None:
        hover = self.underMouse()
        fill = self.theme.color("hover") if hover else None
        rect = self.rect().toRectF()
        box(painter, rect, rect.height() / 2, fill=fill, edge=self.theme.color("control" if hover else "line"))
        text(painter, rect, self.word, self.theme, "caption", "ink2")

    @override
    def enterEvent(self, event: object) -> None:
        self.update()

    @override
    def leaveEvent(self, event: object) -> None:
        self.update()

    @override
    def mouseReleaseEvent(self, event: object) -> None:
        self.taken.emit(self.word)


class RecentCues(QWidget):
    """Cues of late as one-click words below a cue field; the down and up keys walk through them in the field."""

    taken = Signal(str)

    def __init__(self, field: QObject) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._at = -1
        self._tags: list[Tag] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_TAG_GAP_PX)
        self._before = Caption(tr("before:"))
        self._row.addWidget(self._before)
        self._row.addStretch(1)
        field.installEventFilter(self)
        self.hide()

    def offer(self, words: Sequence[str]) -> None:
        """Offer these; none hides the row."""
        if tuple(words) == self._words:
            return
        self._words, self._at = tuple(words), -1
        for tag in self._tags:
            self._row.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._tags = [Tag(word) for word in words]
        for place, tag in enumerate(self._tags, 1):
            tag.taken.connect(self.taken)
            self._row.insertWidget(place, tag)
        self.setVisible(bool(words))
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as its first words: what does not fit beside them is left out."""
        return QSize(self._before.sizeHint().width(), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show what fits on one line; the keys reach the others too."""
        room = self.width() - self._before.sizeHint().width()
        for tag in self._tags:
            wide = tag.sizeHint().width() + _TAG_GAP_PX
            tag.setVisible(wide <= room)
            room -= wide if wide <= room else 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._words:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._at = (self._at + step) % len(self._words)
                self.taken.emit(self._words[self._at])
                return True
        return False


class MoreRow(QWidget):
    """The row that opens and closes a part of the form; the key does the same."""

    toggled = Signal()

    def __init__(self, closed: str, opened: str, less: str, key: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._more = TextLink(closed, trailing="caret-down")
        self._title = Label(opened, "label", "ink", lines=1, elide=True)
        self._less = TextLink(less, trailing="caret-up")
        self._hint = KeyHint(key)
        self._key = key
        for button in (self._more, self._less):
            button.clicked.connect(self.toggled)
        row.addWidget(self._more)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addWidget(self._less)
        self.show_open(opened=False)

    def show_open(self, *, opened: bool) -> None:
        """Show the words that fit."""
        self._more.setVisible(not opened)
        self._hint.setVisible(not opened and bool(self._key))
        self._title.setVisible(opened)
        self._less.setVisible(opened and bool(self._less.text()))


class CalmOffer(QWidget):
    """After a strong one: it is saved, and Calm is there for who wants it. All three answers weigh the same.

    `buttons` go to the foot of the sheet.
    """

    calm = Signal()
    leave = Signal()
    undo = Signal()

    def __init__(self) -> None:
        super().__init__()
        box_layout = QVBoxLayout(self)
        box_layout.setContentsMargins(0, 0, 0, 0)
        box_layout.setSpacing(2)
        box_layout.addWidget(Label(tr("That was a strong one."), "body", "ink"))
        words = tr("Calm is open if you would like it; nothing has to follow.")
        box_layout.addWidget(Label(words, "body", "ink2"))
        self.first = Button(tr("Open Calm"), "plain", icon="calm")
        back = Button(tr("Back to where I was"), "plain")
        undo = Button(tr("Undo"), "quiet")
        for button, signal in ((self.first, self.calm), (back, self.leave), (undo, self.undo)):
            button.clicked.connect(signal)
        self.buttons = (undo, back, self.first)
