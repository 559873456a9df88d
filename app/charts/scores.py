"""Totals of a questionnaire over time: a dot a total, and the lines its authors draw as quiet dashes.

Nothing joins the dots: between two of them nobody was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts import markers as life
from app.charts.frame import (
    DASH_GUIDE,
    Margins,
    axes_in,
    clear,
    inner_px,
    logical_size,
    month_ticks,
    pt,
    shift,
    span_px,
    text_width,
    time_axis,
    value_words,
)
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

TOP_PX: Final = 18.0
RIGHT_PX: Final = 16.0
BOTTOM_PX: Final = 26.0
SLACK_DAYS: Final = 4.0
_DOT_PX: Final = 8.0
_ROOM: Final = 0.04
"""Of the scale's height, free at both ends so that no dot is cut."""
_TICK_ROOM_PX: Final = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class ScoresData:
    """Totals in time order: `days` ordinals and `totals` 0 … `highest`; both end days are shown. `lines` are the
    totals at which its authors draw a line, rising.
    """

    first_day: int
    last_day: int
    days: Ints
    totals: Floats
    highest: float
    lines: tuple[float, ...] = ()
    markers: tuple[life.Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoresLabels:
    """Month names, the words of the scale (place and text, 0 and the highest among them), the number beside each dot,
    and the table headings: day, total.
    """

    months: Months
    ticks: tuple[tuple[float, str], ...]
    numbers: tuple[str, ...]
    columns: tuple[str, str]


def build(figure: Figure, data: ScoresData, style: ChartStyle, labels: ScoresLabels) -> Reading:
    """Paint the lines and the dots; stops are the totals."""
    clear(figure, style)
    axes = _axes(figure, data, style, labels)
    for place in data.lines:
        axes.axhline(place, color=style.axis, linewidth=pt(1), linestyle=DASH_GUIDE, alpha=0.8, zorder=1)
    days = data.days.astype(np.float64)
    axes.plot(days, data.totals, "o", color=style.lee, markersize=pt(_DOT_PX), markeredgewidth=0, zorder=3,
              clip_on=False)  # fmt: skip
    _numbers(figure, axes, data, style, labels)
    return Reading(axes=axes, xs=days, ys=data.totals.astype(np.float64), step=1, leap=4)


def table(data: ScoresData, labels: ScoresLabels) -> Table:
    """One row a total."""
    rows = zip(data.days.tolist(), data.totals.tolist(), strict=True)
    return Table(labels.columns, tuple((date.fromordinal(day), total) for day, total in rows))


def plot(data: ScoresData, labels: ScoresLabels, caption: Caption) -> Plot:
    """The totals as a chart for a view; readout index i is the i-th total."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _axes(figure: Figure, data: ScoresData, style: ChartStyle, labels: ScoresLabels) -> Axes:
    left = 20.0 + max(text_width(words) for _, words in labels.ticks)
    inner_w = max(logical_size(figure)[0] - left - RIGHT_PX, 1.0)
    days_px = span_px(inner_w, data.first_day, data.last_day, SLACK_DAYS)
    seen = sorted((m for m in data.markers if data.first_day <= m.day <= data.last_day), key=lambda m: m.day)
    span = max(data.last_day - data.first_day, 1) + 2 * SLACK_DAYS
    xs_px = [(marker.day - data.first_day + SLACK_DAYS) / span * inner_w for marker in seen]
    placed = life.place(xs_px, [marker.text for marker in seen], inner_w, RIGHT_PX)
    rows = max((where.row for where in placed), default=-1) + 1
    axes = axes_in(figure, Margins(left, RIGHT_PX, TOP_PX + life.ROW_PX * rows, BOTTOM_PX))
    axes.set_ylim(-_ROOM * data.highest, (1 + _ROOM) * data.highest)
    for place in (0.0, data.highest):
        axes.axhline(place, color=style.axis if not place else style.grid, linewidth=pt(1), zorder=0)
    inner_h = inner_px(figure, axes)[1]
    value_words(axes, style, _apart(labels.ticks, data.highest, inner_h))
    named = month_ticks(data.first_day, data.last_day, days_px, labels.months)
    time_axis(axes, style, (data.first_day, data.last_day), named, slack=SLACK_DAYS)
    life.draw(axes, seen, placed, style, inner_h)
    return axes


def _apart(ticks: tuple[tuple[float, str], ...], highest: float, inner_h: float) -> list[tuple[float, str]]:
    """The words of the scale from below, without those that would touch the one before; the ends always stay."""
    px = inner_h / ((1 + 2 * _ROOM) * highest)
    kept = [ticks[0]]
    for place, words in ticks[1:-1]:
        if (place - kept[-1][0]) * px >= _TICK_ROOM_PX and (ticks[-1][0] - place) * px >= _TICK_ROOM_PX:
            kept.append((place, words))
    return [*kept, ticks[-1]]


def _numbers(figure: Figure, axes: Axes, data: ScoresData, style: ChartStyle, labels: ScoresLabels) -> None:
    """The number over each dot; left to the reading line as soon as two would touch."""
    inner_w = inner_px(figure, axes)[0]
    px = inner_w / (max(data.last_day - data.first_day, 1) + 2 * SLACK_DAYS)
    widest = max((text_width(words) for words in labels.numbers), default=0.0)
    if data.days.size > 1 and float(np.diff(data.days).min()) * px < widest + 4:
        return
    over = axes.transData + shift(axes, 0.0, _DOT_PX)
    behind = {"facecolor": style.ground, "edgecolor": "none", "pad": pt(1.0)}  # hides the line it stands on
    for day, total, words in zip(data.days, data.totals, labels.numbers, strict=True):
        axes.text(
            float(day), float(total), words, transform=over, ha="center", va="bottom", color=style.text,
            fontsize=pt(CAPTION_PX), zorder=2, bbox=behind,
        )  # fmt: skip
