"""Rituals through the service: Loop's vectors, two people, days that close late, changes, pauses, reminders, memory."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest

from app.data import keeping
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.domain.ritual_course import Standing
from app.services import choices
from app.services.desk import Desk
from app.services.journal import Journal
from app.services.ritual_reading import AGREED, DONE, OPEN, RESTED, SMALL
from app.services.rituals import Rituals
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.timeline import Timeline
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING, ZONE

DAY = dt.timedelta(days=1)
EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Clock:
    """A clock that is set by hand."""

    def __init__(self, session: Session, at: dt.datetime = EVENING) -> None:
        self.at = at
        session.now = lambda: self.at


def begin(session: Session, first: dt.date, **answers: object) -> RecordId:
    raw = {"title": "Ten minutes", "rhythm": "days", "days": EVERY, "starts": {"day": first.isoformat()}, **answers}
    return Journal(session).add("ritual", raw)


def strength(rituals: Rituals, record: RecordId) -> float:
    return rituals.detail(record).line[-1][1]


def tick(rituals: Rituals, record: RecordId, days: list[int], outcome: str = DONE) -> None:
    for day in days:
        rituals.mark(record, day, outcome)


# ------------------------------------------------------------------------------------------------------- vectors


def test_daily_kept_for_thirty_days_then_three_missed(session: Session) -> None:
    first = EVENING.date() - 33 * DAY
    rituals, record = Rituals(session), begin(session, first)
    start = first.toordinal()
    tick(rituals, record, [start + number for number in range(30)])
    line = dict(rituals.detail(record).line)
    assert line[start + 6] == pytest.approx(0.311, abs=6e-4)
    assert line[start + 13] == pytest.approx(0.526, abs=6e-4)
    assert line[start + 29] == pytest.approx(0.798, abs=6e-4)
    assert line[start + 32] == pytest.approx(0.798 * 0.5 ** (3 / 13), abs=1e-3)


@pytest.mark.parametrize("rested, strengths", [(False, (0.973, 0.910, 0.856)), (True, (0.973, 0.973, 0.976))])
def test_weekly_with_the_twenty_seventh_week_open_or_rested(
    session: Session, rested: bool, strengths: tuple[float, ...]
) -> None:
    first = EVENING.date() - 29 * 7 * DAY
    first -= first.weekday() * DAY
    rituals, record = Rituals(session), begin(session, first, days=["mon"])
    start = first.toordinal()
    tick(rituals, record, [start + 7 * week for week in range(28) if week != 26])
    if rested:
        rituals.mark(record, start + 7 * 26, RESTED, reason="travel")
    line = dict(rituals.detail(record).line)
    found = tuple(line[start + 7 * week - 1] for week in (26, 27, 28))
    assert found == pytest.approx(strengths, abs=6e-4)


def test_three_a_week(session: Session) -> None:
    first = EVENING.date() - 90 * DAY
    first -= first.weekday() * DAY
    rituals = Rituals(session)
    record = begin(session, first, rhythm="times_week", times="3")
    start = first.toordinal()
    tick(rituals, record, [start + 7 * week + day for week in range(12) for day in (0, 2, 4)])
    line = dict(rituals.detail(record).line)
    assert line[start + 7 * 4 - 1] == pytest.approx(0.540, abs=6e-4)
    assert line[start + 7 * 12 - 1] == pytest.approx(0.935, abs=6e-4)


def test_the_order_of_entry_does_not_matter(session: Session) -> None:
    first = EVENING.date() - 20 * DAY
    rituals = Rituals(session)
    days = [first.toordinal() + number for number in (0, 1, 2, 5, 6, 9, 12, 13, 19)]
    one, other = begin(session, first), begin(session, first)
    tick(rituals, one, days)
    tick(rituals, other, random.Random(7).sample(days, len(days)))
    assert rituals.detail(one).line == rituals.detail(other).line


# ------------------------------------------------------------------------------------------------------- a day


def test_a_day_goes_round(session: Session) -> None:
    rituals, record = Rituals(session), begin(session, EVENING.date() - DAY)
    today = rituals.day()
    assert [rituals.cycle(record, today) for _ in range(5)] == [DONE, SMALL, RESTED, OPEN, DONE]
    assert session.connection.execute("SELECT count(*) FROM record WHERE kind = 'ritual_completion'").fetchone() == (1,)


@pytest.mark.parametrize("day", [1, -3])
def test_days_to_come_and_before_the_beginning_are_locked(session: Session, day: int) -> None:
    rituals, record = Rituals(session), begin(session, EVENING.date() - 2 * DAY)
    with pytest.raises(RecordError) as refusal:
        rituals.mark(record, rituals.day() + day, DONE)
    assert refusal.value.code is Code.INVALID_RECORD


def test_a_late_tick_says_when_it_was_entered(session: Session) -> None:
    rituals, record = Rituals(session), begin(session, EVENING.date() - 5 * DAY)
    written = dt.datetime.now(ZoneInfo(ZONE))
    Clock(session, written)
    today = rituals.day()
    rituals.mark(record, today, DONE)
    rituals.mark(record, today - 2, DONE)
    marks = rituals.detail(record).marks
    assert marks[today].entered == 0
    assert marks[today - 2].entered == today


def test_the_day_closes_at_the_chosen_hour(session: Session) -> None:
    clock = Clock(session, dt.datetime(2026, 5, 15, 2, 30, tzinfo=ZoneInfo(ZONE)))
    rituals = Rituals(session)
    assert rituals.day() == dt.date(2026, 5, 14).toordinal()
    choices.store(session, choices.Choices(day_closes_at=2))
    assert rituals.day() == dt.date(2026, 5, 15).toordinal()
    clock.at = clock.at.replace(hour=1)
    assert rituals.day() == dt.date(2026, 5, 14).toordinal()


def test_a_tick_stays_on_the_local_day_it_was_made_in(session: Session) -> None:
    """In Auckland it is the 15th while Paris still has the 14th: each tick stays on its own day."""
    clock, record = Clock(session), begin(session, EVENING.date() - 3 * DAY)
    rituals = Rituals(session)
    rituals.tick_today(record)
    session.zone, clock.at = "Pacific/Auckland", EVENING.astimezone(ZoneInfo("Pacific/Auckland"))
    rituals.tick_today(record)
    session.zone, clock.at = ZONE, EVENING + 2 * DAY
    marks = Rituals(session).detail(record).marks
    assert sorted(marks) == [EVENING.date().toordinal(), EVENING.date().toordinal() + 1]


# ------------------------------------------------------------------------------------------------------- changing


def test_a_change_starts_tomorrow_and_no_tick_is_rewritten(session: Session) -> None:
    clock = Clock(session, dt.datetime.now(ZoneInfo(ZONE)))
    rituals = Rituals(session)
    record = begin(session, clock.at.date() - 10 * DAY)
    today = rituals.day()
    tick(rituals, record, [today - number for number in range(8)])
    before = rituals.detail(record)
    rituals.change(record, {"days": ["sun"]})
    after = rituals.detail(record)
    assert (after.line, after.marks) == (before.line, before.marks)
    assert after.course.schedule_on(today).weekdays == frozenset(range(7))
    assert after.course.schedule_on(today + 1).weekdays == {6}
    assert after.row.figures.kept == before.row.figures.kept


def test_retired_it_leaves_today_and_the_months_after(session: Session) -> None:
    clock = Clock(session, dt.datetime.now(ZoneInfo(ZONE)))
    rituals, record = Rituals(session), begin(session, clock.at.date() - DAY)
    rituals.stand(record, Standing.RETIRED)
    assert [one.row.record for one in rituals.today()] == [record]
    clock.at += 40 * DAY
    assert rituals.today() == ()
    assert rituals.month().rows == ()
    assert rituals.month().begun


def test_everything_rests_and_goes_on(session: Session) -> None:
    clock = Clock(session)
    rituals = Rituals(session)
    record = begin(session, EVENING.date() - 20 * DAY)
    today = rituals.day()
    tick(rituals, record, [today - number for number in range(1, 15)])
    before = strength(rituals, record)
    rituals.pause_all(EVENING.date() + 6 * DAY)
    assert rituals.today() == ()
    assert rituals.due_between(EVENING - DAY, EVENING + DAY) == ()
    clock.at += 7 * DAY
    assert strength(rituals, record) == before
    assert rituals.paused() is None
    assert len(rituals.today()) == 1
    rituals.pause_all(None)
    clock.at += 3 * DAY
    assert strength(rituals, record) == before
    rituals.resume_all()
    assert rituals.paused() is None
    assert strength(rituals, record) == before


def test_early_on_it_is_kept_of_and_not_a_strength(session: Session) -> None:
    rituals, record = Rituals(session), begin(session, EVENING.date() - 8 * DAY, days=["thu"])
    tick(rituals, record, [EVENING.date().toordinal() - 7])
    figures = rituals.detail(record).row.figures
    assert (figures.early, figures.kept, figures.total) == (True, 1, 1)


def test_times_a_week_is_asked_for_until_it_is_kept(session: Session) -> None:
    rituals = Rituals(session)
    record = begin(session, EVENING.date() - 30 * DAY, rhythm="times_week", times="2")
    today = rituals.day()
    assert [one.outcome for one in rituals.today()] == [""]
    tick(rituals, record, [today - 1])
    assert [one.outcome for one in rituals.today()] == [""]
    rituals.mark(record, today, DONE)
    assert [one.outcome for one in rituals.today()] == [DONE]
    rituals.mark(record, today, OPEN)
    rituals.mark(record, today - 2, DONE)
    assert rituals.today() == ()


# ------------------------------------------------------------------------------------------------------- two people


def share(session: Session, record: RecordId) -> None:
    sharing = Sharing(session)
    sharing.share(record, sharing.preview(record))


def test_once_is_enough_for_two_and_both_can_see_who(both: Both) -> None:
    record = begin(both.noa, EVENING.date() - 4 * DAY)
    share(both.noa, record)
    noa, jules = Rituals(both.noa), Rituals(both.jules)
    today = noa.day()
    jules.mark(record, today, DONE)
    (shown,) = noa.today()
    assert (shown.outcome, shown.by) == (DONE, (both.jules.person.id,))
    noa.mark(record, today, SMALL)
    mark = noa.detail(record).marks[today]
    assert (mark.outcome, set(mark.by)) == (DONE, {both.noa.person.id, both.jules.person.id})
    jules.mark(record, today, OPEN)
    assert noa.detail(record).marks[today].outcome == SMALL


def test_who_rested_stands_in_nothing_shared(both: Both) -> None:
    record = begin(both.noa, EVENING.date() - 4 * DAY)
    share(both.noa, record)
    before = both.shared_bytes()
    jules = Rituals(both.jules)
    today = jules.day()
    jules.mark(record, today, RESTED, reason="illness", words="Fever")
    assert both.shared_bytes() == before
    assert jules.detail(record).marks[today].reason == "illness"
    assert today not in Rituals(both.noa).detail(record).marks


def test_an_agreed_rest_is_there_for_both(both: Both) -> None:
    record = begin(both.noa, EVENING.date() - 4 * DAY)
    share(both.noa, record)
    noa = Rituals(both.noa)
    noa.mark(record, noa.day(), AGREED)
    assert Rituals(both.jules).detail(record).marks[noa.day()].outcome == AGREED


def test_the_other_person_ticks_but_does_not_word(both: Both) -> None:
    record = begin(both.noa, EVENING.date() - 4 * DAY)
    share(both.noa, record)
    jules = Rituals(both.jules)
    assert jules.detail(record).row.theirs
    with pytest.raises(RecordError) as refusal:
        jules.change(record, {"days": ["sun"]})
    assert refusal.value.code is Code.NOT_YOURS


def test_a_private_ritual_stays_private(both: Both) -> None:
    record = begin(both.noa, EVENING.date() - 4 * DAY)
    Rituals(both.noa).tick_today(record)
    assert Rituals(both.jules).month().rows == ()


# ------------------------------------------------------------------------------------------------------- reminders


def around(time: str) -> dict[str, object]:
    return {"day": "2026-03-01", "precision": "instant", "time": time, "zone": ZONE}


def test_reminders_follow_the_clock_on_the_wall_over_daylight_saving(session: Session) -> None:
    zone = ZoneInfo(ZONE)
    Clock(session, dt.datetime(2026, 3, 28, 12, tzinfo=zone))
    begin(session, dt.date(2026, 3, 1), around=around("02:30:00"))
    found = Rituals(session).due_between(
        dt.datetime(2026, 3, 28, 12, tzinfo=zone), dt.datetime(2026, 3, 30, 12, tzinfo=zone)
    )
    assert [one.at.strftime("%d %H:%M") for one in found] == ["29 03:30", "30 02:30"]


def test_a_ticked_day_and_one_in_words_remind_of_nothing(session: Session) -> None:
    Clock(session)
    rituals, record = Rituals(session), begin(session, EVENING.date() - DAY, around=around("20:30:00"))
    begin(session, EVENING.date() - DAY, around_words="after dinner")
    assert [one.record for one in rituals.due_between(EVENING, EVENING + dt.timedelta(hours=3))] == [record]
    rituals.tick_today(record)
    assert rituals.due_between(EVENING, EVENING + dt.timedelta(hours=3)) == ()


# ------------------------------------------------------------------------------------------------------- memory, lists


def test_what_is_remembered_follows_every_change(session: Session) -> None:
    rituals, record = Rituals(session), begin(session, EVENING.date() - 3 * DAY)
    assert [one.outcome for one in rituals.today()] == [""]
    other = Rituals(session)
    other.tick_today(record)
    assert [one.outcome for one in rituals.today()] == [DONE]
    Journal(session).answer(record, title="Eleven minutes")
    assert [one.row.title for one in rituals.today()] == ["Eleven minutes"]
    found = session.connection.execute("SELECT id FROM record WHERE kind = 'ritual_completion'").fetchone()[0]
    Journal(session).remove(RecordId(found))
    assert [one.outcome for one in rituals.today()] == [""]
    Journal(session).remove(record)
    assert rituals.today() == ()


def test_a_tick_is_undone(session: Session) -> None:
    desk = Desk(session, lambda: None)
    record = begin(session, EVENING.date() - DAY)
    desk.rituals.tick_today(record)
    desk.undo.undo()
    assert desk.rituals.today()[0].outcome == ""


def test_ticks_stay_out_of_the_timeline_unless_asked_for_or_written_on(session: Session) -> None:
    rituals, record = Rituals(session), begin(session, EVENING.date() - 9 * DAY)
    today = rituals.day()
    tick(rituals, record, [today - number for number in range(6)])
    rituals.mark(record, today - 7, DONE, words="On the stairs")
    timeline = Timeline(session)
    shown = [row.entry for row in timeline.page().rows]
    assert sorted(entry.title for entry in shown) == ["On the stairs", "Ten minutes"]
    assert sum(count for _, count in timeline.outline()) == 2
    assert len(timeline.page(kinds=("ritual_completion",)).rows) == 7


def test_a_pause_that_cannot_be_read_is_none(session: Session) -> None:
    keeping.set_setting(session.connection, "day_closes_at", "late")
    assert Rituals(session).day() == EVENING.date().toordinal()
