"""Loops: two moves look like a drawn one or the usual one; none where danger was marked; counts of a period."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.cycles import Cycles, Likeness, loop_of
from app.services.journal import Journal
from app.services.session import Session
from app.services.triggers import Triggers
from tests.fixtures.session import shipped_content

MOVES = [option.id for option in shipped_content().list("moves").items]


@pytest.mark.parametrize(
    ("mine", "other", "loop"),
    [
        ("pursue", "withdraw", "pursue_withdraw"),
        ("shut_down", "check", "pursue_withdraw"),
        ("blame", "defend", "blame_defend"),
        ("defend", "blame", "blame_defend"),
        ("withdraw", "shut_down", "both_shut_down"),
        ("withdraw", "withdraw", "both_shut_down"),
        ("reach_out", "withdraw", None),
        ("blame", "blame", None),
        ("sang", "withdraw", None),
    ],
)
def test_two_moves_make_a_loop_or_none(mine: str, other: str, loop: str | None) -> None:
    assert loop_of(mine, other) == loop


@given(st.sampled_from(MOVES), st.sampled_from(MOVES))
def test_a_loop_has_no_side(mine: str, other: str) -> None:
    assert loop_of(mine, other) == loop_of(other, mine)


def _two(mine: str = "pursue", other: str = "withdraw", **more: object) -> dict[str, object]:
    return {"move": [mine], "other_move": [other], **more}


def test_without_a_drawn_loop_the_usual_one_is_offered(session: Session) -> None:
    assert Cycles(session).looks_like(_two()) == Likeness("pursue_withdraw")


def test_a_drawn_loop_is_named_by_its_moves_first(session: Session) -> None:
    journal = Journal(session)
    journal.add("cycle", {"pattern": "pursue_withdraw", "our_name": "The tide"})
    door = journal.add("cycle", {"my_move": ["pursue"], "other_move": ["withdraw"], "our_name": "The shut door"})

    assert Cycles(session).looks_like(_two()) == Likeness("pursue_withdraw", "The shut door", door)


def test_a_drawn_loop_of_the_same_kind_is_named_where_no_moves_were_drawn(session: Session) -> None:
    tide = Journal(session).add("cycle", {"pattern": "pursue_withdraw", "our_name": "The tide"})

    assert Cycles(session).looks_like(_two()) == Likeness("pursue_withdraw", "The tide", tide)


def test_moves_that_swap_places_look_like_a_loop_drawn_so(session: Session) -> None:
    drawn = Journal(session).add("cycle", {"pattern": "switching", "my_move": ["please"], "other_move": ["pursue"]})

    assert Cycles(session).looks_like(_two("pursue", "please")) == Likeness("switching", "", drawn)


def test_an_own_loop_without_a_pattern_is_kept_by_its_name(session: Session) -> None:
    drawn = Journal(session).add("cycle", {"my_move": ["please"], "other_move": ["blame"], "our_name": "The eggshells"})

    assert Cycles(session).looks_like(_two("please", "blame")) == Likeness("The eggshells", "The eggshells", drawn)


@pytest.mark.parametrize("more", [{"pattern": "switching"}, {"breach": ["abuse"]}])
def test_nothing_is_offered_once_it_was_said_or_where_danger_was_marked(
    session: Session, more: dict[str, object]
) -> None:
    assert Cycles(session).looks_like(_two(**more)) is None


def test_nothing_is_offered_beside_a_thread_that_marks_danger(session: Session) -> None:
    thread = Journal(session).add("injury", {"title": "The kitchen", "breach": ["abuse"]})

    assert Cycles(session).looks_like(_two(thread=thread)) is None


def test_one_move_alone_looks_like_nothing(session: Session) -> None:
    assert Cycles(session).looks_like({"move": ["pursue"]}) is None


def test_shares_of_a_period(session: Session) -> None:
    today = session.today()

    def log(days_ago: int, **answers: object) -> None:
        day = dt.date.fromordinal(today - days_ago).isoformat()
        Triggers(session).save({"at": {"day": day}, **answers})

    log(1, **_two())
    log(2, **_two(pattern="switching"))
    log(3, **_two("check", "shut_down"))
    log(4, move=["pursue"])
    log(5, **_two("reach_out", "reach_out"))
    log(40, **_two())

    shares = Cycles(session).shares(today - 30, today)

    assert shares.told == 4
    assert [(one.tag, one.said, one.fits) for one in shares.loops] == [("pursue_withdraw", 0, 2), ("switching", 1, 0)]
