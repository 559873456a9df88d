"""The last fourteen days of felt safety: day means, their middle half, and the one drop worth a sentence.

Numbers and codes only; what is said is made from the same numbers that are drawn (visual.md 3).
"""

from __future__ import annotations

from collections import defaultdict

import msgspec
import numpy as np

from app.data import reading
from app.data.connection import Connection

DAYS = 14
NEEDED_DAYS = 5
"""Days with an answer before a middle half is shown."""
DROP_POINTS = 2.0
"""A day this far below the middle half is mentioned."""


class Drop(msgspec.Struct, frozen=True):
    """The newest day below the middle half. `eased`: the day after was back near it; None without an entry then."""

    day: int
    value: float
    eased: bool | None


class Fortnight(msgspec.Struct, frozen=True):
    """`days` are 14 consecutive ordinals ending today, `values` their means 0–10, None for a day with nothing written.

    `low` and `high` are the quartiles of the days that have a value; both None below `NEEDED_DAYS` days.
    """

    days: tuple[int, ...]
    values: tuple[float | None, ...]
    low: float | None = None
    high: float | None = None
    drop: Drop | None = None

    @property
    def answered(self) -> int:
        """On how many days something was written."""
        return sum(value is not None for value in self.values)

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to draw."""
        return self.low is not None


def fortnight(connection: Connection, today: int) -> Fortnight:
    """Felt safety on the fourteen days up to `today` (ordinal). Several answers on one day count as their mean."""
    series = reading.series(connection, "felt_safety", today - DAYS + 1, today)
    by_day: dict[int, list[float]] = defaultdict(list)
    for day, value in zip(series.days, series.values, strict=True):
        by_day[day].append(value)
    days = tuple(range(today - DAYS + 1, today + 1))
    values = tuple(sum(by_day[day]) / len(by_day[day]) if day in by_day else None for day in days)
    known = [value for value in values if value is not None]
    if len(known) < NEEDED_DAYS:
        return Fortnight(days, values)
    low, high = (float(edge) for edge in np.percentile(known, (25, 75)))
    return Fortnight(days, values, low, high, _drop(days, values, low))


def _drop(days: tuple[int, ...], values: tuple[float | None, ...], low: float) -> Drop | None:
    for index in range(len(days) - 1, -1, -1):
        value = values[index]
        if value is None or value > low - DROP_POINTS:
            continue
        after = values[index + 1] if index + 1 < len(days) else None
        return Drop(days[index], value, None if after is None else after >= low - 1 and after > value)
    return None
