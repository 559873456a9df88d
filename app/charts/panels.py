"""Four measures above each other on one time axis: what moves together is seen, not computed (insights.md 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts.frame import clear, inner_px, joined, pt, runs
from app.charts.markers import Marker
from app.charts.panel_lines import weekly_table
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table
from app.charts.stacked import Heading, Span, hollow, scale, stack

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

    from app.charts.style import ChartStyle

WEEK_DAYS: Final = 7
SHAPES: Final = ("o", "s", "D", "^")
_CROWDED_PX: Final = 5.0
"""Weeks closer than this have no mark of their own inside a line."""


@dataclass(frozen=True, slots=True, eq=False)
class PanelsData:
    """`weeks` are consecutive Mondays (ordinals); each of `series` (at most four) has one value a week on its own
    scale from 0 to its `tops`, NaN for a week that does not count. A series without any value is shown as empty.
    """

    weeks: Ints
    series: tuple[Floats, ...]
    tops: tuple[float, ...]
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelsLabels:
    """Month names, name and sentence of each panel, what an empty one says, and the headings: week, then the names."""

    months: Months
    headings: tuple[Heading, ...]
    empty: str
    columns: tuple[str, ...]


def build(figure: Figure, data: PanelsData, style: ChartStyle, labels: PanelsLabels) -> Reading:
    """Paint the panels; stops are the weeks, and the reading line goes through all panels."""
    clear(figure, style)
    span = Span(int(data.weeks[0]), int(data.weeks[-1]), labels.months, data.markers)
    drawn = stack(figure, style, labels.headings, span, legend_px=0.0)
    days = data.weeks.astype(np.float64)
    colours = (style.lee, style.lee, style.lee, style.haze)
    width_px, _ = inner_px(figure, drawn.axes)
    for place, (row, values) in enumerate(zip(drawn.rows, data.series, strict=True)):
        if np.isfinite(values).any():
            where = scale(row, style, data.tops[place])
            _line(drawn.axes, where, (days, values), colours[place], SHAPES[place], width_px)
        else:
            hollow(row, style, labels.empty, width_px)
    return Reading(axes=drawn.axes, xs=days, ys=np.full(days.size, np.nan), step=1, leap=4)


def table(data: PanelsData, labels: PanelsLabels) -> Table:
    """One row a week that has any value."""
    return weekly_table(data.weeks, data.series, labels.columns)


def plot(data: PanelsData, labels: PanelsLabels, caption: Caption) -> Plot:
    """The panels as a chart for a view; readout index i is the i-th week."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _line(
    axes: Axes, where: Transform, points: tuple[Floats, Floats], colour: str, shape: str, width_px: float
) -> None:
    """Weeks as marks, neighbours joined; over a week without a value goes nothing, and a week alone keeps its mark."""
    days, values = points
    stretches = runs(days, values, widest=WEEK_DAYS)
    axes.plot(
        joined([days[part] for part in stretches]), joined([values[part] for part in stretches]), color=colour,
        linewidth=pt(1.8), zorder=2, transform=where,
    )  # fmt: skip
    good = np.flatnonzero(np.isfinite(values))
    if width_px / max(days.size, 1) < _CROWDED_PX:
        alone = [part.start for part in stretches if part.stop - part.start == 1]
        good = np.array(sorted({*alone, int(good[-1])}), dtype=np.int64)
    axes.plot(
        days[good], values[good], shape, color=colour, markersize=pt(4.6), markeredgewidth=0, zorder=3, clip_on=False,
        transform=where,
    )  # fmt: skip
