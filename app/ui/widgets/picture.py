"""Draws the pictures of worksheets, at any size, on screen and on paper; keys and buttons zoom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QWheelEvent
from typing_extensions import override

from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets.painting import PaintedWidget, box, outline
from app.ui.widgets.picture_parts import House, Loop, Node, Opening, Pane, Picture

_BOX_PX: Final = 220.0
_GAP_PX: Final = 44.0
_PAD_PX: Final = 12.0
_PANE_PX: Final = 30.0
_NAME_PX: Final = 220.0
_ENDLESS: Final = re.compile(r"\S{16}(?=\S{4})")
_SMALLEST, _LARGEST, _STEP = 0.5, 3.0, 1.25


class PictureView(PaintedWidget):
    """One picture. Plus, minus and 0 zoom while it has the keyboard, and Ctrl with the wheel."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._zoom = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(picture.name)
        self.setAccessibleDescription(picture.told())

    @property
    def zoom(self) -> float:
        """How much larger than usual it is drawn, 0.5 to 3."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Draw it larger or smaller."""
        self._zoom = min(_LARGEST, max(_SMALLEST, zoom))
        self.updateGeometry()
        self.resize(self.wanted())
        self.update()

    @override
    def spoken_value(self) -> str:
        return self._picture.told()

    @override
    def wanted(self) -> QSize:
        return (size_of(self._picture, self.theme) * self._zoom).toSize()

    @override
    def draw(self, painter: QPainter) -> None:
        painter.scale(self._zoom, self._zoom)
        paint_picture(painter, self._picture, self.theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        factor = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP}.get(Qt.Key(event.key()))
        if factor is not None:
            self.set_zoom(self._zoom * factor)
        elif event.key() == Qt.Key.Key_0:
            self.set_zoom(1.0)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * (_STEP if event.angleDelta().y() > 0 else 1 / _STEP))
        else:
            event.ignore()


def size_of(picture: Picture, theme: Theme) -> QSizeF:
    """How much room a picture needs at its usual size, in px."""
    return _LoopPlan(picture, theme).size if isinstance(picture, Loop) else _house_size(picture, theme)


def paint_picture(painter: QPainter, picture: Picture, theme: Theme) -> None:
    """Draw at the painter's origin, at the usual size; the caller scales for screen or paper."""
    if isinstance(picture, Loop):
        _paint_loop(painter, picture, theme)
    else:
        _paint_house(painter, picture, theme)


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    style: TypeName
    role: Role


class _LoopPlan:
    """Where the four stations stand: top, right, bottom, left; heights follow their words."""

    def __init__(self, loop: Loop, theme: Theme) -> None:
        wide, gap = theme.px(_BOX_PX), theme.px(_GAP_PX)
        top, right, bottom, left = (_node_height(node, theme) for node in loop.nodes)
        middle = max(right, left, _height(_Line(loop.name, "read_title", "ink"), wide - 24, theme) + 24)
        middle_y = top + gap
        self.boxes = (
            QRectF(wide + gap, 0, wide, top),
            QRectF(2 * (wide + gap), middle_y + (middle - right) / 2, wide, right),
            QRectF(wide + gap, middle_y + middle + gap, wide, bottom),
            QRectF(0, middle_y + (middle - left) / 2, wide, left),
        )
        self.centre = QRectF(wide + gap, middle_y, wide, middle)
        self.size = QSizeF(3 * wide + 2 * gap, middle_y + middle + gap + bottom)


def _paint_loop(painter: QPainter, loop: Loop, theme: Theme) -> None:
    plan = _LoopPlan(loop, theme)
    for at, (rect, node) in enumerate(zip(plan.boxes, loop.nodes, strict=True)):
        _paint_node(painter, rect, node, theme, first=at % 2 == 0)
    _write(painter, plan.centre, _Line(loop.name, "read_title", "ink"), theme, align=Qt.AlignmentFlag.AlignCenter)
    top, right, bottom, left = plan.boxes
    away = theme.px(6)
    _arrow(painter, _east(top, away), _north(right, away), theme)
    _arrow(painter, _south(right, away), _east(bottom, away), theme)
    _arrow(painter, _west(bottom, away), _south(left, away), theme)
    _arrow(painter, _north(left, away), _west(top, away), theme)
    if loop.onward:
        corner = QRectF(0, 0, left.width(), max(0.0, left.top() - away))
        _write(painter, corner, _Line(loop.onward, "small", "ink2"), theme, align=Qt.AlignmentFlag.AlignLeft)


def _paint_node(painter: QPainter, rect: QRectF, node: Node, theme: Theme, *, first: bool) -> None:
    edge = theme.color("lee") if first else theme.color("control")
    box(painter, rect, theme.radius("card"), fill=theme.color("card"), edge=edge)
    inside = rect.adjusted(_PAD_PX, _PAD_PX, -_PAD_PX, -_PAD_PX)
    for line in _lines(node):
        tall = _height(line, inside.width(), theme)
        room = QRectF(inside.left(), inside.top(), inside.width(), tall)
        if line.role == "ink2":
            well = room.adjusted(-6, -2, 6, 2)
            box(painter, well, theme.radius("control"), edge=theme.color("control"), dashed=True)
        _write(painter, room, line, theme)
        inside.setTop(inside.top() + tall + theme.px(8))


def _lines(node: Node) -> list[_Line]:
    lines = [
        _Line(node.heading, "caption", "ink3"),
        _Line(node.words, "reading", "ink"),
        _Line(node.under, "small", "ink2"),
    ]
    return [line for line in lines if line.words] or [_Line("…", "reading", "ink3")]


def _node_height(node: Node, theme: Theme) -> float:
    room = theme.px(_BOX_PX) - 2 * _PAD_PX
    lines = _lines(node)
    return sum(_height(line, room, theme) for line in lines) + theme.px(8) * (len(lines) - 1) + 2 * _PAD_PX


def _height(line: _Line, width: float, theme: Theme) -> float:
    metrics = QFontMetricsF(theme.font(line.style))
    flags = int(Qt.TextFlag.TextWordWrap)
    return metrics.boundingRect(QRectF(0, 0, width, 1e6), flags, _breakable(line.words)).height()


def _write(
    painter: QPainter,
    rect: QRectF,
    line: _Line,
    theme: Theme,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
) -> None:
    painter.setFont(theme.font(line.style))
    painter.setPen(theme.color(line.role))
    wrap = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
    painter.drawText(rect, int(align) | int(wrap), _breakable(line.words))


def _breakable(words: str) -> str:
    """The same words; one that is wider than any box may be broken where it has to be."""
    return _ENDLESS.sub(lambda found: found[0] + "\u200b", words)


def _east(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.right() + away, rect.center().y())


def _west(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.left() - away, rect.center().y())


def _north(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.center().x(), rect.top() - away)


def _south(rect: QRectF, away: float) -> QPointF:
    return QPointF(rect.center().x(), rect.bottom() + away)


def _arrow(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    """A quarter of a loop: leaves along its first side and arrives along the other; the head points the way it goes."""
    leaves_across = abs(end.y() - start.y()) > 0 and start.x() != end.x() and _goes_across_first(start, end)
    bend = QPointF(end.x(), start.y()) if leaves_across else QPointF(start.x(), end.y())
    path = QPainterPath(start)
    path.quadTo(bend, end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline(theme.color("lee"), 2.0))
    painter.drawPath(path)
    along = end - bend
    length = max(1.0, (along.x() ** 2 + along.y() ** 2) ** 0.5)
    step = QPointF(along.x() / length, along.y() / length) * theme.px(8)
    side = QPointF(-step.y(), step.x()) * 0.6
    head = QPainterPath(end)
    head.lineTo(end - step + side)
    head.lineTo(end - step - side)
    head.closeSubpath()
    painter.fillPath(head, theme.color("lee"))


def _goes_across_first(start: QPointF, end: QPointF) -> bool:
    """Clockwise: to the right going down and to the left going up leave sideways, the others leave along the height."""
    return (end.x() > start.x()) == (end.y() > start.y())


def _house_size(house: House, theme: Theme) -> QSizeF:
    wide = theme.px(_NAME_PX) + 2 * theme.px(_BOX_PX)
    return QSizeF(wide, _roof(theme) + theme.px(34) + _row_px(theme) * len(house.openings) + theme.px(12))


def _roof(theme: Theme) -> float:
    return float(theme.px(72))


def _row_px(theme: Theme) -> float:
    return float(theme.px(_PANE_PX + 18))


def _paint_house(painter: QPainter, house: House, theme: Theme) -> None:
    size, roof = _house_size(house, theme), _roof(theme)
    walls = QRectF(theme.px(10), roof, size.width() - theme.px(20), size.height() - roof)
    box(painter, walls, 0, fill=theme.color("card"), edge=theme.color("control"))
    gable = QPainterPath(QPointF(0, roof))
    gable.lineTo(QPointF(size.width() / 2, 4))
    gable.lineTo(QPointF(size.width(), roof))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline(theme.color("control"), 2.0))
    painter.drawPath(gable)
    title = QRectF(size.width() / 4, theme.px(30), size.width() / 2, roof - theme.px(32))
    _write(painter, title, _Line(house.name, "heading", "ink"), theme, align=Qt.AlignmentFlag.AlignCenter)
    name, column = theme.px(_NAME_PX), theme.px(_BOX_PX)
    y = roof + theme.px(10)
    for at, words in enumerate((house.now_heading, house.wish_heading)):
        head = QRectF(name + at * column, y, column, theme.px(20))
        _write(painter, head, _Line(words, "caption", "ink3"), theme)
    y += theme.px(24)
    for opening in house.openings:
        _paint_opening(painter, y, opening, theme)
        y += _row_px(theme)


def _paint_opening(painter: QPainter, y: float, opening: Opening, theme: Theme) -> None:
    side, name, column = theme.px(_PANE_PX), theme.px(_NAME_PX), theme.px(_BOX_PX)
    room = QRectF(theme.px(26), y, name - theme.px(36), side)
    metrics = QFontMetricsF(theme.font("reading"))
    words = metrics.elidedText(opening.name, Qt.TextElideMode.ElideRight, room.width())
    _write(painter, room, _Line(words, "reading", "ink"), theme, align=Qt.AlignmentFlag.AlignVCenter)
    for at, (pane, said) in enumerate(((opening.now, opening.now_words), (opening.wish, opening.wish_words))):
        rect = QRectF(name + at * column, y, side, side)
        _paint_pane(painter, rect, pane, theme)
        beside = QRectF(rect.right() + theme.px(10), y, column - side - theme.px(16), side)
        _write(painter, beside, _Line(said, "small", "ink2"), theme, align=Qt.AlignmentFlag.AlignVCenter)


def _paint_pane(painter: QPainter, rect: QRectF, pane: Pane | None, theme: Theme) -> None:
    """A window has a cross, a half-open one stands ajar, a wall has bricks; what is not sure is a dashed square."""
    edge = theme.color("control")
    if pane is None or pane is Pane.UNSURE:
        box(painter, rect, 2, edge=edge, dashed=True)
        return
    fill = theme.color("sunken") if pane is Pane.WALL else theme.color("lee_tint")
    box(painter, rect, 2, fill=fill, edge=edge)
    painter.setPen(outline(edge))
    if pane is Pane.WALL:
        _bricks(painter, rect)
        return
    middle = rect.center()
    painter.drawLine(QPointF(middle.x(), rect.top()), QPointF(middle.x(), rect.bottom()))
    if pane is Pane.WINDOW:
        painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()))
        return
    wall = QRectF(middle.x(), rect.top(), rect.width() / 2, rect.height())
    painter.fillRect(wall.adjusted(1, 1, -1, -1), theme.color("sunken"))
    _bricks(painter, wall)


def _bricks(painter: QPainter, rect: QRectF) -> None:
    courses = 4
    tall = rect.height() / courses
    for course in range(courses):
        y = rect.top() + course * tall
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        for share in (0.25, 0.75) if course % 2 else (0.5,):
            x = rect.left() + rect.width() * share
            painter.drawLine(QPointF(x, y), QPointF(x, y + tall))
