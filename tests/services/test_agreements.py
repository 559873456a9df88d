"""Agreements: drafted, marked by both, looked at, let rest and let go; and what each noted of how they went."""

from __future__ import annotations

import datetime as dt
import time

import msgspec
import pytest

from app.domain.errors import Code, RecordError
from app.domain.kinds.agreement import Mark
from app.domain.records import Clock, RecordId
from app.services.agreement_notes import AgreementNotes
from app.services.agreement_rows import Row, Standing
from app.services.agreements import Agreements
from app.services.journal import Journal
from app.services.session import Session
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING

FIRST = {"wording": "We ring when we are late.", "why": "Silence is loud."}
TODAY = EVENING.date()


def mark(session: Session, record: RecordId, freely: str = "") -> None:
    agreements = Agreements(session)
    agreements.mark(record, agreements.detail(record).hash, freely=freely)


def agreed(both: Both, **answers: object) -> RecordId:
    record = Agreements(both.noa).begin({**FIRST, **answers})
    for session in (both.noa, both.jules):
        mark(session, record)
    return record


def row(session: Session, record: RecordId) -> Row:
    return next(row for row in Agreements(session).rows() if row.record == record)


def standings(both: Both, record: RecordId) -> tuple[Standing, Standing]:
    return row(both.noa, record).standing, row(both.jules, record).standing


def test_a_draft_is_proposed_by_the_first_mark_and_agreed_by_the_second(both: Both) -> None:
    record = Agreements(both.noa).begin(FIRST)
    assert standings(both, record) == (Standing.DRAFT, Standing.DRAFT)

    mark(both.noa, record)
    assert standings(both, record) == (Standing.PROPOSED, Standing.PROPOSED)
    assert (row(both.noa, record).waits_for_me, row(both.noa, record).waits_for_other) == (False, True)
    assert (row(both.jules, record).waits_for_me, row(both.jules, record).waits_for_other) == (True, False)

    mark(both.jules, record)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)
    assert all(owner.marked for owner in row(both.noa, record).owners)


def test_two_marks_verify_against_exactly_the_text_shown(both: Both) -> None:
    record = agreed(both)
    shown = Agreements(both.jules).detail(record)

    assert [line.at_ms is not None for line in shown.marks] == [True, True]
    assert shown.answers["wording"] == shown.versions[0].words == FIRST["wording"]
    assert shown.doubts == ()
    with pytest.raises(RecordError) as refusal:
        Agreements(both.jules).mark(record, "0" * 64)
    assert refusal.value.code is Code.STALE_REVISION


@pytest.mark.parametrize("marker", [0, 1])
def test_one_changed_character_of_a_stored_agreement_is_found_and_named(both: Both, marker: int) -> None:
    record = agreed(both)
    assert both.noa.shared is not None
    revision = Agreements(both.noa).detail(record).versions[0].marks[marker]
    assert revision.at_ms
    made = Agreements(both.noa)._marks.state(record).current.marks[marker].revision
    both.noa.shared.connection.execute(
        "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), 'late', 'lat3') AS BLOB) WHERE id = ?", (made,)
    )

    found = both.noa.shared.verify()

    assert made in found.broken
    assert not found.clean


def test_a_change_begins_a_version_that_both_mark_and_the_one_before_stays(both: Both) -> None:
    record = agreed(both)
    before = Agreements(both.jules).detail(record)
    Agreements(both.jules).reword(
        record, {**FIRST, "wording": "We ring before we are late.", "reason": "After is no warning."}
    )
    assert standings(both, record) == (Standing.DRAFT, Standing.DRAFT)
    mark(both.jules, record)
    assert row(both.noa, record).waits_for_me

    mark(both.noa, record)

    versions = Agreements(both.noa).detail(record).versions
    assert [(one.number, one.current, one.words, one.reason) for one in versions] == [
        (2, True, "We ring before we are late.", "After is no warning."),
        (1, False, FIRST["wording"], ""),
    ]
    assert versions[1].agreed_ms is not None
    assert len(versions[1].marks) == len(before.marks)


def test_words_that_changed_while_one_was_writing_are_not_overwritten(both: Both) -> None:
    record = agreed(both)
    shown = Agreements(both.noa).detail(record)
    Agreements(both.jules).reword(record, {**FIRST, "wording": "Other words."}, based_on=shown.head)

    with pytest.raises(RecordError) as refusal:
        Agreements(both.noa).reword(record, FIRST, based_on=shown.head)

    assert refusal.value.code is Code.STALE_REVISION


def test_a_mark_can_be_taken_back(both: Both) -> None:
    record = agreed(both)
    Agreements(both.noa).withdraw(record)
    assert standings(both, record) == (Standing.PROPOSED, Standing.PROPOSED)
    assert row(both.noa, record).waits_for_me


def test_whether_one_could_have_said_no_never_reaches_the_shared_file(both: Both) -> None:
    record = agreed(both)
    mark(both.jules, record, freely="not_sure")
    Agreements(both.jules)._say_freely(record, "not_sure")

    assert Agreements(both.jules).detail(record).freely == "not_sure"
    assert Agreements(both.noa).detail(record).freely == ""
    assert both.noa.shared is not None
    bodies = both.noa.shared.connection.execute("SELECT CAST(body AS TEXT) FROM revision").fetchall()
    assert not any("not_sure" in body[0] for body in bodies)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)


def test_resting_is_for_either_and_rewords_nothing(both: Both) -> None:
    record = agreed(both)
    Agreements(both.jules).pause(record)
    assert standings(both, record) == (Standing.PAUSED, Standing.PAUSED)
    Agreements(both.noa).resume(record)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)


def test_letting_go_needs_both(both: Both) -> None:
    record = agreed(both)
    assert Agreements(both.noa).let_go(record, "It became a rule.") is False
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)
    assert row(both.jules, record).waits_for_me
    assert Agreements(both.jules).detail(record).other_lets_go

    assert Agreements(both.jules).let_go(record) is True

    assert standings(both, record) == (Standing.RETIRED, Standing.RETIRED)
    assert not row(both.noa, record).current
    assert Agreements(both.noa).detail(record).answers["reason"] == "It became a rule."


def test_letting_go_can_be_taken_back_and_undone(both: Both) -> None:
    record = agreed(both)
    Agreements(both.noa).let_go(record)
    Agreements(both.noa).keep(record)
    assert not row(both.jules, record).waits_for_me
    for session in (both.noa, both.jules):
        Agreements(session).let_go(record)
    Agreements(both.jules).resume(record)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)


def test_nobody_retires_it_alone_nor_says_so_for_the_other(both: Both) -> None:
    record = agreed(both)
    day = {"day": TODAY.isoformat()}
    told = {both.noa.person.id: day, both.jules.person.id: day}
    Journal(both.noa).answer(record, state="retired", lets_go=told, looked=told)
    assert standings(both, record) == (Standing.AGREED, Standing.AGREED)
    assert not Agreements(both.jules).detail(record).looked_by_me


def test_a_look_needs_both_and_then_sets_the_next_day(both: Both) -> None:
    day = TODAY - dt.timedelta(days=1)
    record = agreed(both, next_look={"day": day.isoformat()})
    assert [one.record for one in Agreements(both.noa).due()] == [record]

    assert Agreements(both.noa).still_right(record) is False
    assert Agreements(both.noa).due() == ()
    assert [one.record for one in Agreements(both.jules).due()] == [record]

    assert Agreements(both.jules).still_right(record) is True
    after = row(both.noa, record)
    assert after.next_look is not None
    assert after.next_look > TODAY.toordinal() + 13
    assert (after.standing, after.due) == (Standing.AGREED, False)


def test_alone_one_mark_is_all_and_nothing_waits_for_anybody(session: Session) -> None:
    record = Agreements(session).begin(FIRST)
    mark(session, record)
    only = row(session, record)
    assert (only.standing, only.waits_for_other, len(only.owners)) == (Standing.AGREED, False, 1)
    assert Agreements(session).let_go(record) is True
    assert row(session, record).standing is Standing.RETIRED


def test_where_danger_is_marked_a_new_one_is_ones_own_alone(both: Both) -> None:
    kind = both.noa.kinds.declared("injury")
    harm = next(option.id for field in kind.fields for option in field.options if option.safety)
    name = next(field.id for field in kind.fields if any(option.id == harm for option in field.options))
    assert Agreements(both.noa).for_two()
    Journal(both.noa).add("injury", {"title": "That night", name: [harm]})

    assert not Agreements(both.noa).for_two()
    record = Agreements(both.noa).begin(FIRST)

    assert both.noa.space_of(record) is both.noa.space
    assert [one.record for one in Agreements(both.jules).rows()] == []
    mark(both.noa, record)
    assert row(both.noa, record).standing is Standing.AGREED


# ------------------------------------------------------------------------------------------------------- occasions


def at(days_ago: int = 0) -> dict[str, object]:
    return {"at": {"day": (TODAY - dt.timedelta(days=days_ago)).isoformat()}}


def test_each_writes_their_own_reading_and_nobody_edits_the_others(both: Both) -> None:
    record = agreed(both)
    noted = AgreementNotes(both.noa).note(record, {**at(), "outcome": "crossed", "note": "Twenty past."})

    with pytest.raises(RecordError) as refusal:
        Journal(both.jules).answer(noted, outcome="honoured")
    assert refusal.value.code is Code.NOT_YOURS
    with pytest.raises(RecordError):
        AgreementNotes(both.jules).settle(noted)
    AgreementNotes(both.jules).read(noted, {"outcome": "honoured", "note": "Inside the wording."})

    for session in (both.noa, both.jules):
        detail = Agreements(session).detail(record)
        (line,) = detail.occasions
        assert (line.words, line.other_words) == ("Twenty past.", "Inside the wording.")
        assert line.occasion.open_between
        assert detail.weeks[-1].mark is Mark.DIFFERENT
        assert detail.held.of == 0
    assert Agreements(both.noa).detail(record).occasions[0].mine == noted


def test_what_is_seen_differently_counts_again_when_both_let_it_rest(both: Both) -> None:
    record = agreed(both)
    noted = AgreementNotes(both.noa).note(record, {**at(), "outcome": "crossed"})
    theirs = AgreementNotes(both.jules).read(noted, {"outcome": "honoured"})
    AgreementNotes(both.noa).settle(noted)
    assert Agreements(both.noa).detail(record).occasions[0].occasion.open_between
    AgreementNotes(both.jules).settle(theirs)
    assert not Agreements(both.noa).detail(record).occasions[0].occasion.open_between
    assert Agreements(both.noa).detail(record).held.of == 0  # they rest side by side; neither decided

    AgreementNotes(both.jules).read(noted, {"outcome": "crossed", "settled": "yes"})
    assert [line.occasion.mark for line in Agreements(both.noa).detail(record).occasions] == [Mark.CROSSED]


def test_a_reading_said_anew_stays_one(both: Both) -> None:
    record = agreed(both)
    noted = AgreementNotes(both.noa).note(record, {**at(), "outcome": "crossed"})
    for outcome in ("honoured", "unclear"):
        AgreementNotes(both.jules).read(noted, {"outcome": outcome})
    (line,) = Agreements(both.noa).detail(record).occasions
    assert line.occasion.other is not None
    assert line.occasion.other.outcome == "unclear"
    with pytest.raises(RecordError) as refusal:
        AgreementNotes(both.noa).read(noted, {"outcome": "honoured"})
    assert refusal.value.code is Code.NOT_YOURS


def test_weeks_say_what_was_not_noted_and_no_share_stands_below_five(both: Both) -> None:
    record = agreed(both)
    for weeks_ago, outcome in ((0, "honoured"), (2, "crossed"), (3, "strained"), (4, "unclear")):
        AgreementNotes(both.noa).note(record, {**at(7 * weeks_ago), "outcome": outcome})

    detail = Agreements(both.jules).detail(record)

    assert [week.mark for week in detail.weeks] == [
        Mark.UNCLEAR, Mark.STRAINED, Mark.CROSSED, Mark.NONE, Mark.KEPT,
    ]  # fmt: skip
    assert (detail.held.held, detail.held.of, detail.held.share) == (2, 3, None)
    for _ in range(2):
        AgreementNotes(both.jules).note(record, {**at(), "outcome": "honoured"})
    assert Agreements(both.jules).detail(record).held.share == pytest.approx(4 / 5)


def test_hidden_ones_are_in_no_list(both: Both) -> None:
    from app.services.sharing import Sharing

    record = agreed(both)
    Sharing(both.jules).hide(record)
    assert Agreements(both.jules).rows() == ()
    assert len(Agreements(both.noa).rows()) == 1


def test_two_hundred_agreements_and_ten_thousand_occasions_are_listed_fast(both: Both) -> None:
    session = both.noa
    assert session.shared is not None
    kinds, me = session.kinds, session.person.id
    day_ms = 86_400_000
    begin_ms = int(EVENING.timestamp() * 1000) - 365 * day_ms
    with session.change(session.shared) as change:
        change.at(Clock(wall_ms=lambda: begin_ms))
        records = []
        for number in range(200):
            body = kinds.parse("boundary", {"wording": f"Words of number {number}.", "why": "Since it matters."})
            record = change.put("boundary", body)
            change.put("boundary", msgspec.structs.replace(body, marks={me: EVENING.isoformat()}), record=record)
            change.put("boundary", msgspec.structs.replace(body, wording=f"Anew {number}."), record=record)
            records.append(record)
        for number in range(10_000):
            day = TODAY - dt.timedelta(days=number % 360)
            answers = {"boundary": records[number % 200], "at": {"day": day.isoformat()}, "outcome": "honoured"}
            change.put("boundary_occasion", kinds.parse("boundary_occasion", answers))
    agreements = Agreements(session)
    agreements.rows()
    listed, opened = [], []
    for _ in range(5):
        began = time.process_time()
        rows = agreements.rows()
        listed.append(time.process_time() - began)
        began = time.process_time()
        agreements.detail(rows[0].record)
        opened.append(time.process_time() - began)

    assert len(rows) == 200
    assert min(listed) + min(opened) < 0.05, (min(listed), min(opened))
