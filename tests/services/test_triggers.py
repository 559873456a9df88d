"""Logging triggers: tally, save, complete, take back, recent cues, and the suggested thread."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.dates import read_when
from app.domain.kinds.trigger import Trigger
from app.services.journal import Journal
from app.services.session import Session
from app.services.triggers import Triggers, moment


@pytest.fixture
def triggers(session: Session) -> Triggers:
    return Triggers(session)


def _body(session: Session, record: str) -> Trigger:
    body = Journal(session).record(record).body  # type: ignore[arg-type]
    assert isinstance(body, Trigger)
    return body


def test_a_tally_holds_the_time_and_nothing_else(session: Session, triggers: Triggers) -> None:
    logged = triggers.tally(session.now())

    body = _body(session, logged.saved.record)
    assert body.speed() == "tally"
    assert body.at is not None
    assert (body.at.time, body.at.zone) == (dt.time(19, 30), "Europe/Paris")
    assert not logged.strong


@pytest.mark.parametrize(("peak", "strong"), [(7, False), (8, True), (10, True), (None, False)])
def test_calm_is_offered_from_eight(triggers: Triggers, peak: int | None, strong: bool) -> None:
    answers = {"cue": "Door", "peak": peak}

    assert triggers.save(answers).strong is strong


def test_completing_an_earlier_one_makes_a_new_version(session: Session, triggers: Triggers) -> None:
    record = triggers.tally(session.now()).saved.record
    form = triggers.open(record)

    triggers.save({**form.answers, "cue": "A tone", "peak": 5}, record=record, head=form.head)

    assert _body(session, record).cue == "A tone"
    assert len(Journal(session).history(record)) == 2


def test_taking_back_a_completion_restores_what_was(session: Session, triggers: Triggers) -> None:
    record = triggers.tally(session.now()).saved.record
    form = triggers.open(record)
    logged = triggers.save({**form.answers, "cue": "A tone"}, record=record, head=form.head)

    triggers.take_back(logged)

    assert _body(session, record).speed() == "tally"


def test_taking_back_a_new_one_leaves_nothing(session: Session, triggers: Triggers) -> None:
    triggers.take_back(triggers.save({"cue": "A tone"}))

    assert Journal(session).counts() == {}


def test_unfinished_writing_comes_back_and_goes_with_the_save(triggers: Triggers) -> None:
    triggers.keep_draft(None, {"cue": "Keys in the", "at": {"day": "2026-05-14"}})
    form = triggers.open()
    assert (form.from_draft, form.answers["cue"]) == (True, "Keys in the")

    triggers.save({"cue": "Keys in the door"})

    assert not triggers.open().from_draft


def test_the_time_alone_is_no_draft(triggers: Triggers) -> None:
    triggers.keep_draft(None, {"at": {"day": "2026-05-14"}})

    assert not triggers.open().from_draft


def test_frequent_short_cues_come_first_as_last_written(triggers: Triggers) -> None:
    for cue in ("A tone", "late, no word", "a tone", "x" * 60):
        triggers.save({"cue": cue})

    assert triggers.recent_cues() == ("a tone", "late, no word")


def test_a_thread_is_suggested_from_words_that_were_linked_before(session: Session, triggers: Triggers) -> None:
    journal = Journal(session)
    messages, hospital = (journal.add("injury", {"title": title}) for title in ("The messages", "The hospital"))
    for cue, thread in (
        ("Phone buzzing on the table", messages),
        ("His phone lit up", messages),
        ("Siren outside the window", hospital),
        ("Late again without a word", None),
    ):
        triggers.save({"cue": cue, **({"thread": thread} if thread else {})})

    found = triggers.suggest("Phone face down on the table when I came in")

    assert found is not None
    assert (found.thread, found.title) == (messages, "The messages")
    assert triggers.suggest("A siren again") is not None
    assert triggers.suggest("Something else entirely") is None
    assert triggers.suggest("") is None


def test_two_threads_that_come_close_suggest_nothing(session: Session, triggers: Triggers) -> None:
    journal = Journal(session)
    for title in ("One", "Two"):
        triggers.save({"cue": "Door slammed", "thread": journal.add("injury", {"title": title})})

    assert triggers.suggest("The door slammed") is None


@given(st.integers(-20_000, 60_000), st.times())
def test_a_moment_reads_back_to_its_minute(days: int, time: dt.time) -> None:
    at = dt.datetime.combine(dt.date(1970, 1, 1) + dt.timedelta(days=days), time, ZoneInfo("Europe/Paris"))
    when = read_when(moment(at, "Europe/Paris"))

    assert when is not None
    assert (when.day, when.time, when.zone) == (at.date(), at.time().replace(second=0, microsecond=0), "Europe/Paris")
