from __future__ import annotations

import datetime as dt

import numpy as np

from app.data import reading
from app.data.week_rows import no_occasion_weeks, numbers_of
from app.domain.records import Clock
from app.insights.series import monday_of
from app.services.session import Session
from tests.fixtures.session import EVENING, ZONE

TODAY = EVENING.date().toordinal()
MONDAY = monday_of(TODAY)
FIELDS = ("accessible", "responsive", "engaged")


def write(session: Session, day: int, *, late: bool = False, **answers: object) -> None:
    date = dt.date.fromordinal(day)
    moment = dt.datetime.combine(date, dt.time(21), EVENING.tzinfo) + dt.timedelta(days=7 * late)
    with session.space.change(session.person.id, zone=ZONE) as change:
        clock = Clock(wall_ms=lambda: int(moment.timestamp() * 1000))
        change.at(clock).put("checkin", session.kinds.parse("checkin", {"felt_for_date": date.isoformat(), **answers}))


def test_numbers_are_those_of_the_series_without_what_was_written_looking_back(session: Session) -> None:
    for back in range(40):
        write(session, TODAY - back, trust=back % 11, late=back % 5 == 2)
    write(session, TODAY, trust=10)
    days, values, records = numbers_of(session.connection, "trust", TODAY - 20, TODAY - 1)
    known = reading.series(session.connection, "trust", TODAY - 20, TODAY - 1)
    kept = [(day, value) for day, value, late in zip(known.days, known.values, known.late, strict=True) if not late]
    assert sorted(zip(days, values, strict=True)) == kept
    assert len(set(records)) == len(records) == 16
    assert np.asarray(values).dtype == np.float64


def test_two_answers_of_one_record_share_its_number(session: Session) -> None:
    write(session, TODAY, accessible=1, responsive=2)
    write(session, TODAY, accessible=3)
    _, _, first = numbers_of(session.connection, "are.accessible", TODAY, TODAY)
    _, _, second = numbers_of(session.connection, "are.responsive", TODAY, TODAY)
    assert len(first) == 2 and set(second) < set(first)


def test_nothing_written_gives_empty_columns(session: Session) -> None:
    assert numbers_of(session.connection, "trust", 0, TODAY) == ([], [], [])
    assert no_occasion_weeks(session.connection, FIELDS, [MONDAY]) == []
    assert no_occasion_weeks(session.connection, FIELDS, []) == []


def test_only_the_given_weeks_and_answers_in_time_are_looked_through(session: Session) -> None:
    write(session, MONDAY - 21, accessible="no_occasion")
    write(session, MONDAY - 14, accessible="no_occasion", engaged="no_occasion")
    write(session, MONDAY - 13, accessible="no_occasion", responsive=0)
    write(session, MONDAY - 7, responsive="no_occasion", late=True)
    write(session, MONDAY, responsive="no_occasion", mirror_with="no_occasion")
    found = no_occasion_weeks(session.connection, FIELDS, [MONDAY - 14, MONDAY - 7, MONDAY])
    assert sorted(found) == [(MONDAY - 14, "accessible"), (MONDAY - 14, "engaged"), (MONDAY, "responsive")]
