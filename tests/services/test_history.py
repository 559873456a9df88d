"""The history of a record: every state with its place in it, what it changed, and the way back."""

from __future__ import annotations

import time

import pytest

from app.domain.differences import Op
from app.domain.errors import RecordError
from app.domain.records import RecordId, RevisionId
from app.services.history import History, What
from app.services.joining import Joining
from app.services.journal import Journal
from app.services.session import Session
from app.services.steps import Verb


def _told(session: Session, record: RecordId) -> list[tuple[What, tuple[str, ...]]]:
    return [(state.what, state.fields) for state in History(session).versions(record)]


def test_every_state_says_what_it_did(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("trigger", {"cue": "a tone", "peak": 5})
    journal.edit(record, {"cue": "a tone", "peak": 7, "after": 2})
    journal.edit(record, {"cue": "a tone", "peak": 7, "after": 2})
    journal.remove(record)
    journal.restore(record)
    states = History(session).versions(record)
    assert [(state.what, state.fields) for state in states] == [
        (What.RESTORED, ()),
        (What.REMOVED, ()),
        (What.UNCHANGED, ()),
        (What.CHANGED, ("peak", "after")),
        (What.BEGUN, ("cue", "peak")),
    ]
    assert [state.current for state in states] == [True, False, False, False, False]
    assert [state.readable for state in states] == [True, False, True, True, True]
    assert {state.author for state in states} == {session.person.id}
    assert sorted((state.at_ms for state in states), reverse=True) == [state.at_ms for state in states]


def test_two_versions_and_what_became_of_them(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("note", {"body": "beginning"})
    seen = journal.record(record).head
    journal.edit(record, {"body": "one hand"}, based_on=seen)
    journal.edit(record, {"body": "other hand"}, based_on=seen)
    Joining(session).join(record, {"body": "both hands"})
    assert [what for what, _ in _told(session, record)] == [What.JOINED, What.CHANGED, What.CHANGED, What.BEGUN]
    for state in History(session).versions(record)[1:3]:
        (change,) = History(session).difference(record, state.revision)
        assert change.before == "beginning"


def test_a_difference_is_against_the_state_it_grew_from(session: Session) -> None:
    journal, history = Journal(session), History(session)
    record = journal.add("note", {"title": "Rain", "body": "It rained all night."})
    journal.edit(record, {"title": "Rain", "body": "It rained half the night."})
    second, first = history.versions(record)
    (change,) = history.difference(record, second.revision)
    assert [(run.op, run.words) for run in change.runs] == [
        (Op.SAME, "It rained "),
        (Op.REMOVED, "all"),
        (Op.ADDED, "half the"),
        (Op.SAME, " night."),
    ]
    assert [change.field for change in history.difference(record, first.revision)] == ["title", "body"]
    assert history.answers(record, first.revision)["body"] == "It rained all night."


def test_restoring_a_version_loses_nothing(session: Session) -> None:
    journal, history = Journal(session), History(session)
    record = journal.add("note", {"body": "first"})
    journal.edit(record, {"body": "second"})
    first = history.versions(record)[-1].revision
    history.restore_version(record, first)
    assert journal.record(record).body.body == "first"  # type: ignore[attr-defined]
    assert [history.answers(record, state.revision)["body"] for state in history.versions(record)] == [
        "first", "second", "first",
    ]  # fmt: skip
    assert session.steps.last is not None
    assert session.steps.last.verb is Verb.EDITED
    assert session.space.verify().clean


def test_what_cannot_be_read_is_refused(session: Session) -> None:
    journal, history = Journal(session), History(session)
    record = journal.add("note", {"body": "first"})
    first = history.versions(record)[0].revision
    journal.remove(record)
    tombstone = history.versions(record)[0].revision
    for revision in (tombstone, RevisionId("0" * 32)):
        with pytest.raises(RecordError):
            history.difference(record, revision)
    with pytest.raises(RecordError):
        history.restore_version(record, first)
    assert history.answers(record, first) == {"body": "first"}
    assert history.versions(RecordId("0" * 32)) == ()


def test_a_long_life_is_told_in_a_moment(session: Session) -> None:
    journal = Journal(session)
    story = "word " * 4_000
    record = journal.add("injury", {"title": "The night", "story": story})
    with session.change() as change:
        for number in range(300):
            body = session.kinds.parse("injury", {"title": "The night", "story": f"{story}{number}"})
            change.put("injury", body, record=record)
    began = time.perf_counter()
    states = History(session).versions(record)
    took_s = time.perf_counter() - began
    assert len(states) == 301
    assert all(state.fields == ("story",) for state in states[:-1])
    assert took_s < 1.0
