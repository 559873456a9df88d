"""From a trends report to charts: which chart shows what, and what the reading line says at each stop."""

from __future__ import annotations

import datetime as dt

import numpy as np

from app.charts import empty, panel_lines, panel_settling, panel_tally, trail, year
from app.charts.plot import Caption
from app.insights.series import DAYS_A_WEEK
from app.services import trend_labels as labels
from app.services.chart_cards import ChartCard
from app.services.trend_cards import Alternative, LinesCard, SettlingCard, TrailCard, TriggersCard, YearCard
from app.services.trend_words import TrendWords
from app.services.trends import TrendsReport, are_names, are_title
from app.ui.screens.trends.keys import Key, Mark
from app.ui.screens.trends.state import Panel, TrendsPage
from app.ui.text import count_of, duration, full_date, number, short_date, tr


def page(report: TrendsReport) -> TrendsPage:
    """Everything the page shows of a report."""
    words = report.words
    return TrendsPage(
        period=report.period,
        safety=_safety(report.safety, words),
        notes=report.safety.notes,
        review=report.review,
        small=(
            _triggers(report.triggers, words),
            _settling(report.settling, words),
            _lines(report.are, are_title(words), are_names(words), words),
            _lines(report.trust, words.measure("trust"), ("",), words),
            _lines(report.load, words.measure("outside_load"), ("",), words),
        ),
        year=_year(report.year, words),
        empty=report.is_empty,
    )


def _safety(card: TrailCard, words: TrendWords) -> Panel:
    name, data = words.measure("felt_safety"), card.data
    if data is None:
        return _hollow(name, words.plain("chart.trail.empty"), card.alternative)
    values = {int(day): float(value) for day, value in zip(data.entry_days, data.entry_values, strict=True)}

    def read(index: int) -> str:
        day = data.first_day + index
        date = full_date(dt.date.fromordinal(day))
        entry = (
            words.say("chart.trail.read_entry", date=date, value=_figure(values[day]))
            if day in values
            else words.say("chart.trail.read_none", date=date)
        )
        if not np.isfinite(data.line[index]):
            return entry
        level, low, high = (_figure(line[index]) for line in (data.line, data.band_low, data.band_high))
        said = words.say("chart.trail.read", date=date, level=level, q1=low, q3=high)
        return said if day not in values else f"{entry} {_after_date(said, date)}"

    caption = Caption(name, card.alternative.text, read)
    plot = trail.plot(data, labels.trail_labels(words, card.level, weekly=data.is_weekly), caption)
    days = tuple(range(data.first_day, data.last_day + 1))
    return Panel(name, card.sentence, plot, card.alternative, days)


def _after_date(said: str, date: str) -> str:
    """The reading without the date that stands before it already, with a capital again."""
    rest = said.removeprefix(f"{date}:").strip()
    return rest[:1].upper() + rest[1:]


def _triggers(card: TriggersCard, words: TrendWords) -> Panel:
    title, data = tr("Triggers"), card.data
    if data is None:
        return _hollow(title, card.sentence, card.alternative)

    def read(index: int) -> str:
        count = count_of(int(data.counts[index]), tr("{n} trigger"), tr("{n} triggers"))
        said = _week(int(data.weeks[index]), count)
        strength = float(data.strength[index])
        if not np.isfinite(strength):
            return said
        return tr("{reading}, typically {level} at first").format(reading=said, level=_figure(strength))

    plot = panel_tally.plot(data, labels.tally_labels(words), Caption(title, card.alternative.text, read))
    return Panel(
        title,
        card.sentence,
        plot,
        card.alternative,
        tuple(int(week) for week in data.weeks),
        span_days=DAYS_A_WEEK,
        keys=(Key(Mark.BAR, tr("count")), Key(Mark.DOT, tr("strength"))),
    )


def _settling(card: SettlingCard, words: TrendWords) -> Panel:
    title, data = words.plain("trends.settle.title"), card.data
    if data is None:
        return _hollow(title, card.sentence, card.alternative)

    def read(index: int) -> str:
        going = bool(data.still_going[index])
        said = words.plain("trends.settle.going") if going else duration(float(data.minutes[index]))
        return _dated(short_date(dt.date.fromordinal(int(data.days[index]))), said)

    plot = panel_settling.plot(data, labels.settling_labels(words), Caption(title, card.alternative.text, read))
    return Panel(title, card.sentence, plot, card.alternative, tuple(int(day) for day in data.days))


def _lines(card: LinesCard, title: str, drawn: tuple[str, ...], words: TrendWords) -> Panel:
    data = card.data
    if data is None:
        return _hollow(title, card.sentence, card.alternative)
    names = tuple(words.measure(field) for field in card.fields)

    def read(index: int) -> str:
        known = [
            f"{name} {_figure(float(values[index]))}"
            for name, values in zip(names, data.series, strict=True)
            if np.isfinite(values[index])
        ]
        return _week(int(data.weeks[index]), ", ".join(known) or tr("fewer than three days written"))

    plot = panel_lines.plot(data, labels.lines_labels(words, drawn, names), Caption(title, card.alternative.text, read))
    return Panel(
        title,
        card.sentence,
        plot,
        card.alternative,
        tuple(int(week) for week in data.weeks),
        span_days=DAYS_A_WEEK,
    )


def _year(card: YearCard, words: TrendWords) -> Panel:
    title, data = words.plain("trends.year.title"), card.data
    if data is None:
        return _hollow(title, card.sentence, card.alternative)

    def read(index: int) -> str:
        date = full_date(dt.date.fromordinal(data.first_day + index))
        value = float(data.values[index])
        if not np.isfinite(value):
            return words.say("chart.trail.read_none", date=date)
        return words.say("chart.trail.read_entry", date=date, value=_figure(value))

    plot = year.plot(data, labels.year_labels(words), Caption(title, card.alternative.text, read))
    days = tuple(range(data.first_day, data.first_day + data.values.size))
    return Panel(title, card.sentence, plot, card.alternative, days)


def _hollow(title: str, reason: str, alternative: Alternative) -> Panel:
    """The not-enough-yet form: the sentence is the reason."""
    return Panel(title, reason, empty.plot("", title), alternative, enough=False)


def further(card: ChartCard) -> Panel:
    """A chart of below the first screen, in the form all have."""
    plot = card.plot or empty.plot("", card.title)
    return Panel(card.title, card.sentence, plot, card.alternative, enough=card.plot is not None, card=card)


def _week(monday: int, said: str) -> str:
    return _dated(tr("Week of {date}").format(date=short_date(dt.date.fromordinal(monday))), said)


def _dated(date: str, said: str) -> str:
    return tr("{date}: {reading}").format(date=date, reading=said)


def _figure(value: float) -> str:
    return number(value, 0 if round(value, 1) == round(value) else 1)
