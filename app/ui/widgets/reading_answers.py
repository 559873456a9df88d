"""Answers set for reading: questions as captions, a person's words in the reading face, lists, scales, two people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme, TypeName
from app.ui.widgets.label import Label
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.painting import PaintedWidget, box, text
from app.ui.widgets.reading_grid import GridView
from app.ui.widgets.reading_shapes import Each, Grid, Items, Point, Shape

_BESIDE_PX: Final = 400
"""Room from which a short answer stands beside its question."""
_QUESTION_PX: Final = 172
_LONG: Final = 90
"""Letters from which a question or its answer take the whole measure, one below the other."""
_STEP_PX: Final = 20
_MARK_PX: Final = 20


class Answer(Protocol):
    """What this page knows of an answer; `app.ui.models.answers.Answered` is one."""

    @property
    def question(self) -> str:
        """The question; empty where the title asks it already."""

    @property
    def words(self) -> str:
        """The answer in words."""

    @property
    def personal(self) -> bool:
        """Whether a person wrote it."""

    @property
    def long(self) -> bool:
        """Whether it is a text rather than a line."""

    @property
    def section(self) -> str:
        """The heading it stands under."""

    @property
    def shape(self) -> Shape | None:
        """How it is set, where words are not all of it."""


def section_head(words: str) -> Label:
    """The heading of a part of a form."""
    made = Label(words, "label", "ink2")
    made.set_weight(600)
    return made


def answer_widgets(answers: Sequence[Answer]) -> list[QWidget]:
    """Answers in their order, with a heading wherever another part of the form begins."""
    made: list[QWidget] = []
    section = ""
    for answer in answers:
        if answer.section and answer.section != section:
            section = answer.section
            made.append(section_head(section))
        made.append(AnswerRow(answer))
    return made


class AnswerRow(QWidget):
    """A question with its answer: beside it where there is room, above it otherwise and before long texts."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._hub = current_hub()
        words, shape = answer.words, answer.shape
        wordy = answer.personal and shape is None and (len(words) > _LONG or "\n" in words)
        asked_at_length = len(answer.question) > _LONG
        self._long = (answer.personal and answer.long) or wordy or asked_at_length or isinstance(shape, Grid | Each)
        self._question = Label(answer.question, "caption", "ink3")
        self._style: TypeName = "body" if not answer.personal else "reading" if answer.long else "line"
        self._body = _body(words, shape, self._style)
        self._wide = isinstance(shape, Grid)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._line = QVBoxLayout()
        self._line.addWidget(self._question)
        self._line.addStretch(1)
        self._row.addLayout(self._line)
        self._row.addWidget(self._body, 1)
        self._place()
        self._hub.changed.connect(self._place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        theme = self._hub.theme
        self._question.setVisible(bool(self._question.text()))
        beside = not self._long and self.width() >= theme.px(_BESIDE_PX)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if beside else down)
        self._row.setSpacing(theme.px(14) if beside else theme.px(2))
        drop = theme.line_height(self._style) - theme.line_height("caption")
        self._line.setContentsMargins(0, -(-drop // 2) if beside else 0, 0, 0)
        most = 16_777_215
        self._body.setMaximumWidth(most if self._wide else theme.size("reading_measure"))
        wide = theme.px(_QUESTION_PX)
        self._question.setMinimumWidth(wide if beside else 0)
        self._question.setMaximumWidth(wide if beside else most)


def _body(words: str, shape: Shape | None, style: TypeName) -> QWidget:
    if isinstance(shape, Items):
        return ItemList(shape)
    if isinstance(shape, Grid):
        return GridView(shape)
    if isinstance(shape, Point):
        return PointView(shape, words)
    if isinstance(shape, Each):
        return EachView(shape)
    return Paragraphs(words) if style == "reading" else Label(words, style)


class Paragraphs(QWidget):
    """A long text, a paragraph a label: what is out of sight is not painted, however long the whole is."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._hub = current_hub()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in words.split("\n"):
            if part.strip():
                self._column.addWidget(Label(part.strip(), "reading"))
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def _restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(10))


class ItemList(QWidget):
    """Lines of a list, each behind a small dash of its own."""

    def __init__(self, items: Items) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for words in items.lines:
            row = QHBoxLayout()
            row.setSpacing(6)
            dash = Label("–", "line", "ink3")
            dash.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
            dash.setAccessibleName("")
            row.addWidget(dash, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(words, "line"), 1)
            column.addLayout(row)
        self.setAccessibleName(", ".join(items.lines))


class PointView(QWidget):
    """A number on its scale, and below it what both ends are called."""

    def __init__(self, point: Point, spoken: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(_Strip(point, spoken))
        if point.low or point.high:
            ends = tr("{least} {low}, {most} {high}").format(
                least=point.lowest, low=point.low, most=point.highest, high=point.high
            )
            column.addWidget(Label(ends, "caption", "ink3"))


class _Strip(PaintedWidget):
    """The places of a scale; only the chosen one is filled: it is not a gauge."""

    def __init__(self, point: Point, spoken: str) -> None:
        super().__init__()
        self._point = point
        self.setAccessibleName(spoken)

    @override
    def wanted(self) -> QSize:
        places = self._point.highest - self._point.lowest + 1
        return QSize(self.theme.px(_STEP_PX) * places, self.theme.px(_MARK_PX))

    @override
    def draw(self, painter: QPainter) -> None:
        theme, step, high = self.theme, self.theme.px(_STEP_PX), self.theme.px(_MARK_PX)
        for place in range(self._point.lowest, self._point.highest + 1):
            cell = QRectF((place - self._point.lowest) * step, 0, step, high)
            if place == self._point.value:
                box(painter, cell, theme.radius("bar"), fill=theme.color("lee"))
                text(painter, cell, str(place), theme, "caption", "on_lee", weight=600, tabular=True)
            else:
                dot = theme.px(4)
                spot = QRectF(cell.center().x() - dot / 2, cell.center().y() - dot / 2, dot, dot)
                box(painter, spot, dot / 2, fill=theme.color("control"))


class EachView(QWidget):
    """What each person answered, behind their mark."""

    def __init__(self, each: Each) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for said in each.people:
            row = QHBoxLayout()
            row.setSpacing(8)
            if said.who.initial:
                row.addWidget(PersonMark(said.who, size="small"), 0, Qt.AlignmentFlag.AlignTop)
            name = Label(said.who.name, "small", "ink2", lines=1)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            words = Label(said.words, "line" if said.personal else "body")
            words.setAccessibleName(tr("{name}: {words}").format(name=said.who.name, words=said.words))
            row.addWidget(words, 1)
            column.addLayout(row)
