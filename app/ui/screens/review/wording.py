"""From a look as the service tells it to the page: dates, the small chart, what is said about its keeping."""

from __future__ import annotations

import datetime as dt

import numpy as np

from app.charts import trail
from app.charts.plot import Caption, Plot
from app.services.reviews import Earlier, Look, ReviewState
from app.services.trend_labels import trail_labels
from app.ui import text
from app.ui.context import Context
from app.ui.models.seats import where_words
from app.ui.screens.review.state import KeptLine, LetterCard, MomentLine
from app.ui.text import full_date, number, tr

HARDER = "clear_down"


def letter_card(look: Look, ctx: Context, *, danger: bool, edition: int, answers: dict[str, object]) -> LetterCard:
    """The letter of a look, ready to be read."""
    kept = look.record is not None
    return LetterCard(
        day=look.day,
        record=look.record,
        edition=edition,
        title=look.words.say("review.title", **look.words.span(look.first_day, look.day)),
        dated=full_date(dt.date.fromordinal(look.day)),
        paragraphs=look.letter,
        plot=_plot(look),
        moments=tuple(MomentLine(one.record, one.line, short_day(one.day, ctx)) for one in look.moments),
        answers=answers,
        changed=tr("Entries of that time were added or changed since. The letter stays as it was said.")
        if look.changed
        else "",
        where=_where(kept=kept, draft=look.draft),
        privacy=where_words(ctx, shared=look.shared, theirs=False),
        picked=look.picked,
        danger=danger,
        harder=HARDER in look.codes.values(),
    )


def kept_lines(state: ReviewState) -> tuple[KeptLine, ...]:
    """The kept looks, the newest first."""
    shown = state.shown.record if state.shown is not None else None
    return tuple(KeptLine(one.record, _kept_words(one), one.record == shown) for one in state.kept)


def empty_words(state: ReviewState) -> str:
    """When the first look is; "" where there is one."""
    if state.shown is not None:
        return ""
    if state.next_day is None:
        return tr("Four weeks after the first check-in, the first look is here.")
    return tr("The first look is on {date}.").format(date=_day(state.next_day))


def following_words(state: ReviewState) -> str:
    """When the next look is."""
    if state.shown is None or state.next_day is None:
        return ""
    return tr("The next look is on {date}.").format(date=_day(state.next_day))


def short_day(day: int, ctx: Context) -> str:
    """A day in few letters."""
    return text.short_date(dt.date.fromordinal(day), ctx.now().date())


def _kept_words(one: Earlier) -> str:
    return tr("Up to {date}").format(date=_day(one.day))


def _day(day: int) -> str:
    return full_date(dt.date.fromordinal(day))


def _where(*, kept: bool, draft: bool) -> str:
    if not kept:
        return tr("Not kept yet. What you add is saved as you write, only for you.")
    return tr("Kept. What you added since is saved as you write.") if draft else tr("Kept.")


def _plot(look: Look) -> Plot | None:
    """Felt safety of twelve weeks, as it stands in the journal now."""
    data, words = look.trail.data, look.words
    if data is None:
        return None
    values = {int(day): float(value) for day, value in zip(data.entry_days, data.entry_values, strict=True)}

    def read(index: int) -> str:
        day = data.first_day + index
        date = full_date(dt.date.fromordinal(day))
        if day in values:
            return words.say("chart.trail.read_entry", date=date, value=number(values[day], 1))
        level = float(data.line[index])
        if np.isnan(level):
            return words.say("chart.trail.read_none", date=date)
        low, high = float(data.band_low[index]), float(data.band_high[index])
        return words.say("chart.trail.read", date=date, level=number(level, 1), q1=number(low, 1), q3=number(high, 1))

    caption = Caption(words.measure("felt_safety"), look.trail.alternative.text, read)
    return trail.plot(data, trail_labels(words, look.trail.level, weekly=data.is_weekly), caption)
