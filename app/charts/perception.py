"""The perception gap: by blocks of four weeks, how somebody came across beside how they had pictured it.

A dumbbell a block, on one scale. Each end has the shape and colour of the person who said it, so that nobody's report
stands over the other's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from app.charts import people
from app.charts.frame import (
    FULL_SCALE,
    Margins,
    axes_in,
    clear,
    inner_px,
    logical_size,
    month_ticks,
    span_px,
    text_width,
    time_axis,
    value_axis,
)
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

BLOCK_DAYS: Final = 28
SLACK_DAYS: Final = 16.0
_MIDDLE_DAYS: Final = 13.5
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True, eq=False)
class PerceptionData:
    """Blocks of four weeks, oldest first, at least one. `mondays`: each block's first (ordinal); `weeks`: how many of
    its weeks both answered, 1-4. `received` and `pictured` are 0-10; `seat` 0 or 1: who pictured (0 the first person).
    """

    mondays: Ints
    weeks: Ints
    received: Floats
    pictured: Floats
    seat: int


@dataclass(frozen=True, slots=True)
class PerceptionLabels:
    """Month names, the words at the ends, and the table headings: from, weeks with both, received, pictured."""

    months: Months
    received: str
    pictured: str
    columns: tuple[str, str, str, str]


def build(figure: Figure, data: PerceptionData, style: ChartStyle, labels: PerceptionLabels) -> Reading:
    """Paint the dumbbells; stops are the blocks."""
    clear(figure, style)
    width, _ = logical_size(figure)
    words = _by_seat(data, labels.received, labels.pictured)
    names_px = min(max(text_width(name) for name in words) + 18, width * 0.45)
    axes = axes_in(figure, Margins(28, names_px, 8, 26))
    value_axis(axes, style, FULL_SCALE, (0, 5, 10))
    days = data.mondays.astype(np.float64) + _MIDDLE_DAYS
    first, last = round(float(days[0])), round(float(days[-1]))
    days_px = span_px(inner_px(figure, axes)[0], first, last, SLACK_DAYS)
    ticks = month_ticks(first, last, days_px, labels.months, long=False, year=False)
    time_axis(axes, style, (first, last), ticks, slack=SLACK_DAYS)
    values = _by_seat(data, data.received, data.pictured)
    people.stems(axes, style, days, *values, 4.0)
    aside = people.touching(axes, *values)
    for seat, each in enumerate(values):
        people.marks(axes, style, days, each, seat, aside)
    people.names(axes, style, words, values, names_px - 14)
    return Reading(axes=axes, xs=days, ys=np.full(days.size, np.nan), step=1, leap=3)


def table(data: PerceptionData, labels: PerceptionLabels) -> Table:
    """One row a block."""
    rows = (
        (date.fromordinal(int(monday)), int(weeks), round(float(there), 1), round(float(here), 1))
        for monday, weeks, there, here in zip(data.mondays, data.weeks, data.received, data.pictured, strict=True)
    )
    return Table(labels.columns, tuple(rows))


def plot(data: PerceptionData, labels: PerceptionLabels, caption: Caption) -> Plot:
    """The blocks as a chart for a view; readout index i is the i-th block."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _by_seat(data: PerceptionData, received: _Kind, pictured: _Kind) -> tuple[_Kind, _Kind]:
    """The same two by who said them: the first person, then the second."""
    return (pictured, received) if data.seat == 0 else (received, pictured)
