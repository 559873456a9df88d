"""The words inside the charts, from the content pack: axes, legends, ends of lines, headings of tables."""

from __future__ import annotations

from app.charts.panel_lines import LinesLabels
from app.charts.panel_settling import SettlingLabels
from app.charts.panel_tally import TallyLabels
from app.charts.plot import Months
from app.charts.trail import TrailLabels
from app.charts.year import YearLabels
from app.services.trend_words import TrendWords


def months(words: TrendWords) -> Months:
    """Month names for the axes, January first."""
    numbers = range(1, 13)
    return Months(
        short=tuple(words.plain(f"calendar.short.{number}") for number in numbers),
        long=tuple(words.month(number) for number in numbers),
    )


def trail_labels(words: TrendWords, level: float | None, *, weekly: bool = False) -> TrailLabels:
    """Words of the felt-safety chart; `level` stands at the end of its line, `weekly` makes a dot a week."""
    end = "" if level is None else f"{words.plain('trends.chart.typical')}\n{words.number(level)}"
    return TrailLabels(
        months=months(words),
        end=end,
        line=words.plain("trends.chart.line"),
        band=words.plain("trends.chart.band"),
        day=words.plain("trends.chart.week" if weekly else "trends.chart.day"),
        looking_back=words.plain("trends.chart.looking_back"),
        marker=words.plain("trends.chart.marker"),
        coverage=words.plain("trends.chart.coverage"),
        columns=(
            _column(words, "day"),
            words.measure("felt_safety"),
            _column(words, "typical"),
            _column(words, "from"),
            _column(words, "to"),
        ),
    )


def tally_labels(words: TrendWords) -> TallyLabels:
    """Words of the trigger panel."""
    return TallyLabels(months(words), (_column(words, "week"), _column(words, "count"), _column(words, "strength")))


def lines_labels(words: TrendWords, drawn: tuple[str, ...], columns: tuple[str, ...]) -> LinesLabels:
    """Words of a panel of lines: names drawn at their ends, names in the table."""
    return LinesLabels(months(words), drawn, (_column(words, "week"), *columns))


def settling_labels(words: TrendWords) -> SettlingLabels:
    """Words of the settling panel."""
    first, second, third, fourth, fifth = (words.plain(f"trends.settle.tick.{tick}") for tick in range(1, 6))
    return SettlingLabels(
        months(words),
        (first, second, third, fourth, fifth),
        words.plain("trends.settle.going"),
        (_column(words, "day"), _column(words, "minutes")),
    )


def year_labels(words: TrendWords) -> YearLabels:
    """Words of the year grid."""
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        words.plain(f"calendar.weekday.{number}") for number in range(1, 8)
    )
    return YearLabels(
        months=months(words),
        weekdays=(monday, tuesday, wednesday, thursday, friday, saturday, sunday),
        columns=(_column(words, "day"), words.measure("felt_safety")),
    )


def _column(words: TrendWords, name: str) -> str:
    return words.plain(f"trends.column.{name}")
