"""Cards and the quiet wells inside them; a heading at the left, at most one caption at the right."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import TopLayout
from app.ui.widgets.painting import PaintedWidget, box, painting

Ground = Literal["card", "sunken", "field", "plain", "dashed", "lee_tint", "lamp_tint"]


class Icon(PaintedWidget):
    """An icon that only accompanies words; it has no name of its own for assistive technology unless given one."""

    def __init__(
        self, name: str, role: Role = "ink3", *, small: bool = False, words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._small = name, role, small
        self.setAccessibleName(words)
        self.setToolTip(words)

    def show_icon(self, name: str, role: Role | None = None) -> None:
        """Show another icon, or the same one in another role."""
        self._name, self._role = name, role or self._role
        self.update()

    @override
    def wanted(self) -> QSize:
        side = self.theme.size("icon_small" if self._small else "icon")
        return QSize(side, side)

    @override
    def draw(self, painter: QPainter) -> None:
        paint_icon(painter, QRectF(self.rect()), self._name, self._role, self.hub)


class Caption(QWidget):
    """Caption type with an optional icon before it: a privacy note, a date, a count."""

    def __init__(self, words: str = "", *, icon: str = "", role: Role = "ink3", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(5)
        self._icon = Icon(icon, role, small=True)
        if not icon:
            self._icon.hide()
        self._label = Label(words, "caption", role, lines=1)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, icon: str = "") -> None:
        """Say something else."""
        self._label.setText(words)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon)

    def words(self) -> str:
        """What it says."""
        return self._label.text()


class Surface(QFrame):
    """A rounded ground for other widgets: a card, a sunken well, a tint, or a dashed outline. Children go in `body`."""

    def __init__(
        self, ground: Ground = "card", *, radius_px: float | None = None, edge: Role | None = None,
        pad_px: tuple[float, float] | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`pad_px` is the air across and down at text scale 1 where it is not the usual; it grows with the text."""
        super().__init__(parent)
        self._hub = current_hub()
        self._ground: Ground = ground
        self._edge = edge
        self._radius = radius_px
        self._air_px = pad_px
        self.body: QVBoxLayout = TopLayout(self)
        self._pad()
        self._hub.changed.connect(self._theme_changed)

    def set_ground(self, ground: Ground, edge: Role | None = None) -> None:
        """Stand on another ground."""
        self._ground, self._edge = ground, edge
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        radius = theme.radius("card") if self._radius is None else self._radius
        with painting(self, theme) as painter:
            rect = QRectF(self.rect())
            if self._ground == "dashed":
                box(painter, rect, radius, edge=theme.color("control"), dashed=True)
                return
            fill = None if self._ground == "plain" else theme.color(self._ground)
            role = self._edge or ("line" if self._ground in {"card", "field"} else None)
            box(painter, rect, radius, fill=fill, edge=theme.color(role) if role else None)

    def _pad(self) -> None:
        theme = self._hub.theme
        across, down = theme.space("card_pad_x"), theme.space("card_pad_y")
        if self._ground != "card":
            across, down = theme.space("l"), theme.space("m")
        if self._air_px is not None:
            across, down = theme.px(self._air_px[0]), theme.px(self._air_px[1])
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(theme.space("s"))

    def _theme_changed(self, _theme: Theme) -> None:
        self._pad()
        self.update()


class Card(Surface):
    """A card. `heading` names it for assistive technology too; the caption at the right is one short fact."""

    def __init__(
        self, heading: str = "", *, caption: str = "", caption_icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("card", parent=parent)
        self._head_row = QWidget()
        self.head = QHBoxLayout(self._head_row)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(self._hub.theme.space("s"))
        self.heading = Label(heading, "heading", lines=1, elide=True)
        self.caption = Caption(caption, icon=caption_icon)
        if not heading:
            self.heading.hide()
        if not caption:
            self.caption.hide()
        self.head.addWidget(self.heading, 1)
        self.head.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self._head_row)
        self._head_row.setVisible(bool(heading or caption))
        self.setAccessibleName(heading)

    def set_heading(self, heading: str) -> None:
        """Name the card differently."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self._head_row.setVisible(True)
        self.setAccessibleName(heading)

    def set_caption(self, caption: str, icon: str = "") -> None:
        """Show another caption, or none with empty words."""
        self.caption.show_words(caption, icon)
        self.caption.setVisible(bool(caption))
        self._head_row.setVisible(bool(caption or self.heading.text()))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or a layout below what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


class Rule(PaintedWidget):
    """A hairline between parts of a card."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vertical = vertical
        along, across = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(across if vertical else along, along if vertical else across)

    @override
    def wanted(self) -> QSize:
        room = self.theme.space("s")
        return QSize(room * 2 + 1, 1) if self._vertical else QSize(1, room + 1)

    @override
    def draw(self, painter: QPainter) -> None:
        middle = self.rect().center()
        colour = self.theme.color("line_soft")
        if self._vertical:
            painter.fillRect(middle.x(), 0, 1, self.height(), colour)
        else:
            painter.fillRect(0, middle.y(), self.width(), 1, colour)
