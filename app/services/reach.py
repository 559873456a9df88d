"""Both spaces as one: whatever a person asks of their journal is asked of each file they can open.

The two files are never attached to each other (security.md 3.2): every question goes to each on its own connection,
and the answers are put together here. Measures and what is judged from them stay with the private file: numbers reach
the other person as released weekly values only, and what the other shared is not averaged with one's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from app.data import narrowing, reading
from app.data.connection import Connection
from app.data.reading import Entry, Place
from app.data.suggesting import newest_changed
from app.data.timeline_queries import Below, Found, entries_at, page_across, search_across
from app.domain.errors import Code, RecordError
from app.domain.records import PersonId, Record, RecordId, Revision
from app.services import apart
from app.services.session import Session


def connections(session: Session) -> tuple[Connection, ...]:
    """The private file, then the shared one where there is one."""
    return tuple(space.connection for space in session.spaces)


def at(session: Session, *, shared: bool) -> Connection:
    """The file an entry of a list came from."""
    return session.spaces[int(shared)].connection


def entry(session: Session, record: RecordId) -> Entry | None:
    """One record as a list shows it, from wherever it stands."""
    for number, connection in enumerate(connections(session)):
        found = reading.entry(connection, record)
        if found is not None:
            return msgspec.structs.replace(found, shared=True) if number else found
    return None


def page(
    session: Session,
    *,
    before: Place | None = None,
    kinds: tuple[str, ...] = (),
    limit: int = 50,
    shared: bool | None = None,
    worth_a_line: bool = False,
) -> list[Entry]:
    """The timeline of both spaces, newest first, without what this person has hidden. `shared` keeps one of them,
    `worth_a_line` leaves out ticked days of rituals without a word while no kind is asked for.
    """
    hidden = apart.hidden(session) if session.shared else frozenset()
    only = None if shared is None else int(shared)
    return page_across(
        connections(session),
        before=before,
        kinds=kinds,
        limit=limit,
        hidden=hidden,
        only=only,
        worth_a_line=worth_a_line,
    )


def search(
    session: Session,
    words: str,
    *,
    limit: int,
    below: Below | None = None,
    among: Sequence[AbstractSet[int]] | None = None,
) -> Found:
    """Matches of both spaces, best first, without what this person has hidden; `among` are the row numbers of each
    space that a filter leaves.
    """
    hidden = apart.hidden(session) if session.shared else frozenset()
    kept = among if among is not None else (None, None)
    return search_across(connections(session), words, limit=limit, below=below, hidden=hidden, among=kept)


def on_days(session: Session, days: Sequence[int]) -> list[Entry]:
    """What was written about a few days (ordinals), newest first."""
    positions = sorted(
        (
            (day, instant_ms, -space, number)
            for space, connection in enumerate(connections(session))
            for day, instant_ms, number in narrowing.on_days(connection, days)
        ),
        reverse=True,
    )
    return entries_at(connections(session), positions)


def resolve(session: Session, start: str) -> RecordId:
    """The one record whose id begins so.

    Raises:
        RecordError: UNKNOWN_RECORD when none or several do.
    """
    found = {record for connection in connections(session) for record in reading.resolve(connection, start)}
    if start in found:
        return RecordId(start)
    if len(found) != 1:
        raise RecordError(Code.UNKNOWN_RECORD, record=start)
    return found.pop()


def history(session: Session, record: RecordId) -> list[Revision]:
    """Every saved state of a record where it stands, oldest first; of one that was removed, what is left of it."""
    for space in session.spaces:
        if reading.entry(space.connection, record) is not None:
            return space.history(record)
    return next((found for space in session.spaces if (found := space.history(record))), [])


def linked(session: Session, target: RecordId, kind: str) -> list[Entry]:
    """Records of a kind that link to another, from both spaces, newest first."""
    found = [
        msgspec.structs.replace(entry, shared=True) if number else entry
        for number, connection in enumerate(connections(session))
        for entry in reading.linked(connection, target, kind)
    ]
    return sorted(found, key=lambda one: (one.day, one.instant_ms, one.number), reverse=True)


def own(session: Session, record: RecordId) -> Record | None:
    """A record this person wrote, from either space; None for the other's, and for what is not there."""
    for space in session.spaces:
        found = space.record(record)
        if found is not None:
            return found if space is session.space or found.author == session.person.id else None
    return None


def own_newest(session: Session, kind: str, limit: int) -> list[Record]:
    """Records of a kind this person wrote, in either space, those changed last first."""
    ids = [record for file in connections(session) for record in newest_changed(file, kind, limit)]
    found = [mine for record in ids if (mine := own(session, record)) is not None]
    return sorted(found, key=lambda record: -record.changed_ms)[:limit]


def own_between(session: Session, kind: str, first: int, last: int) -> int:
    """How many records of a kind this person wrote about the days `first` to `last` (ordinals, both included)."""
    found = (entry for file in connections(session) for entry in reading.between(file, kind, first, last))
    return sum(entry.author == session.person.id for entry in found)


def other(session: Session) -> PersonId | None:
    """The person the shared space is shared with; None where nobody else is there."""
    shared = session.shared
    if shared is None:
        return None
    if shared.signatures is not None:
        return next(iter(shared.signatures.others), None)
    authors = shared.connection.execute(
        "SELECT author FROM author_head WHERE author != ? ORDER BY author", (session.person.id,)
    )
    return next((PersonId(row[0]) for row in authors), None)


def name_of(session: Session, author: str) -> str:
    """What somebody who wrote here is called: this person's own name, else the name they gave the other; "" unnamed."""
    return session.person.name if author == session.person.id else session.partner or ""


def is_theirs(session: Session, author: str, *, shared: bool) -> bool:
    """Whether the other person wrote it."""
    return shared and author != session.person.id


def visible(session: Session, records: Iterator[RecordId]) -> Iterator[RecordId]:
    """Those this person has not hidden."""
    hidden = apart.hidden(session) if session.shared else frozenset()
    return (record for record in records if record not in hidden)
