"""What earlier triggers were linked to, for a suggestion made on this computer from the words alone."""

from __future__ import annotations

import msgspec

from app.data.connection import Connection
from app.data.search import parse
from app.domain.lettering import plain
from app.domain.records import RecordId

TITLES = 200
"""How many of the newest records of a kind are looked through by name, also in the middle of their words."""
MATCHES = 1_200
"""How many of the newest matches of the index are held against how many of the newest records of each kind."""

_LINKED = (
    "SELECT r.title, l.target FROM (SELECT number, title FROM record WHERE kind = 'trigger'"
    " ORDER BY day DESC, instant DESC, number DESC LIMIT ?) r"
    " LEFT JOIN link l ON l.record = r.number AND l.field = 'thread'"
)


class LinkedCue(msgspec.Struct, frozen=True):
    """The first words of an earlier trigger and the thread it was linked to, if any."""

    cue: str
    thread: RecordId | None


def linked_cues(connection: Connection, limit: int = 300) -> list[LinkedCue]:
    """Cues of the newest `limit` triggers, newest first. Those without a thread tell how usual a word is."""
    rows = connection.execute(_LINKED, (limit,))
    return [LinkedCue(cue, RecordId(thread) if thread else None) for cue, thread in rows if cue]


def newest_changed(connection: Connection, kind: str, limit: int = 60) -> list[RecordId]:
    """Among the newest `limit` records of a kind, those changed last come first."""
    rows = connection.execute(
        "SELECT id FROM (SELECT id, changed FROM record WHERE kind = ? ORDER BY day DESC, instant DESC, number DESC"
        " LIMIT ?) ORDER BY changed DESC",
        (kind, limit),
    )
    return [RecordId(row[0]) for row in rows]


class Linkable(msgspec.Struct, frozen=True):
    """A record that something can be linked to. `day` is an ordinal; `shared`: it stands in the space for two."""

    id: RecordId
    kind: str
    day: int
    instant_ms: int
    title: str
    shared: bool = False


def newest_named(connection: Connection, kinds: tuple[str, ...], limit: int) -> list[Linkable]:
    """The newest records of these kinds that have a name, newest first: `limit` of each kind at most."""
    found: list[Linkable] = []
    for kind in kinds:
        rows = connection.execute(
            "SELECT id, kind, day, instant, title FROM record WHERE kind = ?"
            " ORDER BY day DESC, instant DESC, number DESC LIMIT ?",
            (kind, limit),
        )
        found += [Linkable(RecordId(row[0]), *row[1:]) for row in rows if row[4]]
    return sorted(found, key=lambda one: (-one.day, -one.instant_ms))


def linkable(connection: Connection, kinds: tuple[str, ...], typed: str, limit: int) -> list[Linkable]:
    """Records of these kinds by what somebody typed: names that hold it first, then names and words the index finds.

    Each step is bound, so that a common word costs no more in a large journal than in a small one.
    """
    if not typed.strip():
        return newest_named(connection, kinds, limit)[:limit]
    wanted = " ".join(plain(typed).split())
    found = {one.id: one for one in newest_named(connection, kinds, TITLES) if wanted in plain(one.title)}
    query = parse(typed)
    if query is not None and len(found) < limit:
        numbers = _numbers(connection, kinds)
        begun = query.begun if len(typed.rsplit(maxsplit=1)[-1]) > 1 else None  # one letter begins half the index
        terms_of = begun or query.whole
        for terms in (f"title : ({terms_of})", terms_of):
            for one in _matching(connection, numbers, terms, limit):
                found.setdefault(one.id, one)
    return list(found.values())[:limit]


def _numbers(connection: Connection, kinds: tuple[str, ...]) -> frozenset[int]:
    """Row numbers of the newest records of each kind, from the index alone."""
    found: set[int] = set()
    for kind in kinds:
        rows = connection.execute(
            "SELECT number FROM record WHERE kind = ? ORDER BY day DESC, instant DESC, number DESC LIMIT ?",
            (kind, MATCHES),
        )
        found.update(row[0] for row in rows)
    return frozenset(found)


def _matching(connection: Connection, numbers: frozenset[int], terms: str, limit: int) -> list[Linkable]:
    rows = connection.execute("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (terms, MATCHES))
    chosen = [-row[0] for row in rows if -row[0] in numbers][:limit]
    found = connection.execute(
        "SELECT number, id, kind, day, instant, title FROM record"
        f" WHERE title != '' AND number IN ({','.join('?' * len(chosen))})",
        chosen,
    ).fetchall()
    return [Linkable(RecordId(row[1]), *row[2:]) for row in sorted(found, key=lambda row: -row[0])]
