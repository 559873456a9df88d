"""The ground every painted widget stands on: it follows the theme, paints in tokens, and shares a few shapes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets import spoken


class PaintedWidget(QWidget):
    """A widget that draws itself from the current theme and is laid out and drawn again when the theme changes.

    Subclasses override `draw` instead of `paintEvent`, `wanted` instead of `sizeHint`, and, where something has to
    follow the theme beyond that, `restyle`.
    """

    spoken_role: QAccessible.Role = QAccessible.Role.Graphic
    """What assistive technology takes this for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken.install()
        self.hub = current_hub()
        self.hub.changed.connect(self._theme_changed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def theme(self) -> Theme:
        """The theme to draw with now."""
        return self.hub.theme

    def draw(self, painter: QPainter) -> None:
        """Draw the widget. The painter is antialiased and has the body font."""

    def wanted(self) -> QSize:
        """The size in px at which nothing is clipped in the current theme."""
        return QSize(0, 0)

    def restyle(self) -> None:
        """Called after every theme change, before the widget is laid out and drawn again."""

    def spoken_value(self) -> str:
        """The value as text for assistive technology; empty where there is none."""
        return ""

    def focus_shape(self) -> tuple[QRectF, float]:
        """What the focus ring goes around: a rectangle in this widget and its corner radius, in px."""
        return QRectF(self.rect()), self.theme.radius("control")

    def metrics(self, style: TypeName, *, weight: int | None = None) -> QFontMetrics:
        """Font metrics of a type style in the current theme."""
        return QFontMetrics(self.theme.font(style, weight=weight))

    @override
    def sizeHint(self) -> QSize:
        return self.wanted()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.wanted()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self, self.theme) as painter:
            self.draw(painter)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.EnabledChange, QEvent.Type.LayoutDirectionChange}:
            self.update()

    def tell_value_changed(self) -> None:
        """Tell assistive technology that name, description or value are different now."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ValueChanged))

    def _theme_changed(self, _theme: Theme) -> None:
        self.restyle()
        self.updateGeometry()
        self.update()


@contextmanager
def painting(widget: QWidget, theme: Theme) -> Iterator[QPainter]:
    """A painter on `widget` that is always ended, antialiased, with the body font."""
    painter = QPainter(widget)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("body"))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        yield painter
    finally:
        painter.end()


def outline(colour: QColor, width_px: float = 1.0, *, dashed: bool = False) -> QPen:
    """A pen for the outline of a shape; dashes are 3 on, 3 off at every width."""
    pen = QPen(colour, width_px)
    if dashed:
        pen.setDashPattern([3 / width_px, 3 / width_px])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def box(
    painter: QPainter,
    rect: QRectF,
    radius_px: float,
    *,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width_px: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose outline lies wholly inside `rect`, on whole pixels."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(outline(edge, width_px, dashed=dashed) if edge is not None else Qt.PenStyle.NoPen)
    inset = width_px / 2 if edge is not None else 0.0
    radius = max(0.0, radius_px - inset)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def end_rounded(rect: QRectF, radius_px: float, *, left: bool, right: bool) -> QPainterPath:
    """A rectangle with only its left or right pair of corners rounded: the first or last of joined cells."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius_px, radius_px)
    middle = rect.center().x()
    if not left:
        path.addRect(QRectF(rect.left(), rect.top(), middle - rect.left(), rect.height()))
    if not right:
        path.addRect(QRectF(middle, rect.top(), rect.right() - middle, rect.height()))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path.simplified()


def diamond(painter: QPainter, centre: QPointF, half_px: float, colour: QColor) -> None:
    """The mark of an event or a new moment."""
    x, y = centre.x(), centre.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - half_px), QPointF(x + half_px, y), QPointF(x, y + half_px), QPointF(x - half_px, y)])
    )


def text(  # noqa: PLR0913 - one call says everything about one piece of text
    painter: QPainter,
    rect: QRectF,
    words: str,
    theme: Theme,
    style: TypeName,
    role: Role,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
    weight: int | None = None,
    tabular: bool = False,
) -> None:
    """One line of text in a type style and a role, never wrapped or cut."""
    painter.setFont(theme.font(style, weight=weight, tabular=tabular))
    painter.setPen(theme.color(role))
    flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(rect, int(flags), words)
