"""Small moments: saved with their time, half written ones kept, threads offered where they may be."""

from __future__ import annotations

import pytest

from app.domain.errors import Code, RecordError
from app.services.journal import Journal
from app.services.moments import KINDS, LINES, Moments, draft_key, is_draft
from app.services.session import Session
from tests.fixtures.session import shipped_kinds


@pytest.mark.parametrize("kind", KINDS)
def test_one_line_is_enough_and_the_time_is_now(session: Session, kind: str) -> None:
    record = Moments(session).save(kind, {LINES[kind]: "A hand on my back"})

    found = Journal(session).record(record)
    assert found.kind == kind
    assert found.day == session.today()
    assert getattr(found.body, "at").time == session.now().time()  # noqa: B009  # the field is the kind's own
    assert Journal(session).page().entries[0].title == "A hand on my back"


@pytest.mark.parametrize("kind", KINDS)
def test_the_line_is_a_searched_field_of_its_kind(kind: str) -> None:
    field = shipped_kinds().declared(kind).field(LINES[kind])
    assert field is not None
    assert field.is_searched


def test_half_written_ones_are_kept_by_kind_and_go_with_the_save(session: Session) -> None:
    moments = Moments(session)
    moments.keep_draft("moment", {"for_what": "A look"})
    moments.keep_draft("setback", {"happened": "The old silence"})
    assert set(moments.open().drafts) == {"moment", "setback"}

    moments.save("moment", {"for_what": "A look across the table"})
    assert set(moments.open().drafts) == {"setback"}

    moments.keep_draft("setback", {})
    assert moments.open().drafts == {}


def test_drafts_of_other_places_are_left_alone(session: Session) -> None:
    assert is_draft(draft_key("moment"))
    assert not is_draft("new:moment")
    assert not is_draft(None)


def test_a_good_thing_needs_its_line(session: Session) -> None:
    with pytest.raises(RecordError) as refused:
        Moments(session).save("appreciation", {"said": "keep"})

    assert refused.value.code is Code.INVALID_RECORD


def test_setbacks_and_new_moments_are_offered_a_thread_and_the_others_are_not(session: Session) -> None:
    thread = Journal(session).add("injury", {"title": "The hospital"})
    moments = Moments(session)

    for kind in KINDS:
        found = moments.suggest(kind, "Back at the hospital")
        assert (found.thread if found else None) == (thread if kind in {"setback", "new_experience"} else None)

    moments.let_go_suggestion("setback")
    assert moments.suggest("setback", "Back at the hospital") is None
    assert moments.suggest("new_experience", "Back at the hospital") is not None


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_time_is_no_moment(session: Session, kind: str) -> None:
    with pytest.raises(RecordError) as refused:
        Moments(session).save(kind, {"at": {"day": "2026-05-14"}, LINES[kind]: ""})

    assert refused.value.detail["field"] == LINES[kind]
    assert Journal(session).counts() == {}
