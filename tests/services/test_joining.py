"""Two versions of a text: both to read, one text made of them, nothing lost."""

from __future__ import annotations

import pytest

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services.joining import Joining
from app.services.journal import Journal
from app.services.session import Session


def _two_versions(session: Session) -> RecordId:
    journal = Journal(session)
    record = journal.add("injury", {"title": "The messages", "story": "It was a Saturday."})
    seen = journal.record(record).head
    journal.edit(record, {"title": "The messages", "story": "It was a Saturday, at six.", "weight": 7}, based_on=seen)
    journal.edit(record, {"title": "The messages", "story": "It was a wet Saturday."}, based_on=seen)
    return record


def test_both_texts_can_be_read_and_what_was_no_text_is_merged(session: Session) -> None:
    record = _two_versions(session)

    waiting = Joining(session).waiting(record)

    assert Journal(session).record(record).conflict
    assert [(text.field, text.earlier, text.later) for text in waiting] == [
        ("story", "It was a Saturday, at six.", "It was a wet Saturday.")
    ]
    assert waiting[0].earlier_ms <= waiting[0].later_ms


def test_joining_leaves_one_version_with_every_other_answer_of_both(session: Session) -> None:
    record = _two_versions(session)

    Joining(session).join(record, {"story": "It was a wet Saturday, at six."})

    found = Journal(session).record(record)
    assert not found.conflict
    assert (found.body.story, found.body.weight) == ("It was a wet Saturday, at six.", 7)  # type: ignore[attr-defined]
    assert Joining(session).waiting(record) == ()
    said = [revision.body or b"" for revision in Journal(session).history(record)]
    assert any(b"at six" in body for body in said[:-1])
    assert any(b'a wet Saturday."' in body for body in said[:-1])


def test_where_there_is_one_version_nothing_waits(session: Session) -> None:
    record = Journal(session).add("injury", {"title": "The messages"})

    assert Joining(session).waiting(record) == ()


def test_what_is_not_here_cannot_be_joined(session: Session) -> None:
    with pytest.raises(RecordError) as refused:
        Joining(session).waiting(RecordId("0" * 32))

    assert refused.value.code is Code.UNKNOWN_RECORD
