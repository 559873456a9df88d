"""What Today brings together: each part at its time, nothing for two beside danger, a suggestion never twice."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.session import Session
from app.services.today_around import PROMISES_SHOWN, SMALL_MINUTES, Around
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING


@pytest.fixture
def desk(couple: Session) -> Desk:
    return Desk(couple, lambda: None)


@pytest.fixture
def noa(both: Both) -> Desk:
    return Desk(both.noa, lambda: None)


@pytest.fixture
def jules(both: Both) -> Desk:
    return Desk(both.jules, lambda: None)


def _day(away: int) -> dict[str, str]:
    return {"day": (EVENING.date() + dt.timedelta(days=away)).isoformat()}


def _agreed(noa: Desk, jules: Desk, look: int = -1) -> RecordId:
    record = noa.agreements.begin({"wording": "We say so before.", "next_look": _day(look)})
    for desk in (noa, jules):
        desk.agreements.mark(record, desk.agreements.detail(record).hash)
    return record


def test_an_empty_journal_brings_one_small_thing_at_most(desk: Desk) -> None:
    found = desk.around.state(EVENING)

    assert found.suggestion
    assert Around(suggestion=found.suggestion) == found


def test_a_ritual_due_today_is_there_and_ticked(desk: Desk) -> None:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    record = desk.journal.add("ritual", {"title": "Tea", "rhythm": "days", "days": days, "starts": _day(-30)})
    (due,) = desk.around.state(EVENING).rituals
    assert (due.row.title, due.outcome) == ("Tea", "")

    desk.rituals.tick_today(record)
    assert desk.around.state(EVENING).rituals[0].outcome == "done"


def test_an_agreement_due_for_a_look_waits_for_a_week_on_ones_own_today_only(noa: Desk, jules: Desk) -> None:
    record = _agreed(noa, jules)
    before = noa.session.shared.history(record) if noa.session.shared is not None else []
    for desk in (noa, jules):
        look = desk.around.state(EVENING).look
        assert look is not None
        assert look.record == record

    noa.around.later(record)
    assert noa.around.state(EVENING).look is None
    assert jules.around.state(EVENING).look is not None
    assert noa.around.state(EVENING + dt.timedelta(days=7)).look is not None
    assert noa.session.shared is not None
    assert noa.session.shared.history(record) == before  # nobody can tell
    noa.around.now_after_all(record)
    assert noa.around.state(EVENING).look is not None


def test_words_that_wait_for_my_mark_come_first(noa: Desk, jules: Desk) -> None:
    _agreed(noa, jules)
    proposed = noa.agreements.begin({"wording": "Phones stay closed."})
    noa.agreements.mark(proposed, noa.agreements.detail(proposed).hash)

    found = jules.around.state(EVENING)
    assert found.waits is not None
    assert found.waits.record == proposed
    assert noa.around.state(EVENING).waits is None


def test_only_ones_own_promises_and_only_a_few(noa: Desk, jules: Desk) -> None:
    for number in range(PROMISES_SHOWN + 2):
        noa.journal.add("commitment", {"wording": f"Promise {number}", "rhythm": "daily"})

    assert len(noa.around.state(EVENING).promises) == PROMISES_SHOWN
    assert jules.around.state(EVENING).promises == ()


def test_beside_danger_nothing_for_two_and_no_suggestion(noa: Desk, jules: Desk) -> None:
    _agreed(noa, jules)
    noa.journal.add("fear_note", {"afraid": "often"})

    found = noa.around.state(EVENING)
    assert (found.look, found.waits, found.suggestion) == (None, None, "")
    assert jules.around.state(EVENING).look is not None  # what was noted alone is not told by what is missing


def test_a_suggestion_stays_for_its_day_and_never_comes_twice(desk: Desk) -> None:
    seen: list[str] = []
    for number in range(60):
        now = EVENING + dt.timedelta(days=number)
        first = desk.around.state(now).suggestion
        assert desk.around.state(now).suggestion == first
        if first:
            seen.append(first)
    assert len(seen) == len(set(seen)) > 3
    content = desk.session.content
    assert all(content.practice(practice).minutes <= SMALL_MINUTES for practice in seen)
    assert all(content.practice(practice).cover is None for practice in seen)


def test_a_closed_suggestion_is_gone_for_the_day_and_can_be_taken_back(desk: Desk) -> None:
    first = desk.around.state(EVENING).suggestion
    desk.around.close_suggestion()
    assert desk.around.state(EVENING).suggestion == ""
    desk.around.reopen_suggestion()
    assert desk.around.state(EVENING).suggestion == first
    desk.around.close_suggestion()
    tomorrow = desk.around.state(EVENING + dt.timedelta(days=1)).suggestion
    assert tomorrow not in {"", first}


def test_what_was_done_or_set_aside_is_not_suggested(desk: Desk) -> None:
    first = desk.around.state(EVENING).suggestion
    desk.practices.set_aside("one-good-thing", on=True)
    desk.journal.add("moment", {"for_what": "The door was held."})

    later = {desk.around.state(EVENING + dt.timedelta(days=n)).suggestion for n in range(1, 40)}
    assert first not in later
    assert not later & {"one-good-thing", "small-turning-points"}


def test_a_session_ahead_and_one_just_held(desk: Desk) -> None:
    held = desk.journal.add("therapy_session", {"at": _day(-1), "want": "The poster"})
    ahead = desk.journal.add("therapy_session", {"at": _day(3)})

    found = desk.around.state(EVENING)
    assert found.held is not None
    assert found.session is not None
    assert (found.held.record, found.session.record) == (held, ahead)
