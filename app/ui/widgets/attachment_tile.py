"""One added file as a tile: what it looks like or an icon, its name, what it is, and the words written for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.painting import box, painting, text

WIDE_PX = 272
_PAD_PX = 8
_PICTURE_PX = 52


@dataclass(frozen=True, slots=True)
class AddedFile:
    """What a tile shows: `about` is what it is in words ("Picture, 1.2 MB"), `image` small pixels where there are any.

    `aside` says who can see it where that is not everybody who reads the entry; `removable` also means describable.
    """

    id: str
    name: str
    about: str
    icon: str
    alt: str = ""
    aside: str = ""
    removable: bool = True
    image: QImage | None = None


class AttachmentTile(QAbstractButton):
    """Enter opens, Delete removes, the menu key offers all there is to do."""

    removal_asked = Signal()
    """Emitted on Delete and from the menu."""
    words_asked = Signal()
    """Emitted when the words for it should be written."""
    step_asked = Signal(int)
    """Emitted on the arrow keys: −1 the one before, 1 the next, −2 the first, 2 the last."""

    def __init__(self, file: AddedFile) -> None:
        super().__init__()
        self._hub = current_hub()
        self.file = file
        self._ring = RingKeeper(self, self._shape)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_file(file)
        self._hub.changed.connect(self._theme_changed)

    def show_file(self, file: AddedFile) -> None:
        """Show the same file as it is now."""
        self.file = file
        self.setText(file.name)
        self.setAccessibleName(file.name)
        said = [file.alt, file.about, file.aside]
        self.setAccessibleDescription(". ".join(part for part in said if part))
        self.setToolTip("\n".join(part for part in (file.name, file.alt) if part))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._hub.theme
        lines = theme.line_height("label") + 2 * theme.line_height("caption")
        return QSize(theme.px(WIDE_PX), max(theme.px(_PICTURE_PX), lines) + 2 * theme.px(_PAD_PX))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ahead = -1 if mirrored else 1
        steps = {
            Qt.Key.Key_Right: ahead, Qt.Key.Key_Left: -ahead, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -2, Qt.Key.Key_End: 2,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.file.removable:
            self.removal_asked.emit()
        elif key is Qt.Key.Key_F2 and self.file.removable:
            self.words_asked.emit()
        elif key in steps:
            self.step_asked.emit(steps[key])
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu().popup(event.globalPos() if by_mouse else self.mapToGlobal(QPoint(0, self.height())))

    def menu(self) -> QMenu:
        """Everything that can be done with it; the menu goes once it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open"), self.click)
        if self.file.removable:
            menu.addAction(tr("Describe in words…"), self.words_asked.emit)
            menu.addSeparator()
            menu.addAction(tr("Remove"), self.removal_asked.emit)
        return menu

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            ground: Role = "hover" if self.underMouse() or self.isDown() else "field"
            edge = theme.color("line")
            box(painter, QRectF(self.rect()), theme.radius("control"), fill=theme.color(ground), edge=edge)
            pad, side = theme.px(_PAD_PX), theme.px(_PICTURE_PX)
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = self.width() - pad - side if mirrored else pad
            self._paint_picture(painter, QRect(left, (self.height() - side) // 2, side, side), theme)
            start = pad if mirrored else pad + side + theme.px(10)
            self._paint_words(painter, start, self.width() - side - 2 * pad - theme.px(10), theme, mirrored=mirrored)

    def _paint_picture(self, painter: QPainter, place: QRect, theme: Theme) -> None:
        image = self.file.image
        if image is None or image.isNull():
            box(painter, QRectF(place), theme.radius("control"), fill=theme.color("sunken"))
            icon = theme.size("icon")
            middle = QRectF(place.center().x() - icon / 2 + 0.5, place.center().y() - icon / 2 + 0.5, icon, icon)
            paint_icon(painter, middle, self.file.icon, "ink3", self._hub)
            return
        short = min(image.width(), image.height())
        part = QRect((image.width() - short) // 2, (image.height() - short) // 2, short, short)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image, part)

    def _paint_words(self, painter: QPainter, start: int, wide: int, theme: Theme, *, mirrored: bool) -> None:
        lines: list[tuple[TypeName, str, Role]] = [
            ("label", self.file.name, "ink"),
            ("caption", self.file.about, "ink3"),
        ]
        if self.file.aside or self.file.alt:
            lines.append(("caption", self.file.aside or self.file.alt, "ink2"))
        y = (self.height() - sum(theme.line_height(style) for style, _, _ in lines)) / 2
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        for style, words, role in lines:
            how = Qt.TextElideMode.ElideMiddle if style == "label" else Qt.TextElideMode.ElideRight
            shown = QFontMetrics(theme.font(style)).elidedText(words, how, wide)
            align = side | Qt.AlignmentFlag.AlignAbsolute
            text(painter, QRectF(start, y, wide, theme.line_height(style)), shown, theme, style, role, align=align)
            y += theme.line_height(style)

    def _shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()), self._hub.theme.radius("control")

    def _theme_changed(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()
