"""A chart of ten years in the window: the reading line follows at once, and painting again keeps nothing.

Times are told in units of the bare chart of `tests.charts.test_speed`, so that a busy computer slows both sides.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from app.ui.widgets.chart_view import ChartView
from tests.charts.builders import trail_plot
from tests.charts.test_speed import MARKS, SIZE, TEN_YEARS, UNIT_MS, bare, cost_ms, resident_mb

HOVER_MS = 5.0
STEPS = 60


@pytest.fixture
def view(qtbot: Any) -> ChartView:
    shown = ChartView()
    qtbot.addWidget(shown)
    shown.resize(*SIZE)
    shown.set_plot(trail_plot(TEN_YEARS, MARKS))
    shown.show()
    QTest.qWait(30)
    shown.grab()
    assert shown.is_drawn
    return shown


def test_the_reading_line_follows_the_pointer_at_once(view: ChartView) -> None:
    unit = bare()

    def along() -> None:
        for index in range(0, 10 * STEPS, 10):
            view.step_to(index)

    taken, units = [], []
    for _ in range(5):
        taken.append(cost_ms(along) / STEPS)
        units.append(cost_ms(unit))
    assert min(taken) / min(units) * UNIT_MS <= HOVER_MS


@pytest.mark.slow
def test_four_hundred_paintings_in_a_window_keep_nothing(view: ChartView) -> None:
    for _ in range(60):
        view.redraw_now()
    before = resident_mb()
    for _ in range(400):
        view.redraw_now()
    grown = resident_mb() - before
    print(f"\n400 redraws in a window: {grown:+.1f} MiB")  # noqa: T201  # the record of a run
    assert grown < 4
