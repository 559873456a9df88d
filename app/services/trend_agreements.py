"""Chart 10, "How are the agreements going?": each agreement's noted occasions, and how often it was kept.

Counted as the page of agreements counts (`app.domain.kinds.agreement`): a note and the other person's reading of it are
one occasion; what is seen differently stands beside the counts until both let it rest. From ids, days and codes alone:
until `AgreementsCard.named` is given titles (`app.services.occasion_cards` does both), rows are numbered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import msgspec
import numpy as np

from app.charts import agreements as chart
from app.charts.markers import Marker
from app.charts.plot import Caption, Plot
from app.data import occasion_rows
from app.data.occasion_rows import NotedRow
from app.domain.kinds.agreement import Held, Mark, Occasion, Outcome, held_of, occasions_of, reading_of
from app.domain.records import RecordId
from app.insights.rates import Share, wilson
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_words import TrendWords

MOST_ROWS: Final = 8
"""How many agreements are drawn: those with the newest occasions, in the order they were begun."""
_NOTE, _FIELD = "boundary_occasion", "boundary"


class Noted(StrEnum):
    """What an occasion comes to, as the chart tells it apart; in the order of `chart.FORMS`."""

    KEPT = "kept"
    STRAINED = "strained"
    TALKED = "talked"
    CROSSED = "crossed"
    UNCLEAR = "unclear"
    REWORDED = "reworded"
    DIFFERENT = "different"


CODES: Final = tuple(Noted)
_BESIDE: Final = (Noted.DIFFERENT, Noted.UNCLEAR, Noted.REWORDED)
"""What is in neither number of a share, and said beside it."""


class AgreementRow(msgspec.Struct, frozen=True):
    """One agreement of the period. `occasions` are oldest first, with what each came to in `noted`; `begun` is an
    ordinal. `held` is the page's own count, `share` the same with its Wilson 95 % interval.
    """

    record: RecordId
    begun: int
    occasions: tuple[Occasion, ...]
    noted: tuple[Noted, ...]
    held: Held
    share: Share

    @classmethod
    def of(cls, record: RecordId, begun: int, notes: Iterable[NotedRow]) -> AgreementRow:
        """Put the notes on one agreement together."""
        occasions = occasions_of(map(reading_of, notes))[::-1]
        held = held_of(occasions)
        return cls(record, begun, occasions, tuple(map(noted_as, occasions)), held, wilson(held.held, held.of))

    @property
    def counts(self) -> Counter[Noted]:
        """How many occasions came to what."""
        return Counter(self.noted)


@dataclass(frozen=True, slots=True, eq=False)
class AgreementsCard:
    """The chart with its words. `data` is None without an occasion.

    `every` are all agreements of the period in the order they were begun, `drawn` those of the chart; `stops` have the
    note each mark of the chart stands for, in the order of its readouts.
    """

    data: chart.AgreementsData | None
    title: str
    sentence: str
    alternative: Alternative
    labels: chart.AgreementsLabels
    every: tuple[AgreementRow, ...]
    drawn: tuple[AgreementRow, ...]
    stops: tuple[RecordId, ...]
    period: tuple[int, int]
    repaired: Mapping[str, int]
    words: TrendWords
    names: tuple[str, ...]
    markers: tuple[Marker, ...] = ()

    @property
    def records(self) -> tuple[RecordId, ...]:
        """The agreements whose titles `named` asks for."""
        return tuple(row.record for row in self.every)

    def named(self, titles: Mapping[RecordId, str], markers: tuple[Marker, ...] = ()) -> AgreementsCard:
        """The same card with the titles of its rows, and life markers; a row that has no title keeps its number."""
        card = _card(self.every, self.repaired, self.period, titles, self.words)
        data = replace(card.data, markers=markers) if card.data is not None else None
        return replace(card, data=data, markers=markers)

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table view: headings, and a row of words for each agreement."""
        columns = tuple(self.words.plain(f"chart.agreements.column.{name}") for name in ("name", "share", "range"))
        marks = tuple(_mark(self.words, one) for one in CODES)
        found = []
        for name, row in zip(self.names, self.every, strict=True):
            share, few = row.share, _few(self.words, row.held)
            spread = "" if share.worded else f"{_percent(share.low)}\u2013{_percent(share.high)} %"
            found.append((name, *(str(row.counts.get(one, 0)) for one in CODES), few, spread))
        return (columns[0], *marks, *columns[1:]), tuple(found)

    def readout(self, index: int) -> str:
        """What the reading line says at a mark of the chart."""
        if self.data is None:
            return self.sentence
        day, repaired = int(self.data.days[index]), float(self.data.repaired[index])
        name, mark = self.labels.names[int(self.data.row[index])], self.labels.marks[int(self.data.marks[index])]
        said = self.words.say("chart.agreements.read", name=name, date=self.words.date(day), value=mark)
        if np.isfinite(repaired):
            said = f"{said} {self.words.say('chart.agreements.read_repair', date=self.words.date(int(repaired)))}"
        return said

    def plot(self) -> Plot | None:
        """The chart for a view; None where there is nothing to draw."""
        if self.data is None:
            return None
        return chart.plot(self.data, self.labels, Caption(self.title, self.sentence, self.readout))


def read(
    session: Session, first_day: int, today: int, words: TrendWords, *, hidden: AbstractSet[RecordId] = frozenset()
) -> AgreementsCard:
    """The card of the days `first_day` … `today` (ordinals, both included), with numbers for names.

    `hidden` are records of the other person that this one does not want to meet: read beforehand, since what is put
    out of sight stands among the settings, which charts do not read.
    """
    noted: dict[RecordId, list[NotedRow]] = {}
    repairs: set[str] = set()
    for space in session.spaces:
        for one in occasion_rows.notes_between(space.connection, _NOTE, _FIELD, first_day, today):
            if one.record not in hidden and one.target not in hidden:
                noted.setdefault(one.target, []).append(one)
                repairs.add(one.repair)
    begun: dict[RecordId, int] = {}
    for space in session.spaces:
        begun.update(occasion_rows.days_of(space.connection, {*noted, *(repairs - {""})}))
    rows = [AgreementRow.of(record, begun[record], notes) for record, notes in noted.items() if record in begun]
    rows.sort(key=lambda row: (row.begun, row.record))
    led: dict[str, int] = {
        one.record: begun[RecordId(one.repair)]
        for notes in noted.values()
        for one in notes
        if one.repair and RecordId(one.repair) in begun
    }
    return _card(tuple(rows), led, (first_day, today), {}, words)


def noted_as(occasion: Occasion) -> Noted:
    """What one occasion comes to. New wording is told apart from unclear, which the page's marks do not."""
    mark = occasion.mark
    if mark is Mark.UNCLEAR and not occasion.seen_differently and occasion.first.outcome is Outcome.RENEGOTIATED:
        return Noted.REWORDED
    return Noted(mark.value)


# ------------------------------------------------------------------------------------------------ the card


def _card(
    every: tuple[AgreementRow, ...],
    repaired: Mapping[str, int],
    period: tuple[int, int],
    titles: Mapping[RecordId, str],
    words: TrendWords,
) -> AgreementsCard:
    names = tuple(
        titles.get(row.record) or words.say("chart.agreements.numbered", n=number)
        for number, row in enumerate(every, start=1)
    )
    newest = sorted(range(len(every)), key=lambda place: -every[place].occasions[-1].first.day)[:MOST_ROWS]
    shown = sorted(newest)
    drawn = tuple(every[place] for place in shown)
    title = words.plain("chart.agreements.title")
    labels = _labels(drawn, tuple(names[place] for place in shown), words)
    sentence = _sentence(every, len(drawn), words) if every else words.plain("chart.agreements.empty")
    return AgreementsCard(
        data=_data(drawn, repaired, period) if drawn else None,
        title=title,
        sentence=sentence,
        alternative=_alternative(every, names, period, sentence, words) if every else Alternative(title, "", sentence),
        labels=labels,
        every=every,
        drawn=drawn,
        stops=tuple(RecordId(one.first.record) for row in drawn for one in row.occasions),
        period=period,
        repaired=repaired,
        words=words,
        names=names,
    )


def _data(
    drawn: tuple[AgreementRow, ...], repaired: Mapping[str, int], period: tuple[int, int]
) -> chart.AgreementsData:
    flat = [(place, one) for place, row in enumerate(drawn) for one in row.occasions]
    codes = {one: code for code, one in enumerate(CODES)}
    shares = [row.share for row in drawn]
    known = [not share.worded for share in shares]
    return chart.AgreementsData(
        first_day=period[0],
        last_day=period[1],
        row=np.asarray([place for place, _ in flat], dtype=np.int64),
        days=np.asarray([one.first.day for _, one in flat], dtype=np.int64),
        marks=np.asarray([codes[one] for row in drawn for one in row.noted], dtype=np.int64),
        repaired=np.asarray([_repaired(one, repaired) for _, one in flat], dtype=np.float64),
        share=np.where(known, [share.kept / max(share.total, 1) for share in shares], np.nan),
        low=np.where(known, [share.low for share in shares], np.nan),
        high=np.where(known, [share.high for share in shares], np.nan),
    )


def _repaired(occasion: Occasion, repaired: Mapping[str, int]) -> float:
    """The day of the talk or apology either reading leads to; the earlier of two."""
    days = [
        repaired[one.record] for one in (occasion.first, occasion.other) if one is not None and one.record in repaired
    ]
    return float(min(days)) if days else float("nan")


def _labels(drawn: Iterable[AgreementRow], names: tuple[str, ...], words: TrendWords) -> chart.AgreementsLabels:
    column = {name: words.plain(f"chart.agreements.column.{name}") for name in ("name", "occasion", "repair")}
    return chart.AgreementsLabels(
        months=months(words),
        names=names,
        asides=tuple(_aside(row, words) for row in drawn),
        marks=tuple(_mark(words, one) for one in CODES),
        repair=words.plain("chart.agreements.marks.repair"),
        columns=(column["name"], words.plain("trends.column.day"), column["occasion"], column["repair"]),
    )


def _aside(row: AgreementRow, words: TrendWords) -> tuple[str, str]:
    """The share with its range, below five the two numbers alone; and under it what stands beside the count."""
    share = row.share
    if share.worded:
        first = _few(words, row.held)
    else:
        spread = {"low": _percent(share.low), "high": _percent(share.high)}
        first = words.say("chart.agreements.share", kept=share.kept, total=share.total, **spread)
    counts = row.counts
    beside = [
        words.say("chart.agreements.beside", n=counts[one], value=_mark(words, one))
        for one in _BESIDE
        if counts.get(one)
    ]
    return first, ", ".join(beside)


def _few(words: TrendWords, held: Held) -> str:
    if not held.of:
        return words.plain("chart.agreements.none")
    return words.say("chart.agreements.few", kept=held.held, total=held.of)


def _sentence(every: tuple[AgreementRow, ...], drawn: int, words: TrendWords) -> str:
    total: Counter[Noted] = Counter(one for row in every for one in row.noted)
    parts = [words.say("chart.agreements.occasions", n=total.total())]
    for key, number in (
        ("talked", total[Noted.TALKED]),
        ("differently", total[Noted.DIFFERENT]),
        ("more", len(every) - drawn),
    ):
        if number:
            parts.append(words.say(f"chart.agreements.{key}", n=number))
    return " ".join(parts)


def _alternative(
    every: tuple[AgreementRow, ...], names: tuple[str, ...], period: tuple[int, int], sentence: str, words: TrendWords
) -> Alternative:
    span = words.span(*period)
    what = words.say("chart.agreements.what", n=sum(len(row.occasions) for row in every), **span)
    figures = []
    for name, row in zip(names, every, strict=True):
        share, counts = row.share, row.counts
        if share.worded:
            said = [words.say("chart.agreements.mark", value=_mark(words, one), n=counts[one]) for one in CODES
                    if counts.get(one)]  # fmt: skip
            figures.append(words.say("chart.agreements.counts", name=name, values=", ".join(said)))
            continue
        spread = {"low": _percent(share.low), "high": _percent(share.high)}
        figures.append(words.say("chart.agreements.plausible", name=name, kept=share.kept, total=share.total, **spread))
        if beside := _aside(row, words)[1]:
            figures.append(words.say("chart.agreements.counts", name=name, values=beside))
    return Alternative(what, " ".join(figures), sentence)


def _mark(words: TrendWords, noted: Noted) -> str:
    return words.plain(f"chart.agreements.marks.{noted.value}")


def _percent(share: float) -> int:
    return round(100 * share)
