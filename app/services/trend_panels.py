"""Do safety, the three answers, trust and outside load move together? Four measures by week, each on its own scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.charts import panels
from app.charts.markers import Marker
from app.charts.plot import Caption, Plot
from app.charts.stacked import Heading
from app.data.connection import Connection
from app.insights.arrays import Floats, Ints
from app.insights.series import midmean, monday_of
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_weeks import Numbers, StringRows, WeekRange, by_week, numbers, string_rows, week_said
from app.services.trend_words import TrendWords

ANSWERS = ("are.accessible", "are.responsive", "are.engaged")
INDEX_SCALE = 2.5
"""From the 0-4 of its parts to 0-10."""
INDEX_NEEDS = 2
"""Answers a check-in needs for the index (insights.md 1.2)."""
TOPS = (10.0, 10.0, 10.0, 4.0)


@dataclass(frozen=True, slots=True, eq=False)
class PanelsCard:
    """The four panels, named and each with its sentence in `panels`. `data` is None when none has a usable week."""

    data: panels.PanelsData | None
    title: str
    sentence: str
    panels: tuple[Heading, ...]
    alternative: Alternative
    weeks: tuple[WeekRange, ...]
    words: TrendWords

    @property
    def days(self) -> tuple[int, ...]:
        """The first day (ordinal) of what each stop of the reading line stands for: a week."""
        return tuple(int(monday) for monday in self.weeks[0].mondays)

    def read(self, index: int) -> str:
        """The reading at a stop: every panel that has a value there."""
        known = [
            self.words.say("chart.panels.read", name=heading.name, level=self.words.number(float(series.means[index])))
            for heading, series in zip(self.panels, self.weeks, strict=True)
            if np.isfinite(series.means[index])
        ]
        return week_said(int(self.weeks[0].mondays[index]), "; ".join(known), self.words)

    def plot(self) -> Plot | None:
        """The chart, ready for a view; None while there is nothing to draw."""
        if self.data is None:
            return None
        labels = panels.PanelsLabels(
            months=months(self.words),
            headings=self.panels,
            empty=self.words.plain("chart.panels.empty"),
            columns=(self.words.plain("trends.column.week"), *(heading.name for heading in self.panels)),
        )
        return panels.plot(self.data, labels, Caption(self.title, self.alternative.text, self.read))

    def rows(self) -> StringRows:
        """The table: headings, then one row a week with any value."""
        made = self.plot()
        return string_rows(made.table(), self.words) if made is not None else ((), ())


def read(
    session: Session, first_day: int, today: int, words: TrendWords, *, markers: tuple[Marker, ...] = ()
) -> PanelsCard:
    """The card for the days `first_day` … `today` (ordinals); `markers` are the life markers to draw through it."""
    since = monday_of(first_day)
    single = [numbers(session.connection, name, since, today) for name in ("felt_safety", "trust", "outside_load")]
    safety, trust, load = ((one.days, one.values) for one in single)
    parts = (safety, index_of(session.connection, since, today), trust, load)
    return card(tuple(by_week(days, values, first_day, today) for days, values in parts), today, markers, words)


def index_of(connection: Connection, first_day: int, last_day: int) -> tuple[Ints, Floats]:
    """Days and values 0-10 of the three answers as one figure: check-ins that answered two of the three at least."""
    found = [numbers(connection, name, first_day, last_day) for name in ANSWERS]
    every = Numbers(*(np.concatenate([getattr(one, part) for one in found]) for part in ("days", "values", "records")))
    if not len(every.records):
        return every.days, every.values
    counts = np.bincount(every.records)
    sums = np.bincount(every.records, weights=every.values)
    days = np.zeros(len(counts), dtype=np.int64)
    days[every.records] = every.days
    enough = counts >= INDEX_NEEDS
    return days[enough], sums[enough] / counts[enough] * INDEX_SCALE


def card(weeks: tuple[WeekRange, ...], today: int, markers: tuple[Marker, ...], words: TrendWords) -> PanelsCard:
    """The same from weeks: felt safety, the three answers, trust, outside load; the last week may still run."""
    title = words.plain("chart.panels.title")
    names = _names(words)
    headings = tuple(
        Heading(name, _said("chart.panels.row", series, words)) for name, series in zip(names, weeks, strict=True)
    )
    what = words.say("chart.panels.what", start=words.date(int(weeks[0].mondays[0])), end=words.date(today))
    if not any(series.usable for series in weeks):
        empty = words.plain("chart.panels.empty")
        return PanelsCard(None, title, empty, headings, Alternative(what, "", empty), weeks, words)
    shared = int(np.logical_and.reduce([np.isfinite(series.means) for series in weeks]).sum())
    said = words.say("chart.panels.shared", n=shared)
    figures = " ".join(
        _said("chart.panels.alt", series, words, measure=name)
        for name, series in zip(names, weeks, strict=True)
        if series.usable
    )
    data = panels.PanelsData(weeks[0].mondays, tuple(series.means for series in weeks), TOPS, markers)
    return PanelsCard(data, title, said, headings, Alternative(what, figures, said), weeks, words)


def _names(words: TrendWords) -> tuple[str, str, str, str]:
    three = words.plain("trends.are.solo_title" if words.solo else "trends.are.title")
    return words.measure("felt_safety"), three, words.measure("trust"), words.measure("outside_load")


def _said(key: str, series: WeekRange, words: TrendWords, **gaps: object) -> str:
    """A sentence with the typical level and the number of weeks; nothing without a usable week."""
    if not series.usable:
        return ""
    return words.say(key, level=words.number(midmean(series.known)), n=series.usable, **gaps)
