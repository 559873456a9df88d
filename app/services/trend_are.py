"""Which part is thin? Reachable, answered and together by week, and the weeks that held no occasion for one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.charts import are
from app.charts.markers import Marker
from app.charts.plot import Caption, Plot
from app.charts.stacked import Heading
from app.data.week_rows import no_occasion_weeks
from app.insights.arrays import Flags, Floats
from app.insights.series import DAYS_A_WEEK, midmean, monday_of
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_weeks import StringRows, WeekRange, by_week, numbers, string_rows, week_said
from app.services.trend_words import TrendWords

FIELDS = ("accessible", "responsive", "engaged")
"""Fields of the check-in, from the upper row to the lower one; their measures carry `are.` before them."""


@dataclass(frozen=True, slots=True, eq=False)
class AreCard:
    """The three rows. `data` is None when none of the three was ever rated; `rows_said` are their names and sentences.

    A week counts with three rated days; below that, one "no occasion" makes it a week of no occasion, never a low one.
    """

    data: are.AreData | None
    title: str
    sentence: str
    rows_said: tuple[Heading, Heading, Heading]
    alternative: Alternative
    weeks: tuple[WeekRange, WeekRange, WeekRange]
    words: TrendWords

    @property
    def days(self) -> tuple[int, ...]:
        """The first day (ordinal) of what each stop of the reading line stands for: a week."""
        return tuple(int(monday) for monday in self.weeks[0].mondays)

    def read(self, index: int) -> str:
        """The reading at a stop: each row with its value and range, or that there was no occasion."""
        said = [
            self._read_row(heading.name, row, index)
            for heading, row in zip(self.rows_said, self.data.rows if self.data is not None else (), strict=False)
        ]
        return week_said(int(self.weeks[0].mondays[index]), "; ".join(part for part in said if part), self.words)

    def plot(self) -> Plot | None:
        """The chart, ready for a view; None while there is nothing to draw."""
        if self.data is None:
            return None
        caption = Caption(self.title, self.alternative.text, self.read)
        return are.plot(self.data, _labels(self.rows_said, self.words), caption)

    def rows(self) -> StringRows:
        """The table: headings, then one row for every question and week with a value or a "no occasion"."""
        made = self.plot()
        return string_rows(made.table(), self.words) if made is not None else ((), ())

    def _read_row(self, name: str, row: are.AreRow, index: int) -> str:
        if np.isfinite(row.means[index]):
            level, low, high = (self.words.number(float(part[index])) for part in (row.means, row.lows, row.highs))
            return self.words.say("chart.are.read", name=name, level=level, low=low, high=high)
        return self.words.say("chart.are.read_lane", name=name) if row.no_occasion[index] else ""


def read(
    session: Session, first_day: int, today: int, words: TrendWords, *, markers: tuple[Marker, ...] = ()
) -> AreCard:
    """The card for the days `first_day` … `today` (ordinals); `markers` are the life markers to draw through it."""
    connection = session.connection
    found = [numbers(connection, f"are.{field}", monday_of(first_day), today) for field in FIELDS]
    first, second, third = (by_week(one.days, one.values, first_day, today) for one in found)
    weeks = (first, second, third)
    thin = np.unique(np.concatenate([series.mondays[np.isnan(series.means)] for series in weeks]))
    lanes = [np.zeros(len(first.mondays), dtype=np.bool_) for _ in FIELDS]
    for monday, field in no_occasion_weeks(connection, FIELDS, thin.tolist()):
        row, at = FIELDS.index(field), (monday - int(first.mondays[0])) // DAYS_A_WEEK
        lanes[row][at] = bool(np.isnan(weeks[row].means[at]))
    return card(weeks, (lanes[0], lanes[1], lanes[2]), today, markers, words)


def card(
    weeks: tuple[WeekRange, WeekRange, WeekRange], lanes: tuple[Flags, Flags, Flags], today: int,
    markers: tuple[Marker, ...], words: TrendWords,
) -> AreCard:  # fmt: skip
    """The same from weeks; `lanes` flag the weeks of no occasion for each row; the last week may still run."""
    title = words.plain("chart.are.title")
    first, second, third = (
        Heading(words.measure(field), _row_said(series, lane, words))
        for field, series, lane in zip(FIELDS, weeks, lanes, strict=True)
    )
    headings = (first, second, third)
    what = words.say("chart.are.what", start=words.date(int(weeks[0].mondays[0])), end=words.date(today))
    upper, middle, lower = (
        are.AreRow(series.means, series.lows, series.highs, lane) for series, lane in zip(weeks, lanes, strict=True)
    )
    rows = (upper, middle, lower)
    if all(row.is_empty for row in rows):
        empty = words.plain("chart.are.empty")
        return AreCard(None, title, empty, headings, Alternative(what, "", empty), weeks, words)
    data = are.AreData(weeks[0].mondays, rows, markers)
    said = _levels(weeks, words)
    figures = " ".join(_figures(heading.name, row, words) for heading, row in zip(headings, rows, strict=True)).strip()
    return AreCard(data, title, said, headings, Alternative(what, figures, said), weeks, words)


def _levels(weeks: tuple[WeekRange, ...], words: TrendWords) -> str:
    """Where the three typically lie; while one has no usable week, how to start it."""
    if not all(series.usable for series in weeks):
        return words.plain("chart.are.empty")
    first, second, last = (words.number(midmean(series.known)) for series in weeks)
    key = "trends.are.solo_levels" if words.solo else "trends.are.levels"
    return words.say(key, first=first, second=second, last=last)


def _row_said(series: WeekRange, lane: Flags, words: TrendWords) -> str:
    without = int(lane.sum())
    if not series.usable:
        return words.say("chart.are.only_lane", n=without) if without else ""
    level = _average(series.known, words)
    if not without:
        return words.say("chart.are.row", level=level)
    return words.say("chart.are.row_lane", level=level, n=without)


def _figures(name: str, row: are.AreRow, words: TrendWords) -> str:
    known, without = row.means[np.isfinite(row.means)], int(row.no_occasion.sum())
    if not len(known):
        return words.say("chart.are.alt_lane", measure=name, n=without) if without else ""
    return words.say("chart.are.alt", measure=name, level=_average(known, words), n=without)


def _average(known: Floats, words: TrendWords) -> str:
    return words.number(float(known.mean()))


def _labels(headings: tuple[Heading, Heading, Heading], words: TrendWords) -> are.AreLabels:
    return are.AreLabels(
        months=months(words),
        headings=headings,
        empty=words.plain("chart.are.empty"),
        week=words.plain("chart.are.week"),
        range=words.plain("chart.are.range"),
        lane=words.plain("chart.are.lane"),
        columns=(
            words.plain("trends.column.week"),
            words.plain("chart.are.part"),
            words.plain("trends.column.value"),
            words.plain("chart.are.low"),
            words.plain("chart.are.high"),
        ),
    )
