"""What belongs to a thread beside its path: other entries, a month of triggers, the words that are looked for."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from app.services.journal import Journal
from app.services.marks import Marks
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.threads import Threads
from tests.fixtures.both import Both


def test_everything_else_that_links_to_a_thread_belongs_to_it_newest_first(session: Session) -> None:
    journal, thread = Journal(session), Threads(session).begin("The night")
    other = Threads(session).begin("Another")
    setback = journal.add("setback", {"at": {"day": "2026-05-02"}, "happened": "Again.", "thread": thread})
    lesson = journal.add("template", {"title": "At home", "thread": thread})
    journal.add("letter", {"body": "Elsewhere.", "thread": other})
    journal.add("trigger", {"cue": "a tone", "thread": thread})
    journal.add("new_experience", {"happened": "Rang.", "thread": thread})

    found = Threads(session).detail(thread).belongings

    assert [(one.record, one.kind, one.title) for one in found] == [
        (lesson, "template", "At home"), (setback, "setback", "Again."),
    ]  # fmt: skip


def test_a_story_told_by_two_stands_in_both_threads_with_its_wordings_and_marks(both: Both) -> None:
    sharing, thread = Sharing(both.noa), Threads(both.noa).begin("The night")
    sharing.share(thread, sharing.preview(thread))
    story = Journal(both.noa).add("joint_narrative", {"title": "Ours", "happened": "Eleven calls.", "thread": thread})
    Journal(both.jules).edit(story, {"title": "Ours", "happened": "Eleven calls, one coat.", "thread": thread})
    for session in (both.noa, both.jules):
        marks = Marks(session)
        marks.mark(story, marks.state(story).current.hash)

    seen = {name: Threads(s).detail(thread).belongings[0] for name, s in (("noa", both.noa), ("jules", both.jules))}

    assert [(one.shared, one.theirs, one.wordings, one.standing) for one in seen.values()] == [
        (True, False, 2, "agreed"), (True, True, 2, "agreed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "for_two"),
    [({}, True), ({"relation": "partner"}, True), ({"relation": "parent"}, False), ({"breach": ["abuse"]}, False)],
)
def test_nothing_for_two_is_begun_beside_danger_or_somebody_else(
    couple: Session, answers: dict[str, object], for_two: bool
) -> None:
    thread = Journal(couple).add("injury", {"title": "The night", **answers})

    offered = Threads(couple).detail(thread).offered

    assert ("joint_narrative" in offered, "conversation" in offered, "trust_revival" in offered) == (for_two,) * 3
    assert {"letter", "setback", "template"} <= set(offered)


def test_the_triggers_of_a_month_are_those_counted_in_it(session: Session) -> None:
    journal, threads = Journal(session), Threads(session)
    thread = threads.begin("The night")
    for day, peak in (("2026-03-31", 4), ("2026-04-01", 6), ("2026-04-30", None), ("2026-05-01", 3)):
        strength = {} if peak is None else {"peak": peak}
        journal.add("trigger", {"at": {"day": day}, "cue": f"on {day}", "thread": thread, **strength})

    april = threads.month(thread, dt.date(2026, 4, 1).toordinal())

    assert [(one.title, one.peak) for one in april] == [("on 2026-04-30", None), ("on 2026-04-01", 6)]


def test_a_thread_is_found_by_any_word_written_of_it(session: Session) -> None:
    threads, journal = Threads(session), Journal(session)
    night = journal.add("injury", {"title": "The night", "story": "Eleven calls from the corridor."})
    journal.add("injury", {"title": "The messages", "meaning": "Tender things are said elsewhere."})
    journal.add("note", {"body": "A corridor in another place."})

    assert threads.found("corrid") == {night}
    assert threads.found("corridor eleven") == {night}
    assert threads.found("") == threads.found("( ") == frozenset()


def test_two_hundred_threads_are_listed_in_a_moment(session: Session) -> None:
    kinds = session.kinds
    with session.change() as change:
        for number in range(200):
            thread = change.put(
                "injury", kinds.parse("injury", {"title": f"Thread {number}", "story": "A story. " * 40})
            )
            for step in ("tell", "guard"):
                note = {"thread": thread, "step": step, "at": {"day": "2026-05-01"}, "happened": "Said."}
                change.put("path_step", kinds.parse("path_step", note))
    threads = Threads(session)

    def took_s() -> float:
        began_s = time.perf_counter()
        rows = threads.list()
        assert len(rows) == 200
        assert {row.step for row in rows} == {2}
        return time.perf_counter() - began_s

    assert min(took_s() for _ in range(3)) < 0.15
