"""What a person narrows their timeline to, and what there is to narrow it by.

A filter speaks of both spaces at once; each file is asked on its own connection and the answers are merged. What was
found is kept until something is written, so that the pages of one filter are slices of one list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Final, Literal

import msgspec

from app.data import narrowing, reading
from app.data.connection import Connection
from app.data.narrowing import FIRST_DAY, LAST_DAY, Narrowing, Tag
from app.data.reading import Place
from app.data.timeline_queries import Position, position_of
from app.domain.content import Content
from app.domain.fields import Field, FieldType, Option
from app.domain.records import RecordId
from app.services import apart, reach
from app.services.session import Session

THREAD: Final = "injury"
KEPT: Final = 3
"""Filters whose answers are remembered: the one that is shown, and the last ones before it."""
_APART: Final = frozenset({"risk", "safety", "intimate"})
"""Covers whose chosen answers are offered nowhere outside the entry itself."""

_PARTS: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "dates": {"first": None, "last": None},
        "tags": {"tags": ()},
        "threads": {"threads": ()},
        "kinds": {"kinds": ()},
        "whose": {"whose": ""},
        "shared": {"shared": None},
    }
)
Whose = Literal["", "mine", "theirs"]
Outline = tuple[tuple[int, int], ...]
"""Each day (ordinal) with its number of entries, newest first: the shape of a timeline before its rows are read."""


class Filter(msgspec.Struct, frozen=True):
    """What is kept. Within one part any of its values will do, all parts together must hold; empty parts keep all.

    `tags` are keys of `TagFound`; `first` and `last` are day ordinals, both included; `shared` None means both spaces.
    """

    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    threads: tuple[RecordId, ...] = ()
    whose: Whose = ""
    shared: bool | None = None
    first: int | None = None
    last: int | None = None

    @property
    def plain(self) -> bool:
        """Whether pages can be read straight from the indexes in time: kinds and spaces at most."""
        return self == Filter(kinds=self.kinds, shared=self.shared)


NO_FILTER: Final = Filter()
Numbers = tuple[AbstractSet[int], ...]
_Key = tuple[Filter, tuple[int, ...]]
"""A filter, and the state of both files it was asked in."""


class TagFound(msgspec.Struct, frozen=True):
    """An answer that was chosen somewhere. `group` is a word list or a question; `own` when no list offers it."""

    group: str
    term: str
    count: int
    own: bool = False

    @property
    def key(self) -> str:
        """How a filter names it."""
        return f"{self.group}:{self.term}"


class ThreadFound(msgspec.Struct, frozen=True):
    """A thread and how many entries belong to it."""

    record: RecordId
    title: str
    count: int


class Present(msgspec.Struct, frozen=True):
    """What can be filtered by: kinds with their counts, tags, threads, the days (ordinals) written about; whether
    there is a space for two.
    """

    kinds: dict[str, int]
    tags: tuple[TagFound, ...]
    threads: tuple[ThreadFound, ...]
    span: tuple[int, int] | None
    together: bool


class Selection:
    """Everything one filter leaves, newest first."""

    def __init__(self, positions: list[Position], spaces: int) -> None:
        self._ascending = positions[::-1]
        self.positions = positions
        self.numbers = tuple(
            frozenset(number for _, _, minus, number in positions if minus == -space) for space in range(spaces)
        )

    def page(self, before: Place | None, limit: int) -> list[Position]:
        """The positions that follow a place."""
        if before is None:
            return self.positions[:limit]
        end = bisect_left(self._ascending, position_of(before))
        return self._ascending[max(0, end - limit) : end][::-1]

    def outline(self) -> Outline:
        """Its days with their counts."""
        return tuple((day, len(tuple(rows))) for day, rows in groupby(self.positions, key=itemgetter(0)))


class Filtering:
    """Answers filters for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: OrderedDict[_Key, Selection] = OrderedDict()
        self._numbers: tuple[_Key, Numbers] | None = None

    def selection(self, wanted: Filter) -> Selection:
        """What a filter leaves, from memory while nothing was written since."""
        key = (wanted, self._versions())
        found = self._kept.pop(key, None)
        if found is None:
            found = self._select(wanted)
            while len(self._kept) >= KEPT:
                self._kept.popitem(last=False)
        self._kept[key] = found
        return found

    def numbers(self, wanted: Filter) -> Numbers:
        """For each space the row numbers a filter leaves, which a search asks for: no need to put them in order."""
        key = (wanted, self._versions())
        if key in self._kept:
            return self._kept[key].numbers
        if self._numbers is None or self._numbers[0] != key:
            found = [frozenset[int]() for _ in reach.connections(self._session)]
            for space, file, narrow, leaving in self._narrowed(wanted):
                found[space] = narrowing.numbers(file, narrow, leaving)
            self._numbers = (key, tuple(found))
        return self._numbers[1]

    def outline(self, wanted: Filter) -> Outline:
        """The days a filter leaves, with their counts."""
        if wanted != NO_FILTER:
            return self.selection(wanted).outline()
        files = reach.connections(self._session)
        counts: Counter[int] = Counter()
        for space, file in enumerate(files):
            counts.update(dict(narrowing.days(file)))
            counts.subtract(narrowing.ticked_days(file))
            if space and (hidden := narrowing.numbers_of(file, apart.hidden(self._session))):
                counts.subtract(narrowing.days_of(file, tuple(hidden)))
        return tuple((day, count) for day, count in sorted(counts.items(), reverse=True) if count > 0)

    def emptied_by(self, wanted: Filter, holds: Callable[[Filter], bool]) -> str:
        """The one part of a filter that leaves nothing of the rest: without it something is found; else "".

        `holds` says whether a filter leaves anything, for a search whether anything there matches.
        """
        for part, changed in _PARTS.items():
            less = msgspec.structs.replace(wanted, **changed)
            if less != wanted and holds(less):
                return part
        return ""

    def present(self) -> Present:
        """What there is to filter by."""
        kinds: Counter[str] = Counter()
        chosen: Counter[tuple[str, str]] = Counter()
        links: Counter[str] = Counter()
        spans: list[tuple[int, int]] = []
        for file in reach.connections(self._session):
            kinds.update(reading.counts(file))
            for field, term, count in narrowing.terms(file):
                chosen[field, term] += count
            links.update(narrowing.targets(file))
            if span := reading.span(file):
                spans.append(span)
        span = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
        tags = tags_of(self._session.content, chosen)
        return Present(dict(kinds), tags, self._threads(links), span, self._session.shared is not None)

    def _threads(self, links: Mapping[str, int]) -> tuple[ThreadFound, ...]:
        threads = reach.page(self._session, kinds=(THREAD,), limit=500)
        found = [ThreadFound(entry.id, entry.title, links.get(entry.id, 0) + 1) for entry in threads]
        return tuple(sorted(found, key=lambda thread: -thread.count))

    def _select(self, wanted: Filter) -> Selection:
        positions = [
            (day, instant, -space, number)
            for space, file, narrow, leaving in self._narrowed(wanted)
            for day, instant, number in narrowing.spots(file, narrow, leaving)
        ]
        spaces = len(reach.connections(self._session))
        if spaces > 1:
            positions.sort(reverse=True)
        return Selection(positions, spaces)

    def _narrowed(self, wanted: Filter) -> Iterator[tuple[int, Connection, Narrowing, AbstractSet[int]]]:
        """Each space a filter may leave anything of, what is wanted of it, and the row numbers left out there."""
        me, tags = self._session.person.id, _tags(self._session.content, wanted.tags)
        for space, file in enumerate(reach.connections(self._session)):
            if (wanted.shared is not None and wanted.shared is not bool(space)) or (
                wanted.whose == "theirs" and not space
            ):
                continue
            narrow = Narrowing(
                kinds=wanted.kinds,
                tags=tags,
                threads=wanted.threads,
                first=FIRST_DAY if wanted.first is None else wanted.first,
                last=LAST_DAY if wanted.last is None else wanted.last,
                author=me if space and wanted.whose == "mine" else "",
                not_author=me if wanted.whose == "theirs" else "",
            )
            leaving = narrowing.numbers_of(file, apart.hidden(self._session)) if space else frozenset[int]()
            if not (wanted.kinds or wanted.tags or wanted.threads):
                leaving |= narrowing.ticked(file)
            yield space, file, narrow, leaving

    def _versions(self) -> tuple[int, ...]:
        """Changes whenever anything was written, here or by another program."""
        return tuple(number for file in reach.connections(self._session) for number in narrowing.versions(file))


def tag_group(field: Field) -> str:
    """The word list or question whose answers to a field are tags; empty for fields that give none."""
    if field.type is FieldType.CHIPS or (field.type is FieldType.CHOICE and field.options_from):
        return field.options_from or field.id
    return ""


def tags_of(content: Content, chosen: Mapping[tuple[str, str], int]) -> tuple[TagFound, ...]:
    """Chosen answers by their groups, the most frequent first in each; the groups in the order kinds declare them."""
    groups = _groups(content)
    group_of = {field: group for group, fields in groups.items() for field in fields}
    offered = {group: {option.id for option in _options(content, group)} for group in groups}
    counts: Counter[tuple[str, str]] = Counter()
    for (field, term), count in chosen.items():
        if field in group_of:
            counts[group_of[field], term] += count
    order = {group: number for number, group in enumerate(groups)}
    found = [TagFound(group, term, count, term not in offered[group]) for (group, term), count in counts.items()]
    return tuple(sorted(found, key=lambda tag: (order[tag.group], -tag.count, tag.term)))


def _groups(content: Content) -> dict[str, tuple[str, ...]]:
    """Every group of tags with the questions that give them."""
    groups: dict[str, list[str]] = {}
    for kind in content.kinds.values():
        for field in kind.fields:
            group = tag_group(field) if kind.cover not in _APART else ""
            if group and field.id not in groups.setdefault(group, []):
                groups[group].append(field.id)
    return {group: tuple(fields) for group, fields in groups.items()}


def _options(content: Content, group: str) -> Sequence[Option]:
    if group in content.lists:
        return content.list(group).items
    return [o for kind in content.kinds.values() for f in kind.fields if tag_group(f) == group for o in f.options]


def _tags(content: Content, keys: Sequence[str]) -> tuple[Tag, ...]:
    groups = _groups(content)
    parts = [key.partition(":") for key in keys]
    return tuple(Tag(term, groups[group]) for group, _, term in parts if group in groups)
