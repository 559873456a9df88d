"""What can still be read of a damaged file is read, what cannot is listed: one bad page must not hold back the rest.

Bodies are read in stretches of the log. A stretch that fails is halved until the single revision that cannot be read is
found; everything around it is kept. Nothing is written.

The cipher's engine refuses whatever is asked after a page that did not open, so the file is opened anew after each.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

import msgspec
import sqlcipher3

from app.crypto.secret import Secret
from app.data import attachments
from app.data.backup_set import HALF
from app.data.cipher import SpaceConnection
from app.data.copying import (
    OPS_BETWEEN_QUESTIONS,
    Cancelled,
    Progress,
    at_rest,
    copy_closed,
    never,
    refuse_without_room,
    snapshot,
    stop_if,
    untold,
)
from app.data.durable_files import make_folder, reading
from app.data.looking import bad_pages, stoppable, stopped
from app.data.vault_meta import random_id
from app.domain.records import RecordId

_STRETCH: Final = 256
_COLUMNS: Final = "SELECT record, kind, id, author, clock, zone, body FROM revision"
_T = TypeVar("_T")
Opener = Callable[[], AbstractContextManager[SpaceConnection]]
"""Opens the file to be read; asked once more after every page that did not open."""


class Saved(msgspec.Struct, frozen=True):
    """One revision that could be read. `answers` is its body as it was stored; None for a removal."""

    record: str
    kind: str
    revision: str
    author: str
    clock: int
    zone: str
    answers: msgspec.Raw | None


class Rescued(msgspec.Struct, frozen=True):
    """Everything that could be read, oldest first, and what could not: positions in the log and engine findings."""

    entries: tuple[Saved, ...]
    unreadable: tuple[str, ...]
    pages: tuple[str, ...]

    def newest(self) -> tuple[Saved, ...]:
        """Of every record the last state that could be read, removed ones left out."""
        last: dict[str, Saved] = {}
        for saved in self.entries:
            known = last.get(saved.record)
            if known is None or (saved.clock, saved.author) >= (known.clock, known.author):
                last[saved.record] = saved
        return tuple(saved for saved in last.values() if saved.answers is not None)

    def as_json(self) -> bytes:
        """The whole of it as JSON: newest states, every earlier one, and the list of what is missing."""
        return msgspec.json.encode(
            {"entries": self.newest(), "history": self.entries, "unreadable": self.unreadable, "pages": self.pages}
        )


def read_file_at_rest(
    path: Path, key: Secret, salt: bytes, *, cancelled: Cancelled = never, progress: Progress = untold
) -> Rescued:
    """Read a closed, perhaps damaged space file.

    Raises:
        VaultError: as `copying.at_rest`: when not even the first page opens, there is nothing to read.
        CalledOff: on the person's word.
    """

    def opened() -> AbstractContextManager[SpaceConnection]:
        return at_rest(path, key, salt, cancelled=cancelled)

    with stoppable(cancelled):
        return read_all(opened, cancelled=cancelled, progress=progress)


def read_closed(
    path: Path, key: Secret, salt: bytes, aside: Path, *, cancelled: Cancelled = never, progress: Progress = untold
) -> Rescued:
    """The same with the log that a crash may have left beside the file: both are read, on a copy taken away again.

    The copy lies in the folder `aside`, under a name that does not count there, should it be left behind.

    Raises:
        VaultError: as `read_file_at_rest`; DISK_FULL when there is no room for the copy.
        CalledOff: on the person's word.
    """
    log = path.with_name(path.name + "-wal")
    with reading():
        left = log.stat().st_size if log.is_file() else 0
    if not left:
        return read_file_at_rest(path, key, salt, cancelled=cancelled, progress=progress)
    if not aside.is_dir():
        make_folder(aside)
    place = aside / (random_id() + HALF)
    with reading():
        refuse_without_room(aside, path.stat().st_size + left)
    make_folder(place)
    try:
        copy_closed(path, place / path.name, cancelled=cancelled)
        copy_closed(log, place / log.name, cancelled=cancelled)
        with stoppable(cancelled):
            return read_all(_copy_of(place / path.name, key, salt, cancelled), cancelled=cancelled, progress=progress)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def read_all(opener: Opener, *, cancelled: Cancelled = never, progress: Progress = untold) -> Rescued:
    """Read every revision that can be read, through connections that `opener` makes.

    Raises:
        VaultError: as `opener`.
        CalledOff: on the person's word.
    """
    saved: list[Saved] = []
    lost: list[str] = []
    with _Asking(opener) as asking:
        last = _last_position(asking)
        for first in range(0, last + 1, _STRETCH):
            stop_if(cancelled)
            progress(first / (last + 1))
            for found in _stretch(asking, first, min(first + _STRETCH, last + 1)):
                if isinstance(found, Saved):
                    saved.append(found)
                else:
                    lost.append(f"position {found}")
        lost += _files_lost(asking, cancelled)
        asking.anew()
        return Rescued(tuple(saved), tuple(lost), asking(bad_pages))


class _Asking:
    """Asks a connection, and takes a new one after each answer that could not be read."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._stack = ExitStack()
        self._connection: SpaceConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.anew()

    def __call__(self, ask: Callable[[SpaceConnection], _T]) -> _T:
        """Raises: sqlcipher3.DatabaseError: what was asked for cannot be read; the next question may be."""
        if self._connection is None:
            self._connection = self._stack.enter_context(self._opener())
        try:
            return ask(self._connection)
        except sqlcipher3.DatabaseError as error:
            if not stopped(error):
                self.anew()
            raise

    def rows(self, statement: str, values: tuple[int, ...] = ()) -> list[tuple[object, ...]]:
        """Raises: sqlcipher3.DatabaseError: as above."""
        return self(lambda connection: connection.execute(statement, values).fetchall())

    def anew(self) -> None:
        """Close what is open; the next question opens it once more."""
        self._connection = None
        self._stack.close()


def _copy_of(path: Path, key: Secret, salt: bytes, cancelled: Cancelled) -> Opener:
    @contextmanager
    def opened() -> Iterator[SpaceConnection]:
        with snapshot(path, key, salt) as connection:
            connection.set_progress_handler(cancelled, OPS_BETWEEN_QUESTIONS)
            yield connection

    return opened


def _files_lost(asking: _Asking, cancelled: Cancelled) -> list[str]:
    """Files added to entries whose bytes cannot all be read."""
    lost: list[str] = []
    try:
        for attachment in asking(attachments.all_ids) or ():
            stop_if(cancelled)
            if not _is_whole(asking, attachment):
                lost.append(f"file {attachment}")
    except sqlcipher3.DatabaseError as error:
        if stopped(error):
            raise
        lost.append("files")
    return lost


def _is_whole(asking: _Asking, attachment: RecordId) -> bool:
    try:
        return asking(lambda connection: attachments.is_whole(connection, attachment))
    except sqlcipher3.DatabaseError as error:
        if stopped(error):
            raise
        return False


def _last_position(asking: _Asking) -> int:
    """The end of the log; where its own tree is broken there, what the heads of the chains add up to."""
    for statement in ("SELECT max(position) FROM revision", "SELECT sum(seq) FROM author_head"):
        with suppress(sqlcipher3.DatabaseError):
            (row,) = asking.rows(statement)
            return int(str(row[0] or 0))
    return 0


def _stretch(asking: _Asking, first: int, end: int) -> Iterator[Saved | int]:
    """Revisions of positions `first` up to `end`, or the position of one that cannot be read.

    A single one is asked for by its position alone: a stretch looks past its end, at a page that may be the bad one.
    """
    try:
        if end - first == 1:
            rows = asking.rows(f"{_COLUMNS} WHERE position = ?", (first,))
        else:
            rows = asking.rows(f"{_COLUMNS} WHERE position >= ? AND position < ?", (first, end))
    except sqlcipher3.DatabaseError as error:
        if stopped(error):
            raise
        if end - first == 1:
            yield first
            return
        middle = (first + end) // 2
        yield from _stretch(asking, first, middle)
        yield from _stretch(asking, middle, end)
        return
    for number, row in enumerate(rows):
        yield _saved(row) or first + number


def _saved(row: tuple[object, ...]) -> Saved | None:
    record, kind, revision, author, clock, zone, body = row
    answers: msgspec.Raw | None = None
    if isinstance(body, bytes):
        try:
            msgspec.json.decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None
        answers = msgspec.Raw(body)
    return Saved(str(record), str(kind), str(revision), str(author), int(str(clock)), str(zone), answers)
