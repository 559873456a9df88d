"""Stretches of days that end with the last one: counted and taken the middle of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.blocks import BLOCK_DAYS, by_block

FIRST = 700_000
ENTRIES = st.lists(st.tuples(st.integers(0, 130), st.integers(0, 20)), max_size=60)


def test_blocks_end_with_the_last_day_and_a_short_rest_joins_the_first() -> None:
    found = by_block(np.empty(0, dtype=np.int64), np.empty(0), FIRST, FIRST + 28 * 3 + 12)
    assert found.starts.tolist() == [FIRST, FIRST + 41, FIRST + 69]
    assert found.ends.tolist() == [FIRST + 40, FIRST + 68, FIRST + 96]
    assert found.counts.tolist() == [0, 0, 0] and np.isnan(found.medians).all()


def test_half_a_length_is_a_block_of_its_own() -> None:
    found = by_block(np.empty(0, dtype=np.int64), np.empty(0), FIRST, FIRST + 28 + 13)
    assert found.starts.tolist() == [FIRST, FIRST + 14]


def test_medians_by_hand() -> None:
    days = FIRST + np.array([0, 1, 2, 30, 31, 32, 33, 55])
    values = np.array([9.0, 1, 5, 2, 8, 4, np.nan, 6])
    found = by_block(days, values, FIRST, FIRST + 55)
    assert found.medians.tolist() == [5.0, 5.0]
    assert found.counts.tolist() == [3, 4]
    few = by_block(days, values, FIRST, FIRST + 55, least=4)
    assert np.isnan(few.medians[0]) and few.medians[1] == 5.0


@given(ENTRIES, st.integers(0, 120), st.integers(1, 40), st.integers(1, 4))
def test_each_value_is_in_one_block_and_medians_are_those_of_numpy(
    entries: list[tuple[int, int]], span: int, length: int, least: int
) -> None:
    days = np.array([FIRST + day for day, _ in entries], dtype=np.int64)
    values = np.array([float(value) for _, value in entries])
    found = by_block(days, values, FIRST, FIRST + span, length_days=length, least=least)
    inside = (days >= FIRST) & (days <= FIRST + span)
    assert found.counts.sum() == inside.sum()
    assert found.starts[0] == FIRST and found.ends[-1] == FIRST + span
    assert (found.starts[1:] == found.ends[:-1] + 1).all()
    for start, end, count, median in zip(found.starts, found.ends, found.counts, found.medians, strict=True):
        held = values[(days >= start) & (days <= end)]
        assert len(held) == count
        assert np.isnan(median) if count < least else median == np.median(held)


@given(ENTRIES, st.randoms())
def test_the_order_of_entries_does_not_matter(entries: list[tuple[int, int]], mixed: object) -> None:
    shuffled = sorted(entries, key=lambda _: mixed.random())  # type: ignore[attr-defined]  # a random.Random
    found = [
        by_block(np.array([FIRST + day for day, _ in some], dtype=np.int64),
                 np.array([float(value) for _, value in some]), FIRST, FIRST + 130)
        for some in (entries, shuffled)
    ]  # fmt: skip
    np.testing.assert_array_equal(found[0].medians, found[1].medians)
    np.testing.assert_array_equal(found[0].counts, found[1].counts)


def test_what_makes_no_sense_is_refused() -> None:
    none = np.empty(0, dtype=np.int64)
    with pytest.raises(ValueError, match="a day"):
        by_block(none, np.empty(0), FIRST, FIRST - 1)
    with pytest.raises(ValueError, match="one value per entry"):
        by_block(none, np.ones(1), FIRST, FIRST + BLOCK_DAYS)
