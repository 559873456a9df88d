"""Chart 14, "Perception gap": how somebody came across by the other's report, beside their own picture of it.

Both are index values 0-10 of the same three answers: the week means of those that can be seen, if at least two can,
times 2.5 (insights.md 1.2). The gap is judged over finished four-week blocks only, so that it is looked at every four
weeks and not at every look. Beside it the three answers by themselves, on their own scale of 0-4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.charts.perception import PerceptionData, PerceptionLabels
from app.domain.released import Side, Stream
from app.insights.arrays import Floats, Ints
from app.insights.gap import BLOCK_WEEKS, Blocks, Gap, GapTier, blocks, perception_gap
from app.insights.series import DAYS_A_WEEK, midmean
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_two_views import mondays_between, row_of, weekly
from app.services.trend_words import TrendWords

GAP_WEEKS: Final = 24
"""How far back the gap looks: six blocks of four weeks."""
ANSWERS: Final = ("accessible", "responsive", "engaged")
LEAST_WEEKS: Final = 3
"""So many weeks both answered before the three answers are set side by side."""
_INDEX_SCALE: Final = 2.5
_INDEX_NEEDS: Final = 2
_APART: Final = 0.5
"""Of 0-4: nearer than this is close."""
_BLOCK_DAYS: Final = BLOCK_WEEKS * DAYS_A_WEEK


@dataclass(frozen=True, slots=True, eq=False)
class GapCard:
    """How the person of `seat` (0 the first) pictured themselves, and how it was felt. `data` is None below six pairs.

    `read`: what a reading line says, a block each.
    """

    seat: int
    data: PerceptionData | None
    gap: Gap
    title: str
    sentence: str
    alternative: Alternative
    labels: PerceptionLabels
    read: tuple[str, ...] = ()

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table view: headings, and a row of words for each block."""
        if self.data is None:
            return self.labels.columns, ()
        columns = zip(self.data.mondays, self.data.weeks, self.data.received, self.data.pictured, strict=True)
        return self.labels.columns, tuple(
            (dt.date.fromordinal(int(monday)).isoformat(), str(int(weeks)), f"{there:.1f}", f"{here:.1f}")
            for monday, weeks, there, here in columns
        )


@dataclass(frozen=True, slots=True)
class DifferRow:
    """One of the three answers, typically over the weeks both gave it: as felt and as pictured, 0-4."""

    id: str
    title: str
    received: float
    pictured: float


@dataclass(frozen=True, slots=True)
class DifferCard:
    """The three answers side by side: `seat` pictured, the other received. No rows with too little to set together."""

    seat: int
    title: str
    rows: tuple[DifferRow, ...]
    sentence: str
    widest: str = ""


def gap_card(sides: tuple[Side, Side], seat: int, last_day: int, words: TrendWords) -> GapCard:
    """The gap of how the person of `seat` came across, up to the newest four-week block that ended by `last_day`."""
    own, other = sides[seat], sides[1 - seat]
    one, second = own.person.name, other.person.name
    title = words.say("together.gap.title", name=one)
    labels = _labels(one, second, words)
    last = last_day // _BLOCK_DAYS * _BLOCK_DAYS
    weeks = mondays_between(last - GAP_WEEKS * DAYS_A_WEEK + 1, last)
    received, pictured = _index(other, Stream.ARE, weeks), _index(own, Stream.MIRROR, weeks)
    gap = perception_gap(received, pictured)
    if gap.tier is GapTier.NOT_ENOUGH:
        empty = words.plain("chart.perception.empty")
        return GapCard(seat, None, gap, title, empty, Alternative(title, "", empty), labels)
    found = blocks(weeks, received, pictured)
    levels = {"received": words.number(gap.received or 0.0), "pictured": words.number(gap.pictured or 0.0)}
    said = words.say(f"together.gap.{gap.tier.value}", first=one, second=second, **levels)
    figures = words.say("together.gap.figures", n=gap.pairs, **levels)
    return GapCard(
        seat=seat,
        data=PerceptionData(found.mondays, found.weeks, found.received, found.pictured, seat),
        gap=gap,
        title=title,
        sentence=said,
        alternative=Alternative(f"{title}.", f"{figures} {_range(gap, words)}", said),
        labels=labels,
        read=_read(found, labels, words),
    )


def differ_card(
    sides: tuple[Side, Side], seat: int, first_day: int, last_day: int, levels: tuple[str, ...], words: TrendWords
) -> DifferCard:
    """The three answers of a period; `levels` are the words of the scale 0-4, as the question has them."""
    own, other = sides[seat], sides[1 - seat]
    weeks = mondays_between(first_day, last_day)
    rows = []
    for answer in ANSWERS:
        received = weekly(row_of(other, Stream.ARE, answer), weeks)
        pictured = weekly(row_of(own, Stream.MIRROR, answer), weeks)
        both = np.isfinite(received) & np.isfinite(pictured)
        if both.sum() >= LEAST_WEEKS:
            title = words.plain(f"together.differ.{answer}")
            rows.append(DifferRow(answer, title, midmean(received[both]), midmean(pictured[both])))
    title = words.plain("together.differ.title")
    if not rows:
        return DifferCard(seat, title, (), words.plain("together.differ.empty"))
    widest = max(rows, key=lambda row: abs(row.received - row.pictured))
    told = tuple(levels[round(value)] for value in (widest.received, widest.pictured))
    if abs(widest.received - widest.pictured) < _APART or told[0] == told[1]:
        return DifferCard(seat, title, tuple(rows), words.plain("together.differ.close"))
    said = words.say(
        "together.differ.widest",
        measure=widest.title.lower(),
        first=own.person.name,
        second=other.person.name,
        received=told[0],
        pictured=told[1],
    )
    return DifferCard(seat, title, tuple(rows), said, widest.id)


def _index(side: Side, stream: Stream, weeks: Ints) -> Floats:
    """One person's three answers as one number 0-10 a week, NaN below two of them."""
    answers = np.vstack([weekly(row_of(side, stream, answer), weeks) for answer in ANSWERS])
    known = np.isfinite(answers)
    counts = known.sum(axis=0)
    sums = np.where(known, answers, 0.0).sum(axis=0)
    return np.where(counts >= _INDEX_NEEDS, sums / np.maximum(counts, 1) * _INDEX_SCALE, np.nan)


def _labels(one: str, second: str, words: TrendWords) -> PerceptionLabels:
    felt, pictured = words.say("together.gap.felt", name=second), words.say("together.gap.pictured", name=one)
    columns = words.plain("together.gap.from"), words.plain("together.gap.weeks"), felt, pictured
    return PerceptionLabels(months(words), felt, pictured, columns)


def _read(found: Blocks, labels: PerceptionLabels, words: TrendWords) -> tuple[str, ...]:
    said = []
    for monday, count, there, here in zip(found.mondays, found.weeks, found.received, found.pictured, strict=True):
        value = f"{labels.received} {words.number(float(there))}, {labels.pictured} {words.number(float(here))}"
        said.append(words.say("together.gap.read", date=words.date(int(monday)), n=int(count), value=value))
    return tuple(said)


def _range(gap: Gap, words: TrendWords) -> str:
    if gap.size is None or gap.low is None or gap.high is None:
        return ""
    low, high = sorted((abs(gap.low), abs(gap.high)))
    if gap.low <= 0 <= gap.high:
        low = 0.0
    size = {"change": words.number(abs(gap.size)), "low": words.number(low), "high": words.number(high)}
    return words.say("together.gap.range", **size)
