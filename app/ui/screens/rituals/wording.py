"""Rituals in words: when they are, how strong they are, what a day was."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QLocale

from app.domain.ritual_course import FOREVER
from app.domain.schedule import WEEK, Rhythm, Schedule
from app.services.ritual_book import Pause
from app.services.ritual_reading import AGREED, DONE, RESTED, SMALL, RitualDay
from app.services.ritual_views import Detail, RitualRow
from app.ui import text
from app.ui.text import count_of, number, tr

_MORNING_ENDS: Final = dt.time(11)
_EVENING_BEGINS: Final = dt.time(17)
_WORK_DAYS: Final = frozenset(range(5))
_STRENGTHS: Final = (20, 45, 70, 90)


def strength_word(value: int) -> str:
    """The word for a strength of 0 to 100 (visual.md 4)."""
    words = (tr("new"), tr("taking root"), tr("taking hold"), tr("steady"), tr("second nature"))
    return words[sum(value >= bound for bound in _STRENGTHS)]


def rhythm_words(schedule: Schedule, at: dt.time | None = None) -> str:
    """How often, in a few words."""
    if schedule.rhythm is Rhythm.DAYS:
        return _days(schedule, at)
    if schedule.rhythm is Rhythm.MONTH_DAY:
        named = tr("the {n}. of the month").format(n=schedule.times)
        return named if schedule.every == 1 else _every(named, schedule.every, weeks=False)
    weeks = schedule.rhythm is Rhythm.TIMES_WEEK
    if schedule.every > 1:
        times = count_of(schedule.times, tr("once"), tr("{n} times"))
        return _every(times, schedule.every, weeks=weeks)
    if weeks:
        return count_of(schedule.times, tr("once a week"), tr("{n} times a week"))
    return count_of(schedule.times, tr("once a month"), tr("{n} times a month"))


def meta_words(row: RitualRow, partner: str = "") -> str:
    """The line below a ritual's name; `partner` is named where they keep it alone."""
    parts = [rhythm_words(row.schedule, row.at)]
    if row.around:
        parts.append(row.around)
    if row.standing.value == "retired":
        parts.append(tr("retired"))
    elif row.resting:
        parts.append(tr("resting"))
    if row.anothers and partner:
        parts.append(tr("{name}’s own").format(name=partner))
    elif row.theirs or row.shared:
        parts.append(tr("shared"))
    return " · ".join(parts)


def told_words(row: RitualRow) -> str:
    """What stands where a strength would say more than is known; nothing of what another keeps alone."""
    if row.anothers:
        return ""
    figures = row.figures
    return tr("{kept} of {total} kept").format(kept=number(figures.kept), total=number(figures.total))


def day_words(day: int, mark: RitualDay | None, *, due: bool, resting: bool, today: int, names: dict[str, str]) -> str:
    """What a day was, for the tooltip and for reading out."""
    date = text.short_date(dt.date.fromordinal(day), dt.date.fromordinal(today))
    said = _outcome(mark.outcome if mark else "", due=due, resting=resting, ahead=day > today)
    parts = [tr("{date}: {what}").format(date=date, what=said)]
    if mark is not None:
        by = [names[one] for one in mark.by if one in names]
        if by and len(names) > 1:
            parts.append(tr("ticked by {names}").format(names=text.listed(by)))
        if mark.entered:
            parts.append(tr("entered {date}").format(date=text.short_date(dt.date.fromordinal(mark.entered))))
        if mark.note:
            parts.append(mark.note)
    return " · ".join(parts)


def kept_words(row: RitualRow) -> str:
    """How many of the last ones."""
    figures = row.figures
    if not figures.total:
        return ""
    pattern = tr("{k} of {n} kept") if figures.early else tr("{k} of the last {n}")
    return pattern.format(k=number(figures.kept), n=number(figures.total))


def runs_words(row: RitualRow) -> str:
    """Current and longest run, quietly."""
    figures = row.figures
    if figures.longest < 2:
        return ""
    return tr("in a row: {now} now, {most} at most").format(now=number(figures.current), most=number(figures.longest))


def span_words(first: int, last: int) -> str:
    """What the curve covers."""
    months = max(1, round((last - first) / 30.44))
    if last - first < 45:
        weeks = max(1, round((last - first) / WEEK))
        return text.counted_words(weeks, tr("strength over one week"), tr("strength over {n} weeks"))
    return text.counted_words(months, tr("strength over one month"), tr("strength over {n} months"))


def banner_words(found: Detail) -> tuple[str, str]:
    """The promise, and what it means in this ritual's own figures."""
    strong = tr("Missed days do not erase.")
    figures, back = found.row.figures, found.came_back
    parts = [tr("Strength eases down slowly; days of rest leave it where it was.")]
    if back is not None:
        date = text.short_date(dt.date.fromordinal(back.eased_from), dt.date.fromordinal(found.line[-1][0]))
        said = tr(
            "From {date} it eased from {peak} to {low}, and {took} brought it back; "
            "building it the first time had taken {first}."
        )
        times = count_of(back.took, tr("{n} time"), tr("{n} times"))
        parts.append(said.format(date=date, peak=back.peak, low=back.low, took=times, first=number(back.first)))
    elif not figures.early and found.open_day < figures.strength:
        said = tr("One open day would move this one from {now} to {then}.")
        parts.append(said.format(now=figures.strength, then=found.open_day))
    if found.kept > 1:
        parts.append(tr("Kept {n} times so far, and that number only grows.").format(n=number(found.kept)))
    return strong, " ".join(parts)


def paused_words(pause: Pause | None, today: int) -> str:
    """What rests for everything."""
    if pause is None:
        return ""
    last = pause.span[1]
    if last == FOREVER:
        return tr("Everything rests until you go on. Strength stays where it is, and nothing reminds.")
    date = text.short_date(dt.date.fromordinal(last), dt.date.fromordinal(today))
    return tr("Everything rests through {date}. Strength stays where it is, and nothing reminds.").format(date=date)


def under_way_words(count: int) -> str:
    """The page's subtitle."""
    return text.counted_words(count, tr("one under way"), tr("{n} under way")) if count else ""


def letter(day: dt.date) -> str:
    """The weekday as one letter."""
    return text.locale().standaloneDayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)


def _days(schedule: Schedule, at: dt.time | None) -> str:
    chosen = schedule.weekdays
    if len(chosen) == WEEK:
        words = tr("every day")
        if at is not None and at >= _EVENING_BEGINS:
            words = tr("every evening")
        elif at is not None and at < _MORNING_ENDS:
            words = tr("every morning")
    elif chosen == _WORK_DAYS:
        words = tr("weekdays")
    elif len(chosen) == 1:
        words = text.locale().standaloneDayName(next(iter(chosen)) + 1)
    else:
        names = (text.locale().standaloneDayName(day + 1, QLocale.FormatType.ShortFormat) for day in sorted(chosen))
        words = ", ".join(names)
    return words if schedule.every == 1 else _every(words, schedule.every, weeks=True)


def _every(words: str, every: int, *, weeks: bool) -> str:
    if every == 2:
        pattern = tr("{days}, every second week") if weeks else tr("{days}, every second month")
    else:
        pattern = tr("{days}, every {n} weeks") if weeks else tr("{days}, every {n} months")
    return pattern.format(days=words, n=every)


def _outcome(outcome: str, *, due: bool, resting: bool, ahead: bool) -> str:
    named = {DONE: tr("done"), SMALL: tr("part of it"), RESTED: tr("rested"), AGREED: tr("rested, as agreed")}
    if outcome in named:
        return named[outcome]
    if resting:
        return tr("resting")
    if ahead:
        return tr("still to come")
    return tr("open") if due else tr("not planned")
