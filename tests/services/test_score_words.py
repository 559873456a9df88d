"""The sentences under one filled-in questionnaire."""

from __future__ import annotations

from app.services import score_words
from app.services.session import Session
from tests.domain.test_instruments import answered
from tests.services.trigger_diary import words

HELP = "If it is a lot right now, the safety page in the Help menu says who can be reached."


def said(session: Session, kind: str, answers: dict[str, object]) -> str:
    body = session.kinds.parse(kind, answers)
    return " ".join(score_words.of_record(session.content.kind(kind), body, words(session)))


def test_a_whole_one_says_total_and_band(session: Session) -> None:
    text = said(session, "phq4", answered("phq4", [1, 1, 1, 1]))
    assert text.startswith("Total 4 of 12. It lies in the second of four bands, 3 to 5,")
    assert "worry" not in text
    assert HELP not in text


def test_a_half_of_the_phq4_is_said_from_three_on(session: Session) -> None:
    assert "The two questions about worry add up to 3 of 6." in said(session, "phq4", answered("phq4", [2, 1, 1, 1]))
    assert "low mood add up to 3 of 6." in said(session, "phq4", answered("phq4", [0, 0, 3, 0]))


def test_an_open_one_says_so_and_gives_no_number(session: Session) -> None:
    text = said(session, "gad7", answered("gad7", [3, 3, 3, 3, 3]))
    assert text == "2 questions are open, so there is no total. That is fine."


def test_the_safety_page_is_named_from_the_zone_and_the_highest_band_on(session: Session) -> None:
    assert HELP not in said(session, "pcl5", answered("pcl5", [4] * 7 + [2] + [0] * 12))
    assert HELP in said(session, "pcl5", answered("pcl5", [4] * 7 + [3] + [0] * 12))
    assert HELP not in said(session, "gad7", answered("gad7", [2] * 7))
    assert HELP in said(session, "gad7", answered("gad7", [3] + [2] * 6))
    assert HELP in said(session, "phq4", answered("phq4", [3, 3, 3, 0]))


def test_a_total_given_by_others_says_only_its_side(session: Session) -> None:
    assert said(session, "score_entry", {"name": "RDAS", "total": "47"}) == (
        "It lies below 47.31, where more strain is often seen."
    )
    assert said(session, "score_entry", {"name": "OQ 45", "total": "62"}) == (
        "It lies below 63, from which on more strain is often seen."
    )
    assert said(session, "score_entry", {"name": "A test of theirs", "total": "62"}) == ""
    assert said(session, "note", {"body": "Words."}) == ""
