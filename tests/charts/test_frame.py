from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.frame import bridges, elide, joined, month_ticks, runs, span_px, text_width, wrap
from app.charts.style import prepare
from tests.charts.builders import MONTHS

prepare()
DAY = date(2026, 5, 14).toordinal()


def test_a_line_breaks_at_blanks_and_at_missing_days() -> None:
    days = np.array([1.0, 2, 3, 5, 6, 7, 8])
    values = np.array([4.0, 4, 4, 5, np.nan, 6, 6])
    assert runs(days, values) == (slice(0, 3), slice(3, 4), slice(5, 7))
    assert runs(days, np.full(7, np.nan)) == ()


def test_bridges_join_the_ends_of_neighbouring_stretches() -> None:
    days = np.array([1.0, 2, 5, 6, 9])
    values = np.array([4.0, 5, 7, 6, 3])
    xs, ys = bridges(days, values, runs(days, values))
    np.testing.assert_array_equal(xs, [2, 5, np.nan, 6, 9, np.nan])
    np.testing.assert_array_equal(ys, [5, 7, np.nan, 6, 3, np.nan])


@given(st.lists(st.one_of(st.floats(0, 10), st.just(float("nan"))), min_size=1, max_size=60))
def test_stretches_hold_every_value_once_and_nothing_else(values: list[float]) -> None:
    array = np.array(values)
    parts = runs(np.arange(array.size, dtype=float), array)
    path = joined([array[part] for part in parts])
    np.testing.assert_array_equal(path[np.isfinite(path)], array[np.isfinite(array)])
    assert all(one.stop < other.start for one, other in pairwise(parts))


@given(span=st.integers(1, 4000), width=st.floats(120, 1400), end=st.integers(DAY - 400, DAY))
def test_names_on_the_time_axis_never_touch(span: int, width: float, end: int) -> None:
    first = end - span
    ticks = month_ticks(first, end, width, MONTHS)
    px_per_day = width / span
    ends = [((t.day - first) * px_per_day, text_width(t.text) / 2) for t in ticks]
    for (x, half), (other_x, other_half) in pairwise(ends):
        assert x + half < other_x - other_half


def test_a_half_year_names_every_month_and_one_year() -> None:
    first = date(2025, 11, 14).toordinal()
    names = [tick.text for tick in month_ticks(first, DAY, 910, MONTHS)]
    assert names == ["November", "December", "January 2026", "February", "March", "April", "May"]


def test_a_month_is_named_by_its_mondays() -> None:
    ticks = month_ticks(DAY - 30, DAY, 500, MONTHS)
    assert [tick.text for tick in ticks] == ["20 Apr", "27", "4 May", "11"]
    assert all(date.fromordinal(int(tick.day)).weekday() == 0 for tick in ticks)


def test_five_years_are_named_by_their_years() -> None:
    names = [tick.text for tick in month_ticks(DAY - 1826, DAY, 900, MONTHS)]
    assert names == ["2021", "2022", "2023", "2024", "2025", "2026"]


@given(st.text(max_size=60), st.floats(0, 400))
def test_a_shortened_text_fits_its_room(text: str, room: float) -> None:
    shown = elide(text, room)
    assert text_width(shown) <= room or shown == ""
    assert shown in {text, ""} or text.startswith(shown[:-1].rstrip())


def test_wrapped_lines_keep_every_word() -> None:
    text = "Not enough yet. Three logs have an after; five make a picture."
    lines = wrap(text, 150)
    assert " ".join(lines) == text
    assert len(lines) > 1 and all(text_width(line) <= 150 for line in lines)


def test_text_is_measured_as_it_is_drawn() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from app.charts.style import load_style, new_figure

    figure = new_figure(400, 100, load_style())
    canvas = FigureCanvasAgg(figure)
    text = figure.text(0, 0.5, "agreement renewed", fontsize=9)
    canvas.draw()
    assert abs(text.get_window_extent().width - text_width("agreement renewed")) < 4


def test_month_starts_do_not_skip() -> None:
    first = date(2025, 1, 31)
    for days in (1, 28, 59, 365):
        ticks = month_ticks(first.toordinal(), (first + timedelta(days=days)).toordinal(), 2000, MONTHS)
        assert ticks


def test_days_are_drawn_narrower_where_some_stay_free_at_both_ends() -> None:
    first, last, slack = DAY - 28, DAY, 4.0
    px = span_px(130.0, first, last, slack)
    assert px == pytest.approx(130.0 * 28 / 36)
    ticks = month_ticks(first, last, px, MONTHS, long=False, year=False)
    ends = [((tick.day - first) / 28 * px, text_width(tick.text) / 2) for tick in ticks]
    assert all(after - half_after - (before + half) >= 8 for (before, half), (after, half_after) in pairwise(ends))
