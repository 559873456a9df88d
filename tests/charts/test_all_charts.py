"""What holds for every chart: readable in both themes and at every size, complete as a table, silent when redrawn."""

from __future__ import annotations

import io
import pkgutil
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import app.charts
from app.charts.style import load_style, new_figure
from tests.charts.builders import CHARTS, drawn, outside, overlapping

every_chart = pytest.mark.parametrize("name", sorted(CHARTS))


@every_chart
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_words_touch_or_leave_the_card(name: str, dark: bool, scale: float) -> None:
    make, (width, height) = CHARTS[name]
    figure, _ = drawn(make(), width, height, load_style(dark=dark, scale=scale))
    assert overlapping(figure) == []
    assert outside(figure) == []


@every_chart
@pytest.mark.parametrize("factor", [0.6, 0.75, 1.4])
def test_other_sizes_are_as_clean(name: str, factor: float) -> None:
    make, (width, height) = CHARTS[name]
    figure, _ = drawn(make(), max(width * factor, 150), height * max(factor, 1.0))
    assert overlapping(figure) == []
    assert outside(figure) == []


@every_chart
def test_stops_lie_where_something_is_drawn(name: str) -> None:
    make, size = CHARTS[name]
    _, reading = drawn(make(), *size)
    if name == "empty":
        assert reading is None
        return
    assert reading is not None
    assert len(reading) == reading.ys.size > 0
    left, right = sorted(reading.axes.get_xlim())
    assert left <= reading.xs.min() and reading.xs.max() <= right


@every_chart
def test_every_row_has_a_cell_for_every_column(name: str) -> None:
    table = CHARTS[name][0]().table()
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert bool(table.rows) is (name != "empty")
    assert not any(isinstance(cell, float) and np.isnan(cell) for row in table.rows for cell in row)


@every_chart
def test_a_reused_figure_shows_the_same_picture(name: str) -> None:
    make, size = CHARTS[name]
    style, plot = load_style(), make()
    figure = new_figure(*size, style)
    canvas = FigureCanvasAgg(figure)
    pictures = []
    for _ in range(2):
        figure.clear()
        plot.build(figure, style)
        canvas.draw()
        pictures.append(bytes(canvas.buffer_rgba()))
    artists = len(figure.findobj())
    figure.clear()
    plot.build(figure, style)
    assert pictures[0] == pictures[1]
    assert len(figure.findobj()) == artists


@every_chart
def test_only_theme_colours_on_the_ground(name: str) -> None:
    make, size = CHARTS[name]
    for dark in (False, True):
        style = load_style(dark=dark)
        figure, _ = drawn(make(), *size, style)
        out = io.BytesIO()
        figure.savefig(out, format="rgba", dpi=style.dpi)
        corner = tuple(out.getvalue()[:3])
        assert corner == tuple(bytes.fromhex(style.ground[1:]))


def test_screens_can_describe_charts_without_loading_matplotlib() -> None:
    modules = ", ".join(sorted(module.name for module in pkgutil.iter_modules(app.charts.__path__)))
    assert "trail" in modules
    code = f"import sys; from app.charts import {modules}; print('matplotlib' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
