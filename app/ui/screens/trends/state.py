"""What the Trends page shows now: charts ready to draw, and the words around them."""

from __future__ import annotations

from dataclasses import dataclass

from app.charts.plot import Plot
from app.services.trend_series import Period
from app.ui.screens.trends.keys import Key
from app.ui.text import Trouble

PERIODS = (Period.MONTH, Period.THREE_MONTHS, Period.SIX_MONTHS, Period.YEAR, Period.ALL)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One card: its heading, its sentence, and its chart.

    `enough` is False where the chart is the not-enough-yet form. `alternative` is the chart in words, in three parts.
    `keys` name its marks where they need it.
    `days` tells for each stop of the chart which day (ordinal) Enter opens, or with `span_days` 7 the week from it on.
    """

    title: str
    sentence: str
    plot: Plot
    alternative: str
    days: tuple[int, ...] = ()
    enough: bool = True
    span_days: int = 1
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TrendsPage:
    """The whole page. Before the first answer `safety` is None; `trouble` stands instead of charts.

    `review` says when was looked last and when the next look is; it leads to the letter.
    """

    period: Period = Period.SIX_MONTHS
    safety: Panel | None = None
    notes: tuple[str, ...] = ()
    review: str = ""
    small: tuple[Panel, ...] = ()
    year: Panel | None = None
    empty: bool = False
    trouble: Trouble | None = None
