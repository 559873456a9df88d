"""Lately beside before, four panels, the three answers: what is drawn, and that a gap stays a gap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from app.charts import are, lately, panels
from app.charts.plot import Flags, Floats, Plot
from app.charts.style import load_style
from tests.charts import chart_pictures as pictures
from tests.charts.builders import CAPTION, LAST, drawn, outside, overlapping

NAN = float("nan")
WEEK = 7.0
CHARTS = {
    "lately": (pictures.lately_plot, (520, 210)),
    "panels": (pictures.panels_plot, (860, 460)),
    "panels-part": (pictures.panels_part_plot, (330, 600)),
    "are": (pictures.are_plot, (860, 400)),
    "are-part": (pictures.are_part_plot, (520, 360)),
}
weekly = arrays(np.float64, st.integers(2, 60), elements=st.sampled_from([NAN, NAN, 0.0, 1.0, 2.5, 4.0]))


def segments(line: Line2D) -> list[tuple[float, float]]:
    """The spans on the time axis that a line really covers: pairs of neighbours without a break between."""
    if line.get_linestyle() == "None":
        return []
    xs, ys = (np.asarray(part, dtype=float) for part in (line.get_xdata(), line.get_ydata()))
    return [(a, b) for a, b, c, d in zip(xs, xs[1:], ys, ys[1:], strict=False) if np.isfinite([a, b, c, d]).all()]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("factor", [0.62, 1.0, 1.5])
def test_no_words_touch_or_leave_the_card(name: str, scale: float, factor: float) -> None:
    make, (width, height) = CHARTS[name]
    figure, _ = drawn(make(), width * factor, height * max(factor, 1.0), load_style(scale=scale))
    assert overlapping(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("name", CHARTS)
def test_the_reading_line_has_a_stop_for_every_week(name: str) -> None:
    make, size = CHARTS[name]
    _, reading = drawn(make(), *size)
    assert reading is not None and len(reading) == (16 if name == "lately" else 26)
    assert np.all(np.diff(reading.xs) > 0)
    left, right = reading.axes.get_xlim()
    assert left <= reading.xs[0] and reading.xs[-1] <= right


# ------------------------------------------------------------------------------------------------ gaps stay gaps


@given(weekly)
def test_a_panel_shows_each_usable_week_and_no_line_crosses_another(values: Floats) -> None:
    data = panels.PanelsData(pictures.mondays(values.size), (values,) * 4, (10.0, 10.0, 10.0, 4.0))
    _, reading = drawn(panels.plot(data, pictures.panels_labels(), CAPTION), 900, 500)
    assert reading is not None
    usable = data.weeks[np.isfinite(values)]
    lines = [line for line in reading.axes.get_lines() if line.get_zorder() > 1]
    marks = [np.asarray(line.get_xdata(), dtype=float) for line in lines if line.get_linestyle() == "None"]
    assert len(marks) == (4 if usable.size else 0)
    for shown in marks:
        np.testing.assert_array_equal(shown, usable)
    for start, end in (pair for line in lines for pair in segments(line)):
        assert end - start <= WEEK and {start, end} <= set(usable.tolist())


@given(weekly, st.data())
def test_the_three_answers_never_stand_at_nought_for_want_of_an_occasion(values: Floats, data: st.DataObject) -> None:
    none = np.isnan(values)
    flags: Flags = np.asarray(data.draw(arrays(np.bool_, values.size))) & none
    row = are.AreRow(values, values, values, flags)
    _, reading = drawn(
        are.plot(are.AreData(pictures.mondays(values.size), (row,) * 3), pictures.ARE_LABELS, CAPTION), 600, 400
    )
    assert reading is not None
    lines = [line for line in reading.axes.get_lines() if line.get_zorder() > 1]
    assert all(start == end for line in lines for start, end in segments(line))  # ranges stand upright
    marks = [line for line in lines if line.get_marker() == "o"]
    assert len(marks) == (0 if row.is_empty else 6)
    for filled, open_ones in zip(marks[::2], marks[1::2], strict=True):
        np.testing.assert_array_equal(np.asarray(filled.get_ydata()), values[~none])
        assert set(np.asarray(open_ones.get_ydata()).tolist()) <= {are.LANE}
        assert np.size(open_ones.get_xdata()) == int(flags.sum())
        assert open_ones.get_markerfacecolor() == load_style().ground != filled.get_markerfacecolor()


@given(arrays(np.float64, 16, elements=st.sampled_from([NAN, 0.0, 3.0, 10.0])))
def test_lately_shows_each_usable_week_once_and_joins_none(values: Floats) -> None:
    data = replace(pictures.lately_data(), values=values)
    _, reading = drawn(lately.plot(data, pictures.LATELY_LABELS, CAPTION), 520, 210)
    assert reading is not None
    dots = [line for line in reading.axes.get_lines() if line.get_marker() == "o"]
    assert [np.size(line.get_xdata()) for line in dots] == [
        int(np.isfinite(values[:12]).sum()), int(np.isfinite(values[12:]).sum()),
    ]  # fmt: skip
    assert all(line.get_linestyle() == "None" for line in dots)
    assert dots[0].get_markerfacecolor() != dots[1].get_markerfacecolor()


# ------------------------------------------------------------------------------------------------ what is where


def collections(plot: Plot) -> list[LineCollection]:
    _, reading = drawn(plot, 520, 210)
    assert reading is not None
    return [one for one in reading.axes.collections if isinstance(one, LineCollection)]


def test_the_difference_stands_on_the_middle_of_before() -> None:
    data = pictures.lately_data()
    ranges = [path.vertices for one in collections(pictures.lately_plot()) for path in one.get_paths()]
    upright = [np.asarray(ends)[:, 1] for ends in ranges if np.ptp(np.asarray(ends)[:, 0]) == 0]
    assert len(upright) == 1
    np.testing.assert_allclose(upright[0], (data.before + data.low, data.before + data.high))


def test_a_difference_beyond_the_scale_is_cut_at_its_edge_without_an_end_bar() -> None:
    data = replace(pictures.lately_data(), before=9.5, low=0.1, high=3.0, change=1.0, now=10.0)
    plot = lately.plot(data, pictures.LATELY_LABELS, CAPTION)
    upright = [p for one in collections(plot) for p in one.get_paths() if np.ptp(np.asarray(p.vertices)[:, 0]) == 0]
    assert np.asarray(upright[0].vertices)[:, 1].tolist() == [9.6, 10.0]
    whole = sum(len(one.get_paths()) for one in collections(pictures.lately_plot()))
    assert sum(len(one.get_paths()) for one in collections(plot)) == whole - 1


def test_panels_keep_their_own_fixed_scales_at_one_height_on_one_time_axis() -> None:
    figure, reading = drawn(pictures.panels_plot(), 860, 460)
    assert reading is not None and figure.axes == [reading.axes]
    scales = [text for text in reading.axes.texts if text.get_text().isdigit() and text.get_position()[0] == 0.0]
    assert [text.get_text() for text in scales] == ["0", "10", "0", "10", "0", "10", "0", "4"]
    levels = [float(text.get_position()[1]) for text in scales]
    heights = [upper - lower for lower, upper in zip(levels[::2], levels[1::2], strict=True)]
    assert max(heights) - min(heights) < 1e-9
    data = pictures.panels_data()
    marks = [line for line in reading.axes.get_lines() if line.get_linestyle() == "None" and line.get_zorder() == 3]
    for line, series, top, lower, high in zip(marks, data.series, data.tops, levels[::2], heights, strict=True):
        shown = line.get_transform().transform(np.column_stack((line.get_xdata(), line.get_ydata())))
        wanted = lower + series[np.isfinite(series)] / top * high
        np.testing.assert_allclose(reading.axes.transData.inverted().transform(shown)[:, 1], wanted)


def test_each_panel_has_a_shape_of_its_own() -> None:
    _, reading = drawn(pictures.panels_plot(), 860, 460)
    assert reading is not None
    shapes = [line.get_marker() for line in reading.axes.get_lines() if line.get_linestyle() == "None"]
    assert shapes == ["D", *panels.SHAPES]  # events first


def test_rows_too_low_for_sentences_keep_their_names_and_lose_all_sentences() -> None:
    figure, _ = drawn(pictures.panels_plot(), 860, 240)
    words = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "Trust" in words and not [text for text in words if text.startswith("Typically")]


def test_tables_hold_what_is_drawn_and_nothing_for_gaps() -> None:
    lately_rows = pictures.lately_plot().table().rows
    assert [row[1] for row in lately_rows] == ["twelve weeks before"] * 10 + ["last four weeks"] * 3
    panel_rows = pictures.panels_plot().table().rows
    assert len(panel_rows) == 24 and sum(row[2] is None for row in panel_rows) == 2
    are_rows = pictures.are_plot().table().rows
    assert [row[2] for row in are_rows].count("no occasion") == 5
    assert len(are_rows) == 3 * 26 - 2 - 1 - 3
    cells = [cell for row in (*lately_rows, *panel_rows, *are_rows) for cell in row]
    assert not [cell for cell in cells if isinstance(cell, float) and np.isnan(cell)]


@pytest.mark.parametrize("name", CHARTS)
def test_ten_years_of_weeks_are_drawn_without_touching_words(name: str) -> None:
    if name.startswith("panels"):
        plot = panels.plot(pictures.panels_data(522), pictures.panels_labels(), CAPTION)
    elif name.startswith("are"):
        plot = are.plot(pictures.are_data(522), pictures.ARE_LABELS, CAPTION)
    else:
        plot = pictures.lately_plot()
    figure, reading = drawn(plot, 860, 460)
    assert reading is not None and reading.xs[-1] <= LAST
    assert overlapping(figure) == []
