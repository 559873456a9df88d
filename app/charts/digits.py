"""Many whole numbers as one shape: a text of its own costs half a millisecond, and a table of counts has a hundred."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.charts.frame import text_width
from app.charts.page import Page
from app.charts.plot import Floats, Ints

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle


def draw(figure: Figure, style: ChartStyle, at_px: Floats, numbers: Ints, colour: str, size_px: float) -> None:
    """Paint each of `numbers` (0 or more) from its x on, centred on its y; `at_px`, shape (n, 2), are logical
    pixels of the figure, y upwards. They are outlines, not text: whoever reads takes the table.
    """
    if not numbers.size:
        return
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    corners: list[Floats] = []
    codes: list[NDArray[np.uint8]] = []
    middle = float(_digit("0", size_px)[0][:, 1].max()) / 2
    for x, y, number in zip(*at_px.T.tolist(), numbers.tolist(), strict=True):
        begin = x
        for digit in str(number):
            outline, strokes = _digit(digit, size_px)
            corners.append(np.add(outline, (begin, y - middle)))
            codes.append(strokes)
            begin += text_width(digit, size_px)
    shape = Path(np.concatenate(corners), np.concatenate(codes))
    figure.add_artist(
        PathPatch(shape, transform=Page(figure, style).transform, facecolor=colour, edgecolor="none", linewidth=0)
    )


@lru_cache(maxsize=64)
def _digit(digit: str, size_px: float) -> tuple[Floats, NDArray[np.uint8]]:
    """The outline of one digit in logical pixels, standing on 0: its corners, and what leads to each."""
    from matplotlib.textpath import TextPath

    path = TextPath((0, 0), digit, size=size_px)
    return np.asarray(path.vertices, dtype=np.float64), np.asarray(path.codes, dtype=np.uint8)
