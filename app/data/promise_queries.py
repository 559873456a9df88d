"""How a promise went, by index alone: what Today asks of one's own promises, without reading any words."""

from __future__ import annotations

from app.data.connection import Connection
from app.domain.records import RecordId


def times_of(connection: Connection, promise: RecordId) -> list[tuple[int, str]]:
    """(day as an ordinal, outcome) of every note on a promise, in no order; the outcome is "" where none was picked."""
    rows = connection.execute(
        "SELECT r.day, t.term FROM link l CROSS JOIN record r ON r.number = l.record"
        " LEFT JOIN term t ON t.record = l.record AND t.field = 'outcome'"
        " WHERE l.target = ? AND l.field = 'commitment' AND r.kind = 'commitment_event'",
        (promise,),
    )
    return [(int(day), str(outcome or "")) for day, outcome in rows]
