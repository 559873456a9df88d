"""What eased it: only what was tried often enough, in the order of the shrunk mean, with the triggers behind it."""

from __future__ import annotations

import numpy as np

from app.insights.recovery import what_helped
from app.services import trend_events, trend_helped
from app.services.session import Session
from app.services.trend_helped import HelpedCard
from tests.services.trigger_diary import TODAY, trigger, words


def card(session: Session) -> HelpedCard:
    return trend_helped.read(session, TODAY - 181, TODAY, words(session))


def tried(session: Session, what: list[str], eases: list[int], start: int = 0) -> None:
    for back, ease in enumerate(eases):
        trigger(session, start + back, peak=8, after=8 - ease, helped=what)


def test_four_tries_are_not_shown(session: Session) -> None:
    tried(session, ["walk"], [3, 3, 3, 3])
    trigger(session, 9, peak=8, helped=["walk"])
    found = card(session)
    assert found.title == "What eased it?"
    assert found.data is None and found.things == () and found.rows()[1] == ()
    assert found.sentence == "Shown once something has been tried five times."
    tried(session, ["walk"], [3], 12)
    assert len(card(session).things) == 1


def test_median_middle_half_and_count_by_hand(session: Session) -> None:
    tried(session, ["walk"], [1, 2, 3, 4, 8])
    found = card(session)
    assert found.data is not None
    assert (found.data.median[0], found.data.low[0], found.data.high[0], found.data.counts[0]) == (3, 2, 4, 5)
    assert found.rows()[1] == (("a walk", "3", "2", "4", "5"),)
    assert found.readout(0) == (
        "With a walk: typically lower by 3 afterwards, noted 5 times."
        " With a walk: the middle half lies between 2 and 4."
    )


def test_the_order_is_that_of_the_shrunk_mean_and_nothing_yet_is_no_help(session: Session) -> None:
    tried(session, ["breathing"], [1] * 12)
    tried(session, ["walk"], [4] * 5, 20)
    tried(session, ["rest", "nothing_yet"], [5] * 20, 40)
    found = card(session)
    eases = {"breathing": np.ones(12), "walk": np.full(5, 4.0), "rest": np.full(20, 5.0)}
    assert [thing.what for thing in found.things] == [one.what for one in what_helped(eases)]
    assert [thing.what for thing in found.things] == ["rest", "walk", "breathing"]
    overall = (12 + 20 + 100) / 37
    assert found.things[1].found.shrunk == (5 * 4 + 5 * overall) / 10


def test_own_words_count_as_one_however_they_were_spelled(session: Session) -> None:
    tried(session, ["my dog"], [2, 2, 2])
    tried(session, ["My Dog"], [2, 2], 10)
    found = card(session)
    assert [(thing.name, thing.own, thing.found.ease.count) for thing in found.things] == [("My Dog", True, 5)]


def test_a_row_leads_to_the_triggers_it_was_counted_from(session: Session) -> None:
    tried(session, ["walk"], [3] * 5)
    trigger(session, 9, peak=8, helped=["walk"])
    tried(session, ["rest"], [1] * 6, 20)
    found = card(session)
    assert [len(found.behind(row)) for row in range(2)] == [5, 6]
    records = trend_events.records(session, found.behind(0))
    bodies = [record.body for one in records if (record := session.space.record(one)) is not None]
    assert [body.helped for body in bodies] == [("walk",)] * 5  # type: ignore[attr-defined]  # triggers


def test_what_rose_is_said_as_it_is(session: Session) -> None:
    tried(session, ["walk"], [-1] * 5)
    tried(session, ["rest"], [0] * 5, 20)
    said = card(session).alternative.figures
    assert "With sleep or rest: typically as strong afterwards, noted 5 times." in said
    assert "With a walk: typically higher by 1 afterwards, noted 5 times." in said
