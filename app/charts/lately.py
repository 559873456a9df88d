"""Lately beside before: the weeks of two stretches as dots, their middles as ticks, and the difference between them.

The difference is drawn in the gap, measured from the middle of before: where its line crosses the dotted guide, no
difference at all is among the plausible ones (after Gardner & Altman 1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts.frame import (
    DOTS,
    Margins,
    axes_in,
    clear,
    elide,
    inner_px,
    logical_size,
    pt,
    shift,
    value_axis,
    wrap,
)
from app.charts.plot import Caption, Floats, Ints, Plot, Reading, Table
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

EARLIER: Final = 12
RECENT: Final = 4
_WIDE: Final = 11.0
"""Where the strips lie on an axis of this many units: before, the gap, and lately."""
_BEFORE: Final = (0.0, 4.8)
_NOW: Final = (8.6, 10.5)
_BETWEEN: Final = 6.4
_TICK_ROOM: Final = 0.35
_MARK_PX: Final = 7.0
_LINE_PX: Final = 15.0
_ROOM: Final = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class LatelyData:
    """`weeks` are sixteen consecutive Mondays (ordinals), `values` their means on a scale from 0 to `top`, NaN for a
    week that does not count; the last four are "lately". `before` and `now` are the midmeans of the two stretches,
    `change` the difference in points with its plausible range `low` to `high`.
    """

    weeks: Ints
    values: Floats
    before: float
    now: float
    change: float
    low: float
    high: float
    top: float = 10.0


@dataclass(frozen=True, slots=True)
class LatelyLabels:
    """Words under the two strips and the gap, a second line for each (how many weeks count; the difference), the two
    middles as figures, and the table headings: week, part, value.
    """

    before: tuple[str, str]
    between: tuple[str, str]
    now: tuple[str, str]
    middles: tuple[str, str]
    columns: tuple[str, str, str]


def build(figure: Figure, data: LatelyData, style: ChartStyle, labels: LatelyLabels) -> Reading:
    """Paint the two strips and the difference; stops are the weeks."""
    clear(figure, style)
    width, _ = logical_size(figure)
    unit_px = max(width - 24.0 - 30.0, 1.0) / _WIDE
    columns = _columns(labels, unit_px)
    below = 10.0 + _LINE_PX * max(len(lines) for _, lines in columns)
    axes = axes_in(figure, Margins(24, 30, 8, below))
    room = data.top * _ROOM
    value_axis(axes, style, (-room, data.top + room), (0, data.top / 2, data.top))
    axes.set_xlim(-_TICK_ROOM, _WIDE - _TICK_ROOM)
    xs = places(data.weeks.size)
    _weeks(axes, xs, data.values, style)
    _middles(axes, data, style, labels)
    _difference(axes, data, style)
    for place, lines in columns:
        for number, words in enumerate(lines):
            axes.text(
                place, 0.0, words, transform=axes.get_xaxis_transform() + shift(axes, 0, -14.0 - _LINE_PX * number),
                color=style.text, fontsize=pt(CAPTION_PX), ha="center", va="center_baseline",
            )  # fmt: skip
    return Reading(axes=axes, xs=xs, ys=data.values.astype(np.float64), step=1, leap=4)


def places(weeks: int) -> Floats:
    """Where the weeks stand, oldest first, each strip evenly filled in the order of time."""
    return np.concatenate((np.linspace(*_BEFORE, weeks - RECENT), np.linspace(*_NOW, RECENT)))


def table(data: LatelyData, labels: LatelyLabels) -> Table:
    """One row a week that counts."""
    rows = tuple(
        (
            date.fromordinal(int(week)),
            labels.now[0] if i >= data.weeks.size - RECENT else labels.before[0],
            round(float(value), 1),
        )
        for i, (week, value) in enumerate(zip(data.weeks, data.values, strict=True))
        if np.isfinite(value)
    )
    return Table(labels.columns, rows)


def plot(data: LatelyData, labels: LatelyLabels, caption: Caption) -> Plot:
    """The strips as a chart for a view; readout index i is the i-th week."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _columns(labels: LatelyLabels, unit_px: float) -> list[tuple[float, tuple[str, ...]]]:
    """Place and lines of the words under each part; the second line stands at one height for all of them."""
    parts = (
        (sum(_BEFORE) / 2, 4.4, labels.before),
        (_BETWEEN, 2.9, labels.between),
        (sum(_NOW) / 2 + 0.1, 3.1, labels.now),
    )
    names = [tuple(elide(line, room * unit_px) for line in wrap(words[0], room * unit_px)) for _, room, words in parts]
    high = max(len(lines) for lines in names)
    found = []
    for (place, room, words), lines in zip(parts, names, strict=True):
        rest = wrap(words[1], room * unit_px)
        found.append((place, (*lines, *[""] * (high - len(lines)), *(elide(line, room * unit_px) for line in rest))))
    return found


def _weeks(axes: Axes, xs: Floats, values: Floats, style: ChartStyle) -> None:
    """Before as open dots, lately as filled ones; a week without a value has none."""
    late = np.arange(values.size) >= values.size - RECENT
    for mine, inside in ((~late, style.ground), (late, style.lee)):
        chosen = mine & np.isfinite(values)
        axes.plot(
            xs[chosen], values[chosen], "o", markersize=pt(_MARK_PX), markerfacecolor=inside,
            markeredgecolor=style.lee, markeredgewidth=pt(1.4), zorder=3, clip_on=False,
        )  # fmt: skip


def _middles(axes: Axes, data: LatelyData, style: ChartStyle, labels: LatelyLabels) -> None:
    """A tick over each strip with its figure, and the guide that carries the middle of before across the gap."""
    axes.hlines(data.before, _BEFORE[1], _NOW[1] + 0.2, colors=style.ink3, linewidths=pt(1.2), linestyles=DOTS)
    for level, (first, last), words in ((data.before, _BEFORE, labels.middles[0]), (data.now, _NOW, labels.middles[1])):
        axes.hlines(
            level, first - _TICK_ROOM * 0.6, last + _TICK_ROOM * 0.6, colors=style.lee, linewidths=pt(2.6), zorder=2,
        )  # fmt: skip
        axes.text(
            last + _TICK_ROOM * 0.6, level, words, transform=axes.transData + shift(axes, 5.0, _lift_px(data)),
            color=style.label_lee, fontsize=pt(CAPTION_PX), va="center_baseline", ha="left",
        )  # fmt: skip


def _lift_px(data: LatelyData) -> float:
    """How far the figures stand above their ticks: the guide passes under them, and the top of the scale is near."""
    return -9.0 if max(data.before, data.now) > data.top * 0.9 else 9.0


def _difference(axes: Axes, data: LatelyData, style: ChartStyle) -> None:
    """The plausible range with end bars and the difference as a diamond; what leaves the scale is cut at its edge."""
    low, high = np.clip((data.before + data.low, data.before + data.high), 0.0, data.top)
    axes.vlines(_BETWEEN, low, high, colors=style.ink, linewidths=pt(1.8), zorder=3)
    inner_w, _ = inner_px(axes.figure.get_figure(root=True), axes)
    half = min(6.0, inner_w * 0.02) / inner_w * _WIDE
    whole = [end for end, at in ((low, data.before + data.low), (high, data.before + data.high)) if end == at]
    axes.hlines(whole, _BETWEEN - half, _BETWEEN + half, colors=style.ink, linewidths=pt(1.8), zorder=3)
    axes.plot(
        [_BETWEEN], [min(max(data.before + data.change, 0.0), data.top)], "D", color=style.ink, markersize=pt(7),
        markeredgewidth=0, zorder=4,
    )  # fmt: skip
