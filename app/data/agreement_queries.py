"""What the page of agreements asks of one file: every saved state of a few texts, and many small notes by index.

Nothing here decodes words: a list of two hundred agreements with ten thousand notes is drawn from projected rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from app.data.connection import Connection
from app.domain.records import PersonId, RecordId, Revision


class StateRow(msgspec.Struct, frozen=True):
    """One saved state of a record that stands: who saved it, when (the clock), and its stored answers."""

    record: RecordId
    author: PersonId
    clock: int
    body: bytes
    is_head: bool

    @classmethod
    def of(cls, revision: Revision, head: str) -> StateRow:
        """The same of a revision that was read whole."""
        return cls(revision.record, revision.author, revision.clock, revision.body or b"{}", revision.id == head)


class NoteRow(msgspec.Struct, frozen=True):
    """A note on an occasion as its projected answers tell it. `day` is an ordinal; empty where nothing was answered."""

    target: RecordId
    record: RecordId
    author: str
    day: int
    outcome: str
    repaired: str
    other_reading: str
    settled: str
    reading_of: str
    words: str


_NOTE = (
    "SELECT l.target, r.id, r.author, r.day,"
    " (SELECT term FROM term WHERE record = r.number AND field = 'outcome'),"
    " (SELECT term FROM term WHERE record = r.number AND field = 'repaired'),"
    " (SELECT term FROM term WHERE record = r.number AND field = 'other_reading'),"
    " (SELECT term FROM term WHERE record = r.number AND field = 'settled'),"
    " (SELECT target FROM link WHERE record = r.number AND field = 'reading_of'),"
    " r.title"
)


def states_of(connection: Connection, kind: str) -> Iterator[StateRow]:
    """Every saved state, oldest first, of the records of a kind of which there are few. Removals are left out."""
    rows = connection.execute(
        "SELECT v.record, v.author, v.clock, v.body, v.id = r.head FROM record r"
        " CROSS JOIN revision v ON v.record = r.id"
        " WHERE r.kind = ? AND v.kind = r.kind AND v.body IS NOT NULL ORDER BY v.record, v.clock, v.author, v.id",
        (kind,),
    )
    for record, author, clock, body, is_head in rows:
        yield StateRow(RecordId(record), PersonId(author), clock, body, bool(is_head))


def notes_since(connection: Connection, kind: str, field: str, first: int) -> list[NoteRow]:
    """The notes of a kind from the day `first` (ordinal) on, on whatever their link `field` leads to, without words.

    Links and answers are read in two runs over the same rows: asked note by note, each costs a look of its own.
    """
    where = "WHERE r.kind = ? AND r.day >= ?"
    terms: dict[int, dict[str, str]] = {}
    for number, name, term in connection.execute(
        f"SELECT r.number, t.field, t.term FROM record r CROSS JOIN term t ON t.record = r.number {where}",
        (kind, first),
    ):
        terms.setdefault(number, {})[name] = term
    links: dict[int, dict[str, str]] = {}
    notes: dict[int, tuple[str, str, int]] = {}
    for number, record, author, day, name, target in connection.execute(
        "SELECT r.number, r.id, r.author, r.day, l.field, l.target FROM record r"
        f" CROSS JOIN link l ON l.record = r.number {where}",
        (kind, first),
    ):
        notes[number] = (record, author, day)
        links.setdefault(number, {})[name] = target
    found = []
    for number, (record, author, day) in notes.items():
        led, said = links[number], terms.get(number, {})
        if field in led:
            found.append(
                NoteRow(
                    RecordId(led[field]),
                    RecordId(record),
                    author,
                    day,
                    said.get("outcome", ""),
                    said.get("repaired", ""),
                    said.get("other_reading", ""),
                    said.get("settled", ""),
                    led.get("reading_of", ""),
                    "",
                )
            )
    return found


def notes_on(connection: Connection, target: RecordId, kind: str, field: str) -> list[NoteRow]:
    """All notes of a kind whose link `field` leads to one record, newest first."""
    rows = connection.execute(
        f"{_NOTE} FROM link l CROSS JOIN record r ON r.number = l.record"
        " WHERE l.target = ? AND l.field = ? AND r.kind = ? ORDER BY r.day DESC, r.instant DESC, r.number DESC",
        (target, field, kind),
    )
    return [_note(row) for row in rows]


def _note(row: tuple[object, ...]) -> NoteRow:
    target, record, author, day, *answers, words = row
    outcome, repaired, other_reading, settled, reading_of = (str(answer or "") for answer in answers)
    return NoteRow(
        RecordId(str(target)),
        RecordId(str(record)),
        str(author),
        int(str(day)),
        outcome,
        repaired,
        other_reading,
        settled,
        reading_of,
        str(words),
    )
