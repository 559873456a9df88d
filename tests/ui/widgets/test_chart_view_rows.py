"""Charts of several rows in their window: one reading line goes through all rows, over weeks without a value too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from app.charts.plot import Caption, Plot
from app.ui.theme.hub import current_hub
from app.ui.widgets.chart_view import RESTYLE_AFTER_MS, ChartView
from tests.charts.chart_pictures import are_plot, lately_plot, panels_part_plot, panels_plot

READ = Caption("A question", "A sentence.", lambda index: f"week {index}")
CHARTS: dict[str, tuple[Callable[[], Plot], int]] = {
    "lately": (lately_plot, 16),
    "panels": (panels_plot, 26),
    "panels-part": (panels_part_plot, 26),
    "are": (are_plot, 26),
}


@pytest.fixture
def view(qtbot: Any) -> Iterator[ChartView]:
    current_hub().choose("light")
    shown = ChartView()
    qtbot.addWidget(shown)
    shown.resize(700, 420)
    yield shown
    current_hub().choose("light")
    QTest.qWait(RESTYLE_AFTER_MS + 40)


def show(view: ChartView, name: str) -> int:
    make, weeks = CHARTS[name]
    view.set_plot(replace(make(), caption=READ))
    view.show()
    QTest.qWait(30)
    view.grab()
    return weeks


@pytest.mark.parametrize("name", CHARTS)
def test_keys_walk_every_week_and_the_words_follow(view: ChartView, name: str) -> None:
    weeks = show(view, name)
    told: list[int | None] = []
    view.reading_changed.connect(lambda index, _words: told.append(index))
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Right):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert told == [weeks - 1, weeks - 2, 0, 1, 5]
    assert view.accessibleDescription() == "week 5"


@pytest.mark.parametrize("name", ["panels", "are"])
@pytest.mark.parametrize("height", [0.2, 0.5, 0.85])
def test_the_pointer_reads_the_same_week_in_every_row(view: ChartView, name: str, height: float) -> None:
    weeks = show(view, name)
    told: list[int | None] = []
    view.reading_changed.connect(lambda index, _words: told.append(index))
    spot = QPointF(view.width() - 22.0, view.height() * height)
    view.mouseMoveEvent(
        QMouseEvent(
            QMouseEvent.Type.MouseMove, spot, QPointF(view.mapToGlobal(QPoint(int(spot.x()), int(spot.y())))),
            Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert told == [weeks - 1]


def test_one_canvas_shows_one_chart_after_the_other(view: ChartView) -> None:
    for name in ("panels", "are", "lately", "panels"):
        weeks = show(view, name)
        view.step_to(weeks - 1)
        assert view.accessibleDescription() == f"week {weeks - 1}"
