"""Chips: short words to pick from, one tab stop for all, with room for a person's own word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import PaintedWidget, box, text

GRADES: Final = 4
_NARROW_PX: Final = 220
"""No chip asks for more room than this, at 100 %."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One word to pick. `key` is stored, `word` is shown; for a person's own word both are the same."""

    key: str
    word: str


class Chips(PaintedWidget):
    """Words that flow over lines. Arrows move, Space toggles, 1 to 9 toggle the nth; on is a tick and a tint.

    `single` keeps at most one. `add` ("other") is the last chip: it turns into a field in place, and what is written
    there joins the chips, chosen. `graded` gives each chosen word a strength 1 to 4, changed with plus and minus.
    """

    changed = Signal(object)
    """Emitted with the chosen keys (tuple of str, in order shown) when a person changes them."""

    spoken_role = QAccessible.Role.List
    first_digit = 1
    """The digit that picks the first word."""

    def __init__(
        self,
        chips: Sequence[Chip],
        *,
        name: str = "",
        add: str = "",
        single: bool = False,
        graded: bool = False,
        numbered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = list(chips)
        self._given = len(self._chips)
        self._add, self._single, self._graded, self._numbered = add, single, graded, numbered
        self._on: dict[str, int] = {}
        self._cursor = 0
        self._hover: int | None = None
        self._field: QLineEdit | None = None
        self._ring = RingKeeper(self, self.focus_shape)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """The keys that are on, in the order shown; own words are their own keys."""
        return tuple(chip.key for chip in self._chips if chip.key in self._on)

    def given_keys(self) -> frozenset[str]:
        """The keys offered from the start, without a person's own words."""
        return frozenset(chip.key for chip in self._chips[: self._given])

    def own_words(self) -> tuple[str, ...]:
        """Words a person added, chosen or not."""
        return tuple(chip.word for chip in self._chips[self._given :])

    def grades(self) -> dict[str, int]:
        """Strength 1 to 4 of each chosen key; 0 where none was given or the chips are not graded."""
        return {key: self._on[key] for key in self.chosen()}

    def choose(self, keys: Sequence[str], grades: dict[str, int] | None = None) -> None:
        """Show a choice without emitting `changed`. Keys that are not among the chips become own words."""
        known = {chip.key for chip in self._chips}
        self._chips.extend(Chip(key, key) for key in dict.fromkeys(keys) if key not in known)
        self._on = {key: max(0, min(GRADES, (grades or {}).get(key, 0))) for key in keys}
        self._tell()

    def offer(self, chips: Sequence[Chip]) -> None:
        """Offer other words; what was chosen and still offered stays chosen."""
        own = self._chips[self._given :]
        self._chips, self._given = [*chips, *own], len(chips)
        keys = {chip.key for chip in self._chips}
        self._on = {key: grade for key, grade in self._on.items() if key in keys}
        self._cursor = 0
        self._tell()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        rects = self._rects(width)
        return round(rects[-1].bottom()) if rects else self.theme.size("chip")

    @override
    def wanted(self) -> QSize:
        width = min(self.theme.px(420), sum(self._width(i) + self.theme.px(7) for i in range(self._total())))
        return QSize(width, self.heightForWidth(max(width, self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((self._width(i) for i in range(self._total())), default=0)
        widest = min(widest, self.theme.px(_NARROW_PX))  # a longer word is cut short with an ellipsis
        return QSize(widest, self.heightForWidth(max(widest, self.width())))

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        rects = self._rects(self.width())
        rect = rects[min(self._cursor, len(rects) - 1)] if rects else QRectF(self.rect())
        return rect, self.theme.radius("chip")

    @override
    def draw(self, painter: QPainter) -> None:
        for index, rect in enumerate(self._rects(self.width())):
            if index < len(self._chips):
                self._draw_chip(painter, index, rect)
            elif self._field is None:
                self._draw_add(painter, rect, hover=index == self._hover)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self.heightForWidth(self.width())
        if self.minimumHeight() != wanted:
            self.setMinimumHeight(wanted)
        self._ring.place()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if index is not None and event.button() is Qt.MouseButton.LeftButton:
            self._cursor = index
            self._toggle(index)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position())
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if chord or not self._take_key(event.key()):
            super().keyPressEvent(event)

    @override
    def restyle(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self._ring.place()

    def _take_key(self, key: int) -> bool:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        moves: dict[int, int] = {
            Qt.Key.Key_Right: -1 if mirrored else 1,
            Qt.Key.Key_Left: 1 if mirrored else -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -self._total(),
            Qt.Key.Key_End: self._total(),
        }
        if key in moves:
            self._cursor = max(0, min(self._total() - 1, self._cursor + moves[key]))
            self._tell()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._toggle(self._cursor)
        elif Qt.Key.Key_0 + self.first_digit <= key <= Qt.Key.Key_9:
            return self._take_number(key - Qt.Key.Key_0 - self.first_digit)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus} and self._graded:
            self._grade(1 if key == Qt.Key.Key_Plus else -1)
        else:
            return False
        return True

    def _take_number(self, index: int) -> bool:
        if index >= len(self._chips):
            return False
        self._cursor = index
        self._toggle(index)
        return True

    def _toggle(self, index: int) -> None:
        if index >= len(self._chips):
            self._open_field()
            return
        key = self._chips[index].key
        if key in self._on:
            del self._on[key]
        else:
            if self._single:
                self._on.clear()
            self._on[key] = 0
        self._tell()
        self.changed.emit(self.chosen())

    def _grade(self, step: int) -> None:
        if self._cursor >= len(self._chips):
            return
        key = self._chips[self._cursor].key
        self._on[key] = max(0, min(GRADES, self._on.get(key, 0) + step))
        self._tell()
        self.changed.emit(self.chosen())

    def _open_field(self) -> None:
        if self._field is not None or not self._add:
            return
        self._field = QLineEdit(self)
        self._field.setAccessibleName(self._add)
        self._field.setProperty("voice", "person")
        self._field.setMaxLength(60)
        self._field.editingFinished.connect(self._close_field)
        self._field.installEventFilter(self)
        self._field.setGeometry(self._rects(self.width())[-1].toRect())
        self._field.show()
        self._field.setFocus()
        self.updateGeometry()

    def _close_field(self) -> None:
        field, self._field = self._field, None
        if field is None:
            return
        word = " ".join(field.text().split())
        had_focus = field.hasFocus()
        field.deleteLater()
        field.hide()
        if word:
            self._adopt(word)
        if had_focus:
            self.setFocus()
        self._tell()

    def _adopt(self, word: str) -> None:
        known = {chip.word.casefold(): chip.key for chip in self._chips}
        key = known.get(word.casefold(), word)
        if key == word and word.casefold() not in known:
            self._chips.append(Chip(word, word))
        if self._single:
            self._on.clear()
        self._on.setdefault(key, 0)
        self._cursor = next(i for i, chip in enumerate(self._chips) if chip.key == key)
        self.changed.emit(self.chosen())

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        field = self._field
        if field is None or watched is not field or not isinstance(event, QKeyEvent):
            return False
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            field.clear()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        self._close_field()
        return True

    def _tell(self) -> None:
        at = self._chips[self._cursor].word if self._cursor < len(self._chips) else self._add
        on = ", ".join(
            chip.word + (f" {self._on[chip.key]}" if self._on[chip.key] else "")
            for chip in self._chips
            if chip.key in self._on
        )
        self.setAccessibleDescription("; ".join(part for part in (on, at) if part))
        self.tell_value_changed()
        if self.width():
            self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()
        self._ring.place()

    def _total(self) -> int:
        return len(self._chips) + (1 if self._add else 0)

    def _at(self, point: QPointF) -> int | None:
        return next((i for i, rect in enumerate(self._rects(self.width())) if rect.contains(point)), None)

    def _width(self, index: int) -> int:
        theme = self.theme
        if index >= len(self._chips):
            if self._field is not None:
                return theme.px(160)
            return self.metrics("small").horizontalAdvance(self._add) + theme.px(24 + 15 + 5)
        chip = self._chips[index]
        on = chip.key in self._on
        wide = self.metrics("small", weight=500 if on else 400).horizontalAdvance(chip.word) + theme.px(24)
        if on:
            wide += theme.px(18)
        if self._graded and on:
            wide += theme.px(6 + 7 * GRADES)
        if self._numbered and index < 9:
            wide += theme.px(13)
        return max(wide, theme.size("min_target"))

    def _rects(self, width: int) -> list[QRectF]:
        """Where each chip is at a width, in px; the add chip last."""
        theme, found = self.theme, []
        gap, line_gap, high = theme.px(7), theme.px(6), theme.size("chip")
        x = y = 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for index in range(self._total()):
            wide = min(self._width(index), max(width, 1))
            if x and x + wide > width:
                x, y = 0, y + high + line_gap
            found.append(QRectF(QRect(width - x - wide if mirrored else x, y, wide, high)))
            x += wide + gap
        return found

    def _draw_chip(self, painter: QPainter, index: int, rect: QRectF) -> None:
        theme, chip = self.theme, self._chips[index]
        on, enabled = chip.key in self._on, self.isEnabled()
        ground: Role = "lee_tint" if on else "hover" if index == self._hover and enabled else "card"
        edge: Role = ("lee" if on else "control") if enabled else "line"
        box(painter, rect, theme.radius("chip"), fill=theme.color(ground), edge=theme.color(edge))
        ink: Role = "ink" if enabled else "disabled"
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        weight = 500 if on else 400
        metrics = self.metrics("small", weight=weight)
        word = chip.word
        word_w = metrics.horizontalAdvance(word)
        spare = self._width(index) - round(rect.width())
        if spare > 0:
            word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, word_w - spare)
            word_w = metrics.horizontalAdvance(word)
        x = float(theme.px(12))
        if on:
            self._part(rect, x, theme.px(14), mirrored, lambda r: paint_icon(painter, r, "check", "lee", self.hub))
            x += theme.px(18)
        self._part(rect, x, word_w, mirrored, lambda r: text(painter, r, word, theme, "small", ink, weight=weight))
        x += word_w + theme.px(6)
        if self._numbered and index < 9:
            number = str(index + self.first_digit)
            self._part(rect, x, theme.px(8), mirrored, lambda r: text(painter, r, number, theme, "hint", "ink3"))
            x += theme.px(13)
        if on and self._graded:
            self._draw_grade(painter, rect, x, self._on[chip.key], mirrored=mirrored)

    def _draw_grade(self, painter: QPainter, rect: QRectF, x: float, grade: int, *, mirrored: bool) -> None:
        theme, side = self.theme, self.theme.px(4)
        for number in range(GRADES):
            left = x + number * theme.px(7)
            place = QRectF(rect.right() - left - side if mirrored else rect.left() + left, 0, side, side)
            place.moveTop(rect.center().y() - side / 2)
            role: Role = "lee" if number < grade else "lee_tint2"
            box(painter, place, side / 2, fill=theme.color(role))

    def _draw_add(self, painter: QPainter, rect: QRectF, *, hover: bool) -> None:
        theme = self.theme
        fill = theme.color("hover") if hover else None
        box(painter, rect, theme.radius("chip"), fill=fill, edge=theme.color("control"), dashed=True)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, side = float(theme.px(12)), theme.px(14)
        self._part(rect, x, side, mirrored, lambda r: paint_icon(painter, r, "plus", "ink3", self.hub))
        wide = self.metrics("small").horizontalAdvance(self._add)
        self._part(
            rect, x + theme.px(19), wide, mirrored,
            lambda r: text(painter, r, self._add, theme, "small", "ink2"),
        )  # fmt: skip

    @staticmethod
    def _part(rect: QRectF, x: float, wide: float, mirrored: bool, draw: Callable[[QRectF], None]) -> None:
        """Call `draw` with the stretch of a chip that starts `x` px from its leading edge."""
        left = rect.right() - x - wide if mirrored else rect.left() + x
        draw(QRectF(left, rect.top(), wide, rect.height()))
