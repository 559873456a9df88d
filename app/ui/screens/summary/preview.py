"""The exact pages, one at a time, on a dull ground: fitted to the room or to its width."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.text import number, tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import IconButton, Select
from app.ui.widgets.card import Surface
from app.ui.widgets.label import Label
from app.ui.widgets.painting import PaintedWidget

FIT_PAGE, FIT_WIDTH = 0, 1
_MARGIN_PX = 18


class Sheet(PaintedWidget):
    """One page, white in every theme as paper is."""

    turned = Signal(int)
    """Page keys: -1 for the page before, 1 for the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = QPixmap()
        self._size = QSize(1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("The page as it will leave"))

    def show_page(self, page: QPixmap, size: QSize) -> None:
        """Show another page at a size in px."""
        self._page, self._size = page, size
        self.updateGeometry()
        self.resize(size)
        self.update()

    @override
    def wanted(self) -> QSize:
        return self._size

    @override
    def draw(self, painter: QPainter) -> None:
        if self._page.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        wanted = self._size * ratio
        sharp = self._page.scaled(
            wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawPixmap(QRectF(self.rect()), sharp, QRectF(sharp.rect()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}
        if event.key() in turn:
            self.turned.emit(turn[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class Preview(Surface):
    """The bar with page number, arrows and fit, and the page below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", parent=parent)
        self._raw: tuple[bytes, ...] = ()
        self._pages: list[QPixmap] = []
        self._at = 0
        self._where = Label("", "small", "ink2", lines=1)
        self._back = IconButton("caret-left", tr("Page before"), "plain")
        self._next = IconButton("caret-right", tr("Next page"), "plain")
        self._fit = Select(name=tr("Size of the page"))
        self._fit.addItems([tr("Fit page"), tr("Fit width")])
        self._sheet = Sheet()
        self._scroll = QScrollArea()
        self._bar = QHBoxLayout()
        self._build()
        self._back.clicked.connect(lambda: self.turn(-1))
        self._next.clicked.connect(lambda: self.turn(1))
        self._sheet.turned.connect(self.turn)
        self._fit.currentIndexChanged.connect(lambda _index: self._place())
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pages(self, pages: tuple[bytes, ...], *, drawing: bool) -> None:
        """Show these pages, staying where one was; `drawing` says newer ones are on their way."""
        if pages is not self._raw:
            self._raw = pages
            self._pages = [_pixmap(page) for page in pages]
            self._at = min(self._at, max(len(self._pages) - 1, 0))
            self._place()
        self._say(drawing=drawing)

    def turn(self, by: int) -> None:
        """Go to another page."""
        wanted = min(max(self._at + by, 0), max(len(self._pages) - 1, 0))
        if wanted != self._at:
            self._at = wanted
            self._place()
            self._scroll.verticalScrollBar().setValue(0)
            self._say(drawing=False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _say(self, *, drawing: bool) -> None:
        place = tr("Page {page} of {pages}").format(page=number(self._at + 1), pages=number(len(self._pages)))
        self._where.setText(place if self._pages else tr("The pages are being made.") if drawing else "")
        self._back.setEnabled(self._at > 0)
        self._next.setEnabled(self._at + 1 < len(self._pages))
        self._sheet.setAccessibleDescription(self._where.text())

    def _build(self) -> None:
        self._bar.addWidget(self._where, 1)
        for widget in (self._back, self._next, self._fit):
            self._bar.addWidget(widget)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        holder = Surface("sunken", radius_px=0)
        holder.body.setContentsMargins(0, 0, 0, 0)
        self._top = holder.body
        holder.body.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(holder)
        self._scroll.setWidgetResizable(True)
        self.body.addLayout(self._bar)
        self.body.addWidget(self._scroll, 1)

    def _place(self) -> None:
        """The page in its size: as wide as the room, or as large as it fits whole."""
        if not self._pages:
            self._sheet.show_page(QPixmap(), QSize(1, 1))
            return
        page = self._pages[self._at]
        theme = self._hub.theme
        room = self._scroll.viewport().size() - QSize(2, 2) * theme.px(_MARGIN_PX)
        scale = max(room.width(), 80) / page.width()
        if self._fit.currentIndex() == FIT_PAGE:
            scale = min(scale, max(room.height(), 80) / page.height())
        self._sheet.show_page(page, QSize(round(page.width() * scale), round(page.height() * scale)))

    def _restyle(self, theme: Theme) -> None:
        self.body.setContentsMargins(1, 0, 1, 1)
        self.body.setSpacing(0)
        self._bar.setContentsMargins(theme.px(13), theme.px(5), theme.px(8), theme.px(5))
        self._bar.setSpacing(theme.px(6))
        self._top.setContentsMargins(0, theme.px(_MARGIN_PX), 0, theme.px(_MARGIN_PX))
        self.setMinimumHeight(theme.px(360))
        self._place()


def _pixmap(png: bytes) -> QPixmap:
    made = QPixmap()
    made.loadFromData(png, "PNG")
    return made
