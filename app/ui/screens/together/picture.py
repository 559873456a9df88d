"""From what both let be seen to the page: charts with their readings, lines under their weeks, words for each part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.charts import perception, two_views
from app.charts.plot import Caption
from app.domain.released import ReleasedRow, Stream
from app.services.looking_together import Line, Told
from app.services.trend_perception import DifferCard, GapCard, differ_card, gap_card
from app.services.trend_two_views import ViewsCard, views_card
from app.services.trend_words import TrendWords
from app.ui.screens.together.prompts import good_prompts, prompts
from app.ui.screens.together.state import (
    OwnLines,
    OwnTrigger,
    Picture,
    SomeoneHere,
    TogetherPage,
    TwoReadings,
)
from app.ui.text import clock_time, count_of, listed, short_date, tr

if TYPE_CHECKING:
    from app.domain.content import Content
    from app.services.both import Look

WEEKS: Final = 12
"""How many weeks the page looks at."""
STEP_WEEKS: Final = 4
"""How many weeks the arrows move it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for one look: `look` reaches further back than `first_day`, for the gap."""

    look: Look
    told: Told
    first_day: int
    last_day: int
    later: bool
    turn: int


def page(seen: Seen, content: Content, today: int) -> TogetherPage:
    """Everything the page shows."""
    words = TrendWords(content, solo=False, today=today)
    sides, names = seen.look.sides, (seen.look.sides[0].person.name, seen.look.sides[1].person.name)
    people = tuple(SomeoneHere(side.person.name, side.person.mark) for side in sides)
    levels = _levels(content)
    views = tuple(
        views_card(sides, stream, seen.first_day, seen.last_day, words) for stream in (Stream.FELT_SAFETY, Stream.TRUST)
    )
    differ = tuple(differ_card(sides, seat, seen.first_day, seen.last_day, levels, words) for seat in (0, 1))
    gaps = tuple(gap_card(sides, seat, seen.last_day, words) for seat in (0, 1))
    wide = views[0].wide
    return TogetherPage(
        loaded=True,
        period=_period(seen.first_day, seen.last_day, today),
        until=tr("both here until {time}").format(time=clock_time(seen.look.until)),
        later=seen.later,
        people=people,
        open_here=_open_here(seen),
        tender=seen.look.tender,
        lines=_lines(people, seen, words),
        kept=tuple(
            (one.words, words.say("together.page.kept", name=names[one.mark - 1], n=one.times))
            for one in seen.told.kept
        ),
        done=tuple((one.title, words.say("together.page.times", n=one.times)) for one in seen.told.done),
        views=tuple(_views(card) for card in views if card.data is not None or card is views[0]),
        differ=differ,
        levels=levels,
        gaps=tuple(_gap(card) for card in gaps),
        differently=_differently(people, seen.told, words),
        triggers=tuple(OwnTrigger(who) for who, side in zip(people, sides, strict=True) if side.trigger),
        prompts_good=good_prompts(names, seen.turn),
        prompts=prompts(names, words.date(wide) if wide is not None else "", _told_apart(differ), seen.turn),
    )


def _told_apart(differ: tuple[DifferCard, ...]) -> tuple[DifferCard, ...]:
    return tuple(card for card in differ if card.widest)


def _period(first_day: int, last_day: int, today: int) -> str:
    now = dt.date.fromordinal(today)
    first, last = (short_date(dt.date.fromordinal(day), now) for day in (first_day, last_day))
    return tr("{first} to {last}").format(first=first, last=last)


def _open_here(seen: Seen) -> str:
    """What either of them lets be seen; whose it is shows where it stands."""
    named = {
        Stream.FELT_SAFETY: tr("felt safety"),
        Stream.TRUST: tr("trust"),
        Stream.ARE: tr("reach and answer"),
        Stream.MIRROR: tr("reach and answer"),
    }
    open_streams = {one.stream for side in seen.look.sides for one in side.streams}
    streams = list(dict.fromkeys(words for stream, words in named.items() if stream in open_streams))
    return listed([*streams, tr("shared lines"), tr("agreements"), tr("rituals")])


def _lines(people: tuple[SomeoneHere, ...], seen: Seen, words: TrendWords) -> tuple[OwnLines, ...]:
    def dated(line: Line) -> tuple[str, str]:
        return words.say("together.page.week", date=words.date(line.week)), line.words

    told = seen.told
    return tuple(
        OwnLines(who, tuple(dated(line) for line in lines), noticed.words if noticed is not None else "", noted)
        for who, lines, noticed, noted in zip(people, told.lines, told.noticed, _noted(seen), strict=True)
    )


def _noted(seen: Seen) -> Iterator[str]:
    """For each of the two what they let be counted, over the weeks that can be seen; nothing for anything else."""
    for side in seen.look.sides:
        counts = {one.stream: _total(one.rows, seen) for one in side.streams}
        parts = [
            count_of(counts[stream], one, other) for stream, one, other in _counted_words() if counts.get(stream, 0) > 0
        ]
        yield tr("In these weeks: {things}.").format(things=listed(parts)) if parts else ""


def _total(rows: tuple[ReleasedRow, ...], seen: Seen) -> int:
    weeks = (pair for row in rows for pair in zip(row.mondays, row.values, strict=True) if row.top == 0)
    return round(sum(value for monday, value in weeks if seen.first_day <= monday <= seen.last_day))


def _counted_words() -> tuple[tuple[Stream, str, str], ...]:
    return (
        (Stream.COMMITMENTS, tr("{n} promise kept"), tr("{n} promises kept")),
        (Stream.RITUALS, tr("{n} ritual day"), tr("{n} ritual days")),
        (Stream.AGREEMENTS, tr("{n} agreement kept"), tr("{n} agreements kept")),
        (Stream.REPAIRS, tr("{n} repair conversation"), tr("{n} repair conversations")),
        (Stream.TRIGGERS, tr("{n} alarm"), tr("{n} alarms")),
    )


def _views(card: ViewsCard) -> Picture:
    if card.data is None:
        return Picture(card.title, card.sentence)
    caption = Caption(card.title, card.alternative.text, card.read)
    return Picture(card.title, card.sentence, two_views.plot(card.data, card.labels, caption))


def _gap(card: GapCard) -> Picture:
    if card.data is None:
        return Picture(card.title, card.sentence)
    caption = Caption(card.title, card.alternative.text, lambda index: card.read[index])
    return Picture(card.title, card.sentence, perception.plot(card.data, card.labels, caption))


def _differently(people: tuple[SomeoneHere, ...], told: Told, words: TrendWords) -> tuple[TwoReadings, ...]:
    return tuple(
        TwoReadings(
            one.agreement,
            words.say("together.page.week", date=words.date(one.week)),
            tuple((people[reading.mark - 1], reading.outcome, reading.words) for reading in one.readings),
        )
        for one in told.differently
    )


def _levels(content: Content) -> tuple[str, ...]:
    """The words of the scale the three answers are given on."""
    field = content.kinds["checkin"].field("responsive")
    return field.words if field is not None else ()
