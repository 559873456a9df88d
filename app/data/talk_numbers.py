"""How heard each felt in a conversation: the one answer of a saved talk that is a number a person and no measure.

The file itself takes the answer out of the talk around it; no other word of it leaves the file.
"""

from __future__ import annotations

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

_HEARD = msgspec.json.Decoder(dict[str, int])


def heard_between(connection: Connection, kind: str, first: int, last: int) -> dict[RecordId, dict[str, int]]:
    """By conversation of the days `first` to `last` (ordinals, both included): 0 to 10 by person. What cannot be read
    as such is left out.
    """
    rows = connection.execute(
        "SELECT r.id, json_extract(CAST(v.body AS TEXT), '$.heard') FROM record r"
        " JOIN revision v ON v.record = r.id AND v.id = r.head"
        " WHERE r.kind = ? AND r.day BETWEEN ? AND ? AND json_valid(CAST(v.body AS TEXT))",
        (kind, first, last),
    )
    found = {}
    for record, said in rows:
        try:
            heard = _HEARD.decode(said) if isinstance(said, str) else {}
        except msgspec.MsgspecError:
            continue
        if heard:
            found[RecordId(record)] = heard
    return found
