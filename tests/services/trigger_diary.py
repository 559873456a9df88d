"""Triggers and check-ins written day by day, for what is drawn of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from app.data.change import Change
from app.domain.records import Clock, RecordId
from app.services.session import Session
from app.services.trend_words import TrendWords
from tests.fixtures.session import EVENING, ZONE

TODAY = EVENING.date().toordinal()


Line = tuple[str, int, dict[str, object]]
"""A kind, how many days ago, and the answers."""


def write_all(session: Session, lines: Iterable[Line]) -> list[RecordId]:
    """Records of so many days ago, each made on the evening of its day, all in one breath."""
    with session.space.change(session.person.id, zone=ZONE) as change:
        return [_put(session, change, *line) for line in lines]


def write(session: Session, kind: str, back: int, **answers: object) -> RecordId:
    """One such record."""
    (record,) = write_all(session, [(kind, back, answers)])
    return record


def _put(session: Session, change: Change, kind: str, back: int, answers: dict[str, object]) -> RecordId:
    date = dt.date.fromordinal(TODAY - back)
    made_ms = int(dt.datetime.combine(date, dt.time(21), EVENING.tzinfo).timestamp() * 1000)
    name = "felt_for_date" if kind == "checkin" else "at"
    clock = Clock(wall_ms=lambda: made_ms)
    return change.at(clock).put(kind, session.kinds.parse(kind, {name: date.isoformat(), **answers}))


def trigger(session: Session, back: int, **answers: object) -> RecordId:
    """A trigger of so many days ago."""
    return write(session, "trigger", back, **answers)


def words(session: Session) -> TrendWords:
    """The sentences of its journal."""
    return TrendWords(session.content, solo=session.solo, today=TODAY)
