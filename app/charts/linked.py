"""Triggers linked to one thread, month by month, with its new moments as diamonds above the bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import Margins, axes_in, clear, inner_px, pt, text_width, time_words, value_axis
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table, Tick

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle


@dataclass(frozen=True, slots=True, eq=False)
class LinkedData:
    """Counts by month. `months` are the ordinals of first days of consecutive months, oldest first; the last one is
    still running. `new_moments` has the days (ordinals) of new moments.
    """

    months: Ints
    counts: Ints
    new_moments: Ints


@dataclass(frozen=True, slots=True)
class LinkedLabels:
    """Month names and the table headings: month, triggers, new moments."""

    months: Months
    columns: tuple[str, str, str]


def scale_top(highest: float) -> int:
    """The end of a counting scale with a whole number in its middle: an even number of at least 4."""
    return max(4, int(np.ceil(highest / 2) * 2))


def moments_by_month(data: LinkedData) -> Ints:
    """How many new moments lie in each month."""
    months = np.searchsorted(data.months, data.new_moments, side="right") - 1
    return np.bincount(months[months >= 0], minlength=data.months.size).astype(np.int64)


def build(figure: Figure, data: LinkedData, style: ChartStyle, labels: LinkedLabels) -> Reading:
    """Paint bars and diamonds; stops are the months."""
    clear(figure, style)
    top = scale_top(float(data.counts.max(initial=0)))
    axes = axes_in(figure, Margins(18 + 4 * (top > 9), 10, 10, 24))
    value_axis(axes, style, (0, top * 1.04), (0, top // 2, top))
    size = data.months.size
    axes.set_xlim(-0.6, size - 0.4)
    at = np.arange(size)
    colours = [style.soft] * (size - 1) + [style.lee]
    axes.bar(at, data.counts, width=0.62, color=colours, zorder=2)
    held = np.flatnonzero(moments_by_month(data))
    lanes = np.where(data.counts[held] >= top * 0.86, top * 1.04, top * 0.92)
    axes.plot(held, lanes, "D", color=style.plum, markersize=pt(7), markeredgewidth=0, clip_on=False, zorder=4)
    ticks, words = _ticks(data, labels, inner_px(figure, axes)[0])
    time_words(axes, style, [Tick(place, word) for place, word in zip(ticks, words, strict=True)])
    return Reading(axes=axes, xs=at.astype(np.float64), ys=_heights(data), step=1, leap=3)


def table(data: LinkedData, labels: LinkedLabels) -> Table:
    """One row per month."""
    moments = moments_by_month(data)
    rows = tuple(
        (labels.months.named(date.fromordinal(int(month)), long=True, year=True), int(count), int(new))
        for month, count, new in zip(data.months, data.counts, moments, strict=True)
    )
    return Table(labels.columns, rows)


def plot(data: LinkedData, labels: LinkedLabels, caption: Caption) -> Plot:
    """The months as a chart for a view; readout index i is the i-th month."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _heights(data: LinkedData) -> Floats:
    return data.counts.astype(np.float64)


def _ticks(data: LinkedData, labels: LinkedLabels, width_px: float) -> tuple[list[int], list[str]]:
    """Short month names, as many as fit, counted back from the running month."""
    names = [labels.months.named(date.fromordinal(int(m)), long=False, year=False) for m in data.months]
    widest = max((text_width(name) for name in names), default=1.0)
    every = max(1, int(np.ceil((widest + 8) / (width_px / max(len(names), 1)))))
    ticks = list(range(len(names) - 1, -1, -every))[::-1]
    return ticks, [names[i] for i in ticks]
