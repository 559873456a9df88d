"""Worksheets filled in again over the years: the sheets of one series, their numbers, what changed between two.

A series belongs to one writer, one kind and one matter: sheets about another thread or another person are series of
their own. Nothing here judges a change; numbers stand beside their days and no more is made of them.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.data.durable_files import replace_file
from app.data.reading import Entry
from app.data.timeline_queries import place_of
from app.domain.differences import FieldDifference, differences
from app.domain.errors import Code, RecordError
from app.domain.fields import SCALE_RANGE, Field, FieldType, Kind
from app.domain.records import Record, RecordId
from app.services import reach
from app.services.session import Session

MOST = 40
"""Sheets of a series that are looked at, on either side of the one that is read."""
BY_ITEM = "by_item"
"""Kinds shared item by item: their answers are not set against earlier ones, and not printed (catalogue, care)."""
_MATTERS = frozenset({FieldType.LINK, FieldType.PEOPLE})


class Filled(msgspec.Struct, frozen=True):
    """One sheet of a series. `day` is an ordinal; `title` may be empty."""

    record: RecordId
    day: int
    title: str


class Track(msgspec.Struct, frozen=True):
    """One number over time: field, day ordinals and values side by side, and the ends of its scale."""

    field: str
    days: tuple[int, ...]
    values: tuple[float, ...]
    lowest: float
    highest: float


class Series(msgspec.Struct, frozen=True):
    """The sheets of one series, oldest first, with the one that is read among them; tracks need two points.

    `more_before`: older ones exist than are listed. `comparable`: two may be set against each other.
    """

    kind: str
    record: RecordId
    sheets: tuple[Filled, ...]
    tracks: tuple[Track, ...] = ()
    more_before: bool = False
    comparable: bool = True

    @property
    def others(self) -> tuple[Filled, ...]:
        """Every sheet but the one that is read, newest first."""
        return tuple(sheet for sheet in reversed(self.sheets) if sheet.record != self.record)


class Worksheets:
    """Series of repeated worksheets of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def series(self, record: RecordId, most: int = MOST) -> Series:
        """The series a sheet belongs to. Two index-bound reads of at most `most` rows, however many there are.

        Raises:
            RecordError: UNKNOWN_RECORD; INVALID_RECORD for a kind that is not filled in again.
        """
        here = reach.entry(self._session, record)
        if here is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        kind = self._session.content.kind(here.kind)
        if not kind.repeats:
            raise RecordError(Code.INVALID_RECORD, kind=kind.id, field="", reason="repeats")
        found, more = self._around(here, most)
        bodies = [(entry, one) for entry in found if (one := self._record(entry)) is not None]
        mine = next(body for entry, body in bodies if entry.id == record)
        same = [(entry, one) for entry, one in bodies if self._matter(kind, one) == self._matter(kind, mine)]
        return Series(
            kind=kind.id,
            record=record,
            sheets=tuple(Filled(entry.id, entry.day, entry.title) for entry, _ in same),
            tracks=tuple(track for field in kind.fields if (track := _track(field, same)) is not None),
            more_before=more,
            comparable=kind.sharing != BY_ITEM,
        )

    def difference(self, earlier: RecordId, later: RecordId) -> tuple[FieldDifference, ...]:
        """What the later of two sheets answers differently, question by question.

        Raises:
            RecordError: UNKNOWN_RECORD; INVALID_RECORD for two kinds, or for one whose sheets are not compared.
        """
        first, second = self._read(earlier), self._read(later)
        kind = self._session.content.kind(second.kind)
        if first.kind != second.kind or kind.sharing == BY_ITEM:
            raise RecordError(Code.INVALID_RECORD, kind=second.kind, field="", reason="compared")
        dated = kind.dated_by.id if kind.dated_by is not None else ""
        return tuple(part for part in differences(kind, first.body, second.body) if part.field != dated)

    def answers(self, record: RecordId) -> dict[str, object]:
        """The answers of a sheet as JSON values, without its day: what a new one may begin with.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        found = self._read(record)
        kind = self._session.content.kind(found.kind)
        answers: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(found.body))
        kept = {field.id for field in kind.fields if field.type not in {FieldType.WHEN, FieldType.SIGNATURE}}
        return {name: value for name, value in answers.items() if name in kept and value is not None}

    def _around(self, here: Entry, most: int) -> tuple[list[Entry], bool]:
        """Sheets of the same writer, oldest first: the newest ones, and those before the one that is read."""
        kinds, session = (here.kind,), self._session
        newest = reach.page(session, kinds=kinds, limit=most)
        before = reach.page(session, kinds=kinds, limit=most, before=place_of(here))
        found = {entry.id: entry for entry in (*before, here, *newest) if entry.author == here.author}
        ordered = sorted(found.values(), key=lambda entry: (entry.day, entry.instant_ms, entry.number))
        return ordered, len(before) == most

    def _matter(self, kind: Kind, record: Record) -> tuple[object, ...]:
        return tuple(getattr(record.body, field.id, None) for field in kind.fields if field.type in _MATTERS)

    def _record(self, entry: Entry) -> Record | None:
        return self._session.spaces[int(entry.shared)].record(entry.id)

    def _read(self, record: RecordId) -> Record:
        for space in self._session.spaces:
            found = space.record(record)
            if found is not None:
                return found
        raise RecordError(Code.UNKNOWN_RECORD, record=record)


def seal(pdf: bytes, password: str, path: Path) -> None:
    """Put a picture's page into a file of the person's choosing, sealed with AES-256; nothing else touches the disk.

    Raises:
        VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED; RecordError: INVALID_RECORD without a password.
    """
    from app.reports import sealing  # its library would cost the start of the program

    if not password:
        raise RecordError(Code.INVALID_RECORD, kind="picture", field="password", reason="required")
    replace_file(path, sealing.sealed(pdf, password))


def _track(field: Field, sheets: list[tuple[Entry, Record]]) -> Track | None:
    """The numbers of a measured question; a reason for not answering is no number."""
    if field.measure is None or field.per_person:
        return None
    points = [
        (entry.day, value)
        for entry, one in sheets
        if (value := _value(field, getattr(one.body, field.id, None))) is not None
    ]
    if len(points) < 2:  # one point is no line
        return None
    if field.is_scale:
        low, high = SCALE_RANGE[field.type]
    else:
        known = [float(option.value) for option in field.options if option.value is not None]
        low, high = min(known), max(known)  # type: ignore[assignment]  # numbers of a word list may be halves
    return Track(field.id, tuple(day for day, _ in points), tuple(value for _, value in points), low, high)


def _value(field: Field, answer: object) -> float | None:
    if field.is_scale and isinstance(answer, int):
        return float(answer)
    if field.type is FieldType.CHOICE:
        option = next((option for option in field.options if option.id == answer), None)
        return float(option.value) if option is not None and option.value is not None else None
    return None
