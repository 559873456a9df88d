"""Charts of rows: what each mark is drawn as, read back from the artists; words that fit; stops that are the marks."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image

from app.charts import agreements, conversations, promises, shapes
from app.charts.markers import Marker
from app.charts.plot import Floats, Plot, Reading
from app.charts.rows import two_lines
from app.charts.shapes import Shape
from app.charts.style import load_style, new_figure
from tests.charts import occasion_pictures as pictures
from tests.charts.builders import CAPTION, LAST, boxes, drawn, outside, overlapping

CHARTS: dict[str, tuple[Callable[[], Plot], float]] = {
    "agreements": (pictures.agreements_plot, agreements.height_px(pictures.agreements_data())),
    "promises": (pictures.promises_plot, promises.height_px(pictures.promises_data())),
    "conversations": (pictures.conversations_plot, conversations.USUAL_HEIGHT_PX),
}


def lines(figure: Figure) -> list[Line2D]:
    return [line for line in figure.findobj(Line2D) if line.get_marker() not in {"None", "", None, " "}]


def own(figure: Figure, reading: Reading | None) -> list[Line2D]:
    """The marks at places of the chart itself, without those of its key."""
    assert reading is not None
    return [line for line in lines(figure) if line.get_transform() == reading.axes.transData]


def across(line: Line2D) -> Floats:
    return np.asarray(line.get_xdata(), dtype=np.float64)


def upward(line: Line2D) -> Floats:
    return np.asarray(line.get_ydata(), dtype=np.float64)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [520, 760, 1006])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_words_stay_inside_and_apart(name: str, width: int, scale: float) -> None:
    make, height = CHARTS[name]
    figure, reading = drawn(make(), width, height, load_style(scale=scale))
    assert reading is not None and len(reading)
    assert outside(figure) == []
    assert overlapping(figure) == []


@pytest.mark.parametrize("dark", [False, True])
def test_no_two_forms_look_alike_without_colour(dark: bool) -> None:
    """Each form as a small grey picture; any two differ in more than a tenth of their pixels."""
    style = load_style(dark=dark)
    seen = {}
    for shape in Shape:
        figure = new_figure(18, 18, style)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        shapes.draw(axes, [0.5], [0.5], shape, style, 12.0)
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        figure.savefig(out, format="png")
        seen[shape] = np.asarray(Image.open(out).convert("L"), dtype=float) / 255
    for one in Shape:
        assert np.ptp(seen[one]) > 0.3, one
        for other in Shape:
            if one is not other:
                assert (np.abs(seen[one] - seen[other]) > 0.2).mean() > 0.03, (one, other)


def test_each_occasion_is_drawn_once_and_is_a_stop() -> None:
    data = pictures.agreements_data()
    figure, reading = drawn(pictures.agreements_plot(), 1006, 200)
    assert reading is not None and len(reading) == data.days.size == 17
    discs = [line for line in own(figure, reading) if line.get_marker() == "o"]
    assert (
        sum(len(across(line)) for line in discs) == 10 + 1 + 1
    )  # kept, the disc of strained, the point of talked through
    assert np.array_equal(np.round(reading.ys), data.row)
    for index in range(len(reading)):
        assert reading.nearest(float(reading.xs[index]), float(reading.ys[index])) == index
    assert reading.nearest(float(reading.xs[0]), 2.0) is None, "between the marks there is nothing to read"


def test_marks_of_close_days_do_not_hide_each_other() -> None:
    data = pictures.agreements_data()
    _, reading = drawn(pictures.agreements_plot(), 1006, 200)
    assert reading is not None
    close = np.flatnonzero(data.days == LAST - 150)[0]
    assert abs(reading.xs[close] - reading.xs[close + 1]) < 0.7
    assert abs(reading.ys[close] - reading.ys[close + 1]) > 0.15


def test_life_markers_stand_over_the_rows_at_their_days() -> None:
    data = pictures.agreements_data()
    marked = replace(data, markers=(Marker(LAST - 150, "first holidays since"), Marker(LAST - 2, "a new moment")))
    for width in (560, 1006):
        figure, reading = drawn(
            agreements.plot(marked, pictures.AGREEMENTS_LABELS, CAPTION), width, agreements.height_px(marked)
        )
        assert reading is not None
        diamonds = [
            line for line in lines(figure) if line.get_marker() == "D" and line.get_color() == load_style().plum
        ]
        (places,) = [across(line) for line in diamonds]
        assert places[0] == pytest.approx(reading.xs[int(np.flatnonzero(data.days == LAST - 150)[0])])
        assert any("first holidays since" in words for words in boxes(figure))
        assert overlapping(figure) == [] and outside(figure) == []


def test_a_link_line_leads_from_an_occasion_to_the_day_of_its_talk() -> None:
    figure, reading = drawn(pictures.agreements_plot(), 1006, 200)
    assert reading is not None
    (ends,) = [line for line in own(figure, reading) if line.get_marker() == "v"]
    assert len(across(ends)) == 2
    bare = replace(pictures.agreements_data(), repaired=np.full(17, np.nan))
    figure, _ = drawn(agreements.plot(bare, pictures.AGREEMENTS_LABELS, CAPTION), 1006, 200)
    assert not [line for line in lines(figure) if line.get_marker() == "v"]
    assert not any("talk or apology" in words for words in boxes(figure))


def test_only_rows_with_enough_occasions_have_an_interval_and_narrow_charts_none() -> None:
    for width, ticks in ((1006, 1), (560, 0)):
        figure, reading = drawn(pictures.agreements_plot(), width, 200)
        assert reading is not None
        limit = reading.axes.get_xlim()[1]
        bars = [line for line in own(figure, reading) if line.get_marker() == "|"]
        beyond = [line for line in bars if max(across(line)) > limit]
        assert sum(len(across(line)) for line in beyond) == ticks


def test_the_table_of_agreements_has_each_occasion_with_its_talk() -> None:
    rows = agreements.table(pictures.agreements_data(), pictures.AGREEMENTS_LABELS).rows
    assert len(rows) == 17
    assert rows[3] == ("We ring when we are late.", date.fromordinal(LAST - 120), "crossed",
                       date.fromordinal(LAST - 111))  # fmt: skip
    assert rows[0][-1] is None


def test_rows_of_planned_times_are_twelve_stops_each_newest_right() -> None:
    _, reading = drawn(pictures.promises_plot(), 1006, 200)
    assert reading is not None
    assert (len(reading), reading.rise) == (4 * promises.LAST, promises.LAST)
    assert np.array_equal(reading.ys, np.repeat(np.arange(4), promises.LAST))
    assert np.all(np.diff(reading.xs[:12]) > 0)
    assert reading.moved(13, reading.rise) == 25


def test_what_was_not_planned_yet_is_not_drawn() -> None:
    data = pictures.promises_data()
    figure, reading = drawn(pictures.promises_plot(), 1006, 200)
    assert reading is not None
    own_marks = [pair for line in own(figure, reading) for pair in zip(across(line), upward(line), strict=True)]
    in_third = [x for x, y in own_marks if y == 2]
    assert len(in_third) == int((data.slots[2] != promises.NONE).sum()) == 4
    assert min(in_third) == reading.xs[8]


def test_a_strength_is_a_bar_of_its_length_and_a_promise_has_none() -> None:
    _, reading = drawn(pictures.promises_plot(), 1006, 200)
    assert reading is not None
    bars = [line for line in reading.axes.get_lines() if line.get_linewidth() > 4]
    lengths: dict[float, list[float]] = {}
    for line in bars:
        for begin, row, end in zip(across(line)[::3], upward(line)[::3], across(line)[1::3], strict=True):
            lengths.setdefault(float(row), []).append(float(end - begin))
    assert set(lengths) == {0.0, 1.0}
    assert [min(lengths[row]) / max(lengths[row]) for row in (0.0, 1.0)] == pytest.approx([0.82, 0.44])


def test_a_ladder_is_filled_up_to_its_step_and_one_without_stays_empty() -> None:
    data = pictures.conversations_data()
    figure, reading = drawn(pictures.conversations_plot(), 1006, 330)
    assert reading is not None
    style = load_style()
    steps = [line for line in lines(figure) if line.get_marker() == "o" and line.get_color() == style.lee]
    filled = next(line for line in steps if len(across(line)) == int(data.reached.sum()))
    for talk, reached in enumerate(data.reached):
        up = sorted(y for x, y in zip(across(filled), upward(filled), strict=True) if x == talk)
        assert up == list(range(1, int(reached) + 1))
    rings = next(line for line in lines(figure) if line.get_markerfacecolor() == style.ground)
    assert 1.0 not in set(across(rings)), "nothing is said of the steps of a talk that notes none"
    assert np.isnan(reading.ys[1])


def test_two_who_felt_the_same_stand_side_by_side() -> None:
    figure, reading = drawn(pictures.conversations_plot(), 1006, 330)
    assert reading is not None
    (square,) = [line for line in own(figure, reading) if line.get_marker() == "s"]
    xs = across(square)
    assert xs[2] > 2.0 and xs[6] > 6.0
    assert xs[0] == 0.0


def test_for_one_person_the_lower_scale_has_one_mark_and_no_key() -> None:
    data = replace(pictures.conversations_data(), theirs=np.full(7, np.nan))
    labels = pictures.conversations_labels(theirs="")
    figure, _ = drawn(conversations.plot(data, labels, CAPTION), 1006, 330)
    assert not any("Noa" in words for words in boxes(figure))
    assert {len(row) for row in conversations.table(data, labels).rows} == {4}


def test_without_any_answer_the_lower_scale_is_left_out() -> None:
    none = np.full(7, np.nan)
    data = replace(pictures.conversations_data(), mine=none, theirs=none)
    figure, _ = drawn(conversations.plot(data, pictures.conversations_labels(), CAPTION), 700, 220)
    assert not any("felt heard" in words for words in boxes(figure))


def test_as_many_talks_as_may_be_drawn_still_have_room_for_their_dates() -> None:
    figure, reading = drawn(pictures.conversations_plot(conversations.MOST), 560, 330)
    assert reading is not None and len(reading) == conversations.MOST
    assert overlapping(figure) == []


def test_a_long_name_takes_two_lines_and_ends_in_dots() -> None:
    assert two_lines("We ring", 120) == "We ring"
    long = two_lines("Phones stay outside the bedroom after ten in the evening", 120)
    assert long.count("\n") == 1 and long.endswith("\u2026")
    assert two_lines("", 120) == ""
