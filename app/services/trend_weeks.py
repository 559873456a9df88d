"""Weeks with the range of their days, made fast enough for ten years; and charts' rows and readings as words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from app.charts.plot import Cell, Table
from app.data import week_rows
from app.data.connection import Connection
from app.insights.arrays import Floats, Ints, sealed
from app.insights.series import DAYS_A_WEEK, day_values, monday_of, week_values
from app.services.trend_words import TrendWords

_MINUS = "\u2212"

StringRows = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Headings, then rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """One measure, one element an answer, in any order: day ordinals, values, and the numbers of their records."""

    days: Ints
    values: Floats
    records: Ints


@dataclass(frozen=True, slots=True, eq=False)
class WeekRange:
    """Consecutive ISO weeks: Mondays (ordinals), means of day values, lowest and highest day; NaN under three days."""

    mondays: Ints
    means: Floats
    lows: Floats
    highs: Floats

    @property
    def usable(self) -> int:
        """How many weeks have a value."""
        return int(np.isfinite(self.means).sum())

    @property
    def known(self) -> Floats:
        """The means there are."""
        return self.means[np.isfinite(self.means)]


def numbers(connection: Connection, measure: str, first_day: int, last_day: int) -> Numbers:
    """Read one measure between two days, both included; what was written looking back is left out."""
    days, values, records = week_rows.numbers_of(connection, measure, first_day, last_day)
    return Numbers(
        np.asarray(days, dtype=np.int64), np.asarray(values, dtype=np.float64), np.asarray(records, dtype=np.int64)
    )


def by_week(days: Ints, values: Floats, first_day: int, last_day: int) -> WeekRange:
    """The ISO weeks that touch the period; days in any order, several answers a day averaged first."""
    count = (monday_of(last_day) - monday_of(first_day)) // DAYS_A_WEEK + 1
    series = day_values(days, values)
    found = week_values(series, last_day=last_day, weeks=count)
    means, lows, highs = (np.full(count, np.nan) for _ in range(3))
    means[found.positions] = found.values
    inside = series.between(found.first_monday, last_day)
    if len(inside.days):
        place = (inside.days - found.first_monday) // DAYS_A_WEEK
        starts = np.flatnonzero(np.diff(place, prepend=-1))
        lows[place[starts]] = np.minimum.reduceat(inside.values, starts)
        highs[place[starts]] = np.maximum.reduceat(inside.values, starts)
    few = np.isnan(means)
    lows[few] = np.nan
    highs[few] = np.nan
    mondays = found.first_monday + DAYS_A_WEEK * np.arange(count, dtype=np.int64)
    return WeekRange(sealed(mondays), sealed(means), sealed(lows), sealed(highs))


def string_rows(table: Table, words: TrendWords) -> StringRows:
    """A chart's table as words: whole dates, one decimal, nothing where there is nothing."""
    return table.columns, tuple(tuple(_cell(cell, words) for cell in row) for row in table.rows)


def week_said(monday: int, values: str, words: TrendWords) -> str:
    """The reading of one week; without values it says why."""
    key = "chart.trail.read_week" if values else "chart.trail.read_week_none"
    return words.say(key, **{"date": words.full_date(monday)} | ({"value": values} if values else {}))


def signed(value: float, words: TrendWords) -> str:
    """One decimal with its sign; 0 has none."""
    figure = words.number(abs(value))
    if figure == words.number(0.0):
        return figure
    return f"{'+' if value > 0 else _MINUS}{figure}"


def _cell(cell: Cell, words: TrendWords) -> str:
    match cell:
        case None:
            return ""
        case dt.date():
            return words.full_date(cell.toordinal())
        case int() | float():
            return words.number(cell)
    return cell
