"""The journal as a folder of text for eyes: one Markdown file a month, oldest first, in the words of the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from heapq import merge
from pathlib import Path
from typing import IO, Final

from app.data import export_queries
from app.data.durable_files import writing
from app.data.export_queries import Row
from app.domain.errors import RecordError
from app.domain.fields import FieldType
from app.domain.outside import Holds
from app.services import apart
from app.services.answer_words import AnswerWords
from app.services.exporting.entries import local_time
from app.services.exporting.journal_file import Counts
from app.services.session import Session

_NO_DAY: Final = dt.date(1, 1, 1).toordinal()


class ReadingFolder:
    """Writes the files. Names are digits and a dash, which every system takes."""

    def __init__(self, session: Session, holds: Holds) -> None:
        self._session = session
        self._others = holds.others
        other = session.partner or session.content.care.rescue.other
        self._other = other
        names: dict[str, str] = {session.person.id: session.person.name}
        self._words = AnswerWords(session.content, today=_NO_DAY, names=names, partner=other)

    def fill(self, folder: Path, counts: Counts, step: Callable[[], None]) -> int:
        """Write every month; returns bytes. `step` is called after every record, and may raise to end it there.

        Raises:
            VaultError: as `durable_files.writing`.
        """
        size, month = 0, ""
        with ExitStack() as open_files:
            file: IO[bytes] | None = None
            for row, shared in self._rows():
                text = ""
                day = dt.date.fromordinal(row.day)
                if file is None or month != f"{day:%Y-%m}":
                    month = f"{day:%Y-%m}"
                    open_files.close()
                    with writing():
                        file = open_files.enter_context((folder / f"{month}.md").open("xb"))
                    text = f"# {month}\n"
                data = (text + self._entry(row, day, shared=shared)).encode("utf-8")
                with writing():
                    file.write(data)
                size += len(data)
                counts.records += 1
                step()
        return size

    def _rows(self) -> Iterator[tuple[Row, bool]]:
        """Both spaces by day, without the other person's words unless they were ticked."""
        streams = [
            ((row, bool(number)) for row in export_queries.rows_by_day(space.connection))
            for number, space in enumerate(self._session.spaces)
        ]
        for row, shared in merge(*streams, key=lambda found: (found[0].day, found[0].instant_ms)):
            if not shared or row.author == self._session.person.id or self._others:
                yield row, shared

    def _entry(self, row: Row, day: dt.date, *, shared: bool) -> str:
        theirs = shared and row.author != self._session.person.id
        try:
            name, answers = self._answers(row, shared=shared, theirs=theirs)
        except RecordError:
            name, answers = row.kind, [row.body.decode("utf-8", "replace")]
        by = f" · {self._other}" if theirs else ""
        heading = f"## {day.isoformat()} {local_time(row):%H:%M} · {name}{by}"
        return "\n" + "\n\n".join([heading, *answers]) + "\n"

    def _answers(self, row: Row, *, shared: bool, theirs: bool) -> tuple[str, list[str]]:
        declared, body = (
            self._session.kinds.declared(row.kind),
            self._session.kinds.decode(row.kind, row.body),
        )
        if shared and not theirs:
            body = apart.whole(self._session, row.kind, row.id, body)
        found = []
        for field in declared.fields:
            value = getattr(body, field.id)
            if value is None:
                continue
            said = self._link(str(value)) if field.type is FieldType.LINK else self._words.say(field, value).strip()
            if said:
                found.append(f"**{self._words.label(field)}**\n\n{said}")
        return declared.singular, found

    def _link(self, record: str) -> str:
        for space in self._session.spaces:
            for kind, title in export_queries.titles(space.connection, (record,)).values():
                return title or self._session.kinds.declared(kind).singular
        return ""
