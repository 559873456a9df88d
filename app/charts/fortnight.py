"""Today's small line: the last fourteen days with the middle half of them, and nothing drawn for a blank day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import (
    DOTS,
    FULL_SCALE,
    Margins,
    axes_in,
    bridges,
    clear,
    joined,
    pt,
    runs,
    time_words,
    value_axis,
)
from app.charts.plot import Caption, Floats, Ints, Plot, Reading, Table, Tick

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle


@dataclass(frozen=True, slots=True, eq=False)
class FortnightData:
    """Day means of the last days: `days` are consecutive ordinals, `values` 0-10 with NaN for a blank day.

    `band` is the middle half of the days (lower and upper quartile), None with too few of them.
    """

    days: Ints
    values: Floats
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class FortnightLabels:
    """Day words under the line (such as "1 May", "7", "today") and the table's two headings."""

    ticks: tuple[Tick, ...]
    columns: tuple[str, str]


def build(figure: Figure, data: FortnightData, style: ChartStyle, labels: FortnightLabels) -> Reading:
    """Paint the fortnight; stops are its days."""
    clear(figure, style)
    axes = axes_in(figure, Margins(24, 2, 8, 26))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    first, last = int(data.days[0]), int(data.days[-1])
    axes.set_xlim(first - 0.5, last + 0.5)
    for tick, label in zip(labels.ticks, time_words(axes, style, labels.ticks), strict=True):
        at_end = tick.day in (first, last)
        label.set_horizontalalignment(("right" if tick.day == last else "left") if at_end else "center")
    days = data.days.astype(np.float64)
    if data.band is not None:
        axes.axhspan(*data.band, color=style.band, linewidth=0, zorder=0.5)
    stretches = runs(days, data.values)
    axes.plot(
        joined([days[part] for part in stretches]), joined([data.values[part] for part in stretches]),
        color=style.lee, linewidth=pt(2), zorder=2,
    )  # fmt: skip
    axes.plot(*bridges(days, data.values, stretches), color=style.lee, linewidth=pt(1.8), linestyle=DOTS, zorder=2)
    good = np.flatnonzero(np.isfinite(data.values))
    axes.plot(
        days[good[:-1]], data.values[good[:-1]], "o", markersize=pt(6), markerfacecolor=style.ground,
        markeredgecolor=style.lee, markeredgewidth=pt(1.5), zorder=3,
    )  # fmt: skip
    axes.plot(days[good[-1:]], data.values[good[-1:]], "o", markersize=pt(8.5), color=style.lee, zorder=3)
    return Reading(axes=axes, xs=days, ys=data.values.astype(np.float64), step=1, leap=7)


def table(data: FortnightData, labels: FortnightLabels) -> Table:
    """Day and value; a blank day stays blank."""
    rows = tuple(
        (date.fromordinal(int(day)), round(float(value), 1) if np.isfinite(value) else None)
        for day, value in zip(data.days, data.values, strict=True)
    )
    return Table(labels.columns, rows)


def plot(data: FortnightData, labels: FortnightLabels, caption: Caption) -> Plot:
    """The fortnight as a chart for a view."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )
