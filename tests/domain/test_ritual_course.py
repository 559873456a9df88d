"""The course of a ritual: earlier days keep their schedule, rest leaves the clock, strength never leaves 0 to 1."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ritual_course import (
    Course,
    Standing,
    State,
    course_of,
    is_early,
    joined,
    kept_lately,
    occasions,
    strength_line,
    through_day,
)
from app.domain.schedule import Rhythm, Schedule
from app.domain.strength import Kept

MONDAY = dt.date(2024, 1, 1)
START = MONDAY.toordinal()
DAILY = Schedule(Rhythm.DAYS, MONDAY, frozenset(range(7)))
SUNDAYS = Schedule(Rhythm.DAYS, MONDAY, frozenset({6}))
MONDAYS = Schedule(Rhythm.DAYS, MONDAY, frozenset({0}))
THRICE = Schedule(Rhythm.TIMES_WEEK, MONDAY, times=3)
MONTHLY = Schedule(Rhythm.MONTH_DAY, MONDAY, times=31)
SCHEDULES = st.sampled_from([DAILY, SUNDAYS, THRICE, MONTHLY, Schedule(Rhythm.TIMES_MONTH, MONDAY, times=4)])
DAYS = st.sets(st.integers(START, START + 200), max_size=120)


def plain(schedule: Schedule, **changes: object) -> Course:
    state = {"saved": START, "begins": START, "schedule": schedule, **changes}
    return course_of([State(**state)])  # type: ignore[arg-type]  # named as the fields are


def last(course: Course, done: dict[int, float], rested: set[int], through: int) -> float:
    return strength_line(course, done, rested, course.begin, through)[-1][1]


@pytest.mark.parametrize("week, strength", [(26, 0.973), (27, 0.973), (28, 0.976), (30, 0.982)])
def test_a_rest_on_the_one_day_of_a_week_takes_the_whole_week_out(week: int, strength: float) -> None:
    done = {START + 7 * number: 1.0 for number in range(40) if number != 26}
    assert last(plain(MONDAYS), done, {START + 7 * 26}, START + 7 * week - 1) == pytest.approx(strength, abs=6e-4)


def test_without_the_stretch_a_rest_would_lower_it_a_week_later() -> None:
    """The flaw this repairs: the same days with the rest as an open day ease to .856."""
    done = {START + 7 * number: 1.0 for number in range(40) if number != 26}
    rested, open_day = (last(plain(MONDAYS), done, rest, START + 7 * 28 - 1) for rest in ({START + 7 * 26}, set()))
    assert rested == pytest.approx(0.976, abs=6e-4)
    assert open_day == pytest.approx(0.856, abs=6e-4)


@given(SCHEDULES, DAYS, DAYS, st.integers(0, 220))
def test_strength_stays_within_0_and_1(schedule: Schedule, done: set[int], rested: set[int], days: int) -> None:
    line = strength_line(plain(schedule), dict.fromkeys(done, 1.0), rested, START, START + days)
    assert all(0.0 <= value <= 1.0 for _, value in line)
    assert [day for day, _ in line] == list(range(START, START + days + 1))


@given(SCHEDULES, DAYS, st.integers(0, 190))
def test_a_rest_never_lowers_it(schedule: Schedule, done: set[int], at: int) -> None:
    """From the rest through its stretch it is never below what it was the day before."""
    day = START + at
    course, kept = plain(schedule), dict.fromkeys(done - {day}, 1.0)
    first, end = course.stretch(day)
    line = dict(strength_line(course, kept, {day}, START, end))
    before = line.get(first - 1, 0.0)
    if not any(first <= one <= end for one in kept):
        assert all(line[one] == before for one in range(first, end + 1))
    assert line[day] >= before


@given(SCHEDULES, DAYS, st.integers(10, 100), st.integers(1, 60))
def test_what_follows_a_rest_goes_on_as_if_it_had_not_been(
    schedule: Schedule, done: set[int], at: int, length: int
) -> None:
    """Taking days out of the clock leaves the line after them as it was before them, however long they were."""
    if schedule.has_days:
        schedule = THRICE
    start, end = START + at, START + at + length - 1
    kept = {day for day in done if not start <= day <= end}
    resting = plain(schedule, rest=(start, end))
    moved = {day if day < start else day - length: 1.0 for day in kept}
    with_rest = last(resting, dict.fromkeys(kept, 1.0), set(), START + 260)
    assert with_rest == pytest.approx(last(plain(schedule), moved, set(), START + 260 - length))


@given(st.lists(st.integers(START, START + 90), unique=True), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(days: list[int], chance: object) -> None:
    shuffled = list(days)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    lines = [
        strength_line(plain(DAILY), dict.fromkeys(order, 1.0), (), START, START + 90) for order in (days, shuffled)
    ]
    assert lines[0] == lines[1]


def test_a_new_schedule_holds_from_the_day_after_it_was_saved() -> None:
    course = course_of([State(START, START, DAILY), State(START + 30, START, SUNDAYS)])
    assert course.schedule_on(START + 30) == DAILY
    assert course.schedule_on(START + 31) == SUNDAYS
    due = list(course.due(START + 24, START + 60))
    assert due[:7] == list(range(START + 24, START + 31))
    assert all(dt.date.fromordinal(day).weekday() == 6 for day in due[7:])


def test_earlier_occasions_are_judged_by_the_schedule_that_held() -> None:
    done = {START + number: 1.0 for number in range(31)}
    before = occasions(plain(DAILY), done, (), START, START + 30)
    course = course_of([State(START, START, DAILY), State(START + 30, START, SUNDAYS)])
    assert occasions(course, done, (), START, START + 30) == before == [True] * 31


def test_of_several_changes_on_one_day_the_last_counts() -> None:
    states = [State(START, START, DAILY), State(START + 9, START, SUNDAYS), State(START + 9, START, DAILY)]
    found = course_of([*states, State(START + 20, START, SUNDAYS)])
    assert [(stage.first, stage.schedule) for stage in found.stages] == [(START, DAILY), (START + 21, SUNDAYS)]


def test_a_rest_that_is_called_off_keeps_the_days_that_rested() -> None:
    states = [
        State(START, START, DAILY),
        State(START + 10, START, DAILY, rest=(START + 10, START + 20)),
        State(START + 15, START, DAILY),
    ]
    assert course_of(states).rests == ((START + 10, START + 14),)


def test_resting_until_further_notice_and_retired() -> None:
    states = [State(START, START, DAILY), State(START + 5, START, DAILY, standing=Standing.RESTING)]
    assert course_of(states).rests_on(START + 400)
    again = course_of([*states, State(START + 9, START, DAILY)])
    assert again.rests == ((START + 5, START + 8),)
    retired = course_of([State(START, START, DAILY), State(START + 5, START, DAILY, standing=Standing.RETIRED)])
    assert retired.runs_on(START + 5)
    assert not retired.runs_on(START + 6)


def test_leap_day_and_the_thirty_first() -> None:
    days = [dt.date.fromordinal(day) for day in plain(MONTHLY).due(START, START + 120)]
    assert days == [dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31), dt.date(2024, 4, 30)]


def test_times_a_week_count_by_weeks() -> None:
    done = {START + day: 1.0 for day in (0, 2, 4, 5, 7, 9, 14)}
    found = occasions(plain(THRICE), done, (), START, START + 20)
    assert found == [True] * 3 + [True, True, False] + [True, False, False]
    assert kept_lately(found) == Kept(kept=6, total=9, current=0, longest=5)


def test_the_week_that_is_still_going_on_asks_for_nothing_yet() -> None:
    done = {START + day: 1.0 for day in (0, 2, 4, 7)}
    assert occasions(plain(THRICE), done, (), START, START + 8) == [True] * 4


def test_rested_occasions_count_neither_way() -> None:
    found = occasions(plain(DAILY), {START: 1.0, START + 2: 1.0}, {START + 1}, START, START + 3)
    assert found == [True, None, True, False]
    assert kept_lately(found) == Kept(kept=2, total=3, current=0, longest=2)


def test_today_counts_once_something_was_noted() -> None:
    assert through_day(START, {}, ()) == START - 1
    assert through_day(START, {START: 0.5}, ()) == START
    assert through_day(START, {}, (START,)) == START


def test_early_is_within_twice_the_span_or_below_three() -> None:
    assert is_early(plain(SUNDAYS), START + 12, 5)
    assert not is_early(plain(SUNDAYS), START + 14, 3)
    assert is_early(plain(DAILY), START + 30, 2)


def test_stretches_that_touch_are_one() -> None:
    assert joined([(5, 6), (1, 2), (3, 3), (9, 12), (10, 11)]) == ((1, 3), (5, 6), (9, 12))


@given(SCHEDULES, DAYS, DAYS, st.integers(300, 900))
def test_the_window_is_long_enough(schedule: Schedule, done: set[int], rested: set[int], days: int) -> None:
    """What strength is worked out from for lists gives the number that its whole life gives."""
    course, kept = plain(schedule, rest=(START + 210, START + 240)), dict.fromkeys(done, 1.0)
    through = START + days
    first = course.window_start(through)
    part = strength_line(course, kept, {day for day in rested if day >= first}, first, through)[-1][1]
    assert part == pytest.approx(last(course, kept, rested, through), abs=5e-3)
