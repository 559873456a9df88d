"""What is added to entries, inside the encrypted file: listed from revisions, its bytes in parts of 128 KiB.

The list is a projection like any other. The parts are not made from anything: each attachment's revision names the
SHA-256 of them all, and whoever reads them compares. What is added to an entry that is only begun is held under the key
of its draft, with its parts, until the entry is saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from app.data.connection import Connection
from app.domain.errors import Code, RecordError
from app.domain.kinds.attachment import Attachment
from app.domain.records import PersonId, RecordId

PART_BYTES: Final = 1 << 17
_SINCE: Final = 3
"""The schema that brought these tables; copies of older ones are looked at, too."""


class Attached(msgspec.Struct, frozen=True):
    """One attachment as it stands. Times are UTC milliseconds; `removed_ms` is 0 while it is not in the trash."""

    id: RecordId
    record: RecordId
    author: PersonId
    added_ms: int
    removed_ms: int
    body: Attachment


class Held(msgspec.Struct, frozen=True):
    """One that waits with a draft. `body.record` is empty until the entry has an id."""

    id: RecordId
    key: str
    added_ms: int
    body: Attachment


_COLUMNS = "a.id, a.record, a.author, a.added, a.removed, a.body"


def of_record(connection: Connection, record: RecordId, *, removed: bool = False) -> list[Attached]:
    """What was added to a record, oldest first; with `removed` also what lies in the trash."""
    which = "" if removed else " AND a.removed = 0"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM attachment a WHERE a.record = ?{which} ORDER BY a.added, a.id", (record,)
    )
    return [_attached(row) for row in rows]


def find(connection: Connection, attachment: RecordId) -> Attached | None:
    """One attachment, also from the trash."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM attachment a WHERE a.id = ?", (attachment,)).fetchone()
    return _attached(row) if row else None


def counts(connection: Connection, records: Sequence[RecordId]) -> dict[RecordId, int]:
    """How many each of these records has; those without are left out. A few hundred at a time at most."""
    marks = ", ".join("?" * len(records))
    rows = connection.execute(
        f"SELECT record, count(*) FROM attachment WHERE removed = 0 AND record IN ({marks}) GROUP BY record",
        tuple(records),
    )
    return {RecordId(row[0]): int(row[1]) for row in rows}


def due(connection: Connection, before_ms: int) -> list[RecordId]:
    """Attachments that were removed by themselves before that instant (UTC milliseconds)."""
    rows = connection.execute("SELECT id FROM attachment WHERE removed > 0 AND removed < ?", (before_ms,))
    return [RecordId(row[0]) for row in rows]


def records(connection: Connection) -> list[RecordId]:
    """Every record of which this file has an attachment, the trash included."""
    return [RecordId(row[0]) for row in connection.execute("SELECT DISTINCT record FROM attachment ORDER BY record")]


def put(connection: Connection, row: Attached) -> None:
    """Project one attachment."""
    connection.execute(
        "INSERT OR REPLACE INTO attachment (id, record, author, added, removed, body) VALUES (?, ?, ?, ?, ?, ?)",
        (row.id, row.record, row.author, row.added_ms, row.removed_ms, _encode(row.body)),
    )


def forget(connection: Connection, attachment: RecordId) -> None:
    """Take an attachment out of the list."""
    connection.execute("DELETE FROM attachment WHERE id = ?", (attachment,))


# ---------------------------------------------------------------------------------------------------------- the bytes


def store(connection: Connection, attachment: RecordId, content: Iterable[bytes]) -> tuple[int, str]:
    """Put bytes away in parts, never more than one part in memory. Must run inside a transaction.

    Returns:
        How many bytes there were, and their SHA-256 as hex.
    """
    drop_parts(connection, attachment)
    digest, size = hashlib.sha256(), 0
    for number, part in enumerate(_parted(content)):
        digest.update(part)
        size += len(part)
        connection.execute(
            "INSERT INTO attachment_part (attachment, number, content) VALUES (?, ?, ?)", (attachment, number, part)
        )
    return size, digest.hexdigest()


def parts(connection: Connection, attachment: RecordId, body: Attachment) -> Iterator[bytes]:
    """The bytes, part by part; each question stands alone, so that other work may come between.

    Raises:
        RecordError: DAMAGED_ENTRIES after the last part, when all of them together are not what was signed.
    """
    digest, size, number = hashlib.sha256(), 0, 0
    while True:
        row = connection.execute(
            "SELECT content FROM attachment_part WHERE attachment = ? AND number = ?", (attachment, number)
        ).fetchone()
        if row is None:
            break
        part = bytes(row[0])
        digest.update(part)
        size += len(part)
        number += 1
        yield part
    if (size, digest.hexdigest()) != (body.size, body.sha256):
        raise RecordError(Code.DAMAGED_ENTRIES, record=attachment, count=1)


def drop_parts(connection: Connection, attachment: RecordId) -> None:
    """Take the bytes out of the file (`secure_delete` overwrites them)."""
    connection.execute("DELETE FROM attachment_part WHERE attachment = ?", (attachment,))


def copy_parts(source: Connection, target: Connection, attachment: RecordId) -> None:
    """Bring the bytes of an attachment from one file into another, as they are. Must run inside a transaction."""
    drop_parts(target, attachment)
    number = 0
    while row := source.execute(
        "SELECT content FROM attachment_part WHERE attachment = ? AND number = ?", (attachment, number)
    ).fetchone():
        target.execute(
            "INSERT INTO attachment_part (attachment, number, content) VALUES (?, ?, ?)", (attachment, number, row[0])
        )
        number += 1


def all_ids(connection: Connection) -> list[RecordId] | None:
    """Every attachment whose bytes should be here; None in a file of a schema that has none."""
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) < _SINCE:
        return None
    rows = connection.execute("SELECT id FROM attachment UNION SELECT id FROM held_attachment ORDER BY id")
    return [RecordId(row[0]) for row in rows.fetchall()]


def is_whole(connection: Connection, attachment: RecordId) -> bool:
    """Whether the bytes of an attachment are what its revision, or its draft, says."""
    try:
        found = find(connection, attachment) or find_held(connection, attachment)
        for _ in parts(connection, attachment, found.body) if found is not None else ():
            pass
    except RecordError:
        return False
    return found is not None


def damaged(connection: Connection) -> list[str]:
    """Attachments whose bytes are not what their revision says, and bytes that belong to nothing."""
    known = all_ids(connection)
    if known is None:
        return []
    found = [f"attachment {attachment}" for attachment in known if not is_whole(connection, attachment)]
    stray = connection.execute(
        "SELECT DISTINCT attachment FROM attachment_part WHERE attachment NOT IN (SELECT id FROM attachment)"
        " AND attachment NOT IN (SELECT id FROM held_attachment)"
    )
    return [*found, *(f"parts of {row[0]}" for row in stray)]


# ------------------------------------------------------------------------------------------------- beside a draft


def hold(connection: Connection, row: Held) -> None:
    """Let one wait with a draft; its parts are stored already. Must run inside the same transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO held_attachment (id, key, added, body) VALUES (?, ?, ?, ?)",
        (row.id, row.key, row.added_ms, _encode(row.body)),
    )


def held(connection: Connection, key: str) -> list[Held]:
    """What waits with a draft, in the order it came."""
    rows = connection.execute(
        "SELECT id, key, added, body FROM held_attachment WHERE key = ? ORDER BY added, id", (key,)
    )
    return [Held(RecordId(row[0]), row[1], row[2], _decode(row[3])) for row in rows]


def find_held(connection: Connection, attachment: RecordId) -> Held | None:
    """One that waits."""
    row = connection.execute("SELECT id, key, added, body FROM held_attachment WHERE id = ?", (attachment,)).fetchone()
    return Held(RecordId(row[0]), row[1], row[2], _decode(row[3])) if row else None


def let_wait_no_more(connection: Connection, attachment: RecordId) -> None:
    """Forget that one waits; its parts stay for whoever takes them over."""
    connection.execute("DELETE FROM held_attachment WHERE id = ?", (attachment,))


def drop_held(connection: Connection, key: str) -> int:
    """Let everything that waits with a draft go for good. Returns how much it was."""
    waiting = held(connection, key)
    for one in waiting:
        drop_parts(connection, one.id)
        let_wait_no_more(connection, one.id)
    return len(waiting)


def _attached(row: Sequence[object]) -> Attached:
    attachment, record, author, added_ms, removed_ms, body = row
    who = (RecordId(str(attachment)), RecordId(str(record)), PersonId(str(author)))
    return Attached(*who, int(str(added_ms)), int(str(removed_ms)), _decode(body))


def _parted(content: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in content:
        view = memoryview(piece)
        for start in range(0, len(view), PART_BYTES):
            waiting += view[start : start + PART_BYTES]
            while len(waiting) >= PART_BYTES:
                yield bytes(waiting[:PART_BYTES])
                del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)


def _encode(body: Attachment) -> bytes:
    return msgspec.json.encode(body, order="sorted")


def _decode(raw: object) -> Attachment:
    try:
        return msgspec.json.decode(raw if isinstance(raw, bytes) else b"", type=Attachment)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise RecordError(Code.INVALID_RECORD, kind="attachment", field="", reason="wrong_type") from None
