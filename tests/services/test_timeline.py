"""The timeline: pages without gaps or repeats, filters, searches with where they were found, one entry opened."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.reading import Place
from app.data.search import CANDIDATES
from app.domain.errors import RecordError
from app.domain.records import RecordId
from app.services.journal import Journal
from app.services.session import Session
from app.services.timeline import Timeline

KINDS = ("note", "trigger", "life_marker")


def _write(session: Session, kind: str, day: int) -> RecordId:
    answers: dict[str, dict[str, object]] = {
        "note": {"body": "words"},
        "trigger": {"cue": "a tone", "peak": 6},
        "life_marker": {"title": "a move"},
    }
    at = {"day": f"2026-04-{day:02}"}
    return Journal(session).add(kind, {**answers[kind], "at": at})


def _walk(timeline: Timeline, kinds: tuple[str, ...], limit: int) -> list[RecordId]:
    found: list[RecordId] = []
    before: Place | None = None
    while True:
        page = timeline.page(kinds=kinds, before=before, limit=limit)
        found += [row.entry.id for row in page.rows]
        if page.following is None:
            return found
        before = page.following


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 5)), max_size=12),
    kinds=st.sets(st.sampled_from(KINDS)),
    limit=st.integers(1, 4),
)
def test_pages_of_any_size_give_every_entry_once_and_in_order(
    session: Session, written: list[tuple[str, int]], kinds: set[str], limit: int
) -> None:
    for kind, day in written:
        _write(session, kind, day)
    timeline = Timeline(session)

    walked = _walk(timeline, tuple(kinds), limit)
    whole = [row.entry for row in timeline.page(limit=10_000).rows if not kinds or row.entry.kind in kinds]

    assert walked == [entry.id for entry in whole]
    assert whole == sorted(whole, key=lambda e: (e.day, e.instant_ms, e.number), reverse=True)


def test_rows_bring_their_numbers(session: Session) -> None:
    Journal(session).add("trigger", {"cue": "a tone", "peak": 6, "after": 2})
    Journal(session).add("trigger", {"at": {"day": "2026-05-01"}})

    rows = Timeline(session).page().rows

    assert [row.measures for row in rows] == [{"trigger.peak": 6.0, "trigger.after": 2.0}, {}]


def test_a_search_can_be_kept_to_some_kinds(session: Session) -> None:
    journal = Journal(session)
    note = journal.add("note", {"body": "the corridor again"})
    trigger = journal.add("trigger", {"cue": "a corridor", "peak": 4})
    timeline = Timeline(session)

    assert {row.entry.id for row in timeline.search("corridor").rows} == {note, trigger}
    assert [row.entry.id for row in timeline.search("corridor", kinds=("note",)).rows] == [note]
    assert timeline.search("staircase").rows == ()


def test_older_matches_follow_and_none_comes_twice(session: Session) -> None:
    with session.change() as change:
        body = session.kinds.parse("note", {"body": "corridor"})
        for _ in range(CANDIDATES + 30):
            change.put("note", body)
    timeline = Timeline(session)

    first = timeline.search("corridor")
    second = timeline.search("corridor", below=first.below)

    assert (len(first.rows), len(second.rows)) == (CANDIDATES, 30)
    assert first.has_more
    assert not second.has_more
    assert len({row.entry.id for row in (*first.rows, *second.rows)}) == CANDIDATES + 30


def test_a_match_in_chosen_answers_is_told_apart_from_ones_own_words(session: Session) -> None:
    journal = Journal(session)
    chosen = journal.add("trigger", {"cue": "a tone", "move": ["withdraw"]})
    own = journal.add("trigger", {"cue": "I saw him withdraw"})

    tagged = {row.entry.id: row.tagged for row in Timeline(session).search("withdraw").rows}

    assert tagged == {chosen: True, own: False}


def test_an_opened_entry_names_what_it_links_to(session: Session) -> None:
    journal = Journal(session)
    thread = journal.add("injury", {"title": "The messages"})
    trigger = journal.add("trigger", {"cue": "a tone", "thread": thread})
    timeline = Timeline(session)

    opened = timeline.open(trigger)

    assert opened.answers["cue"] == "a tone"
    assert [(link.field, link.record, link.title) for link in opened.links] == [("thread", thread, "The messages")]
    journal.remove(thread)
    assert timeline.open(trigger).links == ()
    with pytest.raises(RecordError):
        timeline.open(thread)


def test_an_entry_without_words_is_known_by_what_it_belongs_to(session: Session) -> None:
    journal = Journal(session)
    boundary = journal.add("boundary", {"wording": "We knock first."})
    occasion = journal.add("boundary_occasion", {"boundary": boundary, "outcome": "honoured"})
    told = journal.add("boundary_occasion", {"boundary": boundary, "outcome": "honoured", "note": "Twice."})
    thread = journal.add("injury", {"title": "That evening"})
    step = journal.add("path_step", {"thread": thread, "step": "tell"})

    about = {row.entry.id: row.about for row in Timeline(session).page().rows}

    assert about[occasion] == "We knock first."
    assert about[told] == about[step] == about[boundary] == ""
