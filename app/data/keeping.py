"""Small things a person's space keeps beside records: drafts of what is being typed, and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from app.data.cipher import writes
from app.data.connection import Connection

LEFT = "left."
"""Under this and a record's id stand the questions a person left for later, separated by spaces."""


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


def shelve_drafts(connection: Connection, record: str, keys: Iterable[str]) -> None:
    """Put unfinished writing aside with the record it belongs to, which is being removed."""
    with writes(connection):
        for key in keys:
            connection.execute(
                "INSERT OR REPLACE INTO shelved_draft (record, key, kind, body, saved)"
                " SELECT ?, key, kind, body, saved FROM draft WHERE key = ?",
                (record, key),
            )
            connection.execute("DELETE FROM draft WHERE key = ?", (key,))


def unshelve_drafts(connection: Connection, record: str) -> None:
    """Bring unfinished writing back with its record; what was begun under the same key meanwhile stays instead."""
    with writes(connection):
        connection.execute(
            "INSERT OR IGNORE INTO draft (key, kind, body, saved)"
            " SELECT key, kind, body, saved FROM shelved_draft WHERE record = ?",
            (record,),
        )
        connection.execute("DELETE FROM shelved_draft WHERE record = ?", (record,))


def drop_shelved(connection: Connection, record: str) -> None:
    """Let unfinished writing go for good with its record."""
    with writes(connection):
        connection.execute("DELETE FROM shelved_draft WHERE record = ?", (record,))
        connection.execute("DELETE FROM setting WHERE key = ?", (LEFT + record,))


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


def drop_setting(connection: Connection, key: str) -> None:
    """Forget a setting."""
    with writes(connection):
        connection.execute("DELETE FROM setting WHERE key = ?", (key,))


def settings_under(connection: Connection, start: str) -> dict[str, str]:
    """Every setting whose key begins with `start`, by the rest of its key."""
    rows = connection.execute(
        "SELECT key, value FROM setting WHERE key >= ? AND key < ?", (start, start + "\U0010ffff")
    ).fetchall()
    return {row[0][len(start) :]: row[1] for row in rows}


def setting_keys(connection: Connection, start: str) -> list[str]:
    """What follows `start` in every key that begins with it; no value is read."""
    rows = connection.execute("SELECT key FROM setting WHERE key >= ? AND key < ?", (start, start + "\U0010ffff"))
    return [row[0][len(start) :] for row in rows]
