"""Two views: felt safety of two people by week, each as their own line, with a quiet stem where both have a value.

Never one number for two: the same scale, the same weeks, and what each of them said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts import people
from app.charts.frame import (
    DOTS,
    FULL_SCALE,
    Margins,
    axes_in,
    bridges,
    clear,
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

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

SLACK_DAYS: Final = 5.0
_WEEK: Final = 7
_BRIDGE_ALPHA: Final = 0.55
_GROUND_ALPHA: Final = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class ViewsData:
    """Week values 0-10 of two people. `weeks` are consecutive Mondays (ordinals), at least one; NaN stands for a week
    without a value or with one that is not shown. `wide`: the place of a week to look at, on a quiet ground.
    """

    weeks: Ints
    first: Floats
    second: Floats
    wide: int | None = None


@dataclass(frozen=True, slots=True)
class ViewsLabels:
    """Month names, both names, and the table headings: week, first person, second person."""

    months: Months
    names: tuple[str, str]
    columns: tuple[str, str, str]


def build(figure: Figure, data: ViewsData, style: ChartStyle, labels: ViewsLabels) -> Reading:
    """Paint both lines; stops are the weeks, up and down changes nothing: a reading names both."""
    clear(figure, style)
    width, _ = logical_size(figure)
    names_px = min(max(text_width(name) for name in labels.names) + 18, width * 0.35)
    axes = axes_in(figure, Margins(28, names_px, 8, 26))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    first, last = int(data.weeks[0]), int(data.weeks[-1])
    days_px = span_px(inner_px(figure, axes)[0], first, last, SLACK_DAYS)
    ticks = month_ticks(first, last, days_px, labels.months, long=False, year=False)
    time_axis(axes, style, (first, last), ticks, slack=SLACK_DAYS)
    days = data.weeks.astype(np.float64)
    if data.wide is not None:
        middle = days[data.wide]
        axes.axvspan(middle - 3.5, middle + 3.5, color=style.grid, alpha=_GROUND_ALPHA, linewidth=0, zorder=0.2)
    people.stems(axes, style, days, data.first, data.second, 2.0)
    aside = people.touching(axes, data.first, data.second)
    for seat, values in enumerate((data.first, data.second)):
        _line(axes, style, days, values, seat)
        people.marks(axes, style, days, values, seat, aside)
    people.names(axes, style, labels.names, (data.first, data.second), names_px - 14)
    return Reading(axes=axes, xs=days, ys=np.full(days.size, np.nan), step=1, leap=4)


def table(data: ViewsData, labels: ViewsLabels) -> Table:
    """One row a week that either of them has a value for; a cell without one stays empty."""
    rows = []
    for week, one, other in zip(data.weeks, data.first, data.second, strict=True):
        if np.isfinite(one) or np.isfinite(other):
            rows.append((date.fromordinal(int(week)), _known(one), _known(other)))
    return Table(labels.columns, tuple(rows))


def plot(data: ViewsData, labels: ViewsLabels, caption: Caption) -> Plot:
    """Both lines as a chart for a view; readout index i is the i-th week."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _line(axes: Axes, style: ChartStyle, days: Floats, values: Floats, seat: int) -> None:
    stretches = runs(days, values, widest=_WEEK)
    axes.plot(
        joined([days[part] for part in stretches]), joined([values[part] for part in stretches]),
        color=style.series[seat], linewidth=pt(2), linestyle=people.DASHES[seat], zorder=3,
    )  # fmt: skip
    axes.plot(
        *bridges(days, values, stretches), color=style.series[seat], linewidth=pt(1.2), linestyle=DOTS,
        alpha=_BRIDGE_ALPHA, zorder=2.5,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return round(float(value), 1) if np.isfinite(value) else None
