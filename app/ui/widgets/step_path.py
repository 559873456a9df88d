"""The path of a thread: steps in stages on one line, with who leads each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.marks import Person, paint_mark
from app.ui.widgets.painting import PaintedWidget, box, text

_LEAST_COLUMN_PX = 68
_BETWEEN_LINES_PX = 8
_WORDS_GAP_PX = 5


class StepState(StrEnum):
    """Where a step stands. Going back is normal, so done is not final."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its state, who leads it, and the state in words for assistive technology."""

    words: str
    state: StepState = StepState.AHEAD
    people: tuple[Person, ...] = ()
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A named group of consecutive steps."""

    name: str
    steps: tuple[Step, ...]


def paint_node(painter: QPainter, rect: QRectF, number: int, state: StepState, widget: PaintedWidget) -> None:
    """Draw one node: a check when done, filled when current, an outline ahead."""
    theme = widget.theme
    if state is StepState.CURRENT:
        halo = rect.adjusted(-4, -4, 4, 4)
        box(painter, halo, halo.width() / 2, fill=theme.color("lee_tint"))
        box(painter, rect, rect.width() / 2, fill=theme.color("lee"))
        text(painter, rect, str(number), theme, "small", "on_lee", weight=600)
    elif state is StepState.DONE:
        box(painter, rect, rect.width() / 2, fill=theme.color("card"), edge=theme.color("lee"), width_px=1.4)
        inner = rect.adjusted(5, 5, -5, -5)
        paint_icon(painter, inner, "check", "lee", widget.hub)
    else:
        box(painter, rect, rect.width() / 2, fill=theme.color("card"), edge=theme.color("control"))
        text(painter, rect, str(number), theme, "small", "ink2")


class StepPath(PaintedWidget):
    """Steps from left to right (mirrored in right-to-left languages); too narrow, they wrap into further lines.

    One tab stop: arrows walk, Enter or Space opens a step, any step.
    """

    opened = Signal(int)
    """Emitted with the index of the step a person opened, counted through all stages."""

    spoken_role = QAccessible.Role.List

    def __init__(self, stages: Sequence[Stage] = (), *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = tuple(stages)
        self._cursor = 0
        self._ring = RingKeeper(self, self.focus_shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self.show_stages(stages)

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Show another path; the cursor goes to its current step."""
        self._stages = tuple(stages)
        steps = self.steps()
        self._cursor = next((i for i, s in enumerate(steps) if s.state is StepState.CURRENT), 0)
        self._tell()
        self.updateGeometry()

    def steps(self) -> tuple[Step, ...]:
        """All steps in order, without their stages."""
        return tuple(step for stage in self._stages for step in stage.steps)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        count = len(self.steps())
        lines = -(-count // self._per_line(width)) if count else 0
        return lines * self._line_height(width)

    @override
    def wanted(self) -> QSize:
        width = self._least_column() * min(4, max(1, len(self.steps())))
        return QSize(width, self.heightForWidth(max(width, self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._least_column()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self._ring.place()

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        node = self._node(self._cursor)
        return node, node.width() / 2

    @override
    def draw(self, painter: QPainter) -> None:
        steps = self.steps()
        self._draw_lines(painter, steps)
        self._draw_stages(painter)
        for index, step in enumerate(steps):
            paint_node(painter, self._node(index), index + 1, step.state, self)
            self._draw_words(painter, index, step)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        last = len(self.steps()) - 1
        goals = {
            Qt.Key.Key_Right: self._cursor + (-1 if mirrored else 1),
            Qt.Key.Key_Left: self._cursor + (1 if mirrored else -1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is not None:
            self._cursor = max(0, min(last, goal))
            self._tell()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and last >= 0:
            self.opened.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if index is not None and event.button() is Qt.MouseButton.LeftButton:
            self._cursor = index
            self._tell()
            self.opened.emit(index)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.unsetCursor()

    def _tell(self) -> None:
        steps = self.steps()
        if steps:
            step = steps[self._cursor]
            parts = (f"{self._cursor + 1} / {len(steps)}", step.words, step.spoken)
            self.setAccessibleDescription(", ".join(part for part in parts if part))
            self.tell_value_changed()
        self._ring.place()
        self.update()

    def _at(self, point: QPointF) -> int | None:
        return next((i for i in range(len(self.steps())) if self._cell(i).contains(point)), None)

    def _least_column(self) -> int:
        """The width in px under which a word of a step would reach into its neighbour."""
        metrics = self.metrics("caption", weight=600)
        longest = max((metrics.horizontalAdvance(word) for s in self.steps() for word in s.words.split()), default=0)
        return max(self.theme.px(_LEAST_COLUMN_PX), longest + self.theme.px(_WORDS_GAP_PX))

    def _per_line(self, width: int) -> int:
        """How many steps share a line: as many as fit, with the last line as full as the others."""
        count = max(1, len(self.steps()))
        fitting = max(1, min(count, width // self._least_column()))
        lines = -(-count // fitting)
        return -(-count // lines)

    def _line_height(self, width: int) -> int:
        theme = self.theme
        column = width // self._per_line(width)
        lines = max((len(_wrapped(s.words, self._words_width(column), theme)) for s in self.steps()), default=1)
        words = lines * theme.line_height("caption")
        marks = theme.size("person_mark_small") + theme.px(6)
        below = theme.px(_BETWEEN_LINES_PX) if self._per_line(width) < len(self.steps()) else 0
        return theme.px(28) + theme.size("step_node") + theme.px(8) + words + marks + below

    def _words_width(self, column: int) -> int:
        return max(10, column - self.theme.px(_WORDS_GAP_PX))

    def _cell(self, index: int) -> QRectF:
        per_line = self._per_line(self.width())
        wide = self.width() / per_line
        high = self._line_height(self.width())
        left = (index % per_line) * wide
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - wide
        return QRectF(left, (index // per_line) * high, wide, high)

    def _node(self, index: int) -> QRectF:
        cell, side = self._cell(index), self.theme.size("step_node")
        left = cell.left() + 1
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = cell.right() - side - 1
        return QRectF(round(left), round(cell.top() + self.theme.px(28)), side, side)

    def _draw_lines(self, painter: QPainter, steps: tuple[Step, ...]) -> None:
        starts = {0}
        for stage in self._stages:
            starts.add(max(starts) + len(stage.steps))
        for index, step in enumerate(steps):
            here, cell = self._node(index), self._cell(index)
            done = step.state is StepState.DONE
            ends_stage = index + 1 in starts
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            gap = self.theme.px(10) if ends_stage else 0
            y = here.center().y()
            if mirrored:
                line = QRectF(cell.left() + gap, y - 1, here.left() - cell.left() - gap, 2 if done else 1)
            else:
                line = QRectF(here.right(), y - 1, cell.right() - here.right() - gap, 2 if done else 1)
            painter.fillRect(line, self.theme.color("lee" if done else "line"))

    def _draw_stages(self, painter: QPainter) -> None:
        first = 0
        for stage in self._stages:
            current = any(step.state is StepState.CURRENT for step in stage.steps)
            rect, align = self._aligned(self._stage_room(first, len(stage.steps)), self.theme.line_height("small"))
            role: Role = "ink" if current else "ink3"
            weight = 500 if current else 400
            metrics = self.metrics("small", weight=weight)
            name = metrics.elidedText(stage.name, Qt.TextElideMode.ElideRight, round(rect.width()))
            text(painter, rect, name, self.theme, "small", role, align=align, weight=weight)
            first += len(stage.steps)

    def _stage_room(self, first: int, count: int) -> QRectF:
        """Where a stage's name may stand: over its steps that share the line of its first one."""
        per_line = self._per_line(self.width())
        last = min(first + count - 1, (first // per_line + 1) * per_line - 1)
        return self._cell(first).united(self._cell(last))

    def _draw_words(self, painter: QPainter, index: int, step: Step) -> None:
        theme, cell = self.theme, self._cell(index)
        current = step.state is StepState.CURRENT
        top = self._node(index).bottom() + theme.px(7)
        line_px = theme.line_height("caption")
        for line in _wrapped(step.words, self._words_width(round(cell.width())), theme):
            rect, align = self._aligned(QRectF(cell.left(), top, cell.width(), line_px), line_px)
            role: Role = "ink" if current else "ink2"
            text(painter, rect, line, theme, "caption", role, align=align, weight=600 if current else 400)
            top += line_px
        side = theme.size("person_mark_small")
        for number, person in enumerate(step.people):
            left = cell.left() + 1 + number * (side + 1)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = cell.right() - 1 - side - number * (side + 1)
            paint_mark(painter, QRectF(round(left), top + theme.px(4), side, side), person, theme)

    def _aligned(self, rect: QRectF, height: int) -> tuple[QRectF, Qt.AlignmentFlag]:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        return QRectF(rect.left(), rect.top(), rect.width(), height), align | Qt.AlignmentFlag.AlignAbsolute


def _wrapped(words: str, width: int, theme: Theme) -> list[str]:
    """Break step words into lines of caption type no wider than `width` px (a single long word may be)."""
    font = theme.font("caption", weight=600)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, QFontMetrics(font).averageCharWidth()))
        lines.append(words[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines or [""]
