"""The timeline of everything written, what a search finds in it, and one entry opened for reading."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from app.data.connection import Connection
from app.data.reading import Entry, Place
from app.data.search import CANDIDATES, Hit
from app.data.timeline_queries import (
    Below,
    entries_at,
    measures_of,
    place_of,
    rerated_of,
    targets_of,
)
from app.domain import deriving
from app.domain.fields import FieldType
from app.domain.lettering import CLOSE, OPEN
from app.domain.records import PersonId, Record, RecordId, RevisionId
from app.domain.safety import says_danger, threads_of
from app.services import reach, score_words
from app.services.attachments import Attachments
from app.services.danger import Danger
from app.services.filtering import NO_FILTER, Filter, Filtering, Outline, Present
from app.services.journal import Journal
from app.services.placing import can_be_shared
from app.services.session import Session
from app.services.session_list import SessionList
from app.services.trend_words import TrendWords

PAGE = 50
Before = Place
"""Where a page begins: after everything newer."""
_START_MS = -(1 << 62)
_NO_HITS: Mapping[RecordId, Hit] = MappingProxyType({})
_HEAVY = frozenset({"heavy", "safety", "setback", "abuse"})
"""Covers of what is not named in a list by another entry either."""


class Item(msgspec.Struct, frozen=True):
    """What a list knows of an entry. `day` is an ordinal, times are UTC milliseconds.

    `shared`: it stands in the space for two, written by `author`; `theirs` when that is the other person. Whether a
    shared entry is a look back is not said: its time there is when it was shared.
    """

    id: RecordId
    kind: str
    day: int
    instant_ms: int
    title: str
    preview: str
    late: bool
    created_ms: int
    changed_ms: int
    number: int
    author: PersonId = PersonId("")
    shared: bool = False
    theirs: bool = False


class Stretch(msgspec.Struct, frozen=True):
    """A part of a line; `found` ones hold the words that were looked for."""

    words: str
    found: bool = False


class TimelineRow(msgspec.Struct, frozen=True):
    """One entry with the numbers it holds, by measure.

    `snippet` are the words around a match, none outside a search; `tagged` when it shows chosen answers by their ids.
    `files` is how many were added to it. `about` is what an entry without words of its own belongs to, by its title.
    """

    entry: Item
    measures: dict[str, float]
    snippet: tuple[Stretch, ...] = ()
    tagged: bool = False
    files: int = 0
    about: str = ""


class TimelinePage(msgspec.Struct, frozen=True):
    """Rows, newest first (a search: best first). `following`, in a search `below`, is where the next page begins."""

    rows: tuple[TimelineRow, ...]
    following: Place | None = None
    below: Below | None = None

    @property
    def has_more(self) -> bool:
        """Whether a page follows."""
        return self.following is not None or self.below is not None


class Linked(msgspec.Struct, frozen=True):
    """What a link answer leads to."""

    field: str
    record: RecordId
    kind: str
    title: str


class Opened(msgspec.Struct, frozen=True):
    """One entry for reading: its row, its answers as JSON values, what it links to, whether two versions wait, and
    whether it could be put into the space for two. `danger`: its own answers mark danger; `listed`: it waits to be read
    in a session. `weight` (0 to 10) is how heavy the reader's own thread it belongs to was last said to be.
    `facts` are sentences about the total of a questionnaire, to its own writer.
    """

    entry: Item
    head: RevisionId
    answers: dict[str, object]
    links: tuple[Linked, ...]
    conflict: bool = False
    shareable: bool = False
    danger: bool = False
    listed: bool = False
    weight: int | None = None
    facts: tuple[str, ...] = ()


class Timeline:
    """Reading along the timeline of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._filtering = Filtering(session)

    def page(
        self,
        wanted: Filter = NO_FILTER,
        *,
        kinds: tuple[str, ...] = (),
        before: Place | None = None,
        limit: int = PAGE,
        shared: bool | None = None,
    ) -> TimelinePage:
        """A page of the timeline, whole as long as a filter leaves enough. Ticked days of rituals without a word stand
        in it only where their kind, their ritual or an answer of theirs was asked for.

        `kinds` and `shared` are for those who ask for nothing else: no kinds means all of them, `shared` keeps one of
        the two spaces.
        """
        wanted = wanted if wanted != NO_FILTER else Filter(kinds=kinds, shared=shared)
        if wanted.plain:
            found = reach.page(
                self._session,
                before=before,
                kinds=wanted.kinds,
                limit=limit,
                shared=wanted.shared,
                worth_a_line=True,
            )
            return TimelinePage(self._rows(found), place_of(found[-1]) if len(found) == limit else None)
        chosen = self._filtering.selection(wanted).page(before, limit)
        found = entries_at(reach.connections(self._session), chosen)
        following = Place(chosen[-1][0], chosen[-1][1], chosen[-1][3], -chosen[-1][2]) if len(chosen) == limit else None
        return TimelinePage(self._rows(found), following)

    def outline(self, wanted: Filter = NO_FILTER) -> Outline:
        """The days a filter leaves with their numbers of entries, newest first."""
        return self._filtering.outline(wanted)

    def emptied_by(self, wanted: Filter, words: str = "") -> str:
        """The part of a filter without which something would be found: a name of `Filter`, or "dates"; else ""."""

        def holds(less: Filter) -> bool:
            return bool(self.search(words, less).rows) if words.strip() else bool(self.page(less, limit=1).rows)

        return self._filtering.emptied_by(wanted, holds)

    def present(self) -> Present:
        """What there is to filter by."""
        return self._filtering.present()

    def search(
        self,
        words: str,
        wanted: Filter = NO_FILTER,
        *,
        kinds: tuple[str, ...] = (),
        below: Below | None = None,
        shared: bool | None = None,
    ) -> TimelinePage:
        """Entries that hold these words: the newest `CANDIDATES` of each space ranked, older ones page by page.

        A filter keeps the search to what it leaves, so that pages are as full as without one.
        """
        wanted = wanted if wanted != NO_FILTER else Filter(kinds=kinds, shared=shared)
        among = self._filtering.numbers(wanted) if wanted != NO_FILTER else None
        found = reach.search(self._session, words, limit=CANDIDATES, below=below, among=among)
        hits = {hit.id: hit for hit in found.hits}
        spots = [(hit.day, hit.instant_ms, -int(hit.shared), hit.number) for hit in found.hits]
        entries = entries_at(reach.connections(self._session), spots)
        return TimelinePage(self._rows(entries, hits), below=found.below)

    def open(self, record: RecordId) -> Opened:
        """One entry for reading.

        Raises:
            RecordError: `UNKNOWN_RECORD`.
        """
        found = self._journal.record(record)
        entry = self._journal.entry(record)
        assert entry is not None  # noqa: S101  # the line above would have raised
        answers: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(found.body))
        item, shareable = item_of(self._session, entry), can_be_shared(self._session, entry.kind, shared=entry.shared)
        shareable = shareable and not Danger(self._session).marks_body(found.kind, found.body)
        danger = says_danger(self._session.kinds.declared(found.kind), found.body)
        listed = SessionList(self._session).holds(record)
        return Opened(
            item,
            found.head,
            answers,
            self._links(found),
            found.conflict,
            shareable,
            danger,
            listed,
            self._weight(found),
            () if item.theirs else self._facts(found),
        )

    def _facts(self, found: Record) -> tuple[str, ...]:
        words = TrendWords(self._session.content, solo=self._session.solo, today=self._session.today())
        return score_words.of_record(self._session.kinds.declared(found.kind), found.body, words)

    def _rows(self, entries: list[Entry], hits: Mapping[RecordId, Hit] = _NO_HITS) -> tuple[TimelineRow, ...]:
        measures: dict[RecordId, dict[str, float]] = {}
        about: dict[RecordId, str] = {}
        for shared in (False, True):
            here = {entry.number: entry for entry in entries if entry.shared is shared}
            if not here:
                continue
            connection = reach.at(self._session, shared=shared)
            measures |= {here[number].id: found for number, found in self._measures(connection, here).items()}
            about |= self._about(connection, here)
        files = Attachments(self._session).counts([entry.id for entry in entries])
        rows = []
        for entry in entries:
            hit = hits.get(entry.id)
            item = item_of(self._session, entry)
            rows.append(
                TimelineRow(
                    item,
                    measures.get(entry.id, {}),
                    stretches(hit.snippet) if hit is not None else (),
                    hit is not None and hit.tagged,
                    files.get(entry.id, 0),
                    about.get(entry.id, ""),
                )
            )
        return tuple(rows)

    def _about(self, connection: Connection, here: Mapping[int, Entry]) -> dict[RecordId, str]:
        """What entries without words belong to, where their kind cannot be without: an occasion of an agreement."""
        fields: dict[int, str] = {}
        for number, entry in here.items():
            declared = self._session.kinds.declared(entry.kind)
            link = next((field.id for field in declared.fields if field.type is FieldType.LINK and field.required), "")
            if link and not entry.title and not declared.cover:
                fields[number] = link
        targets = targets_of(connection, fields)
        titles: dict[RecordId, str] = {}
        for target in set(targets.values()):
            found = self._journal.entry(target)
            titles[target] = found.title if found is not None and not self._covered(found.kind) else ""
        return {here[number].id: titles[target] for number, target in targets.items()}

    def _covered(self, kind: str) -> bool:
        return self._session.kinds.declared(kind).cover in _HEAVY

    def _weight(self, found: Record) -> int | None:
        for thread in threads_of(self._session.kinds.declared(found.kind), found.body):
            own = reach.own(self._session, thread)
            weight = getattr(own.body, "weight", None) if own is not None else None
            if isinstance(weight, int):
                return weight
        return None

    def _measures(self, connection: Connection, here: Mapping[int, Entry]) -> dict[int, dict[str, float]]:
        dated: dict[str, tuple[str, ...]] = {}
        undated: set[str] = set()
        for kind in {entry.kind for entry in here.values()}:
            declared = self._session.kinds.declared(kind)
            names = deriving.measures_of(declared)
            if declared.dated_by is None:
                undated |= set(names)
            else:
                dated[kind] = names
        others = [number for number, entry in here.items() if entry.kind not in dated]
        found = measures_of(connection, list(here.values()), dated)
        return found | rerated_of(connection, others, sorted(undated))

    def _links(self, found: Record) -> tuple[Linked, ...]:
        links = []
        for field in self._session.kinds.declared(found.kind).fields:
            target = getattr(found.body, field.id)
            if field.type is not FieldType.LINK or not isinstance(target, str):
                continue
            entry = self._journal.entry(RecordId(target))
            if entry is not None:
                links.append(Linked(field.id, entry.id, entry.kind, entry.title))
        return tuple(links)


def before_entry(entry: Item) -> Before:
    """The place after which older entries than this one follow."""
    return Place(entry.day, entry.instant_ms, entry.number, int(entry.shared))


def before_day_after(day: int) -> Before:
    """The place after which a day (ordinal) and everything older follows."""
    return Place(day + 1, _START_MS, -1)


def stretches(snippet: str) -> tuple[Stretch, ...]:
    """A snippet with search marks as stretches, marked ones apart."""
    found: list[Stretch] = []
    for number, part in enumerate(snippet.replace("\n", " ").split(OPEN)):
        marked, closed, rest = part.partition(CLOSE)
        found += [Stretch(marked, True), Stretch(rest)] if number and closed else [Stretch(part)]
    return tuple(stretch for stretch in found if stretch.words)


def item_of(session: Session, entry: Entry) -> Item:
    """An entry as this person's lists show it."""
    return Item(
        id=entry.id,
        kind=entry.kind,
        day=entry.day,
        instant_ms=entry.instant_ms,
        title=entry.title,
        preview=entry.preview,
        late=entry.late and not entry.shared,
        created_ms=entry.created_ms,
        changed_ms=entry.changed_ms,
        number=entry.number,
        author=PersonId(entry.author),
        shared=entry.shared,
        theirs=reach.is_theirs(session, entry.author, shared=entry.shared),
    )
