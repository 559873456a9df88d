"""Bringing an export back: looked at first, then all of it in one transaction, exactly once, or none of it.

A record keeps its id. What is known here under that id stays as it is, whatever the file says: the same file again adds
nothing, and a record that was changed or removed since is named, not touched. Everything that comes in is private.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Final

import msgspec

from app.crypto import archive
from app.data import export_queries
from app.data.change import Change
from app.data.copying import Cancelled, Progress
from app.data.durable_files import no_follow, reading
from app.domain.errors import Code, VaultError
from app.domain.fields import FieldType
from app.domain.outside import FORMAT, VERSION
from app.domain.records import Body, RecordId
from app.services import apart
from app.services.importing.attached import Attaching
from app.services.importing.intake import Intake, Taken, Unfit
from app.services.importing.report import Found, Tally
from app.services.importing.scanner import Item, Malformed, Scanner, decoded
from app.services.session import Session

RECORDS, ATTACHMENTS, END = "records", "attachments", "end"
MOST: Final = 1_000_000
"""Most records of one file: ten journals of a whole life."""
_BATCH: Final = 1_000
_HEAD: Final = frozenset({"format", "version", "made", "program", "person", "partner", "holds"})


class _Stopped(Exception):  # noqa: N818  # reads as what happened
    """Called off, or not to be kept: the transaction ends without a trace."""


class BringingIn:
    """The verbs of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_locked(self, path: Path) -> bool:
        """Whether the file is an archive that asks for a phrase.

        Raises:
            VaultError: INCOMPLETE_COPY when it is no file, NO_PERMISSION.
        """
        with _opened(path) as file:
            return archive.is_archive(file.read(len(archive.MAGIC)))

    def look(
        self,
        path: Path,
        phrase: str = "",
        *,
        cancelled: Cancelled = lambda: False,
        progress: Progress = lambda _part: None,
    ) -> Found | None:
        """What bringing it in would do; nothing is changed. None when it was called off.

        Raises:
            VaultError: WRONG_PASSPHRASE; INCOMPLETE_COPY, NO_PERMISSION.
            RecordError: IMPORT_REFUSED with `reason` and `line`: not an export, of a later version, damaged.
        """
        return self._read(path, phrase, None, _Pace(path, cancelled, progress))

    def bring_in(
        self,
        path: Path,
        phrase: str = "",
        *,
        leaving_out: bool = False,
        cancelled: Cancelled = lambda: False,
        progress: Progress = lambda _part: None,
    ) -> Found | None:
        """Save what is new here. With lines that cannot be taken nothing is saved, unless they are to be left out.

        Raises:
            As `look`; VaultError DISK_FULL, WRITE_FAILED. Whatever is raised, nothing was saved.
        """
        pace, found = _Pace(path, cancelled, progress), None
        try:
            with self._session.change() as change:
                found = self._read(path, phrase, change, pace)
                if found is None or (found.trouble and not leaving_out):
                    raise _Stopped
        except _Stopped:
            return msgspec.structs.replace(found, written=False) if found is not None else None
        return found

    def _read(self, path: Path, phrase: str, change: Change | None, pace: _Pace) -> Found | None:
        run = _Run(self._session, change)
        try:
            with _opened(path) as file:
                run.read(Scanner(_plain(file, phrase, pace)), pace)
        except _Stopped:
            return None
        return run.found()


class _Run:
    """One pass over one file, with a transaction or without."""

    def __init__(self, session: Session, change: Change | None) -> None:
        self._session = session
        self._change = change
        self._tally = Tally()
        now_ms = max(int(session.now().timestamp() * 1000), time.time_ns() // 1_000_000)
        self._intake = Intake(session.kinds, session.person.id, now_ms)
        self._attaching = Attaching(session, change, self._tally)
        self._was_empty = not any(export_queries.count(space.connection) for space in session.spaces)
        self._head: dict[str, object] = {}
        self._counts = {RECORDS: 0, ATTACHMENTS: 0}
        self._end: object = None

    def read(self, scanner: Scanner, pace: _Pace) -> None:
        """Take every item.

        Raises:
            RecordError: IMPORT_REFUSED.
        """
        for item in scanner.items(frozenset({RECORDS, ATTACHMENTS})):
            if item.member in self._counts:
                self._check_head(scanner)
                self._counts[item.member] += 1
                if self._counts[item.member] > MOST:
                    scanner.refuse("too_many")
                self._item(item)
                pace.step(self._counts[item.member])
            else:
                self._member(scanner, item)
        self._check_head(scanner)
        if self._end != {"records": self._counts[RECORDS], "attachments": self._counts[ATTACHMENTS]}:
            scanner.refuse("cut_short")
        if self._change is not None and self._was_empty and self._session.partner is None and self._tally.partner:
            self._session.name_partner(self._tally.partner)

    def found(self) -> Found:
        """What came of it."""
        name = self._session.person.name
        return self._tally.found(
            other_person=bool(self._tally.person) and self._tally.person != name,
            loose=self._loose(),
            written=self._change is not None,
        )

    def _member(self, scanner: Scanner, item: Item) -> None:
        try:
            value = decoded(item.data)
        except Malformed as why:
            scanner.refuse(str(why))
        if item.member == END:
            self._end = value
        elif item.member in _HEAD:
            self._head[item.member] = value
        else:
            self._tally.problem(item.line, "unknown_field")

    def _check_head(self, scanner: Scanner) -> None:
        """Once before the first item: whether this is a file of ours, and one that this release understands."""
        if self._head.get("format") != FORMAT:
            scanner.refuse("not_an_export")
        if self._tally.made:
            return
        version = self._head.get("version")
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            scanner.refuse("not_an_export")
        if version > VERSION:
            scanner.refuse("newer_format")
        self._tally.made = _text(self._head.get("made")) or "-"
        self._tally.person = _text(self._head.get("person"))
        self._tally.partner = _text(self._head.get("partner")).strip()

    def _item(self, item: Item) -> None:
        try:
            raw = decoded(item.data)
        except Malformed as why:
            self._tally.problem(item.line, str(why))
            return
        if item.member == ATTACHMENTS:
            self._attaching.take(item.line, raw)
            return
        try:
            taken = self._intake.take(raw)
        except Unfit as why:
            kind = raw.get("kind") if isinstance(raw, dict) else ""
            known = kind if isinstance(kind, str) and kind in self._session.kinds.ids() else ""
            self._tally.problem(item.line, why.reason, known, why.field)
            return
        self._sort(item.line, taken)

    def _sort(self, line: int, taken: Taken) -> None:
        """New here, known, changed since, removed since, or not one's own."""
        key = bytes.fromhex(taken.id)
        if key in self._tally.seen:
            self._tally.problem(line, "repeated", taken.kind, "id")
            return
        self._tally.seen.add(key)
        if taken.copy:
            self._tally.copies += 1
            return
        standing = self._standing(taken.id)
        if standing is not None:
            self._compare(taken, standing)
        elif self._is_known(taken.id):
            self._tally.removed += 1
        else:
            self._save(taken)

    def _save(self, taken: Taken) -> None:
        self._note_links(taken.kind, taken.shown)
        day = None
        if self._change is not None:
            day = self._change.bring_in(taken.kind, taken.id, taken.states)
            if len(self._tally.seen) % _BATCH == 0:
                self._change.finish()
        self._tally.fresh(taken.kind, taken.derived(self._session.kinds).day if day is None else day)

    def _standing(self, record: RecordId) -> bytes | None:
        for space in self._session.spaces:
            found = export_queries.standing_body(space.connection, record)
            if found is None:
                continue
            kind, body = found
            if space is self._session.space:
                return body
            kinds = self._session.kinds
            return kinds.encode(apart.whole(self._session, kind, record, kinds.decode(kind, body)))
        return None

    def _compare(self, taken: Taken, standing: bytes) -> None:
        same = not taken.removed and self._session.kinds.encode(taken.shown) == standing
        self._tally.known += same
        self._tally.changed += not same

    def _is_known(self, record: RecordId) -> bool:
        return any(export_queries.is_known(space.connection, record) for space in self._session.spaces)

    def _note_links(self, kind: str, body: Body) -> None:
        for field in self._session.kinds.declared(kind).fields:
            target = getattr(body, field.id)
            if field.type is FieldType.LINK and isinstance(target, str):
                self._tally.targets.add(target.encode())

    def _loose(self) -> int:
        """Links to what is neither here nor in the file."""
        inside = {key.hex().encode() for key in self._tally.seen} if self._tally.targets else set()
        missing = (target for target in self._tally.targets - inside)
        return sum(self._standing(RecordId(target.decode())) is None for target in missing)


class _Pace:
    """How far a pass is, by bytes read, and whether to stop."""

    def __init__(self, path: Path, cancelled: Cancelled, progress: Progress) -> None:
        with reading():
            self._size = max(1, path.stat().st_size)
        self._cancelled, self._progress = cancelled, progress
        self._done = 0

    def passed(self, data: bytes) -> bytes:
        """Count what was read."""
        self._done += len(data)
        if self._cancelled():
            raise _Stopped
        return data

    def step(self, number: int) -> None:
        """One more item."""
        if number % _BATCH == 0:
            self._progress(min(1.0, self._done / self._size))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with reading():
        descriptor = os.open(path, os.O_RDONLY | no_follow())
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise VaultError(Code.INCOMPLETE_COPY, reason="not_a_file")
        yield file


def _plain(file: IO[bytes], phrase: str, pace: _Pace) -> Callable[[int], bytes]:
    """The words of the file: as they lie there, or out of the archive."""

    def read(size: int) -> bytes:
        with reading():
            return pace.passed(file.read(size))

    start = read(len(archive.MAGIC))
    if not archive.is_archive(start):
        return _pieces(chain((start,), iter(lambda: read(1 << 16), b"")))
    whole = chain((start,), iter(lambda: read(1 << 16), b""))
    return _pieces(archive.opened(phrase, _pieces(whole)))


def _pieces(parts: Iterator[bytes]) -> Callable[[int], bytes]:
    """Read from pieces of any length as from a file."""
    held = b""

    def read(size: int) -> bytes:
        nonlocal held
        while not held:
            part = next(parts, None)
            if part is None:
                return b""
            held = part
        found, held = held[:size], held[size:]
        return found

    return read


def _text(value: object) -> str:
    return value[:80] if isinstance(value, str) else ""
