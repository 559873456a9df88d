"""Chart 6, "How strong, how long?": each trigger with its strength at first and after, or blocks of days of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.charts import empty, triggers
from app.charts.markers import Marker
from app.charts.plot import Caption, Plot
from app.data import event_rows
from app.domain.fields import Option
from app.insights.arrays import Ints
from app.insights.blocks import by_block
from app.insights.recovery import spread
from app.insights.series import DAYS_A_WEEK
from app.services import trend_events
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_events import EVERY, Events, Picked
from app.services.trend_labels import months
from app.services.trend_words import TrendWords

MOST_SINGLE = 240
"""More triggers than this are drawn by blocks of days: single marks would cover each other (240 on 900 px is one in
four pixels, and a mark is seven wide)."""
MOST_BLOCKS = 140
BLOCK_DAYS = (DAYS_A_WEEK, 28, 91, 364)
FAMILIES = ("press", "shield", "open")
"""What a move is for, by the groups of the list of moves; the shape of a mark says which."""
OTHER = len(FAMILIES)


@dataclass(frozen=True, slots=True, eq=False)
class TimelineCard:
    """Chart 6. `data` is None without a single strength; `events` has every trigger that was looked at, tallies too.

    `shown` are positions in `events` of those drawn, in time order; `moves` names the move of each, "" without one.
    """

    title: str
    data: triggers.TriggersData | None
    events: Events
    shown: Ints
    moves: tuple[str, ...]
    sentence: str
    alternative: Alternative
    words: TrendWords

    @property
    def labels(self) -> triggers.TriggersLabels:
        """The words inside the chart."""
        plain = self.words.plain
        blocks = self.data is not None and self.data.blocks is not None
        return triggers.TriggersLabels(
            months=months(self.words),
            families=(
                *(plain(f"chart.triggers.family.{family}") for family in FAMILIES), plain("report.timeline.other")
            ),
            peak=plain("chart.triggers.typical_peak" if blocks else "report.timeline.peak"),
            after=plain("chart.triggers.typical_after" if blocks else "report.timeline.after"),
            columns=(
                plain("trends.column.day"), plain("trends.column.strength"), plain("chart.triggers.column_after"),
                plain("chart.triggers.column_move"),
            ),
            single=plain("chart.triggers.single"),
        )  # fmt: skip

    @property
    def plot(self) -> Plot:
        """The chart for a view; readout and stops are triggers, or blocks where there are too many."""
        if self.data is None:
            return empty.plot(self.sentence, self.title)
        caption = Caption(self.title, self.alternative.text, self.readout)
        return triggers.plot(self.data, self.labels, caption)

    def readout(self, stop: int) -> str:
        """One mark in words."""
        if self.data is None:
            return self.sentence
        if self.data.blocks is not None:
            return self._block(self.data.blocks, stop)
        first, last = float(self.data.peak[stop]), float(self.data.after[stop])
        said = {"date": self.words.date(int(self.data.days[stop])), "first": self.words.number(first)}
        said["name"] = self.moves[stop] or self.words.plain("report.timeline.other")
        if np.isnan(last):
            return self.words.say("chart.triggers.read", **said)
        return self.words.say("chart.triggers.read_eased", last=self.words.number(last), **said)

    def behind(self, stop: int) -> tuple[int, ...]:
        """The rows (`trend_events.records` opens them) of the triggers behind a mark, oldest first."""
        if self.data is None:
            return ()
        numbers = self.events.numbers[self.shown]
        if self.data.blocks is None:
            return (int(numbers[stop]),)
        first, last = self.data.blocks.starts[stop], self.data.blocks.ends[stop]
        inside = (self.data.days >= first) & (self.data.days <= last)
        return tuple(numbers[inside].tolist())

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table: headings, and one row a trigger with a strength, blank where nothing was noted."""
        if self.data is None:
            return self.labels.columns, ()
        number, date = self.words.number, self.words.full_date
        return self.labels.columns, tuple(
            (date(int(day)), number(peak), "" if np.isnan(after) else number(after), move)
            for day, peak, after, move in zip(
                self.data.days, self.data.peak.tolist(), self.data.after.tolist(), self.moves, strict=True
            )
        )

    def _block(self, blocks: triggers.TriggerBlocks, stop: int) -> str:
        said = self.words.span(int(blocks.starts[stop]), int(blocks.ends[stop]))
        said |= {"n": int(blocks.counts[stop]), "first": self.words.number(float(blocks.peak[stop]))}
        if np.isnan(blocks.after[stop]):
            return self.words.say("chart.triggers.read_block", **said)
        return self.words.say(
            "chart.triggers.read_block_eased", last=self.words.number(float(blocks.after[stop])), **said
        )


def read(  # what the card looks at, and what is drawn over it
    session: Session, first_day: int, today: int, words: TrendWords, *, picked: Picked = EVERY,
    events: Events | None = None, markers: Sequence[Marker] = (),
) -> TimelineCard:  # fmt: skip
    """The card of the days `first_day` … `today` (ordinals); `events` when they were read already with this filter."""
    found = trend_events.load(session, first_day, today, picked) if events is None else events
    title = words.plain("chart.triggers.title")
    if not len(found):
        why = words.plain("chart.triggers.empty" if picked == EVERY else "chart.triggers.none_picked")
        return TimelineCard(
            title, None, found, np.empty(0, dtype=np.int64), (), why, Alternative(title, "", why), words
        )
    what = words.say("chart.triggers.alt_count", n=len(found), **words.span(first_day, today))
    shown = np.flatnonzero(np.isfinite(found.peak)).astype(np.int64)
    if not shown.size:
        why = f"{what} {words.plain('chart.triggers.unrated')}"
        return TimelineCard(title, None, found, shown, (), why, Alternative(title, what, why), words)
    families, moves = _moves(session, found, shown, words)
    data = triggers.TriggersData(
        first_day=first_day,
        last_day=today,
        days=found.days[shown],
        peak=found.peak[shown],
        after=found.after[shown],
        family=families,
        markers=tuple(markers),
        blocks=_blocks(found, shown) if shown.size > MOST_SINGLE else None,
    )
    figures = _figures(found, shown, words)
    alternative = Alternative(what, figures, _pattern(found, shown, data, words))
    return TimelineCard(title, data, found, shown, moves, figures, alternative, words)


def _moves(session: Session, found: Events, shown: Ints, words: TrendWords) -> tuple[Ints, tuple[str, ...]]:
    """The family of each trigger's move, and its name; somebody's own word for one is not drawn."""
    options: Mapping[str, Option] = {one.id: one for one in session.content.list("moves").items}
    names = np.full(len(found), "", dtype=object)
    families = np.full(len(found), OTHER, dtype=np.int64)
    for move, places in found.places(event_rows.chose(session.connection, "move", options)).items():
        option = options[move]
        names[places] = (option.solo_label if words.solo else None) or option.label
        families[places] = FAMILIES.index(option.group) if option.group in FAMILIES else OTHER
    return families[shown], tuple(names[shown].tolist())


def _block_days(found: Events) -> int:
    """The shortest stretch of days of which `MOST_BLOCKS` cover the period."""
    span = found.last_day - found.first_day + 1
    return next((days for days in BLOCK_DAYS if span <= days * MOST_BLOCKS), BLOCK_DAYS[-1])


def _blocks(found: Events, shown: Ints) -> triggers.TriggerBlocks:
    """Medians of peak and after by stretch of days; a stretch without a trigger has no mark."""
    length = _block_days(found)
    days, first, last = found.days[shown], found.first_day, found.last_day
    peak = by_block(days, found.peak[shown], first, last, length_days=length)
    after = by_block(days, found.after[shown], first, last, length_days=length)
    held = peak.counts > 0
    return triggers.TriggerBlocks(
        starts=peak.starts[held],
        ends=peak.ends[held],
        counts=peak.counts[held],
        eased=after.counts[held],
        peak=peak.medians[held],
        after=after.medians[held],
    )


def _figures(found: Events, shown: Ints, words: TrendWords) -> str:
    """Typical strength at first, ease and time to settle; the last two from five on."""
    said = [words.say("trends.triggers.strength", peak=words.number(float(np.median(found.peak[shown]))))]
    ease = spread(found.ease)
    if ease is not None:
        key = "stayed" if ease.median == 0 else "ease" if ease.median > 0 else "rose"
        gaps = {} if key == "stayed" else {"ease": words.number(abs(ease.median))}
        said.append(words.say(f"chart.triggers.{key}", n=ease.count, **gaps))
    minutes = spread(found.minutes)
    if minutes is not None:
        said.append(words.say("trends.settle.typical", n=minutes.count, value=words.minutes(minutes.median)))
    return " ".join(said)


def _pattern(found: Events, shown: Ints, data: triggers.TriggersData, words: TrendWords) -> str:
    said = []
    eased = found.ease[np.isfinite(found.ease)]
    if eased.size:
        said.append(words.say("chart.triggers.ended", n=int(eased.size), near=int((eased > 0).sum())))
    if (tallied := len(found) - int(shown.size)) > 0:
        said.append(words.say("chart.triggers.tallies", n=tallied))
    if data.blocks is not None:
        said.append(words.say("chart.triggers.blocks", days=_block_days(found)))
    return " ".join(said)
