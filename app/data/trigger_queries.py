"""What earlier triggers hold: what helped and by how much, which moves met, and the words of threads beside them.

Every question begins with the newest triggers by their index and follows each to its own rows, so that it costs the
same after 100,000 records as after 1,000 (CROSS JOIN keeps SQLite from turning that around).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from app.data.connection import Connection
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
_TEXTS = (
    "SELECT r.id, r.title, substr(s.words, 1, ?) FROM (SELECT id, title, number FROM record WHERE kind = 'injury'"
    " ORDER BY day DESC, instant DESC, number DESC LIMIT ?) r CROSS JOIN search s ON s.rowid = -r.number"
)


class HelpedUse(msgspec.Struct, frozen=True):
    """One thing that helped once. `ease`: by how many points it came down, None without both numbers."""

    day: int
    what: str
    ease: float | None


class ThreadText(msgspec.Struct, frozen=True):
    """What a thread is called and what else was written in it, as far as it is compared."""

    thread: RecordId
    title: str
    words: str


def helped_uses(connection: Connection, limit: int) -> list[HelpedUse]:
    """What helped in the newest `limit` triggers, newest first."""
    rows = connection.execute(_HELPED, (limit,))
    return [
        HelpedUse(day, what, None if peak is None or after is None else peak - after) for day, what, peak, after in rows
    ]


def thread_texts(connection: Connection, limit: int, letters: int) -> list[ThreadText]:
    """The newest `limit` threads with the first `letters` of what was written in each."""
    rows = connection.execute(_TEXTS, (letters, limit))
    return [ThreadText(RecordId(record), title, words) for record, title, words in rows]


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
