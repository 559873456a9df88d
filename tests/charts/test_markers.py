from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts.frame import text_width
from app.charts.markers import TEXT_GAP_PX, place
from app.charts.style import prepare
from tests.charts.builders import drawn, outside, overlapping, trail_plot

prepare()
WORDS = st.sampled_from(["a setback", "session", "first holidays since", "a long illness in the family", "x"])


def spans(xs: list[float], texts: tuple) -> dict[int, list[tuple[float, float]]]:  # type: ignore[type-arg]
    rows: dict[int, list[tuple[float, float]]] = {}
    for x, where in zip(xs, texts, strict=True):
        size = text_width(where.text)
        begin = x - TEXT_GAP_PX - size if where.leftward else x + TEXT_GAP_PX
        rows.setdefault(where.row, []).append((begin, begin + size) if where.text else (x, x))
    return rows


def test_labels_with_room_stand_in_one_row_unshortened() -> None:
    texts = ["first holidays since", "a setback"]
    placed = place([100.0, 400.0], texts, 900.0, 60.0)
    assert [where.text for where in placed] == texts
    assert {where.row for where in placed} == {0}


def test_crowded_labels_take_two_rows_before_they_are_shortened() -> None:
    texts = ["session with the doctor", "moved out for a while"]
    placed = place([100.0, 150.0], texts, 900.0, 60.0)
    assert [where.row for where in placed] == [0, 1]
    assert [where.text for where in placed] == texts


@given(st.lists(st.tuples(st.floats(0, 880), WORDS), max_size=14))
def test_labels_of_one_row_never_touch(items: list[tuple[float, str]]) -> None:
    items = sorted(items)
    xs, texts = [x for x, _ in items], [text for _, text in items]
    placed = place(xs, texts, 880.0, 50.0)
    for row in spans(xs, placed).values():
        assert all(one[1] <= other[0] + 0.01 for one, other in pairwise(row))
        assert all(end <= 930.01 and begin >= -0.01 for begin, end in row)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 181), WORDS), max_size=9, unique_by=lambda item: item[0]))
def test_drawn_labels_never_touch_anything(items: list[tuple[int, str]]) -> None:
    figure, _ = drawn(trail_plot(markers=tuple(items)), 1006, 238)
    assert overlapping(figure) == []
    assert outside(figure) == []
