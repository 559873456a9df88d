"""The list of what to read in a session: private, in order, and only of what is still there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services.journal import Journal
from app.services.session import Session
from app.services.session_list import SessionList
from app.services.summary import Summaries
from app.services.threads import Threads
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING

At = Callable[[dt.datetime], Session]


def test_what_was_put_there_last_comes_first_and_keeps_its_place(at: At) -> None:
    session = at(EVENING)
    listed = SessionList(session)
    first, second = Threads(session).begin("The night"), Journal(session).add("letter", {"body": "To you."})
    listed.put(first)
    at(EVENING + dt.timedelta(days=1))
    listed.put(second)
    listed.put(first)

    assert [(one.record, one.kind) for one in listed.all()] == [(second, "letter"), (first, "injury")]
    assert listed.holds(first)
    listed.keep(first, on=False)
    assert [one.record for one in listed.all()] == [second]


def test_what_is_removed_is_not_listed_and_what_is_unknown_cannot_be_put_there(session: Session) -> None:
    listed, record = SessionList(session), Threads(session).begin("The night")
    listed.put(record)
    Journal(session).remove(record)

    assert listed.all() == ()
    with pytest.raises(RecordError) as refused:
        listed.put(RecordId("0" * 32))
    assert refused.value.code is Code.UNKNOWN_RECORD


def test_a_listed_thread_is_offered_in_the_summary_and_not_put_in_it(session: Session) -> None:
    record = Threads(session).begin("The night")
    summaries = Summaries(session)
    assert [thread.marked for thread in summaries.threads()] == [False]

    SessionList(session).put(record)

    assert [thread.marked for thread in summaries.threads()] == [True]
    assert summaries.build(summaries.choice()).repairs == ()


def test_nobody_else_has_the_list(both: Both) -> None:
    shared = Journal(both.noa).add("joint_narrative", {"title": "Ours"})
    SessionList(both.noa).put(shared)

    assert SessionList(both.noa).holds(shared)
    assert not SessionList(both.jules).holds(shared)
