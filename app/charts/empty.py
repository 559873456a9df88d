"""The form a chart takes before it has enough to show: a dashed outline, a hint of the shape, and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.charts.frame import Margins, axes_in, clear, logical_size, pt, wrap
from app.charts.plot import Caption, Plot, Table
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

LINE_PX = 17.0


def build(figure: Figure, reason: str, style: ChartStyle) -> None:
    """Draw the not-enough-yet form with `reason`, a ready sentence, below a hint of three sample marks."""
    clear(figure, style)
    width, height = logical_size(figure)
    from matplotlib.patches import FancyBboxPatch

    ground = axes_in(figure, Margins(0, 0, 0, 0))
    ground.set_xlim(0, width)
    ground.set_ylim(0, height)
    ground.add_patch(
        FancyBboxPatch(
            (8.5, 8.5), max(width - 17, 1), max(height - 17, 1), boxstyle="round,pad=0,rounding_size=8",
            facecolor="none", edgecolor=style.missing, linewidth=pt(1.2), linestyle=(0, (3, 2.5)),
        )
    )  # fmt: skip
    lines = wrap(reason, width - 36)
    text_top = min(height - 14, len(lines) * LINE_PX + 16)
    for i, line in enumerate(lines):
        ground.text(18, text_top - i * LINE_PX, line, color=style.text, fontsize=pt(CAPTION_PX), va="top", ha="left")
    if height - text_top > 44:
        xs = np.linspace(0.06, 0.94, 40)
        fall = text_top + (height - text_top) * (0.66 - 0.38 * xs)
        ground.plot(20 + (width - 40) * xs, fall, color=style.missing, linestyle=":", linewidth=pt(1.4))
        spots = [6, 20, 32]
        ground.plot(
            20 + (width - 40) * xs[spots], fall[spots], "o", markersize=pt(7), markerfacecolor=style.ground,
            markeredgecolor=style.ink3, markeredgewidth=pt(1.2),
        )  # fmt: skip


def plot(reason: str, name: str) -> Plot:
    """The empty form as a chart: its sentence is the reason, its table has no rows."""

    def paint(figure: Figure, style: ChartStyle) -> None:
        build(figure, reason, style)

    return Plot(build=paint, table=lambda: Table((), ()), caption=Caption(name, reason, lambda _index: reason))
