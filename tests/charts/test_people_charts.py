"""Two people in one chart: shapes and dashes of their own, stems only where both have a value, nothing cut off."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from app.charts import perception, two_views
from app.charts.plot import Plot, Reading
from app.charts.style import load_style
from tests.charts.builders import CAPTION, LAST, MONTHS, drawn, outside, overlapping
from tests.charts.picture_table import perception_picture, two_views_picture

MONDAY = LAST - (LAST - 1) % 7
NAMES = ("Noa", "Jules")


def views(first: list[float], second: list[float], names: tuple[str, str] = NAMES) -> Plot:
    weeks = MONDAY - 7 * np.arange(len(first))[::-1]
    data = two_views.ViewsData(weeks, np.array(first), np.array(second))
    return two_views.plot(data, two_views.ViewsLabels(MONTHS, names, ("Week of", *names)), CAPTION)


def blocks(received: list[float], pictured: list[float], seat: int) -> Plot:
    mondays = MONDAY - 28 * np.arange(1, len(received) + 1)[::-1]
    data = perception.PerceptionData(mondays, np.full(len(received), 4), np.array(received), np.array(pictured), seat)
    labels = perception.PerceptionLabels(MONTHS, "felt", "pictured", ("From", "Weeks", "As felt", "As pictured"))
    return perception.plot(data, labels, CAPTION)


def marks(reading: Reading | None, shape: str) -> list[tuple[float, float]]:
    """Every mark of one shape, in data coordinates."""
    assert reading is not None
    found = [line for line in reading.axes.get_lines() if line.get_marker() == shape]
    return [(float(x), float(y)) for line in found for x, y in np.asarray(line.get_xydata())]


def stems(reading: Reading | None) -> list[float]:
    assert reading is not None
    found = [one for one in reading.axes.collections if isinstance(one, LineCollection)]
    return [float(np.asarray(path.vertices)[0, 0]) for one in found for path in one.get_paths()]


@pytest.mark.parametrize("make", [two_views_picture, perception_picture])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("scale", "factor"), [(1.0, 1.0), (2.0, 1.0), (1.0, 0.6), (1.0, 1.5)])
def test_no_words_touch_or_leave_the_card(make: object, dark: bool, scale: float, factor: float) -> None:
    assert callable(make)
    figure, _ = drawn(make(), 480 * factor, 190, load_style(dark=dark, scale=scale))
    assert overlapping(figure) == []
    assert outside(figure) == []


def test_each_has_a_shape_and_a_dash_and_every_value_is_there_once() -> None:
    _, reading = drawn(views([4, 5, np.nan, 6], [6, 5, 7, 6.05]), 480, 190)
    assert sorted(y for _, y in marks(reading, "o")) == [4, 5, 6]
    assert sorted(y for _, y in marks(reading, "s")) == [5, 6, 6.05, 7]
    assert reading is not None
    lines = [line for line in reading.axes.get_lines() if line.get_linewidth() > 1.4 and line.get_marker() == "None"]
    assert [line.get_linestyle() for line in lines] == ["-", "--"]


def test_stems_stand_only_where_both_have_a_value() -> None:
    _, reading = drawn(views([4, 5, np.nan, 6], [6, np.nan, 7, 8]), 480, 190)
    assert stems(reading) == [MONDAY - 21, MONDAY]


def test_equal_points_stand_side_by_side_and_others_do_not() -> None:
    def offsets(reading: Reading | None) -> set[float]:
        assert reading is not None
        base = reading.axes.transData
        return {
            round(float(line.get_transform().transform((MONDAY, 5))[0] - base.transform((MONDAY, 5))[0]), 1)
            for line in reading.axes.get_lines()
            if line.get_marker() in {"o", "s"}
        }

    _, apart = drawn(views([2, 3], [8, 9]), 480, 190)
    _, same = drawn(views([5, 6], [5, 6]), 480, 190)
    assert offsets(apart) == {0.0}
    left, right = sorted(offsets(same))
    assert left < 0 < right and left == -right


def test_gaps_stay_gaps_in_the_table() -> None:
    table = views([4, np.nan, np.nan], [np.nan, np.nan, 7]).table()
    assert [row[1:] for row in table.rows] == [(4.0, None), (None, 7.0)]


@pytest.mark.parametrize("seat", [0, 1])
def test_whoever_pictured_has_their_own_shape(seat: int) -> None:
    _, reading = drawn(blocks([3, 4], [8, 9], seat), 480, 190)
    pictured = marks(reading, "os"[seat])
    assert sorted(y for _, y in pictured) == [8, 9]
    assert sorted(y for _, y in marks(reading, "os"[1 - seat])) == [3, 4]
    assert blocks([3, 4], [8, 9], seat).table().rows[0][1:] == (4, 3.0, 8.0)


def test_one_week_and_long_names_fit() -> None:
    figure, reading = drawn(
        views([5], [6], ("Maximiliane-Josephine von der Au", "Bartholomew Featherstonehaugh")), 300, 160
    )
    assert reading is not None and len(reading) == 1
    assert outside(figure) == []
