"""Reminders: off at first, neutral, once, in their minute of the wall clock or never, and never about somebody else."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data import keeping
from app.data.connection import Connection
from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.reminders import GRACE, ReminderChoices, Sort, is_quiet
from app.services.session import Session
from tests.fixtures.session import ZONE

PARIS = ZoneInfo(ZONE)
ON = ReminderChoices(on=True)
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _desk(session: Session) -> Desk:
    return Desk(session, lambda: None)


def _ritual(desk: Desk, at: str = "20:00", title: str = "Tea on the step", **answers: object) -> RecordId:
    around = {"day": "2026-05-01", "precision": "instant", "time": at}
    return desk.journal.add(
        "ritual",
        {"title": title, "rhythm": "days", "days": EVERY_DAY, "around": around, "starts": "2026-05-01", **answers},
    )


def _clock(session: Session, hour: int, minute: int = 0, day: int = 14, month: int = 5) -> dt.datetime:
    now = dt.datetime(2026, month, day, hour, minute, tzinfo=PARIS)
    session.now = lambda: now
    return now


def _writes(connection: Connection) -> int:
    return int(connection.execute("SELECT total_changes()").fetchone()[0])


def test_nothing_is_on_before_somebody_switches_it_on(session: Session) -> None:
    desk = _desk(session)
    _ritual(desk)
    now = _clock(session, 20)

    assert not desk.reminders.choices().on
    before = _writes(session.connection)
    assert desk.reminders.take(now) is None
    assert desk.reminders.outlook(now, ZONE).moments == ()
    assert _writes(session.connection) == before


def test_a_ritual_is_told_once_a_day_and_without_its_name(session: Session) -> None:
    desk = _desk(session)
    record = _ritual(desk)
    desk.reminders.choose(ON)

    assert desk.reminders.take(_clock(session, 19, 59)) is None
    told = desk.reminders.take(_clock(session, 20))
    assert told is not None and (told.sort, told.key, told.words) == (Sort.RITUAL, record, "")
    assert desk.reminders.take(_clock(session, 20, 1)) is None
    again = desk.reminders.take(_clock(session, 20, day=15))
    assert again is not None and again.key == record


def test_the_name_is_shown_only_where_that_was_chosen_and_it_is_the_only_one(session: Session) -> None:
    desk = _desk(session)
    _ritual(desk)
    desk.reminders.choose(msgspec.structs.replace(ON, named=True))
    told = desk.reminders.take(_clock(session, 20))
    assert told is not None and told.words == "Tea on the step"

    _ritual(desk, title="Two lines")
    both = desk.reminders.take(_clock(session, 20, day=15))
    assert both is not None and both.words == ""


def test_what_passed_while_the_computer_slept_is_not_caught_up(session: Session) -> None:
    desk = _desk(session)
    _ritual(desk)
    desk.reminders.choose(ON)

    assert desk.reminders.take(_clock(session, 20) + GRACE + dt.timedelta(seconds=1)) is None
    assert desk.reminders.take(_clock(session, 20) + GRACE - dt.timedelta(seconds=1)) is not None


def test_once_it_is_ticked_or_rested_nothing_is_told(session: Session) -> None:
    desk = _desk(session)
    record = _ritual(desk)
    desk.reminders.choose(ON)
    _clock(session, 19)
    desk.rituals.tick_today(record)

    assert desk.reminders.take(_clock(session, 20)) is None


def test_a_pause_of_everything_silences_everything(session: Session) -> None:
    desk = _desk(session)
    _ritual(desk)
    desk.reminders.choose(msgspec.structs.replace(ON, checkin=True, checkin_at="20:00"))
    _clock(session, 12)
    desk.rituals.pause_all(dt.date(2026, 5, 16))
    assert desk.reminders.take(_clock(session, 20)) is None
    assert desk.reminders.take(_clock(session, 20, day=16)) is None
    assert desk.reminders.take(_clock(session, 20, day=17)) is not None


def test_quiet_hours_drop_a_reminder_and_do_not_put_it_off(session: Session) -> None:
    desk = _desk(session)
    _ritual(desk, at="23:30")
    desk.reminders.choose(ON)
    now = _clock(session, 12)

    assert desk.reminders.between(now, now + dt.timedelta(days=3)) == ()
    desk.reminders.choose(msgspec.structs.replace(ON, quiet_from="07:00", quiet_until="07:00"))
    assert len(desk.reminders.between(now, now + dt.timedelta(days=3))) == 3


@given(st.times(), st.times(), st.times())
def test_quiet_hours_are_one_stretch_that_may_cross_midnight(at: dt.time, first: dt.time, last: dt.time) -> None:
    chosen = ReminderChoices(quiet_from=f"{first:%H:%M}", quiet_until=f"{last:%H:%M}")
    begin, end = first.hour * 60 + first.minute, last.hour * 60 + last.minute
    minute = at.hour * 60 + at.minute
    length = (end - begin) % (24 * 60)

    assert is_quiet(at, chosen) is ((minute - begin) % (24 * 60) < length)


def test_the_other_persons_rituals_are_never_reminded_of(couple: Session) -> None:
    desk = _desk(couple)
    _ritual(desk, title="Theirs", who=["Jules"])
    both = _ritual(desk, title="Ours", who=["Noa", "Jules"], at="20:10")
    desk.reminders.choose(msgspec.structs.replace(ON, named=True))
    now = _clock(couple, 12)

    found = desk.reminders.between(now, now + dt.timedelta(hours=10))
    assert [one.key for one in found] == [both]


def test_the_check_in_is_told_until_it_is_written(session: Session) -> None:
    desk = _desk(session)
    desk.reminders.choose(msgspec.structs.replace(ON, checkin=True, checkin_at="20:30"))
    now = _clock(session, 20, 30)
    told = desk.reminders.take(now)
    assert told is not None and (told.sort, told.words) == (Sort.CHECKIN, "")

    _clock(session, 12, day=15)
    field = next(one.id for one in session.content.kinds["checkin"].fields if one.measure)
    desk.today.save_checkin(dt.date(2026, 5, 15).toordinal(), {field: 5})
    assert desk.reminders.take(_clock(session, 20, 30, day=15)) is None


@pytest.mark.parametrize("lead_min, hour, day", [(60, 16, 20), (1440, 17, 19)])
def test_a_session_ahead_is_told_before_it(session: Session, lead_min: int, hour: int, day: int) -> None:
    desk = _desk(session)
    _clock(session, 12)
    when = {"day": "2026-05-20", "precision": "instant", "time": "17:00"}
    desk.journal.add("therapy_session", {"at": when, "with": "Dr. K."})
    desk.reminders.choose(msgspec.structs.replace(ON, ahead_min=lead_min))

    told = desk.reminders.take(_clock(session, hour, day=day))
    assert told is not None and (told.sort, told.words) == (Sort.SESSION, "")
    assert desk.reminders.take(_clock(session, hour, 1, day=day)) is None


def test_a_clock_that_jumps_forward_moves_the_minute_into_being_and_back_again_gives_it_once(session: Session) -> None:
    desk = _desk(session)
    record = _ritual(desk, at="02:30")
    chosen = msgspec.structs.replace(ON, quiet_from="12:00", quiet_until="12:00")
    desk.reminders.choose(chosen)
    autumn = dt.datetime(2026, 10, 24, 22, tzinfo=PARIS)
    session.now = lambda: autumn
    found = desk.reminders.between(autumn, autumn + dt.timedelta(hours=9))
    assert [(one.key, one.at.astimezone(dt.UTC)) for one in found] == [
        (record, dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC))
    ]
    spring = dt.datetime(2027, 3, 27, 22, tzinfo=PARIS)
    session.now = lambda: spring
    found = desk.reminders.between(spring, spring + dt.timedelta(hours=9))
    assert [one.at.astimezone(dt.UTC) for one in found] == [dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)]


def test_on_a_journey_the_wall_clock_of_the_place_counts(session: Session) -> None:
    desk = _desk(session)
    _ritual(desk)
    desk.reminders.choose(ON)
    there = dt.datetime(2026, 5, 14, 12, tzinfo=ZoneInfo("America/New_York"))
    session.now = lambda: there

    outlook = desk.reminders.outlook(there, "America/New_York")

    assert outlook.moments[0] == dt.datetime(2026, 5, 15, 0, 0, tzinfo=dt.UTC)


def test_what_cannot_be_understood_is_off(session: Session) -> None:
    desk = _desk(session)
    for stored in ("{", '{"on": true, "checkin_at": "25:00"}', '{"on": "perhaps"}'):
        keeping.set_setting(session.connection, "reminders", stored)
        assert desk.reminders.choices() == ReminderChoices()
    with pytest.raises(ValueError, match="time of day"):
        desk.reminders.choose(ReminderChoices(quiet_from="late"))
