"""The trigger timeline: how strong each was at first, how far it eased, and which family of moves it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

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
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

SHAPES = ("o", "s", "^", "D", "v", "P")
SIZES_PX = (6.5, 6.0, 7.0, 5.8, 7.0, 7.0)


@dataclass(frozen=True, slots=True, eq=False)
class TriggersData:
    """Triggers in time order. `days` ordinals, `peak` and `after` 0-10 (`after` NaN when not noted), `family` an
    index into the labels' families (at most six).
    """

    first_day: int
    last_day: int
    days: Ints
    peak: Floats
    after: Floats
    family: Ints


@dataclass(frozen=True, slots=True)
class TriggersLabels:
    """Month names, the words of the move families in index order, the words for the two ends of a drop line, and
    the table headings: day, strength at first, strength after, move.
    """

    months: Months
    families: tuple[str, ...]
    peak: str
    after: str
    columns: tuple[str, str, str, str]


def build(figure: Figure, data: TriggersData, style: ChartStyle, labels: TriggersLabels) -> Reading:
    """Paint one drop line per trigger; stops are the triggers."""
    clear(figure, style)
    axes = axes_in(figure, Margins(30, 12, 10, 46))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    ticks = month_ticks(data.first_day, data.last_day, inner_px(figure, axes)[0], labels.months)
    time_axis(axes, style, (data.first_day, data.last_day), ticks, slack=1.0)
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
    _legend(figure, data, style, labels)
    return Reading(axes=axes, xs=xs, ys=data.peak.astype(np.float64), step=1, leap=5)


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
    """The timeline as a chart for a view; readout index i is the i-th trigger."""
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
    for family in np.unique(data.family):
        keys.append((SHAPES[int(family) % len(SHAPES)], style.ink3, False, labels.families[int(family)]))
    x = 32.0
    for shape, colour, hollow, words in keys:
        if x + 14 + text_width(words) > width:
            break
        page.mark(x + 4, 10, shape, 6.8, colour, hollow=hollow)
        page.text(x + 14, 10, words)
        x += 14 + text_width(words) + 16
