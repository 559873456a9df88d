"""What an entry can be linked to: found by name and words, in both spaces, as fast in a large journal as in a small."""

from __future__ import annotations

import time

import pytest

from app.data import suggesting
from app.data.suggesting import linkable
from app.domain.records import RecordId
from app.services.drafts import LEFT_OPEN, Drafts, with_left, without_left
from app.services.journal import Journal
from app.services.linking import Linking, begun_by_name, name_field
from app.services.session import Session
from app.services.today import Today
from tests.fixtures.both import Both
from tests.fixtures.session import shipped_content

THREAD = ("injury",)
LARGE = 4_000
MANY = 100_000


def _thread(session: Session, title: str, story: str = "") -> RecordId:
    return Journal(session).add("injury", {"title": title, "story": story})


def test_names_come_before_words_and_the_newest_first_without_any(session: Session) -> None:
    first = _thread(session, "The night at the hospital")
    second = _thread(session, "The messages", "I waited at the hospital for an hour.")
    linking = Linking(session)

    assert [one.id for one in linking.find(THREAD, "")] == [second, first]
    assert [one.id for one in linking.find(THREAD, "hosp")] == [first, second]
    assert [one.id for one in linking.find(THREAD, "ight at")] == [first]  # in the middle of a word
    assert linking.find(THREAD, "nothing like it") == ()
    assert linking.find(("note",), "hospital") == ()
    assert linking.title(first) == "The night at the hospital"
    assert linking.title(RecordId("0" * 32)) == ""


def test_both_spaces_are_looked_through_and_what_is_shared_says_so(both: Both) -> None:
    _thread(both.noa, "Mine alone")
    joint = Journal(both.noa).add("joint_narrative", {"title": "Told together"})

    found = Linking(both.noa).find(("injury", "joint_narrative"), "")

    assert {one.title: one.shared for one in found} == {"Mine alone": False, "Told together": True}
    assert [one.id for one in Linking(both.jules).find(("joint_narrative",), "told")] == [joint]


def test_a_record_that_needs_only_a_name_can_be_begun_from_its_link(session: Session) -> None:
    content = shipped_content()
    assert begun_by_name(content, THREAD) == "injury"
    assert begun_by_name(content, ("injury", "note")) == ""
    assert begun_by_name(content, ("trigger",)) == ""
    assert name_field(content, "boundary_occasion") == ""

    record = Linking(session).begin("injury", "A new name")

    assert Linking(session).title(record) == "A new name"


def test_a_search_reads_no_more_of_a_large_journal(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps are bound: SQLite's own count of its work stays when there are several times the entries."""
    monkeypatch.setattr(suggesting, "MATCHES", 400)

    def steps() -> int:
        counted = [0]

        def count() -> int:
            counted[0] += 1
            return 0

        session.connection.set_progress_handler(count, 1_000)  # type: ignore[attr-defined]  # of the engine
        for words in ("", "rain", "ra", "quiet rain"):
            linkable(session.connection, ("note", "injury"), words, 8)
        session.connection.set_progress_handler(None, 0)  # type: ignore[attr-defined]  # of the engine
        return counted[0]

    def write(number: int) -> None:
        with session.change() as change:
            for at in range(number):
                body = session.kinds.parse("note", {"title": f"Rain {at}", "body": "quiet rain on the roof"})
                change.put("note", body)

    write(1_500)
    small = steps()
    write(LARGE - 1_500)
    large = steps()
    assert large <= small * 1.5 + 5
    took = []
    for words in ("", "r", "ra", "rain", "quiet rain", "roof", "zebra") * 3:
        before = time.perf_counter()
        linkable(session.connection, ("note", "injury"), words, 8)
        took.append((time.perf_counter() - before) * 1000)
    assert sorted(took)[int(len(took) * 0.95)] < 30


def test_what_is_left_for_later_is_remembered_beside_the_answers_and_offered_on_today(session: Session) -> None:
    drafts, today = Drafts(session), Today(session)
    record = _thread(session, "The messages")
    drafts.leave(record, {"story", "weight"})

    assert drafts.left(record) == {"story", "weight"}
    (offered,) = [item for item in today.state(session.now()).unfinished if item.reason == "later"]
    assert (offered.record, offered.title) == (record, "The messages")

    drafts.leave(record, ())
    assert drafts.left(record) == frozenset()
    assert today.state(session.now()).unfinished == ()


def test_removed_entries_are_not_offered_and_erased_ones_leave_nothing(session: Session) -> None:
    drafts, journal = Drafts(session), Journal(session)
    record = _thread(session, "The messages")
    drafts.leave(record, {"story"})
    journal.remove(record)
    assert Today(session).state(session.now()).unfinished == ()
    journal.restore(record)
    assert len(Today(session).state(session.now()).unfinished) == 1
    journal.erase(record)
    assert drafts.left(record) == frozenset()


def test_drafts_hold_what_waits_apart_from_the_answers() -> None:
    body = with_left({"title": "x"}, {"b", "a"})
    assert body == {"title": "x", LEFT_OPEN: ["a", "b"]}
    assert without_left(body) == ({"title": "x"}, frozenset({"a", "b"}))
    assert with_left({"title": "x"}, ()) == {"title": "x"}
    assert not any(field.id == LEFT_OPEN for kind in shipped_content().kinds.values() for field in kind.fields)


def test_a_second_new_entry_has_a_key_of_its_own_and_links_keep_drafts_apart(session: Session) -> None:
    drafts = Drafts(session)
    first = drafts.new_key("note")
    drafts.keep(first, "note", {"body": "One"})
    second = drafts.new_key("note")
    drafts.keep(second, "note", {"body": "Two", "thread": "abc"})

    assert first == "new:note"
    assert second.startswith("new:note:")
    found = drafts.unfinished("note", {"thread": "abc"})
    assert found is not None
    assert found.key == second
    assert drafts.unfinished("note", {"thread": "def"}) is None
    assert drafts.unfinished("letter", {}) is None
