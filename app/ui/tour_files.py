"""The tour's stops about files: added to an entry, looked at, and the journal taken out of here or brought in."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtWidgets import QScrollArea

from app.domain.records import RecordId
from app.media import intake
from app.services.attachments import Added
from app.services.desk import Desk
from app.services.sample_words import ON_PAPER, PICTURED
from app.ui.main_window import MainWindow
from app.ui.screens.attachments.viewer import open_viewer
from app.ui.screens.taking_out.in_surface import InSurface
from app.ui.screens.taking_out.out_surface import OutSurface
from app.ui.tour_surfaces import Touring
from app.ui.widgets.attachment_strip import AttachmentStrip

_PICTURE_PX = (900, 600)


class Files:
    """Goes to one of `stops` after the other; the files are drawn here and added to a copy of the sample."""

    def __init__(self, tour: Touring, desk: Callable[[], Desk]) -> None:
        self._tour, self._desk = tour, desk
        self._record: RecordId | None = None

    def stops(self) -> dict[str, Callable[[], None]]:
        """Where to go, by name, in order."""
        return {
            "files-strip": self._strip,
            "files-picture": lambda: self._view("image"),
            "files-pages": lambda: self._view("pages"),
            "files-taken-out": lambda: self._way(lambda session: OutSurface(session.context)),
            "files-brought-in": lambda: self._way(lambda session: InSurface(session.context)),
        }

    def _strip(self) -> None:
        for strip in self._entry().findChildren(AttachmentStrip):
            above = strip.parentWidget()
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if strip.isVisible() and above is not None:
                QTimer.singleShot(0, strip, lambda area=above, shown=strip: area.ensureWidgetVisible(shown))

    def _entry(self) -> MainWindow:
        session = self._tour.at(self._desk())
        session.go("journal", self._with_files())
        return session

    def _view(self, sort: str) -> None:
        session = self._entry()
        added = next(one for one in self._added() if one.sort == sort)
        open_viewer(session.context, added, lambda: None)

    def _way(self, made: Callable[[MainWindow], OutSurface | InSurface]) -> None:
        session = self._tour.at(self._desk())
        session.go("settings", "backup")
        session.open_over(made(session))

    def _added(self) -> tuple[Added, ...]:
        return self._desk().attachments.of(self._with_files())

    def _with_files(self) -> RecordId:
        if self._record is None:
            desk = self._desk()
            self._record = desk.journal.page(kinds=("trigger",), limit=1).entries[0].id
            picture = desk.attachments.add(self._record, intake.prepare(_hills(), "hills.png"))
            desk.attachments.describe(picture, PICTURED)
            desk.attachments.add(self._record, intake.prepare(_page(), "thursday.pdf"))
        return self._record


def _hills() -> bytes:
    """A small drawing, the same every time."""
    image = QImage(*_PICTURE_PX, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide, high = _PICTURE_PX
    for number in range(4):
        painter.setPen(QPen(QColor(Qt.GlobalColor.darkCyan), 3 + number))
        base, swell = high * (0.35 + 0.14 * number), high * 0.07
        line = [QPointF(x, base + swell * math.sin(x / (90 + 30 * number) + number)) for x in range(0, wide, 6)]
        painter.drawPolyline(line)
    painter.end()
    return _stored(lambda store: image.save(store, "PNG"))  # type: ignore[call-overload]  # the stub wants bytes, Qt wants words


def _page() -> bytes:
    """A page with three lines."""

    def draw(store: QBuffer) -> None:
        writer = QPdfWriter(store)
        writer.setPageSize(QPageSize(QSizeF(148, 210), QPageSize.Unit.Millimeter))
        writer.setResolution(96)
        writer.setCreator("")
        painter = QPainter(writer)
        for number, words in enumerate(ON_PAPER):
            painter.drawText(QPointF(20, 60 + 40 * number), words)
        painter.end()

    return _stored(draw)


def _stored(write: Callable[[QBuffer], object]) -> bytes:
    data = QByteArray()
    store = QBuffer(data)
    store.open(QIODevice.OpenModeFlag.WriteOnly)
    write(store)
    store.close()
    return bytes(data.data())
