"""Chart 9, "Is recovery quicker?": every settled moment, four weeks by four weeks; what still went on stays apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.charts import empty, settling
from app.charts.markers import Marker
from app.charts.plot import Caption, Plot
from app.insights.blocks import by_block
from app.insights.recovery import LEAST_EVENTS
from app.insights.recovery import settling as settled
from app.services import trend_events
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_events import EVERY, Events, Picked
from app.services.trend_labels import settling_labels
from app.services.trend_words import TrendWords

LEAST_MINUTES = 1.0
MOST_BLOCKS_SAID = 7
"""More four-week medians than these are said by their ends and their range; the table has each."""


@dataclass(frozen=True, slots=True, eq=False)
class StripCard:
    """Chart 9. `data` is None below five settled moments; `events` has every trigger that was looked at."""

    title: str
    data: settling.StripData | None
    events: Events
    sentence: str
    alternative: Alternative
    words: TrendWords

    @property
    def labels(self) -> settling.StripLabels:
        """The words inside the chart."""
        plain = self.words.plain
        return settling.StripLabels(
            scale=settling_labels(self.words),
            count=plain("chart.settling.count"),
            columns=(
                plain("chart.settling.column_from"), plain("chart.settling.column_median"),
                plain("chart.settling.column_settled"), plain("chart.settling.column_going"),
            ),
        )  # fmt: skip

    @property
    def plot(self) -> Plot:
        """The chart for a view; stops are blocks of four weeks."""
        if self.data is None:
            return empty.plot(self.sentence, self.title)
        return settling.plot(self.data, self.labels, Caption(self.title, self.alternative.text, self.readout))

    def readout(self, stop: int) -> str:
        """One block in words."""
        if self.data is None:
            return self.sentence
        said = [_block(self.data, stop, self.words)]
        if going := int(self.data.going[stop]):
            said.append(self.words.say("chart.settling.still_going", n=going))
        return " ".join(said)

    def behind(self, stop: int) -> tuple[int, ...]:
        """The rows (`trend_events.records` opens them) of the triggers of a block that tell how long, oldest first."""
        if self.data is None:
            return ()
        told = np.isfinite(self.events.minutes) | self.events.going
        inside = (self.events.days >= self.data.starts[stop]) & (self.events.days <= self.data.ends[stop]) & told
        return tuple(self.events.numbers[inside].tolist())

    def rows(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The table: headings, and one row a block with anything in it; no median below five."""
        if self.data is None:
            return self.labels.columns, ()
        data, words = self.data, self.words
        return self.labels.columns, tuple(
            (
                words.full_date(start),
                "" if np.isnan(median) else str(round(median)),
                str(count),
                str(going),
            )
            for start, median, count, going in zip(
                data.starts.tolist(), data.medians.tolist(), data.settled.tolist(), data.going.tolist(), strict=True
            )
            if count or going
        )


def read(  # what the card looks at, and what is drawn over it
    session: Session, first_day: int, today: int, words: TrendWords, *, picked: Picked = EVERY,
    events: Events | None = None, markers: Sequence[Marker] = (),
) -> StripCard:  # fmt: skip
    """The card of the days `first_day` … `today` (ordinals); blocks are four weeks that end with `today`."""
    found = trend_events.load(session, first_day, today, picked) if events is None else events
    title = words.plain("chart.settling.title")
    going = found.going & ~np.isfinite(found.minutes)
    whole = settled(found.minutes, int(going.sum()))
    still = words.say("chart.settling.still_going", n=whole.still_going) if whole.still_going else ""
    if whole.minutes is None:
        key = "trends.settle.few" if whole.settled else "chart.settling.empty"
        why = words.say(key, n=whole.settled)
        return StripCard(title, None, found, why, Alternative(title, still, why), words)
    data = _strip(found, tuple(markers))
    what = words.say("chart.settling.what", n=whole.settled, **words.span(first_day, today))
    typical = words.say("trends.settle.typical", n=whole.settled, value=words.minutes(whole.minutes.median))
    pattern = _pattern(data, words)
    figures = " ".join(part for part in (typical, still) if part)
    return StripCard(title, data, found, f"{typical} {_ends(data, words)}", Alternative(what, figures, pattern), words)


def _strip(found: Events, markers: tuple[Marker, ...]) -> settling.StripData:
    first, last = found.first_day, found.last_day
    going = found.going & ~np.isfinite(found.minutes)
    told = np.isfinite(found.minutes) | going
    blocks = by_block(found.days, found.minutes, first, last, least=LEAST_EVENTS)
    still = by_block(found.days, np.where(going, 1.0, np.nan), first, last)
    return settling.StripData(
        first_day=first,
        last_day=last,
        days=found.days[told],
        minutes=np.maximum(np.where(going, LEAST_MINUTES, found.minutes)[told], LEAST_MINUTES),
        still_going=going[told],
        starts=blocks.starts,
        ends=blocks.ends,
        settled=blocks.counts,
        going=still.counts,
        medians=blocks.medians,
        markers=markers,
    )


def _pattern(data: settling.StripData, words: TrendWords) -> str:
    """Medians and counts by block: each of a few, the ends and the range of many."""
    held = np.flatnonzero(data.settled)
    if len(held) <= MOST_BLOCKS_SAID:
        return " ".join(_block(data, int(stop), words) for stop in held)
    known = data.medians[np.isfinite(data.medians)]
    said = [_ends(data, words)]
    if known.size > 2:
        low, high = words.minutes(float(known.min())), words.minutes(float(known.max()))
        said.append(words.say("chart.settling.range", low=low, high=high))
    return " ".join(said)


def _ends(data: settling.StripData, words: TrendWords) -> str:
    """The earliest and the latest four weeks that have a median; one alone says its own."""
    known = np.flatnonzero(np.isfinite(data.medians))
    if not known.size:
        return words.plain("chart.settling.no_blocks")
    if known.size == 1:
        return _block(data, int(known[0]), words)
    first, last = (words.minutes(float(data.medians[stop])) for stop in (known[0], known[-1]))
    return words.say("chart.settling.ends", first=first, last=last)


def _block(data: settling.StripData, stop: int, words: TrendWords) -> str:
    said = words.span(int(data.starts[stop]), int(data.ends[stop]))
    said["n"] = int(data.settled[stop])
    if np.isnan(data.medians[stop]):
        return words.say("chart.settling.block_few", **said)
    return words.say("chart.settling.block", value=words.minutes(float(data.medians[stop])), **said)
