"""How each sort of added file is shown. Bytes are read and decoded in the worker; the window gets pixels only."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import LeewardError
from app.media import pictures
from app.media.pages import Pages
from app.media.sounds import Player
from app.services.attachments import Added
from app.services.desk import Desk
from app.ui.context import Context
from app.ui.screens.attachments.wording import refused
from app.ui.widgets.viewer_canvas import ViewerCanvas
from app.ui.widgets.viewer_sound import SoundView

_LOOK_AGAIN_MS = 120
_TICK_MS = 100
_POINTS_AN_INCH = 72
Refuse = Callable[[LeewardError], None]


class Shown(QWidget):
    """What the viewer asks of whatever it shows."""

    zoomed = Signal(float)
    """Emitted with how much larger than fitting it is."""
    turned = Signal(int, int)
    """Emitted with the number of the page (from 0) and how many there are."""

    def __init__(self, ctx: Context, added: Added, refuse: Refuse) -> None:
        super().__init__()
        self.ctx, self.added, self.refuse = ctx, added, refuse
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def load(self) -> None:
        """Begin to fetch what is shown."""

    def let_go(self) -> None:
        """Keep nothing of it in memory."""

    def goal(self) -> QWidget:
        """Where the keyboard goes first."""
        return self

    def settle(self) -> None:
        """The surface has its size now."""

    def zoom(self, steps: int) -> None:
        """Larger, smaller, or with 0 fitting."""

    def turn(self, pages: int) -> None:
        """Another page."""


class _Looked(Shown):
    """Something with a canvas."""

    def __init__(self, ctx: Context, added: Added, refuse: Refuse) -> None:
        super().__init__(ctx, added, refuse)
        self.canvas = ViewerCanvas()
        self.canvas.setAccessibleName(added.name)
        self.canvas.setAccessibleDescription(added.alt)
        self.canvas.zoomed.connect(self.zoomed)
        self.canvas.turned.connect(self.turn)
        self.column.addWidget(self.canvas)

    def goal(self) -> QWidget:
        """See `Shown.goal`."""
        return self.canvas

    def zoom(self, steps: int) -> None:
        """See `Shown.zoom`."""
        self.canvas.step(steps)

    def let_go(self) -> None:
        """See `Shown.let_go`."""
        self.canvas.show_image(QImage())


class PictureShown(_Looked):
    """A picture."""

    def load(self) -> None:
        """See `Shown.load`."""
        name = self.added.id
        self.ctx.tasks.run(lambda desk: pictures.shown(desk.attachments.load(name)), self._seen, self.refuse)

    def _seen(self, raster: pictures.Raster) -> None:
        self.canvas.show_image(image_of(raster))


class _Page(msgspec.Struct, frozen=True):
    number: int
    count: int
    points: tuple[float, float]
    raster: pictures.Raster


class PagesShown(_Looked):
    """A document, one page at a time: only the page in view is drawn, at the size it is looked at."""

    def __init__(self, ctx: Context, added: Added, refuse: Refuse) -> None:
        super().__init__(ctx, added, refuse)
        self._open: list[Pages] = []
        self._number = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.load)
        self.canvas.zoomed.connect(lambda _zoom: self._again.start())
        self._points = (612.0, 792.0)

    def load(self) -> None:
        """See `Shown.load`."""
        held, name, number = self._open, self.added.id, self._number
        whole = self._whole(self._points)
        ratio = self.devicePixelRatioF()
        scale = self.canvas.scale() * whole.width() / self._points[0] * ratio

        def work(desk: Desk) -> _Page:
            if not held:
                held.append(Pages(desk.attachments.load(name)))
            pages = held[0]
            return _Page(number, pages.count, pages.size(number), pages.render(number, scale * _POINTS_AN_INCH))

        self.ctx.tasks.run(work, self._seen, self.refuse, slot=f"page:{id(self)}")

    def turn(self, pages: int) -> None:
        """See `Shown.turn`."""
        number = self._number + pages
        if 0 <= number < max(1, self.added.pages):
            self._number = number
            self.turned.emit(number, self.added.pages)
            self.load()

    def settle(self) -> None:
        """See `Shown.settle`."""
        self.load()

    def let_go(self) -> None:
        """See `Shown.let_go`. The document is closed where it was opened."""
        super().let_go()
        self._again.stop()
        held = self._open
        self._open = []
        self.ctx.tasks.run(lambda _desk: _close(held), _nothing, _nothing)

    def _seen(self, page: _Page) -> None:
        first = self._points != page.points
        self._points = page.points
        self.canvas.show_image(image_of(page.raster), self._whole(page.points))
        self.turned.emit(page.number, page.count)
        if first:
            self._again.start()

    def _whole(self, points: tuple[float, float]) -> QSize:
        """A page at 150 dots an inch: fitting never shows it larger than that."""
        return QSize(round(points[0] * 150 / _POINTS_AN_INCH), round(points[1] * 150 / _POINTS_AN_INCH))


class SoundShown(Shown):
    """A recording."""

    def __init__(self, ctx: Context, added: Added, refuse: Refuse) -> None:
        super().__init__(ctx, added, refuse)
        self.view = SoundView(added.length_ms)
        self.column.addWidget(self.view)
        self._data = b""
        self._player: Player | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._follow)
        self.view.play_asked.connect(self._play)
        self.view.sought.connect(self._seek)
        self.view.button.setEnabled(False)

    def goal(self) -> QWidget:
        """See `Shown.goal`."""
        return self.view.button

    def load(self) -> None:
        """See `Shown.load`."""
        name = self.added.id
        self.ctx.tasks.run(lambda desk: desk.attachments.load(name), self._loaded, self.refuse)

    def let_go(self) -> None:
        """See `Shown.let_go`."""
        self._tick.stop()
        if self._player is not None:
            self._player.close()
        self._player, self._data = None, b""

    def _loaded(self, data: bytes) -> None:
        self._data = data
        self.view.button.setEnabled(True)
        if self.isVisible():
            self.view.button.setFocus()

    def _play(self) -> None:
        try:
            if self._player is None:
                self._player = Player(self._data, self.added.length_ms)
                self._player.seek(self.view.bar.value())
            if self._player.playing:
                self._player.pause()
            else:
                self._player.play()
        except LeewardError as error:
            self.view.say(refused(error, "", self.ctx.content))
            return
        self.view.say("")
        self._tick.start()
        self._follow()

    def _seek(self, at_ms: int) -> None:
        if self._player is not None:
            self._player.seek(at_ms)
            self._follow()
        else:
            self.view.show_at(at_ms, playing=False)

    def _follow(self) -> None:
        if self._player is None:
            return
        playing = self._player.playing
        self.view.show_at(self._player.at_ms, playing=playing)
        if not playing:
            self._tick.stop()


def image_of(raster: pictures.Raster) -> QImage:
    """Pixels of the media layer as the window draws them; they are copied."""
    wide = raster.width * 4
    return QImage(raster.rgba, raster.width, raster.height, wide, QImage.Format.Format_RGBA8888).copy()


def _close(held: list[Pages]) -> None:
    while held:
        held.pop().close()


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
