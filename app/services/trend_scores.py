"""Totals of questionnaires over time, a questionnaire at a time: numbers from the index alone.

Shown are PHQ-4, GAD-7 and PCL-5 where every question was answered, and totals somebody else gave where their
questionnaire is known. Nothing of this can be released to the other person (`app.domain.released`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import msgspec
import numpy as np

from app.charts import scores as chart
from app.charts.markers import Marker
from app.charts.plot import Caption, Plot
from app.data import score_rows
from app.domain.given_scores import KNOWN
from app.domain.instruments import INSTRUMENTS, Band
from app.services import score_words
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_words import TrendWords

CODES: Final = (*INSTRUMENTS, *(known.code for known in KNOWN))
"""Every questionnaire whose totals can be shown, in the order they are offered."""
MEASURES: Final[Mapping[str, str]] = MappingProxyType(
    {one.measure: code for code, one in INSTRUMENTS.items()} | {known.measure: known.code for known in KNOWN}
)
"""The questionnaire of each measure that holds its totals."""
MOST_SAID: Final = 12
"""So many of the newest totals are said one by one in the words of the chart; the table has all."""
_KNOWN: Final = MappingProxyType({known.code: known for known in KNOWN})


class Total(msgspec.Struct, frozen=True):
    """One total: its questionnaire, its day (ordinal), its points, and the row of its record (0: of none)."""

    code: str
    day: int
    value: float
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ScoresCard:
    """The totals of one questionnaire, `which`. `data` is None with none of it in the period.

    `offered` are the questionnaires with a total in the period, with their names, the one filled in last first;
    `every` has the totals of all of them, oldest first.
    """

    which: str
    data: chart.ScoresData | None
    title: str
    sentence: str
    alternative: Alternative
    offered: tuple[tuple[str, str], ...]
    every: tuple[Total, ...]
    words: TrendWords

    @property
    def drawn(self) -> tuple[Total, ...]:
        """The totals in the chart, oldest first."""
        return tuple(one for one in self.every if one.code == self.which)

    @property
    def days(self) -> tuple[int, ...]:
        """The day (ordinal) of each stop of the reading line."""
        return tuple(one.day for one in self.drawn)

    def behind(self, index: int) -> tuple[int, ...]:
        """The row of the private file that a stop stands for."""
        number = self.drawn[index].number
        return (number,) if number else ()

    def read(self, index: int) -> str:
        """The reading at a stop: the day, the total, and where it lies."""
        one = self.drawn[index]
        return self.words.say(
            "chart.scores.read", date=self.words.date(one.day), level=self.words.number(one.value),
            total=self.words.number(highest(one.code)), value=place(one, self.words),
        )  # fmt: skip

    def plot(self) -> Plot | None:
        """The chart, ready for a view; None while there is nothing to draw."""
        if self.data is None:
            return None
        caption = Caption(self.title, self.alternative.text, self.read)
        return chart.plot(self.data, _labels(self.which, self.drawn, self.words), caption)

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table: headings, and a row for every total of every questionnaire, with the points since the one before.

        The newest stands first.
        """
        columns = tuple(self.words.plain(f"chart.scores.column.{name}") for name in ("day", "name", "total", "since"))
        before: dict[str, float] = {}
        rows = []
        for one in self.every:
            said = self.words.number(one.value)
            rows.append((self.words.full_date(one.day), name_of(one.code), said, self._since(one, before)))
            before[one.code] = one.value
        return columns, tuple(reversed(rows))

    def _since(self, one: Total, before: Mapping[str, float]) -> str:
        """How many points lie between a total and the one before it, with its sign; nothing for a first one."""
        earlier = before.get(one.code)
        if earlier is None:
            return ""
        points = one.value - earlier
        sign = "\u2212" if points < 0 else "+" if points > 0 else ""
        return f"{sign}{self.words.number(abs(points))}"


def read(
    session: Session, first_day: int, today: int, words: TrendWords, *, which: str = "",
    markers: tuple[Marker, ...] = (),
) -> ScoresCard:  # fmt: skip
    """The card of `first_day` … `today` (ordinals). Drawn is `which` of `CODES`, else the one filled in last."""
    every = between(session, first_day, today)
    return card(every, first_day, today, words, which=which, markers=markers)


def between(session: Session, first_day: int, last_day: int) -> tuple[Total, ...]:
    """Every total of two days (ordinals) and between, oldest first."""
    found = score_rows.totals(session.connection, tuple(MEASURES), first_day, last_day)
    return tuple(Total(MEASURES[name], day, value, number) for name, day, value, number in found)


def card(
    every: tuple[Total, ...], first_day: int, today: int, words: TrendWords, *, which: str = "",
    markers: tuple[Marker, ...] = (),
) -> ScoresCard:  # fmt: skip
    """The same from totals, oldest first."""
    newest = dict.fromkeys(one.code for one in reversed(every))
    offered = tuple((code, name_of(code)) for code in newest)
    title, empty = words.plain("chart.scores.title"), words.plain("chart.scores.empty")
    chosen = which if which in newest or not offered else offered[0][0]
    drawn = [one for one in every if one.code == chosen]
    if not drawn:
        return ScoresCard(chosen, None, title, empty, Alternative(title, "", empty), offered, every, words)
    data = chart.ScoresData(
        first_day=first_day,
        last_day=today,
        days=np.array([one.day for one in drawn], dtype=np.int64),
        totals=np.array([one.value for one in drawn], dtype=np.float64),
        highest=highest(chosen),
        lines=_lines(chosen),
        markers=markers,
    )
    what = words.say("chart.scores.what", n=len(drawn), name=name_of(chosen), **words.span(first_day, today))
    figures = " ".join(
        words.say("chart.scores.alt", date=words.date(one.day), level=words.number(one.value))
        for one in drawn[-MOST_SAID:]
    )
    said = _sentence(drawn, words)
    return ScoresCard(chosen, data, title, said, Alternative(what, figures, said), offered, every, words)


def name_of(code: str) -> str:
    """What a questionnaire is called, as its authors do."""
    return INSTRUMENTS[code].name if code in INSTRUMENTS else _KNOWN[code].name


def highest(code: str) -> float:
    """The highest total there can be."""
    return float(INSTRUMENTS[code].highest if code in INSTRUMENTS else _KNOWN[code].highest)


def _lines(code: str) -> tuple[float, ...]:
    """Where its authors draw a line; the screening zone of the PCL-5 is drawn from its first to its last point."""
    if code not in INSTRUMENTS:
        return (_KNOWN[code].cut,)
    instrument = INSTRUMENTS[code]
    zone = {band: least for least, band in instrument.bands}
    if Band.ZONE in zone:
        return (float(zone[Band.ZONE]), float(zone[Band.ABOVE_ZONE] - 1))
    return tuple(float(line) for line in instrument.lines)


def _sentence(drawn: list[Total], words: TrendWords) -> str:
    """The newest total with its place, and how it compares with the first one of the period."""
    last = drawn[-1]
    said = words.say(
        "chart.scores.newest", name=name_of(last.code), date=words.date(last.day), level=words.number(last.value),
        total=words.number(highest(last.code)), value=place(last, words),
    )  # fmt: skip
    if len(drawn) < 2:
        return said
    first = drawn[0]
    return f"{said} {score_words.change(last.code, first.value, last.value, words.date(first.day), words)}"


def place(one: Total, words: TrendWords) -> str:
    """Where a total lies, by the bands or the line of its questionnaire."""
    if one.code in INSTRUMENTS:
        return score_words.band(INSTRUMENTS[one.code], round(one.value), words)
    return score_words.of_given(_KNOWN[one.code], one.value, words)


def _labels(code: str, drawn: tuple[Total, ...], words: TrendWords) -> chart.ScoresLabels:
    ends = ((0.0, words.number(0)), (highest(code), words.number(highest(code))))
    lines = _lines(code)
    between: tuple[tuple[float, str], ...]
    if code == "pcl5":
        between = ((sum(lines) / 2, f"{words.number(lines[0])}\u2013{words.number(lines[1])}"),)
    elif code in INSTRUMENTS:
        between = tuple((line, words.number(line)) for line in lines)
    else:
        between = ((lines[0], score_words.cut_said(_KNOWN[code], words)),)
    return chart.ScoresLabels(
        months=months(words),
        ticks=(ends[0], *between, ends[1]),
        numbers=tuple(words.number(one.value) for one in drawn),
        columns=(words.plain("chart.scores.column.day"), words.plain("chart.scores.column.total")),
    )
