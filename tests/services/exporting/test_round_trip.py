"""What was written comes back: saved, taken out, brought in, made again from revisions, and unchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data import projections
from app.domain.outside import coming_in, going_out
from app.domain.records import RecordId
from app.services import demo
from app.services.exporting.choice import Choice
from app.services.journal import Journal
from app.services.session import Session
from tests.domain.answers import AWKWARD, answers_of
from tests.fixtures.outside import brought_in, dateless, taken_out
from tests.fixtures.session import EVENING, kind_ids, shipped_kinds

WHOLE = Choice(history=True, trash=True, attachments=True)
FIXTURES = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much)
Empty = Callable[[], Session]


def states(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every projected row without the ids of revisions, which are new in another file, and of the person."""
    found = projections.snapshot(session.connection)
    found["record"] = sorted(
        (tuple(v for at, v in enumerate(row) if at not in {2, 8}) for row in found["record"]), key=repr
    )
    found["trash"] = sorted((tuple(v for at, v in enumerate(row) if at != 2) for row in found["trash"]), key=repr)
    return found


def rebuilt(session: Session) -> None:
    before = projections.snapshot(session.connection)
    session.space.rebuild()
    assert projections.snapshot(session.connection) == before
    assert session.space.verify().clean


@pytest.mark.parametrize("kind", kind_ids())
@given(data=st.data())
@settings(suppress_health_check=FIXTURES, deadline=None, max_examples=5)
def test_every_kind_comes_back_unchanged(
    kind: str, data: st.DataObject, session: Session, empty: Empty, tmp_path: Path
) -> None:
    answers = data.draw(answers_of(shipped_kinds().declared(kind)))
    body = shipped_kinds().parse(kind, answers)
    with session.change() as change:
        record = change.put(kind, body)
    other = empty()
    brought_in(other, taken_out(session, tmp_path / "out.json", WHOLE))
    found, loaded = other.space.record(record), session.space.record(record)
    assert found is not None and loaded is not None
    assert shipped_kinds().encode(found.body) == shipped_kinds().encode(loaded.body) == shipped_kinds().encode(body)
    assert dateless(other, WHOLE) == dateless(session, WHOLE)
    rebuilt(other)


@pytest.mark.parametrize("choice", [Choice(), Choice(history=True), WHOLE], ids=["newest", "history", "whole"])
def test_a_journal_of_months_is_byte_identical_but_for_its_date(
    choice: Choice, couple: Session, empty: Empty, tmp_path: Path
) -> None:
    demo.fill(couple, EVENING.date(), 6)
    journal = Journal(couple)
    first = journal.page(limit=5).entries
    journal.remove(first[0].id)
    journal.answer(first[1].id)
    other = empty()
    found = brought_in(other, taken_out(couple, tmp_path / "out.json", choice))
    assert found.fresh > 100 and found.first is not None
    assert dateless(other, choice) == dateless(couple, choice)
    assert other.partner == couple.partner
    if choice == WHOLE:
        assert states(other) == states(couple)
    rebuilt(other)


def test_the_same_file_again_adds_nothing(couple: Session, empty: Empty, tmp_path: Path) -> None:
    demo.fill(couple, EVENING.date(), 2)
    file = taken_out(couple, tmp_path / "out.json", WHOLE)
    other = empty()
    first = brought_in(other, file)
    before = dateless(other, WHOLE), other.space.chain_head(other.person.id)
    again = brought_in(other, file)
    assert (again.fresh, again.known, again.changed, again.removed) == (0, first.fresh, 0, 0)
    assert (dateless(other, WHOLE), other.space.chain_head(other.person.id)) == before
    home = brought_in(couple, file)
    assert (home.fresh, home.known) == (0, first.fresh)


def test_what_changed_or_went_since_is_named_and_left(session: Session, tmp_path: Path) -> None:
    journal = Journal(session)
    kept, changed, removed, erased = (journal.add("note", {"body": f"Line {n}"}) for n in range(4))
    file = taken_out(session, tmp_path / "out.json")
    journal.edit(changed, {"body": "Said otherwise"})
    journal.remove(removed)
    journal.erase(erased)
    found = brought_in(session, file)
    assert (found.fresh, found.known, found.changed, found.removed) == (0, 1, 1, 2)
    assert journal.record(changed).body.body == "Said otherwise"  # type: ignore[attr-defined]  # a note
    assert journal.record(kept).id == kept
    assert session.space.record(removed) is None and session.space.record(erased) is None


def test_trash_comes_back_as_trash(session: Session, empty: Empty, tmp_path: Path) -> None:
    journal = Journal(session)
    gone = journal.add("note", {"body": "Put away"})
    journal.remove(gone)
    assert b"Put away" not in dateless(session)
    other = empty()
    brought_in(other, taken_out(session, tmp_path / "out.json", Choice(trash=True)))
    assert other.space.record(gone) is None
    assert dateless(other, Choice(trash=True)) == dateless(session, Choice(trash=True))
    Journal(other).restore(gone)
    assert Journal(other).record(gone).body.body == "Put away"  # type: ignore[attr-defined]  # a note


def test_two_versions_that_wait_still_wait(session: Session, empty: Empty, tmp_path: Path) -> None:
    journal = Journal(session)
    record = journal.add("note", {"body": "As it was"})
    base = journal.record(record).head
    for text in ("One way", "Another way"):
        with session.change() as change:
            change.put("note", shipped_kinds().parse("note", {"body": text}), record=record, based_on=base)
    assert journal.record(record).conflict
    other = empty()
    brought_in(other, taken_out(session, tmp_path / "out.json"))
    assert Journal(other).record(record).conflict
    assert dateless(other) == dateless(session)


def test_numbers_over_time_of_a_kind_without_a_date_come_back(session: Session, empty: Empty, tmp_path: Path) -> None:
    demo.fill(session, EVENING.date(), 6)
    other = empty()
    brought_in(other, taken_out(session, tmp_path / "out.json"))
    mine, theirs = (projections.snapshot(one.connection)["measure"] for one in (session, other))
    assert mine == theirs and len(mine) > 100


@given(
    name=st.one_of(st.text(max_size=12), st.sampled_from(["@me", "@", "@@me", *AWKWARD])),
    me=st.text("0123456789abcdef", min_size=32, max_size=32),
)
def test_any_name_of_a_person_comes_back(name: str, me: str) -> None:
    kind = next(
        k
        for k in map(shipped_kinds().declared, kind_ids())
        if any(f.type == "people" and not f.per_person for f in k.fields)
    )
    field = next(f.id for f in kind.fields if f.type == "people")
    answers: dict[str, object] = {field: [name, me]}
    outside = going_out(kind, answers, me)
    assert me not in str(outside) or me in name
    assert coming_in(kind, outside, me) == answers


def test_record_ids_are_kept(session: Session, empty: Empty, tmp_path: Path) -> None:
    injury = Journal(session).add("note", {"body": "First"})
    other = empty()
    brought_in(other, taken_out(session, tmp_path / "out.json"))
    assert Journal(other).resolve(injury[:12]) == RecordId(injury)
