"""Chart 13, "Two views": what both released of one measure, by week, and one sentence about where it is alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.charts.two_views import ViewsData, ViewsLabels
from app.domain.released import ReleasedRow, Side, Stream
from app.insights.arrays import Floats, Ints, sealed
from app.insights.series import DAYS_A_WEEK, midmean, monday_of
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_words import TrendWords

NEAR: Final = 1.0
FAR: Final = 2.0
"""Points apart, of 0-10, from which on one week is pointed out."""


@dataclass(frozen=True, slots=True, eq=False)
class ViewsCard:
    """Two lines, or the reason there are none yet. `data` is None without a week that both have.

    `common`: how many weeks both have; `near`: in how many of them they lie within a point; `wide`: the Monday
    (ordinal) of the week to look at, None where none is far apart. `read`: what a reading line says at the i-th week.
    """

    data: ViewsData | None
    title: str
    sentence: str
    alternative: Alternative
    labels: ViewsLabels
    common: int = 0
    near: int = 0
    wide: int | None = None
    read: Callable[[int], str] = field(default=lambda _place: "")

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table view: headings, and a row of words for each week that either of them has."""
        if self.data is None:
            return self.labels.columns, ()
        shown = zip(self.data.weeks, self.data.first, self.data.second, strict=True)
        rows = [
            (_date(int(week)), _cell(float(one)), _cell(float(other)))
            for week, one, other in shown
            if np.isfinite(one) or np.isfinite(other)
        ]
        return self.labels.columns, tuple(rows)


def views_card(sides: tuple[Side, Side], stream: Stream, first_day: int, last_day: int, words: TrendWords) -> ViewsCard:
    """The card of felt safety or trust over the ISO weeks that touch `first_day` … `last_day` (ordinals)."""
    key = "title" if stream is Stream.FELT_SAFETY else "trust_title"
    title = words.plain(f"together.views.{key}")
    weeks = mondays_between(first_day, last_day)
    first, second = (weekly(row_of(side, stream), weeks) for side in sides)
    one, other = (side.person.name for side in sides)
    labels = ViewsLabels(months(words), (one, other), (words.plain("together.views.week"), one, other))
    both = np.isfinite(first) & np.isfinite(second)
    common = int(both.sum())
    if not common:
        empty = words.plain("chart.views.empty")
        return ViewsCard(None, title, empty, Alternative(title, "", empty), labels)
    apart = np.where(both, np.abs(first - second), -1.0)
    near = int((both & (apart <= NEAR)).sum())
    place = int(np.flatnonzero(apart == apart.max())[-1])
    wide = place if apart[place] >= FAR else None
    said = words.say("together.views.near", near=near, n=common)
    if wide is not None:
        said = f"{said} {words.say('together.views.far', date=words.date(int(weeks[wide])))}"
    figures = words.say(
        "together.views.typical",
        n=common,
        first=one,
        second=other,
        mine=words.number(midmean(first[both])),
        theirs=words.number(midmean(second[both])),
    )
    what = f"{title}, {words.say('answer.period', **words.span(first_day, last_day))}."
    return ViewsCard(
        data=ViewsData(weeks, first, second, wide),
        title=title,
        sentence=said,
        alternative=Alternative(what, figures, said),
        labels=labels,
        common=common,
        near=near,
        wide=int(weeks[wide]) if wide is not None else None,
        read=_reader((one, other), weeks, (first, second), words),
    )


def row_of(side: Side, stream: Stream, row: str = "") -> ReleasedRow | None:
    """One line of what somebody lets be seen; the first of the stream without a name. None: nothing to see."""
    found = side.stream(stream)
    rows = found.rows if found is not None else ()
    return next((one for one in rows if one.id == row or not row), None)


def mondays_between(first_day: int, last_day: int) -> Ints:
    """The Mondays (ordinals) of the ISO weeks that touch a period."""
    return sealed(np.arange(monday_of(first_day), monday_of(last_day) + 1, DAYS_A_WEEK, dtype=np.int64))


def weekly(row: ReleasedRow | None, weeks: Ints) -> Floats:
    """A line's values on consecutive `weeks`; NaN where there is nothing to see, for whatever reason."""
    values = np.full(len(weeks), np.nan)
    if row is not None and len(weeks):
        places = (np.asarray(row.mondays, dtype=np.int64) - weeks[0]) // DAYS_A_WEEK
        inside = (places >= 0) & (places < len(weeks))
        values[places[inside]] = np.asarray(row.values, dtype=np.float64)[inside]
    return sealed(values)


def _reader(
    names: tuple[str, str], weeks: Ints, values: tuple[Floats, Floats], words: TrendWords
) -> Callable[[int], str]:
    """What a reading line says at a week: made when it stands there, since years have hundreds."""

    def read(place: int) -> str:
        date = words.date(int(weeks[place]))
        known = [
            words.say("together.views.said", name=name, value=words.number(float(line[place])))
            for name, line in zip(names, values, strict=True)
            if np.isfinite(line[place])
        ]
        if not known:
            return words.say("together.views.read_none", date=date)
        return words.say("together.views.read", date=date, value=", ".join(known))

    return read


def _date(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _cell(value: float) -> str:
    return f"{value:.1f}" if np.isfinite(value) else ""
