"""Filters over one space and two: every combination agrees with a plain look at each entry, pages are whole."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.reading import Place
from app.data.timeline_queries import Below
from app.domain.records import RecordId
from app.services.filtering import Filter, Filtering
from app.services.journal import Journal
from app.services.session import Session
from app.services.timeline import Timeline, TimelineRow


def _walk(timeline: Timeline, wanted: Filter, limit: int) -> list[TimelineRow]:
    found: list[TimelineRow] = []
    before: Place | None = None
    while True:
        page = timeline.page(wanted, before=before, limit=limit)
        found += page.rows
        if page.following is None:
            return found
        assert len(page.rows) == limit
        before = page.following


def _fill(session: Session) -> tuple[RecordId, list[RecordId]]:
    journal = Journal(session)
    thread = journal.add("injury", {"title": "The messages", "breach": ["lying"]})
    made = [thread]
    for number in range(24):
        at = {"day": f"2026-04-{1 + number // 3:02}"}
        answers: dict[str, object] = {"cue": f"a tone heron {number}", "peak": number % 10, "at": at}
        if number % 2:
            answers["emotions"] = ["fear"] if number % 4 == 1 else ["anger", "a word of mine"]
        if number % 3 == 0:
            answers["thread"] = thread
        made.append(journal.add("trigger", answers))
        made.append(journal.add("note", {"body": f"heron words {number}", "at": at}))
    return thread, made


@pytest.fixture
def filled(session: Session) -> tuple[Session, RecordId]:
    return session, _fill(session)[0]


def _holds(session: Session, row: TimelineRow, wanted: Filter) -> bool:
    """What the filter means, said without any index."""
    record = session.space.record(row.entry.id)
    assert record is not None
    emotions = getattr(record.body, "emotions", None) or ()
    linked = getattr(record.body, "thread", None)
    return (
        (not wanted.kinds or row.entry.kind in wanted.kinds)
        and (not wanted.tags or any(f"emotions:{word}" in wanted.tags for word in emotions))
        and (not wanted.threads or linked in wanted.threads or row.entry.id in wanted.threads)
        and (wanted.first is None or row.entry.day >= wanted.first)
        and (wanted.last is None or row.entry.day <= wanted.last)
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_combination_finds_what_a_look_at_each_entry_finds(
    filled: tuple[Session, RecordId], data: st.DataObject
) -> None:
    session, thread = filled
    timeline = Timeline(session)
    everything = timeline.page(limit=1000).rows
    days = sorted({row.entry.day for row in everything})
    wanted = Filter(
        kinds=tuple(data.draw(st.sets(st.sampled_from(("note", "trigger", "injury"))))),
        tags=tuple(data.draw(st.sets(st.sampled_from(("emotions:fear", "emotions:anger", "emotions:a word of mine"))))),
        threads=(thread,) if data.draw(st.booleans()) else (),
        first=data.draw(st.sampled_from([None, *days])),
        last=data.draw(st.sampled_from([None, *days])),
    )

    walked = _walk(timeline, wanted, data.draw(st.integers(1, 7)))

    expected = [row.entry.id for row in everything if _holds(session, row, wanted)]
    assert [row.entry.id for row in walked] == expected
    assert sum(count for _, count in timeline.outline(wanted)) == len(expected)
    found = {row.entry.id for row in timeline.search("heron", wanted).rows}
    titled = {row.entry.id for row in everything if "heron" in row.entry.title}
    assert found == titled & set(expected)
    asked = Filtering(session)
    assert asked.numbers(wanted) == asked.selection(wanted).numbers == asked.numbers(wanted)


def test_a_filtered_search_fills_its_pages_to_the_end(session: Session) -> None:
    with session.change() as change:
        note = session.kinds.parse("note", {"body": "corridor"})
        trigger = session.kinds.parse("trigger", {"cue": "corridor"})
        for number in range(600):
            change.put("trigger", trigger) if number % 2 else change.put("note", note)
    timeline = Timeline(session)
    sizes: list[int] = []
    seen: set[RecordId] = set()
    below: Below | None = None
    while True:
        page = timeline.search("corridor", Filter(kinds=("note",)), below=below)
        sizes.append(len(page.rows))
        seen |= {row.entry.id for row in page.rows}
        if page.below is None:
            break
        below = page.below
    assert sizes == [120, 120, 60]
    assert len(seen) == 300


def test_what_there_is_to_filter_by_is_told_with_counts(filled: tuple[Session, RecordId]) -> None:
    session, thread = filled

    present = Timeline(session).present()

    assert present.kinds == {"injury": 1, "note": 24, "trigger": 24}
    counts = {tag.key: (tag.count, tag.own) for tag in present.tags}
    assert counts["emotions:fear"] == (6, False)
    assert counts["emotions:a word of mine"] == (6, True)
    assert counts["breaches:lying"][0] == 1
    assert [(found.record, found.count) for found in present.threads] == [(thread, 9)]
    assert not present.together


def test_a_kept_answer_is_let_go_when_something_is_written(filled: tuple[Session, RecordId]) -> None:
    session, _ = filled
    filtering = Filtering(session)
    wanted = Filter(kinds=("note",), last=1 << 39)
    first = filtering.selection(wanted)
    assert filtering.selection(wanted) is first

    Journal(session).add("note", {"body": "one more"})

    assert len(filtering.selection(wanted).positions) == len(first.positions) + 1


def test_the_outline_has_every_day_newest_first(filled: tuple[Session, RecordId]) -> None:
    timeline = Timeline(filled[0])
    days = [row.entry.day for row in timeline.page(limit=1000).rows]
    assert timeline.outline() == tuple((day, days.count(day)) for day in dict.fromkeys(days))
