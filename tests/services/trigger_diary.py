"""Triggers and check-ins written day by day, for what is drawn of them."""

from __future__ import annotations

import datetime as dt

from app.domain.records import Clock, RecordId
from app.services.session import Session
from app.services.trend_words import TrendWords
from tests.fixtures.session import EVENING, ZONE

TODAY = EVENING.date().toordinal()


def write(session: Session, kind: str, back: int, **answers: object) -> RecordId:
    """A record of so many days ago, made on the evening of its day."""
    date = dt.date.fromordinal(TODAY - back)
    moment = dt.datetime.combine(date, dt.time(21), EVENING.tzinfo)
    name = "felt_for_date" if kind == "checkin" else "at"
    with session.space.change(session.person.id, zone=ZONE) as change:
        clock = Clock(wall_ms=lambda: int(moment.timestamp() * 1000))
        return change.at(clock).put(kind, session.kinds.parse(kind, {name: date.isoformat(), **answers}))


def trigger(session: Session, back: int, **answers: object) -> RecordId:
    """A trigger of so many days ago."""
    return write(session, "trigger", back, **answers)


def words(session: Session) -> TrendWords:
    """The sentences of its journal."""
    return TrendWords(session.content, solo=session.solo, today=TODAY)
