"""The history of one agreement: every wording with what it changed, why, and who marked it. Nothing is overwritten."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.actions import key_words
from app.ui.screens.agreements.state import HistoryEntry, Part
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Rule, Surface
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.scroll_part import ScrollPart

HISTORY_KEY = "Ctrl+Shift+H"


class HistoryPanel(Surface):
    """A card at the right, or a drawer over the page where there is no room for a third column."""

    closed = Signal()
    """Emitted by the close button and by Esc."""

    def __init__(self) -> None:
        super().__init__("card")
        self.setAccessibleName(tr("History"))
        theme = current_hub().theme
        top = QHBoxLayout()
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(Label(tr("History"), "heading"))
        heading.addWidget(Label(tr("Older wordings stay here. Nothing is overwritten."), "caption", "ink2"))
        top.addLayout(heading, 1)
        self.close_button = IconButton("x", tr("Close the history"))
        self.close_button.clicked.connect(lambda _checked=False: self.closed.emit())
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self.pane = _Wordings(self)
        self.pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pane.setAccessibleName(tr("Wordings, newest first"))
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, theme.space("xs"), 0)
        self._column.setSpacing(theme.space("xs"))
        self.pane.setWidget(self._inner)
        self.body.addWidget(self.pane, 1)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(key_words(HISTORY_KEY)))
        foot.addWidget(Label(tr("opens and closes this"), "caption", "ink3"), 1)
        self.body.addLayout(foot)
        self._shown: tuple[HistoryEntry, ...] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_entries(self, entries: tuple[HistoryEntry, ...]) -> None:
        """Show these wordings, newest first; what is shown already stays."""
        if entries == self._shown:
            return
        self._shown = entries
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for entry in entries:
            self._column.addWidget(Rule())
            self._column.addWidget(_entry(entry))
        self._column.addStretch(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


class _Wordings(ScrollPart):
    """Reached by Tab, so that the arrow keys can scroll what nobody can press."""

    spoken_role = QAccessible.Role.Pane

    def spoken_value(self) -> str:
        """See `Spoken`: it holds words, and none of them is a value."""
        return ""


def _entry(entry: HistoryEntry) -> QWidget:
    theme = current_hub().theme
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.space("xs"))
    top = QHBoxLayout()
    top.setSpacing(theme.space("s"))
    top.addWidget(Label(entry.title, "label", lines=1))
    if entry.current:
        top.addWidget(Label(tr("current"), "caption", "lee", lines=1))
    top.addStretch(1)
    top.addWidget(Label(entry.date, "caption", "ink2", lines=1))
    column.addLayout(top)
    parts = _apart(entry.parts)
    words = Label("".join(part.words for part in parts), "line")
    marks, at = [], 0
    for part in parts:
        size = len(part.words.encode("utf-16-le", "surrogatepass")) // 2
        if part.fate == "gone":
            marks.append(TextMark(at, size, strike=True))
        elif part.fate == "new":
            marks.append(TextMark(at, size, tint="lee_tint"))
        at += size
    words.set_marks(marks)
    words.setAccessibleName(entry.spoken)
    column.addWidget(words)
    for caption in entry.captions:
        column.addWidget(Label(caption, "caption", "ink2"))
    return made


def _apart(parts: tuple[Part, ...]) -> list[Part]:
    """The stretches as they are read: a space between what went and what came in its place."""
    found: list[Part] = []
    for part in parts:
        if found and found[-1].fate == "gone" and part.fate == "new" and not found[-1].words.endswith((" ", "\n")):
            found.append(Part("same", " "))
        found.append(part)
    return found
