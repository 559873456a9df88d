"""Totals of the three questionnaires: by hand at every edge, never with an item open, and the words as published."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fields import FieldType
from app.domain.instruments import INSTRUMENTS, Band, halves_of, items, points, total_of
from tests.fixtures.session import shipped_content, shipped_kinds

PUBLISHED = {
    "phq4": "8464f6ab511f131b",
    "gad7": "4003247f44fe4c70",
    "pcl5": "480fd02f0b3d4738",
}
"""First letters of the SHA-256 of all questions and answers, one a line: a change of one letter shows."""


def answered(kind_id: str, numbers: list[int]) -> dict[str, object]:
    """Answers that add these points, item by item; the items beyond the list stay open."""
    found: dict[str, object] = {}
    for field, number in zip(items(shipped_content().kind(kind_id)), numbers, strict=False):
        found[field.id] = number if field.is_scale else field.options[number].id
    return found


def total(kind_id: str, numbers: list[int]) -> int | None:
    kind = shipped_content().kind(kind_id)
    return total_of(kind, shipped_kinds().parse(kind_id, answered(kind_id, numbers)))


@pytest.mark.parametrize(("kind_id", "count", "most"), [("phq4", 4, 3), ("gad7", 7, 3), ("pcl5", 20, 4)])
def test_each_has_its_items_and_its_highest_total(kind_id: str, count: int, most: int) -> None:
    kind = shipped_content().kind(kind_id)
    asked = items(kind)
    assert len(asked) == count
    assert INSTRUMENTS[kind_id].highest == count * most
    assert (total(kind_id, [0] * count), total(kind_id, [most] * count)) == (0, count * most)
    for field in asked:
        if field.type is FieldType.CHOICE:
            assert [points(field, option.id) for option in field.options] == list(range(most + 1))
        else:
            assert len(field.words) == most + 1
    assert kind.total == INSTRUMENTS[kind_id].measure
    assert kind.sharing == "by_choice"


@pytest.mark.parametrize("kind_id", INSTRUMENTS)
def test_one_open_item_means_no_total(kind_id: str) -> None:
    count = len(items(shipped_content().kind(kind_id)))
    assert total(kind_id, [1] * (count - 1)) is None
    assert total(kind_id, [1] * count) == count


@pytest.mark.parametrize("kind_id", INSTRUMENTS)
def test_wording_is_as_published(kind_id: str) -> None:
    kind = shipped_content().kind(kind_id)
    lines = [section.label for section in kind.sections if section.id == "items"]
    for field in items(kind):
        lines += [field.label, *(field.words or [option.label for option in field.options])]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest().startswith(PUBLISHED[kind_id])


@pytest.mark.parametrize(
    ("kind_id", "edges"),
    [
        ("phq4", {0: Band.LOWEST, 2: Band.LOWEST, 3: Band.MILD, 5: Band.MILD, 6: Band.MODERATE, 8: Band.MODERATE,
                  9: Band.HIGHEST, 12: Band.HIGHEST}),
        ("gad7", {0: Band.LOWEST, 4: Band.LOWEST, 5: Band.MILD, 9: Band.MILD, 10: Band.MODERATE, 14: Band.MODERATE,
                  15: Band.HIGHEST, 21: Band.HIGHEST}),
        ("pcl5", {0: Band.BELOW_ZONE, 30: Band.BELOW_ZONE, 31: Band.ZONE, 33: Band.ZONE, 34: Band.ABOVE_ZONE,
                  80: Band.ABOVE_ZONE}),
    ],
)  # fmt: skip
def test_bands_at_their_edges(kind_id: str, edges: dict[int, Band]) -> None:
    instrument = INSTRUMENTS[kind_id]
    assert {points_: instrument.band(points_) for points_ in edges} == edges
    for beyond in (-1, instrument.highest + 1):
        with pytest.raises(ValueError, match="range"):
            instrument.band(beyond)


def test_the_halves_of_the_phq4_are_worry_and_mood() -> None:
    kind, kinds = shipped_content().kind("phq4"), shipped_kinds()
    assert halves_of(kind, kinds.parse("phq4", answered("phq4", [3, 2, 1, 0]))) == (5, 1)
    assert halves_of(kind, kinds.parse("phq4", answered("phq4", [3, 2, 1]))) == ()
    gad = kinds.parse("gad7", answered("gad7", [1] * 7))
    assert halves_of(shipped_content().kind("gad7"), gad) == ()


@given(st.lists(st.integers(0, 4), min_size=20, max_size=20))
def test_a_total_is_the_sum(numbers: list[int]) -> None:
    assert total("pcl5", numbers) == sum(numbers)
