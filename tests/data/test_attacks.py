"""What went wrong once, or could: each refusal, repair and limit of the store has its case here."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.data import keeping, projections, revisions
from app.data.space import Space
from app.domain.errors import Code, RecordError, VaultError
from app.domain.records import Clock, RecordId, RevisionId, wall_ms
from tests.data.pages import decrypted
from tests.data.test_space import KINDS, put
from tests.fixtures.session import KEY, ME, ZONE, new_space, reopened

DAY_MS = 24 * 3600 * 1000


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _ahead(days: int) -> Clock:
    return Clock(wall_ms=lambda: _now_ms() + days * DAY_MS)


def _put_at(space: Space, clock: Clock, kind: str, raw: dict[str, object], record: RecordId | None = None) -> RecordId:
    with space.change(ME.id, zone=ZONE) as change:
        return change.at(clock).put(kind, KINDS.parse(kind, raw), record=record)


# ------------------------------------------------------------------------------------------------ what put refuses


def test_a_state_of_another_record_is_no_beginning(space: Space) -> None:
    mine = put(space, "note", {"body": "mine"})
    other = put(space, "note", {"body": "other"})
    foreign = space.history(other)[0].id
    for based_on in (foreign, RevisionId("f" * 32)):
        with pytest.raises(RecordError) as refused:
            put(space, "note", {"body": "next"}, record=mine, based_on=based_on)
        assert refused.value.detail["reason"] == "no_such_state"
    assert len(space.history(mine)) == 1
    assert space.verify().clean


def test_a_record_stays_of_its_kind(space: Space) -> None:
    record = put(space, "trigger", {"cue": "Tone", "peak": 7})
    with pytest.raises(RecordError) as refused:
        put(space, "note", {"body": "a note now"}, record=record)
    assert refused.value.detail["reason"] == "other_kind"
    assert space.verify().clean


def test_an_id_that_is_taken_cannot_arrive_again(space: Space) -> None:
    record = put(space, "note", {"body": "here"})
    with pytest.raises(RecordError) as refused:
        put(space, "note", {"body": "again"}, record=record, arriving=True)
    assert refused.value.code is Code.INVALID_RECORD
    with space.change(ME.id, zone=ZONE) as change:
        change.remove(record)
    with pytest.raises(RecordError):
        put(space, "note", {"body": "back from the dead"}, record=record, arriving=True)
    assert space.record(record) is None


def test_a_change_that_is_over_takes_nothing(space: Space) -> None:
    with space.change(ME.id, zone=ZONE) as change:
        pass
    with pytest.raises(ValueError, match="over"):
        change.put("note", KINDS.parse("note", {"body": "late"}))
    assert revisions.count(space.connection) == 0


# ------------------------------------------------------------------------------------------------ clocks


def test_a_computer_that_once_had_a_wrong_date_does_not_give_it_to_later_entries(tmp_path: Path) -> None:
    space = new_space(tmp_path / "a.db")
    _put_at(space, _ahead(days=30 * 365), "note", {"body": "the battery was empty"})
    space.close()
    again = reopened(tmp_path / "a.db")
    found = again.record(put(again, "injury", {"title": "today", "weight": 4}))
    assert found is not None
    assert abs(found.created_ms - _now_ms()) < DAY_MS
    assert again.verify().clean
    again.close()


def test_an_edit_of_an_entry_from_the_future_comes_after_it(tmp_path: Path) -> None:
    space = new_space(tmp_path / "a.db")
    record = _put_at(space, _ahead(days=900), "injury", {"title": "first", "weight": 9})
    created = space.history(record)[0].clock
    space.close()
    again = reopened(tmp_path / "a.db")
    put(again, "injury", {"title": "second", "weight": 5}, record=record)
    bodies = [KINDS.decode("injury", r.body or b"").title for r in again.history(record)]  # type: ignore[attr-defined]
    assert bodies == ["first", "second"]
    found = again.record(record)
    assert found is not None
    assert found.created_ms == wall_ms(created)
    assert found.body.title == "second"  # type: ignore[attr-defined]
    assert again.verify().clean
    again.close()


# ------------------------------------------------------------------------------------------------ what verify finds


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM author_head",
        "UPDATE author_head SET seq = 1, hash = (SELECT hash FROM revision WHERE seq = 1)",
    ],
)
def test_a_head_that_was_lost_or_put_back_is_found_and_made_again(space: Space, tampering: str) -> None:
    for word in ("one", "two", "three"):
        put(space, "note", {"body": word})
    head = space.chain_head(ME.id)
    space.connection.execute(tampering)
    assert space.verify().broken == (f"head of {ME.id}",)
    space.rebuild()
    assert space.chain_head(ME.id) == head
    put(space, "note", {"body": "four"})
    assert space.verify().clean


def test_words_taken_out_of_an_entry_nobody_removed_are_missed(space: Space) -> None:
    record = put(space, "note", {"body": "first"})
    put(space, "note", {"body": "second"}, record=record)
    earlier = space.history(record)[0].id
    space.connection.execute("UPDATE revision SET body = NULL WHERE id = ?", (earlier,))
    assert space.verify().broken == (earlier,)


def test_an_entry_that_cannot_be_read_is_a_finding_and_hides_no_other(space: Space) -> None:
    good = put(space, "note", {"body": "good"})
    bad = put(space, "note", {"body": "bad"})
    damaged = space.history(bad)[0].id
    space.connection.execute("UPDATE revision SET body = ? WHERE id = ?", (b'{"body":', damaged))
    found = space.verify()
    assert found.broken == (damaged,)
    assert not space.connection.in_transaction
    assert space.record(good) is not None


def test_rows_that_belong_to_no_record_are_found(space: Space) -> None:
    put(space, "trigger", {"cue": "Tablet", "peak": 5})
    space.connection.execute("INSERT INTO measure VALUES ('trigger.peak', 1, 1, 99, 3, 1, 0)")
    assert space.verify().differing == ("measure",)


def test_a_fingerprint_tells_what_a_snapshot_tells(space: Space) -> None:
    put(space, "trigger", {"cue": "Tablet", "peak": 5, "move": ["blame"]})
    before = projections.fingerprints(space.connection)
    assert projections.fingerprints(space.connection) == before
    space.connection.execute("UPDATE term SET term = 'x'")
    after = projections.fingerprints(space.connection)
    assert {name for name in before if before[name] != after[name]} == {"term"}


def test_a_damaged_page_is_named_by_opening_or_by_checking_never_by_a_stray_error(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    space = new_space(path)
    for number in range(60):
        put(space, "note", {"body": f"words {number} " * 60})
    space.close()
    whole = path.read_bytes()
    seen = set()
    for page in range(len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[page * 4096 + 2000] ^= 1
        path.write_bytes(damaged)
        try:
            again = reopened(path)
        except VaultError as refused:
            seen.add(f"opening {refused.code}")
            continue
        try:
            again.verify()
            seen.add("nothing")  # a page that nothing reads
        except VaultError as refused:
            seen.add(f"checking {refused.code}")
        finally:
            again.close()
    assert seen <= {"opening damaged_entries", "checking damaged_entries", "nothing"}
    assert {"opening damaged_entries", "checking damaged_entries"} <= seen


# ------------------------------------------------------------------------------------------------ what removing leaves


def test_erased_words_are_in_no_page_and_no_frame_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    space = new_space(path)
    for number in range(30):
        put(space, "note", {"body": f"other words {number} " * 20})
    record = put(space, "injury", {"title": "Quincunx", "story": "the word is quincunx " * 900, "weight": 3})
    put(space, "injury", {"title": "Quincunx", "story": "again quincunx " * 900, "weight": 4}, record=record)
    keeping.save_draft(space.connection, record, "injury", {"story": "half a quincunx " * 300}, 5)
    assert b"quincunx" in decrypted(path, KEY)
    with space.change(ME.id, zone=ZONE) as change:
        change.erase(record)
        keeping.drop_draft(space.connection, record)
    left = decrypted(path, KEY)  # the space is still open: nothing waits for closing
    assert b"quincunx" not in left.lower()
    assert b"other words 29" in left
    assert space.verify().clean
    space.close()


# ------------------------------------------------------------------------------------------------ a long history


def test_saving_reads_no_earlier_words(space: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    record = put(space, "note", {"body": "one " * 500})
    for number in range(20):
        put(space, "note", {"body": f"{number} " * 500}, record=record)
    read: list[int] = []
    real = revisions.body_of

    def counted(*args: object) -> bytes | None:
        read.append(1)
        return real(*args)  # type: ignore[arg-type]

    def refused(*_: object) -> None:
        raise AssertionError("reads a whole history")

    monkeypatch.setattr(revisions, "body_of", counted)
    monkeypatch.setattr(revisions, "of_record", refused)
    monkeypatch.setattr(revisions, "bodies_of", refused)
    put(space, "note", {"body": "last"}, record=record)
    assert len(read) == 1


def test_a_draft_learns_a_single_answer_only_where_it_said_the_same(space: Space) -> None:
    keeping.save_draft(space.connection, "r", "injury", {"title": "t", "weight": 9, "story": "half a sentence"}, 5)
    former = {"title": "t", "weight": 9, "story": "before"}
    keeping.answer_draft(space.connection, "r", former, {"weight": 4, "story": "from elsewhere"})
    keeping.answer_draft(space.connection, "other", former, {"weight": 1})
    (draft,) = keeping.drafts(space.connection)
    assert draft.body == {"title": "t", "weight": 4, "story": "half a sentence"}
    assert draft.saved_ms == 5
    keeping.answer_draft(space.connection, "r", {"weight": 4}, {"weight": None})
    assert keeping.drafts(space.connection)[0].body == {"title": "t", "story": "half a sentence"}
