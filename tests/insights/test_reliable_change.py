"""Reliable change for the cleared instruments: the published example, the bounds, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.reliable_change import cut_between, pcl5_change, reliable_change, standard_error
from app.insights.verdict import Direction, Tier

totals = st.integers(0, 80)


def test_the_example_of_1991() -> None:
    found = reliable_change(32.5, 47.5, deviation=7.5, reliability=0.80)
    assert standard_error(7.5, 0.80) == pytest.approx(4.743, abs=5e-4)
    assert found.index == pytest.approx(3.162, abs=5e-4)
    assert found.difference == 15
    assert found.beyond_chance
    assert cut_between(40, 7.5, 60, 7.5) == 50


def test_chance_ends_at_196_standard_errors() -> None:
    error = standard_error(10, 0.5)
    assert not reliable_change(0, 1.96 * error - 1e-9, deviation=10, reliability=0.5).beyond_chance
    assert reliable_change(0, 1.96 * error + 1e-9, deviation=10, reliability=0.5).beyond_chance
    assert reliable_change(0, -1.97 * error, deviation=10, reliability=0.5).beyond_chance


def test_the_cut_lies_nearer_to_the_narrower_group() -> None:
    assert cut_between(40, 5, 60, 15) == 45


@pytest.mark.parametrize(
    ("before", "after", "tier", "direction"),
    [
        (40, 31, Tier.OPEN, Direction.NONE),
        (40, 30, Tier.LEANING, Direction.DOWN),
        (40, 26, Tier.LEANING, Direction.DOWN),
        (40, 25, Tier.CLEAR, Direction.DOWN),
        (25, 35, Tier.LEANING, Direction.UP),
        (25, 40, Tier.CLEAR, Direction.UP),
        (33, 33, Tier.OPEN, Direction.NONE),
    ],
)
def test_totals_of_the_pcl5(before: int, after: int, tier: Tier, direction: Direction) -> None:
    found = pcl5_change(before, after)
    assert (found.tier, found.direction, found.difference) == (tier, direction, after - before)


@given(totals, totals)
def test_turned_round_the_same_is_said_the_other_way(before: int, after: int) -> None:
    there, back = pcl5_change(before, after), pcl5_change(after, before)
    assert there.tier is back.tier
    assert there.difference == -back.difference
    assert {there.direction, back.direction} in ({Direction.UP, Direction.DOWN}, {Direction.NONE})


@pytest.mark.parametrize(("before", "after"), [(-1, 10), (10, 81)])
def test_totals_that_cannot_be_are_refused(before: int, after: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 80"):
        pcl5_change(before, after)


@pytest.mark.parametrize(("deviation", "reliability"), [(0, 0.5), (-1, 0.5), (5, 1.0), (5, -0.1)])
def test_norms_that_cannot_be_are_refused(deviation: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="standard error"):
        reliable_change(1, 2, deviation=deviation, reliability=reliability)
    with pytest.raises(ValueError, match="positive"):
        cut_between(1, min(deviation, 0), 2, 1)
