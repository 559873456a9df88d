"""How agreements go: a row each, a mark for each occasion that was noted, and how often it was kept beside it.

The data hold places, days and codes, never a title: names come in with the labels, in a step of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts import markers as life
from app.charts import rows as grid
from app.charts import shapes
from app.charts.frame import Margins, clear, inner_px, logical_size, month_ticks, pt, time_words
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table, Tick
from app.charts.shapes import Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

FORMS: Final = (
    Shape.DISC, Shape.GAPPED, Shape.POINTED, Shape.DIAMOND, Shape.BAR, Shape.SQUARE, Shape.APART,
)  # fmt: skip
"""By code: kept, strained, talked through, crossed, unclear, reworded, seen differently."""
_MONTHS_PX: Final = 26.0
_EDGE_PX: Final = 10.0
_EVENTS_PX: Final = 8.0
"""Between the rows and the diamonds of life markers above them."""
_LANES: Final = (0, -1, 1)
_LANE: Final = 0.21
"""How far apart, in rows, marks of days that lie closer together than a mark is wide."""
_ARC: Final = 0.36
_INTERVAL_PX: Final = 64.0
_WIDE_PX: Final = 700.0
"""Below this width the range is said in words only."""


@dataclass(frozen=True, slots=True, eq=False)
class AgreementsData:
    """Occasions in the order they are read: row by row, oldest first in each.

    `row` (0 = top), `days` (ordinals) and `marks` (places in `FORMS`) have one item an occasion; `repaired` the day of
    the talk or apology it led to, NaN without one. `share`, `low`, `high` have one item a row: the part that was kept
    with its Wilson 95 % interval, 0 to 1, NaN below five. `markers` lie within the period, in time order.
    """

    first_day: int
    last_day: int
    row: Ints
    days: Ints
    marks: Ints
    repaired: Floats
    share: Floats
    low: Floats
    high: Floats
    markers: tuple[life.Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementsLabels:
    """Month names; a name and two lines of words a row; the words of the marks by code; what the link line leads to;
    table headings: agreement, day, what was noted, talked about on.
    """

    months: Months
    names: tuple[str, ...]
    asides: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    repair: str
    columns: tuple[str, str, str, str]


def height_px(data: AgreementsData) -> float:
    """The height at which the rows have their usual distance."""
    events = 2 * life.ROW_PX + _EVENTS_PX if data.markers else 0.0
    return grid.TOP_PX + events + grid.ROW_PX * data.share.size + _MONTHS_PX + 2 * grid.KEY_PX


def build(figure: Figure, data: AgreementsData, style: ChartStyle, labels: AgreementsLabels) -> Reading:
    """Paint rows, marks and their links; stops are the occasions, row by row."""
    clear(figure, style)
    width, _ = logical_size(figure)
    keys = [(form, words) for code, (form, words) in enumerate(zip(FORMS, labels.marks, strict=True))
            if bool((data.marks == code).any())]  # fmt: skip
    keys += [(Shape.LED, labels.repair)] if bool(np.isfinite(data.repaired).any()) else []
    name_px = grid.name_px(width, labels.names)
    interval_px = _INTERVAL_PX + 2 * _EDGE_PX if width >= _WIDE_PX else 0.0
    beside = grid.aside_px(labels.asides) + interval_px
    bottom = _MONTHS_PX + grid.KEY_PX * grid.key_lines(width, keys)
    count = data.share.size
    placed = _placed(data, max(width - name_px - beside, 1.0), beside)
    rows = max((where.row for where in placed), default=-1) + 1
    top = grid.TOP_PX + (life.ROW_PX * rows + _EVENTS_PX if rows else 0.0)
    axes = grid.cells(figure, count, Margins(name_px, beside, top, bottom))
    grid.baselines(axes, style, count)
    grid.names(axes, style, labels.names, name_px)
    grid.asides(axes, style, labels.asides, interval_px + 12.0)
    xs = _across(axes, data, data.days.astype(np.float64))
    ys = data.row + _lanes(data, xs)
    at = _across(axes, data, np.array([marker.day for marker in data.markers], dtype=np.float64))
    life.draw(axes, data.markers, placed, style, inner_px(figure, axes)[1], at.tolist())
    _repairs(axes, data, style, xs, ys)
    for code, form in enumerate(FORMS):
        mine = data.marks == code
        if mine.any():
            shapes.draw(axes, xs[mine], ys[mine], form, style)
    if interval_px:
        _intervals(axes, data, style)
    _months(figure, axes, data, style, labels)
    grid.key(figure, axes, style, keys)
    return Reading(axes=axes, xs=xs, ys=ys, step=1, leap=4, cell_px=grid.OUTLINE_PX)


def table(data: AgreementsData, labels: AgreementsLabels) -> Table:
    """One row an occasion."""
    found = zip(data.row, data.days, data.marks, data.repaired, strict=True)
    rows = tuple(
        (
            labels.names[int(row)],
            date.fromordinal(int(day)),
            labels.marks[int(mark)],
            date.fromordinal(int(repaired)) if np.isfinite(repaired) else None,
        )
        for row, day, mark, repaired in found
    )
    return Table(labels.columns, rows)


def plot(data: AgreementsData, labels: AgreementsLabels, caption: Caption) -> Plot:
    """The rows as a chart for a view; readout index i is the i-th occasion."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _across(axes: Axes, data: AgreementsData, days: Floats) -> Floats:
    """Days as places across, a little inside both edges."""
    wide = axes.get_xlim()[1]
    edge = min(_EDGE_PX / grid.CELL_PX, wide / 4)
    placed = edge + (days - data.first_day) / max(data.last_day - data.first_day, 1) * (wide - 2 * edge)
    return np.asarray(placed, dtype=np.float64)


def _placed(data: AgreementsData, inner_w: float, right_px: float) -> tuple[life.Placed, ...]:
    """Where the labels of life markers go, over the rows."""
    span = max(data.last_day - data.first_day, 1)
    xs = [_EDGE_PX + (one.day - data.first_day) / span * (inner_w - 2 * _EDGE_PX) for one in data.markers]
    return life.place(xs, [one.text for one in data.markers], inner_w, right_px)


def _lanes(data: AgreementsData, xs: Floats) -> Floats:
    """How far each mark steps out of its row so that it does not hide the one before it; 0 for most."""
    apart = (shapes.SIZE_PX + 1.0) / grid.CELL_PX
    moved = np.zeros(xs.size)
    ends: dict[tuple[int, int], float] = {}
    for place, (row, x) in enumerate(zip(data.row.tolist(), xs.tolist(), strict=True)):
        free = next((lane for lane in _LANES if x - ends.get((row, lane), -1e9) >= apart), 0)
        ends[row, free] = x
        moved[place] = free * _LANE
    return moved


def _repairs(axes: Axes, data: AgreementsData, style: ChartStyle, xs: Floats, ys: Floats) -> None:
    """A line from an occasion up, along, and down to the day of its talk or apology, which has a small triangle."""
    led = np.flatnonzero(np.isfinite(data.repaired))
    if not led.size:
        return
    until = _across(axes, data, np.clip(data.repaired[led], data.first_day, data.last_day))
    until = np.maximum(until, xs[led] + 0.5)
    top = data.row[led] - _ARC
    nothing = np.full(led.size, np.nan)
    path_x = np.stack((xs[led], xs[led], until, until, nothing), axis=1).ravel()
    path_y = np.stack((ys[led], top, top, data.row[led] - 0.12, nothing), axis=1).ravel()
    axes.plot(path_x, path_y, color=style.ink2, linewidth=pt(1.2), solid_joinstyle="round", clip_on=False, zorder=2)
    shapes.draw(axes, until, np.asarray(data.row[led] - 0.1, dtype=np.float64), Shape.LED, style, 8.0)


def _intervals(axes: Axes, data: AgreementsData, style: ChartStyle) -> None:
    """Beside each row with enough occasions: the share as a tick on a short scale from none to all, and its range."""
    known = np.flatnonzero(np.isfinite(data.share)).tolist()
    if not known:
        return
    begin = axes.get_xlim()[1] + _EDGE_PX / grid.CELL_PX
    wide = _INTERVAL_PX / grid.CELL_PX
    grid.strokes(axes, [(begin, begin + wide, row) for row in known], style.grid, 2.0)
    ranges = [(begin + data.low[row] * wide, begin + data.high[row] * wide, row) for row in known]
    grid.strokes(axes, ranges, style.ink3, 5.0, zorder=2)
    axes.plot(begin + data.share[known] * wide, known, "|", color=style.ink, markersize=pt(13),
              markeredgewidth=pt(2.2), clip_on=False, zorder=3)  # fmt: skip


def _months(figure: Figure, axes: Axes, data: AgreementsData, style: ChartStyle, labels: AgreementsLabels) -> None:
    wide = inner_px(figure, axes)[0] - 2 * _EDGE_PX
    ticks = month_ticks(data.first_day, data.last_day, max(wide, 1.0), labels.months, long=False)
    places = _across(axes, data, np.array([tick.day for tick in ticks], dtype=np.float64))
    time_words(axes, style, [Tick(float(x), tick.text) for x, tick in zip(places, ticks, strict=True)])
