"""The journal as tables for a spreadsheet: one CSV file for each kind, one for all numbers.

A spreadsheet takes a cell that begins like a formula for one and runs it. Such a cell gets an apostrophe before it,
which spreadsheets show as text; numbers of our own are never touched.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from app.data import export_queries
from app.data.durable_files import writing
from app.data.export_queries import Row
from app.data.space import Space
from app.domain.errors import RecordError
from app.domain.fields import FieldType, Kind
from app.domain.outside import Holds, instant
from app.services import apart
from app.services.answer_words import AnswerWords
from app.services.exporting.entries import local_time
from app.services.exporting.journal_file import Counts
from app.services.session import Session

NUMBERS: Final = "numbers.csv"
_BEGINS_FORMULA: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|%")
_MARK: Final = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
_NO_DAY: Final = dt.date(1, 1, 1).toordinal()
_FRAME: Final = ("id", "day", "time", "zone", "written", "changed", "by")
_NUMBER_FRAME: Final = ("number", "day", "time", "value", "wording", "looking back", "record")


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text.lstrip(" ")[:1] in _BEGINS_FORMULA and text.strip() else text


class Tables:
    """Writes the files; their names are the ids of kinds, which every system takes."""

    def __init__(self, session: Session, holds: Holds) -> None:
        self._session = session
        self._others = holds.others
        partner = session.partner or session.content.care.rescue.other
        names: dict[str, str] = {session.person.id: session.person.name}
        self._words = AnswerWords(session.content, today=_NO_DAY, names=names, partner=partner)

    def fill(self, folder: Path, counts: Counts, step: Callable[[], None]) -> int:
        """Write every table; returns bytes. `step` is called after every record, and may raise to end it there.

        Raises:
            VaultError: as `durable_files.writing`.
        """
        size = 0
        for kind in self._session.kinds.ids():
            lines = self._of_kind(self._session.kinds.declared(kind), counts, step)
            if (first := next(lines, None)) is not None:
                size += _write(folder / f"{kind}.csv", self._head(kind), first, lines)
        numbers = self._numbers()
        if (first := next(numbers, None)) is not None:
            size += _write(folder / NUMBERS, list(_NUMBER_FRAME), first, numbers)
        return size

    def _head(self, kind: str) -> list[str]:
        return [*_FRAME, *(field.id for field in self._session.kinds.declared(kind).fields)]

    def _of_kind(self, kind: Kind, counts: Counts, step: Callable[[], None]) -> Iterator[list[object]]:
        me = self._session.person.id
        for space in self._session.spaces:
            shared = space is not self._session.space
            for row in export_queries.rows_of_kind(space.connection, kind.id):
                if shared and row.author != me and not self._others:
                    continue
                try:
                    yield self._line(kind, space, row)
                except RecordError:  # words of a later release: the JSON has them
                    continue
                counts.records += 1
                step()

    def _line(self, kind: Kind, space: Space, row: Row) -> list[object]:
        body = self._session.kinds.decode(kind.id, row.body)
        mine = space is self._session.space or row.author == self._session.person.id
        if mine and space is not self._session.space:
            body = apart.whole(self._session, kind.id, row.id, body)
        by = self._session.person.name if mine else self._session.partner or self._session.content.care.rescue.other
        frame: list[object] = [
            row.id,
            dt.date.fromordinal(row.day).isoformat(),
            f"{local_time(row):%H:%M}",
            row.zone,
            instant(row.created_ms, row.zone),
            instant(row.changed_ms, row.zone),
            guarded(by),
        ]
        for field in kind.fields:
            value = getattr(body, field.id)
            number = isinstance(value, int) and not isinstance(value, bool)
            plain = value if number or value is None or field.type is FieldType.LINK else self._words.say(field, value)
            frame.append(guarded(plain) if isinstance(plain, str) else plain)
        return frame

    def _numbers(self) -> Iterator[list[object]]:
        for found in export_queries.numbers(self._session.connection):
            moment = dt.datetime.fromtimestamp(found.instant_ms / 1000, dt.UTC).isoformat(timespec="seconds")
            day = dt.date.fromordinal(found.day).isoformat()
            value = int(found.value) if found.value.is_integer() else found.value
            yield [found.name, day, moment, value, found.wording, int(found.late), found.record]


def _write(path: Path, head: list[str], first: list[object], lines: Iterator[list[object]]) -> int:
    size = 0
    with writing(), path.open("xb") as file:
        file.write(_MARK.encode())
        for line in (head, first):
            size += file.write(_encoded(line))
    with path.open("ab") as file:
        for line in lines:
            data = _encoded(line)
            with writing():
                file.write(data)
            size += len(data)
    return size


def _encoded(line: list[object] | list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(["" if cell is None else cell for cell in line])
    return text.getvalue().encode("utf-8")
