"""The trash of the space for two: what its writer removed leaves both journals, and only its writer brings it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services.history import History, What
from app.services.journal import Journal
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.trash import Trash
from app.services.undo import Undo
from tests.fixtures.both import Both


def _shared(session: Session) -> RecordId:
    record = Journal(session).add("note", {"body": "words before it was shared"})
    Journal(session).edit(record, {"body": "words for both"})
    sharing = Sharing(session)
    sharing.share(record, sharing.preview(record))
    return record


def test_only_its_writer_finds_it_there_and_brings_it_back(both: Both) -> None:
    record = _shared(both.noa)
    Journal(both.noa).remove(record)
    assert Journal(both.jules).entry(record) is None
    assert Trash(both.jules).list() == ()
    theirs: list[Callable[[], object]] = [
        lambda: Trash(both.jules).open(record),
        lambda: Journal(both.jules).restore(record),
        lambda: Journal(both.jules).erase(record),
    ]
    for attempt in theirs:
        with pytest.raises(RecordError) as refused:
            attempt()
        assert refused.value.code in {Code.NOT_YOURS, Code.UNKNOWN_RECORD}
    (row,) = Trash(both.noa).list()
    assert (row.record, row.shared) == (record, True)
    Undo(both.noa).undo()
    assert Journal(both.jules).record(record).body.body == "words for both"  # type: ignore[attr-defined]
    assert both.noa.shared is not None
    assert both.noa.shared.verify().clean


def test_gone_for_good_is_gone_from_both(both: Both) -> None:
    record = _shared(both.noa)
    Journal(both.noa).remove(record)
    Journal(both.noa).erase(record)
    assert both.noa.shared is not None
    assert all(state.body is None for state in both.noa.shared.history(record))
    assert both.noa.shared.verify().clean
    assert Undo(both.noa).offered().undo is None


def test_what_was_written_before_sharing_is_read_by_its_writer_and_never_stands_again(both: Both) -> None:
    record = _shared(both.noa)
    states = History(both.noa).versions(record)
    assert states[-1].what is What.BEGUN
    before = next(state for state in states if not state.restorable and not state.current)
    assert "words before" in str(History(both.noa).answers(record, states[-1].revision))
    with pytest.raises(RecordError):
        History(both.noa).restore_version(record, before.revision)
    told = [History(both.jules).answers(record, state.revision) for state in History(both.jules).versions(record)]
    assert "words before" not in str(told)
