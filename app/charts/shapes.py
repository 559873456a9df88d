"""What became of an occasion, as a mark whose form alone says it: ink on the ground, no colour to tell apart by."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from app.charts.frame import pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from matplotlib.transforms import Transform

    from app.charts.plot import Floats
    from app.charts.style import ChartStyle

SIZE_PX: Final = 9.0
_LINE_PX: Final = 1.5
_BAR_PX: Final = 2.4
_Part = dict[str, Any]


class Shape(StrEnum):
    """The forms. Filled: held or done. Hollow: not. Bars and dashes: nobody says."""

    DISC = "disc"
    GAPPED = "gapped"
    HALF = "half"
    LATER = "later"
    RING = "ring"
    DIAMOND = "diamond"
    POINTED = "pointed"
    SQUARE = "square"
    FRAME = "frame"
    BAR = "bar"
    DASH = "dash"
    APART = "apart"
    LED = "led"


def draw(
    axes: Axes, xs: Floats | Sequence[float], ys: Floats | Sequence[float], shape: Shape, style: ChartStyle,
    size_px: float = SIZE_PX, *, places: Transform | None = None,
) -> None:  # fmt: skip
    """Paint one form at each place, `size_px` logical pixels across. `places` says what the numbers are; without it
    they are data coordinates of `axes`.
    """
    from matplotlib.lines import Line2D

    for part in _parts(shape, style, size_px):  # a line of one's own skips what `Axes.plot` asks about limits
        line = Line2D(xs, ys, linestyle="none", zorder=4, clip_on=False, transform=places or axes.transData, **part)
        axes.add_artist(line)


def _parts(shape: Shape, style: ChartStyle, size: float) -> list[_Part]:
    """The markers a form is put together from, as keywords of `Axes.plot`."""
    filled: _Part = {"color": style.ink, "markeredgewidth": 0}
    hollow: _Part = {"markerfacecolor": style.ground, "markeredgecolor": style.ink, "markeredgewidth": pt(_LINE_PX)}
    line: _Part = {"color": style.ink2, "markeredgewidth": pt(_BAR_PX)}
    disc: _Part = {"marker": "o", "markersize": pt(size)}
    square: _Part = {"marker": "s", "markersize": pt(size * 0.84)}
    diamond: _Part = {"marker": "D", "markersize": pt(size * 0.8)} | hollow
    half: _Part = {"fillstyle": "bottom", "markerfacecolor": style.ink, "markerfacecoloralt": style.ground}
    gap: _Part = {"marker": "_", "markersize": pt(size + 2), "color": style.ground, "markeredgewidth": pt(2.2)}
    known: dict[Shape, list[_Part]] = {
        Shape.DISC: [disc | filled],
        Shape.GAPPED: [disc | filled, gap],
        Shape.HALF: [disc | hollow | half],
        Shape.LATER: [{"marker": ">", "markersize": pt(size)} | filled],
        Shape.RING: [disc | hollow],
        Shape.DIAMOND: [diamond],
        Shape.POINTED: [diamond, {"marker": "o", "markersize": pt(size * 0.34)} | filled],
        Shape.SQUARE: [square | filled],
        Shape.FRAME: [square | hollow],
        Shape.BAR: [{"marker": "|", "markersize": pt(size)} | line],
        Shape.DASH: [{"marker": "_", "markersize": pt(size * 0.8)} | line],
        Shape.LED: [{"marker": "v", "markersize": pt(size * 0.62), "color": style.ink2, "markeredgewidth": 0}],
        Shape.APART: [{"marker": _halves(), "markersize": pt(size * 1.2), "color": style.ink2, "markeredgewidth": 0}],
    }
    return known[shape]


@cache
def _halves() -> Path:
    """Two half discs with a gap between: what two people see differently."""
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    left = Path.wedge(90, 270).transformed(Affine2D().translate(-0.32, 0))
    right = Path.wedge(-90, 90).transformed(Affine2D().translate(0.32, 0))
    return Path.make_compound_path(left, right)
