"""A ritual's strength over months: one line from 0 to 100, level while it was away or resting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts.frame import (
    Margins,
    axes_in,
    clear,
    inner_px,
    logical_size,
    month_ticks,
    pt,
    shift,
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

FULL: Final = 100
_ROOM: Final = 3.0
_AWAY_LEAST_DAYS: Final = 3
_AWAY_ALPHA: Final = 0.55


@dataclass(frozen=True, slots=True, eq=False)
class StrengthData:
    """`days` are consecutive ordinals, `values` strength after each, 0 to 100; `away` stretches out of the clock."""

    days: Ints
    values: Floats
    away: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StrengthLabels:
    """Month names, the words at the end of the line, the word on a stretch away, and the headings: day, strength."""

    months: Months
    end: str
    away: str
    columns: tuple[str, str]


def build(figure: Figure, data: StrengthData, style: ChartStyle, labels: StrengthLabels) -> Reading:
    """Paint the line; stops are days."""
    clear(figure, style)
    width, _ = logical_size(figure)
    widest = max((text_width(line) for line in labels.end.splitlines()), default=0.0)
    right_px = min(widest + 18, width * 0.4)
    axes = axes_in(figure, Margins(32, right_px, 8, 26))
    value_axis(axes, style, (-_ROOM, FULL + _ROOM), (0, 25, 50, 75, FULL))
    first, last = int(data.days[0]), int(data.days[-1])
    inner_w, _ = inner_px(figure, axes)
    time_axis(axes, style, (first, last), month_ticks(first, last, inner_w, labels.months, year=False))
    days = data.days.astype(np.float64)
    _stretches(axes, data, style, labels.away, inner_w / max(1, last - first))
    axes.plot(days, data.values, color=style.lee, linewidth=pt(2), solid_joinstyle="round", zorder=3, clip_on=False)
    axes.plot(
        days[-1:], data.values[-1:], "o", color=style.lee, markersize=pt(8), markeredgewidth=0, zorder=4, clip_on=False
    )
    axes.text(
        last, float(data.values[-1]), labels.end, transform=axes.transData + shift(axes, 12, 0), ha="left", va="center",
        color=style.ink, fontsize=pt(CAPTION_PX), linespacing=1.4, clip_on=False,
    )  # fmt: skip
    return Reading(axes=axes, xs=days, ys=data.values.astype(np.float64), step=1, leap=7)


def table(data: StrengthData, labels: StrengthLabels) -> Table:
    """One row a day."""
    rows = zip(data.days, data.values, strict=True)
    return Table(labels.columns, tuple((date.fromordinal(int(day)), round(float(value))) for day, value in rows))


def plot(data: StrengthData, labels: StrengthLabels, caption: Caption) -> Plot:
    """The line as a chart for a view; readout index i is the i-th day."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _stretches(axes: Axes, data: StrengthData, style: ChartStyle, words: str, day_px: float) -> None:
    """A quiet ground under each longer stretch away, named where the word fits."""
    first, last = int(data.days[0]), int(data.days[-1])
    for start, end in data.away:
        low, high = max(start, first), min(end, last)
        if high - low + 1 < _AWAY_LEAST_DAYS:
            continue
        axes.axvspan(low - 0.5, high + 0.5, color=style.grid, alpha=_AWAY_ALPHA, linewidth=0, zorder=0)
        if text_width(words) + 6 <= (high - low + 1) * day_px:
            axes.text(
                (low + high) / 2, FULL, words, transform=axes.transData + shift(axes, 0, -12), ha="center", va="center",
                color=style.text, fontsize=pt(CAPTION_PX), zorder=1,
            )  # fmt: skip
