"""Help with the words: sentence frames with places to write, and the sentence they make."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.ui.screens.conversation.bar import Bar
from app.ui.screens.conversation.state import StepPage
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.highlighting import SoftMarks
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.text_link import TextLink

_BEFORE_PX = 132
_AT_FIRST = 3
"""How many places to write stand there at first; the others wait behind a word."""


class WordHelper(Surface):
    """Every frame is optional. What is filled in reads as a sentence below, with wordings marked that may sting."""

    filled = Signal(object)
    """Emitted with what stands in the gaps, frame by frame."""

    def __init__(self, page: StepPage, parent: QWidget) -> None:
        super().__init__("sunken", parent=parent)
        self._fields: list[tuple[int, int, GrowingText]] = []
        self._marks: list[SoftMarks] = []
        self._frames = max((row.frame for row in page.rows), default=-1) + 1
        self._waiting: list[QWidget] = []
        self._more = TextLink(tr("More ways to begin"), icon="plus")
        self._told = QWidget()
        self._bar = Bar()
        self._sentence = Label("", "line")
        self._said_row = QWidget()
        self._said = Label("", "small", "ink2")
        self._assemble(page)
        self.setAccessibleName(tr("Help with the words"))

    def first(self) -> QWidget | None:
        """The first place to write."""
        return self._fields[0][2] if self._fields else None

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops here, from top to bottom."""
        return (*(field for _frame, _gap, field in self._fields), self._more)

    def show_sentence(self, page: StepPage) -> None:
        """Show the sentence as it reads now; nothing typed is touched."""
        self._told.setVisible(bool(page.sentence))
        self._said_row.setVisible(bool(page.said))
        self._bar.show_second(second=page.second)
        if self._sentence.text() != page.sentence:
            self._sentence.setText(page.sentence)
            self._sentence.set_marks([TextMark(start, length, underline=True) for start, length in page.marks])
        if self._said.text() != page.said:
            self._said.setText(page.said)

    def _assemble(self, page: StepPage) -> None:
        theme = current_hub().theme
        head = QHBoxLayout()
        head.setSpacing(theme.space("s"))
        title = Label(tr("Help with the words"), "label", lines=1)
        title.set_weight(600)
        head.addWidget(title)
        head.addWidget(Label(page.helper_for, "small", "ink2", lines=1))
        head.addStretch(1)
        self.body.addLayout(head)
        self._add_gaps(page)
        if page.phrases:
            said = " ".join(tr("“{words}”").format(words=phrase) for phrase in page.phrases)
            self.body.addWidget(Label(said, "small", "ink2"))
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, theme.space("xs"), 0, 0)
        told.setSpacing(theme.space("m"))
        told.addWidget(self._bar)
        told.addWidget(self._sentence, 1)
        said_row = QHBoxLayout(self._said_row)
        said_row.setContentsMargins(0, 0, 0, 0)
        said_row.setSpacing(theme.space("xs"))
        said_row.addWidget(Icon("info", "ink3", small=True), 0, Qt.AlignmentFlag.AlignTop)
        said_row.addWidget(self._said, 1)
        self.body.addWidget(self._told)
        self.body.addWidget(self._said_row)

    def _add_gaps(self, page: StepPage) -> None:
        theme = current_hub().theme
        gaps = QWidget()
        grid = QGridLayout(gaps)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(theme.space("s"))
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(page.rows):
            waits = number >= _AT_FIRST and not any(known.words for known in page.rows[_AT_FIRST:])
            words = " ".join(part for part in (row.before, row.after) if part)
            field = GrowingText(name=words, style="line", least=1, most=4)
            field.set_words(row.words)
            field.textChanged.connect(self._changed)
            self._marks.append(SoftMarks(field, page.words))
            self._fields.append((row.frame, row.gap, field))
            before, after = Label(row.before, "body", "ink2"), Label(row.after, "body", "ink2", lines=1)
            before.setFixedWidth(theme.px(_BEFORE_PX))
            grid.addWidget(before, number, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, number, 1)
            grid.addWidget(after, number, 2, Qt.AlignmentFlag.AlignVCenter)
            if waits or not row.after:
                after.hide()
            if waits:
                before.hide()
                field.hide()
                self._waiting += [part for part in (before, field, after) if part is not after or row.after]
        self.body.addWidget(gaps)
        self._more.clicked.connect(lambda _checked=False: self._unfold())
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        if not self._waiting:
            self._more.hide()

    def _unfold(self) -> None:
        first = next((part for part in self._waiting if isinstance(part, GrowingText)), None)
        for part in self._waiting:
            part.show()
        self._more.hide()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        frames: list[list[str]] = [[] for _ in range(self._frames)]
        for frame, _gap, field in self._fields:
            frames[frame].append(field.words().replace("\n", " "))
        self.filled.emit(tuple(tuple(frame) for frame in frames))
