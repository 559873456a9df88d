"""How long settling took: every moment on a logarithmic strip of minutes, four weeks by four weeks, with the medians.

What was still going when it was written has no length; it stands in a lane of its own above, in its own shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from app.charts import markers as life
from app.charts.frame import (
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
from app.charts.panel_settling import GOING_MIN, HIGHEST_MIN, LOWEST_MIN, SettlingLabels, shown_ticks
from app.charts.plot import Caption, Flags, Floats, Ints, Plot, Reading, Table
from app.charts.style import SMALL_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

TOP_PX, RIGHT_PX, MONTHS_PX, COUNTS_PX = 10.0, 12.0, 26.0, 18.0
SLACK_DAYS = 2.0
MANY = 400
"""From so many moments on the marks are small dots, so that the medians stand out."""
THIN_PX = 2.0
"""Moments closer than this on both axes are one mark: they would cover each other."""


@dataclass(frozen=True, slots=True, eq=False)
class StripData:
    """Moments in time order: `days` ordinals, `minutes` (1 or more; ignored where `still_going`). Both end days are
    shown. `starts` and `ends` are the first and last days of blocks that follow each other; of each `settled` and
    `going` counts and `medians` in minutes, NaN with too few.
    """

    first_day: int
    last_day: int
    days: Ints
    minutes: Floats
    still_going: Flags
    starts: Ints
    ends: Ints
    settled: Ints
    going: Ints
    medians: Floats
    markers: tuple[life.Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class StripLabels:
    """The words of the axis (`scale`), the word before a count ("n"), and the table headings: four weeks from, median
    in minutes, settled, still going.
    """

    scale: SettlingLabels
    count: str
    columns: tuple[str, str, str, str]


def build(figure: Figure, data: StripData, style: ChartStyle, labels: StripLabels) -> Reading:
    """Paint moments, medians and counts; stops are the blocks. The height of the axes is log10 of minutes: an axis
    that takes logarithms itself costs a quarter more for every redraw.
    """
    clear(figure, style)
    axes = _axes(figure, data, style, labels)
    _moments(figure, axes, data, style)
    begin, end = data.starts.astype(np.float64), data.ends.astype(np.float64)
    known = np.isfinite(data.medians)
    axes.hlines(
        np.log10(data.medians[known]), begin[known], end[known], colors=style.lee, linewidths=pt(3), zorder=4,
        capstyle="butt",
    )  # fmt: skip
    axes.vlines(begin[1:] - 0.5, 0.0, 1.0, transform=axes.get_xaxis_transform(), colors=style.grid,
                linewidths=pt(1), alpha=0.7, zorder=0)  # fmt: skip
    middle = (begin + end) / 2
    _counts(figure, axes, data, style, labels, middle, end - begin)
    return Reading(axes=axes, xs=middle, ys=np.log10(data.medians), step=1, leap=3)


def table(data: StripData, labels: StripLabels) -> Table:
    """One row per block with anything in it; a median only where there are enough."""
    rows = tuple(
        (
            date.fromordinal(int(start)),
            round(float(median)) if np.isfinite(median) else None,
            int(settled),
            int(going),
        )
        for start, median, settled, going in zip(data.starts, data.medians, data.settled, data.going, strict=True)
        if settled or going
    )
    return Table(labels.columns, rows)


def plot(data: StripData, labels: StripLabels, caption: Caption) -> Plot:
    """The strip as a chart for a view; readout index i is the i-th block."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _axes(figure: Figure, data: StripData, style: ChartStyle, labels: StripLabels) -> Axes:
    scale, going = labels.scale, bool(data.still_going.any())
    left = 10 + max(text_width(text) for text in (*scale.ticks, scale.going if going else ""))
    inner_w = max(logical_size(figure)[0] - left - RIGHT_PX, 1.0)
    seen = sorted((m for m in data.markers if data.first_day <= m.day <= data.last_day), key=lambda m: m.day)
    span = max(data.last_day - data.first_day, 1) + 2 * SLACK_DAYS
    xs_px = [(marker.day - data.first_day + SLACK_DAYS) / span * inner_w for marker in seen]
    placed = life.place(xs_px, [marker.text for marker in seen], inner_w, RIGHT_PX)
    rows = max((where.row for where in placed), default=-1) + 1
    axes = axes_in(figure, Margins(left, RIGHT_PX, TOP_PX + life.ROW_PX * rows, MONTHS_PX + COUNTS_PX))
    axes.set_ylim(np.log10(LOWEST_MIN), np.log10(GOING_MIN * 1.5 if going else HIGHEST_MIN))
    inner_h = inner_px(figure, axes)[1]
    ticks = shown_ticks(scale, inner_h, going=going)
    value_words(axes, style, [(np.log10(place), words) for place, words in ticks])
    for place, _ in ticks:
        axes.axhline(
            np.log10(place), color=style.grid, linewidth=pt(1), zorder=0, linestyle=":" if place == GOING_MIN else "-"
        )
    days_px = span_px(inner_w, data.first_day, data.last_day, SLACK_DAYS)
    named = month_ticks(data.first_day, data.last_day, days_px, scale.months)
    time_axis(axes, style, (data.first_day, data.last_day), named, slack=SLACK_DAYS, below_px=7.0 + COUNTS_PX)
    life.draw(axes, seen, placed, style, inner_h)
    return axes


def _moments(figure: Figure, axes: Axes, data: StripData, style: ChartStyle) -> None:
    """Open circles where it settled, open triangles where it was still going; small dots once there are many.

    Of a heap in one place one mark is drawn.
    """
    inner_w, inner_h = inner_px(figure, axes)
    low, high = axes.get_ylim()
    ys = np.log10(np.where(data.still_going, GOING_MIN, np.clip(data.minutes, LOWEST_MIN, HIGHEST_MIN)))
    many = data.days.size >= MANY
    look: dict[str, Any] = {"markersize": pt(5.4), "markerfacecolor": style.ground, "markeredgecolor": style.lee}
    look |= {"markeredgewidth": pt(1.1), "alpha": 0.8}
    if many:
        look = {"markersize": pt(2.6), "color": style.axis, "markeredgewidth": 0, "alpha": 0.5}
    for shape, mine in (("o", ~data.still_going), ("^", data.still_going)):
        across = (data.days[mine] - data.first_day) / max(data.last_day - data.first_day, 1) * inner_w / THIN_PX
        up = (ys[mine] - low) / (high - low) * inner_h / THIN_PX
        _, first = np.unique(np.round(across) * 1e5 + np.round(up), return_index=True)
        axes.plot(data.days[mine][first], ys[mine][first], shape, linestyle="none", zorder=3, clip_on=False, **look)


def _counts(  # where the figures under the strip stand
    figure: Figure, axes: Axes, data: StripData, style: ChartStyle, labels: StripLabels, middle: Floats, days: Floats
) -> None:
    """How many settled in each block, under it; left to the table as soon as one has no room."""
    words = [f"{labels.count} {count}" for count in data.settled]
    px_per_day = inner_px(figure, axes)[0] / (data.last_day - data.first_day + 2 * SLACK_DAYS)
    if max(text_width(text, SMALL_PX) for text in words) + 4 > (float(np.median(days)) + 1) * px_per_day:
        return
    below = axes.get_xaxis_transform() + shift(axes, 0.0, -5.0)
    for x, text, wide in zip(middle, words, days, strict=True):
        if (wide + 1) * px_per_day >= text_width(text, SMALL_PX):
            axes.text(x, 0.0, text, transform=below, ha="center", va="top", color=style.text, fontsize=pt(SMALL_PX))
