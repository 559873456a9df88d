"""Undo and redo: any run of things done can be taken back and done again, and no word is lost on the way."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import RecordError
from app.domain.records import RecordId
from app.services.history import History
from app.services.journal import Journal
from app.services.session import Session
from app.services.steps import MOST, Verb
from app.services.today import Today
from app.services.undo import Undo
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds


def _standing(session: Session) -> dict[str, object]:
    """Everything that stands, by record."""
    journal = Journal(session)
    return {
        entry.id: msgspec.json.decode(session.kinds.encode(journal.record(entry.id).body))
        for entry in journal.page(limit=500).entries
    }


def test_each_verb_is_taken_back_and_done_again(session: Session) -> None:
    journal, undo = Journal(session), Undo(session)
    record = journal.add("note", {"body": "first"})
    journal.edit(record, {"body": "second"})
    journal.remove(record)
    journal.restore(record)
    journal.answer(record, title="a title")
    History(session).restore_version(record, History(session).versions(record)[-1].revision)
    stood: list[dict[str, object]] = [_standing(session)]
    said = []
    while (step := undo.undo()) is not None:
        said.append(step.said)
        stood.append(_standing(session))
    assert said == [Verb.EDITED, Verb.EDITED, Verb.RESTORED, Verb.REMOVED, Verb.EDITED, Verb.ADDED]
    assert stood[-1] == {}
    for expected in reversed(stood[:-1]):
        assert undo.redo() is not None
        assert _standing(session) == expected
    assert undo.redo() is None
    assert session.space.verify().clean


_moves = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "remove", "restore", "undo", "redo"]), st.integers(0, 9)), max_size=25
)


def _written(journal: Journal, made: list[RecordId], move: str, which: int, words: str) -> set[str]:
    """Do one thing to the journal; the words it wrote."""
    if move == "add":
        made.append(journal.add("note", {"body": words}))
        return {words}
    if made and move == "edit":
        journal.edit(made[which % len(made)], {"body": words})
        return {words}
    if made:
        getattr(journal, move)(made[which % len(made)])
    return set()


@settings(max_examples=30)
@given(_moves)
def test_undo_always_leads_back_to_what_stood(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]]
) -> None:
    space = new_space(tmp_path_factory.mktemp("u") / "s.db")
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    journal, undo = Journal(session), Undo(session)
    made: list[RecordId] = []
    before: list[dict[str, object]] = []
    ahead: list[dict[str, object]] = []
    written: set[str] = set()
    for number, (move, which) in enumerate(moves):
        stood = _standing(session)
        noted = session.steps.last
        if move == "undo":
            if undo.undo() is not None:
                assert _standing(session) == before.pop()
                ahead.append(stood)
            continue
        if move == "redo":
            if undo.redo() is not None:
                assert _standing(session) == ahead.pop()
                before.append(stood)
            continue
        try:
            written |= _written(journal, made, move, which, f"words {number}")
        except RecordError:
            continue
        if session.steps.last is not noted:
            before.append(stood)
            ahead.clear()
    kept = {
        msgspec.json.decode(revision.body)["body"]
        for record in made
        for revision in space.history(record)
        if revision.body is not None
    }
    assert kept == written, "no word is lost"
    assert space.verify().clean
    space.close()


def test_taking_back_one_thing_leaves_what_came_after_it(session: Session) -> None:
    """The button of a message that is still there, while something else was done since."""
    journal, undo = Journal(session), Undo(session)
    first = journal.add("trigger", {"cue": "tone", "peak": 5})
    journal.edit(first, {"cue": "tone", "peak": 8})
    other = journal.add("note", {"body": "meanwhile"})
    journal.answer(first, after=2)
    session.steps.pop_done()  # the answer came from elsewhere and is not this session's to take back
    step = undo.take_back(first)
    assert step is not None
    assert step.said is Verb.EDITED
    body = journal.record(first).body
    assert (body.peak, body.after) == (5, 2)  # type: ignore[attr-defined]
    assert set(_standing(session)) == {first, other}


def test_a_new_deed_ends_what_could_be_done_again(session: Session) -> None:
    journal, undo = Journal(session), Undo(session)
    journal.add("note", {"body": "one"})
    undo.undo()
    assert undo.offered().redo is not None
    journal.add("note", {"body": "two"})
    assert undo.offered().redo is None
    assert undo.redo() is None


def test_what_is_gone_for_good_is_not_offered(session: Session) -> None:
    journal, undo = Journal(session), Undo(session)
    record = journal.add("note", {"body": "one"})
    journal.edit(record, {"body": "two"})
    journal.remove(record)
    journal.erase(record)
    assert undo.undo() is None
    assert undo.offered().redo is None


def test_an_unchanged_save_is_no_step_of_its_own_twice(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("note", {"body": "one"})
    assert session.steps.last is not None
    assert (session.steps.last.before, session.steps.last.after) == (None, journal.record(record).head)


def test_memory_is_bounded_and_holds_no_words(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("note", {"body": "secretive"})
    for number in range(MOST + 9):
        journal.edit(record, {"body": f"secretive {number}"})
    taken = 0
    while session.steps.pop_done() is not None:
        taken += 1
    assert taken == MOST
    journal.edit(record, {"body": "secretive"})
    assert "secretive" not in repr(vars(session.steps))


def test_a_check_in_taken_back_is_in_the_trash(session: Session) -> None:
    today = Today(session)
    saved = today.save_checkin(EVENING.date().toordinal(), {"felt_safety": 4, "line": "a line"})
    again = today.save_checkin(EVENING.date().toordinal(), {"felt_safety": 6, "line": "a line"})
    today.take_back(again)
    assert Journal(session).record(saved.record).body.felt_safety == 4  # type: ignore[attr-defined]
    today.take_back(saved)
    assert _standing(session) == {}
    assert Undo(session).redo() is not None
    assert set(_standing(session)) == {saved.record}
