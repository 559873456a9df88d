"""The trash: what was removed is nowhere but there, comes back whole, and leaves no byte when its days are over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.data import keeping, projections, reading, revisions
from app.data.space import Space
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId, RevisionId
from app.domain.removal import TRASH_DAYS, days_left
from app.services.drafts import Drafts
from app.services.joining import Joining
from app.services.journal import Journal
from app.services.session import Session
from app.services.trash import Trash
from tests.data.pages import decrypted
from tests.fixtures.session import KEY, ME, ZONE, new_space, reopened, shipped_kinds
from tests.journeys.test_leaks import forms

WORD = "quincunxial"
DAY_MS = 24 * 3600 * 1000


def _places(session: Session, record: RecordId) -> dict[str, int]:
    """How many rows of every projection know the record or its word."""
    found = projections.snapshot(session.connection)
    return {
        name: sum(record in map(str, row) or WORD in " ".join(map(str, row)) for row in rows)
        for name, rows in found.items()
    }


def _removed(session: Session) -> RecordId:
    journal = Journal(session)
    thread = journal.add("injury", {"title": "Thread"})
    record = journal.add("trigger", {"cue": f"the {WORD} tone", "peak": 7, "body": ["chest"], "thread": thread})
    journal.remove(record)
    return record


def test_a_removed_record_is_in_the_trash_and_nowhere_else(session: Session) -> None:
    record = _removed(session)
    assert {name: count for name, count in _places(session, record).items() if count} == {"trash": 1}
    assert Journal(session).search(WORD) == []
    (row,) = Trash(session).list()
    assert (row.record, row.kind, row.title) == (record, "trigger", f"the {WORD} tone")
    with pytest.raises(RecordError) as refused:
        Journal(session).record(record)
    assert refused.value.code is Code.UNKNOWN_RECORD
    assert session.space.verify().clean


def test_it_can_be_read_there(session: Session) -> None:
    opened = Trash(session).open(_removed(session))
    assert (opened.answers["cue"], opened.answers["peak"]) == (f"the {WORD} tone", 7)
    with pytest.raises(RecordError):
        Trash(session).open(RecordId("0" * 32))


def test_it_comes_back_as_it_was(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("checkin", {"felt_for_date": "2026-05-01", "felt_safety": 4, "line": WORD})
    before, states = projections.snapshot(session.connection), len(journal.history(record))
    journal.remove(record)
    assert reading.series(session.connection, "felt_safety").values == []
    journal.restore(record)
    after = projections.snapshot(session.connection)
    head = journal.record(record).head
    assert [row[:7] for row in after["record"]] == [row[:7] for row in before["record"]]
    assert {k: v for k, v in after.items() if k != "record"} == {k: v for k, v in before.items() if k != "record"}
    assert len(journal.history(record)) == states + 2
    assert journal.history(record)[-1].id == head
    assert Trash(session).list() == ()
    assert session.space.verify().clean
    with pytest.raises(RecordError):
        journal.restore(record)


def test_two_versions_that_waited_wait_again(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("note", {"body": "beginning"})
    seen = journal.record(record).head
    journal.edit(record, {"body": "one hand"}, based_on=seen)
    journal.edit(record, {"body": "other hand"}, based_on=seen)
    journal.remove(record)
    journal.restore(record)
    (texts,) = Joining(session).waiting(record)
    assert {texts.earlier, texts.later} == {"one hand", "other hand"}
    assert session.space.verify().clean


def test_half_written_words_go_with_it_and_come_back(session: Session) -> None:
    journal, drafts = Journal(session), Drafts(session)
    record = journal.add("checkin", {"felt_for_date": "2026-05-01", "felt_safety": 4})
    day = journal.record(record).day
    drafts.keep(f"checkin:{day}", "checkin", {"line": "and m"})
    drafts.keep(record, "checkin", {"line": "half a"})
    drafts.keep("new:note", "note", {"body": "another"})
    journal.remove(record)
    assert [draft.key for draft in drafts.all()] == ["new:note"]
    drafts.keep(f"checkin:{day}", "checkin", {"line": "begun meanwhile"})
    journal.restore(record)
    found = {draft.key: draft.body for draft in drafts.all()}
    assert found[record] == {"line": "half a"}
    assert found[f"checkin:{day}"] == {"line": "begun meanwhile"}
    assert session.connection.execute("SELECT count(*) FROM shelved_draft").fetchone() == (0,)


def test_an_edit_its_remover_had_not_seen_survives(space: Space) -> None:
    kinds = shipped_kinds()
    with space.change(ME.id, zone=ZONE) as change:
        record = change.put("note", kinds.parse("note", {"body": "base"}))
    base = space.history(record)[0].id
    with space.change(ME.id, zone=ZONE) as change:
        change.remove(record)
    _arrives(space, record, (base,), {"body": "written elsewhere meanwhile"})
    found = space.record(record)
    assert found is not None
    assert found.body == kinds.parse("note", {"body": "written elsewhere meanwhile"})
    assert not found.conflict
    assert projections.snapshot(space.connection)["trash"] == []
    with space.change(ME.id, zone=ZONE) as change:
        change.put("note", kinds.parse("note", {"body": "and went on"}), record=record)
    assert len(space.history(record)[-1].parents) == 2
    assert space.verify().clean


def test_an_erasure_leaves_an_unseen_edit_standing(space: Space) -> None:
    kinds = shipped_kinds()
    with space.change(ME.id, zone=ZONE) as change:
        record = change.put("note", kinds.parse("note", {"body": "base"}))
    base = space.history(record)[0].id
    with space.change(ME.id, zone=ZONE) as change:
        change.erase(record)
    _arrives(space, record, (base,), {"body": "unseen"})
    assert space.record(record) is not None
    assert space.verify().clean, "what was erased before may be missing"


def _arrives(space: Space, record: RecordId, parents: tuple[RevisionId, ...], answers: dict[str, object]) -> None:
    """A state that was written on another computer, as merging stores it."""
    kinds = shipped_kinds()
    with space.change(ME.id, zone=ZONE) as change:
        revisions.append(
            space.connection,
            record=record,
            kind="note",
            author=ME.id,
            clock=revisions.last_clock(space.connection) + 1,
            parents=parents,
            zone=ZONE,
            body=kinds.encode(kinds.parse("note", answers)),
        )
        projector = projections.Projector(space.connection, kinds, space.authorship)
        projector.project(record)
        projector.finish()
        change.done()


@pytest.mark.parametrize("how", ["erased from the trash", "erased where it stood", "its days were over"])
def test_no_byte_of_it_stays_in_the_file(tmp_path: Path, session: Session, how: str) -> None:
    journal, drafts = Journal(session), Drafts(session)
    record = journal.add("note", {"title": WORD, "body": f"{WORD} and more"})
    journal.edit(record, {"title": WORD, "body": f"{WORD} once more " * 900})
    drafts.keep(record, "note", {"body": f"{WORD} half"})
    if how == "erased where it stood":
        journal.erase(record)
    else:
        journal.remove(record)
        assert WORD.encode() in decrypted(tmp_path / "space.db", KEY), "the search finds it while it is there"
        if how == "its days were over":
            at = dt.datetime.now(dt.UTC) + dt.timedelta(days=TRASH_DAYS + 1)
            session.now = lambda: at
            assert Trash(session).purge() == 1
        else:
            journal.erase(record)
    held = decrypted(tmp_path / "space.db", KEY).lower()
    assert [name for name, form in forms(WORD).items() if form in held or form.lower() in held] == []
    assert Trash(session).list() == ()
    assert all(revision.body is None for revision in session.space.history(record))
    assert session.space.verify().clean
    with pytest.raises(RecordError):
        journal.restore(record)


def test_only_what_lay_there_long_enough_goes(session: Session) -> None:
    record = _removed(session)
    removed_ms = Trash(session).list()[0].removed_ms

    def at(days: float) -> None:
        moment = dt.datetime.fromtimestamp((removed_ms + days * DAY_MS) / 1000, dt.UTC)
        session.now = lambda: moment

    at(TRASH_DAYS - 0.01)
    assert Trash(session).purge() == 0
    assert Trash(session).list()[0].days_left == 1
    at(TRASH_DAYS + 0.01)
    assert Trash(session).list()[0].days_left == 0
    assert Trash(session).purge() == 1
    assert session.last_changes.records >= {record}
    assert Trash(session).purge() == 0


def test_days_are_counted_as_people_count_them() -> None:
    assert days_left(0, 0) == TRASH_DAYS
    assert days_left(0, 1) == TRASH_DAYS
    assert days_left(0, DAY_MS) == TRASH_DAYS - 1
    assert days_left(0, TRASH_DAYS * DAY_MS) == 0
    assert days_left(0, 99 * DAY_MS) == 0


def test_words_taken_out_of_the_trash_by_someone_else_are_found(session: Session) -> None:
    journal = Journal(session)
    record = journal.add("note", {"body": "one"})
    journal.edit(record, {"body": "two"})
    journal.remove(record)
    assert session.space.verify().clean
    session.connection.execute("UPDATE revision SET body = NULL WHERE seq = 1")
    assert session.space.verify().broken
    journal.restore(record)
    assert session.space.verify().broken, "bringing it back heals nothing"


def test_the_trash_survives_reopening_and_rebuilding(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    space = new_space(path)
    kinds = shipped_kinds()
    with space.change(ME.id, zone=ZONE) as change:
        record = change.put("note", kinds.parse("note", {"body": WORD}))
        change.remove(record)
    space.close()
    space = reopened(path)
    space.rebuild()
    assert [row[0] for row in projections.snapshot(space.connection)["trash"]] == [record]
    with space.change(ME.id, zone=ZONE) as change:
        change.restore(record)
    assert space.record(record) is not None
    space.close()


def test_a_standing_record_is_not_purged(session: Session) -> None:
    record = Journal(session).add("note", {"body": "stands"})
    with pytest.raises(RecordError), session.change() as change:
        change.purge(record)
    assert keeping.drafts(session.connection) == []
