"""Rituals and promises: the last planned times of each as forms, how many of them were kept, and a ritual's strength.

Rows stand in the order they were begun, never by how they go. The data hold codes and numbers, no title.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts import rows as grid
from app.charts import shapes
from app.charts.frame import Margins, clear, logical_size
from app.charts.plot import Caption, Flags, Floats, Ints, Plot, Reading, Table
from app.charts.shapes import Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

LAST: Final = 12
"""How many planned times a row shows."""
NONE: Final = -1
"""Code of a place in front of the first planned time."""
FORMS: Final = (
    Shape.DISC, Shape.LATER, Shape.HALF, Shape.RING, Shape.DIAMOND, Shape.FRAME, Shape.DASH,
)  # fmt: skip
"""By code: done or kept, kept late, partly, open, not kept, at rest or released, nothing noted."""
_PITCH: Final = 1.5
"""Cells from one planned time to the next."""
_BAR_PX, _BAR_GAP_PX, _BAR_HIGH_PX = 88.0, 14.0, 6.0
_FULL: Final = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class PromisesData:
    """`slots` is rows x `LAST`, oldest left: places in `FORMS`, `NONE` where nothing was planned yet. `days` (ordinals,
    0 with `NONE`) has the same form. `strength` 0 to 100 a row, NaN for a promise and where it is too early to say;
    `resting` rows are at rest now.
    """

    slots: Ints
    days: Ints
    strength: Floats
    resting: Flags


@dataclass(frozen=True, slots=True)
class PromisesLabels:
    """A name and two lines of words a row; the words of the forms by code; table headings: name, then what `cells` say.

    `cells` are the table's rows without their names, ready to show.
    """

    names: tuple[str, ...]
    asides: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def height_px(data: PromisesData) -> float:
    """The height at which the rows have their usual distance."""
    return grid.TOP_PX + grid.ROW_PX * data.strength.size + 2 * grid.KEY_PX + 4.0


def build(figure: Figure, data: PromisesData, style: ChartStyle, labels: PromisesLabels) -> Reading:
    """Paint the rows; stops are the planned times, twelve a row: up and down change the row."""
    clear(figure, style)
    width, _ = logical_size(figure)
    keys = [(form, words) for code, (form, words) in enumerate(zip(FORMS, labels.marks, strict=True))
            if bool((data.slots == code).any())]  # fmt: skip
    count = data.strength.size
    room = LAST * _PITCH * grid.CELL_PX
    bars = _BAR_PX + _BAR_GAP_PX + 6.0 if bool(np.isfinite(data.strength).any()) else 0.0
    beside = grid.aside_px(labels.asides) + bars
    widest = max(width - room - beside, 60.0)
    name_px = min(grid.name_px(width, labels.names) if widest >= width * 0.3 else widest, widest)
    bottom = 4.0 + grid.KEY_PX * grid.key_lines(width, keys)
    right = max(width - name_px - room, beside)
    axes = grid.cells(figure, count, Margins(name_px, right, grid.TOP_PX, bottom))
    grid.names(axes, style, labels.names, name_px)
    grid.asides(axes, style, labels.asides)
    _strength(axes, data, style, grid.aside_px(labels.asides))
    pitch = axes.get_xlim()[1] / LAST
    xs = np.tile((np.arange(LAST) + 0.5) * pitch, count)
    ys = np.repeat(np.arange(count, dtype=np.float64), LAST)
    codes = data.slots.ravel()
    for code, form in enumerate(FORMS):
        mine = codes == code
        if mine.any():
            shapes.draw(axes, xs[mine], ys[mine], form, style)
    grid.key(figure, axes, style, keys)
    return Reading(axes=axes, xs=xs, ys=ys, step=1, leap=4, rise=LAST, cell_px=grid.OUTLINE_PX)


def table(labels: PromisesLabels) -> Table:
    """One row a ritual or promise."""
    rows = tuple((name, *cells) for name, cells in zip(labels.names, labels.cells, strict=True))
    return Table(labels.columns, rows)


def plot(data: PromisesData, labels: PromisesLabels, caption: Caption) -> Plot:
    """The rows as a chart for a view; readout index i is planned time i % `LAST` of row i // `LAST`."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, labels),
        caption=caption,
    )


def _strength(axes: Axes, data: PromisesData, style: ChartStyle, offset_px: float) -> None:
    """A bar from 0 to 100 beside each ritual that has run long enough, paler while it rests."""
    begin = axes.get_xlim()[1] + (offset_px + _BAR_GAP_PX) / grid.CELL_PX
    wide = _BAR_PX / grid.CELL_PX
    rows = np.flatnonzero(np.isfinite(data.strength)).tolist()
    grid.strokes(axes, [(begin, begin + wide, row) for row in rows], style.grid, _BAR_HIGH_PX)
    for resting, ink in ((False, style.ink2), (True, style.ink3)):
        mine = [row for row in rows if bool(data.resting[row]) is resting]
        bars = [(begin, begin + wide * float(data.strength[row]) / _FULL, row) for row in mine]
        grid.strokes(axes, bars, ink, _BAR_HIGH_PX, zorder=2)
