"""Questionnaires are offered only where a person asked for them, and not within the weeks they ask about."""

from __future__ import annotations

import msgspec
import pytest

from app.services import choices
from app.services.choices import Choices
from app.services.questionnaires import APART_DAYS, Questionnaires
from app.services.session import Session
from tests.domain.test_instruments import answered
from tests.services.trigger_diary import TODAY, write


def ask(session: Session, **chosen: bool) -> None:
    choices.store(session, msgspec.structs.replace(Choices(), **chosen))


def test_nothing_is_offered_unasked(session: Session) -> None:
    assert Questionnaires(session).offered(TODAY) == ()
    ask(session, offer_pcl5=True, offer_phq4=True)
    assert Questionnaires(session).offered(TODAY) == ("phq4", "pcl5")


@pytest.mark.parametrize("kind", APART_DAYS)
def test_not_again_within_the_weeks_it_asks_about(session: Session, kind: str) -> None:
    ask(session, **{f"offer_{kind}": True})
    write(session, kind, 3, **answered(kind, [1]))  # half of one counts too
    free = TODAY - 3 + APART_DAYS[kind]
    assert Questionnaires(session).offered(TODAY) == ()
    assert Questionnaires(session).offered(free - 1) == ()
    assert Questionnaires(session).offered(free) == (kind,)


def test_the_pcl5_is_offered_once_a_month_at_most() -> None:
    assert APART_DAYS["pcl5"] >= 28
