"""Chart 8, "What eased it?": by how much strength came down where something was tried, from five times on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.charts import empty, helped
from app.charts.plot import Caption, Plot
from app.data import event_rows
from app.insights.arrays import Ints
from app.insights.recovery import Helped, what_helped
from app.services import trend_events
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_events import EVERY, Events, Picked
from app.services.trend_words import TrendWords

NOTHING_YET = "nothing_yet"
"""The answer that nothing did, which is no strategy."""
SAID = 3
"""So many of the first rows are said in the sentence under the chart."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was tried: its id or the person's own words (`own`), its name, and what is known of it."""

    what: str
    name: str
    own: bool
    found: Helped


@dataclass(frozen=True, slots=True, eq=False)
class HelpedCard:
    """Chart 8, ordered by shrunk mean. `data` is None until something was tried five times with both strengths.

    `places[i]` are positions in `events` of the triggers behind row i, rising.
    """

    title: str
    data: helped.HelpedData | None
    events: Events
    things: tuple[Row, ...]
    places: tuple[Ints, ...]
    sentence: str
    alternative: Alternative
    words: TrendWords

    @property
    def labels(self) -> helped.HelpedLabels:
        """The words inside the chart."""
        plain = self.words.plain
        return helped.HelpedLabels(
            names=tuple(thing.name for thing in self.things),
            counts=tuple(self.words.say("chart.helped.count", n=thing.found.ease.count) for thing in self.things),
            axis=plain("chart.helped.axis"),
            columns=(
                plain("chart.helped.column_what"), plain("chart.helped.column_ease"), plain("trends.column.from"),
                plain("trends.column.to"), plain("chart.helped.column_count"),
            ),
        )  # fmt: skip

    @property
    def plot(self) -> Plot:
        """The chart for a view; stops are the rows."""
        if self.data is None:
            return empty.plot(self.sentence, self.title)
        return helped.plot(self.data, self.labels, Caption(self.title, self.alternative.text, self.readout))

    def readout(self, stop: int) -> str:
        """One row in words."""
        thing = self.things[stop]
        low, high = self.words.number(thing.found.ease.low), self.words.number(thing.found.ease.high)
        middle = self.words.say("chart.helped.middle", name=thing.name, low=low, high=high)
        return f"{_said(thing, self.words)} {middle}"

    def behind(self, stop: int) -> tuple[int, ...]:
        """The rows (`trend_events.records` opens them) of the triggers in which this was tried, oldest first."""
        return tuple(self.events.numbers[self.places[stop]].tolist()) if self.data is not None else ()

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table: headings, and one row a thing."""
        number = self.words.number
        return self.labels.columns, tuple(
            (thing.name, number(ease.median), number(ease.low), number(ease.high), str(ease.count))
            for thing in self.things
            for ease in (thing.found.ease,)
        )


def read(
    session: Session, first_day: int, today: int, words: TrendWords, *, picked: Picked = EVERY,
    events: Events | None = None,
) -> HelpedCard:  # fmt: skip
    """The card of the days `first_day` … `today` (ordinals). Own words count as one however their case was written."""
    found = trend_events.load(session, first_day, today, picked) if events is None else events
    title = words.plain("chart.helped.title")
    tried = _tried(found, event_rows.chose_any(session.connection, "helped"))
    ease = found.ease
    known = {what: places[np.isfinite(ease[places])] for what, places in tried.items()}
    listed = {one.id: one.label for one in session.content.list("helped").items}
    things = tuple(
        Row(one.what, listed.get(one.what, one.what), one.what not in listed, one)
        for one in what_helped({what: ease[places] for what, places in known.items()})
    )
    if not things:
        why = words.plain("chart.helped.empty")
        return HelpedCard(title, None, found, (), (), why, Alternative(title, "", why), words)
    data = helped.HelpedData(
        median=np.array([thing.found.ease.median for thing in things]),
        low=np.array([thing.found.ease.low for thing in things]),
        high=np.array([thing.found.ease.high for thing in things]),
        counts=np.array([thing.found.ease.count for thing in things], dtype=np.int64),
    )
    what = words.say("chart.helped.what", n=len(things), **words.span(first_day, today))
    listing = " ".join(_said(thing, words) for thing in things)
    order = words.plain("chart.helped.order")
    sentence = " ".join((*(_said(thing, words) for thing in things[:SAID]), order))
    places = tuple(known[thing.what] for thing in things)
    return HelpedCard(title, data, found, things, places, sentence, Alternative(what, listing, order), words)


def _tried(found: Events, chosen: dict[str, list[int]]) -> dict[str, Ints]:
    """Positions by what was tried, spellings that differ in case alone joined under the one met first by name."""
    spelled: dict[str, str] = {}
    joined: dict[str, list[int]] = {}
    for what in sorted(chosen):
        if what != NOTHING_YET:
            joined.setdefault(spelled.setdefault(what.casefold(), what), []).extend(chosen[what])
    return {what: np.unique(places) for what, places in found.places(joined).items()}


def _said(thing: Row, words: TrendWords) -> str:
    ease = thing.found.ease
    if ease.median == 0:
        return words.say("chart.helped.with_stayed", n=ease.count, name=thing.name)
    key = "chart.helped.with" if ease.median > 0 else "chart.helped.with_rose"
    return words.say(key, n=ease.count, name=thing.name, ease=words.number(abs(ease.median)))
