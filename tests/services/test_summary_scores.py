"""Totals of questionnaires on the page for a session: only where they were ticked, with the rule that is published."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from app.services.session import Session
from app.services.summary import Summaries
from app.services.summary_choice import USUAL, Part
from tests.domain.test_instruments import answered
from tests.services.trigger_diary import TODAY, write

WORDS = "a line of mine that stays at home"


@pytest.fixture
def filled(session: Session) -> Summaries:
    write(session, "pcl5", 60, **answered("pcl5", [2] * 20))
    write(session, "pcl5", 20, **answered("pcl5", [1] * 20), line=WORDS)
    write(session, "phq4", 5, **answered("phq4", [1, 1, 0, 0]))
    write(session, "gad7", 4, **answered("gad7", [1, 1]))
    write(session, "score_entry", 3, name="CSI-16", total="55", said_about_it=WORDS)
    return Summaries(session)


def test_nothing_goes_in_unticked(filled: Summaries) -> None:
    choice = filled.choice()
    assert Part.SCORES not in choice.parts
    assert Part.SCORES not in USUAL
    assert filled.build(choice).scores == ()
    assert "PCL-5" not in filled.markdown(choice)
    assert filled.offer(choice.first, choice.last).scores == 4


def test_each_total_with_its_day_and_the_rule(filled: Summaries) -> None:
    choice = filled.choice()
    ticked = msgspec.structs.replace(choice, parts=choice.parts | {Part.SCORES})
    csi, phq, pcl = filled.build(ticked).scores
    first, last = (dt.date.fromordinal(TODAY - back) for back in (60, 20))
    assert pcl.startswith(f"PCL-5 (0 to 80): 40 on {first.day} {first:%B %Y}, 20 on {last.day} {last:%B %Y}.")
    assert pcl.endswith("by 20 points. Filling it in twice would hardly differ by that much.")
    assert "The newest of these is 20. It lies below 31 to 33" in pcl
    assert "2 on" in phq and "Filling it in" not in phq and "newest" not in phq
    assert csi.startswith("CSI-16 (0 to 81): 55 on") and "51.5" in csi
    said = filled.markdown(ticked)
    assert "## Totals of questionnaires" in said
    assert WORDS not in said
    assert "GAD-7" not in said


def test_a_summary_of_totals_alone_is_not_empty(session: Session) -> None:
    write(session, "phq4", 5, **answered("phq4", [1, 1, 0, 0]))
    offer = Summaries(session).offer(TODAY - 30, TODAY)
    assert (offer.scores, offer.is_empty) == (1, False)
