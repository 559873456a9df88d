"""How an agreement has gone: readings put together, weeks as marks, and no share where there is too little."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.agreement import (
    LEAST_FOR_A_SHARE,
    WEEK,
    Mark,
    Occasion,
    Outcome,
    Reading,
    counts_of,
    held_of,
    monday_of,
    occasions_of,
    weeks_of,
)

DAY = 739_750


def reading(record: str = "a", author: str = "noa", outcome: Outcome = Outcome.CROSSED, **more: object) -> Reading:
    return msgspec.structs.replace(Reading(record, author, DAY, outcome), **more)


READINGS = st.lists(
    st.builds(
        Reading,
        record=st.uuids().map(str),
        author=st.sampled_from(["noa", "jules"]),
        day=st.integers(DAY - 200, DAY),
        outcome=st.sampled_from(Outcome),
        talked_through=st.booleans(),
        claims_difference=st.booleans(),
        settled=st.booleans(),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("outcome", "talked", "mark"),
    [
        (Outcome.KEPT, False, Mark.KEPT),
        (Outcome.STRAINED, False, Mark.STRAINED),
        (Outcome.CROSSED, False, Mark.CROSSED),
        (Outcome.CROSSED, True, Mark.TALKED),
        (Outcome.UNCLEAR, False, Mark.UNCLEAR),
        (Outcome.RENEGOTIATED, True, Mark.UNCLEAR),
    ],
)
def test_one_reading_alone_says_what_it_came_to(outcome: Outcome, talked: bool, mark: Mark) -> None:
    assert Occasion(reading(outcome=outcome, talked_through=talked)).mark is mark


def test_readings_that_differ_are_left_out_until_both_let_them_rest() -> None:
    first = reading()
    other = reading("b", "jules", Outcome.KEPT, reading_of="a")
    for one, two, open_ in ((0, 0, True), (1, 0, True), (0, 1, True), (1, 1, False)):
        settled = msgspec.structs.replace(first, settled=bool(one)), msgspec.structs.replace(other, settled=bool(two))
        (occasion,) = occasions_of(settled)
        assert occasion.open_between is open_
        assert held_of([occasion]).of == 0


def test_the_same_outcome_told_differently_is_seen_differently_when_its_reader_says_so() -> None:
    other = reading("b", "jules", reading_of="a", claims_difference=True)
    assert occasions_of([reading(), other])[0].open_between
    agreed = msgspec.structs.replace(other, claims_difference=False)
    assert occasions_of([reading(claims_difference=True), agreed])[0].mark is Mark.CROSSED


def test_nobody_answers_for_themselves_and_one_answer_is_enough() -> None:
    own = reading("b", "noa", Outcome.KEPT, reading_of="a")
    assert len(occasions_of([reading(), own])) == 2
    answers = [reading(name, "jules", Outcome.KEPT, reading_of="a") for name in "bc"]
    found = occasions_of([reading(), *answers])
    assert sorted(one.other is None for one in found) == [False, True]


@given(READINGS)
def test_every_reading_is_in_exactly_one_occasion(readings: list[Reading]) -> None:
    found = occasions_of(readings)
    told = [one.first.record for one in found] + [one.other.record for one in found if one.other is not None]
    assert sorted(told) == sorted(one.record for one in readings)


@given(READINGS)
def test_weeks_hold_every_occasion_once_and_their_counts_add_up(readings: list[Reading]) -> None:
    occasions = occasions_of(readings)
    weeks = weeks_of(occasions, DAY - 200, DAY)
    assert sum(week.occasions for week in weeks) == len(occasions)
    assert sum(counts_of(weeks).values()) == len(weeks)
    assert all((week.mark is Mark.NONE) == (week.occasions == 0) for week in weeks)
    assert [week.first for week in weeks] == [monday_of(DAY - 200) + WEEK * n for n in range(len(weeks))]
    assert all(week.first % WEEK == 1 for week in weeks)


@given(READINGS)
def test_no_share_is_said_of_few_and_what_is_open_between_two_counts_nowhere(readings: list[Reading]) -> None:
    occasions = occasions_of(readings)
    held = held_of(occasions)
    assert 0 <= held.held <= held.of <= sum(not one.open_between for one in occasions)
    assert (held.share is None) == (held.of < LEAST_FOR_A_SHARE)
