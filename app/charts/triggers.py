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
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
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
    axes = axes_in(figure, style, Margins(30, 12, 10, 46))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    ticks = month_ticks(data.first_day, data.last_day, inner_px(figure, axes)[0], labels.months)
    time_axis(axes, data.first_day, data.last_day, ticks, slack=1.0)
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
    width, height = logical_size(figure)
    ground = axes_in(figure, style, Margins(0, 0, 0, 0))
    ground.set_xlim(0, width)
    ground.set_ylim(0, height)
    x = 32.0
    for words, hollow in ((labels.peak, False), (labels.after, True)):
        x = _key(ground, style, x, SHAPES[0], words, hollow=hollow, room=width)
    for family in np.unique(data.family):
        shape = SHAPES[int(family) % len(SHAPES)]
        x = _key(ground, style, x, shape, labels.families[int(family)], hollow=None, room=width)


def _key(
    ground: Axes, style: ChartStyle, x: float, shape: str, words: str, *, hollow: bool | None, room: float
) -> float:
    """One legend entry (lamp for the two ends of a line, ink for the shapes); returns where the next one begins."""
    if x + 14 + text_width(words) > room:
        return x
    colour = style.ink3 if hollow is None else style.lamp
    ground.plot([x + 4], [10], shape, markersize=pt(6.5), markerfacecolor=style.ground if hollow else colour,
                markeredgecolor=colour, markeredgewidth=pt(1.2))  # fmt: skip
    ground.text(x + 14, 10, words, color=style.text, fontsize=pt(CAPTION_PX), va="center_baseline")
    return x + 14 + text_width(words) + 16
