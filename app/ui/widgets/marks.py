"""Person marks and moment marks: shapes that say who or what, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.tokens import Role, SizeName, Theme
from app.ui.widgets.painting import PaintedWidget, box, diamond, text

MarkSize = Literal["small", "normal", "large"]
_SIZES: Final[dict[MarkSize, SizeName]] = {
    "small": "person_mark_small",
    "normal": "person_mark",
    "large": "person_mark_large",
}


class Shape(StrEnum):
    """First person: circle. Second person: square."""

    CIRCLE = "circle"
    SQUARE = "square"

    @classmethod
    def of(cls, mark: int) -> Shape:
        """The shape of the first or the second person."""
        return cls.SQUARE if mark == 2 else cls.CIRCLE


@dataclass(frozen=True, slots=True)
class Person:
    """Who a mark stands for. `initial` may be empty (before unlock); `outline` = not yet."""

    shape: Shape
    initial: str = ""
    name: str = ""
    outline: bool = False


def paint_mark(painter: QPainter, rect: QRectF, person: Person, theme: Theme, *, ground: Role = "card") -> None:
    """Draw a person's mark into a square `rect`."""
    first = person.shape is Shape.CIRCLE
    radius = rect.width() / 2 if first else max(3.0, rect.width() * 0.19)
    strong: Role = "lee" if first else "second_fill"
    if person.outline:
        edge: Role = "lee" if first else "lamp_mark"
        box(
            painter,
            rect,
            radius,
            fill=theme.color(ground),
            edge=theme.color(edge),
            width_px=max(1.5, rect.width() / 13),
        )
        ink: Role = "lee" if first else "lamp"
    else:
        box(painter, rect, radius, fill=theme.color(strong))
        ink = "on_lee" if first else "on_second"
    if person.initial:
        font = theme.font("hint", weight=600)
        made = type(font)(font)
        made.setPixelSize(max(8, round(rect.width() * 0.56)))
        painter.save()
        painter.setFont(made)
        painter.setPen(theme.color(ink))
        painter.drawText(rect, 0x84, person.initial[:1])
        painter.restore()


class PersonMark(PaintedWidget):
    """One person's mark, or two overlapping, first person first. Assistive technology reads the names."""

    def __init__(self, *people: Person, size: MarkSize = "normal", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = people
        self._size: MarkSize = size
        self.show_people(people)

    def show_people(self, people: Sequence[Person]) -> None:
        """Show other people."""
        self._people = tuple(people)
        names = ", ".join(p.name for p in people if p.name)
        self.setAccessibleName(names)
        self.setToolTip(names)
        self.updateGeometry()
        self.update()

    @override
    def wanted(self) -> QSize:
        side = self.theme.size(_SIZES[self._size])
        return QSize(side + max(0, len(self._people) - 1) * round(side * 0.8), side)

    @override
    def draw(self, painter: QPainter) -> None:
        side = self.theme.size(_SIZES[self._size])
        for number, person in enumerate(self._people):
            paint_mark(painter, QRectF(number * round(side * 0.8), 0, side, side), person, self.theme)


class MomentMark(PaintedWidget):
    """The diamond of a new moment or a marked event."""

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(14), self.theme.px(20))

    @override
    def draw(self, painter: QPainter) -> None:
        diamond(painter, QRectF(self.rect()).center(), self.theme.px(6), self.theme.color("plum"))


class KeyHint(PaintedWidget):
    """A key drawn as a small key cap ("Tab", "1", "F8")."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)

    @override
    def wanted(self) -> QSize:
        wide = self.metrics("caption").horizontalAdvance(self._key)
        high = self.theme.px(18)
        return QSize(max(high, wide + self.theme.px(10)), high)

    @override
    def draw(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        box(painter, rect, 4, fill=self.theme.color("card"), edge=self.theme.color("line"))
        text(painter, rect, self._key, self.theme, "caption", "ink2")
