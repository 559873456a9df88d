"""What each chart of the Trends page shows and says, made from the same numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import numpy as np

from app.charts.markers import Marker
from app.charts.panel_lines import LinesData
from app.charts.panel_settling import BLOCK_DAYS, SettlingData
from app.charts.panel_tally import TallyData
from app.charts.trail import Gap, TrailData
from app.charts.year import YearData
from app.insights.arrays import Flags, Floats, Ints
from app.insights.rates import rate_ratio
from app.insights.recovery import LEAST_EVENTS, settling
from app.insights.series import DAYS_A_WEEK, day_values, midmean, monday_of
from app.insights.trail import Trail, trail
from app.insights.verdict import Verdict
from app.services.trend_series import Entries, Weeks, day_count
from app.services.trend_words import TrendWords

RECENT_DAYS = 28
"""The "now" of rates: the last four weeks."""
STRETCH_DAYS = 7
"""A shorter stretch of the year is no stretch."""
YEAR_WEEKS = 53


class Alternative(msgspec.Struct, frozen=True):
    """A chart in words, in three parts: what it is, its key figures, its overall pattern."""

    what: str
    figures: str
    pattern: str

    @property
    def text(self) -> str:
        """All three."""
        return " ".join(part for part in (self.what, self.figures, self.pattern) if part)


@dataclass(frozen=True, slots=True, eq=False)
class TrailCard:
    """Felt safety over the period. `data` is None with nothing written; `level` is the newest typical level."""

    data: TrailData | None
    level: float | None
    sentence: str
    notes: tuple[str, ...]
    alternative: Alternative
    verdict: Verdict


@dataclass(frozen=True, slots=True, eq=False)
class LinesCard:
    """One to three measures by week. `weekly` has them on the fields' own names; `verdicts` go with them."""

    data: LinesData | None
    fields: tuple[str, ...]
    sentence: str
    alternative: Alternative
    verdicts: tuple[Verdict, ...]
    weeks: tuple[Weeks, ...]
    span: float


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """How strong triggers were at first: for each day with any, how many and their sum; and the median of them all."""

    days: Ints
    counts: Ints
    sums: Floats
    median: float | None


@dataclass(frozen=True, slots=True, eq=False)
class TriggersCard:
    """Triggers by week with their strength at first; `total` counts bare tallies too."""

    data: TallyData | None
    total: int
    sentence: str
    alternative: Alternative


@dataclass(frozen=True, slots=True, eq=False)
class SettlingCard:
    """How long it took to settle; `data` is None below five that settled."""

    data: SettlingData | None
    settled: int
    sentence: str
    alternative: Alternative


@dataclass(frozen=True, slots=True, eq=False)
class YearCard:
    """Felt safety, one square a day, for the last 53 weeks; `data` is None with nothing written."""

    data: YearData | None
    sentence: str
    alternative: Alternative


# ------------------------------------------------------------------------------------------------ felt safety


def trail_card(
    entries: Entries, first_day: int, today: int, markers: Iterable[Marker], verdict: Verdict, words: TrendWords
) -> TrailCard:
    """The felt-safety chart from entries that reach back 28 days before `first_day`, so that its line is whole."""
    name = words.measure("felt_safety")
    said = words.direction(verdict, name, 10.0)
    if verdict.again:
        said = f"{said} {words.plain('direction.again')}"
    shown = entries.between(first_day, today)
    if not len(shown):
        empty = words.plain("chart.trail.empty")
        return TrailCard(None, None, said, (), Alternative(name, empty, said), verdict)
    drawn = trail(entries.days, entries.values, end_day=today, late=entries.late, wording=entries.wording)
    data = _trail_data(drawn, first_day, today, tuple(markers), words)
    known = data.line[np.isfinite(data.line)]
    level = float(known[-1]) if len(known) else None
    late = int(shown.late.sum())
    notes = (*words.caps(verdict), *((words.say("coverage.late", n=late),) if late else ()))
    what = words.say(
        "trends.alt.what",
        measure=name,
        start=words.date(first_day),
        end=words.date(today),
        n=len(shown),
        days=day_count(shown.days),
    )
    return TrailCard(data, level, said, notes, Alternative(what, _levels(known, words), said), verdict)


def _levels(known: Floats, words: TrendWords) -> str:
    if not len(known):
        return words.plain("trends.alt.no_level")
    return words.say("trends.alt.levels", first=words.number(known[0]), last=words.number(known[-1]))


def _trail_data(drawn: Trail, first_day: int, today: int, markers: tuple[Marker, ...], words: TrendWords) -> TrailData:
    count = today - first_day + 1
    lines = [np.full(count, np.nan) for _ in range(3)]
    inside = drawn.days >= first_day
    for line, found in zip(lines, (drawn.line, drawn.low, drawn.high), strict=True):
        line[drawn.days[inside] - first_day] = found[inside]
    dots = drawn.entry_days >= first_day
    weeks = drawn.week_mondays + DAYS_A_WEEK > first_day
    return TrailData(
        first_day=first_day,
        last_day=today,
        entry_days=drawn.entry_days[dots],
        entry_values=drawn.entry_values[dots],
        entry_late=drawn.entry_late[dots],
        line_days=first_day + np.arange(count, dtype=np.int64),
        line=lines[0],
        band_low=lines[1],
        band_high=lines[2],
        weeks=drawn.week_mondays[weeks],
        week_days=drawn.week_written_days[weeks],
        markers=markers,
        gaps=tuple(
            Gap(max(gap.first_day, first_day), gap.last_day, words.plain("trends.chart.nothing"))
            for gap in drawn.gaps
            if gap.last_day >= first_day
        ),
    )


# ------------------------------------------------------------------------------------------------ measures by week


def lines_card(  # what a card of lines is made of
    fields: tuple[str, ...], name: str, weeks: tuple[Weeks, ...], verdicts: tuple[Verdict, ...], span: float,
    sentence: str, words: TrendWords,
) -> LinesCard:  # fmt: skip
    """A panel of weekly values on one fixed scale; without a single usable week it has no data."""
    valid = [int(np.isfinite(series.values).sum()) for series in weeks]
    if not any(valid):
        empty = words.plain("chart.panels.empty")
        return LinesCard(None, fields, empty, Alternative(name, "", empty), verdicts, weeks, span)
    data = LinesData(weeks[0].mondays, tuple(series.values for series in weeks), span)
    figures = " ".join(
        f"{words.measure(field)}: {words.say('trends.alt.weeks', n=count, level=words.number(typical(series)))}"
        for field, series, count in zip(fields, weeks, valid, strict=True)
        if count
    )
    return LinesCard(data, fields, sentence, Alternative(f"{name}.", figures, sentence), verdicts, weeks, span)


def typical(series: Weeks) -> float:
    """The midmean of the usable weeks. Needs one."""
    return midmean(series.values[np.isfinite(series.values)])


def are_sentence(
    weeks: tuple[Weeks, ...], verdicts: tuple[Verdict, ...], drawn: tuple[str, ...], words: TrendWords
) -> str:
    """Where the three lie; and which one may be rising, if it is one alone."""
    if not all(np.isfinite(series.values).any() for series in weeks):
        return words.plain("chart.are.empty")
    rising = [name for name, verdict in zip(drawn, verdicts, strict=True) if verdict.direction.value == "up"]
    others = [verdict for verdict in verdicts if verdict.direction.value != "up"]
    if len(rising) == 1 and all(verdict.tier.value == "open" for verdict in others):
        name = rising[0]
        return words.say("trends.are.rising", name=name[:1].upper() + name[1:])
    first, second, last = (words.number(typical(series)) for series in weeks)
    key = "trends.are.solo_levels" if words.solo else "trends.are.levels"
    return words.say(key, first=first, second=second, last=last)


# ------------------------------------------------------------------------------------------------ triggers


def triggers_card(
    days: Ints, peaks: Peaks, written: Ints, first_day: int, today: int, words: TrendWords
) -> TriggersCard:
    """Counts by week and how strong they were at first. `days`: one a trigger; `written`: days with any entry."""
    name = words.say("chart.triggers.alt_count", n=len(days), start=words.date(first_day), end=words.date(today))
    if not len(days):
        empty = words.plain("chart.triggers.empty")
        return TriggersCard(None, 0, empty, Alternative(name, "", empty))
    monday = monday_of(first_day)
    weeks = (monday_of(today) - monday) // DAYS_A_WEEK + 1
    counts = np.bincount((days - monday) // DAYS_A_WEEK, minlength=weeks).astype(np.int64)
    place = (peaks.days - monday) // DAYS_A_WEEK
    rated = np.bincount(place, weights=peaks.counts, minlength=weeks)
    sums = np.bincount(place, weights=peaks.sums, minlength=weeks)
    strength = np.where(rated > 0, sums / np.maximum(rated, 1), np.nan)
    data = TallyData(monday + DAYS_A_WEEK * np.arange(weeks, dtype=np.int64), counts, strength)
    figures = "" if peaks.median is None else words.say("trends.triggers.strength", peak=words.number(peaks.median))
    short, whole = trigger_rate(days, written, first_day, today, words)
    return TriggersCard(data, len(days), f"{short} {figures}".strip(), Alternative(name, figures, whole))


def trigger_rate(days: Ints, written: Ints, first_day: int, today: int, words: TrendWords) -> tuple[str, str]:
    """How many on ten written days in the last four weeks and before; and the same with what their ratio plausibly is.

    The range is a 95 % one. Fewer than ten in all are not compared (insights.md 2.5).
    """
    turn = today - RECENT_DAYS
    recent, earlier = int((days > turn).sum()), int((days <= turn).sum())
    recent_days, earlier_days = int((written > turn).sum()), int((written <= turn).sum())
    if not recent_days or not earlier_days or first_day > turn:
        return (words.say("trends.triggers.count", n=len(days)),) * 2
    found = rate_ratio(recent, recent_days, earlier, earlier_days)
    if found is None:
        return (f"{words.say('trends.triggers.count', n=len(days))} {words.plain('chart.triggers.few')}",) * 2
    now, before = 10 * recent / recent_days, 10 * earlier / earlier_days
    rates: dict[str, object] = {"rate": words.number(now), "before": words.number(before)}
    short = whole = words.say("chart.triggers.rate", **rates)
    if np.isfinite(found.high):
        bounds = {"low": words.number(found.low), "high": words.number(found.high)}
        whole = words.say("chart.triggers.rate_range", **rates, **bounds)
    if now <= before:
        return short, whole
    more = words.plain("chart.triggers.more_notice")
    return f"{short} {more}", f"{whole} {more}"


# ------------------------------------------------------------------------------------------------ settling


def settling_card(done: list[tuple[int, float]], going: list[int], today: int, words: TrendWords) -> SettlingCard:
    """Minutes until it settled, in four-week blocks that end today; "still going" stays out of every median."""
    title = words.plain("trends.settle.title")
    minutes = np.asarray([row[1] for row in done], dtype=np.float64)
    found = settling(minutes, len(going))
    if found.minutes is None:
        few = words.say("trends.settle.few", n=found.settled)
        return SettlingCard(None, found.settled, few, Alternative(f"{title}.", "", few))
    days = np.asarray([row[0] for row in done] + going, dtype=np.int64)
    order = np.argsort(days, kind="stable")
    every = np.concatenate((np.maximum(minutes, 1.0), np.ones(len(going))))
    open_ended = np.concatenate((np.zeros(len(done), dtype=np.bool_), np.ones(len(going), dtype=np.bool_)))
    blocks, medians = _blocks(days[order], every[order], open_ended[order], today)
    data = SettlingData(days[order], every[order], open_ended[order], blocks, medians)
    said = words.say("trends.settle.typical", n=found.settled, value=words.minutes(found.minutes.median))
    still = words.say("chart.settling.still_going", n=len(going)) if going else ""
    return SettlingCard(data, found.settled, said, Alternative(f"{title}.", said, still))


def _blocks(days: Ints, minutes: Floats, going: Flags, today: int) -> tuple[Ints, Floats]:
    count = (today - int(days[0])) // BLOCK_DAYS + 1
    starts = today + 1 - BLOCK_DAYS * np.arange(count, 0, -1, dtype=np.int64)
    medians = np.full(count, np.nan)
    for block, start in enumerate(starts):
        inside = minutes[(days >= start) & (days < start + BLOCK_DAYS) & ~going]
        if len(inside) >= LEAST_EVENTS:
            medians[block] = float(np.median(inside))
    return starts, medians


# ------------------------------------------------------------------------------------------------ the year


def year_card(entries: Entries, today: int, words: TrendWords) -> YearCard:
    """The last 53 weeks; entries may begin 28 days before them."""
    first_day = monday_of(today) - DAYS_A_WEEK * (YEAR_WEEKS - 1)
    days = day_values(entries.days, entries.values).between(first_day, today)
    name = words.measure("felt_safety")
    if not len(days.days):
        empty = words.plain("chart.year.empty")
        return YearCard(None, empty, Alternative(name, "", empty))
    values = np.full(today - first_day + 1, np.nan)
    values[days.days - first_day] = days.values
    drawn = trail(entries.days, entries.values, end_day=today, late=entries.late, wording=entries.wording)
    sentence = " ".join(_stretches(drawn, first_day, words)) or words.say("trends.year.written", n=len(days.days))
    low, middle = int((days.values < 3.5).sum()), int((days.values < 6.5).sum())  # halves round up, as figures do
    bins = words.say("trends.alt.bins", low=low, near=middle - low, high=len(days.days) - middle)
    what = words.say("chart.year.alt", n=len(days.days), measure=name)
    return YearCard(YearData(first_day, values, today), sentence, Alternative(what, bins, sentence))


def _stretches(drawn: Trail, first_day: int, words: TrendWords) -> list[str]:
    """The longest easier and the longest harder stretch by the typical level, and the longest gap."""
    inside = drawn.days >= first_day
    days, line = drawn.days[inside], drawn.line[inside]
    said = []
    if len(line) and np.ptp(line) >= 1.0:
        low, high = np.percentile(line, (25, 75))
        for key, part in (("easier", line >= high), ("harder", line <= low)):
            stretch = _longest(days[part], drawn.entry_days)
            if stretch is not None:
                said.append(words.say(f"chart.year.{key}", **words.span(*stretch)))
    gaps = [gap for gap in drawn.gaps if gap.last_day >= first_day]
    if gaps:
        gap = max(gaps, key=lambda one: one.last_day - one.first_day)
        said.append(words.say("trends.year.gap", **words.span(max(gap.first_day, first_day), gap.last_day)))
    return said


def _longest(days: Ints, written: Ints) -> tuple[int, int] | None:
    """The longest run of consecutive days, up to the last one `written` in it, if it is a stretch at all."""
    if not len(days):
        return None
    runs = np.split(days, np.flatnonzero(np.diff(days) > 1) + 1)
    run = max(runs, key=len)
    first, last = int(run[0]), int(written[written <= run[-1]][-1])
    return (first, last) if last - first + 1 >= STRETCH_DAYS else None
