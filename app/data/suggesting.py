"""What earlier triggers were linked to, for a suggestion made on this computer from the words alone."""

from __future__ import annotations

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

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
