"""What tended to follow what: kinds of cue down, responses across, each cell with its count printed and a circle.

The circle's area goes with the count. Cells below three are grey and dashed: they say that it happened, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.charts import digits
from app.charts.frame import Margins, axes_in, clear, elide, inner_px, logical_size, pt, text_width, wrap
from app.charts.plot import Caption, Floats, Ints, Plot, Reading, Table
from app.charts.style import CAPTION_PX, SMALL_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

FEW = 3
"""A cell with fewer is grey."""
ROW_LEAST_PX = 24.0
LINE_PX = 14.0
HEADING_LINES = 2
WIDEST_CIRCLE_PX = 30.0
SMALLEST_CIRCLE_PX = 5.0
BESIDE_PX = 4.0
MOST_ROWS = 9
"""More kinds of cue are read in the table."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells lie, in logical pixels of the figure: the first one's left and upper edge, and their size."""

    left: float
    top: float
    cell_w: float
    cell_h: float


@dataclass(frozen=True, slots=True, eq=False)
class CuesData:
    """`counts[i, j]`: how many triggers had cue i and response j, whole numbers; rows in the order to be shown."""

    counts: Ints


@dataclass(frozen=True, slots=True)
class CuesLabels:
    """The words of the cues (rows) and of the responses (columns), and the heading over the cues in the table."""

    cues: tuple[str, ...]
    responses: tuple[str, ...]
    corner: str


def build(figure: Figure, data: CuesData, style: ChartStyle, labels: CuesLabels) -> Reading:
    """Paint as many rows as fit, the first ones first; stops are the cells, row by row."""
    clear(figure, style)
    width, height = logical_size(figure)
    left = 14.0 + min(max(text_width(cue) for cue in labels.cues), width * 0.3)
    top = 8.0 + LINE_PX * HEADING_LINES
    rows = min(len(labels.cues), MOST_ROWS, max(int((height - top - 6.0) / ROW_LEAST_PX), 1))
    columns = len(labels.responses)
    axes = axes_in(figure, Margins(left, 6.0, top, 6.0))
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    inner_w, inner_h = inner_px(figure, axes)
    cell_w, cell_h = inner_w / columns, inner_h / rows
    _ground(axes, style, rows, columns)
    _headings(axes, labels, style, rows, left, (cell_w, cell_h))
    sizes = _circles(axes, data.counts[:rows], style, min(cell_h - 4.0, cell_w - 2 * text_width("000")))
    _numbers(figure, data.counts[:rows], style, sizes, Grid(left, height - top, cell_w, cell_h))
    down, across = np.divmod(np.arange(rows * columns), columns)
    return Reading(
        axes=axes, xs=across.astype(np.float64), ys=down.astype(np.float64), step=1, leap=columns, rise=columns,
        cell_px=max(min(cell_w, cell_h) - 3.0, 4.0),
    )  # fmt: skip


def table(data: CuesData, labels: CuesLabels) -> Table:
    """One row per cue with a count under each response; a pair that never came is blank."""
    rows = tuple(
        (cue, *(int(count) or None for count in counts)) for cue, counts in zip(labels.cues, data.counts, strict=True)
    )
    return Table((labels.corner, *labels.responses), rows)


def plot(data: CuesData, labels: CuesLabels, caption: Caption) -> Plot:
    """The cells as a chart for a view; readout index is row times the number of responses plus the column."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _ground(axes: Axes, style: ChartStyle, rows: int, columns: int) -> None:
    """A hairline between rows, and between columns a fainter one."""
    axes.hlines(np.arange(rows + 1) - 0.5, -0.5, columns - 0.5, colors=style.grid, linewidths=pt(1), clip_on=False)
    axes.vlines(
        np.arange(columns + 1) - 0.5, -0.5, rows - 0.5, colors=style.grid, linewidths=pt(1), alpha=0.5, clip_on=False
    )


def _headings(
    axes: Axes, labels: CuesLabels, style: ChartStyle, rows: int, left_px: float, cell_px: tuple[float, float]
) -> None:
    size = pt(CAPTION_PX)
    for row, cue in enumerate(labels.cues[:rows]):
        axes.text(
            -0.5 - 8.0 / cell_px[0], row, elide(cue, left_px - 12.0), ha="right", va="center_baseline",
            color=style.text, fontsize=size,
        )  # fmt: skip
    for column, response in enumerate(labels.responses):
        lines = [elide(line, cell_px[0] - 4.0) for line in wrap(response, cell_px[0] - 4.0)][:HEADING_LINES]
        for up, line in enumerate(reversed(lines)):
            axes.text(
                column, -0.5 - (9.0 + up * LINE_PX) / cell_px[1], line, ha="center", va="center_baseline",
                color=style.text, fontsize=size,
            )  # fmt: skip


def _circles(axes: Axes, counts: Ints, style: ChartStyle, room_px: float) -> Floats:
    """Two artists: what came often enough in its colour, the rest grey and hollow. Returns how wide each is drawn."""
    down, across = np.nonzero(counts)
    shown = counts[down, across]
    widest = max(min(room_px, WIDEST_CIRCLE_PX), SMALLEST_CIRCLE_PX)
    sizes: Floats = np.maximum(widest * np.sqrt(shown / max(int(shown.max(initial=0)), 1)), SMALLEST_CIRCLE_PX)
    few = shown < FEW
    axes.scatter(
        across[~few], down[~few], s=pt(1) ** 2 * sizes[~few] ** 2, facecolors=style.soft, edgecolors=style.lee,
        linewidths=pt(1.2), zorder=2,
    )  # fmt: skip
    axes.scatter(
        across[few], down[few], s=pt(1) ** 2 * sizes[few] ** 2, facecolors="none", edgecolors=style.axis,
        linewidths=pt(1), linestyles=[(0, (2.0, 1.6))], zorder=2,
    )  # fmt: skip
    return sizes


def _numbers(figure: Figure, counts: Ints, style: ChartStyle, sizes: Floats, grid: Grid) -> None:
    """Each count beside its circle, smaller and greyer where there are few."""
    down, across = np.nonzero(counts)
    shown = counts[down, across]
    xs = grid.left + (across + 0.5) * grid.cell_w + sizes / 2 + BESIDE_PX
    ys = grid.top - (down + 0.5) * grid.cell_h
    for mine, colour, size_px in ((shown >= FEW, style.ink, CAPTION_PX), (shown < FEW, style.text, SMALL_PX)):
        digits.draw(figure, style, np.column_stack((xs, ys))[mine], shown[mine], colour, size_px)
