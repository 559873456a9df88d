"""What earlier triggers hold: what helped and by how much, which moves met, and the words of threads beside them.

Every question begins with the newest triggers by their index and follows each to its own rows, so that it costs the
same after 100,000 records as after 1,000 (CROSS JOIN keeps SQLite from turning that around).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from app.data.connection import Connection
from app.domain.lettering import restored
from app.domain.records import RecordId

_NEWEST = (
    "(SELECT number, day, instant FROM record WHERE kind = 'trigger'"
    " ORDER BY day DESC, instant DESC, number DESC LIMIT ?) r"
)
_EACH = "m.day = r.day AND m.instant = r.instant AND m.record = r.number"
_HELPED = (
    "SELECT r.day, t.term,"
    f" (SELECT m.value FROM measure m WHERE m.name = 'trigger.peak' AND {_EACH}),"
    f" (SELECT m.value FROM measure m WHERE m.name = 'trigger.after' AND {_EACH})"
    f" FROM {_NEWEST} CROSS JOIN term t ON t.record = r.number AND t.field = 'helped'"
)
_HEADS = (
    "SELECT number, id, head, title FROM record WHERE kind = 'injury'"
    " ORDER BY day DESC, instant DESC, number DESC LIMIT ?"
)


class HelpedUse(msgspec.Struct, frozen=True):
    """One thing that helped once. `ease`: by how many points it came down, None without both numbers."""

    day: int
    what: str
    ease: float | None


class ThreadHead(msgspec.Struct, frozen=True):
    """A thread by its row, its newest state and its name."""

    number: int
    thread: RecordId
    head: str
    title: str


def helped_uses(connection: Connection, limit: int) -> list[HelpedUse]:
    """What helped in the newest `limit` triggers, newest first."""
    rows = connection.execute(_HELPED, (limit,))
    return [
        HelpedUse(day, what, None if peak is None or after is None else peak - after) for day, what, peak, after in rows
    ]


def thread_heads(connection: Connection, limit: int) -> list[ThreadHead]:
    """The newest `limit` threads."""
    rows = connection.execute(_HEADS, (limit,))
    return [ThreadHead(number, RecordId(record), head, title) for number, record, head, title in rows]


def thread_words(connection: Connection, number: int, letters: int) -> str:
    """The first `letters` of what was written in a thread besides its title, by its row."""
    row = connection.execute("SELECT substr(words, 1, ?) FROM search WHERE rowid = ?", (letters, -number)).fetchone()
    return restored(str(row[0])) if row else ""


def chosen_between(connection: Connection, fields: Sequence[str], first: int, last: int) -> list[dict[str, str]]:
    """Answers to some choices of the triggers of the days `first` to `last` (ordinals), a trigger without any left out.

    Of several answers to one question the first by name counts.
    """
    marks = ",".join("?" * len(fields))
    rows = connection.execute(
        "SELECT r.number, t.field, t.term FROM record r CROSS JOIN term t ON t.record = r.number"
        f" WHERE r.kind = 'trigger' AND r.day BETWEEN ? AND ? AND t.field IN ({marks})"
        " ORDER BY r.number, t.field, t.term",
        (first, last, *fields),
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for number, field, term in rows:
        found[number].setdefault(field, term)
    return list(found.values())
