"""What can still be read of a journal that does not open: read beside the window, shown, taken out when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.ui.text import Trouble, tr, trouble

if TYPE_CHECKING:
    from app.domain.errors import LeewardError
    from app.services.local_time import Now
    from app.services.restoring import Readable
    from app.services.vaults import Words
    from app.ui.runtime.aside import Aside, Errand

T = TypeVar("T")


class Busy(StrEnum):
    """What is under way."""

    NOTHING = ""
    READING = "reading"
    COPYING = "copying"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class ReadingState:
    """`found` is None until it was read. `plain`: the second step before plain text leaves. `said`: what was done."""

    busy: Busy = Busy.READING
    part: float = 0.0
    found: Readable | None = None
    plain: bool = False
    trouble: Trouble | None = None
    said: str = ""


class ReadingOpening(QObject):
    """`state(ReadingState)` after every step. Holds the passphrase that was typed until `forget`."""

    state = Signal(object)
    _moved = Signal(float)

    def __init__(self, aside: Aside, folder: Path, passphrase: str, words: Words, now: Now) -> None:
        super().__init__()
        self._aside, self._folder, self._words, self._now = aside, folder, words, now
        self._passphrase = passphrase
        self._errand: Errand | None = None
        self._shown = ReadingState()
        self._moved.connect(self._show_part)

    @property
    def shown(self) -> ReadingState:
        """The state that was emitted last."""
        return self._shown

    def read(self) -> None:
        """Read everything that can be read."""
        folder, phrase, words = self._folder, self._passphrase, self._words

        def work(errand: Errand) -> Readable | None:
            from app.services import restoring

            called_off = errand.is_called_off
            return restoring.read_in_words(
                folder, phrase, words.content, words.kinds, cancelled=called_off, progress=self._moved.emit
            )

        self._carry_out(Busy.READING, work, lambda found: self._show(ReadingState(Busy.NOTHING, found=found)))

    def take_along(self, into: Path) -> None:
        """Lay the newest good copy out there, as a locked journal of its own."""
        folder, phrase, day = self._folder, self._passphrase, self._now().date()

        def work(errand: Errand) -> Path | None:
            from app.services import restoring

            called_off = errand.is_called_off
            return restoring.take_along(folder, phrase, into, day, cancelled=called_off, progress=self._moved.emit)

        def done(made: Path | None) -> None:
            said = tr("Copied to {place}. It opens there with your passphrase.").format(place=str(made))
            self._show(replace(self._shown, busy=Busy.NOTHING, said=said))

        self._carry_out(Busy.COPYING, work, done)

    def ask_plain(self, *, asked: bool) -> None:
        """Go to the second step, or back from it."""
        if self._shown.busy is Busy.NOTHING:
            self._show(replace(self._shown, plain=asked, trouble=None, said=""))

    def save_plain(self, into: Path) -> None:
        """Write what was read as plain text, after the second step."""
        found, content, day = self._shown.found, self._words.content, self._now().date()
        if found is None or not self._shown.plain:
            return
        readable = found

        def work(_errand: Errand) -> tuple[Path, Path]:
            from app.services import reading_out

            return reading_out.save(into, readable.rescued, readable.reading, content, day)

        def done(made: tuple[Path, Path]) -> None:
            names = tr("{first} and {second}, in {place}").format(
                first=made[0].name, second=made[1].name, place=str(into)
            )
            said = tr("{done} {names}").format(done=content.care.rescue.done, names=names)
            self._show(replace(self._shown, busy=Busy.NOTHING, plain=False, said=said))

        self._carry_out(Busy.SAVING, work, done)

    def forget(self) -> None:
        """The surface is gone: drop what was typed and what was read, and stop what is under way."""
        if self._errand is not None:
            self._errand.call_off()
        self._passphrase = ""
        self._shown = ReadingState(Busy.NOTHING)

    def _carry_out(self, busy: Busy, work: Callable[[Errand], T], done: Callable[[T], None]) -> None:
        self._show(replace(self._shown, busy=busy, part=0.0, trouble=None, said=""))
        self._errand = self._aside.start(work, done, self._refused)

    def _refused(self, error: LeewardError) -> None:
        self._errand = None
        self._show(replace(self._shown, busy=Busy.NOTHING, trouble=trouble(error, self._words.content)))

    def _show_part(self, part: float) -> None:
        if self._shown.busy is not Busy.NOTHING:
            self._show(replace(self._shown, part=part))

    def _show(self, state: ReadingState) -> None:
        self._shown = state
        self.state.emit(state)
