"""The look back at a week: offered on Sunday and two days after, never twice, and after seven times only there."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import RecordError
from app.services.desk import Desk
from app.services.journal import Journal
from app.services.look_backs import KIND, MOST_UNANSWERED, LookBacks, draft_key, offered_draft
from app.services.session import Session
from tests.fixtures.both import Both

SUNDAY = dt.date(2026, 5, 10).toordinal()
MONDAY = SUNDAY - 6


@pytest.fixture
def begun(session: Session) -> Session:
    """A journal that was begun long before."""
    Journal(session).add("note", {"body": "First words", "at": {"day": "2025-01-02"}})
    return session


def test_it_is_offered_on_its_sunday_and_the_two_days_after(begun: Session) -> None:
    weeks = LookBacks(begun)
    found = [weeks.offer(SUNDAY + day) for day in range(-1, 7)]
    assert [one is not None for one in found] == [False, True, True, True, False, False, False, False]
    assert {(one.first, one.last, one.quiet) for one in found if one} == {(MONDAY, SUNDAY, False)}


def test_a_journal_that_did_not_exist_is_not_looked_back_on(session: Session) -> None:
    assert LookBacks(session).offer(SUNDAY) is None
    Journal(session).add("note", {"body": "Today", "at": {"day": "2026-05-10"}})
    assert LookBacks(session).offer(SUNDAY) is None
    assert LookBacks(session).offer(SUNDAY + 7) is not None


def test_it_is_saved_with_its_week_and_not_offered_again(begun: Session) -> None:
    weeks = LookBacks(begun)
    weeks.keep_draft(SUNDAY, {"good_moment": "The bench"})
    record = weeks.save(SUNDAY, {"week_safety": 6, "good_moment": "The bench", "hard_moment": ""})
    body = Journal(begun).record(record).body
    week = body.week  # type: ignore[attr-defined]  # declared in the content pack
    assert (week.day.toordinal(), week.until.toordinal()) == (MONDAY, SUNDAY)
    assert (body.week_safety, body.good_moment, body.hard_moment) == (6, "The bench", None)  # type: ignore[attr-defined]
    assert Desk(begun, lambda: None).drafts.all() == []
    assert [weeks.offer(SUNDAY + day) for day in range(3)] == [None, None, None]


def test_one_written_with_the_plain_form_counts_too(begun: Session) -> None:
    Journal(begun).add(KIND, {"week": {"day": "2026-05-08"}, "week_safety": 3})
    assert LookBacks(begun).offer(SUNDAY) is None


def test_nothing_answered_is_refused_and_stays_offered(begun: Session) -> None:
    weeks = LookBacks(begun)
    for empty in ({}, {"good_moment": "", "hard_moment": None}):
        with pytest.raises(RecordError):
            weeks.save(SUNDAY, empty)
    assert weeks.offer(SUNDAY) is not None


def test_not_now_leaves_nothing_and_can_be_taken_back(begun: Session) -> None:
    weeks = LookBacks(begun)
    weeks.offer(SUNDAY)
    weeks.keep_draft(SUNDAY, {"week_safety": 2})
    weeks.not_now(SUNDAY)
    assert weeks.offer(SUNDAY + 1) is None
    assert Desk(begun, lambda: None).drafts.all() == []
    weeks.offer_again()
    assert weeks.offer(SUNDAY + 1) is not None
    weeks.not_now(SUNDAY)
    assert weeks.offer(SUNDAY + 7) is not None


def test_what_is_half_written_stands_in_the_card_and_later_among_the_unfinished(begun: Session) -> None:
    weeks, desk = LookBacks(begun), Desk(begun, lambda: None)
    weeks.keep_draft(SUNDAY, {"good_moment": "Rain"})
    found = weeks.offer(SUNDAY + 2)
    assert found is not None and found.answers == {"good_moment": "Rain"}
    assert offered_draft(SUNDAY + 2) == draft_key(SUNDAY) and offered_draft(SUNDAY + 3) == ""
    moment = dt.datetime.combine(dt.date.fromordinal(SUNDAY + 2), dt.time(20), begun.now().tzinfo)
    assert desk.today.state(moment).unfinished == ()
    (item,) = desk.today.state(moment + dt.timedelta(days=1)).unfinished
    assert (item.kind, item.key, item.title) == (KIND, draft_key(SUNDAY), "Rain")
    weeks.keep_draft(SUNDAY, {})
    assert desk.drafts.all() == []


def test_after_seven_unanswered_offers_it_is_only_there(begun: Session) -> None:
    weeks = LookBacks(begun)
    said = [weeks.offer(SUNDAY + 7 * number) for number in range(MOST_UNANSWERED + 2)]
    assert [one.quiet for one in said if one] == [False] * MOST_UNANSWERED + [True, True]
    last = SUNDAY + 7 * (MOST_UNANSWERED + 1)
    begun.now = lambda: dt.datetime.combine(dt.date.fromordinal(last), dt.time(20), dt.UTC)
    weeks.save(last, {"week_safety": 5})
    following = weeks.offer(last + 7)
    assert following is not None and not following.quiet


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_however_often_one_looks_a_week_counts_once(begun: Session, days: list[int]) -> None:
    """Looking at Today many times on the days of an offer is one offer."""
    from app.data import keeping

    keeping.drop_setting(begun.connection, "look_back")
    weeks = LookBacks(begun)
    quiet = [found.quiet for day in sorted(days) if (found := weeks.offer(SUNDAY + day)) is not None]
    offered = {(day + 6) // 7 for day in days if day % 7 in {0, 1, 2}}
    assert quiet.count(True) == 0 or len(offered) > MOST_UNANSWERED


def test_the_other_persons_week_is_theirs(both: Both) -> None:
    for one in (both.noa, both.jules):
        Journal(one).add("note", {"body": "Begun", "at": {"day": "2025-01-02"}})
    LookBacks(both.noa).save(SUNDAY, {"week_safety": 4})
    assert LookBacks(both.noa).offer(SUNDAY) is None
    assert LookBacks(both.jules).offer(SUNDAY) is not None
