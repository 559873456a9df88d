"""The charts of single triggers, read back from the artists they made."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from app.charts import cues, helped, settling, triggers
from app.charts.plot import Floats, Plot, Reading
from app.charts.style import load_style, new_figure
from tests.charts import event_pictures as pictures
from tests.charts.builders import CAPTION, LAST, boxes, drawn, outside, overlapping

CHARTS: dict[str, tuple[Callable[[], Plot], tuple[int, int]]] = {
    "families": (pictures.families_plot, (700, 230)),
    "blocks": (pictures.blocks_plot, (700, 230)),
    "cues": (pictures.cues_plot, (560, 240)),
    "helped": (pictures.helped_plot, (480, 200)),
    "strip": (pictures.strip_plot, (700, 230)),
}
every_chart = pytest.mark.parametrize("name", CHARTS)


def lines(reading: Reading | None, marker: str | None = None) -> list[Line2D]:
    assert reading is not None
    return [line for line in reading.axes.get_lines() if marker is None or line.get_marker() == marker]


def xs(line: Line2D) -> Floats:
    return np.asarray(line.get_xdata(), dtype=np.float64)


def ys(line: Line2D) -> Floats:
    return np.asarray(line.get_ydata(), dtype=np.float64)


@every_chart
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("scale", "factor"), [(1.0, 1.0), (2.0, 1.0), (1.0, 0.7), (1.0, 1.4)])
def test_no_words_touch_or_leave_the_card(name: str, dark: bool, scale: float, factor: float) -> None:
    make, (width, height) = CHARTS[name]
    figure, _ = drawn(make(), width * factor, height * max(factor, 1.0), load_style(dark=dark, scale=scale))
    assert overlapping(figure) == []
    assert outside(figure) == []


@every_chart
def test_stops_lie_inside_and_rows_are_whole(name: str) -> None:
    make, size = CHARTS[name]
    _, reading = drawn(make(), *size)
    assert reading is not None and len(reading) == reading.ys.size > 0
    left, right = sorted(reading.axes.get_xlim())
    assert left <= reading.xs.min() and reading.xs.max() <= right
    table = make().table()
    assert table.rows and all(len(row) == len(table.columns) for row in table.rows)
    assert not any(isinstance(cell, float) and np.isnan(cell) for row in table.rows for cell in row)


@every_chart
def test_a_reused_figure_shows_the_same_picture(name: str) -> None:
    make, size = CHARTS[name]
    style, plot = load_style(), make()
    figure = new_figure(*size, style)
    canvas = FigureCanvasAgg(figure)
    shown = []
    for _ in range(2):
        plot.build(figure, style)
        canvas.draw()
        shown.append((bytes(canvas.buffer_rgba()), len(figure.findobj())))
    assert shown[0] == shown[1]


def test_each_family_of_moves_has_a_shape_of_its_own_filled_at_first_and_open_after() -> None:
    data = pictures.triggers_data()
    _, reading = drawn(pictures.families_plot(), 700, 230)
    for family in range(4):
        filled, hollow = lines(reading, triggers.SHAPES[family])[-2:]
        mine = data.family == family
        assert xs(filled).size == mine.sum()
        assert xs(hollow).size == (mine & np.isfinite(data.after)).sum()
        assert filled.get_markerfacecolor() != hollow.get_markerfacecolor() == load_style().ground


def test_a_trigger_without_an_after_has_no_line() -> None:
    data = pictures.triggers_data()
    _, reading = drawn(pictures.families_plot(), 700, 230)
    assert reading is not None
    drops = [c for c in reading.axes.collections if isinstance(c, LineCollection) and len(c.get_segments()) > 2]
    assert len(drops[0].get_segments()) == np.isfinite(data.after).sum() < data.days.size


def test_blocks_take_the_place_of_single_marks_and_every_strength_stays_as_a_dot() -> None:
    data = pictures.blocks_data()
    assert data.blocks is not None
    _, reading = drawn(pictures.blocks_plot(), 700, 230)
    assert reading is not None and len(reading) == data.blocks.starts.size
    dots, filled, hollow = lines(reading, "o")
    np.testing.assert_array_equal(ys(filled), data.blocks.peak)
    assert xs(hollow).size == np.isfinite(data.blocks.after).sum()
    assert set(ys(dots).tolist()) == set(data.peak.tolist())
    assert xs(dots).size <= data.days.size
    assert len(pictures.blocks_plot().table().rows) == data.days.size


def test_ten_years_of_triggers_redraw_quickly() -> None:
    """Ten thousand; 25 ms on two quiet cores, the limit leaves room for busy ones."""
    plots = (
        triggers.plot(pictures.blocks_data(10_000, 3650), pictures.TRIGGERS_LABELS, CAPTION),
        settling.plot(pictures.strip_data(10_000, 3650), pictures.STRIP_LABELS, CAPTION),
    )
    style = load_style()
    for plot in plots:
        figure = new_figure(1006, 238, style)
        canvas = FigureCanvasAgg(figure)
        spent_ms = []
        for _ in range(5):
            begun = time.process_time()
            plot.build(figure, style)
            canvas.draw()
            spent_ms.append((time.process_time() - begun) * 1000)
        assert min(spent_ms) < 120


def test_every_cell_that_came_has_a_circle_whose_area_goes_with_its_count() -> None:
    _, reading = drawn(pictures.cues_plot(), 560, 240)
    assert reading is not None
    often, few = [found for found in reading.axes.collections if isinstance(found, PathCollection)]
    counts = pictures.CUES.counts
    assert len(often.get_offsets()) == (counts >= cues.FEW).sum()
    assert len(few.get_offsets()) == ((counts > 0) & (counts < cues.FEW)).sum()
    areas = {tuple(at): area for at, area in zip(often.get_offsets().tolist(), often.get_sizes(), strict=True)}
    assert areas[(1.0, 4.0)] / areas[(0.0, 4.0)] == pytest.approx(107 / 13)


def test_a_grey_cell_differs_by_more_than_its_colour() -> None:
    _, reading = drawn(pictures.cues_plot(), 560, 240)
    assert reading is not None
    often, few = [found for found in reading.axes.collections if isinstance(found, PathCollection)]
    assert np.size(often.get_facecolor()) and not np.size(few.get_facecolor())
    assert often.get_linestyle() != few.get_linestyle()


def test_counts_are_printed_as_shapes_beside_their_circles() -> None:
    figure, _ = drawn(pictures.cues_plot(), 560, 240)
    shapes = [found for found in figure.artists if isinstance(found, PathPatch)]
    counts = pictures.CUES.counts
    digits = [sum(len(str(count)) for count in counts[mine]) for mine in (counts >= 3, (counts > 0) & (counts < 3))]
    closed = [int((np.asarray(shape.get_path().codes) == Path.CLOSEPOLY).sum()) for shape in shapes]
    assert [found >= wanted for found, wanted in zip(closed, digits, strict=True)] == [True, True]
    bare = replace(pictures.CUES, counts=np.zeros_like(counts))
    empty, _ = drawn(cues.plot(bare, pictures.CUES_LABELS, CAPTION), 560, 240)
    assert not [found for found in empty.artists if isinstance(found, PathPatch)]


def test_cells_that_have_no_room_stay_in_the_table() -> None:
    _, reading = drawn(pictures.cues_plot(), 560, 110)
    assert reading is not None and len(reading) == 2 * 4
    assert len(pictures.cues_plot().table().rows) == 5
    assert pictures.cues_plot().table().rows[0] == ("phone or screen", 4, 10, None, 3)


def test_arrows_walk_the_cells() -> None:
    _, reading = drawn(pictures.cues_plot(), 560, 240)
    assert reading is not None
    assert (reading.xs[5], reading.ys[5]) == (1.0, 1.0)
    assert reading.moved(5, reading.rise) == 9 and reading.moved(5, reading.step) == 6
    assert reading.nearest(0.9, 1.2) == 5


def test_the_scale_of_ease_begins_at_nought_unless_something_rose() -> None:
    assert helped.lowest_of(pictures.HELPED) == -5
    assert helped.lowest_of(replace(pictures.HELPED, low=np.zeros(4))) == 0
    assert helped.lowest_of(replace(pictures.HELPED, low=np.full(4, -7.0))) == -10
    figure, _ = drawn(pictures.helped_plot(), 480, 200)
    assert any(words.endswith("\u22125") for words in boxes(figure))


def test_what_is_still_going_stands_in_a_lane_of_its_own_in_its_own_shape() -> None:
    data = pictures.strip_data()
    _, reading = drawn(pictures.strip_plot(), 700, 230)
    (settled,), (going,) = lines(reading, "o"), lines(reading, "^")
    assert xs(going).size == data.still_going.sum()
    assert ys(going).min() > ys(settled).max()


def test_only_blocks_with_enough_have_a_median_tick() -> None:
    data = pictures.strip_data()
    _, reading = drawn(pictures.strip_plot(), 700, 230)
    assert reading is not None
    ticks = next(c for c in reading.axes.collections if isinstance(c, LineCollection) and np.max(c.get_linewidth()) > 2)
    drawn_at = [10.0 ** float(np.asarray(segment)[0, 1]) for segment in ticks.get_segments()]
    np.testing.assert_allclose(drawn_at, data.medians[np.isfinite(data.medians)])
    assert np.isnan(reading.ys).sum() == np.isnan(data.medians).sum() > 0


def test_counts_under_the_strip_go_when_they_have_no_room() -> None:
    wide, _ = drawn(pictures.strip_plot(), 700, 230)
    narrow, _ = drawn(settling.plot(pictures.strip_data(400, 3650), pictures.STRIP_LABELS, CAPTION), 700, 230)
    assert sum(words.endswith("n 5") for words in boxes(wide)) == pictures.strip_data().starts.size
    assert not any(words.endswith("n 5") for words in boxes(narrow))


def test_markers_of_other_times_are_left_out() -> None:
    data = replace(pictures.strip_data(), markers=(replace(pictures.MARKERS[0], day=LAST + 4),))
    figure, _ = drawn(settling.plot(data, pictures.STRIP_LABELS, CAPTION), 700, 230)
    assert not any("holidays" in words for words in boxes(figure))
