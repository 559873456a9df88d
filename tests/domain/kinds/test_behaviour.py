"""What check-ins, triggers and threads can say about themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.content import Content
from app.domain.fields import When
from app.domain.kinds.checkin import Checkin
from app.domain.kinds.injury import Injury
from app.domain.kinds.trigger import Trigger


@pytest.mark.parametrize(
    "answers, index",
    [
        ((4, 4, 4), 10.0),
        ((0, 0, 0), 0.0),
        ((1, 2, 3), 5.0),
        ((1, 2, None), 3.75),
        ((3, "no_occasion", 4), 8.75),
        ((3, "no_occasion", None), None),
        (("no_occasion", "no_occasion", "no_occasion"), None),
        ((None, None, None), None),
    ],
)
def test_the_index_needs_two_of_three(answers: tuple[int | str | None, ...], index: float | None) -> None:
    accessible, responsive, engaged = answers
    assert Checkin(accessible=accessible, responsive=responsive, engaged=engaged).are_index == index
    mirrored = Checkin(mirror_reachable=accessible, mirror_answered=responsive, mirror_with=engaged)
    assert mirrored.mirror_index == index
    assert mirrored.are_index is None


def test_a_check_in_is_quick_until_a_question_of_the_full_form_is_answered() -> None:
    assert Checkin(felt_safety=6, trust=5, line="x").speed() == "quick"
    assert Checkin(felt_safety=6, outside_load=0).speed() == "full"
    assert Checkin(accessible="no_occasion").speed() == "full"


@pytest.mark.parametrize("safety, low", [(None, False), (0, True), (3, True), (4, False), (10, False)])
def test_a_low_day_ends_at_three(safety: int | None, low: bool) -> None:
    assert Checkin(felt_safety=safety).is_low is low


def test_a_trigger_has_the_shortest_form_that_holds_it(content: Content) -> None:
    assert Trigger().speed() == "tally"
    assert Trigger(at=When(dt.date(2026, 5, 14))).speed() == "tally"
    assert Trigger(cue="x", peak=0, move=("blame",)).speed() == "quick"
    for field in content.kind("trigger").fields:
        assert Trigger(**{field.id: "x"}).speed() == field.speed, field.id  # type: ignore[arg-type]  # any answer does


@pytest.mark.parametrize("peak, after, ease", [(7, 3, 4), (3, 3, 0), (2, 5, -3), (None, 3, None), (7, None, None)])
def test_ease_is_what_came_down(peak: int | None, after: int | None, ease: int | None) -> None:
    assert Trigger(peak=peak, after=after).ease() == ease


@pytest.mark.parametrize(
    "minutes, settled, going", [(None, False, False), (0, True, False), (72, True, False), ("still_going", False, True)]
)
def test_settled_is_a_number_of_minutes(minutes: int | str | None, settled: bool, going: bool) -> None:
    trigger = Trigger(minutes_to_settle=minutes)
    assert (trigger.is_settled, trigger.is_still_going) == (settled, going)


def test_the_strongest_feeling_is_the_highest_grade() -> None:
    assert Trigger(emotions={"fear": 2, "anger": 4, "shame": 4, "hurt": None}).strongest_emotion == "anger"
    assert Trigger(emotions={"fear": None}).strongest_emotion is None
    assert Trigger().strongest_emotion is None


@pytest.mark.parametrize(
    "injury, heading",
    [
        (Injury(title="  The night\nat the hospital "), "The night at the hospital"),
        (Injury(title=" ", meaning="On my own."), "On my own."),
        (Injury(story="one two three four five six seven eight nine"), "one two three four five six seven eight…"),
        (Injury(moment_of_need="In the corridor"), "In the corridor"),
        (Injury(), ""),
    ],
)
def test_a_thread_without_a_title_is_called_by_its_first_words(injury: Injury, heading: str) -> None:
    assert injury.heading() == heading


def test_how_a_thread_stands_and_whose_it_is() -> None:
    assert Injury().standing == "open"
    assert Injury(state="settled").standing == "settled"
    assert [Injury(my_place=place).is_mine_to_answer for place in (None, "carries", "answers", "both")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_day_that_lies_ahead_does_not_date_an_entry(content: Content) -> None:
    """An agreement that is looked at next month, a promise due on Friday: written today, they belong to today."""
    dating = {kind.id: kind.dated_by.id for kind in content.kinds.values() if kind.dated_by is not None}
    assert not dating.keys() & {"boundary", "commitment", "goal", "plan", "apology", "ritual", "injury"}
    assert dating["checkin"] == "felt_for_date"
    assert dating["weekly_look_back"] == "week"
    assert dating["therapy_session"] == dating["trigger"] == dating["ritual_completion"] == "at"
