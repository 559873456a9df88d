"""What could be read of a damaged journal, in words: a plain list to read, and a file outside when a person wants one.

Nothing here needs an open journal. An entry whose form is not known any more, or does not fit it, is still given as
its bare answers: words somebody wrote are worth more than their order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from app.data.durable_files import create_file
from app.data.rescue import Rescued, Saved
from app.domain.content import Content
from app.domain.deriving import Written, derive, local_day, zone_of
from app.domain.errors import LeewardError
from app.domain.fields import FieldType
from app.domain.kinds.attachment import ATTACHMENT, DECLARED, Attachment
from app.domain.kinds.registry import Kinds
from app.domain.records import wall_ms
from app.services.answer_words import AnswerWords
from app.services.backups import free_name
from app.services.local_time import zone_name

JSON_ENDING: Final = ".json"
MARKDOWN_ENDING: Final = ".md"
_NO_DAY: Final = dt.date(1, 1, 1).toordinal()
"""No answer is told as seen from today: every date in a file that is kept has its year."""


class ReadAnswer(msgspec.Struct, frozen=True):
    """One question and what was answered."""

    question: str
    words: str


class ReadEntry(msgspec.Struct, frozen=True):
    """The last state of an entry that could be read: its day as an ordinal, what it is, its first line, its answers."""

    record: str
    day: int
    kind: str
    title: str
    answers: tuple[ReadAnswer, ...]


class Reading(msgspec.Struct, frozen=True):
    """Everything that could be read, newest day first, and how many saved states could not."""

    entries: tuple[ReadEntry, ...]
    lost: int


def read_out(rescued: Rescued, content: Content, kinds: Kinds, names: Mapping[str, str]) -> Reading:
    """The entries as words. `names` maps ids of people to what they are called."""
    words = AnswerWords(content, today=_NO_DAY, names=names, partner=content.care.rescue.other)
    newest = rescued.newest()
    files = _files(newest)
    entries = [
        _with_files(_entry(saved, kinds, words), files.get(saved.record, ()))
        for saved in newest
        if saved.kind != ATTACHMENT
    ]
    return Reading(tuple(sorted(entries, key=lambda e: (e.day, e.record), reverse=True)), len(rescued.unreadable))


def markdown(reading: Reading, content: Content) -> str:
    """The same as a plain text file, newest first."""
    care = content.care.rescue
    parts = [f"# {care.title}"]
    for entry in reading.entries:
        parts.append(f"## {dt.date.fromordinal(entry.day).isoformat()} · {entry.kind}")
        parts += [f"**{answer.question}**\n\n{answer.words}" for answer in entry.answers]
    if reading.lost:
        parts.append(f"{care.missing} ({reading.lost})")
    return "\n\n".join(parts) + "\n"


def save(folder: Path, rescued: Rescued, reading: Reading, content: Content, day: dt.date) -> tuple[Path, Path]:
    """Write both files under a neutral name into a folder; returns the data file and the one to read.

    Raises:
        VaultError: VAULT_EXISTS when no name is free; NO_PERMISSION, DISK_FULL, WRITE_FAILED.
    """
    place = free_name(folder, day, (JSON_ENDING, MARKDOWN_ENDING))
    data, words = place.with_name(place.name + JSON_ENDING), place.with_name(place.name + MARKDOWN_ENDING)
    create_file(data, rescued.as_json())
    try:
        create_file(words, markdown(reading, content).encode())
    except BaseException:
        data.unlink(missing_ok=True)
        raise
    return data, words


def _files(newest: tuple[Saved, ...]) -> dict[str, tuple[str, ...]]:
    """The names of what was added to each entry, with the words written for it. The bytes stay in the damaged file."""
    found: dict[str, tuple[str, ...]] = {}
    for saved in newest:
        if saved.kind == ATTACHMENT:
            with suppress(msgspec.MsgspecError):
                said = msgspec.json.decode(bytes(saved.answers or b""), type=Attachment)
                line = f"{said.name}: {said.alt}" if said.alt else said.name
                found[said.record] = (*found.get(said.record, ()), line)
    return found


def _with_files(entry: ReadEntry, names: tuple[str, ...]) -> ReadEntry:
    if not names:
        return entry
    return msgspec.structs.replace(entry, answers=(*entry.answers, ReadAnswer(DECLARED.title, "\n".join(names))))


def _entry(saved: Saved, kinds: Kinds, words: AnswerWords) -> ReadEntry:
    raw = bytes(saved.answers or b"{}")
    try:
        declared, body = kinds.declared(saved.kind), kinds.decode(saved.kind, raw)
        derived = derive(declared, [Written(body, wall_ms(saved.clock))], saved.zone)
    except LeewardError:
        return _bare(saved, raw)
    answers = []
    for field in declared.fields:
        value = getattr(body, field.id, None)
        if value is not None and field.type is not FieldType.LINK and (said := words.say(field, value).strip()):
            answers.append(ReadAnswer(words.label(field), said))
    return ReadEntry(saved.record, derived.day, declared.singular, derived.title, tuple(answers))


def _bare(saved: Saved, raw: bytes) -> ReadEntry:
    day = local_day(wall_ms(saved.clock), zone_of(saved.zone or zone_name())).toordinal()
    found: object = None
    with suppress(msgspec.MsgspecError):
        found = msgspec.json.decode(raw)
    given = found if isinstance(found, dict) else {}
    answers = tuple(ReadAnswer(name, "\n".join(_plain(value))) for name, value in given.items() if value is not None)
    title = next((answer.words.partition("\n")[0] for answer in answers if answer.words), "")
    return ReadEntry(saved.record, day, saved.kind, title, answers)


def _plain(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield f"{name}: {', '.join(_plain(part))}"
    elif isinstance(value, list):
        for part in value:
            yield from _plain(part)
    elif value is not None:
        yield str(value)
