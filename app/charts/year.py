"""A year of days as squares, seven to a column, so that easier and harder stretches show at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from app.charts.frame import Margins, axes_in, clear, logical_size, month_starts, pt, text_width
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

    from app.charts.style import ChartStyle

ROWS = 7
LEFT_PX, TOP_PX, BOTTOM_PX = 28.0, 20.0, 2.0
WIDEST_PITCH_PX, CELL_SHARE = 18.0, 0.82
LEAST_PITCH_FOR_LETTERS_PX = 8.5
STEPS = 6
FULL = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class YearData:
    """Day values 0-10 from `first_day` (any weekday) on, one per calendar day, NaN when nothing was written."""

    first_day: int
    values: Floats
    today: int


@dataclass(frozen=True, slots=True)
class YearLabels:
    """Month names, seven weekday letters from Monday (empty ones are left out), and the table headings: day, value."""

    months: Months
    weekdays: tuple[str, str, str, str, str, str, str]
    columns: tuple[str, str]


def steps_of(values: Floats) -> Ints:
    """The heat step 0-5 of each value 0-10; -1 for NaN. Equal widths; 10 belongs to the highest step."""
    steps = np.full(values.shape, -1, dtype=np.int64)
    good = np.isfinite(values)
    steps[good] = np.clip((values[good] / FULL * STEPS).astype(np.int64), 0, STEPS - 1)
    return steps


def build(figure: Figure, data: YearData, style: ChartStyle, labels: YearLabels) -> Reading:
    """Paint the grid; stops are the days, left and right move a week, up and down a day."""
    clear(figure, style)
    days = data.first_day + np.arange(data.values.size)
    rows = (days - 1) % ROWS  # ordinal 1 was a Monday
    monday = data.first_day - (data.first_day - 1) % ROWS
    columns = (days - monday) // ROWS
    pitch = _pitch(figure, int(columns[-1]) + 1)
    axes = _axes(figure, pitch)
    _cells(axes, style, columns, rows, steps_of(data.values), pitch)
    _today(axes, data, style, columns, rows, pitch)
    _names(axes, data, labels, style, monday, pitch)
    return Reading(
        axes=axes, xs=columns.astype(np.float64), ys=rows.astype(np.float64), step=ROWS, leap=4 * ROWS, rise=1,
        cell_px=pitch * CELL_SHARE + 4,
    )  # fmt: skip


def table(data: YearData, labels: YearLabels) -> Table:
    """One row per written day."""
    rows = tuple(
        (date.fromordinal(data.first_day + i), round(float(value), 1))
        for i, value in enumerate(data.values)
        if np.isfinite(value)
    )
    return Table(labels.columns, rows)


def plot(data: YearData, labels: YearLabels, caption: Caption) -> Plot:
    """The year as a chart for a view; readout index i is the i-th day from `first_day`."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _pitch(figure: Figure, columns: int) -> float:
    """The largest cell distance in logical pixels at which all columns and rows fit."""
    width, height = logical_size(figure)
    fit = min((width - LEFT_PX - 6) / columns, (height - TOP_PX - BOTTOM_PX) / ROWS, WIDEST_PITCH_PX)
    return max(fit, 4.0)


def _axes(figure: Figure, pitch: float) -> Axes:
    """Axes over the whole figure whose unit is one cell: (0, 0) is the first Monday, y grows downwards."""
    width, height = logical_size(figure)
    axes = axes_in(figure, Margins(0, 0, 0, 0))
    axes.set_xlim(-(LEFT_PX / pitch) - 0.0, (width - LEFT_PX) / pitch)
    axes.set_ylim((height - TOP_PX) / pitch - 0.5, -(TOP_PX / pitch) - 0.5)
    return axes


def _square() -> Path:
    """A rounded square as a marker path, 2 units wide."""
    from matplotlib.patches import BoxStyle

    return BoxStyle.Round(pad=0, rounding_size=0.42)(-1, -1, 2, 2, 1)


def _cells(axes: Axes, style: ChartStyle, columns: Ints, rows: Ints, steps: Ints, pitch: float) -> None:
    """One marker path per heat step: seven artists instead of hundreds of patches."""
    square = _square()
    edge = style.missing
    for step in range(STEPS):
        mine = steps == step
        axes.plot(
            columns[mine], rows[mine], linestyle="none", marker=square, markersize=pt(pitch * CELL_SHARE),
            markerfacecolor=style.heat[step], markeredgewidth=pt(0.8) if step == 0 else 0, markeredgecolor=edge,
        )  # fmt: skip
    blank = steps < 0
    axes.scatter(
        columns[blank], rows[blank], s=pt(pitch * CELL_SHARE - 1) ** 2, marker=square, facecolors="none",
        edgecolors=edge, linewidths=pt(1), linestyles=[(0, (1.2, 1.6))],
    )  # fmt: skip


def _today(axes: Axes, data: YearData, style: ChartStyle, columns: Ints, rows: Ints, pitch: float) -> None:
    at = data.today - data.first_day
    if 0 <= at < data.values.size:
        axes.plot(
            columns[at : at + 1], rows[at : at + 1], linestyle="none", marker=_square(), markerfacecolor="none",
            markersize=pt(pitch * CELL_SHARE + 2), markeredgecolor=style.ink, markeredgewidth=pt(1.5),
        )  # fmt: skip


def _names(axes: Axes, data: YearData, labels: YearLabels, style: ChartStyle, monday: int, pitch: float) -> None:
    words: dict[str, Any] = {"color": style.text, "fontsize": pt(CAPTION_PX)}
    rows = enumerate(labels.weekdays) if pitch >= LEAST_PITCH_FOR_LETTERS_PX else ()
    for row, letter in rows:
        axes.text(-(LEFT_PX - 10) / pitch, row, letter, va="center_baseline", ha="left", **words)
    free_from = -1e9
    for start in month_starts(data.first_day, data.first_day + data.values.size - 1):
        column = max((start.toordinal() - monday + ROWS - 1) // ROWS, 0)
        x_px = column * pitch
        name = labels.months.named(start, long=False, year=False)
        if x_px < free_from or start.toordinal() < data.first_day - 21:
            continue
        axes.text(column - 0.45, -1.0, name, va="baseline", ha="left", **words)
        free_from = x_px + text_width(name) + 6
