"""What every picture of a worksheet is painted with: words that wrap, stations in boxes, arrows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath

from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets.painting import box, outline
from app.ui.widgets.picture_parts import Node

BOX_PX: Final = 220.0
"""Width of a station at 100 %."""
PAD_PX: Final = 12.0
_ENDLESS: Final = re.compile(r"\S{16}(?=\S{4})")


class Drawing(Protocol):
    """A picture laid out for a width."""

    @property
    def size(self) -> QSizeF:
        """How much room it takes, in px."""

    def paint(self, painter: QPainter) -> None:
        """Draw it at the painter's origin."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a type style and a role."""

    words: str
    style: TypeName
    role: Role


def height(line: Line, width: float, theme: Theme) -> float:
    """How high words stand when they wrap in a width, in px."""
    metrics = QFontMetricsF(theme.font(line.style))
    flags = int(Qt.TextFlag.TextWordWrap)
    return metrics.boundingRect(QRectF(0, 0, max(1.0, width), 1e6), flags, _breakable(line.words)).height()


def write(
    painter: QPainter,
    rect: QRectF,
    line: Line,
    theme: Theme,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
) -> None:
    """Words inside a rectangle, wrapped, never cut."""
    painter.setFont(theme.font(line.style))
    painter.setPen(theme.color(line.role))
    wrap = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
    painter.drawText(rect, int(align) | int(wrap), _breakable(line.words))


def node_lines(node: Node) -> list[Line]:
    """A station's question, its words, and what lies beneath; three dots where nothing was answered."""
    lines = [
        Line(node.heading, "caption", "ink3"),
        Line(node.words, "reading", "ink"),
        Line(node.under, "small", "ink2"),
    ]
    return [line for line in lines if line.words] or [Line("…", "reading", "ink3")]


def node_height(node: Node, width: float, theme: Theme) -> float:
    """How high a station of this width is, in px."""
    room = width - 2 * PAD_PX
    lines = node_lines(node)
    return sum(height(line, room, theme) for line in lines) + theme.px(8) * (len(lines) - 1) + 2 * PAD_PX


def paint_node(painter: QPainter, rect: QRectF, node: Node, theme: Theme, *, edge: Role = "control") -> None:
    """A station in its box; what lies beneath stands in a dashed one."""
    box(painter, rect, theme.radius("card"), fill=theme.color("card"), edge=theme.color(edge))
    inside = rect.adjusted(PAD_PX, PAD_PX, -PAD_PX, -PAD_PX)
    for line in node_lines(node):
        tall = height(line, inside.width(), theme)
        room = QRectF(inside.left(), inside.top(), inside.width(), tall)
        if line.words == node.under and line.style == "small":
            well = room.adjusted(-6, -2, 6, 2)
            box(painter, well, theme.radius("control"), edge=theme.color("control"), dashed=True)
        write(painter, room, line, theme)
        inside.setTop(inside.top() + tall + theme.px(8))


def arrow_head(painter: QPainter, end: QPointF, along: QPointF, theme: Theme) -> None:
    """The head of an arrow that arrives at `end` in the direction `along`."""
    length = max(1.0, float((along.x() ** 2 + along.y() ** 2) ** 0.5))
    step = QPointF(along.x() / length, along.y() / length) * theme.px(8)
    side = QPointF(-step.y(), step.x()) * 0.6
    head = QPainterPath(end)
    head.lineTo(end - step + side)
    head.lineTo(end - step - side)
    head.closeSubpath()
    painter.fillPath(head, theme.color("lee"))


def stroke(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """The line of an arrow."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline(theme.color("lee"), 2.0))
    painter.drawPath(path)


def _breakable(words: str) -> str:
    """The same words; one that is wider than any box may be broken where it has to be."""
    return _ENDLESS.sub(lambda found: found[0] + "\u200b", words)
