"""Keeps one strip of added files: of an entry that stands, or of the draft of one that is only begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.errors import LeewardError
from app.domain.kinds.attachment import ATTACHMENT
from app.domain.records import Changes, RecordId
from app.media import intake, pictures
from app.media.intake import Prepared
from app.services.attachments import Added
from app.services.desk import Desk
from app.ui.context import Context, Toast
from app.ui.screens.attachments.choosing import choose_files
from app.ui.screens.attachments.showing import image_of
from app.ui.screens.attachments.viewer import open_viewer
from app.ui.screens.attachments.wording import ICONS, about, refused
from app.ui.text import tr
from app.ui.undoing import undo_toast
from app.ui.widgets.attachment_strip import AttachmentStrip
from app.ui.widgets.attachment_tile import AddedFile

_SMALL_PX = 160
_PASTED = "picture.png"


class Target(msgspec.Struct, frozen=True):
    """Whose files these are: a record's, or those that wait with the draft `key`."""

    record: str = ""
    key: str = ""


class _Small(msgspec.Struct, frozen=True):
    id: str
    raster: pictures.Raster


class Attaching(QObject):
    """Fills a strip and does what is asked there; one for each strip, which owns it."""

    held_changed = Signal()
    """Emitted when something was added to, or taken from, what waits with a draft."""

    def __init__(self, ctx: Context, strip: AttachmentStrip) -> None:
        super().__init__(strip)
        self._ctx, self.strip = ctx, strip
        self._target, self._editable = Target(), False
        self._shown: tuple[Added, ...] = ()
        self._small: dict[str, QImage] = {}
        self._waiting = 0
        strip.choose_asked.connect(lambda: choose_files(strip.window(), self.add_files))
        strip.files_given.connect(self.add_files)
        strip.picture_given.connect(lambda png: self._add(lambda: intake.prepare(png, _PASTED), tr("The picture")))
        strip.opened.connect(self._open)
        strip.words_asked.connect(self._open)
        strip.removal_asked.connect(self.remove)
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self.clear)

    def show_record(self, record: str, *, editable: bool) -> None:
        """Show what was added to an entry; `editable` where more can be."""
        self._show(Target(record=record), editable=editable)

    def show_draft(self, key: str) -> None:
        """Show what waits with the draft of a new entry."""
        self._show(Target(key=key), editable=True)

    def clear(self) -> None:
        """Show nothing, and keep no picture in memory."""
        self._target, self._shown, self._small = Target(), (), {}
        self.strip.refuse("")
        self.strip.set_editable(on=False)
        self.strip.show_files(())

    def add_files(self, paths: list[Path]) -> None:
        """Add files of this computer, one after the other; each that is refused is named with the reason."""
        self.strip.refuse("")
        for path in paths:
            self._add(lambda path=path: intake.from_file(path), intake.shown_name(path.name))  # type: ignore[misc]  # bound

    def remove(self, attachment: str) -> None:
        """Take one away; it can be taken back at once."""
        found = next((added for added in self._shown if added.id == attachment), None)
        if found is None:
            return

        def removed(_none: None) -> None:
            self._load()
            self._say_held()
            if found.held:
                self._ctx.shell.toast(Toast(tr("{name} removed.").format(name=found.name)))
            else:
                undo_toast(self._ctx, tr("{name} removed.").format(name=found.name), found.id)

        self._ctx.tasks.run(lambda desk: desk.attachments.remove(found.id), removed, self._failed(found.name))

    def _add(self, prepare: Callable[[], Prepared], name: str) -> None:
        target = self._target
        if not (target.record or target.key):
            return

        def work(desk: Desk) -> RecordId:
            prepared = prepare()
            if target.record:
                return desk.attachments.add(RecordId(target.record), prepared)
            return desk.attachments.hold(target.key, prepared)

        self._waiting += 1
        self._say_busy()
        self._ctx.tasks.run(work, self._added, self._failed(name, counted=True))

    def _added(self, _attachment: RecordId) -> None:
        self._waiting = max(0, self._waiting - 1)
        self._say_busy()
        self._load()
        self._say_held()

    def _say_held(self) -> None:
        if self._target.key:
            self.held_changed.emit()

    def _failed(self, name: str, *, counted: bool = False) -> Callable[[LeewardError], None]:
        def failed(error: LeewardError) -> None:
            if counted:
                self._waiting = max(0, self._waiting - 1)
                self._say_busy()
            self.strip.refuse(refused(error, name, self._ctx.content))

        return failed

    def _say_busy(self) -> None:
        self.strip.say_busy(tr("Encrypting…") if self._waiting else "")

    def _show(self, target: Target, *, editable: bool) -> None:
        if target != self._target:
            self._shown = ()
            self.strip.refuse("")
            self.strip.show_files(())
        self._target, self._editable = target, editable
        self.strip.set_editable(on=editable)
        self._load()

    def _load(self) -> None:
        target = self._target
        if not (target.record or target.key):
            return

        def work(desk: Desk) -> tuple[Added, ...]:
            if target.record:
                return desk.attachments.of(RecordId(target.record))
            return desk.attachments.held(target.key)

        def done(found: tuple[Added, ...]) -> None:
            if target == self._target:
                self._found(found)

        self._ctx.tasks.run(work, done, slot=f"files:{id(self)}")

    def _found(self, found: tuple[Added, ...]) -> None:
        self._shown = found
        here = {added.id for added in found}
        self._small = {name: image for name, image in self._small.items() if name in here}
        self._render()
        for added in found:
            if added.sort == "image" and added.id not in self._small:
                self._ctx.tasks.run(lambda desk, one=added: _small(desk, one), self._seen, _nothing)  # type: ignore[misc]  # bound

    def _seen(self, small: _Small) -> None:
        if any(added.id == small.id for added in self._shown):
            self._small[small.id] = image_of(small.raster)
            self._render()

    def _render(self) -> None:
        self.strip.show_files([self._tile(added) for added in self._shown])

    def _tile(self, added: Added) -> AddedFile:
        alone = self._ctx.other and not added.shared and any(one.shared for one in self._shown)
        return AddedFile(
            id=added.id,
            name=added.name,
            about=about(added),
            icon=ICONS[added.sort],
            alt=added.alt,
            aside=tr("Only you see this one") if alone else "",
            removable=added.yours and self._editable,
            image=self._small.get(added.id),
        )

    def _open(self, attachment: str) -> None:
        found = next((added for added in self._shown if added.id == attachment), None)
        if found is not None:
            open_viewer(self._ctx, found, self._load)

    def _changed(self, changes: Changes) -> None:
        if ATTACHMENT in changes.kinds:
            self._load()


def _small(desk: Desk, added: Added) -> _Small:
    return _Small(added.id, pictures.shown(desk.attachments.load(added.id), _SMALL_PX))


def _nothing(_value: object) -> None:
    """A picture that cannot be shown small keeps its icon; opening it says why."""
