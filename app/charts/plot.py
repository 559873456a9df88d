"""What every chart hands to the window: how to draw it, how to read it with keys, and its table.

Nothing here imports matplotlib at run time, so a screen may build its data and labels at start and the
library is loaded only when a chart is first shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

Cell = str | int | float | date | None
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """The chart as rows, for whoever reads better than they look. Cells stay values; the window formats them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Where the reading line can stand.

    `xs` and `ys` are data coordinates in `axes`, one pair per stop, in time order; a NaN in `ys` means the line
    stands there without a mark. `step`, `leap` and `rise` say how many stops the arrow keys move (left and right,
    with Ctrl, up and down; 0 means the key does nothing). `cell_px` above 0 asks for a square outline of that many
    logical pixels around the stop instead of a line.
    """

    axes: Axes
    xs: Floats
    ys: Floats
    step: int = 1
    leap: int = 4
    rise: int = 0
    cell_px: float = 0.0

    def __len__(self) -> int:
        return int(self.xs.size)

    def nearest(self, x: float, y: float) -> int | None:
        """The stop closest to a point in data coordinates: by time for lines, by distance for cells."""
        if not len(self):
            return None
        across = np.abs(self.xs - x)
        if not self.cell_px:
            return int(np.argmin(across))
        away = np.maximum(across, np.abs(self.ys - y))
        best = int(np.argmin(away))
        return best if away[best] <= 0.6 else None

    def moved(self, index: int | None, by: int) -> int | None:
        """The stop reached from `index` (None = nowhere yet, which enters at the newest), held inside the chart."""
        if not len(self) or not by:
            return index
        if index is None:
            return len(self) - 1
        return min(max(index + by, 0), len(self) - 1)


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart, ready to show: its name, its one sentence, and a reading for each stop."""

    name: str
    sentence: str
    readout: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Plot:
    """One chart, ready for a `ChartView` or for export.

    `build` clears the figure, paints into it and returns where the reading line can stand, or None when there is
    nothing to read (the empty form). `table` is made on demand because five years of days are long.
    """

    build: Callable[[Figure, ChartStyle], Reading | None]
    table: Callable[[], Table]
    caption: Caption


@dataclass(frozen=True, slots=True)
class Tick:
    """A named place on a time axis: a day (ordinal of the proleptic calendar) and its words."""

    day: float
    text: str


@dataclass(frozen=True, slots=True)
class Months:
    """Month names of the chosen language, and the patterns that join them with `{year}` or `{day}`."""

    short: tuple[str, ...]
    long: tuple[str, ...]
    with_year: str = "{month} {year}"
    with_day: str = "{day} {month}"

    def named(self, day: date, *, long: bool, year: bool) -> str:
        """The name of the month `day` lies in, with its year if asked."""
        name = (self.long if long else self.short)[day.month - 1]
        return self.with_year.format(month=name, year=day.year) if year else name
