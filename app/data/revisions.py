"""The revision log of one space: append, read, check the chain. Nothing is overwritten, only erased with its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush

import msgspec

from app.data import attachments
from app.data.connection import Connection
from app.domain.records import (
    GENESIS,
    PersonId,
    RecordId,
    Revision,
    RevisionId,
    is_intact,
    make_revision,
)

_COLUMNS = "id, record, kind, author, clock, seq, parents, previous, zone, digest, body, hash, signature"
_OUTLINE = "id, record, kind, author, clock, seq, parents, previous, zone, digest, NULL, x'', x''"
_BY_CLOCK = "ORDER BY clock, author, id"


def _revision(row: tuple[object, ...]) -> Revision:
    values = list(row)
    values[6] = tuple(str(row[6]).split())
    return Revision(*values)  # type: ignore[arg-type]  # column order and STRICT types are the Struct's


def append(  # noqa: PLR0913  # one argument for each thing a revision says
    connection: Connection,
    *,
    record: RecordId,
    kind: str,
    author: PersonId,
    clock: int,
    parents: tuple[RevisionId, ...],
    zone: str,
    body: bytes | None,
    sign: Callable[[bytes], bytes] | None = None,
) -> Revision:
    """Add the author's next revision and move the author's head. Must run inside a transaction.

    In a shared space `sign` gives the author's signature over the revision's hash.
    """
    seq, previous = head_of(connection, author)
    revision = make_revision(
        record=record,
        kind=kind,
        author=author,
        clock=clock,
        seq=seq + 1,
        parents=parents,
        previous=previous,
        zone=zone,
        body=body,
    )
    if sign is not None:
        revision = msgspec.structs.replace(revision, signature=sign(revision.hash))
    insert(connection, revision)
    connection.execute(
        "INSERT OR REPLACE INTO author_head (author, seq, clock, hash) VALUES (?, ?, ?, ?)",
        (author, revision.seq, clock, revision.hash),
    )
    return revision


def insert(connection: Connection, revision: Revision) -> None:
    """Store a revision as it is: one made here, or one that came from elsewhere."""
    connection.execute(
        f"INSERT INTO revision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.id,
            revision.record,
            revision.kind,
            revision.author,
            revision.clock,
            revision.seq,
            " ".join(revision.parents),
            revision.previous,
            revision.zone,
            revision.digest,
            revision.body,
            revision.hash,
            revision.signature,
        ),
    )


def head_of(connection: Connection, author: PersonId) -> tuple[int, bytes]:
    """The author's last sequence number and hash; (0, GENESIS) before the first."""
    row = connection.execute("SELECT seq, hash FROM author_head WHERE author = ?", (author,)).fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, GENESIS)


def contains(connection: Connection, author: PersonId, seq: int, digest: bytes) -> bool:
    """Whether the author's chain still holds that revision: a shorter or forked chain does not."""
    if seq == 0:
        return True
    row = connection.execute("SELECT hash FROM revision WHERE author = ? AND seq = ?", (author, seq)).fetchone()
    return bool(row) and bytes(row[0]) == digest


def of_record(connection: Connection, record: RecordId) -> list[Revision]:
    """Every revision of a record, oldest first; none stands before one it grew from."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM revision WHERE record = ? {_BY_CLOCK}", (record,))
    return _causal([_revision(row) for row in rows])


def after(connection: Connection, author: PersonId, seq: int) -> list[Revision]:
    """What an author wrote later than number `seq`, in chain order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM revision WHERE author = ? AND seq > ? ORDER BY seq", (author, seq)
    )
    return [_revision(row) for row in rows]


def walk_after(connection: Connection, author: PersonId, seq: int) -> Iterator[Revision]:
    """The same one by one, however many there are."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM revision WHERE author = ? AND seq > ? ORDER BY seq", (author, seq)
    )
    for row in rows:
        yield _revision(row)


def before_the_first(connection: Connection, author: PersonId) -> list[RevisionId]:
    """Links with numbers no chain has; a chain begins with number 1."""
    rows = connection.execute("SELECT id FROM revision WHERE author = ? AND seq < 1 ORDER BY seq", (author,))
    return [RevisionId(row[0]) for row in rows]


def length(connection: Connection, author: PersonId) -> int:
    """The number of an author's newest link in the log itself; 0 before the first."""
    row = connection.execute("SELECT max(seq) FROM revision WHERE author = ?", (author,)).fetchone()
    return int(row[0] or 0)


def outline(connection: Connection, record: RecordId) -> list[Revision]:
    """The same without words, hashes and signatures: what says how the states follow each other.

    A record that was edited a thousand times holds a thousand bodies; saving it once more must not read them all.
    """
    rows = connection.execute(f"SELECT {_OUTLINE} FROM revision WHERE record = ? {_BY_CLOCK}", (record,))
    return _causal([_revision(row) for row in rows])


def body_of(connection: Connection, revision: Revision) -> bytes | None:
    """The words of one revision of an outline; None for a tombstone and for what was erased."""
    row = connection.execute(
        "SELECT body FROM revision WHERE author = ? AND seq = ?", (revision.author, revision.seq)
    ).fetchone()
    return bytes(row[0]) if row and row[0] is not None else None


def bodies_of(connection: Connection, record: RecordId) -> dict[RevisionId, bytes]:
    """The words of every state of a record that still has them."""
    rows = connection.execute("SELECT id, body FROM revision WHERE record = ? AND body IS NOT NULL", (record,))
    return {RevisionId(row[0]): bytes(row[1]) for row in rows}


def _causal(history: list[Revision]) -> list[Revision]:
    """By clock, but never before a parent: a clock that once ran ahead must not put an edit before its beginning."""
    known = {revision.id: revision for revision in history}
    passed: set[RevisionId] = set()
    for revision in history:
        if any(parent in known and parent not in passed for parent in revision.parents):
            return _sorted_again(history, known)
        passed.add(revision.id)
    return history


def _sorted_again(history: list[Revision], known: dict[RevisionId, Revision]) -> list[Revision]:
    waiting = {r.id: sum(parent in known for parent in r.parents) for r in history}
    children: dict[RevisionId, list[Revision]] = {}
    for revision in history:
        for parent in revision.parents:
            children.setdefault(parent, []).append(revision)
    ready = [(r.order, r.id) for r in history if not waiting[r.id]]
    heapify(ready)
    ordered: list[Revision] = []
    while ready:
        _, revision_id = heappop(ready)
        ordered.append(known[revision_id])
        for child in children.get(revision_id, ()):
            waiting[child.id] -= 1
            if not waiting[child.id]:
                heappush(ready, (child.order, child.id))
    return ordered


def erase_bodies(connection: Connection, record: RecordId) -> None:
    """Take the words of every state of a record out of the file (`secure_delete` overwrites them); hashes stay."""
    connection.execute("UPDATE revision SET body = NULL WHERE record = ? AND body IS NOT NULL", (record,))


def last_clock(connection: Connection) -> int:
    """The latest clock reading in the space; 0 when it is empty."""
    row = connection.execute("SELECT max(clock) FROM author_head").fetchone()
    return int(row[0] or 0)


def renew_heads(connection: Connection) -> None:
    """Make the row of each author's newest link again from the chain: it is a projection too."""
    connection.execute("DELETE FROM author_head")
    connection.execute(
        "INSERT INTO author_head (author, seq, clock, hash) SELECT r.author, r.seq, m.clock, r.hash FROM revision r"
        " JOIN (SELECT author, max(seq) AS seq, max(clock) AS clock FROM revision GROUP BY author) m"
        " ON m.author = r.author AND m.seq = r.seq"
    )


def record_ids(connection: Connection) -> list[tuple[RecordId, str]]:
    """Every record ever written with its kind, in order of first writing."""
    rows = connection.execute("SELECT record, kind FROM revision GROUP BY record ORDER BY min(position)")
    return [(RecordId(row[0]), row[1]) for row in rows]


def count(connection: Connection) -> int:
    """How many revisions there are."""
    return int(connection.execute("SELECT count(*) FROM revision").fetchone()[0])


def recent(connection: Connection, limit: int) -> list[Revision]:
    """The last revisions written to the file, newest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM revision ORDER BY position DESC LIMIT ?", (limit,))
    return [_revision(row) for row in rows]


def walk(connection: Connection) -> Iterator[Revision]:
    """Every revision of every author, in chain order."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM revision ORDER BY author, seq"):
        yield _revision(row)


def gaps(newest_first: list[Revision]) -> list[RevisionId]:
    """Neighbours of one author in a stretch of the log whose chain does not join."""
    later: dict[str, Revision] = {}
    found: list[RevisionId] = []
    for revision in newest_first:
        after = later.get(revision.author)
        if after is not None and (after.seq != revision.seq + 1 or after.previous != revision.hash):
            found.append(after.id)
        later[revision.author] = revision
    return found


def broken_links(connection: Connection) -> list[RevisionId]:
    """Check every hash, digest and chain link. Lists what was altered, removed or put back from an older copy.

    A head that is missing, or behind its chain, is a page put back; words that are gone from a record nobody removed
    were taken out by someone else. What was added to entries must have the bytes its revision names.
    """
    broken: list[RevisionId] = []
    author, seq, previous = "", 0, GENESIS
    for revision in walk(connection):
        if revision.author != author:
            author, seq, previous = revision.author, 0, GENESIS
        if revision.seq != seq + 1 or revision.previous != previous or not is_intact(revision):
            broken.append(revision.id)
        seq, previous = revision.seq, revision.hash
    broken += [RevisionId(f"head of {row[0]}") for row in connection.execute(_HEADS_ASTRAY)]
    broken += [RevisionId(row[0]) for row in connection.execute(_WORDS_MISSING)]
    broken += [RevisionId(found) for found in attachments.damaged(connection)]
    return broken


_HEADS_ASTRAY = (
    "SELECT DISTINCT coalesce(h.author, r.author) FROM author_head h FULL JOIN"
    " (SELECT author, max(seq) AS seq FROM revision GROUP BY author) m ON m.author = h.author"
    " LEFT JOIN revision r ON r.author = m.author AND r.seq = m.seq"
    " WHERE h.seq IS NOT r.seq OR h.hash IS NOT r.hash"
)
_WORDS_MISSING = (
    "SELECT id FROM revision WHERE body IS NULL AND length(digest) > 0"
    " AND record NOT IN (SELECT record FROM revision GROUP BY record"
    " HAVING sum(length(digest) = 0) AND (NOT count(body) OR sum(length(digest) = 0 AND length(parents) > 0"
    " AND NOT EXISTS (SELECT 1 FROM revision p WHERE p.record = revision.record"
    " AND instr(revision.parents, p.id) AND length(p.digest) > 0))))"
)
"""Words may be gone from a record that was removed and holds none at all, and from one that was erased (a tombstone
that grew from tombstones): what came to it later is another matter."""


def named(connection: Connection, found: Iterable[str]) -> tuple[str, ...]:
    """The same findings, with the kind and the record beside each revision there is, so that it can be looked up."""
    said: list[str] = []
    for finding in found:
        row = connection.execute("SELECT kind, record FROM revision WHERE id = ?", (finding,)).fetchone()
        said.append(f"{finding}: {row[0]} {row[1]}" if row is not None else finding)
    return tuple(said)
