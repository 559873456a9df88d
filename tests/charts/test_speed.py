"""Ten years of days must stay cheap: to draw for the first time, to draw again, and in what the process keeps.

Times are told in units of a bare matplotlib chart of the same size, measured in alternation in the same process: the
chart that the design measured at 20 ms on a quiet two-core machine (insights.md 6). So a busy computer slows both.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from app.charts import are, panels
from app.charts.plot import Plot
from app.charts.style import load_style, new_figure, prepare
from tests.charts import chart_pictures as pictures
from tests.charts.builders import CAPTION, trail_plot, year_plot

UNIT_MS = 20.0
"""What the bare chart took where the limits were set."""
REDRAW_MS, FIRST_MS = 40.0, 150.0
TEN_YEARS = 3650
MARKS = tuple((at, f"event {at}") for at in range(200, TEN_YEARS, 360))
SIZE = (900, 420)
_TURNS = 8


PLOTS: dict[str, Callable[[], Plot]] = {
    "trail": lambda: trail_plot(TEN_YEARS, MARKS),
    "year": year_plot,
    "panels": lambda: panels.plot(pictures.panels_data(522), pictures.panels_labels(), CAPTION),
    "are": lambda: are.plot(pictures.are_data(522), pictures.ARE_LABELS, CAPTION),
}


def drawing(plot: Plot) -> Callable[[], None]:
    """Build a chart anew on one canvas and draw it, as a redraw does."""
    style = load_style()
    figure = new_figure(*SIZE, style)
    canvas = FigureCanvasAgg(figure)

    def draw() -> None:
        plot.build(figure, style)
        canvas.draw()

    return draw


def bare() -> Callable[[], None]:
    """The design's own chart: five years of dots, a line, a band and ten notes, straight from the library."""
    prepare()
    figure = Figure(figsize=(SIZE[0] / 96, SIZE[1] / 96), dpi=96)
    canvas = FigureCanvasAgg(figure)
    days = np.arange(1826)
    values = np.random.default_rng(1).integers(0, 11, 1826)
    line = 5 + np.sin(days / 50)

    def draw() -> None:
        figure.clear()
        axes = figure.add_axes((0.05, 0.1, 0.9, 0.85))
        axes.plot(days, values, ".", markersize=2)
        axes.plot(days, line)
        axes.fill_between(days, line - 1, line + 1, alpha=0.3)
        for note in range(10):
            axes.axvline(note * 180, linewidth=0.5)
            axes.text(note * 180, 10, f"note {note}")
        canvas.draw()

    return draw


def cost_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def in_units(work: Callable[[], object], unit: Callable[[], object]) -> float:
    """What `work` costs where `unit` costs 20 ms: the best of several turns of each."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(_TURNS):
        for times, one in zip(taken, (work, unit), strict=True):
            times.append(cost_ms(one))
    return min(taken[0]) / min(taken[1]) * UNIT_MS


@pytest.mark.parametrize("name", list(PLOTS))
def test_ten_years_redraw_within_the_limit(name: str) -> None:
    assert in_units(drawing(PLOTS[name]()), bare()) <= REDRAW_MS


def test_ten_years_cost_hardly_more_than_half_a_year() -> None:
    """What is drawn decides, not how much lies behind it."""
    few = tuple((at, f"event {at}") for at in range(10, 180, 18))
    long, short = drawing(trail_plot(TEN_YEARS, MARKS)), drawing(trail_plot(182, few))
    assert in_units(long, short) / UNIT_MS < 1.6


_FIRST = """
import sys, time
from tests.charts import test_speed as speed
speed.prepare()
plot = speed.PLOTS["trail"]()
first = speed.cost_ms(lambda: speed.drawing(plot)())
unit = speed.bare()
sys.stdout.write(f"{first / min(speed.cost_ms(unit) for _ in range(8)) * speed.UNIT_MS}")
"""


def test_the_first_chart_is_there_soon_after_the_library() -> None:
    """A process of its own: no font was measured and no glyph drawn before."""
    found = [
        float(
            subprocess.run(
                [sys.executable, "-c", _FIRST],
                cwd=Path(__file__).resolve().parents[2],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for _ in range(2)
    ]
    assert min(found) <= FIRST_MS


@pytest.mark.slow
def test_four_hundred_redraws_keep_nothing() -> None:
    draw = drawing(trail_plot(TEN_YEARS, MARKS))
    for _ in range(60):
        draw()
    before = resident_mb()
    for _ in range(400):
        draw()
    grown = resident_mb() - before
    print(f"\n400 redraws of ten years: {grown:+.1f} MiB")  # noqa: T201  # the record of a run
    assert grown < 4


def resident_mb() -> float:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("the system does not tell what a process keeps")
    gc.collect()
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
