"""Marks and words placed on the figure itself, in logical pixels from its lower left corner: legends, mostly.

Axes cost several milliseconds each; these cost almost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.charts.frame import pt
from app.charts.style import BASE_DPI, CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

    from app.charts.style import ChartStyle


class Page:
    """Paints into a figure's own space. Every length is a logical pixel, whatever the text scale."""

    def __init__(self, figure: Figure, style: ChartStyle) -> None:
        from matplotlib.transforms import Affine2D

        self._figure = figure
        self._style = style
        self.transform: Transform = Affine2D().scale(1 / BASE_DPI) + figure.dpi_scale_trans

    def text(self, x: float, y: float, words: str, size_px: float = CAPTION_PX) -> None:
        """One line of words, centred on the height `y`."""
        self._figure.text(
            x, y, words, transform=self.transform, color=self._style.text, fontsize=pt(size_px), va="center_baseline"
        )

    def line(self, x: float, y: float, length: float, colour: str, width_px: float = 2.4) -> None:
        """A piece of a line, level."""
        from matplotlib.lines import Line2D

        self._figure.add_artist(
            Line2D([x, x + length], [y, y], transform=self.transform, color=colour, linewidth=pt(width_px))
        )

    def mark(self, x: float, y: float, shape: str, size_px: float, colour: str, *, hollow: bool = False) -> None:
        """A marker, filled or hollow."""
        from matplotlib.lines import Line2D

        inside = self._style.ground if hollow else colour
        self._figure.add_artist(
            Line2D(
                [x], [y], transform=self.transform, linestyle="none", marker=shape, markersize=pt(size_px),
                markerfacecolor=inside, markeredgecolor=colour, markeredgewidth=pt(1.0 if hollow else 0.0),
            )
        )  # fmt: skip

    def area(self, corners: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled shape."""
        from matplotlib.patches import Polygon

        self._figure.add_artist(
            Polygon(list(corners), closed=True, transform=self.transform, facecolor=colour, edgecolor="none")
        )
