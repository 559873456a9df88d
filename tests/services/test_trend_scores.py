"""Totals over time: dots from complete answers alone, one questionnaire at a time, and what may be said of two."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.released import RELEASABLE
from app.services import trend_scores
from app.services.session import Session
from app.services.trend_scores import CODES, ScoresCard, Total, card
from tests.fixtures.questionnaires import fill_in
from tests.services.trigger_diary import TODAY, words, write

EMPTY = "Nothing filled in here. A questionnaire is there if you want one; nothing asks for it."


def shown(session: Session, which: str = "") -> ScoresCard:
    return trend_scores.read(session, TODAY - 200, TODAY, words(session), which=which)


def made(*totals: tuple[str, int, float], session: Session) -> ScoresCard:
    every = tuple(Total(code, TODAY - back, value) for code, back, value in totals)
    return card(every, TODAY - 200, TODAY, words(session))


def test_nothing_filled_in_is_said_and_not_drawn(session: Session) -> None:
    found = shown(session)
    assert (found.data, found.plot(), found.sentence, found.offered) == (None, None, EMPTY, ())
    assert found.rows()[1] == ()
    assert found.alternative.text.endswith(EMPTY)


def test_half_filled_has_no_total_anywhere(session: Session) -> None:
    fill_in(session, "gad7", 3, 6, left_open=1)
    assert shown(session).data is None
    fill_in(session, "gad7", 2, 6)
    found = shown(session)
    assert found.data is not None
    assert found.data.totals.tolist() == [6.0]


def test_the_newest_is_drawn_and_each_can_be_chosen(session: Session) -> None:
    fill_in(session, "pcl5", 60, 44)
    fill_in(session, "pcl5", 30, 33)
    fill_in(session, "phq4", 10, 7)
    write(session, "score_entry", 20, name="csi 16", total="47,5")
    write(session, "score_entry", 5, name="Something of hers", total="12")
    found = shown(session)
    assert found.offered == (("phq4", "PHQ-4"), ("csi16", "CSI-16"), ("pcl5", "PCL-5"))
    assert (found.which, found.days) == ("phq4", (TODAY - 10,))
    chosen = shown(session, "pcl5")
    assert chosen.data is not None
    assert chosen.data.totals.tolist() == [44.0, 33.0]
    assert chosen.data.lines == (31.0, 33.0)
    assert chosen.plot() is not None
    assert shown(session, "oq45").which == "phq4"
    given = shown(session, "csi16")
    assert given.data is not None
    assert (given.data.totals.tolist(), given.data.lines, given.data.highest) == ([47.5], (51.5,), 81.0)
    assert "below 51.5" in given.sentence


def test_the_table_has_every_total_newest_first_with_the_points_between(session: Session) -> None:
    found = made(("pcl5", 60, 44), ("phq4", 40, 3), ("pcl5", 30, 33), ("phq4", 9, 3), session=session)
    columns, rows = found.rows()
    assert columns == ("Day", "Questionnaire", "Total", "Points since the one before")
    assert [row[1:] for row in rows] == [
        ("PHQ-4", "3", "0"), ("PCL-5", "33", "\u221211"), ("PHQ-4", "3", ""), ("PCL-5", "44", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "first", "last", "said"),
    [
        ("pcl5", 40, 31, "Filling it in twice can differ by that much."),
        ("pcl5", 40, 30, "It may have come down since"),
        ("pcl5", 26, 40, "It may have risen since"),
        ("pcl5", 40, 25, "It is lower than on"),
        ("pcl5", 25, 40, "It is higher than on"),
        ("phq4", 12, 0, "No rule is known"),
        ("gad7", 0, 21, "No rule is known"),
        ("csi16", 30, 60, "No rule is known"),
        ("rdas", 40, 51, "Filling it in twice can differ by that much."),
        ("rdas", 40, 52, "It is higher than on"),
        ("oq45", 80, 66, "It is lower than on"),
        ("ors", 20, 24, "Filling it in twice can differ by that much."),
    ],
)
def test_two_totals_by_the_rule_of_their_questionnaire(
    session: Session, code: str, first: float, last: float, said: str
) -> None:
    assert said in made((code, 60, first), (code, 1, last), session=session).sentence


def test_one_total_alone_is_compared_with_nothing(session: Session) -> None:
    sentence = made(("pcl5", 1, 33), session=session).sentence
    assert "33 of 80" in sentence
    assert "31 to 33" in sentence
    assert "since" not in sentence


@pytest.mark.parametrize("code", CODES)
def test_every_questionnaire_can_be_drawn_and_read(session: Session, code: str) -> None:
    found = made((code, 60, 12), (code, 30, 1), session=session)
    assert found.data is not None
    assert np.all(np.diff(found.data.lines) > 0)
    assert found.read(0).split(". ")[0].endswith("12 of " + words(session).number(found.data.highest))
    plot = found.plot()
    assert plot is not None
    assert len(plot.table().rows) == 2
    for sentence in (found.sentence, found.alternative.text, found.read(1)):
        for word in ("because", "diagnos", "score", "better", "worse"):
            assert word not in sentence.lower()


def test_nothing_of_it_can_be_released() -> None:
    assert RELEASABLE
    assert not [measure for measure in RELEASABLE if measure and measure in trend_scores.MEASURES]
