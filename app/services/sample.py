"""The sample vault's records: nine months of two invented people, moved so that their last day is today.

Days move by whole days (weekdays change, the order and every distance stay), local times stay as they were written, in
Europe/Paris. The same arguments always give the same entries.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from app.services import sample_mapping as mapping
from app.services import sample_together as together
from app.services import sample_worksheets
from app.services.sample_parts import Answers, Part, Raw

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
)
"""Files whose lines become one entry each: file, kind there, kind here, mapping."""
_PARTS: tuple[tuple[str, frozenset[str], Callable[[Raw, dt.timedelta, Mapping[str, str]], Iterator[Part]]], ...] = (
    ("moments", frozenset({"moment", "appreciation", "setback"}), together.small),
    ("lookbacks", frozenset({"lookback"}), together.look_back),
    ("worksheets", frozenset({"worksheet"}), sample_worksheets.parts),
    ("therapy", frozenset({"therapy_session"}), together.session),
    ("agreements", frozenset({"agreement"}), together.agreement),
    ("commitments", frozenset({"commitment"}), together.commitment),
    ("commitments", frozenset({"commitment"}), together.events),
    ("rituals", frozenset({"ritual"}), together.ritual),
    ("rituals", frozenset({"ritual"}), together.ticks),
    ("conversations", frozenset({"conversation"}), together.conversation),
)
"""Files whose lines become several entries or states: file, kinds there, what they become."""
_STANDING = frozenset({"injury", "boundary", "commitment", "ritual"})
"""Kinds that others hang on: begun before the months that are asked for, they stay as they then stood."""


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
    for_two: bool = False,
) -> list[SampleEntry]:
    """Everything one person wrote, oldest first: what an entry links to has always been written before it.

    Args:
        resources: The folder that holds `sample/`.
        today: The day the diary ends on.
        person: noa or jules.
        months: How far back to go. Threads begun earlier stay, as they stood on the first day kept.
        seed: Moves each number of a check-in by at most one point, in another way for each seed. None: as written.
        for_two: Also what they noted on what the other shared with them, which takes a space for two.

    Raises:
        ValueError: an unknown person, or fewer than one month.
    """
    names = {someone.id: someone.name for someone in people(resources)}
    if person not in names or months < 1:
        raise ValueError("person or months")
    diary = _Diary(resources / "sample", person, names, today - LAST_DAY, seed)
    read = _in_order(diary.read(for_two=for_two))
    found = _in_order(_linked_in_time(read if for_two else list(_linked_at_home(read))))
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

    def read(self, *, for_two: bool) -> Iterator[SampleEntry]:
        """Everything they wrote, in no order; `for_two` also on what the other shared."""
        yield from self._single()
        for record in self._lines("injuries"):
            if record["author"] == self._person:
                yield from self._thread(record)
                yield from self._path(record)
            elif for_two and record["visibility"] == "shared":
                yield from self._path(record)
        for file, kinds_there, become in _PARTS:
            for record in self._own(file, kinds_there):
                yield from (self._part(record, part) for part in become(record, self._shift, self._names))
        for record in self._lines("agreements"):
            if for_two or record["author"] == self._person:
                noted = together.occasions(record, self._shift, self._names, self._person)
                yield from (self._part(record, part) for part in noted)
        for record in self._lines("commitments") if for_two else ():
            yield from (self._part(record, part) for part in together.noticed(record, self._person))

    def _single(self) -> Iterator[SampleEntry]:
        for file, kind_there, kind, answers in _SINGLE:
            for record in self._own(file, {kind_there}):
                body = answers(record, self._shift)
                if kind == "checkin" and self._dice is not None:
                    body = mapping.varied(body, self._dice)
                yield self._entry(record, kind, body, self._written(record))

    def _own(self, file: str, kinds_there: Collection[str]) -> Iterator[Raw]:
        for record in self._lines(file):
            if record["kind"] in kinds_there and record["author"] == self._person:
                yield record

    def _lines(self, file: str) -> list[Raw]:
        text = (self._folder / f"{file}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def _part(self, record: Raw, part: Part) -> SampleEntry:
        written_at = self._at(part.day, part.time or _EVENING) if part.day else self._written(record)
        if not part.day and part.time:
            written_at = self._at(record["date"], part.time)
        return self._entry(record, part.kind, part.answers, written_at, entry_id=part.entry_id, links=part.links)

    def _entry(
        self,
        record: Raw,
        kind: str,
        body: Answers,
        written_at: dt.datetime,
        *,
        entry_id: str | None = None,
        links: tuple[str, ...] = (),
    ) -> SampleEntry:
        answered = {field: value for field, value in body.items() if value is not None and value not in ([], {})}
        return SampleEntry(
            id=entry_id or record["id"],
            kind=kind,
            author=self._person,
            body=answered,
            written_at=written_at,
            links=links or (("thread",) if "thread" in answered else ()),
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
        ended = record["to"] if record["kind"] == "marker" else None
        return self._at(ended or record["date"], record["time"] or _EVENING)

    def _at(self, day: str, time: str) -> dt.datetime:
        local = dt.datetime.fromisoformat(f"{mapping.moved(day, self._shift)}T{time}")
        return local.replace(tzinfo=ZoneInfo(mapping.ZONE))


def _in_order(found: Iterable[SampleEntry]) -> list[SampleEntry]:
    return sorted(found, key=lambda entry: (entry.written_at, entry.id))


def _linked_at_home(found: list[SampleEntry]) -> Iterator[SampleEntry]:
    """Alone, what the other wrote is not there to be pointed at."""
    here = {entry.id for entry in found}
    for entry in found:
        away = {name for name in entry.links if entry.body[name] not in here}
        if away:
            body = {name: value for name, value in entry.body.items() if name not in away}
            yield msgspec.structs.replace(entry, body=body, links=tuple(set(entry.links) - away))
        else:
            yield entry


def _linked_in_time(found: list[SampleEntry]) -> Iterator[SampleEntry]:
    """An entry may point at one begun weeks later: it is then written without the link, and linked that day."""
    begun: dict[str, dt.datetime] = {}
    for entry in found:
        begun.setdefault(entry.id, entry.written_at)
    for entry in found:
        late = {
            name: begun[target]
            for name in entry.links
            if (target := str(entry.body[name])) in begun and begun[target] >= entry.written_at
        }
        if not late:
            yield entry
            continue
        before = {name: value for name, value in entry.body.items() if name not in late}
        kept = tuple(name for name in entry.links if name not in late)
        yield msgspec.structs.replace(entry, body=before, links=kept)
        yield msgspec.structs.replace(entry, written_at=max(late.values()) + dt.timedelta(minutes=5))


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
    """Leave out what was begun before the first day; what others hang on keeps its last state, dated that day."""
    kept: list[SampleEntry] = []
    older: set[str] = set()
    stood: dict[str, SampleEntry] = {}
    start = dt.datetime.combine(first, dt.time(0, 1), ZoneInfo(mapping.ZONE))
    for entry in found:
        if entry.written_at < start and entry.kind in _STANDING:
            stood[entry.id] = msgspec.structs.replace(entry, written_at=start)
        elif entry.written_at < start:
            older.add(entry.id)
        elif entry.id not in older:
            kept.append(entry)
    return [*stood.values(), *kept]
