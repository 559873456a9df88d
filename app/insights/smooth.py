"""The opt-in "smooth view": LOESS, which bends when new entries arrive and therefore never decides a verdict.

Tricube weights, local straight lines, no robustness steps (Cleveland 1979; the worked example of the NIST/SEMATECH
handbook).
"""

from __future__ import annotations

import math

import numpy as np

from app.insights.arrays import Floats, Ints, same_length


def loess(x: Floats | Ints, values: Floats, *, share: float) -> Floats:
    """Smoothed `values` at each `x` (rising), both shape (n,), from the nearest `share` (0-1) of the points.

    At least three neighbours are used. Where they all sit at one x their weighted mean is returned. Raises ValueError
    on unequal lengths or with fewer than three points.
    """
    x = np.asarray(x, dtype=np.float64)
    same_length(x, values)
    count = len(x)
    if count < 3:
        raise ValueError("smoothing needs three points or more")
    neighbours = min(max(math.floor(share * count + 1e-9), 3), count)
    fitted = np.empty(count)
    start = 0
    for place in range(count):
        while start + neighbours < count and x[start + neighbours] - x[place] < x[place] - x[start]:
            start += 1
        window = slice(start, start + neighbours)
        fitted[place] = _local_line(x[window] - x[place], values[window])
    return fitted


def _local_line(offsets: Floats, values: Floats) -> float:
    """Height at offset 0 of the tricube-weighted line through `values`."""
    reach = float(np.abs(offsets).max())
    if reach == 0:
        return float(values.mean())
    weights = (1 - np.abs(offsets / reach) ** 3) ** 3
    total = weights.sum()
    centre = float(weights @ offsets / total)
    level = float(weights @ values / total)
    spread = float(weights @ (offsets - centre) ** 2)
    if spread <= 1e-12 * reach * reach * total:
        return level
    slope = float(weights @ ((offsets - centre) * values)) / spread
    return level - slope * centre
