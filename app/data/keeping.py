"""Small things a person's space keeps beside records: drafts of what is being typed, and settings."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from app.data.cipher import writes
from app.data.connection import Connection


class Draft(msgspec.Struct, frozen=True):
    """Unfinished writing. `key` is the record being edited, or the place where a new one began."""

    key: str
    kind: str
    body: dict[str, object]
    saved_ms: int


def save_draft(connection: Connection, key: str, kind: str, body: dict[str, object], at_ms: int) -> None:
    """Keep what is being typed at `at_ms` (UTC milliseconds); replaces the earlier state of the same draft."""
    with writes(connection):
        connection.execute(
            "INSERT OR REPLACE INTO draft (key, kind, body, saved) VALUES (?, ?, ?, ?)",
            (key, kind, msgspec.json.encode(body), at_ms),
        )


def answer_draft(connection: Connection, key: str, former: Mapping[str, object], answers: Mapping[str, object]) -> None:
    """Let a draft know of single answers that were saved meanwhile, wherever it still says what stood there before."""
    row = connection.execute("SELECT body FROM draft WHERE key = ?", (key,)).fetchone()
    if row is None:
        return
    body: dict[str, object] = msgspec.json.decode(row[0])
    body |= {name: value for name, value in answers.items() if body.get(name) == former.get(name)}
    kept = {name: value for name, value in body.items() if value is not None}
    with writes(connection):
        connection.execute("UPDATE draft SET body = ? WHERE key = ?", (msgspec.json.encode(kept), key))


def drop_draft(connection: Connection, key: str) -> None:
    """Forget a draft: it was saved as a record, or let go."""
    with writes(connection):
        connection.execute("DELETE FROM draft WHERE key = ?", (key,))


def drafts(connection: Connection) -> list[Draft]:
    """All drafts, newest first."""
    rows = connection.execute("SELECT key, kind, body, saved FROM draft ORDER BY saved DESC")
    return [Draft(row[0], row[1], msgspec.json.decode(row[2]), row[3]) for row in rows]


def setting(connection: Connection, key: str) -> str | None:
    """A setting's value as text, or None when it was never chosen."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def set_setting(connection: Connection, key: str, value: str) -> None:
    """Choose a setting."""
    with writes(connection):
        connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))
