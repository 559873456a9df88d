"""A small panel of trigger counts by week with their strength: fewer and softer are two different things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import Margins, axes_in, clear, inner_px, month_ticks, pt, span_px, time_axis, value_axis
from app.charts.panel_lines import PANEL_BOTTOM_PX, PANEL_SLACK, PANEL_TOP_PX
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

TOP = 10.0
BAR_DAYS = 5.4
"""How wide a week's bar is."""


@dataclass(frozen=True, slots=True, eq=False)
class TallyData:
    """Triggers by week. `weeks` are consecutive Mondays (ordinals), `counts` whole numbers, `strength` the mean
    peak 0-10 (NaN in weeks without one). `slope` holds the drawn strength at the first and the last week, or None.

    Counts above ten are cut at the top of the shared 0-10 scale; the table and the reading keep the true number.
    """

    weeks: Ints
    counts: Ints
    strength: Floats
    slope: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class TallyLabels:
    """Month names and the table headings: week, count, strength."""

    months: Months
    columns: tuple[str, str, str]


def build(figure: Figure, data: TallyData, style: ChartStyle, labels: TallyLabels) -> Reading:
    """Paint bars for counts and dots for strength on one 0-10 scale; stops are the weeks."""
    clear(figure, style)
    axes = axes_in(figure, Margins(24, 8, PANEL_TOP_PX, PANEL_BOTTOM_PX))
    value_axis(axes, style, (0, TOP * 1.03), (0, TOP / 2, TOP))
    first, last = int(data.weeks[0]), int(data.weeks[-1])
    days_px = span_px(inner_px(figure, axes)[0], first, last, PANEL_SLACK)
    ticks = month_ticks(first, last, days_px, labels.months, long=False, year=False)
    time_axis(axes, style, (first, last), ticks, slack=PANEL_SLACK)
    days = data.weeks.astype(np.float64)
    _bars(axes, days, np.minimum(data.counts, TOP).astype(np.float64), style.soft)
    over = data.counts > TOP
    axes.plot(days[over], np.full(int(over.sum()), TOP), "^", color=style.haze, markersize=pt(5), clip_on=False)
    if data.slope is not None:
        axes.plot([first, last], data.slope, color=style.lamp, linewidth=pt(1.8), zorder=2)
    axes.plot(days, data.strength, "o", color=style.lamp, markersize=pt(4.6), markeredgewidth=0, zorder=3)
    return Reading(axes=axes, xs=days, ys=data.strength.astype(np.float64), step=1, leap=4)


def _bars(axes: Axes, days: Floats, heights: Floats, colour: str) -> None:
    """A bar a week as one artist: ten years of single patches would take longer than all the rest of the page."""
    from matplotlib.collections import PolyCollection

    half, low = np.full(days.size, BAR_DAYS / 2), np.zeros(days.size)
    across = np.stack((days - half, days - half, days + half, days + half), axis=1)
    up = np.stack((low, heights, heights, low), axis=1)
    corners = np.stack((across, up), axis=2)[heights > 0]
    axes.add_collection(
        PolyCollection(list(corners), facecolor=colour, edgecolor="none", zorder=1, snap=True), autolim=False
    )


def table(data: TallyData, labels: TallyLabels) -> Table:
    """One row per week."""
    rows = tuple(
        (date.fromordinal(int(week)), int(count), round(float(mean), 1) if np.isfinite(mean) else None)
        for week, count, mean in zip(data.weeks, data.counts, data.strength, strict=True)
    )
    return Table(labels.columns, rows)


def plot(data: TallyData, labels: TallyLabels, caption: Caption) -> Plot:
    """The panel as a chart for a view; readout index i is the i-th week."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )
