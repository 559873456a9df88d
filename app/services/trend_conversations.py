"""Chart 12, "Do repair talks reach further?": how far each guided conversation went, and how heard each of two felt.

How far a talk went is a measure and is counted from ids and numbers. How heard each felt stands in the saved talk, one
number a person: `app.services.occasion_cards` takes those numbers out of it, and nothing else, and hands them in. What
a talk was called joins last, by `ConversationsCard.named`; until then it is numbered. One person's number is never
averaged with the other's, and a talk that kept no step says that none is noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from app.charts import conversations as chart
from app.charts.plot import Caption, Plot
from app.data import occasion_rows
from app.domain.records import RecordId
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_labels import months
from app.services.trend_words import TrendWords

KIND: Final = "conversation"
_REACHED: Final = "conversation.reached"
_STAGES: Final = "reach_stages"


class Heard(msgspec.Struct, frozen=True):
    """How heard each felt at the end, 0 to 10; None where that was not said, or not kept."""

    mine: int | None = None
    theirs: int | None = None


class Talk(msgspec.Struct, frozen=True):
    """One conversation: `day` is an ordinal, `reached` 1 to 7, None where it is not noted. `own` talks stand in the
    private file.
    """

    record: RecordId
    day: int
    reached: int | None
    heard: Heard = Heard()
    own: bool = False

    @property
    def alone(self) -> bool:
        """Whether it was held alone: then the number says how clear it was, and not how heard somebody felt."""
        return self.own and self.heard.theirs is None


@dataclass(frozen=True, slots=True, eq=False)
class ConversationsCard:
    """The chart with its words. `data` is None without a talk. `every` are the talks of the period in time order,
    `drawn` the newest of them, one a stop of the chart.
    """

    data: chart.ConversationsData | None
    title: str
    sentence: str
    alternative: Alternative
    labels: chart.ConversationsLabels
    every: tuple[Talk, ...]
    drawn: tuple[Talk, ...]
    period: tuple[int, int]
    people: tuple[str, str]
    stages: tuple[str, ...]
    words: TrendWords
    names: tuple[str, ...]

    @property
    def records(self) -> tuple[RecordId, ...]:
        """The talks whose titles `named` asks for."""
        return tuple(talk.record for talk in self.every)

    def named(self, titles: Mapping[RecordId, str]) -> ConversationsCard:
        """The same card with the names of its talks; one that has none keeps its number."""
        return _card(self.every, self.period, self.people, self.stages, titles, self.words)

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table view: headings, and a row of words for each talk."""
        found = []
        for name, talk in zip(self.names, self.every, strict=True):
            heard = (talk.heard.mine, talk.heard.theirs) if self.people[1] else (talk.heard.mine,)
            said = ("" if value is None else str(value) for value in heard)
            found.append((name, self.words.full_date(talk.day), self._stage(talk), *said))
        return self.labels.columns, tuple(found)

    def record_at(self, index: int) -> RecordId | None:
        """The talk whose notes Enter opens at a stop of the chart."""
        return self.drawn[index].record if 0 <= index < len(self.drawn) else None

    def readout(self, index: int) -> str:
        """What the reading line says at a stop of the chart."""
        talk, name = self.drawn[index], self.labels.names[index]
        dated = self.words.say("chart.repair.dated", name=name, date=self.words.date(talk.day))
        return _told(talk, dated, self.people, self.stages, self.words)

    def plot(self) -> Plot | None:
        """The chart for a view; None where there is nothing to draw."""
        if self.data is None:
            return None
        return chart.plot(self.data, self.labels, Caption(self.title, self.sentence, self.readout))

    def _stage(self, talk: Talk) -> str:
        return self.stages[talk.reached - 1] if talk.reached else self.labels.not_noted


def read(
    session: Session,
    first_day: int,
    today: int,
    words: TrendWords,
    *,
    heard: Mapping[RecordId, Heard] | None = None,
    hidden: AbstractSet[RecordId] = frozenset(),
) -> ConversationsCard:
    """The card of the days `first_day` … `today` (ordinals, both included), with numbers for names.

    `heard` are the numbers taken out of saved talks, `hidden` what this person does not want to meet.
    """
    known = heard or {}
    rows = [
        (row, space is not session.shared)
        for space in session.spaces
        for row in occasion_rows.talks_between(space.connection, KIND, _REACHED, first_day, today)
        if row.record not in hidden
    ]
    rows.sort(key=lambda found: (found[0].day, found[0].instant_ms))
    every = tuple(
        Talk(row.record, row.day, _step(row.reached), known.get(row.record, Heard()), own) for row, own in rows
    )
    stages = tuple(item.label for item in session.content.list(_STAGES).items)
    people = (session.person.name, "" if words.solo else session.partner or "")
    return _card(every, (first_day, today), people, stages, {}, words)


def _step(reached: int | None) -> int | None:
    return reached if reached is not None and 1 <= reached <= chart.STAGES else None


# ------------------------------------------------------------------------------------------------ the card


def _card(
    every: tuple[Talk, ...],
    period: tuple[int, int],
    people: tuple[str, str],
    stages: tuple[str, ...],
    titles: Mapping[RecordId, str],
    words: TrendWords,
) -> ConversationsCard:
    names = tuple(
        titles.get(talk.record) or words.say("chart.repair.talk", n=number)
        for number, talk in enumerate(every, start=1)
    )
    drawn = every[-chart.MOST :]
    title = words.plain("chart.repair.title")
    sentence = _sentence(every, len(drawn), stages, words) if every else words.plain("chart.repair.empty")
    alternative = Alternative(title, "", sentence)
    if every:
        told = [
            _told(talk, words.say("chart.repair.dated", name=name, date=words.date(talk.day)), people, stages, words)
            for name, talk in zip(names[-chart.MOST :], drawn, strict=True)
        ]
        alternative = Alternative(
            words.say("chart.repair.what", n=len(every), **words.span(*period)), " ".join(told), sentence
        )
    return ConversationsCard(
        data=_data(drawn) if drawn else None,
        title=title,
        sentence=sentence,
        alternative=alternative,
        labels=_labels(people, stages, names[-chart.MOST :], words),
        every=every,
        drawn=drawn,
        period=period,
        people=people,
        stages=stages,
        words=words,
        names=names,
    )


def _data(drawn: tuple[Talk, ...]) -> chart.ConversationsData:
    def numbers(values: list[int | None]) -> list[float]:
        return [np.nan if value is None else float(value) for value in values]

    return chart.ConversationsData(
        days=np.asarray([talk.day for talk in drawn], dtype=np.int64),
        reached=np.asarray([talk.reached or 0 for talk in drawn], dtype=np.int64),
        mine=np.asarray(numbers([talk.heard.mine for talk in drawn]), dtype=np.float64),
        theirs=np.asarray(numbers([talk.heard.theirs for talk in drawn]), dtype=np.float64),
    )


def _labels(
    people: tuple[str, str], stages: tuple[str, ...], names: tuple[str, ...], words: TrendWords
) -> chart.ConversationsLabels:
    if people[1]:
        heard = tuple(words.say("chart.repair.column.heard", name=name) for name in people)
    else:
        heard = (words.plain("chart.repair.column.clear"),)
    step = words.plain("chart.repair.column.step")
    return chart.ConversationsLabels(
        months=months(words),
        stages=stages,
        not_noted=words.plain("chart.repair.not_noted"),
        heard=words.plain("chart.repair.axis.heard" if people[1] else "chart.repair.axis.clear"),
        mine=people[0],
        theirs=people[1],
        columns=(words.plain("chart.repair.column.name"), words.plain("trends.column.day"), step, *heard),
        names=names,
    )


def _told(talk: Talk, name: str, people: tuple[str, str], stages: tuple[str, ...], words: TrendWords) -> str:
    """One talk in words: its step, or that none is noted, and what each said of how heard they felt."""
    if talk.reached:
        parts = [words.say("chart.repair.alt", name=name, stage=stages[talk.reached - 1])]
    else:
        parts = [words.say("chart.repair.alt_none", name=name)]
    if people[1] and not talk.alone:
        parts += [
            words.say("chart.repair.heard", name=person, level=level)
            for person, level in zip(people, (talk.heard.mine, talk.heard.theirs), strict=True)
            if level is not None
        ]
    elif talk.heard.mine is not None:
        parts.append(words.say("chart.repair.clear", level=talk.heard.mine))
    return " ".join(parts)


def _sentence(every: tuple[Talk, ...], drawn: int, stages: tuple[str, ...], words: TrendWords) -> str:
    noted = [talk.reached for talk in every if talk.reached]
    parts = [words.say("chart.repair.noted", n=len(noted), total=len(every))]
    if noted:
        parts.append(words.say("chart.repair.newest", stage=stages[noted[-1] - 1]))
    if len(every) > drawn:
        parts.append(words.say("chart.repair.older", n=len(every) - drawn))
    return " ".join(parts)
