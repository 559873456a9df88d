"""Looking back to this day: only what is light, one entry a day, nothing where it is switched off."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.services import choices
from app.services.journal import Journal
from app.services.on_this_day import MOST, OnThisDay, days_back
from app.services.session import Session
from tests.fixtures.session import EVENING

TODAY = EVENING.date()


def _on(months: int) -> dict[str, str]:
    number = TODAY.year * 12 + TODAY.month - 1 - months
    return {"day": dt.date(number // 12, number % 12 + 1, TODAY.day).isoformat()}


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_back_is_the_same_day_of_its_month(today: dt.date) -> None:
    for ordinal, months in days_back(today).items():
        day = dt.date.fromordinal(ordinal)
        assert day.day == today.day
        assert (today.year - day.year) * 12 + today.month - day.month == months


def test_earlier_months_and_years_are_found_newest_first_one_a_day(session: Session) -> None:
    journal = Journal(session)
    for months in (24, 1, 12, 6):
        journal.add("note", {"body": f"{months} months", "at": _on(months)})
    journal.add("note", {"body": "the same day again", "at": _on(1)})
    journal.add("note", {"body": "another day", "at": {"day": (TODAY - dt.timedelta(days=3)).isoformat()}})

    found = OnThisDay(session).entries()

    assert [back.months for back in found] == [1, 6, 12]
    assert len(found) == MOST


def test_heavy_entries_danger_and_triggers_stay_away(session: Session) -> None:
    journal = Journal(session)
    safety = next(o.id for o in session.content.list("breaches").items if o.safety)
    journal.add("injury", {"title": "A heavy thread", "breach": [safety]})
    journal.add("setback", {"happened": "a hard day", "at": _on(1)})
    journal.add("trigger", {"cue": "a tone", "peak": 5, "at": _on(6)})

    assert OnThisDay(session).entries() == ()

    choices.store(session, msgspec.structs.replace(choices.load(session), on_this_day="all"))
    assert [back.entry.kind for back in OnThisDay(session).entries()] == ["trigger"]


def test_a_trigger_marked_with_danger_never_comes_back(session: Session) -> None:
    safety = next(o.id for o in session.content.list("breaches").items if o.safety)
    Journal(session).add("trigger", {"cue": "a door", "peak": 5, "at": _on(6), "breach": [safety]})
    choices.store(session, msgspec.structs.replace(choices.load(session), on_this_day="all"))

    assert OnThisDay(session).entries() == ()


def test_off_is_off(session: Session) -> None:
    Journal(session).add("note", {"body": "words", "at": _on(1)})
    assert len(OnThisDay(session).entries()) == 1

    choices.store(session, msgspec.structs.replace(choices.load(session), on_this_day="off"))

    assert OnThisDay(session).entries() == ()
    assert choices.for_shared_computer().on_this_day == "off"
