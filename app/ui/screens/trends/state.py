"""What the Trends page shows now: charts ready to draw, and the words around them."""

from __future__ import annotations

from dataclasses import dataclass

from app.charts.plot import Plot
from app.domain.records import RecordId
from app.services.chart_cards import Behind, ChartCard
from app.services.chart_shelf import Choice, Offered
from app.services.trend_cards import Alternative
from app.services.trend_cues import Response
from app.services.trend_events import Picked
from app.services.trend_promises import Whose
from app.services.trend_series import Period
from app.ui.screens.trends.keys import Key
from app.ui.text import Trouble

_NOTHING = Offered((), ())
PERIODS = (Period.MONTH, Period.THREE_MONTHS, Period.SIX_MONTHS, Period.YEAR, Period.ALL)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One chart with its heading and its sentence.

    `enough` is False where the chart is the not-enough-yet form. `alternative` is the chart in words, in three parts.
    `keys` name its marks where they need it. What a stop stands for is told by `card`, where the chart came as one, and
    else by `days`: the day (ordinal) of each stop, or with `span_days` 7 the week from it on.
    """

    title: str
    sentence: str
    plot: Plot
    alternative: Alternative
    days: tuple[int, ...] = ()
    enough: bool = True
    span_days: int = 1
    keys: tuple[Key, ...] = ()
    card: ChartCard | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What it is made of and when, and why no more is said: the small line below it."""
        return (self.alternative.what, *self.card.notes) if self.card is not None else ()

    def behind(self, stop: int) -> Behind:
        """What Enter opens at a stop."""
        if self.card is not None:
            return self.card.behind(stop)
        return Behind(day=self.days[stop], days=self.span_days) if stop < len(self.days) else Behind()


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


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the charts below were narrowed to, and what triggers can be narrowed to. Ids; "" is all of them, and of
    questionnaires the one filled in last.
    """

    offered: Offered = _NOTHING
    cue: str = ""
    thread: str = ""
    response: Response = Response.MOVE
    whose: Whose = Whose.ALL
    questionnaire: str = ""

    @property
    def choice(self) -> Choice:
        """The same as the desk is asked."""
        thread = RecordId(self.thread) if self.thread else None
        return Choice(Picked(self.cue or None, thread), self.response, self.whose, self.questionnaire)
