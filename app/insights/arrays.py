"""The three array types that travel through this package, and the one way a result array is sealed."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_Kind = TypeVar("_Kind", bound=np.generic)


def sealed(array: NDArray[_Kind]) -> NDArray[_Kind]:
    """Make a result read-only, so that a chart cannot change what a table shows. Returns the same array."""
    array.flags.writeable = False
    return array


def same_length(*arrays: NDArray[Any] | None) -> None:
    """Raise ValueError unless all arrays given (None is skipped) are one-dimensional and equally long."""
    shapes = {array.shape for array in arrays if array is not None}
    if len(shapes) > 1 or any(len(shape) != 1 for shape in shapes):
        raise ValueError(f"one value per entry is needed, got shapes {sorted(shapes)}")
