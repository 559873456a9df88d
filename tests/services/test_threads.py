"""Threads: their list, one opened with all that hangs on it, its versions; and that many entries do not slow it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services.journal import Journal
from app.services.session import Session
from app.services.threads import MONTHS, Threads
from tests.fixtures.session import EVENING

At = Callable[[dt.datetime], Session]


def _step(journal: Journal, thread: RecordId, step: str, day: str) -> RecordId:
    return journal.add("path_step", {"thread": thread, "step": step, "at": {"day": day}, "happened": f"At {step}."})


def test_a_title_is_enough_and_the_thread_changed_last_comes_first(session: Session) -> None:
    threads = Threads(session)
    first = threads.begin("The night at the hospital")
    second = threads.begin("The messages")
    threads.weigh(first, 7)

    rows = threads.list()

    assert [row.record for row in rows] == [first, second]
    assert (rows[1].title, rows[1].standing, rows[1].step, rows[1].place) == ("The messages", "open", 0, "")


def test_a_thread_without_a_title_is_refused(session: Session) -> None:
    with pytest.raises(RecordError) as refused:
        Threads(session).begin("  ")

    assert refused.value.code is Code.INVALID_RECORD


def test_the_path_follows_the_newest_note_also_when_one_goes_back(session: Session) -> None:
    threads, journal = Threads(session), Journal(session)
    thread = threads.begin("The messages")
    _step(journal, thread, "whole", "2026-05-02")
    _step(journal, thread, "tell", "2026-03-01")
    _step(journal, thread, "beneath", "2026-05-10")
    _step(journal, threads.begin("Another"), "new", "2026-05-12")

    found = threads.detail(thread)

    assert [note.step for note in found.notes] == [1, 5, 3]
    assert (found.current, found.noted, found.row.step) == (3, {1, 3, 5}, 3)
    assert found.notes[0].happened == "At tell."


def test_linked_triggers_are_counted_in_their_month_and_new_moments_listed(session: Session) -> None:
    threads, journal = Threads(session), Journal(session)
    thread, other = threads.begin("The messages"), threads.begin("Another")
    days = [("2026-05-14", thread), ("2026-05-01", thread), ("2026-04-30", thread), ("2025-06-01", thread),
            ("2025-05-31", thread), ("2026-05-02", other)]  # fmt: skip
    for day, target in days:
        journal.add("trigger", {"at": {"day": day}, "cue": "a tone", "thread": target})
    moment = journal.add("new_experience", {"at": {"day": "2026-05-03"}, "happened": "You rang.", "thread": thread})

    found = threads.detail(thread)

    assert [dt.date.fromordinal(month).isoformat() for month in (found.months[0], found.months[-1])] == [
        "2025-06-01", "2026-05-01",
    ]  # fmt: skip
    assert len(found.months) == MONTHS
    assert found.counts == (1, *[0] * 9, 1, 2)  # May 2025 lies before the twelve months
    assert [(m.record, m.text) for m in found.moments] == [(moment, "You rang.")]


def test_weighing_again_keeps_the_earlier_answers(at: At) -> None:
    session = at(EVENING)
    threads = Threads(session)
    thread = threads.begin("The messages")
    for weight in (9, 7, 7, 5):
        threads.weigh(thread, weight)

    assert [value for _, value in threads.detail(thread).weights] == [9, 7, 5]


def test_settled_since_is_when_it_was_settled_not_when_it_was_last_written_on(session: Session) -> None:
    threads = Threads(session)
    thread = threads.begin("The holiday we cancelled")
    threads.stand(thread, "settled")
    settled = threads.list()[0].since_ms
    time.sleep(0.01)
    threads.save_story(thread, "We went the year after.")

    row = threads.list()[0]

    assert (row.standing, row.since_ms) == ("settled", settled)
    threads.stand(thread, "open")
    assert threads.list()[0].since_ms > settled


def test_every_version_says_what_it_changed_and_can_be_read(session: Session) -> None:
    threads = Threads(session)
    thread = threads.begin("The messages")
    threads.save_story(thread, "One line.")
    threads.weigh(thread, 6)

    versions = threads.versions(thread)

    assert [version.fields for version in versions] == [("weight",), ("story",), ("title",)]
    assert threads.answers_at(thread, versions[1].revision) == {"story": "One line.", "title": "The messages"}
    with pytest.raises(RecordError):
        threads.answers_at(thread, "0" * 32)  # type: ignore[arg-type]


def test_a_break_that_can_mean_danger_is_told(session: Session) -> None:
    threads, journal = Threads(session), Journal(session)
    dangerous = next(option.id for option in session.content.list("breaches").items if option.safety)
    thread = journal.add("injury", {"title": "That evening", "breach": [dangerous]})

    assert threads.detail(thread).danger
    assert not threads.detail(threads.begin("Another")).danger


def test_what_is_no_thread_cannot_be_opened(session: Session) -> None:
    note = Journal(session).add("note", {"body": "words"})

    with pytest.raises(RecordError) as refused:
        Threads(session).detail(note)

    assert refused.value.code is Code.UNKNOWN_RECORD


def test_the_questions_use_an_index_whatever_else_was_written(session: Session) -> None:
    """Plans rather than seconds: a scan of all records would be slow in years, and only then."""
    seen: list[str] = []
    threads, journal = Threads(session), Journal(session)
    thread = threads.begin("The messages")
    _step(journal, thread, "tell", "2026-05-01")
    session.connection.set_trace_callback(seen.append)
    try:
        threads.list()
        threads.detail(thread)
    finally:
        session.connection.set_trace_callback(None)

    asked = [sql for sql in seen if sql.lstrip().upper().startswith("SELECT")]
    assert asked
    for sql in asked:
        plan = [row[3] for row in session.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [line for line in plan if line.startswith("SCAN")], (sql, plan)
