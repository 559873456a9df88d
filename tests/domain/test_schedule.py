"""Recurrence: weekdays, spans, the thirty-first, leap days, odd weeks, daylight saving, and its cost."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from dateutil.rrule import MONTHLY, WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from app.domain.schedule import Rhythm, Schedule, journal_day, wall_time

DATES = st.dates(dt.date(1999, 1, 1), dt.date(2060, 12, 31))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)


def of_days(first: dt.date, weekdays: frozenset[int] = frozenset(range(7)), every: int = 1) -> Schedule:
    return Schedule(Rhythm.DAYS, first, weekdays, every=every)


@given(first=DATES, weekdays=WEEKDAYS, every=st.integers(1, 4), ahead=st.integers(0, 8000), span=st.integers(0, 80))
def test_days_are_those_of_the_rule_walked_from_its_beginning(
    first: dt.date, weekdays: frozenset[int], every: int, ahead: int, span: int
) -> None:
    start = first + dt.timedelta(days=ahead)
    end = start + dt.timedelta(days=span)
    # the published rule, walked from its first week without any short cut
    begin = dt.datetime.combine(first - dt.timedelta(days=first.weekday()), dt.time())
    rule = rrule(WEEKLY, dtstart=begin, interval=every, byweekday=sorted(weekdays))
    whole = rule.between(dt.datetime.combine(start, dt.time()), dt.datetime.combine(end, dt.time()), inc=True)

    found = list(of_days(first, weekdays, every).due(start, end))

    assert found == [moment.date() for moment in whole if moment.date() >= first]


@given(first=DATES, day=st.integers(1, 28), every=st.integers(1, 5), ahead=st.integers(0, 4000))
def test_a_day_of_the_month_is_that_of_the_rule(first: dt.date, day: int, every: int, ahead: int) -> None:
    start = first + dt.timedelta(days=ahead)
    end = start + dt.timedelta(days=400)
    begin = dt.datetime.combine(first.replace(day=1), dt.time())
    rule = rrule(MONTHLY, dtstart=begin, interval=every, bymonthday=day)
    whole = rule.between(dt.datetime.combine(start, dt.time()), dt.datetime.combine(end, dt.time()), inc=True)

    found = list(Schedule(Rhythm.MONTH_DAY, first, times=day, every=every).due(start, end))

    assert found == [moment.date() for moment in whole]


def test_the_thirty_first_is_the_last_day_where_a_month_is_shorter() -> None:
    due = Schedule(Rhythm.MONTH_DAY, dt.date(2027, 12, 1), times=31).due(dt.date(2028, 1, 1), dt.date(2028, 6, 30))
    assert [day.isoformat()[5:] for day in due] == ["01-31", "02-29", "03-31", "04-30", "05-31", "06-30"]

    thirtieth = Schedule(Rhythm.MONTH_DAY, dt.date(2027, 1, 1), times=30).due(dt.date(2027, 1, 1), dt.date(2027, 3, 31))
    assert [day.isoformat()[5:] for day in thirtieth] == ["01-30", "02-28", "03-30"]


def test_leap_days_are_days_like_others() -> None:
    daily = of_days(dt.date(2024, 2, 1))
    assert daily.is_due(dt.date(2024, 2, 29))
    assert len(list(daily.due(dt.date(2024, 2, 1), dt.date(2024, 3, 1)))) == 30


def test_nothing_before_the_first_day_nor_after_the_last() -> None:
    schedule = Schedule(Rhythm.DAYS, dt.date(2026, 5, 13), frozenset(range(7)), until=dt.date(2026, 5, 15))
    assert [day.day for day in schedule.due(dt.date(2026, 5, 1), dt.date(2026, 5, 31))] == [13, 14, 15]
    assert not schedule.runs_on(dt.date(2026, 5, 12))
    assert not schedule.runs_on(dt.date(2026, 5, 16))
    assert schedule.next_due(dt.date(2026, 5, 15)) is None


def test_times_within_a_span_have_no_days_of_their_own() -> None:
    three = Schedule(Rhythm.TIMES_WEEK, dt.date(2026, 5, 1), times=3)
    assert list(three.due(dt.date(2026, 5, 1), dt.date(2026, 6, 1))) == []
    assert three.span_of(dt.date(2026, 5, 14)) == (dt.date(2026, 5, 11), dt.date(2026, 5, 17))
    monthly = Schedule(Rhythm.TIMES_MONTH, dt.date(2026, 1, 20), times=2, every=2)
    assert monthly.span_of(dt.date(2026, 4, 2)) == (dt.date(2026, 3, 1), dt.date(2026, 4, 30))


@given(first=DATES, weekdays=WEEKDAYS, after=st.integers(-30, 900))
def test_the_next_day_is_the_first_one_after(first: dt.date, weekdays: frozenset[int], after: int) -> None:
    schedule = of_days(first, weekdays)
    day = first + dt.timedelta(days=after)
    expected = day + dt.timedelta(days=1)
    while not schedule.is_due(expected):
        expected += dt.timedelta(days=1)
    assert schedule.next_due(day) == expected


@pytest.mark.parametrize(
    "schedule, frequency",
    [
        (of_days(dt.date(2026, 1, 1)), (1, 1)),
        (of_days(dt.date(2026, 1, 1), frozenset({0, 2, 4})), (3, 7)),
        (of_days(dt.date(2026, 1, 1), frozenset({6}), 2), (1, 14)),
        (Schedule(Rhythm.TIMES_WEEK, dt.date(2026, 1, 1), times=7), (1, 1)),
        (Schedule(Rhythm.TIMES_MONTH, dt.date(2026, 1, 1), times=4), (4, 30)),
        (Schedule(Rhythm.MONTH_DAY, dt.date(2026, 1, 1), times=31), (1, 30)),
    ],
)
def test_how_often_within_how_many_days(schedule: Schedule, frequency: tuple[int, int]) -> None:
    assert schedule.frequency == frequency


@pytest.mark.parametrize(
    "rhythm, more",
    [
        (Rhythm.DAYS, {}),
        (Rhythm.DAYS, {"weekdays": frozenset({7})}),
        (Rhythm.TIMES_WEEK, {"times": 8}),
        (Rhythm.TIMES_MONTH, {"times": 0}),
        (Rhythm.MONTH_DAY, {"times": 32}),
        (Rhythm.TIMES_WEEK, {"every": 0}),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused(rhythm: Rhythm, more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="rhythm"):
        Schedule(rhythm, dt.date(2026, 1, 1), **more)  # type: ignore[arg-type]  # what is wrong is the point


def test_daylight_saving_moves_no_day_and_loses_no_reminder() -> None:
    gap = wall_time(dt.date(2026, 3, 29), dt.time(2, 30), "Europe/Berlin")
    assert gap.astimezone(dt.UTC).isoformat() == "2026-03-29T01:30:00+00:00"
    twice = wall_time(dt.date(2026, 10, 25), dt.time(2, 30), "Europe/Berlin")
    assert twice.astimezone(dt.UTC).isoformat() == "2026-10-25T00:30:00+00:00"
    evenings = [wall_time(dt.date(2026, 3, day), dt.time(20, 30), "Europe/Berlin") for day in (28, 29)]
    assert evenings[1] - evenings[0] == dt.timedelta(days=1)  # on the wall; 23 hours of time
    with pytest.raises(ValueError, match="zone"):
        wall_time(dt.date(2026, 1, 1), dt.time(8), "Nowhere/At_all")


@given(date=DATES, minute=st.integers(0, 1439), hour=st.integers(0, 12))
def test_a_day_closes_at_its_hour(date: dt.date, minute: int, hour: int) -> None:
    moment = dt.datetime.combine(date, dt.time(minute // 60, minute % 60), tzinfo=dt.UTC)
    day = journal_day(moment, hour)
    opens = dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)
    assert opens <= moment < opens + dt.timedelta(days=1)


def test_today_of_two_hundred_rituals_over_twenty_years_costs_little() -> None:
    first, today = dt.date(2006, 5, 14), dt.date(2026, 5, 14)
    schedules = [of_days(first, frozenset({number % 7, (number + 2) % 7}), 1 + number % 3) for number in range(150)]
    schedules += [Schedule(Rhythm.MONTH_DAY, first, times=1 + number % 31) for number in range(50)]

    began = time.perf_counter()
    due = [schedule for schedule in schedules if schedule.is_due(today)]
    took_ms = (time.perf_counter() - began) * 1000

    assert 10 < len(due) < 120
    assert took_ms < 100, f"{took_ms:.1f} ms"  # 6 ms alone; generous, since other tests run beside it


@given(
    st.sampled_from(
        [Schedule(Rhythm.DAYS, dt.date(2024, 1, 3), frozenset({0, 2, 6}), every=every) for every in (1, 2, 3)]
        + [
            Schedule(Rhythm.MONTH_DAY, dt.date(2024, 1, 31), times=times, every=every)
            for times in (1, 29, 31)
            for every in (1, 2)
        ]
        + [Schedule(Rhythm.TIMES_WEEK, dt.date(2024, 1, 3), times=2)]
    ),
    st.dates(dt.date(2023, 12, 1), dt.date(2030, 12, 31)),
)
def test_asking_about_one_day_says_what_the_rule_says(schedule: Schedule, day: dt.date) -> None:
    assert schedule.is_due(day) == (day in set(schedule.due(day, day)))
