"""Cue by response: counted as they came together, listed answers only, and nothing below ten."""

from __future__ import annotations

import numpy as np

from app.services import trend_cues, trend_events
from app.services.session import Session
from app.services.trend_cues import LEAST_EVENTS, CuesCard, Response
from tests.services.trigger_diary import TODAY, trigger, words


def card(session: Session, response: Response = Response.MOVE) -> CuesCard:
    return trend_cues.read(session, TODAY - 181, TODAY, words(session), response=response)


def fill(session: Session) -> None:
    for back, (cue, move) in enumerate((["phone"], "pursue") for _ in range(6)):
        trigger(session, back, cue_kind=cue, move=[move])
    for back in range(3):
        trigger(session, back, cue_kind=["phone", "silence"], move=["withdraw"], partner_response="away")
    trigger(session, 3, cue_kind=["the grey car"], move=["withdraw"])


def test_nine_are_too_few_and_say_how_many_there_are(session: Session) -> None:
    for back in range(LEAST_EVENTS - 1):
        trigger(session, back, cue_kind=["phone"], move=["pursue"])
    trigger(session, 20, cue_kind=["phone"])
    trigger(session, 21, move=["pursue"])
    found = card(session)
    assert found.title == "What tends to follow what?"
    assert (found.data, found.both) == (None, 9)
    assert found.sentence == "Shown from ten triggers on. 9 so far have both."
    assert found.rows()[1] == () and found.behind(0) == ()
    trigger(session, 22, cue_kind=["phone"], move=["blame"])
    assert card(session).data is not None


def test_a_trigger_with_two_cues_counts_in_both_rows(session: Session) -> None:
    fill(session)
    found = card(session)
    assert found.data is not None and found.both == 10
    assert found.labels.cues == ("phone or screen", "silence", "in own words")
    assert found.labels.responses == ("pursued", "withdrew")
    np.testing.assert_array_equal(found.data.counts, [[6, 3], [0, 3], [0, 1]])
    assert found.rows() == (
        ("Cue", "pursued", "withdrew"),
        (("phone or screen", "6", "3"), ("silence", "", "3"), ("in own words", "", "1")),
    )


def test_the_three_largest_pairs_are_said_and_no_own_words(session: Session) -> None:
    fill(session)
    found = card(session)
    assert found.sentence == (
        "Most often together: phone or screen and pursued, 6 times; phone or screen and withdrew, 3 times;"
        " silence and withdrew, 3 times."
    )
    assert "fewer than three times" in found.alternative.pattern
    assert "grey car" not in f"{found.rows()}{found.alternative.text}{found.labels}"
    assert found.readout(0) == "phone or screen and pursued, 6 times."
    assert found.readout(2) == "silence and pursued: not noted together."


def test_own_words_are_counted_last_and_never_said_however_often_they_came(session: Session) -> None:
    for back in range(9):
        trigger(session, back, cue_kind=["the grey car"], move=["blame"])
    trigger(session, 12, cue_kind=["phone"], move=["blame"])
    found = card(session)
    assert found.data is not None and found.data.counts.tolist() == [[1], [9]]
    assert found.sentence == "Most often together: phone or screen and blamed, 1 time."


def test_a_cell_leads_to_its_triggers(session: Session) -> None:
    fill(session)
    found = card(session)
    assert [len(found.behind(stop)) for stop in range(6)] == [6, 3, 0, 3, 0, 1]
    records = trend_events.records(session, found.behind(3))
    bodies = [session.space.record(record) for record in records]
    assert all(body is not None and "silence" in body.body.cue_kind for body in bodies)  # type: ignore[attr-defined]  # a trigger


def test_what_came_back_can_stand_beside_the_cue(session: Session) -> None:
    fill(session)
    for back in range(7):
        trigger(session, 30 + back, cue_kind=["lateness"], partner_response="toward")
    found = card(session, Response.CAME_BACK)
    assert found.labels.responses == ("turned toward", "turned away")
    assert found.both == 10 and "what came back" in found.alternative.what


def test_counts_never_say_why(session: Session) -> None:
    fill(session)
    text = card(session).alternative.text.lower()
    assert "because" not in text and "leads to" in text and "came together" in text
