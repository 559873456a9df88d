"""Five years of days must stay cheap to redraw; the limit is three times what a two-core machine measured (40 ms)."""

from __future__ import annotations

import time

from matplotlib.backends.backend_agg import FigureCanvasAgg

from app.charts.style import load_style, new_figure
from tests.charts.builders import trail_plot


def test_five_years_redraw_quickly() -> None:
    style = load_style()
    plot = trail_plot(1826, tuple((at, f"event {at}") for at in range(60, 1800, 180)))
    figure = new_figure(900, 420, style)
    canvas = FigureCanvasAgg(figure)
    spent_ms = []
    for _ in range(6):
        begun = time.process_time()
        figure.clear()
        plot.build(figure, style)
        canvas.draw()
        spent_ms.append((time.process_time() - begun) * 1000)
    assert min(spent_ms) < 120
    assert len(figure.axes) == 1
