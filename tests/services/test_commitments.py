"""Promises: whose they are, how they went, what the other noticed; and that nobody can watch over the other's."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from app.domain.errors import Code, RecordError
from app.domain.kinds.agreement import Mark
from app.domain.records import RecordId
from app.services.agreement_rows import Standing
from app.services.commitments import MARKS, Commitments, Went
from app.services.journal import Journal
from app.services.own_promises import ANOTHERS, Seat, seats_of
from app.services.session import Session
from tests.fixtures.both import JULES, NOA, Both


def _promise(session: Session, words: str = "I say so before.", **answers: object) -> RecordId:
    return Journal(session).add("commitment", {"wording": words, "state": "active", **answers})


def _refused(act: Callable[[], object]) -> tuple[Code, object]:
    with pytest.raises(RecordError) as refusal:
        act()
    return refusal.value.code, refusal.value.detail.get("reason")


# ---------------------------------------------------------------------------------------------- nobody watches over


def test_nobody_says_how_the_others_promise_went(both: Both) -> None:
    promise = _promise(both.jules, who=[JULES.id])
    mine = Commitments(both.noa)

    for went in Went:
        assert _refused(lambda went=went: mine.note(promise, went)) == (Code.NOT_YOURS, None)
    by_form = {"commitment": promise, "outcome": "not_kept"}
    assert _refused(lambda: Journal(both.noa).add("commitment_event", by_form)) == (Code.NOT_YOURS, None)
    assert Commitments(both.jules).detail(promise).events == ()


def test_a_note_on_ones_own_promise_cannot_be_moved_to_the_others(both: Both) -> None:
    theirs, own = _promise(both.jules), _promise(both.noa)
    event = Commitments(both.noa).note(own, Went.KEPT)

    assert _refused(lambda: Journal(both.noa).answer(event, commitment=theirs)) == (Code.NOT_YOURS, None)


def test_nobody_promises_in_the_others_name_or_rewords_what_they_promised(both: Both) -> None:
    named = {"wording": "Come home by six.", "who": [JULES.name]}
    assert _refused(lambda: Journal(both.noa).add("commitment", named)) == (Code.INVALID_RECORD, ANOTHERS)

    promise = _promise(both.jules)
    assert _refused(lambda: Journal(both.noa).answer(promise, wording="By five.")) == (Code.NOT_YOURS, None)
    assert _refused(lambda: Commitments(both.noa).stand(promise, "released")) == (Code.NOT_YOURS, None)
    assert _refused(lambda: Commitments(both.noa).look_on(promise, dt.date(2026, 6, 1))) == (Code.NOT_YOURS, None)
    own = _promise(both.noa)
    assert _refused(lambda: Journal(both.noa).answer(own, who=[JULES.id])) == (Code.INVALID_RECORD, ANOTHERS)


def test_the_other_cannot_change_what_was_noted(both: Both) -> None:
    promise = _promise(both.jules)
    event = Commitments(both.jules).note(promise, Went.KEPT, "Said it at noon.")

    assert _refused(lambda: Journal(both.noa).answer(event, outcome="not_kept")) == (Code.NOT_YOURS, None)


def test_nothing_of_the_others_is_ever_due_here(both: Both) -> None:
    for rhythm in ("daily", "weekly"):
        _promise(both.jules, rhythm=rhythm)
    _promise(both.jules, rhythm="once", due={"day": "2026-05-01"}, next_look={"day": "2026-05-01"})

    assert Commitments(both.noa).due() == ()
    assert not any(row.due for row in Commitments(both.noa).rows())
    assert len(Commitments(both.jules).due()) == 3


# ---------------------------------------------------------------------------------------------- noticing


def test_what_the_other_noticed_is_a_record_of_their_own_and_changes_nothing(both: Both) -> None:
    promise = _promise(both.jules)
    event = Commitments(both.jules).note(promise, Went.KEPT_LATE)
    said = Commitments(both.noa).notice(event, thanks="Thank you for ringing from the platform.")

    (line,) = Commitments(both.jules).detail(promise).events
    assert (line.went, line.noticed[0].by_me, line.noticed[0].noticed) == ("kept_late", False, "yes")
    assert line.noticed[0].thanks.startswith("Thank you")
    assert _refused(lambda: Journal(both.jules).answer(said, thanks="")) == (Code.NOT_YOURS, None)
    assert _refused(lambda: Journal(both.jules).remove(said)) == (Code.NOT_YOURS, None)
    assert not Commitments(both.noa).detail(promise).events[0].may_notice


def test_nobody_notices_what_they_noted_themselves(both: Both) -> None:
    event = Commitments(both.noa).note(_promise(both.noa), Went.KEPT)

    assert _refused(lambda: Commitments(both.noa).notice(event)) == (Code.NOT_YOURS, None)
    assert not Commitments(both.noa).rows()[0].due


def test_alone_there_is_nobody_to_notice(session: Session) -> None:
    promise = _promise(session)
    event = Commitments(session).note(promise, Went.PARTLY, "Half of it.")

    assert not Commitments(session).detail(promise).events[0].may_notice
    assert _refused(lambda: Commitments(session).notice(event)) == (Code.NOT_YOURS, None)


# ---------------------------------------------------------------------------------------------- whose


@pytest.mark.parametrize(
    "who, author, seats",
    [
        ((), NOA.id, {Seat.ME}),
        ((), JULES.id, {Seat.OTHER}),
        (("noa ",), JULES.id, {Seat.ME}),
        ((JULES.id,), NOA.id, {Seat.OTHER}),
        (("Noa", "Jules"), NOA.id, {Seat.ME, Seat.OTHER}),
        (("my sister",), NOA.id, {Seat.ME}),
        (("my sister",), JULES.id, {Seat.OTHER}),
    ],
)
def test_whose_a_promise_is_by_name_by_id_or_by_its_writer(
    both: Both, who: tuple[str, ...], author: str, seats: set[Seat]
) -> None:
    assert seats_of(both.noa, who, author) == seats


def test_what_both_promise_waits_for_both_marks_and_is_then_current(both: Both) -> None:
    promise = _promise(both.noa, "One session a month, both of us.", who=[NOA.id, JULES.id], state="proposed")
    noa, jules = Commitments(both.noa), Commitments(both.jules)
    assert (noa.rows()[0].standing, noa.rows()[0].waits_for_me) == (Standing.PROPOSED, True)

    noa.mark(promise, noa.detail(promise).hash)
    assert (noa.rows()[0].waits_for_me, noa.rows()[0].waits_for_other) == (False, True)
    assert jules.rows()[0].waits_for_me
    jules.mark(promise, jules.detail(promise).hash)

    assert jules.rows()[0].standing is Standing.AGREED
    assert len(noa.detail(promise).marked_ms) == 2
    jules.note(promise, Went.KEPT)  # what both promise, both can speak of
    noa.note(promise, Went.PARTLY)


def test_words_that_changed_since_are_not_marked(both: Both) -> None:
    promise = _promise(both.noa, who=[NOA.id, JULES.id], state="proposed")
    shown = Commitments(both.jules).detail(promise).hash
    Journal(both.noa).answer(promise, wording="Other words.")

    assert _refused(lambda: Commitments(both.jules).mark(promise, shown)) == (Code.STALE_REVISION, None)


# ---------------------------------------------------------------------------------------------- rows and days


def test_a_row_shows_the_last_times_and_the_next_look(session: Session) -> None:
    promise = _promise(session, next_look={"day": "2026-05-14"})
    service = Commitments(session)
    service.note(promise, Went.NOT_KEPT, day=dt.date(2026, 5, 2))
    service.note(promise, Went.KEPT, day=dt.date(2026, 5, 9))

    (row,) = service.rows()
    assert [week.mark for week in row.weeks] == [Mark.CROSSED, Mark.KEPT]
    assert (row.words, row.due, row.next_look) == ("I say so before.", True, dt.date(2026, 5, 14).toordinal())
    service.look_on(promise, dt.date(2026, 6, 14))
    assert not service.rows()[0].due
    detail = service.detail(promise)
    assert (detail.held.held, detail.held.of, detail.held.share) == (1, 2, None)


def test_letting_go_by_agreement_is_in_no_count(session: Session) -> None:
    promise = _promise(session)
    Commitments(session).note(promise, Went.RELEASED)

    assert Commitments(session).detail(promise).held.of == 0
    assert set(MARKS) == set(Went)


@pytest.mark.parametrize("state, standing", [("paused", Standing.PAUSED), ("done", Standing.RETIRED)])
def test_a_resting_or_ended_promise_asks_for_nothing(session: Session, state: str, standing: Standing) -> None:
    promise = _promise(session, rhythm="daily", next_look={"day": "2026-05-01"})
    Commitments(session).stand(promise, state)

    assert Commitments(session).rows()[0].standing is standing
    assert Commitments(session).due() == ()
    assert not Commitments(session).rows()[0].due


def test_own_promises_are_due_by_their_rhythm(session: Session) -> None:
    service, today = Commitments(session), session.today()
    daily, weekly = _promise(session, rhythm="daily"), _promise(session, rhythm="weekly")
    soon = _promise(session, rhythm="once", due={"day": "2026-05-17"})
    _promise(session, rhythm="once", due={"day": "2026-05-30"})
    _promise(session, rhythm="when_due")
    assert {one.record for one in service.due()} == {daily, weekly, soon}

    for promise in (daily, weekly):
        service.note(promise, Went.NOT_KEPT)
    service.note(soon, Went.KEPT_LATE)

    assert service.due() == ()
    assert [one.record for one in service.due(today + 1)] == [daily]
    assert {one.record for one in service.due(today + 7)} >= {daily, weekly}


def test_the_list_is_fast_with_many(session: Session) -> None:
    kinds = session.kinds
    with session.change() as change:
        promises = [
            change.put("commitment", kinds.parse("commitment", {"wording": f"Promise {n}"}), arriving=True)
            for n in range(100)
        ]
        for n in range(2_000):
            day = (dt.date(2026, 5, 14) - dt.timedelta(days=n % 300)).isoformat()
            raw = {"commitment": promises[n % 100], "outcome": "kept", "at": {"day": day}}
            change.put("commitment_event", kinds.parse("commitment_event", raw), arriving=True)
    service = Commitments(session)
    service.rows()

    begun = time.perf_counter()
    rows = service.rows()
    took_ms = (time.perf_counter() - begun) * 1e3
    assert len(rows) == 100
    assert all(len(row.weeks) == 12 for row in rows)
    assert took_ms < 400  # 40 ms on a computer at rest
