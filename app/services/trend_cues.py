"""Chart 7, "What tends to follow what?": kinds of cue beside what was done, or beside what came back; counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.charts import cues, empty
from app.charts.plot import Caption, Plot
from app.data import event_rows
from app.domain.fields import Field
from app.domain.wording import label_for
from app.insights.arrays import Flags, Ints
from app.services import trend_events
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_events import EVERY, Events, Picked
from app.services.trend_words import TrendWords

LEAST_EVENTS = 10
TOP_PAIRS = 3
OWN = ""
"""Stands for every cue somebody named in words of their own: no chart draws those words."""


class Response(StrEnum):
    """What is set beside the cue: the move the person made, or what came back from the other."""

    MOVE = "move"
    CAME_BACK = "partner_response"


@dataclass(frozen=True, slots=True, eq=False)
class CuesCard:
    """Chart 7. `data` is None below ten triggers with both a cue and a response; `both` counts them.

    `given` and `answers` are positions in `events` by row and by column of the table, rising.
    """

    title: str
    data: cues.CuesData | None
    both: int
    events: Events
    given: tuple[Ints, ...]
    answers: tuple[Ints, ...]
    labels: cues.CuesLabels
    sentence: str
    alternative: Alternative
    words: TrendWords

    @property
    def plot(self) -> Plot:
        """The chart for a view; stops are the cells, row by row."""
        if self.data is None:
            return empty.plot(self.sentence, self.title)
        return cues.plot(self.data, self.labels, Caption(self.title, self.alternative.text, self.readout))

    def readout(self, stop: int) -> str:
        """One cell in words."""
        if self.data is None:
            return self.sentence
        row, column = divmod(stop, len(self.labels.responses))
        cue, response = self.labels.cues[row], self.labels.responses[column]
        count = int(self.data.counts[row, column])
        if not count:
            return self.words.say("chart.cues.read_none", first=cue, last=response)
        return f"{self.words.say('chart.cues.pair', n=count, first=cue, last=response)}."

    def behind(self, stop: int) -> tuple[int, ...]:
        """The rows (`trend_events.records` opens them) of the triggers behind a cell, oldest first."""
        if self.data is None:
            return ()
        row, column = divmod(stop, len(self.labels.responses))
        return tuple(self.events.numbers[np.intersect1d(self.given[row], self.answers[column])].tolist())

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table: headings, and one row a cue; blank where a pair never came."""
        heading = (self.labels.corner, *self.labels.responses)
        if self.data is None:
            return heading, ()
        return heading, tuple(
            (cue, *("" if not count else str(count) for count in counts))
            for cue, counts in zip(self.labels.cues, self.data.counts.tolist(), strict=True)
        )


def read(  # what the card looks at
    session: Session, first_day: int, today: int, words: TrendWords, *, picked: Picked = EVERY,
    events: Events | None = None, response: Response = Response.MOVE,
) -> CuesCard:  # fmt: skip
    """The card of the days `first_day` … `today` (ordinals); a trigger with two kinds of cue counts in both rows."""
    found = trend_events.load(session, first_day, today, picked) if events is None else events
    given, answers = _cues(session, found), _listed(session, found, response.value)
    cue_of, answered = _flags(given, len(found)), _flags(answers, len(found))
    both = int((cue_of.any(axis=0) & answered.any(axis=0)).sum())
    counts = np.rint(cue_of.astype(np.float32) @ answered.astype(np.float32).T).astype(np.int64)
    names, totals = tuple(given), counts.sum(axis=1)
    order = sorted(np.flatnonzero(totals).tolist(), key=lambda row: (names[row] == OWN, -totals[row], names[row]))
    labels = cues.CuesLabels(
        cues=tuple(_name(session, "cue_kind", names[row], words) for row in order),
        responses=tuple(_name(session, response.value, answer, words) for answer in answers),
        corner=words.plain("chart.cues.corner"),
    )
    title = words.plain("chart.cues.title")
    key = "chart.cues.what" if response is Response.MOVE else "chart.cues.what_response"
    what = words.say(key, n=both, **words.span(first_day, today))
    if both < LEAST_EVENTS:
        why = f"{words.plain('chart.cues.empty')} {words.say('chart.cues.few', n=both)}"
        return CuesCard(title, None, both, found, (), (), labels, why, Alternative(title, what, why), words)
    shown = counts[order]
    listed = sum(names[row] != OWN for row in order)
    top = _top(shown[:listed], labels, words)
    seldom = words.plain("chart.cues.seldom") if ((shown > 0) & (shown < cues.FEW)).any() else ""
    pattern = " ".join(part for part in (words.plain("chart.cues.note"), seldom) if part)
    rows = tuple(given[names[row]] for row in order)
    return CuesCard(
        title, cues.CuesData(shown), both, found, rows, tuple(answers.values()), labels,
        top or words.plain("chart.cues.note"), Alternative(what, top, pattern), words,
    )  # fmt: skip


def _cues(session: Session, found: Events) -> dict[str, Ints]:
    """Positions by listed kind of cue, and under `OWN` those with a kind in somebody's own words."""
    every = found.places(event_rows.chose_any(session.connection, "cue_kind"))
    listed = {one.id for one in session.content.list("cues").items}
    given = {cue: places for cue, places in every.items() if cue in listed}
    if own := [places for cue, places in every.items() if cue not in listed]:
        given[OWN] = np.unique(np.concatenate(own))
    return given


def _listed(session: Session, found: Events, field: str) -> dict[str, Ints]:
    """Positions by listed answer, in the order of the list; answers nobody gave are left out."""
    options = [one.id for one in _field(session, field).options]
    places = found.places(event_rows.chose(session.connection, field, options))
    return {option: places[option] for option in options if option in places}


def _flags(places: dict[str, Ints], count: int) -> Flags:
    """One row an answer, one column a trigger: whether it was given."""
    flags = np.zeros((len(places), count), dtype=np.bool_)
    for row, found in enumerate(places.values()):
        flags[row, found] = True
    return flags


def _top(counts: Ints, labels: cues.CuesLabels, words: TrendWords) -> str:
    """The three largest cells in words, of equal ones those further up and to the left; "" without any."""
    largest = np.argsort(-counts, axis=None, kind="stable")[:TOP_PAIRS]
    pairs = [
        words.say("chart.cues.pair", n=int(counts[row, column]), first=labels.cues[row], last=labels.responses[column])
        for row, column in zip(*np.unravel_index(largest, counts.shape), strict=True)
        if counts[row, column]
    ]
    return words.say("chart.cues.top", values="; ".join(pairs)) if pairs else ""


def _name(session: Session, field: str, answer: str, words: TrendWords) -> str:
    option = next((one for one in _field(session, field).options if one.id == answer), None)
    return words.plain("chart.cues.own") if option is None else label_for(option, solo=words.solo)


def _field(session: Session, name: str) -> Field:
    field = session.content.kinds[trend_events.KIND].field(name)
    if field is None:
        raise KeyError(name)
    return field
