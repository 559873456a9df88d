"""Releases: only what is listed can leave, only whole weeks that are over, and taking back takes everything back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data import keeping
from app.domain.errors import Code, RecordError
from app.domain.released import COUNTED_KINDS, RELEASABLE, ROWS, Release, ReleasedWeeks, Stream
from app.insights.series import monday_of
from app.services.session import Session
from app.services.streams import Streams, source_of
from tests.fixtures.both import Both
from tests.fixtures.session import shipped_content
from tests.fixtures.weeks import MONDAY, TODAY, weeks, write

LISTED = {
    "felt_safety", "trust", "are.accessible", "are.responsive", "are.engaged", "mirror.accessible",
    "mirror.responsive", "mirror.engaged", "ritual.done", "commitment.kept", "boundary.kept", "conversation.count",
}  # fmt: skip
FELT = Release(Stream.FELT_SAFETY, 1)


def seen(session: Session, release: Release = FELT, today: int = TODAY) -> dict[int, float]:
    """The weeks of the first line."""
    rows = Streams(session).preview(release, today).rows
    return dict(zip(rows[0].mondays, rows[0].values, strict=True)) if rows else {}


def test_of_every_declared_measure_only_the_listed_ones_have_a_way_out() -> None:
    declared = {
        (kind.id, field.measure): kind.sharing
        for kind in shipped_content().kinds.values()
        for field in kind.fields
        if field.measure is not None
    }
    assert len(declared) > 50
    out = {measure for _, measure in declared if measure in RELEASABLE}
    assert out == RELEASABLE == LISTED
    never = {measure for (_, measure), sharing in declared.items() if sharing == "never"}
    assert {name for name in never if name.startswith("risk.")} and never.isdisjoint(RELEASABLE)
    assert not any(name.startswith(("risk.", "score.", "injury.", "style.")) for name in RELEASABLE)
    assert {"trigger"} == COUNTED_KINDS
    private = {
        field.measure for kind in shipped_content().kinds.values() for field in kind.fields if field.private_only
    }
    assert private.isdisjoint(RELEASABLE)


def test_every_stream_has_its_lines_and_their_scale_is_the_declared_one() -> None:
    tops = {
        field.measure: 10 if field.type.value == "scale_0_10" else 4
        for kind in shipped_content().kinds.values()
        for field in kind.fields
        if field.is_scale
    }
    assert set(ROWS) == set(Stream)
    for row in (row for rows in ROWS.values() for row in rows if not row.counted):
        assert row.top == tops[row.measure], row


def test_nothing_is_let_out_unless_chosen(session: Session) -> None:
    weeks(session, 3)
    assert Streams(session).released() == ()


def test_a_week_is_seen_when_it_is_over_and_has_three_days(session: Session) -> None:
    weeks(session, 2, value=6)
    for day in range(2):
        write(session, "checkin", MONDAY - 21 + day, felt_safety=1)
    for day in range(4):
        write(session, "checkin", MONDAY + day, felt_safety=1)

    assert seen(session) == {MONDAY - 14: 6.0, MONDAY - 7: 6.0}
    assert MONDAY not in seen(session, today=MONDAY + 6)
    assert seen(session, today=MONDAY + 7)[MONDAY] == 1.0


def test_a_day_counts_once_however_often_it_was_written(session: Session) -> None:
    for value in (0, 10):
        write(session, "checkin", MONDAY - 7, felt_safety=value)
    assert seen(session) == {}
    for day in (1, 2):
        write(session, "checkin", MONDAY - 7 + day, felt_safety=8)
    assert seen(session) == {MONDAY - 7: pytest.approx(7.0)}


def test_only_weeks_wholly_inside_the_range_are_seen(session: Session) -> None:
    weeks(session, 4, days=7)
    inside = Release(Stream.FELT_SAFETY, MONDAY - 27, MONDAY - 2)
    assert set(seen(session, inside)) == {MONDAY - 21, MONDAY - 14}
    assert seen(session, Release(Stream.FELT_SAFETY, MONDAY - 20, MONDAY - 9)) == {}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(st.tuples(st.integers(0, 41), st.integers(0, 10)), max_size=30),
    start=st.integers(-5, 45),
    length=st.none() | st.integers(0, 45),
)
def test_what_lies_outside_or_below_three_days_never_appears(
    pair: Callable[[], Both], written: list[tuple[int, int]], start: int, length: int | None
) -> None:
    session = pair().noa
    begin = MONDAY - 35
    for day, value in written:
        if begin + day <= TODAY:
            write(session, "checkin", begin + day, felt_safety=value)
    first, last = begin + start, None if length is None else begin + start + length

    by_week: dict[int, dict[int, list[int]]] = {}
    for day, value in written:
        if begin + day <= TODAY:
            by_week.setdefault(monday_of(begin + day), {}).setdefault(begin + day, []).append(value)
    expected = {
        monday: fmean(fmean(values) for values in days.values())
        for monday, days in by_week.items()
        if len(days) >= 3 and monday >= first and monday + 6 < TODAY and (last is None or monday + 6 <= last)
    }

    found = seen(session, Release(Stream.FELT_SAFETY, first, last))
    assert set(found) == set(expected)
    assert all(found[monday] == pytest.approx(expected[monday]) for monday in expected)


def test_what_was_written_looking_back_does_not_count(session: Session) -> None:
    for day in range(3):
        with session.change() as change:
            date = f"2026-05-0{4 + day}"
            change.put("checkin", session.kinds.parse("checkin", {"felt_for_date": date, "felt_safety": 2}))
    assert seen(session) == {}


def test_alarms_are_counted_where_three_days_were_written_and_none_is_a_value(session: Session) -> None:
    weeks(session, 2)
    for hour in range(2):
        write(session, "trigger", MONDAY - 7 + hour, cue="a closed door", peak=8)
    write(session, "trigger", MONDAY - 21, cue="alone in its week")

    assert seen(session, Release(Stream.TRIGGERS, 1)) == {MONDAY - 14: 0.0, MONDAY - 7: 2.0}


def test_of_deeds_a_week_without_any_is_not_there(session: Session) -> None:
    weeks(session, 2)
    with session.change() as change:
        ritual = change.put("ritual", session.kinds.parse("ritual", {"title": "Tea at nine"}))
    write(session, "ritual_completion", MONDAY - 7, ritual=ritual, outcome="done")
    write(session, "ritual_completion", MONDAY - 14, ritual=ritual, outcome="open")

    assert seen(session, Release(Stream.RITUALS, 1)) == {MONDAY - 7: 1.0}


def test_a_later_release_takes_the_place_of_the_one_before(session: Session) -> None:
    streams = Streams(session)
    streams.release(Stream.TRUST, MONDAY - 70)
    streams.release(Stream.FELT_SAFETY, MONDAY - 70)
    streams.release(Stream.TRUST, MONDAY - 14, MONDAY - 1)

    assert streams.released() == (
        Release(Stream.FELT_SAFETY, MONDAY - 70),
        Release(Stream.TRUST, MONDAY - 14, MONDAY - 1),
    )


def test_a_range_that_ends_before_it_begins_is_refused(session: Session) -> None:
    with pytest.raises(RecordError) as refused:
        Streams(session).release(Stream.TRUST, MONDAY, MONDAY - 1)
    assert refused.value.code is Code.INVALID_RECORD
    assert Streams(session).released() == ()


def test_taking_back_leaves_no_trace_and_no_byte_of_the_shared_file_moves(both: Both) -> None:
    weeks(both.noa, 3)
    before = both.shared_bytes()
    settings_before = keeping.setting_keys(both.noa.connection, "")
    streams = Streams(both.noa)
    for stream in Stream:
        streams.release(stream, 1)
    assert len(streams.released()) == len(Stream)
    for stream in Stream:
        streams.withdraw(stream)

    assert streams.released() == ()
    assert keeping.setting_keys(both.noa.connection, "") == settings_before
    assert both.shared_bytes() == before


def test_the_choice_survives_making_the_lists_again(session: Session) -> None:
    streams = Streams(session)
    streams.release(Stream.ARE, MONDAY - 28)
    session.space.rebuild()
    assert streams.released() == (Release(Stream.ARE, MONDAY - 28),)


def test_a_choice_is_no_entry_of_the_journal(session: Session) -> None:
    Streams(session).release(Stream.ARE, MONDAY - 28)
    assert session.connection.execute("SELECT count(*) FROM record").fetchone()[0] == 0


def test_nothing_is_released_while_something_marks_danger(session: Session) -> None:
    write(session, "fear_note", TODAY, afraid="often")
    streams = Streams(session)
    with pytest.raises(RecordError) as refused:
        streams.release(Stream.FELT_SAFETY, 1)
    assert (refused.value.code, refused.value.detail["reason"]) == (Code.NOT_SHAREABLE, "safety")
    assert streams.released() == ()


def test_each_person_counts_for_what_they_wrote_in_the_space_for_two(both: Both) -> None:
    weeks(both.noa, 1)
    weeks(both.jules, 1)
    for session, outcome in ((both.noa, "kept"), (both.jules, "not_kept")):
        assert session.shared is not None
        with session.change(session.shared) as change:
            promise = change.put("commitment", session.kinds.parse("commitment", {"wording": "I call at noon."}))
            kept = {"commitment": promise, "at": "2026-05-05", "outcome": outcome}
            change.put("commitment_event", session.kinds.parse("commitment_event", kept))

    release = Release(Stream.COMMITMENTS, 1)
    assert [row.values for row in source_of(both.noa).weeks(release, TODAY).rows] == [(1.0,)]
    assert source_of(both.jules).weeks(release, TODAY).rows == ()


def test_weeks_come_in_order_and_carry_neither_range_nor_days() -> None:
    assert set(ReleasedWeeks.__struct_fields__) == {"stream", "rows"}


def test_lines_are_oldest_first(session: Session) -> None:
    weeks(session, 5)
    mondays = tuple(seen(session))
    assert all(earlier < later for earlier, later in pairwise(mondays)) and len(mondays) == 5


def test_one_trigger_can_be_chosen_and_let_go(session: Session) -> None:
    streams = Streams(session)
    record = write(session, "trigger", MONDAY, cue="a closed door", peak=7)
    streams.choose_trigger(record)
    assert streams.chosen_trigger() == record
    streams.choose_trigger(None)
    assert streams.chosen_trigger() is None


def test_what_is_no_trigger_cannot_be_chosen(session: Session) -> None:
    note = write(session, "note", MONDAY, body="mine")
    with pytest.raises(RecordError) as refused:
        Streams(session).choose_trigger(note)
    assert refused.value.code is Code.UNKNOWN_RECORD
