"""The sample vault's records: nine months of two invented people, moved so that their last day is today.

Days move by whole days (weekdays change, the order and every distance stay), local times stay as they were written, in
Europe/Paris. The same arguments always give the same entries.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from app.services import sample_mapping as mapping
from app.services.sample_mapping import Answers, Raw

LAST_DAY = dt.date(2026, 5, 14)
"""The diary's last day, which becomes today."""
MONTHS = 9

_EVENING = "20:05"
_LATE_EVENING = "21:40"
_Map = Callable[[Raw, dt.timedelta], Answers]
_SINGLE: tuple[tuple[str, str, str, _Map], ...] = (
    ("checkin_lines", "checkin", "checkin", mapping.checkin),
    ("triggers", "trigger", "trigger", mapping.trigger),
    ("moments", "new_experience", "new_experience", mapping.new_experience),
    ("markers", "marker", "life_marker", mapping.marker),
    ("lookbacks", "lookback", "note", mapping.look_back),
)
"""Files whose lines become one entry each: file, kind there, kind here, mapping."""


class SamplePerson(msgspec.Struct, frozen=True):
    """An invented person: the id used in the files and the name on screen."""

    id: str
    name: str


class SampleEntry(msgspec.Struct, frozen=True):
    """One saved state of one record, ready for `Kinds.parse`.

    Entries with the same `id` are successive states of one record, in time order. `links` names the fields of `body`
    that hold sample ids; the caller puts the new record's id there. `shared` says whether its writer shared it later,
    `shared_at` since when it stands in the space for two; None where only a line of it is meant to be seen, or nothing.
    """

    id: str
    kind: str
    author: str
    body: Answers
    written_at: dt.datetime
    links: tuple[str, ...] = ()
    shared: bool = False
    shared_at: dt.datetime | None = None


def people(resources: Path) -> tuple[SamplePerson, ...]:
    """The two people, in their order."""
    found = json.loads((resources / "sample" / "people.json").read_text(encoding="utf-8"))["people"]
    return tuple(SamplePerson(person["id"], person["display_name"]) for person in found)


def entries(
    resources: Path,
    today: dt.date,
    person: str = "noa",
    months: int = MONTHS,
    seed: int | None = None,
    *,
    together: bool = False,
) -> list[SampleEntry]:
    """Everything one person wrote, oldest first: what an entry links to has always been written before it.

    Args:
        resources: The folder that holds `sample/`.
        today: The day the diary ends on.
        person: noa or jules.
        months: How far back to go. Threads begun earlier stay, as they stood on the first day kept.
        seed: Moves each number of a check-in by at most one point, in another way for each seed. None: as written.
        together: Also what they noted on threads the other shared with them, which takes a space for two.

    Raises:
        ValueError: an unknown person, or fewer than one month.
    """
    names = {someone.id: someone.name for someone in people(resources)}
    if person not in names or months < 1:
        raise ValueError("person or months")
    diary = _Diary(resources / "sample", person, names, today - LAST_DAY, seed)
    found = _in_order(_linked_in_time(_in_order(diary.read(together=together))))
    return found if months >= MONTHS else _cut(found, _months_before(today, months))


class _Diary:
    """One person's side of the sample files."""

    def __init__(
        self, folder: Path, person: str, names: Mapping[str, str], shift: dt.timedelta, seed: int | None
    ) -> None:
        self._folder = folder
        self._person = person
        self._names = names
        self._shift = shift
        self._dice = None if seed is None else random.Random(seed)  # noqa: S311  # invented data, nothing secret

    def read(self, *, together: bool) -> Iterator[SampleEntry]:
        for file, kind_there, kind, answers in _SINGLE:
            for record in self._lines(file):
                if record["kind"] == kind_there and record["author"] == self._person:
                    body = answers(record, self._shift)
                    if kind == "checkin" and self._dice is not None:
                        body = mapping.varied(body, self._dice)
                    yield self._entry(record, kind, body, self._written(record))
        for record in self._lines("injuries"):
            if record["author"] == self._person:
                yield from self._thread(record)
                yield from self._path(record)
            elif together and record["visibility"] == "shared":
                yield from self._path(record)

    def _lines(self, file: str) -> list[Raw]:
        text = (self._folder / f"{file}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def _entry(
        self, record: Raw, kind: str, body: Answers, written_at: dt.datetime, *, entry_id: str | None = None
    ) -> SampleEntry:
        answered = {field: value for field, value in body.items() if value is not None and value not in ([], {})}
        return SampleEntry(
            id=entry_id or record["id"],
            kind=kind,
            author=self._person,
            body=answered,
            written_at=written_at,
            links=("thread",) if "thread" in answered else (),
            shared=record["visibility"] == "shared",
            shared_at=self._shared_at(record, written_at),
        )

    def _shared_at(self, record: Raw, written_at: dt.datetime) -> dt.datetime | None:
        if (
            record["visibility"] != "shared" or record["kind"] == "checkin"
        ):  # a check-in's numbers stay; lines are streams
            return None
        since = record.get("shared_since")
        return max(written_at, self._at(since, _LATE_EVENING)) if since else written_at

    def _thread(self, record: Raw) -> Iterator[SampleEntry]:
        """Its states: begun, weighed again, told in full, settled. What changed on the first day is in the first."""
        body = mapping.injury(record, self._shift, self._names)
        changes = dict(mapping.thread_states(record))
        body |= changes.pop(record["date"], {})
        yield self._entry(record, "injury", body, self._written(record))
        for day, change in changes.items():
            body = body | change
            yield self._entry(record, "injury", body, self._at(day, _LATE_EVENING))
        if record["settled"]:
            note = {"body": record["settled"]["note"], "thread": record["id"]}
            note["at"] = mapping.moved(record["settled"]["date"], self._shift)
            written_at = self._at(record["settled"]["date"], _LATE_EVENING) + dt.timedelta(minutes=1)
            yield self._entry(record, "note", note, written_at, entry_id=f"{record['id']}-settled")

    def _path(self, record: Raw) -> Iterator[SampleEntry]:
        for step in record["path"]:
            for number, note in enumerate(step["notes"], 1):
                if note["author"] == self._person:
                    body = mapping.step_note(record, step, note, self._shift)
                    written_at = max(self._at(note["date"], _LATE_EVENING), self._written(record))
                    written_at += dt.timedelta(minutes=10 * number)
                    entry_id = f"{record['id']}-{step['key']}-{number}"
                    yield self._entry(record, "path_step", body, written_at, entry_id=entry_id)

    def _written(self, record: Raw) -> dt.datetime:
        if record["entered_at"]:
            day, _, time = record["entered_at"].partition("T")
            return self._at(day, time)
        return self._at(record.get("to") or record["date"], record["time"] or _EVENING)

    def _at(self, day: str, time: str) -> dt.datetime:
        local = dt.datetime.fromisoformat(f"{mapping.moved(day, self._shift)}T{time}")
        return local.replace(tzinfo=ZoneInfo(mapping.ZONE))


def _in_order(found: Iterable[SampleEntry]) -> list[SampleEntry]:
    return sorted(found, key=lambda entry: (entry.written_at, entry.id))


def _linked_in_time(found: list[SampleEntry]) -> Iterator[SampleEntry]:
    """A trigger may point at a thread begun weeks later: it is then written without the link, and linked that day."""
    begun: dict[str, dt.datetime] = {}
    for entry in found:
        if entry.kind == "injury":
            begun.setdefault(entry.id, entry.written_at)
    for entry in found:
        thread = begun.get(str(entry.body.get("thread")))
        if thread is None or thread < entry.written_at:
            yield entry
        else:
            before = {field: value for field, value in entry.body.items() if field != "thread"}
            yield msgspec.structs.replace(entry, body=before, links=())
            yield msgspec.structs.replace(entry, written_at=thread + dt.timedelta(minutes=5))


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    return dt.date(year, month + 1, min(day.day, 28))


def _cut(found: list[SampleEntry], first: dt.date) -> list[SampleEntry]:
    """Leave out what was begun before the first day; a thread keeps its last state from before, dated that day."""
    kept: list[SampleEntry] = []
    older: set[str] = set()
    stood: dict[str, SampleEntry] = {}
    start = dt.datetime.combine(first, dt.time(0, 1), ZoneInfo(mapping.ZONE))
    for entry in found:
        if entry.written_at < start and entry.kind == "injury":
            stood[entry.id] = msgspec.structs.replace(entry, written_at=start)
        elif entry.written_at < start:
            older.add(entry.id)
        elif entry.id not in older:
            kept.append(entry)
    return [*stood.values(), *kept]
