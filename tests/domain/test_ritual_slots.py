"""Planned times one by one are the same occasions that strength and "k of the last n" count."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ritual_course import Course, State, course_of, occasions
from app.domain.ritual_slots import Became, Slot, slots
from app.domain.schedule import Rhythm, Schedule

MONDAY = dt.date(2024, 1, 1)
START = MONDAY.toordinal()
RHYTHMS = st.sampled_from(
    [
        Schedule(Rhythm.DAYS, MONDAY, frozenset(range(7))),
        Schedule(Rhythm.DAYS, MONDAY, frozenset({6})),
        Schedule(Rhythm.DAYS, MONDAY, frozenset({0, 3}), every=2),
        Schedule(Rhythm.TIMES_WEEK, MONDAY, times=3),
        Schedule(Rhythm.TIMES_MONTH, MONDAY, times=4),
        Schedule(Rhythm.MONTH_DAY, MONDAY, times=31),
    ]
)
DAYS = st.sets(st.integers(START, START + 200), max_size=120)


def course(first: Schedule, then: Schedule | None = None, rest: tuple[int, int] | None = None) -> Course:
    states = [State(START, START, first, rest=rest)]
    if then is not None:
        states.append(State(START + 60, START, then))
    return course_of(states)


@given(RHYTHMS, st.none() | RHYTHMS, DAYS, DAYS, st.integers(0, 40), st.integers(0, 210), st.booleans())
def test_they_are_the_occasions_that_are_counted(
    first: Schedule, then: Schedule | None, done: set[int], rested: set[int], begin: int, days: int, resting: bool
) -> None:
    made = course(first, then, (START + 20, START + 45) if resting else None)
    shares = {day: 1.0 if day % 3 else 0.5 for day in done}
    counted = occasions(made, shares, rested - done, START + begin, START + days)
    found = slots(made, shares, rested - done, done | rested, START + begin, START + days)
    assert [slot.became.kept for slot in found] == counted
    assert [slot.day for slot in found if slot.became.kept] == sorted(slot.day for slot in found if slot.became.kept)
    assert all(START + begin <= slot.day <= START + days for slot in found)


@pytest.mark.parametrize(
    ("share", "noted", "became"),
    [(1.0, True, Became.WHOLE), (0.5, True, Became.PART), (0.0, True, Became.OPEN), (0.0, False, Became.BLANK)],
)
def test_a_part_is_told_from_a_whole_and_open_from_nothing_noted(share: float, noted: bool, became: Became) -> None:
    sundays = Schedule(Rhythm.DAYS, MONDAY, frozenset({6}))
    done = {START + 6: share} if share else {}
    found = slots(course(sundays), done, (), [START + 6] if noted else [], START, START + 6)
    assert found == [Slot(START + 6, became)]


def test_a_week_of_nothing_noted_is_blank_and_one_with_something_left_is_open() -> None:
    thrice = Schedule(Rhythm.TIMES_WEEK, MONDAY, times=3)
    found = slots(course(thrice), {START + 2: 1.0}, (), [START + 2], START, START + 13)
    assert [slot.became for slot in found] == [Became.WHOLE, Became.OPEN, Became.OPEN] + [Became.BLANK] * 3
    assert [slot.day - START for slot in found] == [2, 6, 6, 13, 13, 13]


def test_what_was_done_in_a_week_of_rest_counts_and_the_week_is_no_rest_beside_it() -> None:
    thrice = Schedule(Rhythm.TIMES_WEEK, MONDAY, times=3)
    made, done = course(thrice, rest=(START, START + 6)), {START + 2: 1.0}
    found = slots(made, done, (), [START + 2], START, START + 6)
    assert [slot.became.kept for slot in found] == occasions(made, done, (), START, START + 6) == [True]


def test_a_rest_is_no_miss() -> None:
    sundays = Schedule(Rhythm.DAYS, MONDAY, frozenset({6}))
    (slot,) = slots(course(sundays), {}, [START + 6], [START + 6], START, START + 6)
    assert slot.became is Became.REST and slot.became.kept is None
