"""Sessions and the long-term plan: what is ahead, what was just held, what the summary counts from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from app.domain.records import RecordId
from app.services.journal import Journal
from app.services.plans import AHEAD_DAYS, ASKED_DAYS, Plans
from app.services.session import Session
from app.services.session_list import SessionList
from app.services.summary import Summaries
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING


def _day(away: int) -> str:
    return (EVENING.date() + dt.timedelta(days=away)).isoformat()


def _session(session: Session, away: int, **answers: object) -> RecordId:
    return Journal(session).add("therapy_session", {"at": {"day": _day(away)}, "setting": "one", **answers})


@pytest.fixture
def plans(session: Session) -> Plans:
    return Plans(session)


def test_without_sessions_there_is_nothing_ahead(plans: Plans) -> None:
    assert (plans.ahead(EVENING), plans.just_held(EVENING), plans.last_held(EVENING.toordinal())) == (None, None, None)
    assert plans.page(None, EVENING).answers == {}


def test_the_nearest_session_is_ahead_with_what_was_meant_to_be_tried(session: Session, plans: Plans) -> None:
    _session(session, -20, took_away=["Name it"], try_until_next="Ring once.")
    far, near = _session(session, 9), _session(session, 4, want="The fridge note")
    SessionList(session).put(Journal(session).add("note", {"body": "To read"}))

    ahead = plans.ahead(EVENING)
    assert ahead is not None
    assert (ahead.record, ahead.prepared, ahead.try_until, ahead.listed) == (near, True, "Ring once.", 1)
    assert far != near
    page = plans.page(near, EVENING)
    assert (page.took_away, page.try_until, page.over) == (("Name it",), "Ring once.", False)


def test_the_day_noted_last_time_is_enough(session: Session, plans: Plans) -> None:
    at = {"day": _day(6), "time": "17:00"}
    _session(session, -8, helped="Being asked.", next=at, **{"with": "Dr Amari"})

    ahead = plans.ahead(EVENING)
    assert ahead is not None
    assert (ahead.record, ahead.at, ahead.with_whom) == (None, dt.time(17), "Dr Amari")
    begun = plans.page(None, EVENING).answers
    assert begun["with"] == "Dr Amari"
    assert begun["at"] == {"day": _day(6), "time": "17:00:00", "zone": session.zone}
    record = Journal(session).add("therapy_session", begun)  # what the sheet begins with can be saved as it is
    found = plans.ahead(EVENING)
    assert found is not None
    assert found.record == record


@pytest.mark.parametrize("away", [-1, AHEAD_DAYS + 1])
def test_a_next_day_that_is_past_or_far_is_not_shown(session: Session, plans: Plans, away: int) -> None:
    _session(session, -8, next={"day": _day(away)})
    assert plans.ahead(EVENING) is None


def test_a_session_without_notes_is_asked_about_for_some_days(
    session: Session, plans: Plans, at: Callable[[dt.datetime], Session]
) -> None:
    record = _session(session, -1, want="The poster")
    held = plans.just_held(EVENING)
    assert held is not None
    assert held.record == record
    assert plans.page(record, EVENING).over

    plans.put_off(record)
    assert plans.just_held(EVENING) is None
    plans.ask_again(record)
    assert plans.just_held(EVENING + dt.timedelta(days=ASKED_DAYS)) is None
    Journal(session).answer(record, took_away=["Two people guarding one door"])
    assert plans.just_held(EVENING) is None


def test_todays_session_is_ahead_until_its_time_and_over_once_noted(session: Session, plans: Plans) -> None:
    record = Journal(session).add("therapy_session", {"at": {"day": _day(0), "time": "17:00", "zone": "Europe/Paris"}})
    assert plans.just_held(EVENING) is not None  # half past seven
    assert plans.just_held(EVENING.replace(hour=9)) is None
    assert plans.ahead(EVENING.replace(hour=9)) is not None

    Journal(session).answer(record, helped="The clock left in.")
    assert (plans.ahead(EVENING), plans.just_held(EVENING)) == (None, None)


def test_the_summary_counts_from_the_newest_session(session: Session, plans: Plans) -> None:
    _session(session, -40)
    _session(session, -12)
    _session(session, 3)

    last = (EVENING.date() - dt.timedelta(days=12)).toordinal()
    assert plans.last_held(session.today()) == last
    assert Summaries(session).offer(1, session.today()).since_last == last


def test_the_others_sessions_are_theirs(both: Both) -> None:
    with both.jules.change(both.jules.shared) as change:
        raw = {"at": {"day": _day(2)}, "want": "A line of mine"}
        change.put("therapy_session", both.jules.kinds.parse("therapy_session", raw), arriving=True)

    assert Plans(both.noa).sessions() == ()
    assert Plans(both.noa).ahead(EVENING) is None
    assert Plans(both.jules).ahead(EVENING) is not None


def test_longer_looks_come_by_their_day_and_can_be_left(session: Session, plans: Plans) -> None:
    today = session.today()
    journal = Journal(session)
    dated = journal.add("plan", {"title": "The long view", "next_look": {"day": _day(-2)}})
    listed = journal.add(
        "plan", {"title": "Each season", "looks": ["after the summer", f"{_day(-9)}, alone", _day(80)]}
    )
    journal.add("plan", {"title": "Far off", "next_look": {"day": _day(50)}, "looks": ["2026-13-40"]})

    assert [look.record for look in plans.looks(today)] == [listed, dated]
    plans.put_off(dated)
    assert [look.record for look in plans.looks(today)] == [listed]
    journal.answer(dated, next_look={"day": _day(30)})
    assert [look.record for look in plans.looks(today + 30)] == [listed, dated]
