"""How two pictures of a chart are compared: blurred by a pixel, square by square, and told where they differ.

A mean over a whole chart hides a line that moved, because most of a chart is ground. So the worst square decides: the
root mean square of the difference of its pixels (0 … 255, red, green and blue), after both pictures were averaged over
3x3 pixels, which takes the edge off another machine's smoothing of letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.charts.export import png
from app.charts.plot import Plot
from app.charts.style import load_style

Pixels = NDArray[np.float64]
SQUARE_PX = 16
TOLERANCE = 8.0
"""Largest root mean square of a square's difference, of 255. Redrawing on one machine gives 0."""
MOST_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Difference:
    """The worst square: how far its pixels are apart, and its upper left corner in pixels; `squares` exceed."""

    worst: float
    left: int
    top: int
    squares: int

    @property
    def is_same(self) -> bool:
        """Whether no square differs by more than the tolerance."""
        return self.worst <= TOLERANCE


def drawn_png(plot: Plot, width_px: int, height_px: int, *, dark: bool) -> bytes:
    """A chart as the smallest PNG: 96 dpi, no transparency."""
    raw = png(plot, load_style(dark=dark), width_px, height_px)
    out = BytesIO()
    Image.open(BytesIO(raw)).convert("RGB").save(out, format="PNG", optimize=True)
    return out.getvalue()


def pixels(data: bytes) -> Pixels:
    """Rows x columns x red, green, blue, 0 … 255."""
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"), dtype=np.float64)


def blurred(picture: Pixels) -> Pixels:
    """Every pixel as the mean of the 3x3 pixels around it; the border repeats itself."""
    rows, columns, _ = picture.shape
    padded = np.pad(picture, ((1, 1), (1, 1), (0, 0)), mode="edge")
    nine = [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    return np.asarray(np.mean(nine, axis=0))


def compare(found: Pixels, wanted: Pixels) -> Difference:
    """The difference of two pictures of one size, by their worst square."""
    apart = ((blurred(found) - blurred(wanted)) ** 2).mean(axis=2)
    rows, columns = (-(-size // SQUARE_PX) for size in apart.shape)
    tops, lefts = np.arange(rows) * SQUARE_PX, np.arange(columns) * SQUARE_PX
    sums = np.add.reduceat(np.add.reduceat(apart, tops, axis=0), lefts, axis=1)
    high = np.diff(np.append(tops, apart.shape[0]))
    wide = np.diff(np.append(lefts, apart.shape[1]))
    levels = np.sqrt(sums / np.outer(high, wide))
    row, column = np.unravel_index(int(levels.argmax()), levels.shape)
    return Difference(
        float(levels.max()), int(column) * SQUARE_PX, int(row) * SQUARE_PX, int((levels > TOLERANCE).sum())
    )


def save_difference(folder: Path, name: str, found: bytes, wanted: bytes) -> Path:
    """Write what was drawn, what was wanted, and their difference below each other; returns the file."""
    first, second = pixels(found), pixels(wanted)
    parts = [first, second]
    if first.shape == second.shape:
        parts.append(255 - np.clip(np.abs(first - second) * 3, 0, 255))
    wide = max(part.shape[1] for part in parts)
    padded = [np.pad(part, ((0, 4), (0, wide - part.shape[1]), (0, 0)), constant_values=128) for part in parts]
    path = folder / f"{name}-drawn-wanted-difference.png"
    Image.fromarray(np.vstack(padded).astype(np.uint8)).save(path)
    return path
