"""What was added to an entry, tile by tile, and the ways to add more: choose, drop, paste."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.attachment_tile import AddedFile, AttachmentTile
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.painting import box, painting
from app.ui.widgets.question import Trouble

_PASTED_LIMIT_PX = 64_000_000


class AttachmentStrip(QWidget):
    """Knows no service: it shows what it is given and says what is wanted."""

    choose_asked = Signal()
    """Emitted when a file should be chosen."""
    files_given = Signal(list)
    """Emitted with the paths of local files that were dropped."""
    picture_given = Signal(bytes)
    """Emitted with a picture from the clipboard, as PNG."""
    opened = Signal(str)
    """Emitted with the id of a file to be shown."""
    words_asked = Signal(str)
    """Emitted with the id of a file whose words should be written."""
    removal_asked = Signal(str)
    """Emitted with the id of a file that should go."""

    def __init__(self, *, quiet: bool = False) -> None:
        """`quiet` shows nothing at all while there is nothing to show and nothing may be added."""
        super().__init__()
        self._hub = current_hub()
        self._quiet, self._editable, self._over = quiet, False, False
        self._ground: QWidget | None = None
        self.tiles: list[AttachmentTile] = []
        self.heading = Label(tr("Added files"), "caption", "ink3")
        self._room = QWidget()
        self._flow = FlowLayout(self._room)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.add = Button(tr("Add a file"), "plain", icon="plus", small=True)
        self.paste = Button(tr("Paste a picture"), "quiet", small=True)
        self._hint = Label(tr("Or drop pictures, PDF pages or sound here."), "caption", "ink3")
        self.busy = Label("", "caption", "ink2")
        self.trouble = Trouble()
        self._assemble()
        self.set_editable(on=False)

    def show_files(self, files: Sequence[AddedFile]) -> None:
        """Show these; what stands already stays where it is, and so does the keyboard."""
        focused = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        if [tile.file.id for tile in self.tiles] == [file.id for file in files]:
            for tile, file in zip(self.tiles, files, strict=True):
                tile.show_file(file)
        else:
            self._replace(files)
        self._look()
        if focused is not None and not any(tile.hasFocus() for tile in self.tiles):
            self._focus(min(focused, len(self.tiles) - 1))

    def set_editable(self, *, on: bool) -> None:
        """Whether files can be added here."""
        self._editable = on
        self.setAcceptDrops(on)
        if self._ground is not None:
            self._ground.setAcceptDrops(on)
        for part in (self.add, self.paste, self._hint):
            part.setVisible(on)
        self._look()

    def say_busy(self, words: str) -> None:
        """Say what is being done; with no words, nothing is."""
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
        self.add.setEnabled(not words)
        self._look()

    def refuse(self, words: str) -> None:
        """Say why a file was not taken; no words take that back."""
        self.trouble.say(words)
        self._look()

    def take(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted: local files, or else a picture. Returns whether there was any of it."""
        paths = local_files(data)
        if paths:
            self.files_given.emit(paths)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and 0 < image.width() * image.height() <= _PASTED_LIMIT_PX:
            self.picture_given.emit(_as_png(image))
            return True
        return False

    def take_drops_of(self, ground: QWidget) -> None:
        """Take what is dropped anywhere on `ground`, where nothing on it takes drops itself."""
        self._ground = ground
        ground.setAcceptDrops(self._editable)
        ground.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and watched is self._ground:
            if event.type() is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
                self.dragEnterEvent(event)
            elif event.type() is QEvent.Type.Drop:
                self.dropEvent(event)
            elif event.type() is QEvent.Type.DragMove:
                event.accept()
            return True
        if event.type() is QEvent.Type.DragLeave and watched is self._ground:
            self._show_over(on=False)
        return False

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._editable and local_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._show_over(on=True)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(on=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(on=False)
        if self.take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._over:
            theme = self._hub.theme
            with painting(self, theme) as painter:
                edge = theme.color("lee")
                box(painter, self.rect().toRectF(), theme.radius("control"), fill=theme.color("lee_tint"), edge=edge)

    def _assemble(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._hub.theme.space("s"))
        row.addWidget(self.add)
        row.addWidget(self.paste)
        row.addWidget(self._hint, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._hub.theme.space("s"))
        for part in (self.heading, self._room):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.busy)
        column.addWidget(self.trouble)
        self.busy.hide()
        self.add.clicked.connect(lambda _checked=False: self.choose_asked.emit())
        self.paste.clicked.connect(lambda _checked=False: self._paste())
        self.paste.setToolTip(tr("Takes a picture that was copied elsewhere"))

    def _paste(self) -> None:
        taken = self.take(QGuiApplication.clipboard().mimeData())
        self.refuse("" if taken else tr("There is no picture to paste. Copy one first, or choose a file."))

    def _replace(self, files: Sequence[AddedFile]) -> None:
        """Put the tiles in this order; one that stays is the same one."""
        known = {tile.file.id: tile for tile in self.tiles}
        while self._flow.takeAt(0) is not None:
            pass
        self.tiles = []
        for file in files:
            tile = known.pop(file.id, None) or self._tile(file)
            tile.show_file(file)
            self.tiles.append(tile)
            self._flow.addWidget(tile)
            tile.show()
        for gone in known.values():
            gone.hide()
            gone.deleteLater()

    def _tile(self, file: AddedFile) -> AttachmentTile:
        tile = AttachmentTile(file)
        tile.clicked.connect(lambda _checked=False: self.opened.emit(file.id))
        tile.words_asked.connect(lambda: self.words_asked.emit(file.id))
        tile.removal_asked.connect(lambda: self.removal_asked.emit(file.id))
        tile.step_asked.connect(lambda step: self._step(tile, step))
        return tile

    def _step(self, tile: AttachmentTile, step: int) -> None:
        at = self.tiles.index(tile)
        self._focus({-2: 0, 2: len(self.tiles) - 1}.get(step, at + step))

    def _focus(self, number: int) -> None:
        if 0 <= number < len(self.tiles):
            self.tiles[number].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.tiles and self._editable:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        some = bool(self.tiles)
        self.heading.setVisible(some or self._editable)
        self._room.setVisible(some)
        away = self._quiet and not some and not self._editable
        if away or self.parentWidget() is not None:  # without a parent it would be a window of its own
            self.setHidden(away)

    def _show_over(self, *, on: bool) -> None:
        self._over = on
        self.update()


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dropped or pasted; addresses of anything else are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and not url.host()]


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, the binding takes the name
    buffer.close()
    return bytes(held.data())
