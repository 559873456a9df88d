"""What charts count: days and numbers from the indexes, and reasons for giving no number, which nobody can search."""

from __future__ import annotations

import datetime as dt

from app.data import search, trend_rows
from app.domain.records import RecordId
from app.services.session import Session
from tests.fixtures.session import EVENING

TODAY = EVENING.date().toordinal()


def write(session: Session, kind: str, back: int, **answers: object) -> RecordId:
    date = dt.date.fromordinal(TODAY - back).isoformat()
    name = "felt_for_date" if kind == "checkin" else "at"
    with session.space.change(session.person.id, zone="UTC") as change:
        return change.put(kind, session.kinds.parse(kind, {name: date, **answers}))


def test_a_reason_given_instead_of_a_number_is_counted_by_its_day(session: Session) -> None:
    write(session, "checkin", 3, accessible="no_occasion", responsive=2)
    write(session, "checkin", 2, accessible=0)
    write(session, "checkin", 1, felt_safety=4)
    write(session, "trigger", 1, peak=7, minutes_to_settle="still_going")
    connection = session.connection

    def days(kind: str, field: str, reason: str) -> list[int]:
        return trend_rows.without_number(connection, kind, field, reason, TODAY - 30, TODAY)

    assert days("checkin", "accessible", "no_occasion") == [TODAY - 3]
    assert days("checkin", "responsive", "no_occasion") == []
    assert days("trigger", "minutes_to_settle", "still_going") == [TODAY - 1]
    assert trend_rows.without_number(connection, "checkin", "accessible", "no_occasion", TODAY - 2, TODAY) == []


def test_a_reason_goes_when_a_number_is_given_later_and_is_not_what_a_search_finds(session: Session) -> None:
    record = write(session, "trigger", 1, cue="The door", minutes_to_settle="still_going")
    assert list(search.search(session.connection, "going", limit=5)) == []
    raw = {"at": dt.date.fromordinal(TODAY - 1).isoformat(), "cue": "The door", "minutes_to_settle": 30}
    with session.space.change(session.person.id, zone="UTC") as change:
        change.put("trigger", session.kinds.parse("trigger", raw), record=record)
    going = trend_rows.without_number(
        session.connection, "trigger", "minutes_to_settle", "still_going", TODAY - 9, TODAY
    )
    assert going == []
    assert trend_rows.settled(session.connection, TODAY - 9, TODAY) == [(TODAY - 1, 30.0)]


def test_the_newest_record_of_some_days_is_found_by_its_id(session: Session) -> None:
    write(session, "checkin", 5, felt_safety=5)
    newer = write(session, "note", 4, body="Later")
    assert trend_rows.newest_between(session.connection, TODAY - 9, TODAY) == newer
    assert trend_rows.newest_between(session.connection, TODAY - 3, TODAY) is None
