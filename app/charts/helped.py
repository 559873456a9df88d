"""What eased it: for each thing tried often enough the median ease, its middle half, and how many times, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import Margins, axes_in, clear, elide, inner_px, logical_size, pt, shift, text_width, time_words
from app.charts.plot import Caption, Floats, Ints, Plot, Reading, Table, Tick
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

ROW_LEAST_PX = 20.0
BOTTOM_PX, TOP_PX = 26.0, 6.0
ROSE_LEAST = -5.0
"""Where the scale begins once something rose instead of easing; -10 where it rose by more."""
HIGHEST = 10.0
BESIDE_PX = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class HelpedData:
    """One element a thing, in the order to be shown: `median`, `low` and `high` quartiles of the ease in points
    (peak minus after, -10 to 10), and `counts` events behind them.
    """

    median: Floats
    low: Floats
    high: Floats
    counts: Ints


@dataclass(frozen=True, slots=True)
class HelpedLabels:
    """What each thing is called, the words for its count ("n 12"), the words of the axis, and the table headings:
    thing, median, from, to, count.
    """

    names: tuple[str, ...]
    counts: tuple[str, ...]
    axis: str
    columns: tuple[str, str, str, str, str]


def build(figure: Figure, data: HelpedData, style: ChartStyle, labels: HelpedLabels) -> Reading:
    """Paint as many rows as fit, the first ones first; stops are the rows."""
    clear(figure, style)
    width, height = logical_size(figure)
    rows = min(len(labels.names), max(int((height - TOP_PX - BOTTOM_PX) / ROW_LEAST_PX), 1))
    left = 14.0 + min(max(text_width(name) for name in labels.names[:rows]), width * 0.34)
    right = 14.0 + max(text_width(words) for words in labels.counts[:rows])
    axes = axes_in(figure, Margins(left, right, TOP_PX, BOTTOM_PX))
    lowest = lowest_of(data)
    axes.set_xlim(lowest - 0.3, HIGHEST + 0.3)
    axes.set_ylim(rows - 0.5, -0.5)
    _scale(figure, axes, style, labels, lowest)
    ys = np.arange(rows)
    axes.hlines(ys, lowest, HIGHEST, colors=style.grid, linewidths=pt(1), linestyles=":", zorder=0)
    axes.hlines(ys, data.low[:rows], data.high[:rows], colors=style.lee, linewidths=pt(2.2), alpha=0.7, zorder=2)
    axes.plot(data.median[:rows], ys, "o", color=style.lee, markersize=pt(8), markeredgewidth=0, zorder=3)
    _names(axes, style, labels, rows, left)
    return Reading(
        axes=axes, xs=data.median[:rows].astype(np.float64), ys=ys.astype(np.float64), step=1, leap=4, rise=1,
        cell_px=min(inner_px(figure, axes)[1] / rows - 2.0, 18.0),
    )  # fmt: skip


def lowest_of(data: HelpedData) -> float:
    """The lower end of the fixed scale: 0, unless something rose."""
    least = float(data.low.min(initial=0.0))
    if least >= 0:
        return 0.0
    return ROSE_LEAST if least >= ROSE_LEAST else -HIGHEST


def table(data: HelpedData, labels: HelpedLabels) -> Table:
    """One row per thing, those without room in the picture too."""
    rows = tuple(
        (name, round(float(middle), 1), round(float(low), 1), round(float(high), 1), int(count))
        for name, middle, low, high, count in zip(
            labels.names, data.median, data.low, data.high, data.counts, strict=True
        )
    )
    return Table(labels.columns, rows)


def plot(data: HelpedData, labels: HelpedLabels, caption: Caption) -> Plot:
    """The rows as a chart for a view; readout index i is the i-th thing."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _scale(figure: Figure, axes: Axes, style: ChartStyle, labels: HelpedLabels, lowest: float) -> None:
    """Upright hairlines with their points; 0 is the axis. The words of the scale stand beside it where they fit."""
    points = [place for place in (-10.0, -5.0, 0.0, 5.0, 10.0) if place >= lowest]
    for place in points:
        stronger = place == 0.0
        axes.axvline(place, color=style.axis if stronger else style.grid, linewidth=pt(1), zorder=1)
    time_words(axes, style, [Tick(place, f"{place:g}".replace("-", "\u2212")) for place in points])
    inner_w = inner_px(figure, axes)[0]
    room = inner_w * 5.0 / (HIGHEST - lowest + 0.6) - 24.0
    if text_width(labels.axis) <= room:
        below = axes.get_xaxis_transform() + shift(axes, 0.0, -7.0)
        axes.text(
            2.5, 0.0, labels.axis, transform=below, ha="center", va="top", color=style.text, fontsize=pt(CAPTION_PX)
        )


def _names(axes: Axes, style: ChartStyle, labels: HelpedLabels, rows: int, left_px: float) -> None:
    """Names on the left, counts on the right, each at its row."""
    at_left = axes.get_yaxis_transform() + shift(axes, -BESIDE_PX, 0.0)
    at_right = axes.get_yaxis_transform() + shift(axes, BESIDE_PX, 0.0)
    for row in range(rows):
        name = elide(labels.names[row], left_px - 12.0)
        for x, where, words, side in ((0.0, at_left, name, "right"), (1.0, at_right, labels.counts[row], "left")):
            axes.text(
                x, row, words, transform=where, ha=side, va="center_baseline", color=style.text,
                fontsize=pt(CAPTION_PX),
            )  # fmt: skip
