"""Marks: proven by the signature of whoever made them, for exactly one wording, and gone with the next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from app.domain.errors import Code, RecordError
from app.domain.kinds.registry import Kinds
from app.domain.records import RecordId
from app.services.journal import Journal
from app.services.marks import Marks, MarkState, Standing
from app.services.session import Session
from app.services.sharing import Sharing
from tests.fixtures.both import JULES, NOA, Both, two_people
from tests.fixtures.session import shipped_content

KINDS = Kinds(shipped_content())
FIRST = {"wording": "We ring when we are late."}


@pytest.fixture
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Noa and Jules, with every kind open for writing."""
    made = two_people(tmp_path_factory.mktemp("both"), KINDS)
    yield made
    made.close()


def mark(session: Session, record: RecordId) -> None:
    marks = Marks(session)
    marks.mark(record, marks.state(record).current.hash)


def standings(both: Both, record: RecordId) -> tuple[Standing, Standing]:
    return Marks(both.noa).state(record).standing, Marks(both.jules).state(record).standing


def agreed(both: Both, **answers: object) -> RecordId:
    record = Journal(both.noa).add("boundary", {**FIRST, **answers})
    for session in (both.noa, both.jules):
        mark(session, record)
    return record


def test_a_text_made_together_begins_in_the_shared_space_and_waits_for_both(both: Both) -> None:
    record = Journal(both.noa).add("boundary", FIRST)
    assert both.noa.space_of(record) is both.noa.shared
    assert standings(both, record) == (Standing.DRAFT, Standing.DRAFT)

    mark(both.noa, record)
    assert standings(both, record) == (Standing.WAITING_FOR_OTHER, Standing.WAITING_FOR_ME)

    mark(both.jules, record)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)
    state = Marks(both.noa).state(record)
    assert [made.person for made in state.current.marks] == [NOA.id, JULES.id]
    assert state.current.agreed_ms == state.current.marks[-1].at_ms
    assert state.doubts == ()


def test_each_mark_is_a_signed_revision_of_its_maker(both: Both) -> None:
    record = agreed(both)
    assert both.jules.shared is not None
    history = {revision.id: revision for revision in both.jules.shared.history(record)}

    for made in Marks(both.jules).state(record).current.marks:
        assert history[made.revision].author == made.person
        assert both.jules.shared.signed_by(history[made.revision])


def test_marking_twice_writes_nothing(both: Both) -> None:
    record = agreed(both)
    before = both.shared_bytes()
    mark(both.noa, record)
    assert both.shared_bytes() == before


def test_only_what_was_shown_can_be_marked(both: Both) -> None:
    record = Journal(both.noa).add("boundary", FIRST)
    shown = Marks(both.jules).state(record).current.hash
    Journal(both.noa).edit(record, {"wording": "We never ring."})

    with pytest.raises(RecordError) as refusal:
        Marks(both.jules).mark(record, shown)

    assert refusal.value.code is Code.STALE_REVISION
    assert standings(both, record) == (Standing.DRAFT, Standing.DRAFT)


@pytest.mark.parametrize("writer", ["noa", "jules"])
def test_other_words_need_both_marks_anew_and_the_earlier_ones_stay_readable(both: Both, writer: str) -> None:
    record = agreed(both)
    Journal(getattr(both, writer)).edit(record, {"wording": "We ring when later than ten minutes."})

    state = Marks(both.noa).state(record)
    assert state.standing is Standing.DRAFT
    assert state.current.answers == {"wording": "We ring when later than ten minutes."}
    (earlier,) = state.agreed
    assert earlier.answers == FIRST
    assert {made.person for made in earlier.marks} == {NOA.id, JULES.id}

    mark(both.jules, record)
    mark(both.noa, record)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)


def test_words_that_come_back_are_marked_anew(both: Both) -> None:
    record = agreed(both)
    Journal(both.noa).edit(record, {"wording": "Other words."})
    Journal(both.noa).edit(record, FIRST)
    assert Marks(both.noa).state(record).standing is Standing.DRAFT


def test_how_it_stands_and_private_answers_are_no_part_of_the_wording(both: Both) -> None:
    record = agreed(both)
    Journal(both.jules).answer(record, state="paused")
    Journal(both.noa).answer(record, freely={NOA.id: "yes"})
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)


def test_a_mark_can_be_taken_back_by_its_maker_only(both: Both) -> None:
    record = agreed(both)
    Marks(both.jules).withdraw(record)

    assert standings(both, record) == (Standing.WAITING_FOR_OTHER, Standing.WAITING_FOR_ME)
    assert Marks(both.noa).state(record).current.agreed_ms is None
    Marks(both.jules).withdraw(record)
    mark(both.jules, record)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)


def test_no_form_makes_a_mark(both: Both) -> None:
    at = both.noa.now().isoformat()
    record = Journal(both.noa).add("boundary", {**FIRST, "marks": {NOA.id: at, JULES.id: at}})
    assert Marks(both.noa).state(record).standing is Standing.DRAFT
    mark(both.noa, record)
    Journal(both.noa).edit(record, {**FIRST, "marks": {JULES.id: at}})

    state = Marks(both.jules).state(record)
    assert state.standing is Standing.WAITING_FOR_ME
    assert state.doubts == ()


def _claim(session: Session, record: RecordId, person: str) -> None:
    """Write past every service, as somebody with their own keys and the file could."""
    assert session.shared is not None
    found = session.shared.record(record)
    assert found is not None
    marks = {**(getattr(found.body, "marks", None) or {}), person: session.now().isoformat()}
    with session.change(session.shared) as change:
        change.put(found.kind, msgspec.structs.replace(found.body, marks=marks), record=record)


def test_a_mark_claimed_for_somebody_else_counts_for_nothing_and_is_named(both: Both) -> None:
    record = Journal(both.noa).add("boundary", FIRST)
    mark(both.noa, record)
    _claim(both.noa, record, JULES.id)

    state = Marks(both.jules).state(record)

    assert state.standing is Standing.WAITING_FOR_ME
    assert [doubt.person for doubt in state.doubts] == [JULES.id]
    assert Marks(both.noa).state(record).standing is Standing.WAITING_FOR_OTHER


@pytest.mark.parametrize("what", ["signature", "body", "author"])
def test_a_tampered_mark_is_named_and_counts_no_more(both: Both, what: str) -> None:
    record = agreed(both)
    assert both.noa.shared is not None
    made = Marks(both.noa).state(record).current.marks[1]
    change = {
        "signature": "UPDATE revision SET signature = zeroblob(64) WHERE id = ?",
        "body": "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), 'ring', 'sing') AS BLOB) WHERE id = ?",
        "author": f"UPDATE revision SET author = '{NOA.id}', seq = 99 WHERE id = ?",
    }[what]
    both.noa.shared.connection.execute(change, (made.revision,))

    state: MarkState = Marks(both.noa).state(record)

    assert state.standing is not Standing.AGREED
    assert made.revision in {doubt.revision for doubt in state.doubts}


def test_a_text_made_alone_moves_without_its_mark(both: Both) -> None:
    shared, both.noa.shared = both.noa.shared, None
    record = Journal(both.noa).add("boundary", FIRST)
    mark(both.noa, record)
    assert Marks(both.noa).state(record).standing is Standing.AGREED  # alone, one mark is all
    both.noa.shared = shared
    sharing = Sharing(both.noa)
    preview = sharing.preview(record)

    assert [out.field for out in preview.left_out] == ["marks"]
    sharing.share(record, preview)
    assert standings(both, record) == (Standing.DRAFT, Standing.DRAFT)


def test_kinds_without_marks_have_no_state(both: Both) -> None:
    record = Journal(both.noa).add("note", {"body": "words"})
    with pytest.raises(RecordError) as refusal:
        Marks(both.noa).state(record)
    assert refusal.value.detail["reason"] == "no_marks"
