"""The timeline of everything written, what a search finds in it, and one entry opened for reading."""

from __future__ import annotations

import msgspec

from app.data import reading
from app.data.reading import Entry, Place
from app.data.search import CANDIDATES, CLOSE, OPEN, search
from app.data.timeline_queries import measures_of, page_of_kinds, written_words
from app.domain.fields import FieldType
from app.domain.records import Record, RecordId, RevisionId
from app.services.journal import Journal
from app.services.session import Session

PAGE = 50


class Item(msgspec.Struct, frozen=True):
    """What a list knows of an entry. `day` is an ordinal, times are UTC milliseconds."""

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


class Stretch(msgspec.Struct, frozen=True):
    """A part of a line; `found` ones hold the words that were looked for."""

    words: str
    found: bool = False


class TimelineRow(msgspec.Struct, frozen=True):
    """One entry with the numbers it holds, by measure.

    `snippet` are the words around a match, none outside a search; `tagged` when it shows chosen answers by their ids.
    """

    entry: Item
    measures: dict[str, float]
    snippet: tuple[Stretch, ...] = ()
    tagged: bool = False


class TimelinePage(msgspec.Struct, frozen=True):
    """Rows, newest first (a search: best first). `following`, in a search `below`, is where the next page begins."""

    rows: tuple[TimelineRow, ...]
    following: Place | None = None
    below: int | None = None

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
    """One entry for reading: its row, its answers as JSON values, what it links to, whether two versions wait."""

    entry: Item
    head: RevisionId
    answers: dict[str, object]
    links: tuple[Linked, ...]
    conflict: bool = False


class Timeline:
    """Reading along the timeline of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def page(self, *, kinds: tuple[str, ...] = (), before: Place | None = None, limit: int = PAGE) -> TimelinePage:
        """A page of the timeline; no kinds means all of them."""
        connection = self._session.connection
        if len(kinds) > 1:
            entries = page_of_kinds(connection, kinds, before, limit)
        else:
            entries = reading.page(connection, before=before, kinds=kinds, limit=limit)
        last = entries[-1] if len(entries) == limit else None
        following = Place(last.day, last.instant_ms, last.number) if last else None
        return TimelinePage(self._rows(entries), following)

    def search(self, words: str, *, kinds: tuple[str, ...] = (), below: int | None = None) -> TimelinePage:
        """Entries that hold these words: the newest `CANDIDATES` ranked, older ones page by page.

        A filter is applied to what was found, so that a page may hold fewer entries than it looked at.
        """
        hits = search(self._session.connection, words, limit=CANDIDATES, below=below)
        wanted = [hit for hit in hits if not kinds or hit.kind in kinds]
        snippets = {hit.id: hit.snippet for hit in wanted}
        entries = [entry for hit in wanted if (entry := self._journal.entry(hit.id)) is not None]
        older = min(hit.number for hit in hits) if len(hits) == CANDIDATES else None
        return TimelinePage(self._rows(entries, snippets), below=older)

    def open(self, record: RecordId) -> Opened:
        """One entry for reading.

        Raises:
            RecordError: `UNKNOWN_RECORD`.
        """
        found = self._journal.record(record)
        entry = self._journal.entry(record)
        assert entry is not None  # noqa: S101  # the line above would have raised
        answers: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(found.body))
        return Opened(_item(entry), found.head, answers, self._links(found), found.conflict)

    def _rows(self, entries: list[Entry], snippets: dict[RecordId, str] | None = None) -> tuple[TimelineRow, ...]:
        measures = measures_of(self._session.connection, [entry.number for entry in entries])
        said = snippets or {}
        written = written_words(self._session.connection, [entry.number for entry in entries]) if said else {}
        rows = []
        for entry in entries:
            snippet = said.get(entry.id, "")
            tagged = bool(snippet) and _plain(snippet) not in written.get(entry.number, "")
            rows.append(TimelineRow(_item(entry), measures.get(entry.number, {}), stretches(snippet), tagged))
        return tuple(rows)

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


def stretches(snippet: str) -> tuple[Stretch, ...]:
    """A snippet with search marks as stretches, marked ones apart."""
    found: list[Stretch] = []
    for number, part in enumerate(snippet.replace("\n", " ").split(OPEN)):
        marked, closed, rest = part.partition(CLOSE)
        found += [Stretch(marked, True), Stretch(rest)] if number and closed else [Stretch(part)]
    return tuple(stretch for stretch in found if stretch.words)


def _item(entry: Entry) -> Item:
    return Item(
        id=entry.id,
        kind=entry.kind,
        day=entry.day,
        instant_ms=entry.instant_ms,
        title=entry.title,
        preview=entry.preview,
        late=entry.late,
        created_ms=entry.created_ms,
        changed_ms=entry.changed_ms,
        number=entry.number,
    )


def _plain(snippet: str) -> str:
    """A snippet without its marks and without the ellipses at its ends."""
    return snippet.replace(OPEN, "").replace(CLOSE, "").strip("…")
