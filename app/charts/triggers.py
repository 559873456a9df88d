"""The trigger timeline: how strong each was at first, how far it eased, and which family of moves it brought.

Where there are more triggers than room, a mark stands for a stretch of days: its median at first and its median after,
with every single strength as a small dot behind. Nothing is left out and the table keeps one row a trigger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from app.charts import markers as life
from app.charts.frame import (
    FULL_SCALE,
    Margins,
    axes_in,
    clear,
    inner_px,
    logical_size,
    month_ticks,
    pt,
    text_width,
    time_axis,
    value_axis,
)
from app.charts.page import Page
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

SHAPES = ("o", "s", "^", "D", "v", "P")
SIZES_PX = (6.5, 6.0, 7.0, 5.8, 7.0, 7.0)
LEFT_PX, RIGHT_PX, TOP_PX, BOTTOM_PX = 30.0, 12.0, 10.0, 46.0
SLACK_DAYS = 1.0
DOT_COLUMN_PX = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class TriggerBlocks:
    """Stretches of days with any trigger, oldest first: `starts` and `ends` are their first and last days (ordinals),
    `counts` triggers with a strength, medians `peak` of all of them and `after` of the `eased` ones (NaN without any).
    """

    starts: Ints
    ends: Ints
    counts: Ints
    eased: Ints
    peak: Floats
    after: Floats


@dataclass(frozen=True, slots=True, eq=False)
class TriggersData:
    """Triggers in time order. `days` ordinals, `peak` and `after` 0-10 (`after` NaN when not noted), `family` an
    index into the labels' families (at most six). With `blocks` a mark stands for each of them.
    """

    first_day: int
    last_day: int
    days: Ints
    peak: Floats
    after: Floats
    family: Ints
    markers: tuple[life.Marker, ...] = ()
    blocks: TriggerBlocks | None = None


@dataclass(frozen=True, slots=True)
class TriggersLabels:
    """Month names, the words of the move families in index order, the words for the two ends of a drop line, the
    table headings (day, strength at first, strength after, move), and the word for a single one behind the blocks.
    """

    months: Months
    families: tuple[str, ...]
    peak: str
    after: str
    columns: tuple[str, str, str, str]
    single: str = ""


def build(figure: Figure, data: TriggersData, style: ChartStyle, labels: TriggersLabels) -> Reading:
    """Paint one drop line per trigger or per block; stops are what the marks stand for."""
    clear(figure, style)
    axes = _axes(figure, data, style, labels)
    if data.blocks is not None:
        reading = _draw_blocks(figure, axes, data, data.blocks, style)
    else:
        reading = _draw_each(axes, data, style)
    _legend(figure, data, style, labels)
    return reading


def _axes(figure: Figure, data: TriggersData, style: ChartStyle, labels: TriggersLabels) -> Axes:
    """The scale, the months and the life markers of the period, whose words need room above."""
    seen = sorted((m for m in data.markers if data.first_day <= m.day <= data.last_day), key=lambda m: m.day)
    inner_w = max(logical_size(figure)[0] - LEFT_PX - RIGHT_PX, 1.0)
    span = max(data.last_day - data.first_day, 1) + 2 * SLACK_DAYS
    xs_px = [(marker.day - data.first_day + SLACK_DAYS) / span * inner_w for marker in seen]
    placed = life.place(xs_px, [marker.text for marker in seen], inner_w, RIGHT_PX)
    rows = max((where.row for where in placed), default=-1) + 1
    axes = axes_in(figure, Margins(LEFT_PX, RIGHT_PX, TOP_PX + life.ROW_PX * rows, BOTTOM_PX))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    ticks = month_ticks(data.first_day, data.last_day, inner_w, labels.months)
    time_axis(axes, style, (data.first_day, data.last_day), ticks, slack=SLACK_DAYS)
    life.draw(axes, seen, placed, style, inner_px(figure, axes)[1])
    return axes


def _draw_each(axes: Axes, data: TriggersData, style: ChartStyle) -> Reading:
    xs = _spread(data.days)
    eased = np.isfinite(data.after)
    axes.vlines(xs[eased], data.after[eased], data.peak[eased], colors=style.lamp, linewidths=pt(1.4), alpha=0.75)
    for family in np.unique(data.family):
        mine = data.family == family
        shape = SHAPES[int(family) % len(SHAPES)]
        size = pt(SIZES_PX[int(family) % len(SIZES_PX)])
        axes.plot(xs[mine], data.peak[mine], shape, markersize=size, color=style.lamp, markeredgewidth=0, zorder=3,
                  clip_on=False)  # fmt: skip
        axes.plot(
            xs[mine & eased], data.after[mine & eased], shape, markersize=size, markerfacecolor=style.ground,
            markeredgecolor=style.lamp, markeredgewidth=pt(1.3), zorder=3, clip_on=False,
        )  # fmt: skip
    return Reading(axes=axes, xs=xs, ys=data.peak.astype(np.float64), step=1, leap=5)


def _draw_blocks(figure: Figure, axes: Axes, data: TriggersData, blocks: TriggerBlocks, style: ChartStyle) -> Reading:
    """A filled and an open circle a block over dots of single strengths, one a column of pixels and strength."""
    column_days = DOT_COLUMN_PX * (data.last_day - data.first_day + 2 * SLACK_DAYS) / inner_px(figure, axes)[0]
    columns = ((data.days - data.first_day) / column_days).astype(np.int64)
    dots = np.unique(columns * 100 + np.round(data.peak).astype(np.int64))
    axes.plot(
        data.first_day + (dots // 100 + 0.5) * column_days, dots % 100, "o", markersize=pt(2.2), color=style.axis,
        alpha=0.45, markeredgewidth=0, zorder=1,
    )  # fmt: skip
    xs = (blocks.starts + blocks.ends) / 2
    joined = np.isfinite(blocks.after)
    axes.vlines(xs[joined], blocks.after[joined], blocks.peak[joined], colors=style.lamp, linewidths=pt(1.4), zorder=2)
    shared: dict[str, Any] = {"markersize": pt(SIZES_PX[0]), "clip_on": False}
    axes.plot(xs, blocks.peak, "o", color=style.lamp, markeredgewidth=0, zorder=4, **shared)
    axes.plot(
        xs[joined], blocks.after[joined], "o", markerfacecolor=style.ground, markeredgecolor=style.lamp,
        markeredgewidth=pt(1.3), zorder=3, **shared,
    )  # fmt: skip
    return Reading(axes=axes, xs=xs, ys=blocks.peak.astype(np.float64), step=1, leap=4)


def table(data: TriggersData, labels: TriggersLabels) -> Table:
    """One row per trigger."""
    rows = tuple(
        (
            date.fromordinal(int(day)),
            float(peak),
            float(after) if np.isfinite(after) else None,
            labels.families[int(family)],
        )
        for day, peak, after, family in zip(data.days, data.peak, data.after, data.family, strict=True)
    )
    return Table(labels.columns, rows)


def plot(data: TriggersData, labels: TriggersLabels, caption: Caption) -> Plot:
    """The timeline as a chart for a view; readout index i is the i-th trigger, or the i-th block where it has them."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _spread(days: Ints) -> Floats:
    """Several triggers of one day side by side inside that day, so that none hides another."""
    xs = days.astype(np.float64)
    for day, count in zip(*np.unique(days, return_counts=True), strict=True):
        if count > 1:
            xs[days == day] += (np.arange(count) - (count - 1) / 2) * (0.7 / count)
    return xs


def _legend(figure: Figure, data: TriggersData, style: ChartStyle, labels: TriggersLabels) -> None:
    """The two ends of a line, then the shapes that occur; what no longer fits is left to the table."""
    width, _ = logical_size(figure)
    page = Page(figure, style)
    keys = [(SHAPES[0], style.lamp, False, labels.peak), (SHAPES[0], style.lamp, True, labels.after)]
    if data.blocks is not None and labels.single:
        keys.append((".", style.axis, False, labels.single))
    for family in np.unique(data.family) if data.blocks is None else ():
        keys.append((SHAPES[int(family) % len(SHAPES)], style.ink3, False, labels.families[int(family)]))
    x = 32.0
    for shape, colour, hollow, words in keys:
        if x + 14 + text_width(words) > width:
            break
        page.mark(x + 4, 10, shape, 6.8, colour, hollow=hollow)
        page.text(x + 14, 10, words)
        x += 14 + text_width(words) + 16
