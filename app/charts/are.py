"""Reachable, answered, together: a row each, so that the thin one shows; weeks without an occasion stand apart.

"No occasion" is an answer without a number. Its circle stands in a lane of its own under the scale, never at 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts.frame import clear, inner_px, logical_size, pt, text_width
from app.charts.markers import Marker
from app.charts.page import Page
from app.charts.plot import Caption, Flags, Floats, Ints, Months, Plot, Reading, Table
from app.charts.stacked import LEFT_PX, Heading, Span, hollow, scale, stack

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

    from app.charts.style import ChartStyle

TOP: Final = 4.0
LANE: Final = -1.0
"""Where the circles of "no occasion" stand, in points of the scale."""
_BELOW: Final = 0.4
_BELOW_WITHOUT_LANE: Final = 0.04
_LEGEND_PX: Final = 20.0
_LEGEND_Y_PX: Final = 9.0
_WIDEST_DOT_PX: Final = 6.0
_NARROWEST_DOT_PX: Final = 2.6


@dataclass(frozen=True, slots=True, eq=False)
class AreRow:
    """One question by week: the mean of its days 0-4 (NaN for a week that does not count), its lowest and highest day,
    and the weeks that do not count but hold a "no occasion".
    """

    means: Floats
    lows: Floats
    highs: Floats
    no_occasion: Flags

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (np.isfinite(self.means).any() or self.no_occasion.any())


@dataclass(frozen=True, slots=True, eq=False)
class AreData:
    """`weeks` are consecutive Mondays (ordinals); three `rows` from the top."""

    weeks: Ints
    rows: tuple[AreRow, AreRow, AreRow]
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class AreLabels:
    """Month names, name and sentence of each row, what an empty row says, the words of the three marks (a week, its
    range, no occasion), and the headings: week, question, mean, lowest, highest.
    """

    months: Months
    headings: tuple[Heading, Heading, Heading]
    empty: str
    week: str
    range: str
    lane: str
    columns: tuple[str, str, str, str, str]


def build(figure: Figure, data: AreData, style: ChartStyle, labels: AreLabels) -> Reading:
    """Paint the rows; stops are the weeks, and the reading line goes through all rows."""
    clear(figure, style)
    span = Span(int(data.weeks[0]), int(data.weeks[-1]), labels.months, data.markers)
    drawn = stack(figure, style, labels.headings, span, legend_px=_LEGEND_PX)
    days = data.weeks.astype(np.float64)
    below = _BELOW if any(row.no_occasion.any() for row in data.rows) else _BELOW_WITHOUT_LANE
    width_px, _ = inner_px(figure, drawn.axes)
    for place, row in zip(drawn.rows, data.rows, strict=True):
        if row.is_empty:
            hollow(place, style, labels.empty, width_px)
        else:
            _row(drawn.axes, scale(place, style, TOP, below=below), days, row, style, width_px)
    _legend(figure, data, style, labels)
    return Reading(axes=drawn.axes, xs=days, ys=np.full(days.size, np.nan), step=1, leap=4)


def table(data: AreData, labels: AreLabels) -> Table:
    """One row for every question and week with a value or a "no occasion"."""
    rows: list[tuple[date | str | float | None, ...]] = []
    for i, week in enumerate(data.weeks):
        for heading, row in zip(labels.headings, data.rows, strict=True):
            if np.isfinite(row.means[i]):
                figures = [round(float(part[i]), 1) for part in (row.means, row.lows, row.highs)]
                rows.append((date.fromordinal(int(week)), heading.name, *figures))
            elif row.no_occasion[i]:
                rows.append((date.fromordinal(int(week)), heading.name, labels.lane, None, None))
    return Table(labels.columns, tuple(rows))


def plot(data: AreData, labels: AreLabels, caption: Caption) -> Plot:
    """The rows as a chart for a view; readout index i is the i-th week."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _row(axes: Axes, where: Transform, days: Floats, row: AreRow, style: ChartStyle, width_px: float) -> None:
    """A dot on its range for each week, and open circles in the lane below; nothing joins one week to the next."""
    size = pt(min(max(width_px / max(days.size, 1) * 0.7, _NARROWEST_DOT_PX), _WIDEST_DOT_PX))
    good = np.isfinite(row.means)
    gap = np.full(int(good.sum()), np.nan)
    axes.plot(
        np.repeat(days[good], 3), np.column_stack((row.lows[good], row.highs[good], gap)).ravel(), color=style.lee,
        linewidth=min(pt(2.0), size * 0.45), solid_capstyle="butt", zorder=2, transform=where,
    )  # fmt: skip
    axes.plot(
        days[good], row.means[good], "o", color=style.lee, markersize=size, markeredgewidth=0, zorder=3,
        transform=where,
    )  # fmt: skip
    lane = row.no_occasion
    axes.plot(
        days[lane], np.full(int(lane.sum()), LANE), "o", markersize=size, markerfacecolor=style.ground,
        markeredgecolor=style.ink3, markeredgewidth=pt(1.1), zorder=3, transform=where,
    )  # fmt: skip


def _legend(figure: Figure, data: AreData, style: ChartStyle, labels: AreLabels) -> None:
    """The marks that occur, with their words; what no longer fits is left to the table."""
    width, _ = logical_size(figure)
    page = Page(figure, style)
    keys = [("dot", labels.week), ("range", labels.range)]
    keys += [("lane", labels.lane)] if any(row.no_occasion.any() for row in data.rows) else []
    x, y = LEFT_PX, _LEGEND_Y_PX
    for kind, words in keys:
        if x + 14 + text_width(words) > width:
            break
        if kind == "range":
            page.area([(x + 3, y - 6), (x + 5, y - 6), (x + 5, y + 6), (x + 3, y + 6)], style.lee)
        else:
            hue = style.lee if kind == "dot" else style.ink3
            page.mark(x + 4, y, "o", _WIDEST_DOT_PX, hue, hollow=kind == "lane")
        page.text(x + 14, y, words)
        x += 14 + text_width(words) + 16
