"""Chart 11, "Are we showing up?": the last twelve planned times of each ritual, the last twelve notes on each promise.

Rows stand in the order they were begun, never by how they go. What is at rest or released is in no count. What the
other person keeps alone is theirs to count and is not here; what they release of it is told on the page for two.
Counted from ids, days and codes. Two things stand in saved states only and are handed in (`Known`): the planned times
of rituals, since a schedule is an answer, and who keeps what, since people are named in answers. Titles join last, by
`PromisesCard.named`. `app.services.occasion_cards` does all three steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec
import numpy as np

from app.charts import promises as chart
from app.charts.plot import Caption, Plot
from app.data import occasion_rows
from app.data.occasion_rows import NotedRow
from app.domain.records import RecordId
from app.domain.ritual_slots import Became, Slot
from app.domain.strength import Kept, kept_of
from app.insights.rates import LEAST_FOR_SHARE
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_words import TrendWords

MOST_RITUALS: Final = 6
MOST_PROMISES: Final = 4
"""How many rows of each are drawn: those begun last; the table has all."""
NOTES_BACK_DAYS: Final = 366
"""How far back notes on a promise are looked for, as the page of promises does."""
_NOTE, _PROMISE = "commitment_event", "commitment"
_NOT_UNDER_WAY: Final = frozenset({"proposed", "done", "released"})


class Whose(StrEnum):
    """Whose rows are shown: all this person keeps, what they keep alone, or what both keep."""

    ALL = "all"
    MINE = "mine"
    OURS = "ours"


class Went(StrEnum):
    """What became of a planned time; in the order of `chart.FORMS`."""

    WHOLE = "whole"
    LATE = "late"
    PART = "part"
    OPEN = "open"
    NOT_KEPT = "not_kept"
    REST = "rest"
    BLANK = "blank"


CODES: Final = tuple(Went)
_OF_NOTE: Final[Mapping[str, Went]] = {
    "kept": Went.WHOLE,
    "kept_late": Went.LATE,
    "partly": Went.PART,
    "not_kept": Went.NOT_KEPT,
    "released": Went.REST,
}
_OF_SLOT: Final[Mapping[Became, Went]] = {one: Went(one.value) for one in Became}


class Keepers(msgspec.Struct, frozen=True):
    """Who of the two keeps something."""

    mine: bool
    theirs: bool = False

    def among(self, whose: Whose) -> bool:
        """Whether it is shown when only `whose` rows are; what this person does not keep never is."""
        return self.mine and (whose is Whose.ALL or self.theirs is (whose is Whose.OURS))


class RitualPlan(msgspec.Struct, frozen=True):
    """A ritual in numbers: when it was begun (an ordinal), its last planned times, oldest first, its strength 0 to 100,
    None while it is too early to say, and whether it rests today.
    """

    record: RecordId
    begun: int
    slots: tuple[Slot, ...]
    strength: int | None
    resting: bool = False
    keepers: Keepers = Keepers(mine=True)


class Known(msgspec.Struct, frozen=True):
    """What saved states and settings say, in numbers and ids: rituals, who keeps what, what is out of sight. A promise
    of which nobody says who keeps it is not counted.
    """

    rituals: tuple[RitualPlan, ...] = ()
    keepers: Mapping[RecordId, Keepers] = {}
    hidden: AbstractSet[RecordId] = frozenset()


class PromiseRow(msgspec.Struct, frozen=True):
    """A row: up to `chart.LAST` times, oldest first, with their days (ordinals) and the records they stand in."""

    record: RecordId
    is_ritual: bool
    begun: int
    went: tuple[Went, ...]
    days: tuple[int, ...]
    stops: tuple[RecordId, ...]
    strength: int | None = None
    resting: bool = False

    @property
    def kept(self) -> Kept:
        """How many were kept of those that count. Of a ritual a part counts as kept, of a promise it does not: as on
        their own pages.
        """
        held = {Went.WHOLE, Went.LATE} | ({Went.PART} if self.is_ritual else set())
        return kept_of([None if one is Went.REST else one in held for one in self.went], chart.LAST)


@dataclass(frozen=True, slots=True, eq=False)
class PromisesCard:
    """The chart with its words. `data` is None where nothing was planned. `every` has all rows, `drawn` the chart's."""

    data: chart.PromisesData | None
    title: str
    sentence: str
    alternative: Alternative
    labels: chart.PromisesLabels
    every: tuple[PromiseRow, ...]
    drawn: tuple[PromiseRow, ...]
    words: TrendWords
    names: tuple[str, ...]

    @property
    def records(self) -> tuple[RecordId, ...]:
        """The rituals and promises whose titles `named` asks for."""
        return tuple(row.record for row in self.every)

    def named(self, titles: Mapping[RecordId, str]) -> PromisesCard:
        """The same card with the titles of its rows; one that has none keeps its number."""
        return _card(self.every, titles, self.words)

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table view: headings, and a row of words for each ritual and promise."""
        found = [(name, *_cells(row, self.words)) for name, row in zip(self.names, self.every, strict=True)]
        return self.labels.columns, tuple(found)

    def record_at(self, index: int) -> RecordId | None:
        """What Enter opens at a stop of the chart: the note on a promise, or the ritual; None in front of the first."""
        row, place = self._at(index)
        return self.drawn[row].stops[place] if place >= 0 else None

    def readout(self, index: int) -> str:
        """What the reading line says at a stop of the chart."""
        row, place = self._at(index)
        name = self.labels.names[row]
        if place < 0:
            return self.words.say("chart.rituals.read_none", name=name)
        one, day = self.drawn[row].went[place], self.drawn[row].days[place]
        return self.words.say(
            "chart.rituals.read", name=name, date=self.words.date(day), value=_mark(self.words, one)
        )  # fmt: skip

    def plot(self) -> Plot | None:
        """The chart for a view; None where there is nothing to draw."""
        if self.data is None:
            return None
        return chart.plot(self.data, self.labels, Caption(self.title, self.sentence, self.readout))

    def _at(self, index: int) -> tuple[int, int]:
        """The row of a stop, and its place among the row's times, below 0 in front of the first."""
        row, place = divmod(index, chart.LAST)
        return row, place - (chart.LAST - len(self.drawn[row].went))


def read(
    session: Session,
    first_day: int,
    today: int,
    words: TrendWords,
    *,
    whose: Whose = Whose.ALL,
    known: Known | None = None,
) -> PromisesCard:
    """The card as of `today` (an ordinal), with numbers for names: always the last twelve times, whatever the period.

    `first_day` decides only whether what has ended is still shown: where something became of it since.
    """
    known = known or Known()
    rows = (*_rituals(known, whose), *_promises(session, first_day, today, known, whose))
    return _card(tuple(sorted(rows, key=lambda row: (not row.is_ritual, row.begun, row.record))), {}, words)


def _rituals(known: Known, whose: Whose) -> Iterator[PromiseRow]:
    for plan in known.rituals:
        if plan.record in known.hidden or not plan.keepers.among(whose):
            continue
        last = plan.slots[-chart.LAST :]
        yield PromiseRow(
            record=plan.record,
            is_ritual=True,
            begun=plan.begun,
            went=tuple(_OF_SLOT[slot.became] for slot in last),
            days=tuple(slot.day for slot in last),
            stops=(plan.record,) * len(last),
            strength=plan.strength,
            resting=plan.resting,
        )


def _promises(session: Session, first_day: int, today: int, known: Known, whose: Whose) -> Iterator[PromiseRow]:
    since = min(first_day, today - NOTES_BACK_DAYS)
    noted: dict[RecordId, list[NotedRow]] = {}
    for space in session.spaces:
        for note in occasion_rows.notes_between(space.connection, _NOTE, _PROMISE, since, today):
            if note.record not in known.hidden and note.outcome in _OF_NOTE:
                noted.setdefault(note.target, []).append(note)
    for space in session.spaces:
        for record, begun, state in occasion_rows.standing_of(space.connection, _PROMISE):
            kept_by = known.keepers.get(record)
            if kept_by is None or not kept_by.among(whose) or record in known.hidden:
                continue
            last = sorted(noted.get(record, ()), key=lambda note: (note.day, note.record))[-chart.LAST :]
            if state in _NOT_UNDER_WAY and not (last and last[-1].day >= first_day):
                continue
            yield PromiseRow(
                record=record,
                is_ritual=False,
                begun=begun,
                went=tuple(_OF_NOTE[note.outcome] for note in last),
                days=tuple(note.day for note in last),
                stops=tuple(note.record for note in last),
                resting=state == "paused",
            )


# ------------------------------------------------------------------------------------------------ the card


def _card(every: tuple[PromiseRow, ...], titles: Mapping[RecordId, str], words: TrendWords) -> PromisesCard:
    names = _names(every, titles, words)
    shown = _newest(every)
    drawn = tuple(every[place] for place in shown)
    title = words.plain("chart.rituals.solo_title" if words.solo else "chart.rituals.title")
    sentence = _sentence(every, len(drawn), words) if every else words.plain("chart.rituals.empty")
    alternative = Alternative(title, "", sentence)
    if every:
        said = [
            words.say("chart.rituals.figure", name=name, value=", ".join(part for part in _aside(row, words) if part))
            for name, row in zip(names, every, strict=True)
        ]
        alternative = Alternative(words.say("chart.rituals.what", n=len(every)), " ".join(said), sentence)
    return PromisesCard(
        data=_data(drawn) if drawn else None,
        title=title,
        sentence=sentence,
        alternative=alternative,
        labels=_labels(drawn, tuple(names[place] for place in shown), words),
        every=every,
        drawn=drawn,
        words=words,
        names=names,
    )


def _newest(every: tuple[PromiseRow, ...]) -> list[int]:
    """The places of the rows that are drawn, in order."""
    rituals = [place for place, row in enumerate(every) if row.is_ritual]
    promises = [place for place, row in enumerate(every) if not row.is_ritual]
    return rituals[-MOST_RITUALS:] + promises[-MOST_PROMISES:]


def _names(every: tuple[PromiseRow, ...], titles: Mapping[RecordId, str], words: TrendWords) -> tuple[str, ...]:
    """Titles, and for what has none its kind with a number."""
    numbers = {True: 0, False: 0}
    found = []
    for row in every:
        numbers[row.is_ritual] += 1
        key = "chart.rituals.ritual" if row.is_ritual else "chart.rituals.promise"
        found.append(titles.get(row.record) or words.say(key, n=numbers[row.is_ritual]))
    return tuple(found)


def _data(drawn: tuple[PromiseRow, ...]) -> chart.PromisesData:
    codes = np.full((len(drawn), chart.LAST), chart.NONE, dtype=np.int64)
    days = np.zeros_like(codes)
    for place, row in enumerate(drawn):
        if row.went:
            codes[place, -len(row.went) :] = [CODES.index(one) for one in row.went]
            days[place, -len(row.went) :] = row.days
    strength = [np.nan if row.strength is None else float(row.strength) for row in drawn]
    resting = np.asarray([row.resting for row in drawn], dtype=np.bool_)
    return chart.PromisesData(codes, days, np.asarray(strength, dtype=np.float64), resting)


def _labels(drawn: tuple[PromiseRow, ...], names: tuple[str, ...], words: TrendWords) -> chart.PromisesLabels:
    column = {name: words.plain(f"chart.rituals.column.{name}") for name in ("name", "count", "strength")}
    marks = tuple(_mark(words, one) for one in CODES)
    return chart.PromisesLabels(
        names=names,
        asides=tuple(_aside(row, words) for row in drawn),
        marks=marks,
        columns=(column["name"], column["count"], column["strength"], *marks),
        cells=tuple(_cells(row, words) for row in drawn),
    )


def _cells(row: PromiseRow, words: TrendWords) -> tuple[str, ...]:
    """A row of the table without its name: k of n, strength, and how often each thing became of it."""
    strength = "" if row.strength is None else str(row.strength)
    return (_count(row, words), strength, *(str(row.went.count(one)) for one in CODES))


def _aside(row: PromiseRow, words: TrendWords) -> tuple[str, str]:
    """The count; under it strength, rest, and what is in no count."""
    parts = [] if row.strength is None else [words.say("chart.rituals.strength", level=row.strength)]
    parts += [words.plain("chart.rituals.resting")] if row.resting else []
    if rested := row.went.count(Went.REST):
        parts.append(words.say("chart.rituals.beside", n=rested, value=_mark(words, Went.REST)))
    return _count(row, words), ", ".join(parts)


def _count(row: PromiseRow, words: TrendWords) -> str:
    """How many of the last ones; below five, and while a ritual is too young for a strength, the bare numbers."""
    kept = row.kept
    if not kept.total:
        return words.plain("chart.rituals.none")
    young = row.is_ritual and row.strength is None
    key = "early" if young else "few" if kept.total < LEAST_FOR_SHARE else "share"
    return words.say(f"chart.rituals.{key}", done=kept.kept, total=kept.total)


def _sentence(every: tuple[PromiseRow, ...], drawn: int, words: TrendWords) -> str:
    rituals = sum(row.is_ritual for row in every)
    counts = (("rituals", rituals), ("promises", len(every) - rituals))
    parts = [words.say(f"chart.rituals.{key}", n=number) for key, number in counts if number]
    if any(Went.REST in row.went for row in every):
        parts.append(words.plain("chart.rituals.rests"))
    if len(every) > drawn:
        parts.append(words.say("chart.rituals.more", n=len(every) - drawn))
    return " ".join(parts)


def _mark(words: TrendWords, went: Went) -> str:
    key = "solo_part" if went is Went.PART and words.solo else went.value
    return words.plain(f"chart.rituals.marks.{key}")
