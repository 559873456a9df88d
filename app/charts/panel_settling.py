"""A small panel of how long settling took, in four-week blocks, on a logarithmic axis of minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import (
    Margins,
    axes_in,
    clear,
    inner_px,
    month_ticks,
    pt,
    span_px,
    text_width,
    time_axis,
    value_words,
)
from app.charts.panel_lines import PANEL_BOTTOM_PX, PANEL_SLACK, PANEL_TOP_PX
from app.charts.plot import Caption, Flags, Floats, Ints, Months, Plot, Reading, Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

TICKS_MIN = (5.0, 15.0, 60.0, 240.0, 1440.0)
LOWEST_MIN, HIGHEST_MIN, GOING_MIN = 3.0, 2000.0, 8000.0
BLOCK_DAYS = 28
WORDS_APART_PX = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class SettlingData:
    """Settled moments in time order: `days` ordinals, `minutes` (above 0; ignored where `still_going`).

    `blocks` are the first days of four-week blocks and `medians` their median minutes, NaN with too few.
    """

    days: Ints
    minutes: Floats
    still_going: Flags
    blocks: Ints
    medians: Floats


@dataclass(frozen=True, slots=True)
class SettlingLabels:
    """Month names, words for the five ticks (5 min to a day), for the lane above them, and the table headings:
    day, minutes.
    """

    months: Months
    ticks: tuple[str, str, str, str, str]
    going: str
    columns: tuple[str, str]


def build(figure: Figure, data: SettlingData, style: ChartStyle, labels: SettlingLabels) -> Reading:
    """Paint the moments and the block medians; stops are the moments."""
    clear(figure, style)
    left = 10 + max(text_width(text) for text in (*labels.ticks, labels.going))
    axes = axes_in(figure, Margins(left, 8, PANEL_TOP_PX, PANEL_BOTTOM_PX))
    axes.set_yscale("log")
    axes.set_ylim(LOWEST_MIN, GOING_MIN * 1.5 if data.still_going.any() else HIGHEST_MIN)
    shown = shown_ticks(labels, inner_px(figure, axes)[1], going=bool(data.still_going.any()))
    value_words(axes, style, shown)
    for place, _ in shown:
        axes.axhline(place, color=style.grid, linewidth=pt(1), zorder=0, linestyle=":" if place == GOING_MIN else "-")
    first, last = int(data.days.min()), int(data.days.max())
    days_px = span_px(inner_px(figure, axes)[0], first, last, PANEL_SLACK)
    ticks = month_ticks(first, last, days_px, labels.months, long=False, year=False)
    time_axis(axes, style, (first, last), ticks, slack=PANEL_SLACK)
    ys = np.where(data.still_going, GOING_MIN, np.clip(data.minutes, LOWEST_MIN, HIGHEST_MIN))
    axes.plot(data.days, ys, "o", markersize=pt(4.6), markerfacecolor=style.ground, markeredgecolor=style.lee,
              markeredgewidth=pt(1.1), zorder=3, clip_on=False)  # fmt: skip
    known = np.isfinite(data.medians)
    begin = np.clip(data.blocks[known], first, last)
    end = np.clip(data.blocks[known] + BLOCK_DAYS - 2, first, last)
    axes.hlines(data.medians[known], begin, end, colors=style.lee, linewidths=pt(2.4), zorder=2)
    return Reading(axes=axes, xs=data.days.astype(np.float64), ys=ys.astype(np.float64), step=1, leap=4)


def shown_ticks(labels: SettlingLabels, height_px: float, *, going: bool) -> list[tuple[float, str]]:
    """The ticks from the top down that leave room for their words; the lane of what still goes on comes first."""
    top = GOING_MIN * 1.5 if going else HIGHEST_MIN
    px_per_decade = height_px / np.log10(top / LOWEST_MIN)
    wanted = [*zip(TICKS_MIN, labels.ticks, strict=True), (GOING_MIN, labels.going)]
    shown: list[tuple[float, str]] = []
    for place, words in reversed(wanted if going else wanted[:-1]):
        if not shown or np.log10(shown[-1][0] / place) * px_per_decade >= WORDS_APART_PX:
            shown.append((place, words))
    return shown


def table(data: SettlingData, labels: SettlingLabels) -> Table:
    """One row per moment; the words of the lane where it is still going."""
    rows = tuple(
        (date.fromordinal(int(day)), labels.going if going else round(float(minutes)))
        for day, minutes, going in zip(data.days, data.minutes, data.still_going, strict=True)
    )
    return Table(labels.columns, rows)


def plot(data: SettlingData, labels: SettlingLabels, caption: Caption) -> Plot:
    """The panel as a chart for a view; readout index i is the i-th moment."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )
