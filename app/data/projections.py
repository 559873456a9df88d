"""The tables rebuilt from newest revisions: record, trash, measure, link, term and search.

A `Projector` brings them up to date, record by record, inside the caller's transaction; a rebuilt space equals the
live one. The search index counts rows downwards (rowid = -number): an index is read upwards, so that the newest matches
come first and a search can stop early.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from hashlib import sha256

import msgspec

from app.data import attachments, revisions, search, trash
from app.data.authorship import Authorship
from app.data.connection import Connection
from app.domain.deriving import Derived, Written, derive, measures_of
from app.domain.errors import RecordError
from app.domain.fields import Kind
from app.domain.kinds.attachment import ATTACHMENT, Attachment
from app.domain.kinds.registry import Kinds
from app.domain.lettering import indexed
from app.domain.records import RecordId, Revision, heads, wall_ms
from app.domain.removal import is_erased, last_words, standing

TABLES = ("measure", "link", "term", "record", "trash", "attachment")
RULES = 6
"""Raised whenever projecting itself changes what it makes of the same words."""
UNREADABLE = (RecordError, ArithmeticError, LookupError, TypeError, ValueError)
"""What comes of words that no program of ours can have written."""
_STAMP = "projected"
_AT_A_TIME = 2_000


class Projector:
    """Projects records inside one transaction; `finish` must be called before it ends.

    Search rows wait until then and go in by rising row number: the index takes them in one piece, in any other order it
    would start a new piece at every record.
    """

    def __init__(self, connection: Connection, kinds: Kinds, authorship: Authorship) -> None:
        self._connection = connection
        self._kinds = kinds
        self._authorship = authorship
        self._waiting: dict[int, Derived] = {}

    def project(self, record: RecordId) -> int | None:
        """Make the rows of one record again from its revisions.

        Returns:
            The day (ordinal) the record belongs to, or None when it has been removed.
        """
        history = self._authorship.outline(self._connection, record)
        tips = standing(history)
        shown = (tips or heads(history))[-1]
        if history[0].kind == ATTACHMENT:
            self._project_attachment(history, shown)
            return None
        row = self._connection.execute("SELECT number, day FROM record WHERE id = ?", (record,)).fetchone()
        number = int(row[0]) if row else None
        if number is not None:
            self._waiting.pop(number, None)
            self._forget(number, int(row[1]), shown.kind)
        trash.forget(self._connection, record)
        words = revisions.body_of(self._connection, shown)
        if words is None:
            if number is not None:
                self._connection.execute("DELETE FROM record WHERE number = ?", (number,))
            self._project_removed(history, shown)
            return None
        declared = self._kinds.declared(shown.kind)
        last = Written(self._kinds.decode(shown.kind, words), wall_ms(shown.clock))
        derived = derive(declared, [*self._earlier(declared, record, history), last], history[0].zone)
        number = _store(self._connection, number, history[0], shown, derived, conflict=len(tips) > 1)
        _index(self._connection, number, derived)
        self._waiting[number] = derived
        return derived.day

    def _project_attachment(self, history: list[Revision], shown: Revision) -> None:
        """List what was added to a record beside it, while its bytes are there."""
        attachments.forget(self._connection, history[0].record)
        kept = last_words(history) if shown.removes and not is_erased(history) else [shown]
        words = revisions.body_of(self._connection, kept[-1]) if kept else None
        body = self._kinds.decode(ATTACHMENT, words) if words is not None else None
        if not isinstance(body, Attachment):
            return
        first, removed_ms = history[0], wall_ms(shown.clock) if shown.removes else 0
        added_ms, record = wall_ms(first.clock), RecordId(body.record)
        attachments.put(
            self._connection, attachments.Attached(first.record, record, first.author, added_ms, removed_ms, body)
        )

    def _project_removed(self, history: list[Revision], shown: Revision) -> None:
        """List a record in the trash while its words can come back."""
        kept = last_words(history) if shown.removes and not is_erased(history) else []
        words = revisions.body_of(self._connection, kept[-1]) if kept else None
        if words is None:
            return
        body = self._kinds.decode(shown.kind, words)
        states = [Written(body, wall_ms(state.clock)) for state in (history[0], kept[-1])]
        place = derive(self._kinds.declared(shown.kind), states, history[0].zone)
        title = place.title or place.preview
        row = trash.Removed(
            record=shown.record,
            kind=shown.kind,
            author=history[0].author,
            day=place.day,
            instant_ms=place.instant_ms,
            title=title,
            removed_ms=wall_ms(shown.clock),
        )
        trash.put(self._connection, row)

    def finish(self) -> None:
        """Write the waiting search rows."""
        for number in sorted(self._waiting, reverse=True):
            derived = self._waiting[number]
            if derived.title or derived.words or derived.terms:
                tags = " ".join(term for _, term in derived.terms)
                self._connection.execute(
                    "INSERT INTO search (rowid, title, words, tags) VALUES (?, ?, ?, ?)",
                    (-number, indexed(derived.title), indexed(derived.words), tags),
                )
        self._waiting.clear()

    def _forget(self, number: int, day: int, kind: str) -> None:
        """Take a record's rows away. Measures go by name and day: one more index would slow every save."""
        declared = self._kinds.declared(kind)
        for name in measures_of(declared):
            where, bound = "record = ?", [number]
            if declared.dated_by is not None:
                where, bound = "day = ? AND record = ?", [day, number]
            self._connection.execute(f"DELETE FROM measure WHERE name = ? AND {where}", [name, *bound])
        self._connection.execute("DELETE FROM link WHERE record = ?", (number,))
        self._connection.execute("DELETE FROM term WHERE record = ?", (number,))
        self._connection.execute("DELETE FROM search WHERE rowid = ?", (-number,))

    def _earlier(self, kind: Kind, record: RecordId, history: list[Revision]) -> list[Written]:
        """The states before the shown one, as far as deriving asks: when it began and, without a date, each number.

        Numbers are read without the words around them, which the reader skips.
        """
        measured = [field.id for field in kind.fields if field.measure]
        if kind.dated_by is not None or not measured:
            return [Written(_Nothing(), wall_ms(history[0].clock))]
        reader = msgspec.json.Decoder(msgspec.defstruct("Numbers", [(name, object, None) for name in measured]))
        bodies = revisions.bodies_of(self._connection, record)
        states = []
        for revision in history:
            with contextlib.suppress(msgspec.MsgspecError):  # a damaged state: the chain names it, the others count
                states.append(Written(reader.decode(bodies.get(revision.id, b"{}")), wall_ms(revision.clock)))
        return states or [Written(_Nothing(), wall_ms(history[0].clock))]


class _Nothing(msgspec.Struct, frozen=True):
    """A state of which only the time is asked."""


def _store(
    connection: Connection, number: int | None, first: Revision, shown: Revision, derived: Derived, *, conflict: bool
) -> int:
    cursor = connection.execute(
        "INSERT OR REPLACE INTO record (number, id, kind, author, day, instant, zone, created, changed, head, late,"
        " conflict, title, preview) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            first.record,
            first.kind,
            first.author,
            derived.day,
            derived.instant_ms,
            first.zone,
            wall_ms(first.clock),
            wall_ms(shown.clock),
            shown.id,
            int(derived.late),
            int(conflict),
            derived.title,
            derived.preview,
        ),
    )
    return number if number is not None else int(cursor.lastrowid or 0)


def _index(connection: Connection, number: int, derived: Derived) -> None:
    for measure in derived.measures:
        connection.execute(
            "INSERT OR REPLACE INTO measure (name, day, instant, record, value, wording, late)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                measure.name,
                measure.day,
                measure.instant_ms,
                number,
                measure.value,
                measure.wording,
                int(measure.late),
            ),
        )
    for field, target in derived.links:
        connection.execute(
            "INSERT OR REPLACE INTO link (target, field, record) VALUES (?, ?, ?)", (target, field, number)
        )
    for field, term in (*derived.terms, *derived.reasons):
        connection.execute("INSERT OR REPLACE INTO term (field, term, record) VALUES (?, ?, ?)", (field, term, number))


def rebuild(connection: Connection, kinds: Kinds, authorship: Authorship, *, skipping: bool = False) -> int:
    """Empty every projection and make it again, in one transaction. Returns the number of records that stand.

    With `skipping`, a record that cannot be read is left out, whatever was done to it.

    Raises:
        RecordError: a record cannot be read.
    """
    revisions.renew_heads(connection)
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    search.renew(connection)
    known = 0
    projector = Projector(connection, kinds, authorship)
    for position, (record, _) in enumerate(revisions.record_ids(connection), start=1):
        try:
            known += projector.project(record) is not None
        except UNREADABLE:
            if not skipping:
                raise
        if position % _AT_A_TIME == 0:
            projector.finish()
    projector.finish()
    mark_current(connection, kinds)
    return known


def project_again(connection: Connection, kinds: Kinds, authorship: Authorship, records: Iterable[RecordId]) -> None:
    """Make the rows of some records again. Must run inside the caller's transaction."""
    projector = Projector(connection, kinds, authorship)
    for record in dict.fromkeys(records):
        projector.project(record)
    projector.finish()


def stamp(kinds: Kinds) -> str:
    """What projections depend on, in one hash: the rules, and of every declared kind what deriving reads."""
    told = [
        (
            kind_id,
            kind.dated_by.id if kind.dated_by is not None else "",
            kind.total or "",
            [
                (
                    field.id,
                    field.type,
                    field.measure,
                    field.wording,
                    [(o.id, o.value) for o in field.options],
                    [option.id for option in field.no_answer],
                )
                for field in kind.fields
            ],
        )
        for kind_id in sorted(kinds.ids())
        for kind in (kinds.declared(kind_id),)
    ]
    return sha256(msgspec.json.encode((RULES, told))).hexdigest()


def mark_current(connection: Connection, kinds: Kinds) -> None:
    """Note that the projections of a file were made by these rules and these declarations."""
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_STAMP, stamp(kinds)))


def are_current(connection: Connection, kinds: Kinds) -> bool:
    """Whether the projections of a file were made by these rules and these declarations."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_STAMP,)).fetchone()
    return row is not None and row[0] == stamp(kinds)


_JOINED = " t LEFT JOIN record r ON r.number = t.record"
_ROWS = {
    "record": "SELECT id, kind, author, day, instant, zone, created, changed, head, late, conflict, title, preview"
    " FROM record",
    "attachment": "SELECT id, record, author, added, removed, body FROM attachment",
    "trash": "SELECT record, kind, author, day, instant, title, removed FROM trash",
    "measure": "SELECT r.id, t.name, t.day, t.instant, t.value, t.wording, t.late FROM measure" + _JOINED,
    "link": "SELECT r.id, t.field, t.target FROM link" + _JOINED,
    "term": "SELECT r.id, t.field, t.term FROM term" + _JOINED,
    "search": "SELECT r.id, s.title, s.words, s.tags FROM search s LEFT JOIN record r ON r.number = -s.rowid",
}
"""Every projected row with row numbers replaced by record ids; null where a row belongs to no record."""


def snapshot(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every projected row, sorted, so that two ways of projecting can be compared and the difference read."""
    return {name: sorted((tuple(row) for row in connection.execute(sql)), key=repr) for name, sql in _ROWS.items()}


def fingerprints(connection: Connection) -> dict[str, int]:
    """The same in 32 bytes a table, for a comparison that fits into memory: the sum of the rows' SHA-256 values.

    A sum needs no order, and two equal rows do not cancel each other.
    """
    return {name: sum(map(_row_hash, connection.execute(sql))) for name, sql in _ROWS.items()}


def digest(connection: Connection) -> str:
    """SHA-256 over every projected row as it is stored, row numbers too: whether a file is as it was left."""
    found = sha256()
    for sql in _AS_STORED:
        for row in connection.execute(sql):
            found.update(msgspec.msgpack.encode(tuple(row)))
    return found.hexdigest()


_AS_STORED = (
    "SELECT 'author_head', * FROM author_head ORDER BY author",
    "SELECT 'record', * FROM record ORDER BY number",
    "SELECT 'trash', * FROM trash ORDER BY record",
    "SELECT 'attachment', * FROM attachment ORDER BY id",
    "SELECT 'measure', * FROM measure ORDER BY name, day, instant, record",
    "SELECT 'link', * FROM link ORDER BY target, field, record",
    "SELECT 'term', * FROM term ORDER BY record, field, term",
    "SELECT 'search', rowid, title, words, tags FROM search ORDER BY rowid",
)


def _row_hash(row: tuple[object, ...]) -> int:
    return int.from_bytes(sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest(), "big")
