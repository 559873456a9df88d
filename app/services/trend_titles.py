"""The one step in which the words of records meet charts: names of life markers, agreements and rituals, by request.

Everything else about charts, verdicts and streams is computed from numbers alone (tests/architecture and
tests/services/test_numbers_without_words.py hold that); titles are joined afterwards, here.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.charts.markers import Marker
from app.data import reading
from app.domain.records import RecordId
from app.services import apart
from app.services.session import Session


def markers(session: Session, first_day: int, last_day: int, *, own: bool = False) -> tuple[Marker, ...]:
    """Events marked for the charts, in time order: one's own, and unless `own` those the other person shared."""
    hidden = apart.hidden(session)
    shown = []
    for space in session.spaces:
        for entry in reading.between(space.connection, "life_marker", first_day, last_day):
            record = space.record(entry.id) if entry.id not in hidden else None
            if record is None or (own and record.author != session.person.id):
                continue
            if getattr(record.body, "on_charts", None) is not False:
                shown.append((entry.day, entry.instant_ms, Marker(entry.day, entry.title)))
    return tuple(marker for _, _, marker in sorted(shown, key=lambda one: one[:2]))


def titles(session: Session, records: Sequence[RecordId]) -> dict[RecordId, str]:
    """What some records are called, for rows of a chart that were counted by id alone. Unknown ids are left out."""
    found = {}
    for space in session.spaces:
        for record in records:
            entry = reading.entry(space.connection, record) if record not in found else None
            if entry is not None:
                found[record] = entry.title
    return found


def listed(session: Session, records: Sequence[RecordId]) -> list[tuple[RecordId, str, int]]:
    """Record, title and day (an ordinal) of each, in the order asked; what has gone meanwhile is left out.

    A record without a title goes by the name of its kind.
    """
    found = []
    for record in records:
        entries = (reading.entry(space.connection, record) for space in session.spaces)
        entry = next((one for one in entries if one is not None), None)
        if entry is not None:
            found.append((record, entry.title or _kind_name(session, entry.kind), entry.day))
    return found


def _kind_name(session: Session, kind: str) -> str:
    name = session.content.kind(kind).singular
    return name[:1].upper() + name[1:]
