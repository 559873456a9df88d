"""What changed in one answer: what went is struck through, what came is underlined, and both are said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.text import tr
from app.ui.theme.tokens import TypeName
from app.ui.widgets.label import Label, TextMark


class Fate(Enum):
    """What became of a stretch of words."""

    SAME = auto()
    GONE = auto()
    NEW = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer."""

    fate: Fate
    words: str


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question and its answer as it went over from one state to the next; `long` texts are set for reading."""

    question: str
    parts: tuple[Part, ...]
    long: bool = False

    @property
    def spoken(self) -> str:
        """The change for assistive technology, which neither strikes nor underlines."""
        told = {
            Fate.SAME: "{words}",
            Fate.GONE: tr("taken out: {words};"),
            Fate.NEW: tr("put in: {words};"),
        }
        said = " ".join(told[part.fate].format(words=part.words.strip()) for part in self.parts if part.words.strip())
        return tr("{question}: {change}").format(question=self.question, change=said)


class DifferenceView(QWidget):
    """Changed answers below each other, each under its question."""

    def __init__(self, changes: Sequence[ChangedAnswer]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for number, change in enumerate(changes):
            if number:
                column.addSpacing(8)
            column.addWidget(Label(change.question, "caption", "ink3"))
            column.addWidget(_marked(change))


def _marked(change: ChangedAnswer) -> Label:
    style: TypeName = "line" if change.long else "body"
    label = Label("".join(part.words for part in change.parts), style)
    marks, at = [], 0
    for part in change.parts:
        size = _units(part.words)
        if part.fate is Fate.GONE:
            marks.append(TextMark(at, size, strike=True))
        elif part.fate is Fate.NEW:
            marks.append(TextMark(at, size, tint="lee_tint", underline=True))
        at += size
    label.set_marks(marks)
    label.setAccessibleName(change.spoken)
    return label


def _units(words: str) -> int:
    """How many places a text takes where Qt counts: signs beyond the basic plane take two."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
