"""Buttons: primary (one per card), plain, quiet, and the square icon button; tick boxes, radios and drop-downs."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QPushButton, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import box, painting, text

ButtonRole = Literal["primary", "plain", "quiet"]


class Button(QPushButton):
    """A button painted from tokens, with an optional icon before its words and a shortcut hint after them.

    Short of room it drops the hint first, then (with `collapsible`) the words, and then says them in its tooltip.
    """

    def __init__(
        self,
        words: str,
        role: ButtonRole = "plain",
        *,
        icon: str = "",
        trailing: str = "",
        hint: str = "",
        small: bool = False,
        collapsible: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._role, self._icon, self._trailing, self._hint = role, icon, trailing, hint
        self._small, self._collapsible = small, collapsible
        self._hub = current_hub()
        self._ring = RingKeeper(self, self.focus_shape)
        self.setProperty("role", role)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum if hint or collapsible else QSizePolicy.Policy.Fixed,
                           QSizePolicy.Policy.Fixed)  # fmt: skip
        self.setAccessibleName(words)
        if hint:
            self.setAccessibleDescription(hint)
        self._hub.changed.connect(self._theme_changed)

    @override
    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def set_icon_name(self, name: str) -> None:
        """Show another icon, or none with an empty name."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def focus_shape(self) -> tuple[QRectF, float]:
        """What the focus ring goes around."""
        return QRectF(self.rect()), self._hub.theme.radius("control")

    def worded_px(self) -> int:
        """How wide it has to be to keep its words, though not its hint."""
        return self._width(words=True, hint=False)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width(words=True, hint=True), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(words=not self._collapsible, hint=False), self._height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            self._draw_ground(painter, theme)
            self._draw_content(painter, theme)

    def _draw_ground(self, painter: QPainter, theme: Theme) -> None:
        rect, radius = QRectF(self.rect()), theme.radius("control")
        hover, down = self.underMouse(), self.isDown()
        if not self.isEnabled():
            if self._role != "quiet":
                box(painter, rect, radius, edge=theme.color("line"))
        elif self._role == "primary":
            fill: Role = "lee_down" if down else "lee_hover" if hover else "lee"
            box(painter, rect, radius, fill=theme.color(fill))
        elif self._role == "plain":
            on = self.isCheckable() and self.isChecked()
            ground: Role = "lee_tint" if on else "sunken" if down else "hover" if hover else "card"
            box(painter, rect, radius, fill=theme.color(ground), edge=theme.color("lee" if on else "control"))
        elif hover or down:
            box(painter, rect, radius, fill=theme.color("sunken" if down else "hover"))

    def _draw_content(self, painter: QPainter, theme: Theme) -> None:
        words, hint = self._shown()
        ink = self._ink()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side, gap = theme.size("icon" if not self._small else "icon_small"), theme.px(8 if not self._small else 7)
        parts: list[tuple[str, str, int]] = []
        if self._icon:
            parts.append(("icon", self._icon, side))
        if words:
            parts.append(("words", words, self._words_w(words)))
        if self._trailing and words:
            parts.append(("icon", self._trailing, side))
        if hint:
            parts.append(("hint", hint, self._hint_w()))
        x = (self.width() - sum(w for _, _, w in parts) - gap * (len(parts) - 1)) / 2
        for kind, value, width in parts:
            left = self.width() - x - width if mirrored else x
            rect = QRectF(left, 0, width, self.height())
            if kind == "icon":
                paint_icon(painter, rect, value, self._icon_role(ink), self._hub)
            elif kind == "words":
                text(painter, rect, value, theme, "body" if not self._small else "label", ink, weight=500)
            else:
                text(painter, rect, value, theme, "caption", self._hint_role(ink))
            x += width + gap

    def _shown(self) -> tuple[str, str]:
        words, hint = self.text().replace("&", ""), self._hint
        if hint and self.width() < self._width(words=True, hint=True):
            hint = ""
        if self._collapsible and self.width() < self._width(words=True, hint=False):
            words = ""
        tip = self.text() if not words else ""
        if tip and self.toolTip() != tip:
            self.setToolTip(tip)
        return words, hint

    def _ink(self) -> Role:
        if not self.isEnabled():
            return "disabled"
        return {"primary": "on_lee", "plain": "ink", "quiet": "lee"}[self._role]  # type: ignore[return-value] # the values are roles

    def _icon_role(self, ink: Role) -> Role:
        return "ink2" if ink == "ink" else ink

    def _hint_role(self, ink: Role) -> Role:
        return "ink3" if ink == "ink" else ink

    def _words_w(self, words: str | None = None) -> int:
        font = self._hub.theme.font("label" if self._small else "body", weight=500)
        return QFontMetrics(font).horizontalAdvance(self.text().replace("&", "") if words is None else words)

    def _hint_w(self) -> int:
        return QFontMetrics(self._hub.theme.font("caption")).horizontalAdvance(self._hint)

    def _width(self, *, words: bool, hint: bool) -> int:
        theme = self._hub.theme
        gap = theme.px(8 if not self._small else 7)
        parts = [theme.size("icon" if not self._small else "icon_small")] * bool(self._icon)
        if words and self.text():
            parts.append(self._words_w())
            if self._trailing:
                parts.append(theme.size("icon" if not self._small else "icon_small"))
        if hint and self._hint:
            parts.append(self._hint_w())
        pad = theme.px(10 if self._small or self._role == "quiet" else 14)
        return max(self._height(), sum(parts) + gap * max(0, len(parts) - 1) + 2 * pad)

    def _height(self) -> int:
        return self._hub.theme.size("button_small" if self._small else "button")

    def _theme_changed(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()


class IconButton(Button):
    """A square button with an icon alone: its words are the tooltip and the accessible name."""

    def __init__(
        self,
        icon: str,
        words: str,
        role: ButtonRole = "quiet",
        *,
        small: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", role, icon=icon, small=small, parent=parent)
        self.setAccessibleName(words)
        self.setToolTip(words)

    @override
    def _icon_role(self, ink: Role) -> Role:
        if self.isChecked():
            return "lee"
        return "ink2" if ink in {"ink", "lee"} else ink


class _Tick:
    """Shared painting of tick boxes and radios."""

    @staticmethod
    def size(button: QAbstractButton, theme: Theme) -> QSize:
        """Mark, gap and words, at least the minimum target high."""
        side = theme.size("tick")
        words = QFontMetrics(theme.font("body")).horizontalAdvance(button.text()) if button.text() else 0
        wide = side + (theme.px(9) + words if words else 0)
        return QSize(max(wide, theme.size("min_target") if not words else wide), theme.size("min_target"))

    @staticmethod
    def mark(button: QAbstractButton, theme: Theme) -> QRectF:
        """Where the mark is."""
        side = theme.size("tick")
        left = 0.0
        if button.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = button.width() - side
        elif not button.text():
            left = (button.width() - side) / 2
        return QRectF(round(left), round((button.height() - side) / 2), side, side)

    @staticmethod
    def words(painter: QPainter, button: QAbstractButton, theme: Theme) -> None:
        """Draw the words beside the mark."""
        side = theme.size("tick") + theme.px(9)
        rect = QRectF(side, 0, button.width() - side, button.height())
        align = Qt.AlignmentFlag.AlignLeft
        if button.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(0)
            align = Qt.AlignmentFlag.AlignRight
        role: Role = "ink2" if button.isEnabled() else "disabled"
        text(painter, rect, button.text(), theme, "body", role, align=align | Qt.AlignmentFlag.AlignAbsolute)


class TickBox(QCheckBox):
    """A check box with the tick drawn from the tokens."""

    def __init__(self, words: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._hub = current_hub()
        self._ring = RingKeeper(self, self.focus_shape)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name or words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._hub.changed.connect(self._theme_changed)

    def focus_shape(self) -> tuple[QRectF, float]:
        """The ring goes around the box, not around the words."""
        return _Tick.mark(self, self._hub.theme), 5.0

    @override
    def sizeHint(self) -> QSize:
        return _Tick.size(self, self._hub.theme)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            rect, enabled = _Tick.mark(self, theme), self.isEnabled()
            if self.isChecked():
                box(painter, rect, 5, fill=theme.color("lee" if enabled else "disabled"))
                paint_icon(painter, rect.adjusted(2, 2, -2, -2), "check", "on_lee", self._hub)
            else:
                ground: Role = "hover" if self.underMouse() and enabled else "field"
                box(painter, rect, 5, fill=theme.color(ground), edge=theme.color("control" if enabled else "line"))
            _Tick.words(painter, self, theme)

    def _theme_changed(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()


class Radio(QRadioButton):
    """A radio button with its ring drawn from the tokens."""

    def __init__(self, words: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._hub = current_hub()
        self._ring = RingKeeper(self, self.focus_shape)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name or words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._hub.changed.connect(self._theme_changed)

    def focus_shape(self) -> tuple[QRectF, float]:
        """The ring goes around the circle, not around the words."""
        rect = _Tick.mark(self, self._hub.theme)
        return rect, rect.width() / 2

    @override
    def sizeHint(self) -> QSize:
        return _Tick.size(self, self._hub.theme)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            rect, enabled = _Tick.mark(self, theme), self.isEnabled()
            if self.isChecked():
                width = theme.px(5)
                edge = theme.color("lee" if enabled else "disabled")
                box(painter, rect, rect.width() / 2, fill=theme.color("field"), edge=edge, width_px=width)
            else:
                ground: Role = "hover" if self.underMouse() and enabled else "field"
                edge = theme.color("control" if enabled else "line")
                box(painter, rect, rect.width() / 2, fill=theme.color(ground), edge=edge)
            _Tick.words(painter, self, theme)

    def _theme_changed(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()


class Select(QComboBox):
    """A drop-down with the caret of the icon set. `voice="person"` shows its entries in the reading serif."""

    def __init__(
        self, *, name: str = "", voice: Literal["app", "person"] = "app", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self.setProperty("voice", voice)
        self.setAccessibleName(name)
        self._hub.changed.connect(self._theme_changed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._hub.theme
        with painting(self, theme) as painter:
            side = theme.size("icon_small")
            left = (
                theme.px(9)
                if self.layoutDirection() is Qt.LayoutDirection.RightToLeft
                else self.width() - side - theme.px(9)
            )
            middle = QPointF(left + side / 2, self.height() / 2)
            rect = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            paint_icon(painter, rect, "caret-down", "ink2" if self.isEnabled() else "disabled", self._hub)

    def _theme_changed(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()
