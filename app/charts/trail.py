"""The felt-safety trail: every day as a dot, what is typical as a line, and how much was written, over months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts import markers as life
from app.charts.frame import (
    DOTS,
    FULL_SCALE,
    TICK_GAP_PX,
    Margins,
    axes_in,
    bridges,
    clear,
    inner_px,
    joined,
    logical_size,
    month_ticks,
    pt,
    runs,
    shift,
    text_width,
    time_axis,
    value_axis,
)
from app.charts.page import Page
from app.charts.plot import Caption, Flags, Floats, Ints, Months, Plot, Reading, Table
from app.charts.style import CAPTION_PX, SMALL_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

LEFT_PX = 30.0
STRIP_PX = 12.0
STRIP_GAP_PX = 5.0
MONTHS_PX = 26.0
LEGEND_PX = 20.0
WEEK_DAYS = 7
WEEKLY_FROM_DAYS = 3 * 366
"""Periods longer than this are drawn by weeks: below a pixel a day, days only make a grey cloud and a slow chart."""
LOW_PX = 80.0
"""Below this plotting height the label at the end of the line keeps only its last line, the number."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch the person named, or one with nothing written: shaded, with its words if there is room."""

    first_day: int
    last_day: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class TrailData:
    """Felt safety over a period. Days are ordinals (`date.toordinal`), values 0-10.

    `entry_*` have one item per check-in; `entry_late` marks looking back. `line_*` have one item per calendar day of
    the period, NaN where there is too little to say. `weeks` are Mondays with `week_days`, entry-days 0-7.
    """

    first_day: int
    last_day: int
    entry_days: Ints
    entry_values: Floats
    entry_late: Flags
    line_days: Ints
    line: Floats
    band_low: Floats
    band_high: Floats
    weeks: Ints
    week_days: Ints
    markers: tuple[life.Marker, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def is_weekly(self) -> bool:
        """Whether the period is so long that a dot stands for a week; stops and table keep their days."""
        return self.last_day - self.first_day >= WEEKLY_FROM_DAYS


@dataclass(frozen=True, slots=True)
class TrailLabels:
    """Every word the trail draws, ready in the chosen language. Empty legend words leave the legend out."""

    months: Months
    end: str
    line: str
    band: str
    day: str
    looking_back: str
    marker: str
    coverage: str
    columns: tuple[str, str, str, str, str]
    """Table headings: day, felt safety, typical, middle half from, middle half to."""


def build(figure: Figure, data: TrailData, style: ChartStyle, labels: TrailLabels) -> Reading:
    """Paint the trail into `figure` and return the reading line's stops, one per calendar day of the period."""
    clear(figure, style)
    seen = tuple(marker for marker in data.markers if data.first_day <= marker.day <= data.last_day)
    data = replace(data, markers=tuple(sorted(seen, key=lambda marker: marker.day)))
    width, _ = logical_size(figure)
    right = 16.0 + max((text_width(part) for part in (*labels.end.split("\n"), "10")), default=0.0)
    inner_w = max(width - LEFT_PX - right, 1.0)
    placed = _placed(data, inner_w, right)
    rows = max((where.row for where in placed), default=-1) + 1
    legend = LEGEND_PX if labels.line else 0.0
    bottom = STRIP_PX + STRIP_GAP_PX + MONTHS_PX + legend
    axes = axes_in(figure, Margins(LEFT_PX, right, 12.0 + life.ROW_PX * rows, bottom))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    ticks = month_ticks(data.first_day, data.last_day, inner_w, labels.months)
    below_px = STRIP_PX + STRIP_GAP_PX + TICK_GAP_PX
    time_axis(axes, style, (data.first_day, data.last_day), ticks, slack=0.5, below_px=below_px)
    drawn = _by_weeks(data) if data.is_weekly else data
    _gaps(axes, data, style, inner_w)
    _dots(axes, drawn, style)
    _line(axes, drawn, style)
    life.draw(axes, data.markers, placed, style, inner_px(figure, axes)[1])
    low = inner_px(figure, axes)[1] < LOW_PX
    _end_label(axes, data, style, labels.end.split("\n")[-1] if low else labels.end)
    _coverage(figure, axes, data, style, MONTHS_PX + legend)
    if legend:
        _legend(figure, style, labels, drawn)
    xs = np.arange(data.first_day, data.last_day + 1, dtype=np.float64)
    return Reading(axes=axes, xs=xs, ys=_line_on(data, xs), step=WEEK_DAYS, leap=30, rise=1)


def table(data: TrailData, labels: TrailLabels) -> Table:
    """One row per day with an entry: its mean, and the typical level and middle half around it."""
    at = {int(day): i for i, day in enumerate(data.line_days)}
    rows = []
    for day in np.unique(data.entry_days):
        i = at.get(int(day))
        spread = [None, None, None] if i is None else [_known(s[i]) for s in (data.line, data.band_low, data.band_high)]
        mean = float(np.mean(data.entry_values[data.entry_days == day]))
        rows.append((date.fromordinal(int(day)), round(mean, 1), *spread))
    return Table(labels.columns, tuple(rows))


def plot(data: TrailData, labels: TrailLabels, caption: Caption) -> Plot:
    """The trail as a chart for a view; readout index i is the i-th calendar day from `first_day`."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _known(value: float) -> float | None:
    return round(float(value), 1) if np.isfinite(value) else None


def _line_on(data: TrailData, xs: Floats) -> Floats:
    """The typical line at each calendar day, NaN where it is broken."""
    ys = np.full(xs.size, np.nan)
    at = data.line_days - data.first_day
    inside = (at >= 0) & (at < xs.size)
    ys[at[inside]] = data.line[inside]
    return ys


def _placed(data: TrailData, inner_w: float, right: float) -> tuple[life.Placed, ...]:
    span = max(data.last_day - data.first_day, 0) + 1
    xs = [(marker.day - data.first_day + 0.5) / span * inner_w for marker in data.markers]
    return life.place(xs, [marker.text for marker in data.markers], inner_w, right)


def _by_weeks(data: TrailData) -> TrailData:
    """The same picture with a dot a week, the mean of its days, and the line at every seventh day and the last.

    What was written looking back is left out here; a break of the line of less than a week may close.
    """
    in_time = ~data.entry_late
    weeks, place = np.unique((data.entry_days[in_time] - 1) // WEEK_DAYS, return_inverse=True)
    means = np.bincount(place, data.entry_values[in_time], weeks.size) / np.maximum(np.bincount(place), 1)
    kept = (data.last_day - data.line_days) % WEEK_DAYS == 0
    return replace(
        data,
        entry_days=weeks * WEEK_DAYS + 1 + WEEK_DAYS // 2,
        entry_values=means,
        entry_late=np.zeros(weeks.size, dtype=np.bool_),
        line_days=data.line_days[kept],
        line=data.line[kept],
        band_low=data.band_low[kept],
        band_high=data.band_high[kept],
    )


def _gaps(axes: Axes, data: TrailData, style: ChartStyle, inner_w: float) -> None:
    per_day = inner_w / max(data.last_day - data.first_day + 1, 1)
    for gap in data.gaps:
        axes.axvspan(gap.first_day - 0.5, gap.last_day + 0.5, color=style.grid, alpha=0.45, linewidth=0, zorder=0.2)
        if gap.text and (gap.last_day - gap.first_day + 1) * per_day > text_width(gap.text, SMALL_PX) + 8:
            axes.text(
                (gap.first_day + gap.last_day) / 2, 0.35, gap.text, color=style.ink3, fontsize=pt(SMALL_PX),
                ha="center", va="bottom",
            )  # fmt: skip


def _dots(axes: Axes, data: TrailData, style: ChartStyle) -> None:
    """Grey dots, filled for the day itself and hollow for looking back; smaller when there are years of them."""
    size = pt(4.0 if data.entry_days.size < 500 else 2.8)
    now, back = ~data.entry_late, data.entry_late
    axes.plot(
        data.entry_days[now], data.entry_values[now], "o", markersize=size, color=style.axis, alpha=0.62,
        markeredgewidth=0, zorder=2, clip_on=False,
    )  # fmt: skip
    axes.plot(
        data.entry_days[back], data.entry_values[back], "o", markersize=size + pt(0.6), markerfacecolor=style.ground,
        markeredgecolor=style.axis, markeredgewidth=pt(0.9), zorder=2, clip_on=False,
    )  # fmt: skip


def _line(axes: Axes, data: TrailData, style: ChartStyle) -> None:
    days = data.line_days.astype(np.float64)
    stretches = runs(days, data.line, widest=WEEK_DAYS if data.is_weekly else 1.0)
    axes.fill_between(days, data.band_low, data.band_high, color=style.band, linewidth=0, zorder=1)
    xs = joined([days[part] for part in stretches])
    axes.plot(xs, joined([data.line[part] for part in stretches]), color=style.lee, linewidth=pt(2.4), zorder=3)
    gap_x, gap_y = bridges(days, data.line, stretches)
    axes.plot(gap_x, gap_y, color=style.lee, linewidth=pt(1.6), linestyle=DOTS, zorder=3)


def _end_label(axes: Axes, data: TrailData, style: ChartStyle, text: str) -> None:
    """Name the newest typical level beside the end of its line, when the line reaches the end of the period."""
    good = np.flatnonzero(np.isfinite(data.line))
    if not good.size or not text or int(data.line_days[good[-1]]) < data.last_day - WEEK_DAYS:
        return
    level = min(max(float(data.line[good[-1]]), 0.6), 9.4)
    axes.text(
        1.0, level, text, transform=axes.get_yaxis_transform() + shift(axes, 10.0, 0.0), color=style.label_lee,
        fontsize=pt(CAPTION_PX), va="center", ha="left", linespacing=1.35,
    )  # fmt: skip


def _coverage(figure: Figure, axes: Axes, data: TrailData, style: ChartStyle, floor_px: float) -> None:
    """A strip of weekly bars under the chart, 0 to 7 entry-days high, standing `floor_px` above the figure's edge."""
    from matplotlib.transforms import blended_transform_factory

    below = blended_transform_factory(axes.transData, Page(figure, style).transform)
    begin = np.clip(data.weeks, data.first_day, data.last_day) - 0.5
    end = np.clip(data.weeks + WEEK_DAYS, data.first_day, data.last_day + 1) - 0.5
    inner_w, _ = inner_px(figure, axes)
    apart = min(1.0, 2.0 * (data.last_day - data.first_day + 1) / inner_w)
    wide = np.maximum(end - begin - apart, 0.0)
    edges = np.repeat(begin, 4) + np.outer(wide, [0.0, 0.0, 1.0, 1.0]).ravel()
    heights = np.outer(data.week_days, [0.0, 1.0, 1.0, 0.0]).ravel() * (STRIP_PX / WEEK_DAYS)
    axes.fill_between(
        edges, floor_px, floor_px + heights, transform=below, color=style.soft, linewidth=0, clip_on=False
    )
    axes.plot(
        [data.first_day - 0.5, data.last_day + 0.5], [floor_px, floor_px], transform=below, color=style.axis,
        linewidth=pt(1), alpha=0.55, clip_on=False,
    )  # fmt: skip


def _legend(figure: Figure, style: ChartStyle, labels: TrailLabels, data: TrailData) -> None:
    """One row of keys under the months, in reading order; what does not fit or does not occur is left out."""
    width, _ = logical_size(figure)
    page = Page(figure, style)
    x, y = LEFT_PX, 10.0
    keys = [("line", labels.line), ("band", labels.band), ("dot", labels.day)]
    keys += [("hollow", labels.looking_back)] if bool(data.entry_late.any()) else []
    keys += [("marker", labels.marker)] if data.markers else []
    keys += [("coverage", labels.coverage)]
    for kind, words in keys:
        if not words or x + 24 + text_width(words) > width:
            continue
        text_x = x + _key(page, kind, x, y, style)
        page.text(text_x, y, words)
        x = text_x + text_width(words) + 18


def _key(page: Page, kind: str, x: float, y: float, style: ChartStyle) -> float:
    """Draw one legend mark at `x`; returns where its words begin, from `x`."""
    match kind:
        case "line":
            page.line(x + 1, y, 12, style.lee)
            return 20.0
        case "band":
            page.area([(x, y - 4.5), (x + 14, y - 4.5), (x + 14, y + 4.5), (x, y + 4.5)], style.band)
            return 20.0
        case "coverage":
            page.area([(x, y - 5), (x + 4, y - 5), (x + 4, y + 1), (x, y + 1)], style.soft)
            page.area([(x + 5.5, y - 5), (x + 9.5, y - 5), (x + 9.5, y + 5), (x + 5.5, y + 5)], style.soft)
            return 16.0
        case "marker":
            page.mark(x + 5, y, "D", 6.4, style.plum)
        case _:
            page.mark(x + 5, y, "o", 5.0, style.axis, hollow=kind == "hollow")
    return 14.0
