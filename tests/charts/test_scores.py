"""The chart of totals: nothing joins the dots, lines are quiet, words have room at every size."""

from __future__ import annotations

import datetime as dt

import pytest
from matplotlib.colors import to_hex

from app.charts.style import load_style
from tests.charts.builders import LAST, boxes, drawn, outside, overlapping
from tests.charts.score_pictures import bands_plot, close_plot, zone_plot

PLOTS = {"bands": bands_plot, "zone": zone_plot, "close": close_plot}


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("width", [330, 520, 860])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_words_have_room(name: str, width: int, scale: float) -> None:
    figure, reading = drawn(PLOTS[name](), width, 200, load_style(scale=scale))
    assert overlapping(figure) == []
    assert outside(figure) == []
    assert reading is not None


def test_each_total_is_a_stop_and_nothing_joins_them() -> None:
    style = load_style()
    figure, reading = drawn(bands_plot(), 520, 200, style)
    assert reading is not None
    assert reading.ys.tolist() == [9, 8, 6, 7, 3, 0]
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [line.get_linestyle() for line in dots] == ["None"]
    assert to_hex(dots[0].get_markerfacecolor()) == style.lee.lower()
    dashed = [line for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    assert [line.get_ydata()[0] for line in dashed] == [3.0, 6.0, 9.0]  # type: ignore[index]  # an array it is


def test_numbers_stand_over_the_dots_only_with_room() -> None:
    def words(name: str) -> set[str]:
        return {key.split(" ", 1)[1] for key in boxes(drawn(PLOTS[name](), 520, 200)[0])}

    assert {"9", "8", "7", "31\u201333"} <= words("bands") | words("zone")
    assert "7.5" not in words("close")


def test_the_table_has_a_day_and_a_total_each() -> None:
    table = zone_plot().table()
    assert table.columns == ("Day", "Total")
    assert table.rows[-1] == (dt.date.fromordinal(LAST), 0.0)
    assert len(table.rows) == 6
