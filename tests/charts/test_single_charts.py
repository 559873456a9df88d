"""What each chart shows, read back from the artists it made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from app.charts import linked, panel_lines, trail, triggers, year
from app.charts.plot import Reading
from tests.charts import builders
from tests.charts.builders import (
    LAST,
    MONTHS,
    TRAIL_LABELS,
    drawn,
    outside,
    overlapping,
    trail_data,
    trail_plot,
)


def lines(reading: Reading | None) -> list[Line2D]:
    assert reading is not None
    return list(reading.axes.get_lines())


def test_trail_draws_each_entry_once_filled_or_hollow() -> None:
    data = trail_data()
    _, reading = drawn(trail_plot(), 1006, 238)
    dots = [line for line in lines(reading) if line.get_marker() == "o"]
    assert [len(line.get_xdata()) for line in dots] == [int((~data.entry_late).sum()), int(data.entry_late.sum())]
    assert dots[0].get_markerfacecolor() != dots[1].get_markerfacecolor()


def test_trail_of_many_years_has_a_dot_a_week_and_still_every_day_as_a_stop() -> None:
    data = trail_data(5000, ())
    assert data.is_weekly and not trail_data(3 * 366).is_weekly
    _, reading = drawn(trail_plot(5000, ()), 1006, 238)
    assert reading is not None and len(reading) == 5000
    filled, hollow = [line for line in lines(reading) if line.get_marker() == "o"]
    assert 5000 // 7 - 3 <= len(filled.get_xdata()) <= 5000 // 7 + 2
    assert not len(hollow.get_xdata())
    kept = np.isfinite(np.asarray(next(line for line in lines(reading) if line.get_linewidth() > 1.7).get_ydata()))
    assert kept.sum() <= 5000 // 7 + 1


def test_trail_breaks_its_line_where_there_is_too_little_and_bridges_with_dots() -> None:
    data = trail_data()
    _, reading = drawn(trail_plot(), 1006, 238)
    solid, dotted = (line for line in lines(reading) if line.get_color() == builders.load_style().lee)
    shown = np.asarray(solid.get_ydata(), dtype=float)
    np.testing.assert_array_equal(shown[np.isfinite(shown)], data.line[np.isfinite(data.line)])
    assert np.isnan(shown[:-1]).sum() == 1
    bridge = np.asarray(dotted.get_xdata(), dtype=float)
    blank = data.line_days[20:][np.isnan(data.line[20:])]
    assert bridge[0] == blank[0] - 1 and bridge[1] == blank[-1] + 1
    assert dotted.get_linestyle() != "-"


def test_trail_keeps_the_full_scale_whatever_the_values() -> None:
    data = replace(trail_data(), entry_values=np.full(trail_data().entry_values.size, 9.0))
    _, reading = drawn(trail.plot(data, TRAIL_LABELS, builders.CAPTION), 1006, 238)
    assert reading is not None
    assert reading.axes.get_ylim() == (-0.3, 10.3)
    assert [text.get_text() for text in reading.axes.texts][:3] == ["0", "5", "10"]


def test_trail_leaves_markers_outside_the_period_out() -> None:
    figure, _ = drawn(trail_plot(30, ((-5, "before"), (10, "inside"), (45, "after"))), 700, 220)
    words = " ".join(builders.boxes(figure))
    assert "inside" in words and "before" not in words and "after" not in words


def test_trail_names_the_typical_level_only_when_its_line_is_recent() -> None:
    old = trail_data()
    line = old.line.copy()
    line[-20:] = np.nan
    figure, _ = drawn(trail.plot(replace(old, line=line), TRAIL_LABELS, builders.CAPTION), 1006, 238)
    assert not any("typical\n6" in words for words in builders.boxes(figure))


def test_trail_without_any_entry_still_stands() -> None:
    data = trail_data()
    none = np.array([], dtype=np.int64)
    blank = np.full(data.line.size, np.nan)
    bare = replace(
        data, entry_days=none, entry_values=none.astype(float), entry_late=none.astype(bool), line=blank,
        band_low=blank, band_high=blank, week_days=np.zeros_like(data.week_days), markers=(),
    )  # fmt: skip
    _, reading = drawn(trail.plot(bare, TRAIL_LABELS, builders.CAPTION), 600, 200)
    assert reading is not None and trail.table(bare, TRAIL_LABELS).rows == ()


def test_trail_table_gives_day_means_and_the_typical_level() -> None:
    first = trail_data()
    data = replace(
        first, entry_days=np.array([LAST, LAST]), entry_values=np.array([4.0, 7.0]), entry_late=np.array([False, False])
    )
    (row,) = trail.table(data, TRAIL_LABELS).rows
    assert row[:2] == (date.fromordinal(LAST), 5.5)
    assert row[2] == pytest.approx(data.line[-1], abs=0.06)


def test_trail_stops_are_the_calendar_days() -> None:
    data = trail_data()
    _, reading = drawn(trail_plot(), 1006, 238)
    assert reading is not None
    np.testing.assert_array_equal(reading.xs, np.arange(data.first_day, data.last_day + 1))
    np.testing.assert_array_equal(reading.ys, data.line)


def test_fortnight_marks_only_days_with_a_value_and_fills_the_newest() -> None:
    _, reading = drawn(builders.fortnight_plot(), 336, 150)
    hollow, full = (line for line in lines(reading) if line.get_marker() == "o")
    assert len(hollow.get_xdata()) == 12
    assert list(full.get_xdata()) == [LAST]
    assert builders.fortnight_plot().table().rows[4][1] is None


def test_trigger_lines_run_from_peak_to_after_and_only_where_after_is_known() -> None:
    data = triggers.TriggersData(
        LAST - 30, LAST, np.array([LAST - 9, LAST - 9, LAST - 2]), np.array([8.0, 6, 7]), np.array([3.0, np.nan, 5]),
        np.array([0, 1, 1]),
    )  # fmt: skip
    labels = triggers.TriggersLabels(MONTHS, ("pursue", "withdraw"), "at first", "after", ("Day", "1", "2", "Move"))
    _, reading = drawn(triggers.plot(data, labels, builders.CAPTION), 600, 200)
    assert reading is not None
    (drops,) = reading.axes.findobj(LineCollection)
    ends = sorted(tuple(sorted(float(y) for y in part[:, 1])) for part in drops.get_segments())
    assert ends == [(3.0, 8.0), (5.0, 7.0)]
    assert {line.get_marker() for line in lines(reading)} >= {"o", "s"}
    assert reading.xs[0] != reading.xs[1], "two of one day stand side by side"
    assert triggers.table(data, labels).rows[1] == (date.fromordinal(LAST - 9), 6.0, None, "withdraw")


@pytest.mark.parametrize(("value", "step"), [(0, 0), (1, 0), (2, 1), (5, 3), (6, 3), (7, 4), (9, 5), (10, 5)])
def test_heat_steps(value: float, step: int) -> None:
    assert year.steps_of(np.array([value, np.nan], dtype=float)).tolist() == [step, -1]


def test_year_puts_weeks_in_columns_from_monday_and_days_down() -> None:
    _, reading = drawn(builders.year_plot(), 830, 160)
    assert reading is not None
    first = LAST - 364
    for i in (0, 1, 100, 364):
        day = date.fromordinal(first + i)
        assert reading.ys[i] == day.weekday()
        assert reading.xs[i] == (first + i - (first - (first - 1) % 7)) // 7
    assert reading.nearest(float(reading.xs[100]) + 0.2, float(reading.ys[100]) - 0.2) == 100
    assert reading.nearest(-3, -3) is None
    assert reading.axes.yaxis_inverted()


def test_linked_counts_new_moments_in_their_months_and_marks_the_running_one() -> None:
    months = np.array([date(2026, m, 1).toordinal() for m in (1, 2, 3)])
    moments = np.array([date(2026, 1, 31).toordinal(), date(2026, 3, 1).toordinal(), date(2026, 3, 9).toordinal()])
    data = linked.LinkedData(months, np.array([4, 2, 1]), moments)
    assert linked.moments_by_month(data).tolist() == [1, 0, 2]
    labels = linked.LinkedLabels(MONTHS, ("Month", "Triggers", "New moments"))
    assert linked.table(data, labels).rows[2] == ("March 2026", 1, 2)


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (3, 4), (7, 8), (8, 8), (11, 12)])
def test_counting_scales_have_a_whole_middle(highest: float, top: int) -> None:
    assert linked.scale_top(highest) == top


def test_tally_cuts_tall_bars_but_not_the_table() -> None:
    plot = builders.tally_plot()
    _, reading = drawn(plot, 178, 100)
    assert reading is not None
    (bars,) = reading.axes.collections
    assert max(float(np.asarray(bar.vertices)[:, 1].max()) for bar in bars.get_paths()) == 10
    assert max(row[1] for row in plot.table().rows if isinstance(row[1], int)) == 12


def test_series_differ_by_dash_and_shape_too() -> None:
    _, reading = drawn(builders.lines_plot(), 178, 100)
    solid = [line for line in lines(reading) if line.get_linewidth() > 1.2 and line.get_marker() == "None"]
    ends = [line for line in lines(reading) if line.get_marker() in panel_lines.SHAPES]
    assert len({str(line._dash_pattern) for line in solid}) == 3  # type: ignore[attr-defined]
    assert len({line.get_marker() for line in ends}) == 3


def test_end_labels_keep_order_and_distance() -> None:
    placed = panel_lines.label_places([50.0, 48.0, 90.0, 49.0], 100.0)
    assert sorted(range(4), key=lambda i: placed[i]) == [1, 3, 0, 2]
    heights = sorted(placed)
    assert all(b - a >= panel_lines.LABEL_APART_PX - 1e-9 for a, b in pairwise(heights))
    assert heights[-1] <= 100


def test_settling_puts_what_still_goes_on_in_a_lane_of_its_own() -> None:
    plot = builders.settling_plot()
    _, reading = drawn(plot, 300, 160)
    assert reading is not None
    assert (reading.ys == 8000.0).sum() == 2
    assert [row[1] for row in plot.table().rows].count("still going") == 2


@pytest.mark.parametrize(
    "words", ["$a^2$ and $5", "\u05de\u05e9\u05d1\u05e8", "\\frac{1}{2} _x_", "e\u0301\u0323 stacked"]
)
def test_own_words_are_drawn_as_written(words: str) -> None:
    figure, _ = drawn(trail_plot(markers=((40, words),)), 1006, 238)
    assert any(found.endswith(words) for found in builders.boxes(figure))
    assert overlapping(figure) == [] and outside(figure) == []
