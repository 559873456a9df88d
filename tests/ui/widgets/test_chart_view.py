from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from app.charts import frame
from app.charts.plot import Caption, Plot, Reading, Table
from app.charts.style import ChartStyle, load_style
from app.ui.theme.hub import current_hub
from app.ui.widgets.chart_table import ChartTableModel
from app.ui.widgets.chart_view import RESTYLE_AFTER_MS, ChartView
from tests.charts.builders import LAST, trail_plot, year_plot


class Counted:
    """A small chart that counts how often it is built."""

    def __init__(self, size: int = 20) -> None:
        self.built = 0
        self.size = size
        caption = Caption("Felt safety", "A typical day is 6.", lambda index: f"day {index}")
        self.plot = Plot(self._build, lambda: Table(("Day", "Value"), tuple((i, i / 2) for i in range(size))), caption)

    def _build(self, figure: Figure, style: ChartStyle) -> Reading:
        self.built += 1
        frame.clear(figure, style)
        axes = frame.axes_in(figure, frame.Margins(20, 10, 10, 20))
        frame.value_axis(axes, style, frame.FULL_SCALE, (0, 5, 10))
        axes.set_xlim(0, self.size - 1)
        xs = np.arange(self.size, dtype=float)
        return Reading(axes, xs, np.full(self.size, 5.0), step=2, leap=6)


@pytest.fixture
def chart() -> Counted:
    return Counted()


@pytest.fixture
def view(qtbot: Any, chart: Counted) -> Iterator[ChartView]:
    hub = current_hub()
    hub.choose("light")
    hub.set_text_scale(1.0)
    shown = ChartView()
    qtbot.addWidget(shown)
    shown.resize(400, 160)
    shown.set_plot(chart.plot)
    shown.show()
    settle(shown)
    yield shown
    hub.choose("light")
    hub.set_text_scale(1.0)
    QTest.qWait(RESTYLE_AFTER_MS + 40)


def settle(view: ChartView) -> None:
    QTest.qWait(30)
    view.grab()


def heard(view: ChartView) -> list[tuple[int | None, str]]:
    told: list[tuple[int | None, str]] = []
    view.reading_changed.connect(lambda index, words: told.append((index, words)))
    return told


def test_importing_the_view_does_not_load_matplotlib() -> None:
    code = "import sys; import app.ui.widgets.chart_view; print('matplotlib' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_nothing_is_built_before_it_is_seen(qtbot: Any, chart: Counted) -> None:
    hidden = ChartView()
    qtbot.addWidget(hidden)
    hidden.set_plot(chart.plot)
    QTest.qWait(20)
    assert chart.built == 0
    hidden.show()
    settle(hidden)
    assert chart.built == 1


def test_arrow_keys_move_the_reading_line(view: ChartView) -> None:
    told = heard(view)
    keys = [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ]  # fmt: skip
    for key, modifier in keys:
        QTest.keyClick(view, key, modifier)
    assert [index for index, _ in told] == [19, 17, 11, 13, 0, 19, None]
    assert told[0] == (19, "day 19") and told[-1] == (None, "")


def test_the_accessible_words_follow_the_reading(view: ChartView) -> None:
    assert view.accessibleName() == "Felt safety"
    assert view.accessibleDescription() == "A typical day is 6."
    view.step_to(4)
    assert view.accessibleDescription() == "day 4"
    view.step_to(None)
    assert view.accessibleDescription() == "A typical day is 6."


def test_enter_activates_the_stop_that_is_read(view: ChartView) -> None:
    opened: list[int] = []
    view.activated.connect(opened.append)
    QTest.keyClick(view, Qt.Key.Key_Return)
    view.step_to(7)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [7]


def test_pointer_reads_the_nearest_stop_and_leaving_the_plot_clears_it(view: ChartView) -> None:
    told = heard(view)
    left, right = 3 + 20.0, 400 - 3 - 10.0
    for x in (left + (right - left) * 5.2 / 19, right - 1, 4.0):
        spot = QPointF(x, 80)
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove, spot, QPointF(view.mapToGlobal(QPoint(int(x), 80))), Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        view.mouseMoveEvent(event)
    assert [index for index, _ in told] == [5, 19, None]


def test_moving_the_line_does_not_build_or_draw_again(view: ChartView, chart: Counted) -> None:
    draws: list[object] = []
    assert view._canvas is not None
    view._canvas.mpl_connect("draw_event", draws.append)
    before = view.grab().toImage()
    for index in range(10):
        view.step_to(index)
    settle(view)
    assert chart.built == 1 and draws == []
    assert view.grab().toImage() != before
    view.step_to(None)
    settle(view)
    assert view.grab().toImage() == before


def test_resizing_many_times_builds_for_what_is_seen(view: ChartView, chart: Counted) -> None:
    for width in range(420, 720, 10):
        view.resize(width, 170)
    settle(view)
    assert chart.built <= 33
    built = chart.built
    settle(view)
    assert chart.built == built


def test_a_new_plot_reuses_the_canvas_and_forgets_the_reading(view: ChartView) -> None:
    told = heard(view)
    canvas, other = view._canvas, Counted(5)
    view.step_to(3)
    view.set_plot(other.plot)
    settle(view)
    assert view._canvas is canvas and other.built == 1
    assert told[-1] == (None, "")
    view.step_to(99)
    assert told[-1] == (4, "day 4")


def test_no_plot_leaves_nothing_behind(view: ChartView) -> None:
    view.show_table(True)
    view.show_table(False)
    view.set_plot(None)
    settle(view)
    assert view._canvas is not None
    assert view._canvas.figure.axes == [] and view.accessibleDescription() == ""
    table = view.findChild(QTableView)
    assert table is not None and table.model().rowCount() == 0


def test_the_table_stands_in_the_charts_place(view: ChartView) -> None:
    toggled: list[bool] = []
    view.table_toggled.connect(toggled.append)
    view.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_T)
    table = view.findChild(QTableView)
    assert table is not None and view.table_shown and not table.isHidden()
    assert (table.model().rowCount(), table.model().columnCount()) == (20, 2)
    assert table.accessibleName() == "Felt safety"
    QTest.keyClick(view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not view.table_shown and toggled == [True, False]


def test_cells_are_written_in_the_readers_locale() -> None:
    from datetime import date

    table = Table(("a", "b", "c", "d"), ((date.fromordinal(LAST), 5.5, 1200, None),))
    model = ChartTableModel(table, QLocale("de_DE"))
    assert [model.index(0, column).data() for column in range(4)] == ["14.05.26", "5,5", "1.200", ""]


def test_theme_changes_are_drawn_after_a_pause_once(view: ChartView, chart: Counted) -> None:
    hub = current_hub()
    for choice in ("dark", "light", "dark"):
        hub.choose(choice)  # type: ignore[arg-type]
    assert chart.built == 1
    QTest.qWait(RESTYLE_AFTER_MS + 60)
    settle(view)
    assert chart.built == 2
    assert view.grab().toImage().pixelColor(8, 8) == QColor(load_style(dark=True).ground)


def test_text_scale_makes_the_chart_text_larger(view: ChartView) -> None:
    assert view._canvas is not None
    dpi = view._canvas.figure.dpi
    current_hub().set_text_scale(1.5)
    QTest.qWait(RESTYLE_AFTER_MS + 60)
    settle(view)
    assert view._canvas.figure.dpi == pytest.approx(dpi * 1.5)
    assert view._canvas.size() == view.contentsRect().adjusted(3, 3, -3, -3).size()


def test_a_focused_chart_shows_its_ring(view: ChartView) -> None:
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    view.activateWindow()
    view.setFocus()
    settle(view)
    ring = view.grab().toImage().pixelColor(200, 1)
    view.clearFocus()
    settle(view)
    assert ring == current_hub().theme.color("focus") != view.grab().toImage().pixelColor(200, 1)


def test_days_of_a_year_are_walked_by_week_and_by_day(view: ChartView) -> None:
    view.set_plot(year_plot())
    settle(view)
    told = heard(view)
    view.step_to(100)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert [index for index, _ in told] == [100, 107, 108, 101, 100]


def test_the_real_trail_can_be_read(view: ChartView) -> None:
    view.resize(1000, 240)
    view.set_plot(trail_plot())
    settle(view)
    told = heard(view)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert [index for index, _ in told] == [181, 174]
