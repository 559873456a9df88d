"""Every verb over a private and a shared space: one timeline, one search, links one way, nobody rewrites anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.reading import Place
from app.data.search import CANDIDATES
from app.data.timeline_queries import Below
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services import trend_titles
from app.services.journal import Journal
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.threads import Threads
from app.services.timeline import Timeline
from app.services.today import Today
from app.services.triggers import Triggers
from tests.fixtures.both import JULES, NOA, Both
from tests.fixtures.session import EVENING


def shared_by(session: Session, kind: str, **answers: object) -> RecordId:
    """Write a record and share it."""
    record = Journal(session).add(kind, answers)
    sharing = Sharing(session)
    sharing.share(record, sharing.preview(record))
    return record


def note(words: str, day: int = 14) -> dict[str, object]:
    return {"body": words, "at": {"day": f"2026-05-{day:02}"}}


def walk(timeline: Timeline, kinds: tuple[str, ...], limit: int) -> list[RecordId]:
    found: list[RecordId] = []
    before: Place | None = None
    while True:
        page = timeline.page(kinds=kinds, before=before, limit=limit)
        found += [row.entry.id for row in page.rows]
        if page.following is None:
            return found
        before = page.following


KINDS = ("note", "life_marker")
WRITTEN = st.lists(
    st.tuples(st.sampled_from(("private", "mine", "theirs")), st.sampled_from(KINDS), st.integers(1, 4)),
    max_size=10,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=WRITTEN, limit=st.integers(1, 4), kinds=st.sets(st.sampled_from(("note", "life_marker"))), data=st.data()
)
def test_pages_of_both_spaces_give_every_entry_once_and_in_order(
    pair: Callable[[], Both],
    written: list[tuple[str, str, int]],
    limit: int,
    kinds: set[str],
    data: st.DataObject,
) -> None:
    both = pair()
    records = []
    for where, kind, day in written:
        words: dict[str, object] = {"body": "words"} if kind == "note" else {"title": "words"}
        answers = {**words, "at": {"day": f"2026-05-{day:02}"}}
        if where == "private":
            records.append(Journal(both.noa).add(kind, answers))
        else:
            records.append(shared_by(both.noa if where == "mine" else both.jules, kind, **answers))
    timeline = Timeline(both.noa)

    whole = [row.entry for row in timeline.page(limit=10_000).rows]
    assert {entry.id for entry in whole} == set(records)
    assert whole == sorted(whole, key=lambda e: (e.day, e.instant_ms, -int(e.shared), e.number), reverse=True)
    assert walk(timeline, tuple(kinds), limit) == [e.id for e in whole if not kinds or e.kind in kinds]

    shared = [entry.id for entry in whole if entry.shared]
    hidden = data.draw(st.sets(st.sampled_from(shared))) if shared else set()
    for record in hidden:
        Sharing(both.noa).hide(record)
    assert walk(timeline, (), limit) == [e.id for e in whole if e.id not in hidden]
    assert {row.entry.id for row in Timeline(both.jules).page(limit=100).rows} >= set(shared)


def test_items_say_where_they_stand_and_whose_they_are(both: Both) -> None:
    own, mine, theirs = (
        Journal(both.noa).add("note", note("the window", 1)),
        shared_by(both.noa, "note", **note("the door", 2)),
        shared_by(both.jules, "note", **note("the stairs", 3)),
    )

    said = {
        row.entry.id: (row.entry.shared, row.entry.theirs, row.entry.author) for row in Timeline(both.noa).page().rows
    }

    assert said == {own: (False, False, NOA.id), mine: (True, False, NOA.id), theirs: (True, True, JULES.id)}
    assert {row.entry.id for row in Timeline(both.jules).page().rows} == {mine, theirs}


def test_nothing_private_of_one_is_found_by_the_other(both: Both) -> None:
    own = Journal(both.noa).add("note", note("a heron on the roof"))

    journal, timeline = Journal(both.jules), Timeline(both.jules)

    assert timeline.search("heron").rows == ()
    assert journal.counts() == {}
    assert journal.entry(own) is None
    for ask in (journal.record, timeline.open, lambda record: journal.resolve(record[:12])):
        with pytest.raises(RecordError) as refusal:
            ask(own)
        assert refusal.value.code is Code.UNKNOWN_RECORD


def test_one_search_ranks_both_spaces(both: Both) -> None:
    title = shared_by(both.jules, "life_marker", title="heron", at={"day": "2026-05-01"})
    long = Journal(both.noa).add("note", note("we saw it late, " * 40 + "perhaps a heron"))
    timeline = Timeline(both.noa)

    assert [row.entry.id for row in timeline.search("heron").rows] == [title, long]
    assert [row.entry.id for row in timeline.search("heron", kinds=("note",)).rows] == [long]
    Sharing(both.noa).hide(title)
    assert [row.entry.id for row in timeline.search("heron").rows] == [long]


def test_a_long_search_goes_on_in_both_spaces(both: Both) -> None:
    assert both.noa.shared is not None
    kinds = both.noa.kinds
    expected = set()
    for space, count in ((both.noa.space, CANDIDATES + 7), (both.noa.shared, CANDIDATES * 2 + 3)):
        with both.noa.change(space) as change:
            expected |= {change.put("note", kinds.parse("note", note(f"heron {n}", 1 + n % 28))) for n in range(count)}
    timeline = Timeline(both.noa)

    found: list[RecordId] = []
    below: Below | None = None
    for _ in range(4):
        page = timeline.search("heron", below=below)
        found += [row.entry.id for row in page.rows]
        below = page.below
        if below is None:
            break

    assert len(found) == len(set(found))
    assert set(found) == expected
    assert below is None


def test_counts_and_short_ids_reach_both(both: Both) -> None:
    own = Journal(both.noa).add("note", note("one"))
    theirs = shared_by(both.jules, "note", **note("two"))
    journal = Journal(both.noa)

    assert journal.counts() == {"note": 2}
    assert [journal.resolve(record[:31]) for record in (own, theirs)] == [own, theirs]
    with pytest.raises(RecordError):
        journal.resolve(own[:2])


def test_a_private_entry_may_link_to_a_shared_one(both: Both) -> None:
    thread = shared_by(both.jules, "injury", title="The station")

    trigger = Journal(both.noa).add("trigger", {"cue": "a platform", "peak": 5, "thread": thread})

    assert [(link.record, link.title) for link in Timeline(both.noa).open(trigger).links] == [(thread, "The station")]
    assert sum(Threads(both.noa).detail(thread).counts) == 1
    assert sum(Threads(both.jules).detail(thread).counts) == 0


def test_the_writer_edits_and_removes_and_the_other_does_neither(both: Both) -> None:
    record = shared_by(both.noa, "note", **note("the first words"))
    Journal(both.noa).edit(record, note("the second words"))
    assert getattr(Journal(both.jules).record(record).body, "body", "") == "the second words"

    theirs = Journal(both.jules)
    attempts: list[Callable[[], object]] = [
        lambda: theirs.edit(record, note("other words")),
        lambda: theirs.answer(record, body="other words"),
        lambda: theirs.remove(record),
    ]
    for attempt in attempts:
        with pytest.raises(RecordError) as refusal:
            attempt()
        assert refusal.value.code is Code.NOT_YOURS

    Journal(both.noa).remove(record)
    assert theirs.entry(record) is None
    assert len(theirs.history(record)) == 3


def test_shared_threads_stand_in_one_list_from_each_seat(both: Both) -> None:
    mine = shared_by(both.noa, "injury", title="The hospital", my_place="carries", story="It was late.", weight=7)
    theirs = shared_by(both.jules, "injury", title="The move", my_place="carries", story="Boxes everywhere.")
    own = Journal(both.noa).add("injury", {"title": "The messages", "my_place": "answers"})

    rows = {row.record: row for row in Threads(both.noa).list()}

    assert {record: (row.place, row.shared, row.theirs) for record, row in rows.items()} == {
        mine: ("carries", True, False),
        theirs: ("answers", True, True),
        own: ("answers", False, False),
    }
    with pytest.raises(RecordError) as refusal:
        Threads(both.noa).weigh(theirs, 3)
    assert refusal.value.code is Code.NOT_YOURS
    thread = Today(both.noa).state(EVENING).thread
    assert thread is not None
    assert thread.record == mine


def test_both_may_note_a_step_on_a_shared_thread(both: Both) -> None:
    thread = shared_by(both.noa, "injury", title="The hospital")
    options = [option.id for option in both.noa.content.list("path_steps").items]
    first = shared_by(both.noa, "path_step", thread=thread, step=options[0], happened="I told it.")
    second = Journal(both.jules).add("path_step", {"thread": thread, "step": options[1], "happened": "I listened."})

    assert [(step.record, step.theirs) for step in Threads(both.jules).detail(thread).notes] == [
        (first, True),
        (second, False),
    ]
    assert [step.record for step in Threads(both.noa).detail(thread).notes] == [first]


def test_the_course_of_a_weight_stays_whole_for_its_writer_alone(both: Both) -> None:
    thread = Journal(both.noa).add("injury", {"title": "The hospital", "weight": 9})
    Threads(both.noa).weigh(thread, 7)
    sharing = Sharing(both.noa)
    sharing.share(thread, sharing.preview(thread))
    Threads(both.noa).weigh(thread, 4)

    assert [value for _, value in Threads(both.noa).detail(thread).weights] == [9, 7, 4]
    assert [value for _, value in Threads(both.jules).detail(thread).weights] == [7, 4]
    assert len(Threads(both.noa).versions(thread)) == 4
    oldest = Threads(both.noa).versions(thread)[-1].revision
    assert Threads(both.noa).answers_at(thread, oldest)["weight"] == 9
    with pytest.raises(RecordError):
        Threads(both.jules).answers_at(thread, oldest)


def test_markers_of_both_stand_on_the_charts_and_numbers_of_one(both: Both) -> None:
    shared_by(both.jules, "life_marker", title="A new flat", at={"day": "2026-05-02"})
    Journal(both.noa).add("life_marker", {"title": "Exam", "at": {"day": "2026-05-01"}})
    days = (EVENING.date().toordinal() - 30, EVENING.date().toordinal())

    assert [marker.text for marker in trend_titles.markers(both.noa, *days)] == ["Exam", "A new flat"]
    assert [marker.text for marker in trend_titles.markers(both.noa, *days, own=True)] == ["Exam"]


def test_a_suggested_thread_may_be_shared(both: Both) -> None:
    thread = shared_by(both.jules, "injury", title="The station")
    for words in ("a delayed train tonight", "another delayed train"):
        Journal(both.noa).add("trigger", {"cue": words, "thread": thread})
    for words in ("a loud voice", "silence at dinner"):
        Journal(both.noa).add("trigger", {"cue": words})

    found = Triggers(both.noa).suggest("a delayed train again")

    assert found is not None
    assert (found.thread, found.title) == (thread, "The station")
