"""Which copies stay: many of late, few of long ago. A pure rule, so that it can be tried on any calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 6
FEWEST: Final = 3

Made = tuple[str, date]
"""A copy's name and the day it was made on, in UTC."""


def kept(newest_first: Iterable[Made]) -> frozenset[str]:
    """The names that stay: the newest of each of the last 7 days, 4 weeks and 6 months that have one, and the newest 3.

    Days, weeks (ISO) and months without a copy do not count, so a journal that rests for a year loses nothing.
    """
    copies = list(newest_first)
    staying = {name for name, _ in copies[:FEWEST]}
    periods: tuple[tuple[int, Callable[[date], object]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    for limit, period in periods:
        first_of: dict[object, str] = {}
        for name, day in copies:
            first_of.setdefault(period(day), name)
        staying.update(list(first_of.values())[:limit])
    return frozenset(staying)
