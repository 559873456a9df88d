"""The verbs of the journal where they touch unfinished writing, and the checks on damaged files."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import VaultError
from app.domain.records import Changes
from app.services.checks import Checks
from app.services.drafts import Drafts
from app.services.journal import Journal
from app.services.session import Session
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING, ME, ZONE, new_space, reopened, shipped_content, shipped_kinds
from tests.fixtures.vault import made


def test_a_single_answer_leaves_unfinished_writing_alone(session: Session) -> None:
    journal, drafts = Journal(session), Drafts(session)
    record = journal.add("injury", {"title": "The night", "weight": 9, "story": "one line"})
    drafts.keep(record, "injury", {"title": "The night", "weight": 9, "story": "one line, and half of ano"})
    journal.answer(record, weight=4)
    (draft,) = drafts.all()
    assert draft.body == {"title": "The night", "weight": 4, "story": "one line, and half of ano"}
    journal.edit(record, draft.body, based_on=journal.record(record).head)
    assert drafts.all() == []
    assert journal.record(record).body.weight == 4  # type: ignore[attr-defined]


def test_removing_takes_the_half_written_day_too(session: Session) -> None:
    journal, drafts = Journal(session), Drafts(session)
    record = journal.add("checkin", {"felt_for_date": "2026-05-01", "felt_safety": 4, "line": "a line"})
    day = journal.record(record).day
    drafts.keep(f"checkin:{day}", "checkin", {"line": "a line, and m"})
    drafts.keep(f"checkin:{day + 1}", "checkin", {"line": "another day"})
    journal.remove(record)
    assert [draft.key for draft in drafts.all()] == [f"checkin:{day + 1}"]


def test_two_changes_before_anyone_asks_are_both_told(session: Session) -> None:
    journal = Journal(session)
    first = journal.add("note", {"body": "one"})
    second = journal.add("injury", {"title": "two"})
    assert session.last_changes.records == {first, second}
    assert session.last_changes.kinds == {"note", "injury"}
    session.last_changes = Changes()
    journal.remove(first)
    assert session.last_changes.records == {first}


def test_what_the_pages_say_comes_out_although_nothing_else_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.db"
    space = new_space(path)
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    for number in range(80):
        Journal(session).add("note", {"body": f"words {number} " * 80})
    space.close()
    whole = path.read_bytes()
    told = 0
    for page in range(1, len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[page * 4096 + 100] ^= 255
        path.write_bytes(damaged)
        try:
            session.space = reopened(path)
        except VaultError:  # refused at the door: another test's matter
            continue
        assert Checks(session).verify().pages
        told += 1
        session.space.close()
    assert told > 3


def test_closing_twice_is_closing(tmp_path: Path) -> None:
    desk = made(tmp_path / "vault")
    desk.close()
    desk.close()


def test_the_space_for_two_is_looked_at_as_well_and_doubts_are_named(both: Both) -> None:
    for session in (both.noa, both.jules):
        assert session.shared is not None
        with session.change(session.shared) as change:
            change.put("note", session.kinds.parse("note", {"body": "for both"}))
    Journal(both.noa).add("note", {"body": "my own"})
    found = Checks(both.noa).verify()
    assert found.clean and (found.revisions, found.shared_revisions) == (1, 2)
    assert both.noa.shared is not None
    both.noa.shared.connection.execute(
        "UPDATE revision SET signature = zeroblob(64) WHERE author = ?", (both.jules.person.id,)
    )
    found = Checks(both.noa).verify()
    assert not found.clean and found.pages == found.chain == ()
    assert [doubt.partition(":")[0] for doubt in found.doubts] == ["shared wrong_signature"]
    both.noa.shared.connection.execute("UPDATE record SET title = 'other'")
    assert Checks(both.noa).verify().projections == ("shared record",)
    assert Checks(both.noa).rebuild() == 3
    assert Checks(both.noa).verify().projections == ()
