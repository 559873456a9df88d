"""Choices kept inside the encrypted file."""

from __future__ import annotations

import pytest

from app.data import keeping
from app.services import choices
from app.services.choices import Choices
from app.services.session import Session


def test_nothing_chosen_means_the_defaults(session: Session) -> None:
    assert choices.load(session) == Choices()


@pytest.mark.parametrize(
    "chosen",
    [Choices(), choices.for_shared_computer(), Choices(previews=False, idle_minutes=60, twelve_hours=True)],
)
def test_what_is_stored_comes_back(session: Session, chosen: Choices) -> None:
    assert choices.store(session, chosen) == chosen
    assert choices.load(session) == chosen


def test_a_value_that_cannot_be_understood_falls_back(session: Session) -> None:
    keeping.set_setting(session.connection, "idle_minutes", "never")

    assert choices.load(session) == Choices()


def test_a_length_that_is_not_offered_becomes_the_nearest(session: Session) -> None:
    keeping.set_setting(session.connection, "idle_minutes", "13")

    assert choices.load(session).idle_minutes == 15
