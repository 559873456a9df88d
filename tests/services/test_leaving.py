"""Leaving the space for two: one's own words come along, the other's do not, and the other keeps what was there."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import RecordId
from app.services import homecoming
from app.services.desk import Desk
from tests.fixtures.two import copied, first_desk, people_of, second_desk, shared_of


def _share(desk: Desk, **answers: object) -> RecordId:
    record = desk.journal.add("note", answers)
    desk.sharing.share(record, desk.sharing.preview(record))
    return record


def _bodies(desk: Desk) -> set[str]:
    return {str(getattr(desk.journal.record(row.id).body, "body", "")) for row in desk.journal.page().entries}


def test_what_one_wrote_comes_along_under_its_own_id(tmp_path: Path) -> None:
    root = copied(tmp_path / "vault")
    desk = first_desk(root)
    moved = _share(desk, body="moved there")
    with desk.session.change(shared_of(desk)) as change:
        born = change.put("note", desk.session.kinds.parse("note", {"body": "born there"}))
    desk.close()
    other = second_desk(root)
    theirs = _share(other, body="of the other")
    other.close()

    desk = first_desk(root)
    people_of(desk).leave()
    assert _bodies(desk) == {"moved there", "born there"}
    assert {row.id for row in desk.journal.page().entries} == {moved, born}
    assert desk.session.shared is None and people_of(desk).together().other is not None
    assert desk.checks.verify().clean
    desk.close()
    desk = first_desk(root)
    assert _bodies(desk) == {"moved there", "born there"} and desk.checks.verify().clean
    desk.close()

    other = second_desk(root)
    assert _bodies(other) == {"moved there", "born there", "of the other"}
    assert other.timeline.open(moved).entry.theirs and not other.timeline.open(theirs).entry.theirs
    other.close()


def test_what_was_kept_apart_is_part_of_it_again(tmp_path: Path) -> None:
    root = copied(tmp_path / "vault")
    desk = first_desk(root)
    thread = desk.journal.add("injury", {"title": "private thread"})
    note = desk.journal.add("note", {"body": "beside it", "thread": thread})
    desk.sharing.share(note, desk.sharing.preview(note))
    people_of(desk).leave()
    assert getattr(desk.session.space.record(note), "body").thread == thread  # noqa: B009  # a record is found
    desk.close()


def test_a_crash_between_both_halves_is_finished_at_the_next_unlock(tmp_path: Path) -> None:
    root = copied(tmp_path / "vault")
    desk = first_desk(root)
    record = _share(desk, body="once only")
    assert desk.vault is not None
    (space,) = desk.vault.unlocked.contents.shared
    assert homecoming.take_home(desk.session, space.space_id) == 1
    desk.close()  # as if the program had ended before the header forgot the key

    desk = first_desk(root)
    assert desk.session.shared is None
    assert [row.id for row in desk.journal.page().entries] == [record]
    assert desk.checks.verify().clean
    desk.close()


def test_a_removed_entry_stays_removed(tmp_path: Path) -> None:
    root = copied(tmp_path / "vault")
    desk = first_desk(root)
    desk.journal.remove(_share(desk, body="gone"))
    people_of(desk).leave()
    assert _bodies(desk) == set()
    desk.close()
