"""A small panel of one to four weekly lines on one fixed scale, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import (
    Margins,
    axes_in,
    bridges,
    clear,
    elide,
    inner_px,
    joined,
    logical_size,
    month_ticks,
    pt,
    runs,
    span_px,
    text_width,
    time_axis,
    value_axis,
)
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

PANEL_TOP_PX, PANEL_BOTTOM_PX, PANEL_SLACK = 8.0, 24.0, 4.0
DASHES = ("-", (0, (4.5, 2.2)), (0, (1.2, 1.6)), (0, (5, 2, 1.2, 2)))
SHAPES = ("o", "s", "D", "^")
LABEL_APART_PX = 15.0
BRIDGE_ALPHA = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class LinesData:
    """Weekly values. `weeks` are consecutive Mondays (ordinals); each of `series` (at most four) has one value per
    week, NaN for a week that does not count. `top` is the end of the fixed scale: 4, 10 or 100.
    """

    weeks: Ints
    series: tuple[Floats, ...]
    top: float


@dataclass(frozen=True, slots=True)
class LinesLabels:
    """Month names, the name of each series (empty: not drawn), and the table headings: week, then the series."""

    months: Months
    names: tuple[str, ...]
    columns: tuple[str, ...]


def build(figure: Figure, data: LinesData, style: ChartStyle, labels: LinesLabels) -> Reading:
    """Paint the lines; stops are the weeks, standing on the first series."""
    clear(figure, style)
    width, _ = logical_size(figure)
    widest = max((text_width(name) for name in labels.names if name), default=0.0)
    names_px = min(widest + 13, width * 0.4) if widest else 8.0
    axes = axes_in(figure, Margins(32 if data.top >= 100 else 24, names_px, PANEL_TOP_PX, PANEL_BOTTOM_PX))
    room = data.top * 0.03
    value_axis(axes, style, (-room, data.top + room), (0, data.top / 2, data.top))
    inner_w, inner_h = inner_px(figure, axes)
    first, last = int(data.weeks[0]), int(data.weeks[-1])
    days_px = span_px(inner_w, first, last, PANEL_SLACK)
    ticks = month_ticks(first, last, days_px, labels.months, long=False, year=False)
    time_axis(axes, style, (first, last), ticks, slack=PANEL_SLACK)
    days = data.weeks.astype(np.float64)
    for i, values in enumerate(data.series):
        _series(axes, style, days, values, i)
    _names(axes, data, style, labels.names, inner_h, names_px - 9)
    return Reading(axes=axes, xs=days, ys=data.series[0].astype(np.float64), step=1, leap=4)


def table(data: LinesData, labels: LinesLabels) -> Table:
    """One row per week that has any value."""
    return weekly_table(data.weeks, data.series, labels.columns)


def weekly_table(weeks: Ints, every: Sequence[Floats], columns: tuple[str, ...]) -> Table:
    """Several weekly series side by side: a row a Monday (ordinal) that has any value, NaN as an empty cell."""
    rows = []
    for i, week in enumerate(weeks):
        values = [float(series[i]) for series in every]
        if any(np.isfinite(value) for value in values):
            cells = [round(value, 1) if np.isfinite(value) else None for value in values]
            rows.append((date.fromordinal(int(week)), *cells))
    return Table(columns, tuple(rows))


def plot(data: LinesData, labels: LinesLabels, caption: Caption) -> Plot:
    """The panel as a chart for a view; readout index i is the i-th week."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def label_places(levels_px: Sequence[float], height_px: float, apart_px: float = LABEL_APART_PX) -> list[float]:
    """Heights for end labels near their levels, in the same order, no two closer than `apart_px`.

    Pushes neighbours apart from below, then back down from the top edge; keeps the order of the levels.
    """
    order = sorted(range(len(levels_px)), key=lambda i: levels_px[i])
    placed = [0.0] * len(levels_px)
    floor = -1e9
    for i in order:
        placed[i] = max(levels_px[i], floor)
        floor = placed[i] + apart_px
    ceiling = height_px
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - apart_px
    return placed


def _series(axes: Axes, style: ChartStyle, days: Floats, values: Floats, index: int) -> None:
    colour = style.series[index]
    stretches = runs(days, values, widest=7.0)
    axes.plot(
        joined([days[part] for part in stretches]), joined([values[part] for part in stretches]), color=colour,
        linewidth=pt(2), linestyle=DASHES[index], dash_capstyle="round", zorder=3,
    )  # fmt: skip
    axes.plot(*bridges(days, values, stretches), color=colour, linewidth=pt(1), linestyle=":", alpha=BRIDGE_ALPHA)
    alone = [part.start for part in stretches if part.stop - part.start == 1]
    good = np.flatnonzero(np.isfinite(values))
    marked = sorted({*alone, *good[-1:].tolist()})
    axes.plot(days[marked], values[marked], SHAPES[index], color=colour, markersize=pt(5), zorder=4, clip_on=False)


def _names(
    axes: Axes, data: LinesData, style: ChartStyle, names: Sequence[str], height_px: float, room_px: float
) -> None:
    """Name each line beside its newest value, moved apart where they would touch."""
    drawn = [i for i, values in enumerate(data.series) if names[i] and np.isfinite(values).any()]
    low, high = axes.get_ylim()
    newest = [float(data.series[i][np.flatnonzero(np.isfinite(data.series[i]))[-1]]) for i in drawn]
    wanted = [(value - low) / (high - low) * height_px for value in newest]
    for i, place_px in zip(drawn, label_places(wanted, height_px), strict=True):
        axes.annotate(
            elide(names[i], room_px), xy=(1.0, place_px / height_px), xycoords="axes fraction", xytext=(pt(7), 0),
            textcoords="offset points", color=style.series_text[i], fontsize=pt(CAPTION_PX), va="center_baseline",
            annotation_clip=False,
        )  # fmt: skip
