"""A chart as bytes for a document or a picture: in memory, never through a file."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from app.charts.style import BASE_DPI, new_figure

if TYPE_CHECKING:
    from app.charts.plot import Plot
    from app.charts.style import ChartStyle

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
"""matplotlib spells every drawn text in a comment; a document must not carry words its pages do not show."""


def svg(plot: Plot, style: ChartStyle, width_px: float, height_px: float) -> bytes:
    """The chart as SVG with its letters as outlines, so that no font and no word travels with it as text.

    Date and creator are left out; two runs over the same data give the same bytes.
    """
    figure = new_figure(width_px, height_px, style)
    plot.build(figure, style)
    import matplotlib as mpl

    out = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "leeward"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _COMMENT.sub(b"", out.getvalue())


def png(plot: Plot, style: ChartStyle, width_px: float, height_px: float, *, pixel_ratio: float = 1.0) -> bytes:
    """The chart as a PNG; `width_px` and `height_px` are logical, `pixel_ratio` multiplies them."""
    figure = new_figure(width_px, height_px, style)
    plot.build(figure, style)
    out = BytesIO()
    figure.savefig(out, format="png", dpi=BASE_DPI * style.scale * pixel_ratio, metadata={"Software": None})
    return out.getvalue()
