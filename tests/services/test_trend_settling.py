"""Settling times by four weeks: medians from five on, and what still goes on in no median."""

from __future__ import annotations

import numpy as np

from app.services import trend_settling
from app.services.session import Session
from app.services.trend_settling import StripCard
from tests.services.trigger_diary import TODAY, trigger, words


def card(session: Session, first: int = TODAY - 83) -> StripCard:
    return trend_settling.read(session, first, TODAY, words(session))


def settle(session: Session, backs: range, minutes: int) -> None:
    for back in backs:
        trigger(session, back, peak=6, minutes_to_settle=minutes)


def test_too_few_say_how_many_there_are(session: Session) -> None:
    assert card(session).sentence == "Needs five settled moments; settling time can be added later."
    settle(session, range(4), 20)
    trigger(session, 5, minutes_to_settle="still_going")
    found = card(session)
    assert found.title == "Is recovery quicker?"
    assert found.data is None and found.rows()[1] == () and found.behind(0) == ()
    assert found.sentence.startswith("Not enough yet. 4 have")
    assert found.alternative.figures == "1 was still going when it was written."


def test_each_four_weeks_have_a_median_from_five_on(session: Session) -> None:
    settle(session, range(5), 30)
    settle(session, range(30, 34), 60)
    settle(session, range(60, 66), 120)
    trigger(session, 31, minutes_to_settle="still_going")
    found = card(session)
    assert found.data is not None
    np.testing.assert_array_equal(found.data.medians, [120, np.nan, 30])
    assert found.data.settled.tolist() == [6, 4, 5] and found.data.going.tolist() == [0, 1, 0]
    assert found.sentence == (
        "Typically 60 minutes, from 15 that settled."
        " Typically 2 hours in the earliest four weeks with five or more, 30 minutes in the latest."
    )
    assert "20 March to 16 April: 4 settled, too few for a typical time." in found.alternative.pattern
    assert "1 was still going when it was written." in found.readout(1)
    assert found.rows()[1][1] == ("20 March 2026", "", "4", "1")


def test_what_still_goes_on_is_in_no_median(session: Session) -> None:
    settle(session, range(5), 30)
    before = card(session).data
    for back in range(6):
        trigger(session, back, peak=9, minutes_to_settle="still_going")
    after = card(session).data
    assert before is not None and after is not None
    assert before.medians[-1] == after.medians[-1] == 30
    assert after.still_going.sum() == 6 and after.days.size == 11
    assert np.isfinite(after.minutes).all()


def test_a_block_leads_to_its_triggers(session: Session) -> None:
    settle(session, range(5), 30)
    settle(session, range(60, 66), 120)
    trigger(session, 2, peak=4)
    found = card(session)
    assert [len(found.behind(stop)) for stop in range(3)] == [6, 0, 5]


def test_one_block_alone_says_its_own_and_none_says_so(session: Session) -> None:
    settle(session, range(5), 30)
    assert "17 April to 14 May: typically 30 minutes, from 5 that settled." in card(session).sentence


def test_spread_over_blocks_without_five_has_no_comparison(session: Session) -> None:
    settle(session, range(3), 30)
    settle(session, range(30, 32), 30)
    assert "No four weeks hold five settled moments yet." in card(session).sentence


def test_many_blocks_are_said_by_their_ends_and_range(session: Session) -> None:
    for month, minutes in enumerate((10, 20, 30, 40, 50, 60, 70, 80)):
        settle(session, range(28 * month, 28 * month + 5), minutes)
    found = card(session, TODAY - 8 * 28 + 1)
    assert found.alternative.pattern == (
        "Typically 80 minutes in the earliest four weeks with five or more, 10 minutes in the latest."
        " In between, four weeks lay from 10 minutes to 80 minutes."
    )
    assert len(found.rows()[1]) == 8


def test_words_give_no_verdict(session: Session) -> None:
    settle(session, range(5), 30)
    settle(session, range(60, 66), 120)
    text = card(session).alternative.text.lower()
    for word in ("quicker", "slower", "better", "because", "improv"):
        assert word not in text
